//! One spoilt answer each, and the cause that must be named for it.

use authkuma::bearer::Implementation;
use authkuma::probe::plan::{Plan, TokenPlan};
use authkuma::probe::result::{Era, StepOutcome, Verdict};
use authkuma::probe::{Asker, Step};

use super::server::{Asked, Reply};
use super::world::{At, SECRET, World, basic_challenge, cause, introspection, probe, probe_with, refused_token, to_login, token};

const SCOPE: &str = "authelia.bearer.authz";
const PORTAL_PAGE: &str = "<html><title></title><body data-rememberme=\"true\" data-resetpassword=\"true\"></body></html>";

/// What a server answers.
type Answering = fn(&Asked) -> Reply;

/// Every step passes where nothing is spoilt.
#[test]
fn a_working_monitor_is_up() {
    let world = World::new(|_, _| None);
    for plan in [world.plan(), world.plan_with_authz(Implementation::ForwardAuth)] {
        let result = probe(&plan);
        let wrong: Vec<_> = result.steps.iter().filter(|step| step.cause.is_some()).collect();
        assert!(wrong.is_empty() && result.verdict == Verdict::Up && result.is_as_wanted(), "{wrong:#?}");
        assert_eq!((result.token_seconds, result.era, result.steps.len()), (Some(3599), None, 10));
    }
}

