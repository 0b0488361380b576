//! The engine against answers of the real server: v4.39.20, and the development tree by which 4.39.21 behaves.

use std::net::IpAddr;

use authkuma::bearer::{Credential, Engine, Question, UPTIME_KUMA_ACCEPT};
use authkuma::config;
use authkuma::source::{Source, Sources};
use serde_json::Value;

/// The audience of the requests that name one.
const AUDIENCE: &str = "https://application.example.com/";

#[test]
fn every_recorded_answer_is_given() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/server-answers.json");
    let document: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let urls: Vec<&str> = document["urls"].as_array().unwrap().iter().map(|url| url.as_str().unwrap()).collect();
    let (mut asked, mut wrong) = (0, Vec::new());
    for row in document["configurations"].as_array().unwrap() {
        let text = serde_json::to_string(&row["config"]).unwrap();
        let config = config::load(Sources::from(Source::new("configuration.yml", text)));
        let engine = Engine::compile(&config, row["target"].as_str().unwrap().parse().unwrap()).unwrap();
        for recorded in row["answers"].as_array().unwrap() {
            asked += 1;
            let recorded = recorded.as_str().unwrap();
            let found = answer(&engine, row, recorded, &urls);
            if found != recorded {
                wrong.push(format!("{} {}: {recorded}, not {found}", row["target"], row["name"]));
            }
        }
        for (kind, recorded) in row["tokens"].as_object().unwrap() {
            asked += 1;
            let found = token(&engine, row, kind);
            if found != *recorded {
                wrong.push(format!("{} {} token {kind}: {recorded}, not {found}", row["target"], row["name"]));
            }
        }
    }
    assert!(asked > 3_000, "{asked}");
    assert!(wrong.is_empty(), "{} of {asked}: {:#?}", wrong.len(), &wrong[..wrong.len().min(10)]);
}

/// The answer of the engine, written as the record is.
fn answer(engine: &Engine, row: &Value, recorded: &str, urls: &[&str]) -> String {
    let fields: Vec<&str> = recorded.split(' ').collect();
    let credential = match fields[3] {
        "none" | "html_none" => Credential::None,
        "wrong" => Credential::UnknownToken,
        "foreign" => Credential::Foreign,
        "basic_client" => Credential::Basic,
        "proxy_authorization" => Credential::ProxyAuthorization,
        _ => Credential::Token,
    };
    let question = Question {
        endpoint: Some(fields[0]),
        method: fields[2],
        audience: (fields[3] == "audience").then_some(AUDIENCE),
        credential,
        address: Some(IpAddr::from([192, 0, 2, 10])),
        accept: if fields[3] == "html_none" { UPTIME_KUMA_ACCEPT } else { "*/*" },
        ..monitor(row, Some(urls[fields[1].parse::<usize>().unwrap()]))
    };
    let asked = engine.ask(&question).unwrap();
    let Some(authz) = asked.authz else { return "no token".to_owned() };
    let challenge = authz.challenge.map_or("-", |challenge| challenge.scheme());
    let location = authz.location.map(|location| format!(" {location}")).unwrap_or_default();
    format!("{} {} {challenge}{location}", fields[..4].join(" "), authz.status)
}

/// Status, error, description and scope of the engine's token answer.
fn token(engine: &Engine, row: &Value, kind: &str) -> Value {
    let (scope, audience) = match kind {
        "plain" => (Some("authelia.bearer.authz"), None),
        "audience" => (Some("authelia.bearer.authz"), Some(AUDIENCE)),
        "audience_other" => (Some("authelia.bearer.authz"), Some("https://nope.example.com/")),
        "noscope" => (None, None),
        "badscope" => (Some("openid"), None),
        _ => (Some("authelia.bearer.authz offline_access"), None),
    };
    let asked = engine.ask(&Question { scope, audience, ..monitor(row, None) }).unwrap();
    let token = asked.token.unwrap();
    let scope = token.grant.as_ref().map(|grant| grant.scopes.join(" "));
    serde_json::json!([token.status, token.error(), token.description(), scope])
}

fn monitor<'q>(row: &'q Value, url: Option<&'q str>) -> Question<'q> {
    let has_right_secret = row["right_secret"].as_bool().unwrap();
    Question { has_right_secret, ..Question::of_monitor(row["client"].as_str().unwrap(), url) }
}
