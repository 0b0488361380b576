//! A portal and an application that work, of which a test spoils one answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use authkuma::bearer::Implementation;
use authkuma::monitor::EndpointMethod;
use authkuma::probe::network::{Network, Options};
use authkuma::probe::plan::{AuthzPlan, Plan, TokenPlan};
use authkuma::probe::result::{ProbeResult, StepOutcome};
use authkuma::probe::{Asker, Prober, Selection, Step, diagnose};
use authkuma::secret::Secret;
use url::Url;

use super::server::{Asked, Reply, Server};

/// The secret of every test: no output may hold it.
pub(crate) const SECRET: &str = "marker-of-the-secret";
/// The token that the portal gives: no output may hold it.
pub(crate) const TOKEN: &str =
    "authelia_at_markermarkermarkermarkermarkermarkermarker1.markermarkermarkermarkermarkermarkermarker1";
/// A token that nobody issued.
pub(crate) const STRANGER: &str =
    "authelia_at_strangerstrangerstrangerstrangerstrangerst1.strangerstrangerstrangerstrangerstrangerst1";

/// A request of the probe, as a test tells them apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum At {
    Health,
    Discovery,
    Token,
    Introspection,
    Revocation,
    Authz,
    Application,
    WithoutToken,
    UnknownToken,
    Outside,
}

/// What one kind of request is answered in place of what a working server says.
pub(crate) type Spoilt = Arc<dyn Fn(At, &Asked) -> Option<Reply> + Send + Sync>;

/// The two servers.
pub(crate) struct World {
    pub(crate) portal: Server,
    pub(crate) application: Server,
}

impl World {
    /// A world in which everything works but for what `spoilt` answers.
    pub(crate) fn new(spoilt: impl Fn(At, &Asked) -> Option<Reply> + Send + Sync + 'static) -> World {
        let spoilt: Spoilt = Arc::new(spoilt);
        let revoked = Arc::new(AtomicBool::new(false));
        let application = Server::start({
            let spoilt = spoilt.clone();
            move |asked| spoilt(at_application(asked), asked).unwrap_or_else(|| application(asked))
        });
        let url = format!("http://{}/", application.address);
        let portal = Server::start(move |asked| spoilt(at_portal(asked), asked).unwrap_or_else(|| portal(asked, &url, &revoked)));
        World { portal, application }
    }

    /// The plan of a monitor that works, the authz endpoint not asked.
    pub(crate) fn plan(&self) -> Plan {
        let portal: Url = format!("http://{}/", self.portal.address).parse().unwrap();
        Plan {
            name: "application".to_owned(),
            url: format!("http://{}/", self.application.address).parse().unwrap(),
            method: "GET".to_owned(),
            keyword: Some("Grafana".to_owned()),
            token: TokenPlan {
                asker: Asker::Kuma2,
                url: portal.join("/api/oidc/token").unwrap(),
                client_id: "uptime-kuma".to_owned(),
                method: EndpointMethod::Basic,
                scope: "authelia.bearer.authz".to_owned(),
                audience: None,
                resource: None,
            },
            portal,
            authz: None,
            outside: None,
            listener: None,
            selection: Selection::default(),
            time_limit: Duration::from_secs(5),
        }
    }

    /// The same with the authz endpoint asked directly.
    pub(crate) fn plan_with_authz(&self, implementation: Implementation) -> Plan {
        let plan = self.plan();
        let url = plan.portal.join("/api/authz/forward-auth").unwrap();
        Plan { authz: Some(AuthzPlan { url, endpoint: "forward-auth".to_owned(), implementation, ip: None }), ..plan }
    }
}

/// Probes with a plan and diagnoses.
pub(crate) fn probe(plan: &Plan) -> ProbeResult {
    probe_with(plan, SECRET, Options { without_proxies: true, ..Options::default() })
}

/// The same with another secret, or another network.
pub(crate) fn probe_with(plan: &Plan, secret: &str, options: Options) -> ProbeResult {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let prober = Prober::new(Network::new(options).unwrap(), Secret::new(STRANGER.to_owned()));
    let secret = Secret::new(secret.to_owned());
    let transcript = runtime.block_on(prober.probe(plan, &secret, now(), &|_| {}));
    runtime.shutdown_background();
    for said in [format!("{transcript:?}"), format!("{plan:?}")] {
        assert!(!said.contains("marker") && !said.contains("stranger"), "{said}");
    }
    diagnose(plan, &transcript, None)
}

