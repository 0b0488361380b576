//! The sandbox, asked as proxies, monitors and attackers ask it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::time::Duration;

use authkuma::config::{self, Config};
use authkuma::digest::Digest;
use authkuma::sandbox::{App, Faults, Options, Running, Server, StartError};
use authkuma::secret::Secret;
use authkuma::source::{Source, Sources};
use base64ct::{Base64, Encoding as _};

use crate::raw_http::{Reply, ask, send};

const PROGRAM: &str = env!("CARGO_BIN_EXE_authkuma");
const SECRET: &str = "insecure_secret";
const TARGET: &str = "https://application.example.com/";
const UNKNOWN: &str = "authelia_at_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy";

/// A configuration with cheap digests; `more` stands inside the first client.
fn text(more: &str) -> String {
    let digest = Digest::make(&Secret::new(SECRET.to_owned()), 1_000, vec![7; 16]);
    let key = serde_json::to_string(&issuer_key()).unwrap();
    format!(
        "server:
  address: 'tcp://127.0.0.1:9091/auth'
  endpoints:
    authz:
      forward-auth:
        implementation: ForwardAuth
        authn_strategies: [{{name: HeaderAuthorization, schemes: [Basic, Bearer]}}, {{name: CookieSession}}]
      auth-request:
        implementation: AuthRequest
        authn_strategies: [{{name: HeaderAuthorization, schemes: [Basic, Bearer]}}, {{name: CookieSession}}]
      ext-authz:
        implementation: ExtAuthz
        authn_strategies: [{{name: HeaderAuthorization, schemes: [Basic, Bearer]}}, {{name: CookieSession}}]
session:
  cookies: [{{domain: example.com, authelia_url: 'https://auth.example.com'}}]
access_control:
  default_policy: deny
  rules:
    - {{domain: application.example.com, policy: one_factor, subject: 'oauth2:client:uptime-kuma'}}
identity_providers:
  oidc:
    hmac_secret: worthless
    jwks: [{{key: {key}}}]
    clients:
      - client_id: uptime-kuma
        client_secret: '{digest}'
        requested_audience_mode: implicit
        scopes: [authelia.bearer.authz]
        audience: ['{TARGET}', 'https://grafana.example.com']
        grant_types: [client_credentials]
        token_endpoint_auth_method: client_secret_basic
        {more}
      - client_id: other
        client_secret: '{digest}'
        scopes: [authelia.bearer.authz]
        audience: ['{TARGET}']
        grant_types: [client_credentials]
        token_endpoint_auth_method: client_secret_basic
"
    )
}

/// The worthless key of an example.
fn issuer_key() -> String {
    let example =
        std::fs::read_to_string(format!("{}/examples/forward-auth/configuration.yml", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let lines = example.lines().map(str::trim).skip_while(|line| !line.starts_with("-----BEGIN"));
    let mut key = String::new();
    for line in lines {
        key.push_str(line);
        key.push('\n');
        if line.starts_with("-----END") {
            break;
        }
    }
    key
}

fn load(text: String) -> Config {
    let mut sources = Sources::default();
    sources.add(Source::new("configuration.yml", text));
    config::load(sources)
}

fn start(options: Options) -> Running {
    Server::start(load(text("")), options).unwrap()
}

/// What a proxy in front of the portal adds.
const PORTAL: [(&str, &str); 2] = [("X-Forwarded-Host", "auth.example.com"), ("X-Forwarded-Proto", "https")];

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", Base64::encode_string(format!("{id}:{secret}").as_bytes()))
}

/// A form sent to the provider by a client that authenticates by Basic.
fn post(running: &Running, path: &str, authorization: &str, form: &str) -> Reply {
    let mut headers = vec![("Content-Type", "application/x-www-form-urlencoded"), PORTAL[0], PORTAL[1]];
    if !authorization.is_empty() {
        headers.push(("Authorization", authorization));
    }
    ask(&running.url(), "POST", path, &headers, form)
}

const FORM: &str = "grant_type=client_credentials&scope=authelia.bearer.authz";

fn token(running: &Running) -> String {
    let reply = post(running, "/api/oidc/token", &basic("uptime-kuma", SECRET), FORM);
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["access_token"].as_str().unwrap().to_owned()
}

/// Asks the `ForwardAuth` endpoint about the application.
fn forward_auth(running: &Running, authorization: &str) -> Reply {
    let mut headers = vec![
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "application.example.com"),
        ("X-Forwarded-URI", "/"),
        ("X-Forwarded-Method", "GET"),
        ("Accept", "text/html"),
    ];
    if !authorization.is_empty() {
        headers.push(("Authorization", authorization));
    }
    ask(&running.url(), "GET", "/api/authz/forward-auth", &headers, "")
}

