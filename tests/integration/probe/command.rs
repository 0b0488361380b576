//! The command, end to end: options, exit statuses, forms of the answer, and no secret anywhere.

use std::process::{Command, Output, Stdio};

use super::server::Reply;
use super::world::{At, SECRET, World};

fn run(world: &World, args: &[&str]) -> Output {
    let portal = format!("http://{}", world.portal.address);
    let application = format!("http://{}/", world.application.address);
    Command::new(env!("CARGO_BIN_EXE_authkuma"))
        .args(["probe", &application, "--portal", &portal, "--client", "uptime-kuma"])
        .args(args)
        .env_clear()
        .env("AUTHKUMA_CLIENT_SECRET", SECRET)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_document_is_as_the_interface_says() {
    let world = World::new(|_, _| None);
    let output = run(&world, &["--format", "json", "--keyword", "Grafana"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&document["version"], &document["results"][0]["verdict"]), (&1.into(), &"up".into()));
    let steps = document["results"][0]["steps"].as_array().unwrap();
    let names: Vec<&str> = steps.iter().map(|step| step["step"].as_str().unwrap()).collect();
    let all = [
        "portal",
        "discovery",
        "token",
        "introspection",
        "authz",
        "application",
        "without-token",
        "unknown-token",
        "outside-audience",
        "revocation",
    ];
    assert_eq!(names, all);
    for step in steps {
        for field in ["outcome", "expected", "observed", "status", "milliseconds", "cause", "fix"] {
            assert!(step.get(field).is_some(), "{step}");
        }
    }
}

#[test]
fn every_form_says_the_cause_and_nothing_says_the_secret() {
    for form in ["table", "plain", "json"] {
        let world = World::new(|at, _| (at == At::Application).then(|| Reply::text(403, "403 Forbidden")));
        let output = run(&world, &["--format", form]);
        let answer = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1));
        assert!(answer.contains("rule-denies-behind-proxy") && answer.contains("oauth2:client:uptime-kuma"), "{answer}");
        assert!(!answer.contains("marker") && !text(&output.stderr).contains("marker"), "{answer}");
    }
}

#[test]
fn steps_are_chosen_and_nothing_else_is_asked() {
    let world = World::new(|_, _| None);
    let output = run(&world, &["--only", "portal,without-token", "--format", "plain"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert_eq!(world.portal.asked().len(), 1);
    assert_eq!(world.application.asked().len(), 1);
    let output = run(&world, &["--skip", "revocation,unknown-token", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["results"][0]["steps"].as_array().unwrap().len(), 8);
    assert!(world.portal.asked().iter().all(|asked| asked.path != "/api/oidc/revocation"));
}

#[test]
fn options_that_make_no_sense_are_one_error_with_a_hint() {
    let world = World::new(|_, _| None);
    for args in [
        &["--only", "tokens"][..],
        &["--only", "portal", "--skip", "token"],
        &["--as", "kuma3"],
        &["--as", "kuma1", "--audience", "https://a"],
        &["--resolve", "a:b"],
        &["--timeout", "0"],
        &["--timeout", "-1"],
        &["--method", "GE T"],
        &["--outside", "https://other.example.com/"],
        &["--direct"],
        &["--authelia", "http://127.0.0.1:9091"],
        &["--token-url", "https://u:marker@auth.example.com/"],
        &["--secret", "marker"],
        &["--cert", "/nonexistent"],
        &["-4", "-6"],
    ] {
        let output = run(&world, args);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.starts_with("error: ") && said.contains("\nhint: ") && output.stdout.is_empty(), "{args:?}: {said}");
    }
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.yml");
    std::fs::write(&broken, "a: [").unwrap();
    let broken = broken.to_str().unwrap();
    for args in
        [&["--cacert", "/nonexistent"][..], &["--cacert", "/dev/null"], &["--config", "/nonexistent"], &["--config", broken]]
    {
        assert_eq!(run(&world, args).status.code(), Some(3), "{args:?}");
    }
    assert!(world.portal.asked().is_empty() && world.application.asked().is_empty());
}

#[test]
fn a_run_in_which_nothing_can_be_asked_could_not_be_done() {
    let world = World::new(|_, _| None);
    let output = run(&world, &["--only", "authz"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("nothing was proven") && !text(&output.stdout).contains(": up"));
    let output = run(&world, &["--only", "authz", "--format", "nagios"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stdout).starts_with("AUTHKUMA UNKNOWN - nothing is proven of "), "{}", text(&output.stdout));
    let output = run(&world, &["--only", "authz", "--format", "openmetrics"]);
    assert!(text(&output.stdout).lines().any(|line| line.starts_with("authkuma_probe_success") && line.ends_with(" 0")));
}
