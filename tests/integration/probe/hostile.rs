//! Servers that refuse, hang, cut, flood or lie: the step fails with its cause within its time limit.

use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use authkuma::probe::Step;
use authkuma::probe::network::Options;
use authkuma::probe::plan::Plan;
use authkuma::probe::result::StepOutcome;

use super::server::Reply;
use super::world::{At, SECRET, TOKEN, World, cause, probe};

/// What answers in place of the application's page, and the cause.
fn application(reply: Reply) -> &'static str {
    let world = World::new(move |at, _| (at == At::Application).then(|| reply.clone()));
    let plan = Plan { time_limit: Duration::from_secs(1), ..world.plan() };
    let began = Instant::now();
    let result = probe(&plan);
    assert!(began.elapsed() < Duration::from_secs(20), "it waits for hostile servers");
    cause(&result, Step::Application).unwrap().1
}

#[test]
fn a_hostile_application_is_one_cause() {
    assert_eq!(application(Reply::Hang), "answer-timeout");
    assert_eq!(application(Reply::Cut), "connection-cut");
    assert_eq!(application(Reply::Raw(Vec::new())), "connection-cut");
    assert_eq!(application(Reply::Raw(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec())), "not-http");
    assert_eq!(application(Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort".to_vec())), "connection-cut");
    assert_eq!(application(Reply::Gigabyte), "keyword-too-far");
    assert_eq!(application(Reply::EndlessHead), "head-too-large");
    assert_eq!(application(Reply::Raw(vec![0; 100_000])), "not-http");
    let long_chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;".to_owned() + &"x".repeat(100_000);
    assert_eq!(application(Reply::Raw(long_chunk.into_bytes())), "not-http");
    // Each byte comes in time and the whole never does.
    assert_eq!(application(Reply::Drip("HTTP/1.1 200 ")), "answer-timeout");
    assert_eq!(application(Reply::Drip("HTTP/1.1 200 OK\r\nserver: ")), "answer-timeout");
    assert_eq!(application(Reply::Drip("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")), "answer-timeout");
    assert_eq!(application(Reply::Drip("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e8\r\n")), "answer-timeout");
}

#[test]
fn a_redirect_to_itself_is_followed_by_nobody() {
    let world = World::new(|at, asked| (at == At::Application).then(|| Reply::redirect(302, &asked.path)));
    let result = probe(&world.plan());
    assert_eq!(cause(&result, Step::Application).unwrap().1, "application-redirects");
    let with_token = |asked: &&super::server::Asked| asked.header("authorization").contains("marker");
    assert_eq!(world.application.asked().iter().filter(with_token).count(), 1);
}

#[test]
fn a_packed_page_stays_packed() {
    let bomb = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03\xed\xc1\x01\x0d\0\0\0\xc2\xa0";
    assert_eq!(application(Reply::Raw(bomb.to_vec())), "keyword-missing");
}

#[test]
fn a_tls_port_that_says_nothing_is_one_cause_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let world = World::new(|_, _| None);
    let url = format!("https://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let result = probe(&Plan { url, time_limit: Duration::from_secs(1), ..world.plan() });
    assert_eq!(cause(&result, Step::Application).unwrap().1, "connection-timeout");
}

#[test]
fn a_token_is_not_shown_by_an_answer_that_is_cut() {
    use authkuma::probe::network::DOCUMENT_LIMIT;
    // Behind the token, within it, and before it.
    for padding in [0, DOCUMENT_LIMIT - 30, DOCUMENT_LIMIT] {
        let world = World::new(move |at, _| {
            let (before, after) = (" ".repeat(padding), " ".repeat(DOCUMENT_LIMIT));
            let body = format!("{{{before}\"access_token\":\"{TOKEN}\"{after}}}");
            (at == At::Token).then(|| Reply::json(302, &body).with("server", TOKEN).with("location", &format!("/{TOKEN}")))
        });
        let said = format!("{:?}", probe(&world.plan()));
        assert!(!said.contains(&TOKEN[20..]) && !said.contains("marker"), "{padding}: {said}");
    }
}

#[test]
fn a_token_is_not_shown_by_the_answer_that_brings_it() {
    for status in [200, 401] {
        let world = World::new(move |at, _| {
            let body = format!(
                "{{\"access_token\":\"{TOKEN}\",\"refresh_token\":\"more-of-marker\",\"expires_in\":3599,\"scope\":\"authelia.bearer.authz {TOKEN}\",\
                 \"token_type\":\"{TOKEN}\",\"error\":\"{TOKEN}\",\"error_description\":\"more-of-marker\"}}"
            );
            let echo = format!("{TOKEN} more-of-marker");
            (at == At::Token).then(|| Reply::json(status, &body).with("server", &echo).with("location", &format!("/{TOKEN}")))
        });
        let said = format!("{:?}", probe(&world.plan()));
        assert!(!said.contains("marker"), "{said}");
    }
}

#[test]
fn a_hostile_portal_is_one_cause_and_nothing_behind_it_is_asked() {
    for (reply, id) in [
        (Reply::Hang, "answer-timeout"),
        (Reply::Cut, "connection-cut"),
        (Reply::Gigabyte, "portal-not-authelia"),
        (Reply::Raw(b"\x15\x03\x01\x00\x02\x02\x46".to_vec()), "not-http"),
    ] {
        let world = World::new(move |at, _| (at == At::Health).then(|| reply.clone()));
        let result = probe(&Plan { time_limit: Duration::from_secs(1), ..world.plan() });
        assert_eq!(cause(&result, Step::Portal).unwrap().1, id);
        let token = result.steps.iter().find(|step| step.step == Step::Token).unwrap();
        assert_eq!(token.outcome == StepOutcome::Skip, id != "portal-not-authelia", "{id}");
    }
}

#[test]
fn a_token_endpoint_that_floods_or_hangs_is_one_cause() {
    for (reply, id) in [
        (Reply::Hang, "token-too-slow"),
        (Reply::Gigabyte, "token-is-page"),
        (Reply::json(200, &format!("{{\"access_token\":{}", "[".repeat(50_000))), "token-answer-without-token"),
        (Reply::json(200, "{\"access_token\":\"\"}"), "token-answer-without-token"),
    ] {
        let world = World::new(move |at, _| (at == At::Token).then(|| reply.clone()));
        let result = probe(&Plan { time_limit: Duration::from_secs(1), ..world.plan() });
        assert_eq!(cause(&result, Step::Token).unwrap().1, id);
    }
}

#[test]
fn a_token_that_is_no_header_value_does_not_break_anything() {
    let world = World::new(|at, _| {
        let body = "{\"access_token\":\"authelia_at_marker\\r\\nx: y\",\"token_type\":\"bearer\",\"expires_in\":3599}";
        (at == At::Token).then(|| Reply::json(200, body))
    });
    let result = probe(&world.plan());
    assert_eq!(cause(&result, Step::Token).unwrap().1, "token-foreign");
    assert!(world.application.asked().iter().all(|asked| asked.header("x").is_empty()));
}

#[test]
fn nothing_that_a_server_echoes_is_kept() {
    let world = World::new(|at, asked| {
        let echo = format!("{} {} {}", asked.header("authorization"), asked.body, TOKEN);
        match at {
            At::Token => None,
            At::Introspection => Some(Reply::json(401, &format!("{{\"error\":\"{SECRET}\",\"error_description\":\"{TOKEN}\"}}"))),
            At::Application => {
                Some(Reply::redirect(302, &format!("https://e.example.com/{TOKEN}?t={SECRET}")).with("server", &echo))
            }
            At::Revocation => Some(Reply::json(400, &format!("{{\"error\":\"{TOKEN}\",\"error_description\":\"{SECRET}\"}}"))),
            _ => Some(Reply::html(200, &echo).with("server", SECRET).with("location", SECRET)),
        }
    });
    let said = format!("{:?}", probe(&world.plan()));
    assert!(!said.contains("marker") && said.contains("***"), "{said}");
}

#[test]
fn a_port_where_nobody_listens_is_said() {
    let world = World::new(|_, _| None);
    // The near end of a connection has a port that nobody listens at, and nobody else can take.
    let connection = TcpStream::connect(world.portal.address).unwrap();
    let address = connection.local_addr().unwrap();
    let result = probe(&Plan { url: format!("http://{address}/").parse().unwrap(), ..world.plan() });
    assert_eq!(cause(&result, Step::Application).unwrap().1, "connection-refused");
    assert_eq!(cause(&result, Step::WithoutToken), Some((StepOutcome::Warn, "control-unreachable")));
}

#[test]
fn a_wrong_secret_makes_no_more_than_two_failing_token_requests() {
    let refusal = "{\"error\":\"invalid_target\",\"error_description\":\"no\"}";
    let world = World::new(move |at, _| (at == At::Token).then(|| Reply::json(400, refusal)));
    let network = authkuma::probe::network::Network::new(Options { without_proxies: true, ..Options::default() }).unwrap();
    let prober = authkuma::probe::Prober::new(network, authkuma::secret::Secret::new("x".to_owned()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let secrets: Vec<_> = (0..10).map(|at| authkuma::secret::Secret::new(format!("marker-{at}"))).collect();
    let plan = world.plan();
    runtime.block_on(async {
        for secret in &secrets {
            prober.probe(&plan, secret, 0, &|_| {}).await;
        }
    });
    let tokens = world.portal.asked().iter().filter(|asked| asked.path == "/api/oidc/token").count();
    assert_eq!(tokens, 2);
    let last = runtime.block_on(prober.probe(&plan, &secrets[0], 0, &|_| {}));
    assert!(!authkuma::probe::diagnose(&plan, &last, None).is_as_wanted(), "what was not asked is not proven");
}

#[test]
fn one_failing_client_does_not_stop_the_others_and_all_together_have_a_limit() {
    let refusal = "{\"error\":\"invalid_client\",\"error_description\":\"no\"}";
    let world = World::new(move |at, asked| {
        // The client 'good' in Basic credentials.
        (at == At::Token && !asked.header("authorization").starts_with("Basic Z29vZD")).then(|| Reply::json(401, refusal))
    });
    let network = authkuma::probe::network::Network::new(Options { without_proxies: true, ..Options::default() }).unwrap();
    let prober = authkuma::probe::Prober::new(network, authkuma::secret::Secret::new("x".to_owned()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let secret = authkuma::secret::Secret::new("marker".to_owned());
    let of_client = |client: String| {
        let plan = world.plan();
        let token = authkuma::probe::plan::TokenPlan { client_id: client, ..plan.token.clone() };
        Plan { token, selection: authkuma::probe::Selection::only(&[Step::Token]), ..plan }
    };
    let probe = |client: String| runtime.block_on(prober.probe(&of_client(client), &secret, 0, &|_| {})).token.made().is_some();
    assert!(probe("bad-0".to_owned()) && probe("good".to_owned()));
    let asked = (1..30).filter(|at| probe(format!("bad-{at}"))).count();
    assert_eq!(asked, authkuma::probe::FAILING_TOGETHER - 1);
}
