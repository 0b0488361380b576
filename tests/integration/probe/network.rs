//! The way to the servers: addresses in place of names, families, plain http, other hosts.

use std::time::Duration;

use authkuma::probe::Step;
use authkuma::probe::network::{Family, Options};
use authkuma::probe::plan::{Plan, TokenPlan};
use authkuma::probe::result::StepOutcome;

use super::world::{SECRET, World, cause, probe, probe_with};

fn options() -> Options {
    Options { without_proxies: true, ..Options::default() }
}

#[test]
fn an_address_may_stand_for_a_name() {
    let world = World::new(|_, _| None);
    let (portal, application) = (world.portal.address, world.application.address);
    let overrides =
        [format!("auth.example.com:80:{portal}"), format!("app.example.com:80:{application}")].map(|text| text.parse().unwrap());
    let plan = world.plan();
    let plan = Plan {
        url: "http://app.example.com/".parse().unwrap(),
        portal: "http://auth.example.com/".parse().unwrap(),
        token: TokenPlan { url: "http://auth.example.com/api/oidc/token".parse().unwrap(), ..plan.token.clone() },
        ..plan
    };
    let result = probe_with(&plan, SECRET, Options { overrides: overrides.into(), ..options() });
    assert_eq!(cause(&result, Step::Portal), None, "{result:#?}");
    assert_eq!(world.application.asked()[0].header("host"), "app.example.com");
}

#[test]
fn plain_http_to_another_machine_is_not_spoken() {
    let world = World::new(|_, _| None);
    let plan = Plan { url: "http://198.51.100.1/".parse().unwrap(), time_limit: Duration::from_millis(300), ..world.plan() };
    assert_eq!(cause(&probe(&plan), Step::Application).unwrap().1, "plain-http-refused");
    let result = probe_with(&plan, SECRET, Options { insecure_http: true, ..options() });
    assert_ne!(cause(&result, Step::Application).unwrap().1, "plain-http-refused");
    assert!(result.notes.iter().any(|note| note.contains("plain http")), "{:?}", result.notes);
}

#[test]
fn a_name_without_an_address_is_said() {
    let world = World::new(|_, _| None);
    let url = "https://no-such-host.invalid/".parse().unwrap();
    let result = probe(&Plan { url, ..world.plan() });
    assert_eq!(cause(&result, Step::Application).unwrap().1, "name-unresolved");
    let overrides = vec!["app.example.com:443:127.0.0.1".parse().unwrap()];
    let plan = Plan { url: "https://app.example.com/".parse().unwrap(), ..world.plan() };
    let result = probe_with(&plan, SECRET, Options { overrides, family: Some(Family::V6), ..options() });
    assert_eq!(cause(&result, Step::Application).unwrap().1, "family-unresolved");
}

#[test]
fn a_token_goes_to_no_other_host() {
    let world = World::new(|_, _| None);
    let other = World::new(|_, _| None);
    let outside = Some(format!("http://{}/", other.application.address).parse().unwrap());
    let result = probe(&Plan { outside, ..world.plan() });
    let outside = result.steps.iter().find(|step| step.step == Step::OutsideAudience).unwrap();
    assert_eq!(outside.outcome, StepOutcome::Skip);
    assert!(other.application.asked().is_empty());
}

#[test]
fn a_proxy_of_the_environment_that_fails_is_told_from_the_server() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_authkuma"))
        .args(["probe", "https://app.invalid/", "--portal", "https://auth.invalid", "--client", "x", "--only", "without-token"])
        .args(["--format", "json"])
        .env_clear()
        .env("HTTPS_PROXY", "http://127.0.0.1:9")
        .output()
        .unwrap();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["results"][0]["steps"][0]["cause_id"], "proxy-failed", "{document:#}");
}
