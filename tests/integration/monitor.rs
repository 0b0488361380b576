//! The Uptime Kuma side against databases and messages of the real 1.23.17 and 2.5.3.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use authkuma::monitor::database::Database;
use authkuma::monitor::emit::Form;
use authkuma::monitor::message::explain;
use authkuma::monitor::{EndpointMethod, Generation, Kind, Monitor, State};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn database(version: &str) -> PathBuf {
    fixture(&format!("fixtures/kuma/kuma-{version}.db"))
}

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_authkuma")).args(args).env_clear().output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn every_recorded_message_has_its_cause() {
    let vectors: Vec<serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(fixture("vectors/kuma-messages.json")).unwrap()).unwrap();
    assert!(vectors.len() > 150);
    let wrong: Vec<String> = vectors
        .iter()
        .filter_map(|vector| {
            let message = vector["message"].as_str().unwrap();
            let found = explain(message).map(|explanation| explanation.entry.id);
            (found != vector["cause"].as_str()).then(|| format!("{}: {message}: {found:?}", vector["case"]))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_monitors_of_2_5_3_are_read() {
    let read = Database::read(&database("2.5.3")).unwrap();
    assert_eq!((read.generation, read.monitors.len(), read.notes.len()), (Generation::Two, 13, 0));
    let monitor = |id| -> &Monitor { read.monitors.iter().find(|monitor| monitor.id == id).unwrap() };
    let grafana = monitor(2).credentials().unwrap();
    assert_eq!(grafana.audience, "https://grafana.example.com");
    assert_eq!(grafana.client_secret.expose(), "insecure_secret");
    assert_eq!(monitor(3).credentials().unwrap().method, Some(EndpointMethod::Post));
    assert_eq!(monitor(7).kind, Kind::JsonQuery);
    assert_eq!((monitor(4).max_redirects, monitor(2).max_redirects), (10, 0));
    assert_eq!(monitor(1).kind, Kind::Group);
    assert!(monitor(9).credentials().is_none());
    assert!(!monitor(2).active && monitor(11).active);
    let newest = monitor(12).heartbeat.as_ref().unwrap();
    assert_eq!((newest.state, newest.time.as_str()), (State::Down, "2026-11-23 08:27:55.392"));
}

#[test]
fn the_monitors_of_1_23_17_are_read() {
    let read = Database::read(&database("1.23.17")).unwrap();
    assert_eq!((read.generation, read.monitors.len()), (Generation::One, 5));
    let grafana = read.monitors[0].credentials().unwrap();
    assert_eq!((grafana.scope.as_str(), grafana.audience.as_str()), ("authelia.bearer.authz", ""));
    assert!(!read.monitors[0].cache_bust);
}

#[test]
fn a_paused_group_pauses_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kuma.db");
    std::fs::copy(database("2.5.3"), &path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute("UPDATE monitor SET active = 1 WHERE id = 2", []).unwrap();
    let read = Database::read(&path).unwrap();
    assert!(!read.monitors.iter().find(|monitor| monitor.id == 2).unwrap().active);
}

#[test]
fn failing_monitors_are_explained() {
    let output = run(&["monitor", "explain", "--db", database("2.5.3").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let answer = text(&output.stdout);
    assert!(answer.starts_with("monitor 12: Lab app - live DOWN (wrong secret)\n"), "{answer}");
    assert!(!answer.contains("monitor 11") && answer.contains("\ncause: Authelia knows no such client"), "{answer}");
    let json = run(&["monitor", "explain", "--db", database("2.5.3").to_str().unwrap(), "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&document["version"], &document["explanations"][0]["id"]), (&1.into(), &"token-client".into()));
    assert_eq!(document["explanations"][0]["monitor"]["id"], 12);
}

#[test]
fn a_message_that_is_not_known_is_answered_with_one() {
    assert_eq!(run(&["monitor", "explain", "something new"]).status.code(), Some(1));
    assert_eq!(run(&["monitor", "explain", ""]).status.code(), Some(0));
    assert_eq!(run(&["monitor", "explain"]).status.code(), Some(2));
    assert_eq!(run(&["monitor", "explain", "-"]).status.code(), Some(2));
}

#[test]
fn a_file_that_is_no_database_is_one_error_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("empty", b"");
    write("text", b"hello");
    let folder_name = folder.path().to_str().unwrap();
    for path in
        [format!("{folder_name}/empty"), format!("{folder_name}/text"), format!("{folder_name}/none"), folder_name.to_owned()]
    {
        let output = run(&["monitor", "explain", "--db", &path]);
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(3), 0), "{said}");
        assert!(said.starts_with("error: ") && said.contains("\nhint: ") && said.matches("error: ").count() == 1, "{said}");
    }
}

const EMIT: [&str; 7] = [
    "monitor",
    "emit",
    "--url",
    "https://app.example.com/health?a='b'",
    "--portal",
    "https://auth.example.com/",
    "--client=kuma",
];

#[test]
fn every_form_is_written_without_the_secret() {
    for form in Form::ALL {
        let output = run(&[&EMIT[..], &["--for", form.name()]].concat());
        assert_eq!(output.status.code(), Some(0), "{form}: {}", text(&output.stderr));
        assert!(text(&output.stdout).contains("app.example.com"), "{form}: {}", text(&output.stdout));
    }
    let ready = ["--inline-secret", "--secret-command", "printf marker-secret"];
    let output = run(&[&EMIT[..], &ready, &["--for", "kuma2-json"]].concat());
    let event: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(event["oauth_client_secret"], "marker-secret");
    assert!(!text(&output.stderr).contains("marker"));
    let forgotten = run(&[&EMIT[..], &ready[1..]].concat());
    assert_eq!((forgotten.status.code(), forgotten.stdout.len()), (Some(2), 0));
    assert_eq!(run(&[&EMIT[..], &["--secret-variable", "A B"]].concat()).status.code(), Some(2));
}

#[test]
fn an_interval_that_the_older_uptime_kuma_refuses_is_refused() {
    for (form, interval, status) in [("kuma1", "19", 2), ("kuma1-json", "19", 2), ("kuma1", "20", 0), ("kuma2", "1", 0)] {
        let output = run(&[&EMIT[..], &["--for", form, "--interval", interval]].concat());
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(status), status == 2), "{form} {interval}: {said}");
        assert_eq!(
            said.contains("refuses an interval below 20 seconds\nhint: ask for a longer --interval"),
            status == 2,
            "{said}"
        );
    }
}

#[test]
fn the_script_hands_the_secret_over_on_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    // Stands in for curl: notes its arguments and its configuration, and answers with a token first.
    let stand_in = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" >>'{}'\ncat >>'{}'\nprintf '{{\"access_token\":\"token-marker\"}}'\n",
        at("arguments"),
        at("configuration")
    );
    std::fs::write(at("curl"), stand_in).unwrap();
    std::fs::set_permissions(at("curl"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::write(at("secret"), "100%+\"\\ marker\nsecond line\n").unwrap();
    for (options, expected) in
        [(&[][..], "user = \"kuma:100%25%2B\\\"\\\\ marker\""), (&["--post"], "client_secret=100%+\\\"\\\\ marker\"")]
    {
        let script = run(&[&EMIT[..], &["--for", "curl", "--secret-path", &at("secret")], options].concat());
        std::fs::write(at("script"), &script.stdout).unwrap();
        let path = format!("{}:/usr/bin:/bin", folder.path().display());
        let ran = Command::new("/bin/sh").arg(at("script")).env_clear().env("PATH", path).output().unwrap();
        assert!(ran.status.success(), "{}", text(&ran.stderr));
        let configuration = std::fs::read_to_string(at("configuration")).unwrap();
        assert!(configuration.contains(expected) && configuration.contains("Bearer token-marker"), "{configuration}");
        let arguments = std::fs::read_to_string(at("arguments")).unwrap();
        assert!(
            !arguments.contains("marker") && arguments.contains("audience=https://app.example.com/health?a=%27b%27"),
            "{arguments}"
        );
    }
}