/// Whatever comes in place of one answer.
fn check(rows: &[(At, Step, &'static str, Answering)], plan: fn(&World) -> Plan) {
    for (at, step, id, reply) in rows {
        let (at, reply) = (*at, *reply);
        let world = World::new(move |asked_at, asked| (asked_at == at).then(|| reply(asked)));
        let result = probe(&plan(&world));
        let found = cause(&result, *step).map(|(_, id)| id);
        assert_eq!(found, Some(*id), "{at:?}: {:#?}", result.steps.iter().find(|one| one.step == *step));
    }
}

#[test]
fn a_wrong_scheme_is_told_of_the_address_that_was_asked() {
    let world =
        World::new(|at, _| (at == At::Outside).then(|| Reply::text(400, "Client sent an HTTP request to an HTTPS server.\n")));
    let outside = "https://authkuma-outside.example.com/";
    let plan = Plan { outside: outside.parse().ok(), ..world.plan_with_authz(Implementation::ForwardAuth) };
    let result = probe(&plan);
    let step = result.steps.iter().find(|step| step.step == Step::OutsideAudience).unwrap();
    let cause = step.cause.as_ref().unwrap();
    let asked = format!("http://{}/api/authz/forward-auth", world.portal.address);
    assert!(cause.id == "http-to-tls-port" && cause.text.contains(&asked), "{cause:?}");
    assert!(step.observed.ends_with(outside), "{}", step.observed);
}

#[test]
fn the_portals_answers_are_told_apart() {
    check(
        &[
            (At::Health, Step::Portal, "portal-behind-itself", |_| to_login()),
            (At::Health, Step::Portal, "portal-redirects-to-https", |_| Reply::redirect(301, "https://127.0.0.1/api/health")),
            (At::Health, Step::Portal, "portal-redirects", |_| Reply::redirect(302, "http://elsewhere.example.com/")),
            (At::Health, Step::Portal, "portal-gateway-error", |_| Reply::html(502, "<html>Bad Gateway</html>")),
            (At::Health, Step::Portal, "portal-missing", |_| Reply::text(404, "404 page not found")),
            (At::Health, Step::Portal, "portal-guarded", |_| Reply::text(403, "Forbidden")),
            (At::Health, Step::Portal, "portal-unhealthy", |_| Reply::text(500, "")),
            (At::Health, Step::Portal, "portal-not-authelia", |_| Reply::html(200, "<html>It works!</html>")),
            (At::Health, Step::Portal, "http-to-tls-port", |_| {
                Reply::text(400, "Client sent an HTTP request to an HTTPS server.\n")
            }),
            (At::Health, Step::Portal, "unexpected-answer", |_| Reply::text(418, "")),
            (At::Discovery, Step::Discovery, "discovery-off", |_| Reply::text(404, "404 Not Found")),
            (At::Discovery, Step::Discovery, "discovery-issuer-gate", |_| Reply::text(400, "400 Bad Request")),
            (At::Discovery, Step::Discovery, "discovery-not-json", |_| Reply::html(200, "<html></html>")),
            (At::Discovery, Step::Discovery, "issuer-differs", |_| {
                Reply::json(200, "{\"issuer\":\"https://other.example.com\"}")
            }),
            (At::Discovery, Step::Discovery, "token-endpoint-differs", |asked| {
                let host = asked.header("host");
                Reply::json(
                    200,
                    &format!("{{\"issuer\":\"http://{host}\",\"token_endpoint\":\"http://{host}/a/api/oidc/token\"}}"),
                )
            }),
        ],
        World::plan,
    );
}

fn refusal(status: u16, error: &str, description: &str) -> Reply {
    Reply::json(status, &format!("{{\"error\":\"{error}\",\"error_description\":\"{description}\"}}"))
}

#[test]
fn the_token_endpoints_answers_are_told_apart() {
    check(
        &[
            (At::Token, Step::Token, "token-rate-limited", |_| {
                refusal(429, "temporarily_unavailable", "Too many requests.").with("retry-after", "60")
            }),
            (At::Token, Step::Token, "token-url-guarded", |_| to_login()),
            (At::Token, Step::Token, "token-url-redirects", |_| Reply::redirect(301, "https://auth.example.com/api/oidc/token")),
            (At::Token, Step::Token, "token-url-missing", |_| Reply::text(404, "404 Not Found")),
            (At::Token, Step::Token, "token-url-wrong-endpoint", |_| Reply::text(405, "405 Method Not Allowed")),
            (At::Token, Step::Token, "token-gateway-error", |_| Reply::html(504, "<html></html>")),
            (At::Token, Step::Token, "token-is-page", |_| Reply::html(200, PORTAL_PAGE)),
            (At::Token, Step::Token, "token-answer-empty", |_| Reply::text(200, "")),
            (At::Token, Step::Token, "token-answer-without-token", |_| Reply::json(200, "{\"status\":\"OK\"}")),
            (At::Token, Step::Token, "client-auth-method", |_| {
                refusal(401, "invalid_client", "The request was determined to be using 'token_endpoint_auth_method' method 'x'")
            }),
            (At::Token, Step::Token, "client-refused", |_| refusal(401, "invalid_client", "Client authentication failed")),
            (At::Token, Step::Token, "client-credentials-malformed", |_| {
                refusal(400, "invalid_request", "Client Credentials missing or malformed.")
            }),
            (At::Token, Step::Token, "token-body-lost", |_| refusal(400, "invalid_request", "The POST body can not be empty.")),
            (At::Token, Step::Token, "audience-with-resource", |_| {
                refusal(
                    400,
                    "invalid_request",
                    "The 'resource' parameter is only allowed when the 'audience' parameter is not also present.",
                )
            }),
            (At::Token, Step::Token, "audience-not-allowed", |_| {
                refusal(400, "invalid_target", "The requested resource is invalid")
            }),
            (At::Token, Step::Token, "token-request-refused", |_| refusal(400, "invalid_request", "The request is malformed.")),
            (At::Token, Step::Token, "scope-not-allowed", |_| refusal(400, "invalid_scope", "The requested scope is invalid")),
            (At::Token, Step::Token, "grant-not-allowed", |_| {
                refusal(400, "unauthorized_client", "The client is not authorized")
            }),
            (At::Token, Step::Token, "token-storage-failed", |_| refusal(500, "error", "The error is unrecognizable")),
            (At::Token, Step::Token, "token-server-error", |_| {
                refusal(500, "server_error", "The server encountered a condition")
            }),
            (At::Token, Step::Token, "token-url-basic", |_| {
                Reply::html(401, "<html></html>").with("www-authenticate", "Basic realm=\"nginx\"")
            }),
            (At::Token, Step::Token, "token-forbidden", |_| Reply::html(403, "<html>blocked</html>")),
            (At::Token, Step::Token, "token-refused-otherwise", |_| refusal(400, "invalid_grant", "no")),
            (At::Token, Step::Token, "token-signed", |_| {
                Reply::json(200, "{\"access_token\":\"eymarker.eymarker.marker\",\"token_type\":\"bearer\"}")
            }),
            (At::Token, Step::Token, "token-foreign", |_| {
                Reply::json(200, "{\"access_token\":\"markermarker\",\"token_type\":\"bearer\"}")
            }),
            (At::Token, Step::Token, "token-without-type", |_| {
                Reply::json(200, &token(SCOPE, 3599).replace(",\"token_type\":\"bearer\"", ""))
            }),
            (At::Token, Step::Token, "token-without-scope", |_| Reply::json(200, &token("", 3599))),
            (At::Token, Step::Token, "token-short-lived", |_| Reply::json(200, &token(SCOPE, 5))),
        ],
        World::plan,
    );
}

#[test]
fn the_secrets_text_and_the_token_url_tell_the_cause() {
    let refuse = |at, _: &Asked| (at == At::Token).then(|| refusal(401, "invalid_client", "Client authentication failed"));
    for (secret, id) in [
        ("$6$rounds=1000$abcdefgh$marker", "secret-is-digest"),
        (" marker-of-the-secret", "secret-has-outer-space"),
        (SECRET, "client-refused"),
    ] {
        let world = World::new(refuse);
        let result = probe_with(&world.plan(), secret, authkuma::probe::network::Options::default());
        assert_eq!(cause(&result, Step::Token), Some((StepOutcome::Fail, id)));
        assert_eq!(result.verdict, Verdict::Down);
    }
    let world = World::new(|at, asked| (at == At::Token).then(|| Reply::redirect(308, asked.path.trim_end_matches('/'))));
    let plan = world.plan();
    let url = plan.portal.join("/api/oidc/token/").unwrap();
    let result = probe(&Plan { token: TokenPlan { url, ..plan.token.clone() }, ..plan });
    assert_eq!(cause(&result, Step::Token).unwrap().1, "token-url-trailing-slash");
}

#[test]
fn the_issuer_gate_shows_at_discovery_too() {
    let world = World::new(|at, _| match at {
        At::Discovery => Some(Reply::text(400, "400 Bad Request")),
        At::Token => Some(refusal(400, "invalid_request", "The request is missing a required parameter")),
        _ => None,
    });
    assert_eq!(cause(&probe(&world.plan()), Step::Token).unwrap().1, "issuer-gate");
}

#[test]
fn what_introspection_tells_is_told_apart() {
    check(
        &[
            (At::Introspection, Step::Introspection, "introspection-refused", |_| refusal(401, "request_unauthorized", "no")),
            (At::Introspection, Step::Introspection, "introspection-issuer", |_| refusal(400, "invalid_request", "no")),
            (At::Introspection, Step::Introspection, "introspection-missing", |_| Reply::text(404, "404 Not Found")),
            (At::Introspection, Step::Introspection, "token-inactive", |_| Reply::json(200, "{\"active\":false}")),
            (At::Introspection, Step::Introspection, "token-scope-missing", |_| {
                Reply::json(200, &introspection(&["https://a.example.com"], "openid", 3599))
            }),
            (At::Introspection, Step::Introspection, "audience-field-empty", |_| {
                Reply::json(200, &introspection(&[], SCOPE, 3599))
            }),
            (At::Introspection, Step::Introspection, "audience-other-host", |_| {
                Reply::json(200, &introspection(&["https://other.example.com/"], SCOPE, 3599))
            }),
            (At::Introspection, Step::Introspection, "audience-other-scheme", |_| {
                Reply::json(200, &introspection(&["https://127.0.0.1/"], SCOPE, 3599))
            }),
            (At::Introspection, Step::Introspection, "audience-other-port", |_| {
                Reply::json(200, &introspection(&["http://127.0.0.1:1/"], SCOPE, 3599))
            }),
            (At::Introspection, Step::Introspection, "audience-no-url", |_| {
                Reply::json(200, &introspection(&["https://*.example.com"], SCOPE, 3599))
            }),
            (At::Revocation, Step::Revocation, "revocation-refused", |_| refusal(401, "invalid_client", "no")),
            (At::Revocation, Step::Revocation, "revocation-missing", |_| Reply::text(404, "404 Not Found")),
            (At::Revocation, Step::Revocation, "revocation-without-effect", |_| Reply::text(200, "")),
        ],
        World::plan,
    );
}

#[test]
fn a_clock_that_differs_is_seen() {
    let world = World::new(|at, asked| {
        let url = format!("http://{}/", asked.header("host"));
        (at == At::Introspection).then(|| Reply::json(200, &introspection(&[&url], SCOPE, 90_000)))
    });
    let found = cause(&probe(&world.plan()), Step::Introspection).unwrap();
    assert_eq!(found.1, "audience-other-port", "the portal's address is no audience of the application");
    let application = world.application.address;
    let world = World::new(move |at, _| {
        let url = format!("http://{application}/");
        (at == At::Introspection).then(|| Reply::json(200, &introspection(&[&url], SCOPE, 90_000)))
    });
    let mut plan = world.plan();
    plan.url = format!("http://{application}/").parse().unwrap();
    assert_eq!(cause(&probe(&plan), Step::Introspection), Some((StepOutcome::Warn, "clock-differs")));
}

/// The application and the endpoint answer the token alike, as a proxy that passes everything on makes them.
fn check_access(rows: &[(&'static str, Answering)], step: Step, plan: fn(&World) -> Plan) {
    for (id, reply) in rows {
        let reply = *reply;
        let world = World::new(move |at, asked| matches!(at, At::Application | At::Authz).then(|| reply(asked)));
        let result = probe(&plan(&world));
        let found = result.steps.iter().find(|one| one.step == step).unwrap();
        assert_eq!(found.cause.as_ref().map(|cause| cause.id), Some(*id), "{found:#?}");
        assert_eq!((found.outcome, result.verdict), (StepOutcome::Fail, Verdict::Down), "{id}");
    }
}

#[test]
fn the_applications_answers_are_told_apart() {
    check_access(
        &[
            ("token-not-seen", |_| to_login()),
            ("token-not-seen", |_| Reply::text(401, "401 Unauthorized").with("location", "https://auth.example.com/?rd=x")),
            ("two-factor-rule", |_| basic_challenge()),
            ("proxy-authorization-strategy", |_| Reply::text(407, "407 Proxy Authentication Required")),
            ("client-lost-audience", |_| refused_token()),
            ("rule-denies-behind-proxy", |_| Reply::text(403, "403 Forbidden")),
            ("forbidden", |_| Reply::html(403, "<html>no</html>")),
            ("insecure-target", |_| Reply::text(400, "400 Bad Request")),
            ("endpoint-missing", |_| Reply::text(404, "404 Not Found")),
            ("endpoint-verb", |_| Reply::text(405, "405 Method Not Allowed")),
            ("application-path-missing", |_| Reply::html(404, "<html>nothing</html>")),
            ("application-method", |_| Reply::html(405, "<html>no</html>")),
            ("application-rate-limited", |_| Reply::text(429, "").with("retry-after", "7")),
            ("application-gateway-error", |_| Reply::html(503, "<html></html>")),
            ("application-error", |_| Reply::html(500, "<html></html>")),
            ("login-page-as-answer", |_| Reply::html(200, PORTAL_PAGE)),
            ("keyword-missing", |_| Reply::html(200, "<html>Prometheus</html>")),
            ("keyword-too-far", |_| Reply::html(200, &format!("<html>{}Grafana", "x".repeat(2 << 20)))),
            ("application-redirects-to-https", |asked| {
                Reply::redirect(301, &format!("https://{}/", asked.header("host").split(':').next().unwrap()))
            }),
            ("application-redirects", |_| Reply::redirect(302, "/login")),
            ("application-redirects-elsewhere", |_| Reply::redirect(302, "https://login.example.com/")),
            ("application-own-login", |_| Reply::html(401, "<html></html>").with("www-authenticate", "Basic realm=\"app\"")),
        ],
        Step::Application,
        World::plan,
    );
}

#[test]
fn the_endpoints_answers_are_told_apart() {
    check_access(
        &[
            ("bearer-not-taken", |_| to_login()),
            ("two-factor-rule", |_| basic_challenge()),
            ("rule-denies", |_| Reply::text(403, "403 Forbidden")),
            ("endpoint-missing", |_| Reply::text(404, "404 Not Found")),
            ("endpoint-verb", |_| Reply::text(405, "405 Method Not Allowed")),
            ("authz-own-login", |_| Reply::html(401, "<html></html>")),
        ],
        Step::Authz,
        |world| world.plan_with_authz(Implementation::ForwardAuth),
    );
    check_access(&[("legacy-bad-request", |_| Reply::text(401, "401 Unauthorized"))], Step::Authz, |world| {
        world.plan_with_authz(Implementation::Legacy)
    });
    check_access(
        &[
            ("bearer-not-taken-behind-proxy", |_| to_login()),
            ("rule-denies-behind-proxy", |_| Reply::html(403, "<html>nginx</html>")),
        ],
        Step::Application,
        |world| world.plan_with_authz(Implementation::AuthRequest),
    );
}

#[test]
fn the_proxy_is_told_from_the_endpoint() {
    for (id, reply) in [
        ("authorization-dropped", to_login()),
        ("proxy-asks-otherwise", refused_token()),
        ("application-forbids", Reply::html(403, "<html>no</html>")),
    ] {
        let world = World::new(move |at, _| (at == At::Application).then(|| reply.clone()));
        let result = probe(&world.plan_with_authz(Implementation::ForwardAuth));
        assert_eq!(cause(&result, Step::Application).unwrap().1, id);
        assert_eq!(cause(&result, Step::Authz), None);
    }
}

#[test]
fn without_introspection_a_refusal_stays_open() {
    let world = World::new(|at, _| match at {
        At::Introspection => Some(Reply::text(404, "404 Not Found")),
        At::Application => Some(refused_token()),
        _ => None,
    });
    assert_eq!(cause(&probe(&world.plan()), Step::Application).unwrap().1, "token-refused");
    let world = World::new(|at, _| match at {
        At::Introspection => Some(Reply::text(404, "404 Not Found")),
        At::Application => Some(basic_challenge()),
        _ => None,
    });
    assert_eq!(cause(&probe(&world.plan()), Step::Application).unwrap().1, "basic-challenge");
}

#[test]
fn a_token_of_another_kind_is_not_recognised() {
    for (text, id) in [("eymarker.eymarker.marker", "token-signed-unrecognised"), ("markermarker", "token-foreign-unrecognised")]
    {
        let world = World::new(move |at, _| match at {
            At::Token => Some(Reply::json(200, &format!("{{\"access_token\":\"{text}\",\"token_type\":\"bearer\"}}"))),
            At::Application => Some(to_login()),
            _ => None,
        });
        assert_eq!(cause(&probe(&world.plan()), Step::Application).unwrap().1, id);
    }
}

#[test]
fn what_must_not_open_and_does_is_seen() {
    let open = |_: &Asked| Reply::html(200, "<html>Grafana</html>");
    check(
        &[
            (At::WithoutToken, Step::WithoutToken, "unprotected", open),
            (At::WithoutToken, Step::WithoutToken, "login-page-without-redirect", |_| Reply::html(200, PORTAL_PAGE)),
            (At::WithoutToken, Step::WithoutToken, "opens-elsewhere", |_| Reply::redirect(302, "https://login.example.com/")),
            (At::WithoutToken, Step::WithoutToken, "control-inconclusive", |_| Reply::text(500, "")),
            (At::UnknownToken, Step::UnknownToken, "any-authorization-opens", open),
        ],
        World::plan,
    );
    check(&[(At::Outside, Step::OutsideAudience, "outside-opens-by-endpoint", open)], |world| {
        let outside = Some("https://authkuma-outside.example.com/".parse().unwrap());
        Plan { outside, ..world.plan_with_authz(Implementation::ForwardAuth) }
    });
    let world = World::new(move |at, asked| matches!(at, At::WithoutToken | At::UnknownToken).then(|| open(asked)));
    let result = probe(&world.plan_with_authz(Implementation::ForwardAuth));
    assert_eq!(cause(&result, Step::WithoutToken).unwrap().1, "proxy-does-not-ask");
    assert_eq!(cause(&result, Step::UnknownToken).unwrap().1, "any-token-opens");
    assert_eq!((result.verdict, result.is_as_wanted()), (Verdict::Degraded, false));
    let world = World::new(move |at, asked| matches!(at, At::WithoutToken | At::UnknownToken | At::Authz).then(|| open(asked)));
    let result = probe(&world.plan_with_authz(Implementation::ForwardAuth));
    assert_eq!(cause(&result, Step::WithoutToken).unwrap().1, "bypass-rule");
}

/// The audience that the client may have, and how the server compares it.
fn audience_world(allowed: &'static str, exact: bool, resource: bool) -> World {
    let granted = std::sync::Arc::new(std::sync::Mutex::new((String::new(), false)));
    World::new(move |at, asked| {
        let field = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(asked.body.as_bytes());
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        let fits = |value: &str| if exact { value.ends_with(allowed) } else { value.contains(allowed.trim_end_matches('/')) };
        match at {
            At::Token => {
                let (audience, asked_resource) = (field("audience"), field("resource"));
                let is_refused =
                    audience.as_ref().is_some_and(|audience| !fits(audience)) || asked_resource.is_some() && !resource;
                *granted.lock().unwrap() = (audience.unwrap_or_else(|| format!("http://x{allowed}")), asked_resource.is_some());
                is_refused
                    .then(|| refusal(400, "invalid_target", "The requested resource is invalid, missing, unknown, or malformed."))
            }
            At::Application => {
                let (audience, by_resource) = granted.lock().unwrap().clone();
                (!by_resource && exact && !audience.ends_with("/dashboards/")).then(refused_token)
            }
            _ => None,
        }
    })
}

fn at_dashboards(world: &World) -> Plan {
    let plan = world.plan();
    Plan { url: plan.url.join("/dashboards/").unwrap(), ..plan }
}

#[test]
fn a_server_that_compares_exactly_is_known_by_what_it_takes() {
    for (resource, era, tried) in [(true, Era::Resource, "the token is let in"), (false, Era::Exact, "no token, 400")] {
        let world = audience_world("/", true, resource);
        let result = probe(&at_dashboards(&world));
        assert_eq!(cause(&result, Step::Application).unwrap().1, "audience-not-exact", "{result:#?}");
        assert_eq!(result.era, Some(era));
        assert!(result.notes.iter().any(|note| note.contains("resource=") && note.ends_with(tried)), "{:#?}", result.notes);
        let fix = &result.steps.iter().find(|step| step.step == Step::Application).unwrap().cause.as_ref().unwrap().fix;
        assert!(fix.contains("/dashboards/"), "{fix}");
    }
}

#[test]
fn a_server_that_compares_by_prefix_is_known_and_the_upgrade_is_foretold() {
    let world = World::new(|_, _| None);
    let result = probe(&at_dashboards(&world));
    assert_eq!(cause(&result, Step::Introspection), Some((StepOutcome::Warn, "audience-by-prefix")));
    assert_eq!((result.era, result.verdict), (Some(Era::Prefix), Verdict::Degraded));
}

#[test]
fn a_refused_audience_is_told_from_a_refused_resource() {
    let asking = |world: &World, audience: &str| {
        let plan = at_dashboards(world);
        Plan { token: TokenPlan { audience: Some(audience.to_owned()), ..plan.token.clone() }, ..plan }
    };
    let world = audience_world("/dashboards/", true, true);
    assert_eq!(cause(&probe(&asking(&world, "https://other/")), Step::Token).unwrap().1, "audience-not-literal");
    let world = audience_world("/", true, true);
    let plan = at_dashboards(&world);
    let literal = plan.literal_url();
    let result = probe(&Plan { token: TokenPlan { audience: Some(literal), ..plan.token.clone() }, ..plan });
    let spoilt = cause(&result, Step::Token);
    assert!(spoilt.is_none() || spoilt.unwrap().1 == "audience-by-prefix-refused", "{spoilt:?}");
    let world = World::new(|at, _| (at == At::Token).then(|| refusal(400, "invalid_target", "no")));
    assert_eq!(cause(&probe(&asking(&world, "https://other/")), Step::Token).unwrap().1, "audience-not-allowed");
}

#[test]
fn a_resource_that_opens_nothing_is_said() {
    let world = World::new(|at, _| match at {
        At::Introspection => Some(Reply::json(200, &introspection(&[], SCOPE, 3599))),
        At::Application => Some(refused_token()),
        _ => None,
    });
    let plan = world.plan();
    let resource = Some(plan.literal_url());
    let plan = Plan { token: TokenPlan { asker: Asker::Resource, resource, ..plan.token.clone() }, ..plan };
    assert_eq!(cause(&probe(&plan), Step::Application).unwrap().1, "resource-not-honoured");
}

#[test]
fn who_asks_decides_how_an_empty_audience_is_mended() {
    let empty = |at, _: &Asked| match at {
        At::Introspection => Some(Reply::json(200, &introspection(&[], SCOPE, 3599))),
        At::Application => Some(refused_token()),
        _ => None,
    };
    let world = World::new(empty);
    let plan = world.plan();
    for (asker, audience, id) in [
        (Asker::Kuma1, None, "audience-cannot-be-asked"),
        (Asker::Kuma2, None, "audience-field-empty"),
        (Asker::Kuma2, Some("x".to_owned()), "audience-empty"),
    ] {
        let plan = Plan { token: TokenPlan { asker, audience, ..plan.token.clone() }, ..plan.clone() };
        assert_eq!(cause(&probe(&plan), Step::Application).unwrap().1, id);
    }
}
