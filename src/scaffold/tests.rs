//! Many configurations, each with the pieces in it: proved, and every line that was there still there.

use proptest::prelude::*;

use super::proxy::Proxy;
use super::*;
use crate::bearer::Target;
use crate::config::{Config, load};
use crate::identifier::ClientId;
use crate::lint::{Settings, lint};
use crate::source::{Source, Sources};

const DIGEST: &str = "$pbkdf2-sha512$310000$jGAHneQuU0DHqoME1cGZFg$ZF7JMOg7L6KR7oksFyOF.htcI9oV/QlbX2tzOFkP3F7zu..Dw0Poo3Ei4iKj3NyxNvdGBkbEuLKcYcovmVlMcA";

/// A digest with a salt of its own: two clients with one secret are a finding.
fn digest(at: u8) -> String {
    DIGEST.replacen('j', &at.to_string(), 1)
}

fn order(urls: &[&str], proxy: Option<Proxy>) -> Order {
    let applications = Application::of(urls.iter().map(|url| Page::parse(url).unwrap()));
    let credentials = (0..).map(|at: u8| Credentials { id: ClientId::parse(&format!("new-{at}")).unwrap(), digest: digest(at) });
    Order {
        applications: applications.into_iter().zip(credentials).collect(),
        implementation: proxy.map(Proxy::implementation),
        endpoint: proxy.map(Proxy::endpoint),
        portal: None,
        monitor: "Uptime Kuma",
    }
}

fn config(files: &[&str]) -> Config {
    let mut sources = Sources::default();
    for (at, text) in files.iter().enumerate() {
        sources.add(Source::new(format!("{at}.yml"), (*text).to_owned()));
    }
    load(sources)
}

fn texts(config: &Config) -> Vec<String> {
    config.sources.iter().map(|(_, source)| source.text().to_owned()).collect()
}

/// The pieces in a configuration, proved.
fn placed(files: &[&str], order: &Order) -> Placed {
    let config = config(files);
    let before = lint(&config, Settings { whole: None, target: Target::NEWEST });
    let placed = place(config, order).unwrap_or_else(|misfit| panic!("{misfit}: {files:?}"));
    if let Err(reason) = prove(&before, &placed) {
        panic!("{reason}\n{}", texts(&placed.config).join("---\n"));
    }
    placed
}

fn misfit(files: &[&str], order: &Order) -> Misfit {
    place(config(files), order).unwrap_err()
}

const SESSION: &str = "session:\n  cookies:\n    - domain: example.com\n      authelia_url: https://auth.example.com\n";
const URL: &str = "https://app.example.com/health";

#[test]
fn from_nothing_the_pieces_stand_alone() {
    for proxy in Proxy::ALL {
        {
            let urls = ["https://app.example.com/", "https://app.example.com/health?full=1", "https://other.example.com:8443/x"];
            let portal = Portal::parse("https://auth.example.com").unwrap();
            let order = Order { portal: Some(portal), ..order(&urls, Some(proxy)) };
            let placed = placed(&[], &order);
            assert_eq!(placed.config.access_control.rules.len(), 2);
            assert_eq!(placed.config.session.cookies[0].domain.as_ref(), "example.com");
            assert_eq!(placed.endpoint_path, format!("/api/authz/{}", proxy.endpoint()));
            let reported = placed.config.clients()[0].audience.iter().any(|audience| audience.contains('?'));
            assert_eq!(reported, proxy != Proxy::Envoy);
        }
    }
}

#[test]
fn the_rule_goes_above_the_first_that_would_decide() {
    for (rules, index) in [
        ("    - {domain: other.example.com, policy: deny}\n    - {domain: '*.example.com', policy: two_factor}\n", 1),
        ("    - {domain: app.example.com, policy: one_factor, subject: 'group:admins'}\n", 1),
        ("    - {domain: app.example.com, policy: one_factor}\n", 0),
        ("    - {domain: app.example.com, policy: deny, methods: [POST]}\n    - {domain_regex: '^app', policy: deny}\n", 1),
        ("    - {domain: app.example.com, policy: deny, resources: ['^/admin']}\n", 1),
        ("    - {domain: app.example.com, policy: deny, networks: [10.0.0.0/8]}\n", 0),
    ] {
        let text = format!("{SESSION}access_control:\n  rules:\n{rules}");
        let placed = placed(&[&text], &order(&[URL], Some(Proxy::Traefik)));
        let at = placed.config.access_control.rules.iter().position(|rule| rule.subjects == [["oauth2:client:new-0".into()]]);
        assert_eq!(at, Some(index), "{rules}");
        assert_eq!(placed.notes.len(), usize::from(rules.contains("networks")), "{:?}", placed.notes);
    }
}

