//! The probe against a real Authelia, when `AUTHKUMA_AUTHELIA` names its program; otherwise the test says that it is skipped.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use authkuma::bearer::{Engine, Implementation, Target};
use authkuma::config;
use authkuma::monitor::EndpointMethod;
use authkuma::probe::expectation::Expectations;
use authkuma::probe::network::{Network, Options};
use authkuma::probe::plan::{AuthzPlan, Plan, TokenPlan};
use authkuma::probe::result::{ProbeResult, StepOutcome, Verdict};
use authkuma::probe::{Asker, Prober, Selection, Step, diagnose};
use authkuma::secret::Secret;
use authkuma::source::Source;

use crate::probe::authorities::{authority, config as tls, leaf};
use crate::probe::server::{Asked, Reply, Server};
use crate::probe::world::{STRANGER, cause, now};

const HOST: &str = "application.example.com";

/// Further clients and rules, each with one mistake.
const CLIENTS: &str = "
      - client_id: 'explicit'
        client_secret: 'DIGEST'
        audience: ['https://application.example.com/']
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        token_endpoint_auth_method: 'client_secret_basic'
      - client_id: 'elsewhere'
        client_secret: 'DIGEST'
        requested_audience_mode: 'implicit'
        audience: ['https://elsewhere.example.com/']
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        token_endpoint_auth_method: 'client_secret_basic'
      - client_id: 'stranger'
        client_secret: 'DIGEST'
        requested_audience_mode: 'implicit'
        audience: ['https://application.example.com/']
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        token_endpoint_auth_method: 'client_secret_basic'
      - client_id: 'signed'
        client_secret: 'DIGEST'
        requested_audience_mode: 'implicit'
        audience: ['https://application.example.com/']
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        token_endpoint_auth_method: 'client_secret_basic'
        access_token_signed_response_alg: 'RS256'
";

/// A rule of a client that is admitted nowhere else, and one for an open page.
const RULES: &str = "  rules:
    - domain: 'application.example.com'
      policy: 'bypass'
      resources: ['^/open$']
    - domain: 'application.example.com'
      policy: 'one_factor'
      subject: [['oauth2:client:explicit'], ['oauth2:client:elsewhere'], ['oauth2:client:signed']]
";

/// An endpoint that does not look at tokens.
const ENDPOINT: &str = "      blind:
        implementation: 'ForwardAuth'
        authn_strategies:
          - name: 'CookieSession'
      forward-auth:
";

struct Authelia {
    process: Child,
    address: SocketAddr,
    text: String,
    folder: tempfile::TempDir,
}

