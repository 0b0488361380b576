//! The probe against the sandbox: a mistake in a configuration, and the cause that must be named for it. What the configuration makes
//! the server answer must be what it answers.

use authkuma::bearer::{Engine, Implementation, Target};
use authkuma::config::{self, Config};
use authkuma::monitor::EndpointMethod;
use authkuma::probe::expectation::Expectations;
use authkuma::probe::network::{Network, Options as NetworkOptions};
use authkuma::probe::plan::{AuthzPlan, Plan, TokenPlan};
use authkuma::probe::result::{Era, ProbeResult, StepOutcome, Verdict};
use authkuma::probe::{Asker, Prober, Selection, Step, diagnose};
use authkuma::sandbox::{App, Options, Running, Server};
use authkuma::secret::Secret;
use authkuma::source::Source;

use super::world::{SECRET, STRANGER, cause, now};

/// A configuration in which everything fits.
const CONFIGURATION: &str = "
server:
  endpoints:
    authz:
      forward-auth:
        implementation: 'ForwardAuth'
        authn_strategies:
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
          - name: 'CookieSession'
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com'
access_control:
  default_policy: 'deny'
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
identity_providers:
  oidc:
    hmac_secret: 'x'
    clients:
      - client_id: 'uptime-kuma'
        client_secret: 'marker-of-the-secret'
        requested_audience_mode: 'implicit'
        audience: ['https://app.example.com/']
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        token_endpoint_auth_method: 'client_secret_basic'
";

/// The configuration with texts replaced.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(CONFIGURATION.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from} is not in the configuration");
        text.replace(from, to)
    })
}

fn load(text: &str) -> Config {
    config::load(Source::new("configuration.yml", text.to_owned()).into())
}

/// A monitor of the sandbox, whose authz endpoint is asked directly too.
fn plan(running: &Running) -> Plan {
    Plan {
        name: "app".to_owned(),
        url: "https://app.example.com/".parse().unwrap(),
        method: "GET".to_owned(),
        keyword: Some("Grafana".to_owned()),
        portal: "https://auth.example.com/".parse().unwrap(),
        token: TokenPlan {
            asker: Asker::Kuma2,
            url: "https://auth.example.com/api/oidc/token".parse().unwrap(),
            client_id: "uptime-kuma".to_owned(),
            method: EndpointMethod::Basic,
            scope: "authelia.bearer.authz".to_owned(),
            audience: None,
            resource: None,
        },
        authz: Some(AuthzPlan {
            url: format!("{}/api/authz/forward-auth", running.url()).parse().unwrap(),
            endpoint: "forward-auth".to_owned(),
            implementation: Implementation::ForwardAuth,
            ip: None,
        }),
        outside: None,
        listener: None,
        selection: Selection::default(),
        time_limit: std::time::Duration::from_secs(20),
    }
}