#[test]
fn default_endpoints_are_kept_when_the_first_is_named() {
    let placed = placed(&[SESSION], &order(&[URL], Some(Proxy::Nginx)));
    let names: Vec<&str> = placed.config.server.endpoints.iter().map(|endpoint| &*endpoint.name).collect();
    assert_eq!(names, ["auth-request", "forward-auth", "ext-authz", "legacy"]);
}

#[test]
fn an_endpoint_that_is_there_is_mended() {
    let with = |endpoint: &str| {
        format!("{SESSION}server:\n  endpoints:\n    authz:\n      mine:\n        implementation: ForwardAuth\n{endpoint}")
    };
    for (endpoint, mended) in [
        (
            "",
            "        authn_strategies:\n          - name: 'HeaderAuthorization'\n            schemes:\n              - 'Basic'\n              - 'Bearer'\n          - name: 'CookieSession'\n",
        ),
        (
            "        authn_strategies:\n          - name: CookieSession\n",
            "        authn_strategies:\n          - name: 'HeaderAuthorization'\n            schemes:\n              - 'Basic'\n              - 'Bearer'\n          - name: CookieSession\n",
        ),
        (
            "        authn_strategies:\n          - name: HeaderAuthorization # x\n          - name: CookieSession\n",
            "        authn_strategies:\n          - name: HeaderAuthorization # x\n            schemes:\n              - 'Basic'\n              - 'Bearer'\n          - name: CookieSession\n",
        ),
        (
            "        authn_strategies:\n          - name: HeaderAuthorization\n            schemes: [Basic] # x\n",
            "        authn_strategies:\n          - name: HeaderAuthorization\n            schemes: [Basic, 'Bearer'] # x\n",
        ),
        (
            "        authn_strategies:\n          - name: HeaderAuthorization\n            schemes: Basic\n",
            "        authn_strategies:\n          - name: HeaderAuthorization\n            schemes: ['Basic', 'Bearer']\n",
        ),
        (
            "        authn_strategies:\n          - name: HeaderAuthorization\n            schemes: bearer\n",
            "        authn_strategies:\n          - name: HeaderAuthorization\n            schemes: bearer\n",
        ),
    ] {
        let placed = placed(&[&with(endpoint)], &order(&[URL], None));
        assert!(texts(&placed.config)[0].starts_with(&with(mended)), "{}", texts(&placed.config)[0]);
        assert_eq!(placed.endpoint_path, "/api/authz/mine");
    }
}

#[test]
fn an_endpoint_is_added_beside_those_of_other_proxies() {
    let text = format!("{SESSION}server:\n  endpoints:\n    authz:\n      forward-auth: {{implementation: AuthRequest}}\n");
    let placed = placed(&[&text], &order(&[URL], Some(Proxy::Caddy)));
    assert_eq!(placed.endpoint_path, "/api/authz/forward-auth-monitor");
}

#[test]
fn each_piece_goes_into_the_file_that_has_its_list() {
    let clients =
        format!("identity_providers:\n  oidc:\n    clients:\n      - client_id: old\n        client_secret: '{DIGEST}'\n");
    let rules = "access_control:\n  rules:\n    - domain: app.example.com\n      policy: two_factor\n";
    let placed = placed(&[SESSION, &clients, rules], &order(&[URL], Some(Proxy::Traefik)));
    let texts = texts(&placed.config);
    assert!(
        texts[0].contains("forward-auth") && texts[1].contains("client_id: 'new-0'") && texts[2].contains("oauth2:client:new-0")
    );
}