#[test]
fn a_token_is_given_described_admitted_and_revoked() {
    let running = start(Options::default());
    let client = basic("uptime-kuma", SECRET);
    let reply = post(&running, "/api/oidc/token", &client, FORM);
    assert_eq!(reply.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!((reply.header("cache-control"), reply.header("pragma")), (Some("no-store"), Some("no-cache")));
    assert_eq!((reply.header("x-content-type-options"), reply.header("x-frame-options")), (Some("nosniff"), Some("DENY")));
    let given = reply.json();
    assert_eq!(
        (&given["expires_in"], &given["scope"], &given["token_type"]),
        (&3599.into(), &"authelia.bearer.authz".into(), &"bearer".into())
    );
    let token = given["access_token"].as_str().unwrap();

    let described = post(&running, "/api/oidc/introspection", &client, &format!("token={token}")).json();
    assert_eq!((&described["active"], &described["client_id"]), (&true.into(), &"uptime-kuma".into()));
    assert_eq!(described["aud"], serde_json::json!([TARGET, "https://grafana.example.com"]));
    assert_eq!(described["exp"].as_u64().unwrap() - described["iat"].as_u64().unwrap(), 3600);

    assert_eq!(forward_auth(&running, &format!("bearer {token}")).status, 200);
    let rejected = forward_auth(&running, &format!("Bearer {UNKNOWN}"));
    assert_eq!(rejected.status, 401);
    assert!(rejected.header("www-authenticate").unwrap().starts_with("Bearer error=\"invalid_token\""));
    let redirected = forward_auth(&running, "");
    assert_eq!(redirected.status, 302);
    let location = "https://auth.example.com/?rd=https%3A%2F%2Fapplication.example.com%2F&rm=GET";
    assert_eq!(redirected.header("location"), Some(location));

    let revoked = post(&running, "/api/oidc/revocation", &client, &format!("token={token}"));
    assert_eq!((revoked.status, &*revoked.body), (200, ""));
    assert_eq!(forward_auth(&running, &format!("bearer {token}")).status, 401);
    let gone = post(&running, "/api/oidc/introspection", &client, &format!("token={token}"));
    assert_eq!((gone.status, gone.json()), (200, serde_json::json!({"active": false})));
}

#[test]
fn the_provider_refuses_as_the_server_does() {
    let running = start(Options::default());
    let client = basic("uptime-kuma", SECRET);
    let refused = |reply: Reply| (reply.status, reply.json()["error"].as_str().unwrap().to_owned());
    let refusal = |status: u16, error: &str| (status, error.to_owned());
    let token_at = |authorization: &str, form: &str| refused(post(&running, "/api/oidc/token", authorization, form));
    assert_eq!(token_at(&basic("uptime-kuma", "nope"), FORM), refusal(401, "invalid_client"));
    assert_eq!(token_at(&basic("nobody", SECRET), FORM), refusal(401, "invalid_client"));
    assert_eq!(token_at(&client, ""), refusal(400, "invalid_request"));
    assert_eq!(token_at(&client, &format!("{FORM}%20openid")), refusal(400, "invalid_scope"));
    assert_eq!(token_at(&client, &format!("{FORM}&audience=https://b.example.com/")), refusal(400, "invalid_target"));
    assert_eq!(token_at("", &format!("{FORM}&client_id=uptime-kuma&client_secret={SECRET}")), refusal(401, "invalid_client"));
    let direct = ask(&running.url(), "POST", "/api/oidc/token", &[("Content-Type", "application/x-www-form-urlencoded")], FORM);
    assert_eq!(refused(direct), refusal(400, "invalid_request"));

    let token = token(&running);
    let introspect = |authorization: &str, form: &str| post(&running, "/api/oidc/introspection", authorization, form);
    let identical = introspect(&format!("Bearer {token}"), &format!("token={token}"));
    assert_eq!(refused(identical), refusal(401, "request_unauthorized"));
    assert_eq!(refused(introspect(&basic("uptime-kuma", "nope"), "token=x")), refusal(401, "request_unauthorized"));
    assert_eq!(introspect(&client, &format!("token={token}&scope=openid")).json(), serde_json::json!({"active": false}));
    // Any client may ask about any token, and only its own client may give it up.
    assert_eq!(introspect(&basic("other", SECRET), &format!("token={token}")).json()["active"], true);
    let foreign = post(&running, "/api/oidc/revocation", &basic("other", SECRET), &format!("token={token}"));
    assert_eq!(refused(foreign), refusal(400, "unauthorized_client"));
    assert_eq!(forward_auth(&running, &format!("Bearer {token}")).status, 200);
}

#[test]
fn a_multipart_form_is_a_form_and_json_is_none() {
    let running = start(Options::default());
    let client = basic("uptime-kuma", SECRET);
    let part = |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let body = part("grant_type", "client_credentials") + &part("scope", "authelia.bearer.authz") + "--b--\r\n";
    let ask_as = |kind: &str, body: &str| {
        let headers = [("Content-Type", kind), PORTAL[0], PORTAL[1], ("Authorization", &*client)];
        ask(&running.url(), "POST", "/api/oidc/token", &headers, body)
    };
    assert_eq!(ask_as("multipart/form-data; boundary=b", &body).status, 200);
    assert_eq!(ask_as("multipart/form-data; boundary=c", &body).status, 400);
    assert_eq!(ask_as("application/json", "{\"grant_type\":\"client_credentials\"}").status, 400);
}

#[test]
fn paths_and_verbs_are_the_servers() {
    let running = start(Options::default());
    let status = |method: &str, path: &str| ask(&running.url(), method, path, &PORTAL, "").status;
    for (method, path, expected) in [
        ("GET", "/api/health", 200),
        ("GET", "/auth/api/health", 200),
        ("POST", "/api/health", 405),
        ("OPTIONS", "/api/oidc/token", 200),
        ("GET", "/api/oidc/token", 405),
        ("POST", "/api/oidc/token/", 308),
        ("GET", "/api/authz/nowhere", 404),
        ("GET", "/API/authz/forward-auth", 404),
        ("POST", "/api/authz/forward-auth", 405),
        ("GET", "/api/authz/ext-authz/", 301),
        ("CONNECT", "/api/authz/ext-authz/", 404),
        ("GET", "/.well-known/nothing", 404),
        ("GET", "/", 200),
        ("GET", "/anything", 200),
    ] {
        assert_eq!(status(method, path), expected, "{method} {path}");
    }
    let redirected = ask(&running.url(), "GET", "/auth/api/authz/ext-authz/?a=b", &[("Host", "App.Example.com:80")], "");
    assert_eq!(redirected.header("location"), Some("http://app.example.com:80/api/authz/ext-authz?a=b"));
    for host in ["", "a/b", "a?b", "a:b", "a, b", "::1", "a:1:2", "%41"] {
        assert_eq!(ask(&running.url(), "GET", "/api/health", &[("Host", host)], "").status, 400, "{host}");
    }
    let discovery = ask(&running.url(), "GET", "/auth/.well-known/openid-configuration", &PORTAL, "").json();
    assert_eq!(discovery["token_endpoint"], "https://auth.example.com/auth/api/oidc/token");
    assert_eq!(ask(&running.url(), "GET", "/.well-known/openid-configuration", &[], "").status, 400);
    let keys = ask(&running.url(), "GET", "/jwks.json", &PORTAL, "");
    let key = &keys.json()["keys"][0];
    assert_eq!(
        (&key["kty"], &key["alg"], &key["use"], &key["e"]),
        (&"RSA".into(), &"RS256".into(), &"sig".into(), &"AQAB".into())
    );
    assert_eq!(key["n"].as_str().unwrap().len(), 342);
    assert!(key.get("d").is_none() && key["kid"].as_str().unwrap().ends_with("-rs256"), "{key}");
}

/// What Uptime Kuma sent when it was watched, byte for byte.
fn recorded(name: &str) -> String {
    let path = format!("{}/tests/fixtures/kuma/requests/{name}.http", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_requests_of_uptime_kuma_pass_byte_for_byte() {
    let apps = vec!["application.example.com=It works".parse::<App>().unwrap()];
    let post_client = text("").replace("client_secret_basic", "client_secret_post");
    let by_post = Server::start(load(post_client), Options { portal: true, ..Options::default() }).unwrap();
    let running = start(Options { portal: true, apps, ..Options::default() });
    let portal = running.portal_url().unwrap();
    for name in ["kuma-1.23.17-basic-token", "kuma-2.5.3-basic-token", "kuma-2.5.3-audience-token"] {
        assert_eq!(send(&portal, recorded(name).as_bytes()).unwrap().status, 200, "{name}");
        // At its own address the portal is not at its own name, which the server refuses.
        assert_eq!(send(&running.url(), recorded(name).as_bytes()).unwrap().status, 400, "{name}");
    }
    let body = send(&by_post.portal_url().unwrap(), recorded("kuma-2.5.3-post-token").as_bytes()).unwrap();
    assert_eq!(body.status, 200, "{body:?}");

    let given = send(&portal, recorded("kuma-2.5.3-basic-token").as_bytes()).unwrap().json();
    let watch = recorded("kuma-2.5.3-basic-application").replace("/ok", "/");
    let issued = watch.split("bearer ").nth(1).unwrap().split('\r').next().unwrap();
    let (_, application) = running.apps().next().unwrap();
    let reached = send(&application, watch.replace(issued, given["access_token"].as_str().unwrap()).as_bytes()).unwrap();
    assert_eq!((reached.status, &*reached.body), (200, "It works"));

    // The false green: no token, a redirect, and a login page that answers 200.
    let anonymous = watch.lines().filter(|line| !line.starts_with("Authorization")).collect::<Vec<_>>().join("\r\n") + "\r\n";
    let redirected = send(&application, anonymous.as_bytes()).unwrap();
    assert_eq!(redirected.status, 302);
    let location = redirected.header("location").unwrap();
    let rest = location.strip_prefix(&*portal).unwrap();
    let page = ask(&portal, "GET", rest, &[], "");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Login"));
}

#[test]
fn the_embedded_proxy_asks_every_kind_of_endpoint() {
    for (name, implementation) in
        [("a", "ForwardAuth"), ("b", "AuthRequest"), ("c", "ExtAuthz"), ("d", "Legacy"), ("legacy", "Legacy")]
    {
        let whole = text("");
        let (before, after) = (whole.split("      forward-auth:").next().unwrap(), whole.split("session:").nth(1).unwrap());
        let strategies = "[{name: HeaderAuthorization, schemes: [Basic, Bearer]}, {name: CookieSession}]";
        let endpoint = format!("      {name}: {{implementation: {implementation}, authn_strategies: {strategies}}}");
        let config = load(format!("{before}{endpoint}\nsession:{after}"));
        let apps = vec!["application.example.com=It works".parse::<App>().unwrap()];
        let running = Server::start(config, Options { apps, ..Options::default() }).unwrap();
        let token = token(&running);
        let (_, application) = running.apps().next().unwrap();
        let get = |path: &str, authorization: &str| {
            // What only a proxy may say is not believed.
            let mut headers =
                vec![("Accept", "text/html"), ("X-Forwarded-URI", "/elsewhere"), ("X-Forwarded-Host", "b.example.com")];
            headers.extend((!authorization.is_empty()).then_some(("Authorization", authorization)));
            ask(&application, "GET", path, &headers, "")
        };
        let reached = get("/", &format!("bearer {token}"));
        assert_eq!((reached.status, &*reached.body), (200, "It works"), "{implementation}");
        let login = get("/x", "");
        assert_eq!(login.status, 302, "{implementation}");
        let target = "https://auth.example.com/?rd=https%3A%2F%2Fapplication.example.com%2Fx&rm=GET";
        assert_eq!(login.header("location"), Some(target), "{implementation}");
        assert_eq!(get("/", &format!("Bearer {UNKNOWN}")).status, 401, "{implementation}");
    }
}

#[test]
fn a_costly_digest_holds_nobody_else_up() {
    let digest = Digest::make(&Secret::new(SECRET.to_owned()), 600_000, vec![7; 16]).to_string();
    let cheap = Digest::make(&Secret::new(SECRET.to_owned()), 1_000, vec![7; 16]).to_string();
    let running = Server::start(load(text("").replacen(&cheap, &digest, 1)), Options::default()).unwrap();
    let running = &running;
    let answered = &AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(move || {
                token(running);
                answered.fetch_add(1, Ordering::SeqCst);
            });
        }
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(ask(&running.url(), "GET", "/api/health", &[], "").status, 200);
        assert!(answered.load(Ordering::SeqCst) < 6, "every token came first: the digest is too cheap for this test");
    });
}