pub(crate) fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

/// The cause of a step, and whether it fails.
pub(crate) fn cause(result: &ProbeResult, step: Step) -> Option<(StepOutcome, &'static str)> {
    let found = result.steps.iter().find(|one| one.step == step)?;
    Some((found.outcome, found.cause.as_ref()?.id))
}

fn at_portal(asked: &Asked) -> At {
    match asked.path.split('?').next().unwrap() {
        "/api/health" => At::Health,
        "/.well-known/openid-configuration" => At::Discovery,
        "/api/oidc/introspection" => At::Introspection,
        "/api/oidc/revocation" => At::Revocation,
        path if path.starts_with("/api/authz/") && asked.header("x-forwarded-host").starts_with("authkuma-outside") => {
            At::Outside
        }
        path if path.starts_with("/api/authz/") => At::Authz,
        _ => At::Token,
    }
}

fn at_application(asked: &Asked) -> At {
    match asked.header("authorization") {
        _ if asked.path.contains("outside") => At::Outside,
        "" => At::WithoutToken,
        value if value.contains("marker") => At::Application,
        _ => At::UnknownToken,
    }
}

fn portal(asked: &Asked, application: &str, revoked: &AtomicBool) -> Reply {
    let issuer = format!("http://{}", asked.header("host"));
    match at_portal(asked) {
        At::Health => Reply::json(200, "{\"status\":\"OK\"}"),
        At::Discovery => Reply::json(
            200,
            &format!(
                "{{\"issuer\":\"{issuer}\",\"token_endpoint\":\"{issuer}/api/oidc/token\",\"grant_types_supported\":[\"client_credentials\"]}}"
            ),
        ),
        At::Token => {
            revoked.store(false, Ordering::Relaxed);
            Reply::json(200, &token("authelia.bearer.authz", 3599))
        }
        At::Introspection if revoked.load(Ordering::Relaxed) => Reply::json(200, "{\"active\":false}"),
        At::Introspection => Reply::json(200, &introspection(&[application], "authelia.bearer.authz", 3599)),
        At::Revocation => {
            revoked.store(true, Ordering::Relaxed);
            Reply::text(200, "")
        }
        At::Authz if asked.header("authorization").contains("marker") => Reply::text(200, "200 OK"),
        At::Authz => refused_token(),
        _ => Reply::text(403, "403 Forbidden"),
    }
}

fn application(asked: &Asked) -> Reply {
    match at_application(asked) {
        At::Application => Reply::html(200, "<html><title>Grafana</title></html>"),
        At::UnknownToken => refused_token(),
        At::WithoutToken => Reply::redirect(302, "https://auth.example.com/?rd=https%3A%2F%2Fapp.example.com%2F&rm=GET"),
        _ => Reply::text(403, "403 Forbidden"),
    }
}

/// A token's answer.
pub(crate) fn token(scope: &str, seconds: u64) -> String {
    format!("{{\"access_token\":\"{TOKEN}\",\"expires_in\":{seconds},\"scope\":\"{scope}\",\"token_type\":\"bearer\"}}")
}

/// What introspection tells of a living token.
pub(crate) fn introspection(audience: &[&str], scope: &str, seconds: u64) -> String {
    let audience = audience.iter().map(|one| format!("\"{one}\"")).collect::<Vec<_>>().join(",");
    let expires = now() + seconds;
    format!(
        "{{\"active\":true,\"aud\":[{audience}],\"client_id\":\"uptime-kuma\",\"exp\":{expires},\"iat\":1,\"scope\":\"{scope}\"}}"
    )
}

/// The refusal of a token that was recognised.
pub(crate) fn refused_token() -> Reply {
    Reply::text(401, "401 Unauthorized").with(
        "www-authenticate",
        "Bearer error=\"invalid_token\",error_description=\"The access token provided is expired, revoked, malformed, or invalid.\"",
    )
}

/// The challenge of a rule that wants two factors.
pub(crate) fn basic_challenge() -> Reply {
    Reply::text(401, "401 Unauthorized").with("www-authenticate", "Basic realm=\"Authorization Required\"")
}

/// The way to the login page.
pub(crate) fn to_login() -> Reply {
    Reply::redirect(302, "https://auth.example.com/?rd=https%3A%2F%2Fapp.example.com%2F&rm=GET")
}