#[test]
fn what_cannot_be_had_is_refused() {
    let asked = order(&[URL], Some(Proxy::Traefik));
    let rules = |rules: &str| format!("{SESSION}access_control:\n{rules}");
    assert_eq!(misfit(&["a: [b\n"], &asked), Misfit::Unreadable);
    assert_eq!(misfit(&["a: {{ b }}\n"], &asked), Misfit::Template);
    assert_eq!(misfit(&["log: {}\n"], &asked), Misfit::NoPortal("app.example.com".to_owned()));
    assert_eq!(misfit(&[&SESSION.replace("example.com", "example.org")], &asked), Misfit::NoPortal("app.example.com".to_owned()));
    let plain = Misfit::PlainPortal("app.example.com".to_owned(), "http://auth.example.com".to_owned());
    assert_eq!(misfit(&[&SESSION.replace("https://auth", "http://auth")], &asked), plain);
    let open = Misfit::Open(URL.to_owned(), Some(0));
    assert_eq!(misfit(&[&rules("  rules: [{domain: app.example.com, policy: bypass}]\n")], &asked), open);
    assert_eq!(misfit(&[&rules("  default_policy: bypass\n")], &asked), Misfit::Open(URL.to_owned(), None));
    let taken = format!("{SESSION}identity_providers:\n  oidc:\n    clients:\n      - client_id: new-0\n");
    assert_eq!(misfit(&[&taken], &asked), Misfit::TakenId("new-0".to_owned()));
    assert_eq!(misfit(&[&format!("{SESSION}storage: {{}}\n")], &asked), Misfit::NoProvider);
    let unclear = order(&[URL], None);
    assert_eq!(misfit(&[SESSION], &unclear), Misfit::UnclearEndpoint(Vec::new()));
    let other = Order { portal: Some(Portal::parse("https://login.example.com").unwrap()), ..asked.clone() };
    let named = Misfit::OtherPortal("app.example.com".to_owned(), "https://auth.example.com".to_owned());
    assert_eq!(misfit(&[SESSION], &other), named);
    let portal = order(&["https://auth.example.com/x"], Some(Proxy::Traefik));
    assert!(matches!(misfit(&[SESSION], &portal), Misfit::Portal(UnfitPortal::Application(_))));
    let aliased = format!("x: &r\n  - {{domain: a.example.com, policy: deny}}\n{SESSION}access_control:\n  rules: *r\n");
    assert!(matches!(misfit(&[&aliased], &asked), Misfit::Place(_)));
}

#[test]
fn the_step_that_fails_is_named() {
    // Nothing is wrong with the pieces, but the portal's cookie is one that the server cannot use.
    let legacy = "session:\n  domain: example.com\n";
    let asked = Order { portal: Some(Portal::parse("https://auth.example.com").unwrap()), ..order(&[URL], Some(Proxy::Traefik)) };
    assert!(matches!(misfit(&[legacy], &asked), Misfit::NoPortal(_)));
    let mut placed = placed(&[SESSION], &order(&[URL], Some(Proxy::Traefik)));
    let text = texts(&placed.config)[0].replace("policy: 'one_factor'", "policy: 'two_factor'");
    placed.config = config(&[&text]);
    let reason = prove(&[], &placed).unwrap_err();
    assert!(reason.to_string().contains("app.example.com/health"), "{reason}");
}