#[test]
fn a_token_expires() {
    let mut text = text("lifespan: brief");
    text.push_str("    lifespans: {custom: {brief: {grants: {client_credentials: {access_token: 1s}}}}}\n");
    let running = Server::start(load(text), Options::default()).unwrap();
    let token = token(&running);
    assert_eq!(forward_auth(&running, &format!("Bearer {token}")).status, 200);
    std::thread::sleep(Duration::from_millis(1_100));
    assert_eq!(forward_auth(&running, &format!("Bearer {token}")).status, 401);
}

#[test]
fn failing_token_requests_run_into_the_limit() {
    let running = start(Options { rate_limits: true, ..Options::default() });
    let fail = || post(&running, "/api/oidc/token", &basic("nobody", "x"), FORM);
    for _ in 0..5 {
        token(&running);
    }
    for _ in 0..30 {
        assert_eq!(fail().status, 401);
    }
    let limited = fail();
    assert_eq!((limited.status, limited.header("retry-after")), (429, Some("60")));
    assert_eq!(limited.json()["error"], "temporarily_unavailable");
    // Everybody at the same address waits.
    assert_eq!(post(&running, "/api/oidc/token", &basic("uptime-kuma", SECRET), FORM).status, 429);
}

#[test]
fn faults_happen_on_purpose() {
    let faulty = |faults: &str| start(Options { faults: faults.parse::<Faults>().unwrap(), ..Options::default() });
    assert_eq!(ask(&faulty("error=1").url(), "GET", "/api/health", &[], "").status, 500);
    assert!(send(&faulty("drop=1").url(), b"GET /api/health HTTP/1.1\r\nHost: a\r\n\r\n").is_none());
    let expired = faulty("expired=1");
    let token = token(&expired);
    assert_eq!(forward_auth(&expired, &format!("Bearer {token}")).status, 401);
}

