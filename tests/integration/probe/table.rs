//! Rows of the decision table by observations that no server here can be made to give; and no row without a test.

use authkuma::probe::expectation::Expectations;
use authkuma::probe::plan::Plan;
use authkuma::probe::transcript::{
    Answer, Body, Certificate, Challenge, Exchange, Experiment, Fault, FaultKind, Granted, Introspection, Observation, Refusal,
    TokenExchange, TokenFacts, TokenForm, Transcript, Trial,
};
use authkuma::probe::{Step, diagnose, diagnosis::table};

use super::world::{World, cause, now};

fn exchange(reply: Result<Answer, FaultKind>) -> Exchange {
    let reply = reply.map_err(|kind| Fault { kind, detail: "detail".to_owned() });
    Exchange { url: "https://app.example.com/".to_owned(), about: None, milliseconds: 6_000.0, reply }
}

fn answer(status: u16) -> Answer {
    Answer { status, ..Answer::default() }
}

fn refused_token() -> Answer {
    let challenge = Challenge { scheme: "Bearer".to_owned(), error: None, realm: None, is_proxy: false };
    Answer { challenge: Some(challenge), ..answer(401) }
}

fn certificate(chain: usize, days: i64) -> Certificate {
    let now = i64::try_from(now()).unwrap();
    Certificate {
        names: vec!["app.example.com".to_owned()],
        issuer: "CN=Test".to_owned(),
        not_before: 0,
        not_after: now + days * 86_400 + 3_600,
        chain,
        is_self_signed: false,
        distrust: None,
    }
}

fn token() -> TokenExchange {
    let granted = Granted { scope: None, seconds: Some(3600), token_type: Some("bearer".to_owned()), form: TokenForm::Opaque };
    TokenExchange { exchange: exchange(Ok(answer(200))), granted: Some(granted), refusal: None }
}

/// A token that is alive, with the scope and this audience.
fn alive(audience: &str, expires: u64) -> Observation<Introspection> {
    let token = TokenFacts {
        is_active: true,
        scope: "authelia.bearer.authz".to_owned(),
        audience: vec![audience.to_owned()],
        expires: Some(expires),
        ..TokenFacts::default()
    };
    Observation::Made(Introspection { exchange: exchange(Ok(answer(200))), token: Some(token), refusal: None })
}

fn found(transcript: &Transcript, expectations: Option<&Expectations>, step: Step) -> Option<&'static str> {
    let world = World::new(|_, _| None);
    let plan = Plan {
        url: "https://app.example.com/".parse().unwrap(),
        portal: "https://auth.example.org/".parse().unwrap(),
        ..world.plan()
    };
    cause(&diagnose(&plan, transcript, expectations), step).map(|(_, id)| id)
}

fn application(reply: Result<Answer, FaultKind>) -> Transcript {
    Transcript { began: now(), application: Observation::Made(exchange(reply)), ..Transcript::default() }
}

#[test]
fn every_fault_has_its_cause() {
    for (kind, id) in [
        (FaultKind::NoRoute, "no-route"),
        (FaultKind::ConnectTimeout, "connection-timeout"),
        (FaultKind::CertificateOther, "certificate-other"),
        (FaultKind::NoAuthorities, "no-authorities"),
        (FaultKind::TlsMismatch, "tls-mismatch"),
        (FaultKind::ForeignHost, "token-kept-back"),
        (FaultKind::Other, "unknown-fault"),
    ] {
        assert_eq!(found(&application(Err(kind)), None, Step::Application), Some(id));
    }
    let intermediate = Some(certificate(2, 100));
    let seen = Transcript { application_certificate: intermediate, ..application(Err(FaultKind::CertificateAuthority)) };
    assert_eq!(found(&seen, None, Step::Application), Some("certificate-authority"));
    let introspection = Introspection { exchange: exchange(Err(FaultKind::AnswerTimeout)), token: None, refusal: None };
    let seen = Transcript { introspection: Observation::Made(introspection), ..Transcript::default() };
    assert_eq!(found(&seen, None, Step::Introspection), Some("introspection-unreachable"));
}

#[test]
fn a_page_that_opens_may_still_be_warned_of() {
    let seen = Transcript { application_certificate: Some(certificate(2, 3)), ..application(Ok(answer(200))) };
    assert_eq!(found(&seen, None, Step::Application), Some("application-certificate-ends-soon"));
    let slow = Transcript { token: Observation::Made(token()), ..Transcript::default() };
    assert_eq!(found(&slow, None, Step::Token), Some("token-slow"));
    let opens = Transcript { outside_audience: Observation::Made(exchange(Ok(answer(404)))), ..Transcript::default() };
    assert_eq!(found(&opens, None, Step::OutsideAudience), Some("outside-opens"));
}

#[test]
fn a_refused_token_is_looked_into() {
    let seen = Transcript { introspection: alive("https://app.example.com/", 1), ..application(Ok(refused_token())) };
    assert_eq!(found(&seen, None, Step::Application), Some("token-expired"));
    let trial = Trial { token: token(), opened: Some((Step::Application, exchange(Ok(refused_token())))) };
    let experiment = Experiment { literal: Some(trial), resource: None };
    let introspection = alive("https://app.example.com", now() + 3600);
    let seen = Transcript { introspection, experiment, ..application(Ok(refused_token())) };
    assert_eq!(found(&seen, None, Step::Application), Some("token-refused-alike"));
}

#[test]
fn a_host_in_another_domain_has_no_cookie() {
    let body = Body { is_authelia: true, ..Body::default() };
    assert_eq!(found(&application(Ok(Answer { body, ..answer(400) })), None, Step::Application), Some("no-cookie-domain"));
}

#[test]
fn a_secret_that_matches_and_is_refused_is_another_configuration() {
    let refusal = Some(Refusal { error: "invalid_client".to_owned(), description: String::new() });
    let token = TokenExchange { exchange: exchange(Ok(answer(401))), granted: None, refusal };
    let seen = Transcript { token: Observation::Made(token), ..Transcript::default() };
    let mut expectations = Box::<Expectations>::default();
    expectations.secret_matches = Some(true);
    assert_eq!(found(&seen, Some(&expectations), Step::Token), Some("configuration-not-running"));
}

#[test]
fn every_row_has_a_test() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/probe");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
    let tests: String = files.collect();
    let untested: Vec<&str> = table::rows().map(|row| row.id).filter(|id| !tests.contains(&format!("\"{id}\""))).collect();
    assert!(untested.is_empty(), "{untested:?}");
}