/// A configuration in one of many layouts.
fn configurations() -> impl Strategy<Value = String> {
    let endpoints = [
        "",
        "server:\n  address: 'tcp://:9091/'\n",
        "server:\n  endpoints:\n    authz:\n      forward-auth:\n        implementation: ForwardAuth\n        authn_strategies:\n          - name: HeaderAuthorization\n            schemes: ['Basic', 'Bearer']\n          - name: CookieSession\n",
        "server: {endpoints: {authz: {auth-request: {implementation: AuthRequest}, forward-auth: {implementation: ForwardAuth}}}}\n",
        "server:\n  endpoints:\n    authz:\n      forward-auth:\n        implementation: 'ForwardAuth'\n      auth-request: # nginx\n        implementation: AuthRequest\n        authn_strategies: []\n",
    ];
    let rules = [
        "",
        "access_control:\n  default_policy: deny\n",
        "access_control:\n  default_policy: two_factor\n  rules: []\n",
        "access_control:\n  rules: # none\n",
        "access_control:\n  rules:\n    # people\n    - domain: '*.example.com'\n      policy: two_factor\n      # policy: one_factor\n    - domain: z.example.com\n      policy: deny\n",
        "access_control: {default_policy: deny, rules: [{domain: \"app.example.com\", policy: one_factor}, {domain: b, policy: deny}]}\n",
        "access_control:\n  rules:\n    -\n      domain:\n        - app.example.com\n        - other.example.com\n      policy: one_factor\n      subject: ['group:a']\n\n    - domain: app.example.com\n      policy: two_factor\n",
    ];
    let clients = [
        "",
        "identity_providers:\n  oidc:\n    lifespans:\n      access_token: 1h\n",
        "identity_providers:\n  oidc:\n    clients: []\n",
        "identity_providers: {oidc: {clients: [{client_id: old, client_name: \"x # y\"}]}}\n",
        "identity_providers:\n  oidc:\n    clients:\n      - client_id: 'old'\n        client_name: |\n          # not a comment\n        # a comment of old\n\n      # above the next\n      - client_id: older\n",
    ];
    let select = |texts: &[&str]| prop::sample::select(texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    let parts = (select(&endpoints), select(&rules), select(&clients), Just(SESSION.to_owned()));
    let layout = (Just([0, 1, 2, 3]).prop_shuffle(), 0..4usize, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (parts, layout).prop_map(|((a, b, c, d), (sequence, spread, comments, crlf, cut, indentless))| {
        let parts = [a, b, c, d];
        let mut text = sequence.map(|at| parts[at].clone()).join(&"\n".repeat(spread.min(1)));
        if indentless {
            text = without_list_indent(&text);
        }
        if comments {
            text = format!(
                "# head\n{}# foot\n",
                text.replace("\nserver", "\n# the server\nserver").replace("deny\n", "deny # shut\n")
            );
        }
        if cut {
            text.truncate(text.trim_end().len());
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

/// The rules' dashes under their key, as many write them.
fn without_list_indent(text: &str) -> String {
    let mut inside = false;
    let lines = text.split_inclusive('\n').map(|line| {
        inside =
            if line.starts_with("  rules:\n") { true } else { inside && (line.trim().is_empty() || line.starts_with("    ")) };
        if inside && line.starts_with("    ") { line[2..].to_owned() } else { line.to_owned() }
    });
    lines.collect()
}

/// Whether every line of the old text is in the new one, in order, but for those that an item was written into.
fn keeps_lines(before: &str, after: &str) -> bool {
    let mut rest = after.lines();
    before.lines().all(|old| rest.any(|new| is_grown(old, new)))
}

/// Whether one line is the other, or the other with something written into its brackets, perhaps in their place.
fn is_grown(old: &str, new: &str) -> bool {
    let mut rest = new.chars();
    let is_within = old.contains(['[', '{']) && old.chars().all(|wanted| rest.any(|found| found == wanted));
    new == old || is_within || old.contains(": []") && new == old.replacen(" []", "", 1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn the_pieces_fit_into_every_configuration(
        text in configurations(),
        proxy in prop::sample::select(Proxy::ALL.to_vec()),
        url in prop::sample::select(vec![URL, "https://app.example.com", "https://app.example.com:8443/a%20(b)?c=d", "https://example.com/x'y"]),
    ) {
        let order = order(&[url, "https://other.example.com/"], Some(proxy));
        let placed = placed(&[&text], &order);
        let after = &texts(&placed.config)[0];
        prop_assert!(keeps_lines(&text, after), "{}\n----\n{}", text, after);
        prop_assert_eq!(text.ends_with('\n'), after.ends_with('\n'));
        prop_assert!(!text.contains("\r\n") || !after.replace("\r\n", "").contains('\n'));
    }
}

#[test]
fn the_portal_is_the_one_that_the_server_chooses() {
    let narrower = "    - domain: home.example.com\n      authelia_url: https://auth.home.example.com\n";
    let order = order(&["https://app.home.example.com/"], Some(Proxy::ALL[0]));
    let first = "session:\n  cookies:\n";
    let (wide_first, narrow_first) = (format!("{SESSION}{narrower}"), SESSION.replace(first, &format!("{first}{narrower}")));
    for (session, portal) in [(wide_first, "https://auth.example.com"), (narrow_first, "https://auth.home.example.com")] {
        assert_eq!(place(config(&[&session]), &order).unwrap().portal.url(), portal, "{session}");
    }
}