#[test]
fn hostile_requests_are_refused_and_the_next_is_answered() {
    let running = start(Options::default());
    let large = format!("POST /api/oidc/token HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n{}", "a=b&".repeat(500_000));
    let header = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(100_000));
    let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: y\r\n".repeat(1_000));
    for request in
        [&*large, &header, &many, "\0\u{1}nonsense\r\n\r\n", "GET / HTTP/9\r\n\r\n", "POST /api/oidc/token HTTP/1.1\r\n\r\n"]
    {
        if let Some(reply) = send(&running.url(), request.as_bytes()) {
            assert!((400..500).contains(&reply.status), "{reply:?}");
        }
    }
    assert_eq!(ask(&running.url(), "GET", "/api/health", &[], "").status, 200);
}

#[test]
fn the_log_tells_reasons_and_no_secrets() {
    let (sender, lines) = sync_channel(1_000);
    let running = start(Options { log: Some(sender), ..Options::default() });
    let token = token(&running);
    post(&running, "/api/oidc/token", &basic("uptime-kuma", "a-wrong-secret"), FORM);
    post(&running, "/api/oidc/introspection", &basic("uptime-kuma", SECRET), &format!("token={token}"));
    post(&running, "/api/oidc/token", &basic("a-secret-as-id", "x"), FORM);
    forward_auth(&running, &format!("Bearer {token}"));
    forward_auth(&running, &format!("Bearer {UNKNOWN}"));
    ask(&running.url(), "GET", &format!("/{token}?secret={SECRET}"), &[], "");
    running.stop();
    let log: Vec<String> = lines.try_iter().collect();
    assert_eq!(log.len(), 7, "{log:?}");
    assert!(log[3].contains("no client of the id that was sent is registered ("), "{log:?}");
    assert!(log[1].starts_with("POST /api/oidc/token 401") && log[1].contains("client-authentication"), "{log:?}");
    assert!(log[1].contains("configuration.yml:"), "{log:?}");
    let all = log.join("\n");
    for hidden in [&*token, SECRET, "a-wrong-secret", "a-secret-as-id", UNKNOWN] {
        assert!(!all.contains(hidden), "{all}");
    }
}

