//! Odd values, each judged as the real server v4.39.20 judged it.

use authkuma::config;
use authkuma::diagnostic::Authelia;
use authkuma::lint::{self, Settings};
use authkuma::source::{Source, Sources};

/// What the server refuses: the text, and where it says the fault is.
const REFUSED: &[(&str, &str)] = &[
    ("access_control: {rules: [{domain_regex: {}, policy: deny}]}", "access_control.rules[0].domain"),
    ("server: {tls: {certificate: 1.5}}", "server.tls.key"),
    ("server: {tls: {client_certificates: a.pem}}", "server.tls.client_certificates"),
    ("server: {endpoints: {authz: [[{x: {}}]]}}", "server.endpoints.authz.x.implementation"),
    (
        "server: {endpoints: {rate_limits: {openid_connect_token: {buckets: [{period: -1.0e+30, requests: 1}]}}}}",
        "server.endpoints.rate_limits.openid_connect_token.buckets[0].period",
    ),
    ("server: {address: 2024-01-01}", "server.address"),
    ("default_redirection_url: {}\nsession: {cookies: [{domain: a.b, authelia_url: 'https://a.b'}]}", "session.cookies"),
    (
        "session: {cookies: [{domain: a.b, authelia_url: 'https://a.b', default_redirection_url: {}}]}",
        "session.cookies[0].default_redirection_url",
    ),
    ("server: {endpoints: null}", "server.endpoints"),
    ("server: {endpoints: {authz: {x: 2024-01-01}}}", "server.endpoints.authz.x.implementation"),
    ("identity_providers: {oidc: 2024-01-01}", "identity_providers.oidc.clients"),
    ("server: {endpoints: {rate_limits: {openid_connect_tokens: {}}}}", "server.endpoints.rate_limits.openid_connect_tokens"),
    (
        "identity_providers: {oidc: {clients: [{client_id: a, public: true, userinfo_signed_response_alg: HS512}]}}",
        "identity_providers.oidc.clients[0].client_secret",
    ),
];

/// What the server warns of.
const WARNED: &[(&str, &str)] = &[
    ("server: {endpoints: {enable_expvars: 1.5}}", "server.endpoints.enable_expvars"),
    ("server: {endpoints: {enable_pprof: 99999999999999999999}}", "server.endpoints.enable_pprof"),
];

/// What the server takes without a word.
const TAKEN: &[&str] = &[
    "server: {}",
    "server: {endpoints: {rate_limits: {openid_connect_token: {}}}}",
    "server: {endpoints: {authz: [null, [null]]}}",
    "server: {endpoints: {rate_limits: {openid_connect_token: {buckets: [{period: 1.0e+30, requests: 1}]}}}}",
    "access_control: {networks: [], rules: [{domain: a, policy: deny, networks: 2024-01-01}]}",
    "webauthn: {metadata: {}}",
    "definitions: {user_attributes: [null]}",
    "identity_providers: {oidc: {scopes: {'*': {}}}}",
    "identity_providers: {oidc: {'clients[0]': {client_id: a}}}",
];

#[test]
fn what_the_server_refuses_is_refused_at_its_place() {
    for (text, place) in REFUSED {
        let found = found(text, Authelia::Rejects, Some(true));
        assert!(found.iter().any(|path| path == place), "{text}: {found:?}");
    }
}

#[test]
fn what_the_server_warns_of_is_warned_of() {
    for (text, place) in WARNED {
        assert_eq!(found(text, Authelia::Rejects, None), Vec::<String>::new(), "{text}");
        assert_eq!(found(text, Authelia::Warns, None), [*place], "{text}");
    }
}

#[test]
fn what_the_server_takes_is_taken() {
    for text in TAKEN {
        let ignored = |path: &String| path == "identity_providers.oidc.jwks" || path == "identity_providers.oidc.clients";
        let mut refused = found(text, Authelia::Rejects, None);
        refused.retain(|path| !ignored(path));
        assert_eq!(refused, Vec::<String>::new(), "{text}");
    }
}

/// The places of what the server does with a text, which is a whole configuration or may be a fragment of one.
fn found(text: &str, verdict: Authelia, whole: Option<bool>) -> Vec<String> {
    let config = config::load(Sources::from(Source::new("configuration.yml", text.to_owned())));
    let findings = lint::lint(&config, Settings { whole, target: "4.39.20".parse().unwrap() });
    findings.into_iter().filter(|finding| finding.authelia == verdict).map(|finding| finding.path).collect()
}