/// Starts a sandbox, adjusts the plan, probes, and holds every answer to the configuration.
fn rehearse(text: &str, target: &str, secret: &str, adjust: impl FnOnce(Plan, &Running) -> Plan) -> ProbeResult {
    let target: Target = target.parse().unwrap();
    let apps = vec![App { host: "app.example.com".to_owned(), text: "Welcome to Grafana".to_owned() }];
    let options = Options { target, tls: true, portal: true, apps, ..Options::default() };
    let running = Server::start(load(text), options).unwrap();
    let plan = adjust(plan(&running), &running);
    let address = |url: &str| url.rsplit('/').next().unwrap().to_owned();
    let app = running.apps().next().unwrap().1;
    let overrides = [
        format!("app.example.com:443:{}", address(&app)),
        format!("auth.example.com:443:{}", address(&running.portal_url().unwrap())),
    ];
    let network = NetworkOptions {
        authorities: vec![std::fs::read(running.certificate().unwrap()).unwrap()],
        overrides: overrides.map(|text| text.parse().unwrap()).into(),
        without_proxies: true,
        ..NetworkOptions::default()
    };
    let prober = Prober::new(Network::new(network).unwrap(), Secret::new(STRANGER.to_owned()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let secret = Secret::new(secret.to_owned());
    let transcript = runtime.block_on(prober.probe(&plan, &secret, now(), &|_| {}));
    runtime.shutdown_background();
    let config = load(text);
    let expectations = Expectations::new(&plan, &secret, &transcript, &config, &Engine::compile(&config, target).unwrap());
    let result = diagnose(&plan, &transcript, Some(&expectations));
    let odd: Vec<&String> = result.notes.iter().filter(|note| note.contains("by the configuration")).collect();
    assert!(odd.is_empty(), "the server runs this very configuration: {odd:#?}\n{result:#?}");
    assert!(!format!("{result:?}{transcript:?}").contains("marker"));
    result
}

fn keep(plan: Plan, _: &Running) -> Plan {
    plan
}

fn with_token(plan: Plan, change: impl FnOnce(TokenPlan) -> TokenPlan) -> Plan {
    Plan { token: change(plan.token.clone()), ..plan }
}

/// The causes that a changed configuration must be given, by an unchanged monitor.
fn check(changes: &[(&str, &str)], expected: &[(Step, &str)]) {
    let result = rehearse(&changed(changes), "4.39.20", SECRET, keep);
    check_result(&result, expected, &format!("{changes:?}"));
}

fn check_result(result: &ProbeResult, expected: &[(Step, &str)], what: &str) {
    for (step, id) in expected {
        assert_eq!(cause(result, *step).map(|(_, id)| id), Some(*id), "{what}: {result:#?}");
    }
}

#[test]
fn a_configuration_in_which_everything_fits_is_up() {
    for target in ["4.38.0", "4.39.16", "4.39.20", "4.39.22", "4.39.23"] {
        let result = rehearse(CONFIGURATION, target, SECRET, keep);
        let wrong: Vec<_> = result.steps.iter().filter(|step| step.outcome != StepOutcome::Pass).collect();
        assert!(wrong.is_empty() && result.verdict == Verdict::Up, "{target}: {wrong:#?}");
        let deciding = result.steps.iter().find(|step| step.step == Step::Authz).unwrap().deciding.as_ref().unwrap();
        assert!(deciding.path.starts_with("access_control.rules[0]") && deciding.line.is_some(), "{deciding:?}");
    }
}

#[test]
fn what_is_wanted_stands_beside_what_the_configuration_answers() {
    let at = |result: &ProbeResult, step| result.steps.iter().find(|one| one.step == step).unwrap().clone();
    let denied = rehearse(&changed(&[("'one_factor'", "'deny'")]), "4.39.23", SECRET, keep);
    let authz = at(&denied, Step::Authz);
    assert_eq!(authz.expected, "200");
    assert!(authz.by_configuration.as_ref().is_some_and(|words| words.starts_with("403")), "{authz:?}");
    assert_eq!(authz.deciding.unwrap().path, "access_control.rules[0].policy");
    // No line of the configuration decides what the page holds.
    let other = |plan: Plan, _: &Running| Plan { keyword: Some("Prometheus".to_owned()), ..plan };
    let missing = at(&rehearse(CONFIGURATION, "4.39.23", SECRET, other), Step::Application);
    assert_eq!(missing.cause.unwrap().id, "keyword-missing");
    assert_eq!((missing.expected.as_str(), missing.deciding), ("200 to 299, a page with 'Prometheus'", None));
}

#[test]
fn mistakes_in_the_clients_audience_are_named() {
    let audience = |text: &'static str| ("'https://app.example.com/'", text);
    for (written, id) in [
        ("'https://other.example.com/'", "audience-other-host"),
        ("'http://app.example.com/'", "audience-other-scheme"),
        ("'https://app.example.com:8443/'", "audience-other-port"),
        ("'https://app.example.com:443/'", "audience-host-text"),
        ("'https://App.example.com/'", "audience-host-text"),
        ("'https://app.example.com/other'", "audience-other-path"),
        ("'https://*.example.com'", "audience-no-url"),
        ("'app.example.com'", "audience-no-url"),
    ] {
        check(&[audience(written)], &[(Step::Introspection, id), (Step::Authz, id), (Step::Application, id)]);
    }
    let explicit = [("'implicit'", "'explicit'")];
    check(&explicit, &[(Step::Introspection, "audience-field-empty"), (Step::Application, "audience-field-empty")]);
    let kuma1 = |plan: Plan, _: &Running| with_token(plan, |token| TokenPlan { asker: Asker::Kuma1, ..token });
    let result = rehearse(&changed(&explicit), "4.39.20", SECRET, kuma1);
    check_result(&result, &[(Step::Application, "audience-cannot-be-asked")], "Uptime Kuma 1.23");
}

#[test]
fn mistakes_in_the_rules_are_named() {
    let rule = "      policy: 'one_factor'\n      subject: 'oauth2:client:uptime-kuma'\n";
    let denied = [(Step::Authz, "rule-denies"), (Step::Application, "rule-denies-behind-proxy")];
    check(&[(rule, "      policy: 'two_factor'\n")], &[(Step::Authz, "two-factor-rule"), (Step::Application, "two-factor-rule")]);
    check(&[("subject: 'oauth2:client:uptime-kuma'", "subject: 'user:uptime-kuma'")], &denied);
    check(&[("- domain: 'app.example.com'", "- domain: 'other.example.com'")], &denied);
    check(&[(rule, "      policy: 'deny'\n")], &denied);
    let open = [(Step::WithoutToken, "bypass-rule"), (Step::UnknownToken, "any-token-opens")];
    check(&[(rule, "      policy: 'bypass'\n")], &open);
    check(&[("default_policy: 'deny'", "default_policy: 'bypass'")], &[(Step::OutsideAudience, "outside-opens-by-endpoint")]);
}

#[test]
fn mistakes_in_the_endpoint_are_named() {
    let blind = [(Step::Authz, "bearer-not-taken"), (Step::Application, "bearer-not-taken-behind-proxy")];
    check(&[("'Basic', 'Bearer'", "'Basic'")], &blind);
    check(&[("- name: 'HeaderAuthorization'", "- name: 'HeaderProxyAuthorization'")], &blind);
    check(
        &[("- name: 'HeaderAuthorization'", "- name: 'HeaderProxyAuthorization'"), ("          - name: 'CookieSession'\n", "")],
        &[(Step::Authz, "proxy-authorization-strategy"), (Step::Application, "proxy-authorization-strategy")],
    );
    check(&[("implementation: 'ForwardAuth'", "implementation: 'AuthRequest'")], &[(Step::Authz, "bad-forwarded-request")]);
    check(&[("      forward-auth:", "      other:")], &[(Step::Authz, "endpoint-missing")]);
    check(&[("- domain: 'example.com'", "- domain: 'auth.example.com'")], &[(Step::Authz, "bad-forwarded-request")]);
}

#[test]
fn mistakes_in_the_client_are_named() {
    check(
        &[("grant_types: ['client_credentials']", "grant_types: ['authorization_code']")],
        &[(Step::Token, "grant-not-allowed")],
    );
    check(&[("scopes: ['authelia.bearer.authz']", "scopes: ['openid']")], &[(Step::Token, "scope-not-allowed")]);
    check(&[("'client_secret_basic'", "'client_secret_post'")], &[(Step::Token, "client-auth-method")]);
    check(&[("client_id: 'uptime-kuma'", "client_id: 'another'")], &[(Step::Token, "client-refused")]);
    check(&[("client_secret: 'marker-of-the-secret'", "client_secret: 'another'")], &[(Step::Token, "client-refused")]);
    let client = "        token_endpoint_auth_method: 'client_secret_basic'\n";
    let with = |line: &str| format!("{client}        {line}\n");
    check(
        &[(client, &with("access_token_signed_response_alg: 'RS256'"))],
        &[(Step::Token, "token-signed"), (Step::Application, "token-signed-unrecognised")],
    );
    check(
        &[(client, &with("introspection_endpoint_auth_method: 'client_secret_post'"))],
        &[(Step::Introspection, "introspection-refused")],
    );
    check(
        &[(client, &with("revocation_endpoint_auth_method: 'client_secret_post'"))],
        &[(Step::Revocation, "revocation-refused")],
    );
    check(
        &[
            (client, &with("lifespan: 'short'")),
            ("    clients:\n", "    lifespans: {custom: {short: {access_token: '30s'}}}\n    clients:\n"),
        ],
        &[(Step::Token, "token-short-lived")],
    );
    // The guide's digest of 'insecure_secret'.
    let digest = "client_secret: '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng'";
    check(&[("client_secret: 'marker-of-the-secret'", digest)], &[(Step::Token, "secret-mismatch")]);
}

#[test]
fn mistakes_of_the_monitor_are_named() {
    let asked =
        |change: fn(TokenPlan) -> TokenPlan| rehearse(CONFIGURATION, "4.39.20", SECRET, |plan, _| with_token(plan, change));
    let result = asked(|token| TokenPlan { scope: String::new(), ..token });
    check_result(&result, &[(Step::Token, "token-without-scope"), (Step::Application, "token-scope-missing")], "no scope");
    let result = asked(|token| TokenPlan { audience: Some("https://other.example.com/".to_owned()), ..token });
    check_result(&result, &[(Step::Token, "audience-not-literal")], "another audience");
    let result = asked(|token| TokenPlan { method: EndpointMethod::Post, ..token });
    check_result(&result, &[(Step::Token, "client-auth-method")], "post");
    let result = asked(|token| TokenPlan { url: "https://auth.example.com/api/oidc/tokens".parse().unwrap(), ..token });
    check_result(&result, &[(Step::Token, "token-url-missing")], "a token URL that is none");
}

#[test]
fn without_a_provider_there_is_no_token() {
    let start = CONFIGURATION.find("identity_providers").unwrap();
    let result =
        rehearse(&CONFIGURATION[..start].replace("      subject: 'oauth2:client:uptime-kuma'\n", ""), "4.39.20", SECRET, keep);
    check_result(&result, &[(Step::Discovery, "discovery-off"), (Step::Token, "token-url-missing")], "no provider");
}

#[test]
fn an_address_that_is_no_portal_is_the_issuer_gate() {
    let result = rehearse(CONFIGURATION, "4.39.20", SECRET, |plan, running| Plan {
        portal: "https://authelia.example.com/".parse().unwrap(),
        token: TokenPlan { url: "https://authelia.example.com/api/oidc/token".parse().unwrap(), ..plan.token.clone() },
        listener: Some(running.url().parse().unwrap()),
        selection: Selection::only(&[Step::Portal, Step::Discovery, Step::Token]),
        ..plan
    });
    let expected = [(Step::Discovery, "discovery-issuer-gate"), (Step::Token, "issuer-gate")];
    assert_eq!(cause(&result, Step::Portal), None);
    check_result(&result, &expected, "another host");
}

#[test]
fn the_eras_of_the_server_are_told_apart_and_the_mend_is_the_literal_url() {
    let dashboards = |plan: Plan, _: &Running| Plan { url: "https://app.example.com/dashboards/".parse().unwrap(), ..plan };
    let result = rehearse(CONFIGURATION, "4.39.20", SECRET, dashboards);
    assert_eq!((result.era, cause(&result, Step::Introspection).unwrap().1), (Some(Era::Prefix), "audience-by-prefix"));
    for (target, era) in [("4.39.22", Era::Exact), ("4.39.23", Era::Resource)] {
        let result = rehearse(CONFIGURATION, target, SECRET, dashboards);
        check_result(&result, &[(Step::Authz, "audience-not-exact"), (Step::Application, "audience-not-exact")], target);
        assert_eq!(result.era, Some(era), "{target}: {:#?}", result.notes);
        let mended = changed(&[("['https://app.example.com/']", "['https://app.example.com/dashboards/']")]);
        assert_eq!(rehearse(&mended, target, SECRET, dashboards).verdict, Verdict::Up, "{target}");
    }
    let narrow = changed(&[("      policy: 'one_factor'\n", "      policy: 'one_factor'\n      resources: ['^/$']\n")]);
    let result = rehearse(&narrow, "4.39.23", SECRET, dashboards);
    assert_eq!(result.era, Some(Era::Resource), "a rule that denies is no audience that is refused: {:#?}", result.notes);
    let by_resource = |plan: Plan, _: &Running| {
        let resource = Some(plan.literal_url());
        with_token(plan, |token| TokenPlan { asker: Asker::Resource, resource, ..token })
    };
    let result = rehearse(CONFIGURATION, "4.39.22", SECRET, by_resource);
    check_result(&result, &[(Step::Application, "resource-not-honoured")], "4.39.22");
    assert_eq!(rehearse(CONFIGURATION, "4.39.23", SECRET, by_resource).verdict, Verdict::Up);
}