#[test]
fn only_loopback_unless_allowed() {
    let everywhere = || Options { listen: "0.0.0.0:0".parse().unwrap(), ..Options::default() };
    assert!(matches!(Server::start(load(text("")), everywhere()), Err(StartError::Remote(_))));
    assert!(Server::start(load(text("")), Options { allow_remote: true, ..everywhere() }).is_ok());
    let taken = start(Options::default());
    let again = Options { listen: taken.address().to_string().parse().unwrap(), ..Options::default() };
    assert!(matches!(Server::start(load(text("")), again), Err(StartError::Bind(..))));
}

/// The program itself, with what it says on standard error.
struct Process {
    child: Child,
    said: Receiver<String>,
}

impl Process {
    fn start(arguments: &[&str]) -> Process {
        let mut command = Command::new(PROGRAM);
        command.arg("sandbox").args(arguments).args(["--listen", "127.0.0.1:0"]).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (sender, said) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Process { child, said }
    }

    /// Reads on until a line begins so, and answers its rest.
    fn wait_for(&mut self, beginning: &str) -> String {
        let mut heard = Vec::new();
        loop {
            let line = self.said.recv_timeout(Duration::from_mins(1));
            let line = line.unwrap_or_else(|_| panic!("never said '{beginning}' but {heard:?}"));
            if let Some(rest) = line.strip_prefix(beginning) {
                return rest.to_owned();
            }
            heard.push(line);
        }
    }