impl Drop for Authelia {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn example(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap()
}

/// Starts the server with the example's configuration and the further clients and rules; none when no program is named.
fn start() -> Option<Authelia> {
    let program = std::env::var_os("AUTHKUMA_AUTHELIA")?;
    let folder = tempfile::tempdir().unwrap();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let example = example("forward-auth/configuration.yml");
    let digest = example.split("client_secret: '").nth(1).unwrap().split('\'').next().unwrap();
    let text = example
        .replace("tcp://127.0.0.1:9091/", &format!("tcp://{address}/"))
        .replace("  rules:\n", RULES)
        .replace("      forward-auth:\n", ENDPOINT)
        + &CLIENTS.trim_start_matches('\n').replace("DIGEST", digest)
        + "ntp:\n  disable_startup_check: true\n";
    std::fs::write(folder.path().join("configuration.yml"), &text).unwrap();
    std::fs::write(
        folder.path().join("users.yml"),
        format!("users:\n  john:\n    displayname: 'John'\n    password: '{digest}'\n    email: 'john@example.com'\n"),
    )
    .unwrap();
    let process = Command::new(program)
        .args(["--config", "configuration.yml"])
        .current_dir(folder.path())
        // Every variable that begins with AUTHELIA_ would be configuration.
        .env_clear()
        .stdout(std::fs::File::create(folder.path().join("log")).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut authelia = Authelia { process, address, text, folder };
    for _ in 0..300 {
        if TcpStream::connect(address).is_ok() {
            return Some(authelia);
        }
        assert!(authelia.process.try_wait().unwrap().is_none(), "{}", log(&authelia));
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("the server accepts no connections: {}", log(&authelia));
}

fn log(authelia: &Authelia) -> String {
    std::fs::read_to_string(authelia.folder.path().join("log")).unwrap_or_default()
}

/// What a proxy does: it asks the authz endpoint, and lets through whom that lets through.
fn proxy(authelia: SocketAddr, endpoint: &'static str, drops_authorization: bool) -> impl Fn(&Asked) -> Reply {
    move |asked| {
        let mut stream = TcpStream::connect(authelia).unwrap();
        let mut request = format!(
            "GET /api/authz/{endpoint} HTTP/1.1\r\nHost: auth.example.com\r\nConnection: close\r\nX-Forwarded-Proto: https\r\n\
             X-Forwarded-Host: {HOST}\r\nX-Forwarded-Uri: {}\r\nX-Forwarded-Method: {}\r\nAccept: {}\r\n",
            asked.path,
            asked.method,
            asked.header("accept")
        );
        if !asked.header("authorization").is_empty() && !drops_authorization {
            request.extend(["Authorization: ", asked.header("authorization"), "\r\n"]);
        }
        write!(stream, "{request}\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status: u16 = head.split(' ').nth(1).unwrap().parse().unwrap();
        if status == 200 {
            return Reply::html(200, "<html>Welcome</html>");
        }
        let value = |name: &str| {
            head.lines()
                .filter_map(|line| line.split_once(": "))
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value)
        };
        let mut reply = Reply::text(status, body);
        for name in ["location", "www-authenticate"] {
            if let Some(value) = value(name) {
                reply = reply.with(name, value);
            }
        }
        reply
    }
}

/// A monitor of the application behind such a proxy, with the server's own listener in the place of the portal's proxy.
fn plan(authelia: &Authelia, client: &str) -> Plan {
    let listener = format!("http://{}/", authelia.address).parse().unwrap();
    Plan {
        name: client.to_owned(),
        url: format!("https://{HOST}/").parse().unwrap(),
        method: "GET".to_owned(),
        keyword: Some("Welcome".to_owned()),
        portal: "https://auth.example.com/".parse().unwrap(),
        token: TokenPlan {
            asker: Asker::Kuma2,
            url: "https://auth.example.com/api/oidc/token".parse().unwrap(),
            client_id: client.to_owned(),
            method: EndpointMethod::Basic,
            scope: "authelia.bearer.authz".to_owned(),
            audience: None,
            resource: None,
        },
        authz: Some(AuthzPlan {
            url: format!("http://{}/api/authz/forward-auth", authelia.address).parse().unwrap(),
            endpoint: "forward-auth".to_owned(),
            implementation: Implementation::ForwardAuth,
            ip: None,
        }),
        outside: None,
        listener: Some(listener),
        selection: Selection::default(),
        time_limit: Duration::from_secs(30),
    }
}

#[test]
fn a_real_server_passes_the_journey_and_every_mistake_is_named() {
    let Some(authelia) = start() else {
        return skip();
    };
    let root = authority("Test Root");
    let server_of = |proxy| Server::start_tls(tls(&leaf(&root, HOST, |_| {}), None), proxy);
    let good = server_of(Box::new(proxy(authelia.address, "forward-auth", false)) as Box<dyn Fn(&Asked) -> Reply + Send + Sync>);
    let dropping = server_of(Box::new(proxy(authelia.address, "forward-auth", true)));
    let blind = server_of(Box::new(proxy(authelia.address, "blind", false)));
    let secret = example("client-secret.txt");
    let target: Target = "4.39.20".parse().unwrap();
    let known = config::load(Source::new("configuration.yml", authelia.text.clone()).into());
    let engine = Engine::compile(&known, target).unwrap();
    let probe = |plan: &Plan, application: &Server, secret: &str| -> ProbeResult {
        let options = Options {
            overrides: vec![format!("{HOST}:443:{}", application.address).parse().unwrap()],
            authorities: vec![root.pem().into_bytes()],
            without_proxies: true,
            ..Options::default()
        };
        let prober = Prober::new(Network::new(options).unwrap(), Secret::new(STRANGER.to_owned()));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let secret = Secret::new(secret.trim().to_owned());
        let transcript = runtime.block_on(prober.probe(plan, &secret, now(), &|_| {}));
        let expectations = Expectations::new(plan, &secret, &transcript, &known, &engine);
        let result = diagnose(plan, &transcript, Some(&expectations));
        assert!(!format!("{result:?}{transcript:?}").contains(secret.expose()));
        result
    };

    let result = probe(&plan(&authelia, "uptime-kuma"), &good, &secret);
    let wrong: Vec<_> = result.steps.iter().filter(|step| step.outcome != StepOutcome::Pass).collect();
    assert!(wrong.is_empty() && result.verdict == Verdict::Up && result.notes.is_empty(), "{wrong:#?} {:#?}", result.notes);

    let at = |client: &str| plan(&authelia, client);
    let asking = |client: &str, audience: &str| {
        let plan = at(client);
        Plan { token: TokenPlan { audience: Some(audience.to_owned()), ..plan.token.clone() }, ..plan }
    };
    let scoped = |scope: &str| {
        let plan = at("uptime-kuma");
        Plan { token: TokenPlan { scope: scope.to_owned(), ..plan.token.clone() }, ..plan }
    };
    let of_url = |url: &str| Plan { url: url.parse().unwrap(), ..at("uptime-kuma") };
    let secret = secret.as_str();
    let rows: [(Plan, &Server, &str, Step, &str); 16] = [
        (at("explicit"), &good, secret, Step::Application, "audience-field-empty"),
        (at("elsewhere"), &good, secret, Step::Authz, "audience-other-host"),
        (at("stranger"), &good, secret, Step::Authz, "two-factor-rule"),
        (at("signed"), &good, secret, Step::Application, "token-signed-unrecognised"),
        (at("nobody"), &good, secret, Step::Token, "client-refused"),
        (at("uptime-kuma"), &good, "another", Step::Token, "secret-mismatch"),
        (asking("uptime-kuma", "https://other.example.com/"), &good, secret, Step::Token, "audience-not-literal"),
        (scoped(""), &good, secret, Step::Application, "token-scope-missing"),
        (scoped("openid"), &good, secret, Step::Token, "scope-not-allowed"),
        (at("uptime-kuma"), &dropping, secret, Step::Application, "authorization-dropped"),
        (at("uptime-kuma"), &blind, secret, Step::Application, "authorization-dropped"),
        (of_url("https://application.example.com/open"), &good, secret, Step::WithoutToken, "bypass-rule"),
        (of_url("https://application.example.com/two"), &good, secret, Step::Authz, "two-factor-rule"),
        (of_url("https://application.example.com/open"), &good, secret, Step::Introspection, "audience-by-prefix"),
        (blind_endpoint(at("uptime-kuma")), &blind, secret, Step::Authz, "bearer-not-taken"),
        (missing_endpoint(at("uptime-kuma")), &good, secret, Step::Authz, "endpoint-missing"),
    ];
    for (plan, application, secret, step, id) in rows {
        let result = probe(&plan, application, secret);
        assert_eq!(cause(&result, step).map(|(_, id)| id), Some(id), "{result:#?}\n{}", log(&authelia));
    }
}

fn blind_endpoint(plan: Plan) -> Plan {
    at_endpoint(plan, "blind")
}

fn missing_endpoint(plan: Plan) -> Plan {
    at_endpoint(plan, "nowhere")
}

fn at_endpoint(plan: Plan, endpoint: &str) -> Plan {
    let authz = plan.authz.clone().map(|authz| AuthzPlan {
        url: authz.url.join(endpoint).unwrap(),
        endpoint: endpoint.to_owned(),
        ..authz
    });
    Plan { authz, ..plan }
}

#[expect(clippy::print_stderr, reason = "a test that did not run must not look like one that passed")]
fn skip() {
    eprintln!("skipped: AUTHKUMA_AUTHELIA does not name a program");
}
