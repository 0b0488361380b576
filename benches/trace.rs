//! The time of one question and of a thousand over the same 10,000 access rules, reading and compiling included: `cargo bench --bench trace`.

#![allow(missing_docs, reason = "criterion's macros make public items")]
#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]

use std::fmt::Write as _;
use std::hint::black_box;

use authkuma::bearer::{Engine, Question, Target};
use authkuma::config;
use authkuma::source::{Source, Sources};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

const RULES: usize = 10_000;

fn against_questions(criterion: &mut Criterion) {
    let text = configuration();
    let mut group = criterion.benchmark_group("trace");
    group.sample_size(10);
    for questions in [1, 1_000] {
        let urls: Vec<String> = (0..questions).map(|at| format!("https://app{}.example.com/", at * RULES / questions)).collect();
        group.bench_function(BenchmarkId::new("questions", questions), |bencher| bencher.iter(|| ask(black_box(&text), &urls)));
    }
}

/// Reads, compiles and asks, as a run of the command does.
fn ask(text: &str, urls: &[String]) -> usize {
    let config = config::load(Sources::from(Source::new("configuration.yml", text.to_owned())));
    let engine = Engine::compile(&config, Target::NEWEST);
    let allowed = |url: &&String| engine.ask(&Question::of_monitor("uptime-kuma", Some(url))).unwrap().is_allowed();
    let allowed = urls.iter().filter(allowed).count();
    assert_eq!(allowed, urls.len());
    allowed
}

/// One client with an audience, and a rule, for each of the applications.
fn configuration() -> String {
    let mut audience = String::new();
    let mut rules = String::new();
    for at in 0..RULES {
        writeln!(audience, "          - 'https://app{at}.example.com/'").unwrap();
        writeln!(rules, "    - domain: 'app{at}.example.com'\n      policy: 'one_factor'\n      subject: 'oauth2:client:uptime-kuma'\n      resources: ['^/$']").unwrap();
    }
    format!(
        "server:\n  endpoints:\n    authz:\n      forward-auth:\n        implementation: 'ForwardAuth'\n        authn_strategies: [{{name: 'HeaderAuthorization', schemes: ['Bearer']}}]
session:\n  cookies:\n    - {{domain: 'example.com', authelia_url: 'https://auth.example.com'}}
access_control:\n  rules:\n{rules}
identity_providers:\n  oidc:\n    clients:\n      - client_id: 'uptime-kuma'\n        client_secret: 'x'\n        scopes: ['authelia.bearer.authz']\n        grant_types: ['client_credentials']\n        token_endpoint_auth_method: 'client_secret_basic'\n        requested_audience_mode: 'implicit'\n        audience:\n{audience}"
    )
}

criterion_group!(benches, against_questions);
criterion_main!(benches);