    fn terminate(mut self) -> Option<i32> {
        let killed = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(killed.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_program_says_where_it_listens_and_ends_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("configuration.yml");
    std::fs::write(&file, text("")).unwrap();
    let mut process = Process::start(&["-c", file.to_str().unwrap()]);
    let url = process.wait_for("listening on ");
    assert_eq!(ask(&url, "GET", "/api/health", &[], "").json(), serde_json::json!({"status": "OK"}));
    process.wait_for("GET /api/health 200");
    assert_eq!(process.terminate(), Some(0));
}

#[test]
fn what_cannot_be_served_is_refused_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (good, broken) = (write("good.yml", &text("")), write("broken.yml", "server: [\n"));
    for (arguments, status) in [
        (&["-c", &good, "--listen", "0.0.0.0:0"][..], 2),
        (&["-c", &good, "--listen", "nowhere"], 2),
        (&["-c", &good, "--faults", "error=2"], 2),
        (&["-c", "-", "--watch"], 2),
        (&["-c", &broken, "--listen", "127.0.0.1:0"], 3),
        (&["-c", "/nonexistent.yml"], 3),
    ] {
        let output = Command::new(PROGRAM).arg("sandbox").args(arguments).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        assert!(said.starts_with("error: ") && said.contains("\nhint: "), "{arguments:?}: {said}");
    }
}

#[test]
fn a_changed_configuration_is_taken_up_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("configuration.yml");
    std::fs::write(&file, text("")).unwrap();
    let mut process = Process::start(&["-c", file.to_str().unwrap(), "--watch", "--quiet"]);
    let url = process.wait_for("listening on ");
    let status = || ask(&url, "GET", "/api/authz/renamed", &[], "").status;
    assert_eq!(status(), 404);
    std::fs::write(&file, text("").replace("forward-auth:", "renamed:")).unwrap();
    process.wait_for("answering from the new configuration");
    assert_eq!(status(), 400);
    std::fs::write(&file, "server: [").unwrap();
    process.wait_for("the new configuration does not load; the old one stays");
    assert_eq!(status(), 400);
    process.terminate();
}

#[test]
fn tls_is_trusted_by_the_authority_that_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("configuration.yml");
    std::fs::write(&file, text("")).unwrap();
    let mut process = Process::start(&["-c", file.to_str().unwrap(), "--tls", "--portal"]);
    let authority = std::fs::read(process.wait_for("certificate authority in ")).unwrap();
    let port = process.wait_for("portal on https://127.0.0.1:");
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let health = runtime.block_on(async {
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([reqwest::Certificate::from_pem(&authority).unwrap()])
            .resolve("auth.example.com", "127.0.0.1:0".parse().unwrap())
            .build()
            .unwrap();
        client.get(format!("https://auth.example.com:{port}/api/health")).send().await.unwrap().status()
    });
    assert_eq!(health, 200);
    process.terminate();
}
