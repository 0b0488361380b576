//! Load on the sandbox: authz requests over kept connections against a configuration of 1,000 rules, and what becomes of the memory.
//!
//! `cargo bench --bench sandbox_load` prints requests a second, delays and memory. `REQUESTS` and `CONNECTIONS` change the load.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::use_debug,
    clippy::cast_precision_loss,
    reason = "a measurement prints rounded figures, and one that cannot go on has failed"
)]

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use authkuma::config;
use authkuma::sandbox::{Options, Server};
use authkuma::source::{Source, Sources};
use base64ct::{Base64, Encoding as _};

const RULES: usize = 1_000;

fn main() {
    let number = |name: &str, default: usize| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let (requests, connections) = (number("REQUESTS", 200_000), number("CONNECTIONS", 8));
    let mut sources = Sources::default();
    sources.add(Source::new("configuration.yml", configuration()));
    let running = Server::start(config::load(sources), Options::default()).unwrap();
    let address = running.address();
    let question = question(&token(address));

    work(address, &question, connections, requests / 10);
    let before = resident();
    let started = Instant::now();
    let mut delays = work(address, &question, connections, requests);
    let took = started.elapsed();
    let after = resident();
    delays.sort_unstable();
    let at = |share: usize| delays[(delays.len() - 1) * share / 100];
    println!("{RULES} rules, {connections} connections, {} requests answered with 200 in {took:.2?}", delays.len());
    println!("requests a second: {:.0}", delays.len() as f64 / took.as_secs_f64());
    println!("delay: median {:.2?}, 99 % {:.2?}, longest {:.2?}", at(50), at(99), at(100));
    println!("resident memory: {before} kB before, {after} kB after");
}

/// The last rule is the one that matches.
fn configuration() -> String {
    let mut rules = String::new();
    for number in 1..RULES {
        writeln!(rules, "    - {{domain: 'host{number}.example.com', policy: two_factor, resources: ['^/path{number}/']}}")
            .unwrap();
    }
    format!(
        "server: {{endpoints: {{authz: {{forward-auth: {{implementation: ForwardAuth, authn_strategies: [
  {{name: HeaderAuthorization, schemes: [Basic, Bearer]}}, {{name: CookieSession}}]}}}}}}}}
session: {{cookies: [{{domain: example.com, authelia_url: 'https://auth.example.com'}}]}}
access_control:
  rules:
{rules}    - {{domain: application.example.com, policy: one_factor, subject: 'oauth2:client:uptime-kuma'}}
identity_providers: {{oidc: {{clients: [{{client_id: uptime-kuma, client_secret: insecure_secret, requested_audience_mode: implicit,
  scopes: [authelia.bearer.authz], audience: ['https://application.example.com/'], grant_types: [client_credentials],
  token_endpoint_auth_method: client_secret_basic}}]}}}}
"
    )
}

fn token(address: SocketAddr) -> String {
    let form = "grant_type=client_credentials&scope=authelia.bearer.authz";
    let client = Base64::encode_string(b"uptime-kuma:insecure_secret");
    let request = format!(
        "POST /api/oidc/token HTTP/1.1\r\nHost: auth.example.com\r\nX-Forwarded-Proto: https\r\nAuthorization: Basic {client}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    let mut connection = TcpStream::connect(address).unwrap();
    let answer = ask(&mut connection, request.as_bytes());
    let start = answer.find("authelia_at_").unwrap_or_else(|| panic!("{answer}"));
    answer[start..].split('"').next().unwrap().to_owned()
}

fn question(token: &str) -> String {
    format!(
        "GET /api/authz/forward-auth HTTP/1.1\r\nHost: auth.example.com\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Method: GET\r\n\
         X-Forwarded-Host: application.example.com\r\nX-Forwarded-URI: /\r\nAuthorization: bearer {token}\r\n\r\n"
    )
}

/// Asks as often as told and answers how long each answer took. An answer that is not 200 ends the measurement.
fn work(address: SocketAddr, question: &str, connections: usize, requests: usize) -> Vec<Duration> {
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..connections)
            .map(|_| {
                scope.spawn(move || {
                    let mut connection = TcpStream::connect(address).unwrap();
                    connection.set_nodelay(true).unwrap();
                    let mut delays = Vec::with_capacity(requests / connections);
                    for _ in 0..requests / connections {
                        let asked = Instant::now();
                        let answer = ask(&mut connection, question.as_bytes());
                        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
                        delays.push(asked.elapsed());
                    }
                    delays
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

fn ask(connection: &mut TcpStream, request: &[u8]) -> String {
    connection.write_all(request).unwrap();
    let mut answer = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = connection.read(&mut chunk).unwrap();
        assert!(count > 0, "the connection was closed");
        answer.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return text.into_owned();
        }
    }
}

/// Resident memory of this process, load and sandbox together.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
