//! One probe against the same requests made by one process of curl, in turn: `cargo bench --bench probe`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement that prints what it measured")]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use authkuma::config;
use authkuma::sandbox::{App, Options, Server};
use authkuma::source::Source;

const ROUNDS: usize = 21;

/// The secret is plain, so that the server's work is the same small one in both.
const CONFIGURATION: &str = "
server: {endpoints: {authz: {forward-auth: {implementation: 'ForwardAuth', authn_strategies: [
  {name: 'HeaderAuthorization', schemes: ['Bearer']}, {name: 'CookieSession'}]}}}}
session: {cookies: [{domain: 'example.com', authelia_url: 'https://auth.example.com'}]}
access_control: {default_policy: 'deny', rules: [{domain: 'app.example.com', policy: 'one_factor', subject: 'oauth2:client:monitor'}]}
identity_providers: {oidc: {hmac_secret: 'x', clients: [{client_id: 'monitor', client_secret: 'secret', requested_audience_mode: 'implicit',
  audience: ['https://app.example.com/'], scopes: ['authelia.bearer.authz'], grant_types: ['client_credentials'],
  token_endpoint_auth_method: 'client_secret_basic'}]}}
";

fn main() {
    let app = App { host: "app.example.com".to_owned(), text: "application".to_owned() };
    let options = Options { apps: vec![app], tls: true, portal: true, ..Options::default() };
    let sandbox =
        Server::start(config::load(Source::new("configuration.yml", CONFIGURATION.to_owned()).into()), options).unwrap();
    let authority = sandbox.certificate().unwrap().display().to_string();
    let address = |url: String| url.rsplit('/').next().unwrap().to_owned();
    let application = address(sandbox.apps().next().unwrap().1);
    let portal = address(sandbox.portal_url().unwrap());

    let probe = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_authkuma"));
        command.args(["probe", "https://app.example.com/", "--portal", "https://auth.example.com", "--client", "monitor"]);
        command.args(["--cacert", &authority, "--format", "json", "--skip", "authz,outside-audience"]);
        command.args(["--resolve", &format!("app.example.com:443:{application}")]);
        command.args(["--resolve", &format!("auth.example.com:443:{portal}")]);
        command.env("AUTHKUMA_CLIENT_SECRET", "secret");
        time(command)
    };
    let token = token(&authority, &portal);
    let curl = || time(curl(&authority, &portal, &application, &token));

    let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        times[0].push(probe());
        times[1].push(curl());
    }
    let [probe, curl] = times.map(|mut times| {
        times.sort();
        times[ROUNDS / 2]
    });
    let [probe, curl] = [probe, curl].map(|time| time.as_secs_f64() * 1000.0);
    println!("probe {probe:.1} ms, curl {curl:.1} ms (medians of {ROUNDS}), ratio {:.2}", probe / curl);
}

fn time(mut command: Command) -> Duration {
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).output().unwrap();
    let took = began.elapsed();
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    took
}

/// The requests of a probe in its order, by one process.
fn curl(authority: &str, portal: &str, application: &str, token: &str) -> Command {
    let mut command = Command::new("curl");
    let common = ["--silent", "--fail-early", "--output", "/dev/null", "--cacert", authority];
    let ways = [format!("auth.example.com:443:{portal}"), format!("app.example.com:443:{application}")];
    let form = format!("token={token}");
    let bearer = format!("Authorization: bearer {token}");
    let oidc = |name: &str| format!("https://auth.example.com/api/oidc/{name}");
    let requests: Vec<Vec<String>> = vec![
        vec!["https://auth.example.com/api/health".to_owned()],
        vec!["https://auth.example.com/.well-known/openid-configuration".to_owned()],
        post(&oidc("token"), "grant_type=client_credentials&scope=authelia.bearer.authz"),
        post(&oidc("introspection"), &form),
        vec!["https://app.example.com/".to_owned(), "--header".to_owned(), bearer],
        vec!["https://app.example.com/".to_owned()],
        vec!["https://app.example.com/".to_owned(), "--header".to_owned(), "Authorization: bearer authelia_at_x.x".to_owned()],
        // In the place of revocation, which would end the token that the next round uses.
        post(&oidc("introspection"), &form),
        post(&oidc("introspection"), &form),
    ];
    for (at, request) in requests.iter().enumerate() {
        if at > 0 {
            command.arg("--next");
        }
        command.args(common).args(request);
        for way in &ways {
            command.args(["--connect-to", way]);
        }
    }
    command
}

fn post(url: &str, form: &str) -> Vec<String> {
    [url, "--user", "monitor:secret", "--data", form].map(str::to_owned).into()
}

fn token(authority: &str, portal: &str) -> String {
    let output = Command::new("curl")
        .args(["--silent", "--cacert", authority, "--connect-to", &format!("auth.example.com:443:{portal}")])
        .args(post("https://auth.example.com/api/oidc/token", "grant_type=client_credentials&scope=authelia.bearer.authz"))
        .output()
        .unwrap();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    document["access_token"].as_str().unwrap().to_owned()
}
