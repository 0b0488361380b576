//! The requests are Uptime Kuma's, byte for byte but for the capitals of header names.

use authkuma::bearer::Implementation;
use authkuma::monitor::EndpointMethod;
use authkuma::probe::Asker;
use authkuma::probe::network::Options;
use authkuma::probe::plan::{AuthzPlan, Plan, TokenPlan};

use super::server::Asked;
use super::world::{At, World, probe_with};

/// A secret with every kind of character, as the real 2.5.3 was given.
const WEIRD: &str = "a:b/c+d%e&f g=\u{e9}~!*'()-_.#@";

fn lines(asked: &Asked) -> Vec<String> {
    asked
        .lines
        .iter()
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| !name.eq_ignore_ascii_case("host"))
        .map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase()))
        .collect()
}

fn token_request(plan: impl FnOnce(Plan) -> Plan, secret: &str) -> Asked {
    let world = World::new(|at, _| (at == At::Introspection).then(|| super::server::Reply::text(404, "")));
    probe_with(&plan(world.plan()), secret, Options { without_proxies: true, ..Options::default() });
    world.portal.asked().into_iter().find(|asked| asked.path == "/api/oidc/token").unwrap()
}

#[test]
fn the_token_request_is_that_of_openid_client() {
    let asked = token_request(|plan| plan, "insecure_secret");
    assert_eq!(
        lines(&asked),
        [
            "accept: application/json",
            "authorization: Basic dXB0aW1lLWt1bWE6aW5zZWN1cmVfc2VjcmV0",
            "user-agent: openid-client/5.7.1 (https://github.com/panva/openid-client)",
            "accept-encoding: identity",
            "content-type: application/x-www-form-urlencoded",
            "connection: keep-alive",
            "content-length: 57",
        ]
    );
    assert_eq!(asked.body, "grant_type=client_credentials&scope=authelia.bearer.authz");
}

#[test]
fn credentials_and_fields_are_encoded_as_openid_client_does() {
    let weird =
        |plan: Plan| Plan { token: TokenPlan { client_id: "uptime kuma:\u{e9}".to_owned(), ..plan.token.clone() }, ..plan };
    // base64 of uptime+kuma%3A%C3%A9:a%3Ab%2Fc%2Bd%25e%26f+g%3D%C3%A9~!*'()-_.%23%40
    let basic = "Basic dXB0aW1lK2t1bWElM0ElQzMlQTk6YSUzQWIlMkZjJTJCZCUyNWUlMjZmK2clM0QlQzMlQTl+ISonKCktXy4lMjMlNDA=";
    assert_eq!(token_request(weird, WEIRD).header("authorization"), basic);
    let post = |plan: Plan| {
        let plan = weird(plan);
        let audience = Some("https://grafana.example.com".to_owned());
        Plan { token: TokenPlan { method: EndpointMethod::Post, audience, ..plan.token.clone() }, ..plan }
    };
    let asked = token_request(post, WEIRD);
    assert_eq!(asked.header("authorization"), "");
    assert_eq!(
        asked.body,
        "grant_type=client_credentials&scope=authelia.bearer.authz&audience=https%3A%2F%2Fgrafana.example.com\
         &client_id=uptime%20kuma%3A%C3%A9&client_secret=a%3Ab%2Fc%2Bd%25e%26f%20g%3D%C3%A9~!*'()-_.%23%40"
    );
}

#[test]
fn the_monitored_request_is_that_of_axios() {
    for (asker, agent, connection) in
        [(Asker::Kuma2, "Uptime-Kuma/2.5.3", "close"), (Asker::Kuma1, "Uptime-Kuma/1.23.17", "keep-alive")]
    {
        let world = World::new(|_, _| None);
        let plan = world.plan();
        let plan = Plan { token: TokenPlan { asker, ..plan.token.clone() }, ..plan };
        probe_with(&plan, "x-marker", Options { without_proxies: true, ..Options::default() });
        let asked = world.application.asked().into_iter().find(|asked| asked.header("authorization").contains("marker")).unwrap();
        let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.9";
        let authorization = format!("authorization: bearer {}", super::world::TOKEN);
        let expected =
            [format!("accept: {accept}"), format!("user-agent: {agent}"), authorization, format!("connection: {connection}")];
        assert_eq!(lines(&asked), expected);
    }
}

#[test]
fn the_authz_endpoint_is_asked_as_each_proxy_asks_it() {
    let ask = |implementation, ip: Option<&str>| -> Asked {
        let world = World::new(|_, _| None);
        let plan = world.plan_with_authz(implementation);
        let authz = plan.authz.clone().map(|authz| AuthzPlan { ip: ip.map(|ip| ip.parse().unwrap()), ..authz });
        let url = "https://app.example.com:8443/a/b?c=d".parse().unwrap();
        let plan = Plan { authz, url, method: "HEAD".to_owned(), ..plan };
        probe_with(&plan, "x-marker", Options { without_proxies: true, ..Options::default() });
        world.portal.asked().into_iter().find(|asked| asked.path.starts_with("/api/authz/")).unwrap()
    };
    let forward = ask(Implementation::ForwardAuth, Some("192.0.2.1"));
    let got = ["x-forwarded-method", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-uri", "x-forwarded-for"];
    assert_eq!(got.map(|name| forward.header(name)), ["HEAD", "https", "app.example.com:8443", "/a/b?c=d", "192.0.2.1"]);
    assert_eq!((forward.method.as_str(), forward.path.as_str()), ("GET", "/api/authz/forward-auth"));
    let request = ask(Implementation::AuthRequest, None);
    assert_eq!(request.header("x-original-url"), "https://app.example.com:8443/a/b?c=d");
    assert_eq!(request.header("x-original-method"), "HEAD");
    let envoy = ask(Implementation::ExtAuthz, None);
    assert_eq!((envoy.method.as_str(), envoy.path.as_str()), ("HEAD", "/api/authz/forward-auth//a/b?c=d"));
    assert_eq!((envoy.header("host"), envoy.header("x-forwarded-proto")), ("app.example.com:8443", "https"));
}
