//! 500 targets at once against one after the other, on an Authelia and applications that each take 50 ms to answer:
//! `cargo bench --bench fleet`. `TARGETS` changes their number.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement that prints what it measured")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use authkuma::config;
use authkuma::sandbox::{App, Faults, Options, Server};
use authkuma::source::Source;

fn main() {
    let count: usize = std::env::var("TARGETS").map_or(500, |text| text.parse().unwrap());
    let faults = Faults { latency: 1.0, delay: Duration::from_millis(50), ..Faults::default() };
    let app = App { host: "app.example.com".to_owned(), text: "application".to_owned() };
    let options = Options { apps: vec![app], tls: true, portal: true, faults, ..Options::default() };
    let sandbox = Server::start(config::load(Source::new("configuration.yml", configuration(count)).into()), options).unwrap();
    let authority = sandbox.certificate().unwrap().display().to_string();
    let address = |url: String| url.rsplit('/').next().unwrap().to_owned();
    let ways = [
        format!("app.example.com:443:{}", address(sandbox.apps().next().unwrap().1)),
        format!("auth.example.com:443:{}", address(sandbox.portal_url().unwrap())),
    ];
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("targets.yml"), targets(count)).unwrap();
    fs::write(folder.path().join("secret"), "secret").unwrap();

    let probe = |jobs: &str| time(folder.path(), &authority, &ways, jobs);
    let (at_once, in_turn) = (probe("64"), probe("1"));
    println!(
        "{count} targets: {:.1} s at once, {:.1} s one after the other, {:.1} times faster",
        at_once.as_secs_f64(),
        in_turn.as_secs_f64(),
        in_turn.as_secs_f64() / at_once.as_secs_f64()
    );
}

/// One run of the command over all targets, each of which is up.
fn time(folder: &Path, authority: &str, ways: &[String], jobs: &str) -> Duration {
    let mut probe = Command::new(env!("CARGO_BIN_EXE_authkuma"));
    probe.args(["probe", "--targets", "targets.yml", "--format", "json", "--jobs", jobs, "--per-host", jobs]);
    probe.args(["--cacert", authority, "--skip", "authz,outside-audience"]);
    probe.args(ways.iter().flat_map(|way| ["--resolve", way])).current_dir(folder).stdin(Stdio::null());
    let began = Instant::now();
    let output = probe.output().unwrap();
    let took = began.elapsed();
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    took
}

/// The secret is plain, so that the server's work is small.
fn configuration(count: usize) -> String {
    let audience = (0..count).fold(String::new(), |mut list, at| {
        let _ = write!(list, "'https://app.example.com/{at}',");
        list
    });
    format!(
        "
server: {{endpoints: {{authz: {{forward-auth: {{implementation: 'ForwardAuth', authn_strategies: [
  {{name: 'HeaderAuthorization', schemes: ['Bearer']}}, {{name: 'CookieSession'}}]}}}}}}}}
session: {{cookies: [{{domain: 'example.com', authelia_url: 'https://auth.example.com'}}]}}
access_control: {{default_policy: 'deny', rules: [{{domain: 'app.example.com', policy: 'one_factor', subject: 'oauth2:client:monitor'}}]}}
identity_providers: {{oidc: {{hmac_secret: 'x', clients: [{{client_id: 'monitor', client_secret: 'secret',
  requested_audience_mode: 'implicit', audience: [{audience}], scopes: ['authelia.bearer.authz'], grant_types: ['client_credentials'],
  token_endpoint_auth_method: 'client_secret_basic'}}]}}}}
"
    )
}

fn targets(count: usize) -> String {
    let head = "defaults:\n  portal: https://auth.example.com\n  client: monitor\n  secret_file: secret\ntargets:\n".to_owned();
    (0..count).fold(head, |mut list, at| {
        let _ = writeln!(list, "  - url: 'https://app.example.com/{at}'");
        list
    })
}
