//! Many targets in one run: their order, their secrets, what they share, and who is told.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::server::{Reply, Server};
use super::world::{At, SECRET, World};

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_authkuma"))
        .arg("probe")
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder with a file of targets: each has its own path of the application and the common secret.
fn targets(world: &World, paths: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (portal, application) = (world.portal.address, world.application.address);
    let target = |path: &&str| format!("  - name: 'page {path}'\n    url: 'http://{application}{path}'\n");
    let head = format!("defaults:\n  portal: http://{portal}\n  client: uptime-kuma\n  secret_file: kuma.secret\ntargets:\n");
    let file = head + &paths.iter().map(target).collect::<String>();
    fs::write(folder.path().join("targets.yml"), file).unwrap();
    fs::write(folder.path().join("kuma.secret"), SECRET).unwrap();
    folder
}

/// How often the portal was asked for a token.
fn token_requests(world: &World) -> usize {
    world.portal.asked().iter().filter(|asked| asked.path == "/api/oidc/token").count()
}

#[test]
fn results_keep_the_order_of_the_file_and_share_one_token() {
    let world = World::new(|_, _| None);
    let paths: Vec<String> = (0..30).map(|number| format!("/{number}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let folder = targets(&world, &paths);
    let output = run(folder.path(), &["--targets", "targets.yml", "--format", "json", "--skip", "outside-audience"]);
    let document: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    let names: Vec<&str> =
        document["results"].as_array().unwrap().iter().map(|result| result["name"].as_str().unwrap()).collect();
    let expected: Vec<String> = paths.iter().map(|path| format!("page {path}")).collect();
    assert_eq!(names, expected);
    assert_eq!(token_requests(&world), 1);
    assert!(!text(&output.stdout).contains("marker") && !text(&output.stderr).contains("marker"));
}

#[test]
fn a_wrong_secret_is_not_tried_for_every_target() {
    let refused = r#"{"error":"invalid_client"}"#;
    let world = World::new(|at, _| (at == At::Token).then(|| Reply::json(401, refused)));
    let folder = targets(&world, &["/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9", "/10"]);
    let output = run(folder.path(), &["--targets", "targets.yml", "--format", "nagios"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    assert!(text(&output.stdout).starts_with("AUTHKUMA CRITICAL - 10 targets: 0 up, 0 degraded, 10 down | "));
    assert!(token_requests(&world) <= 2, "{} token requests", token_requests(&world));
}

#[test]
fn further_forms_go_to_files_and_a_push_monitor_is_told() {
    let world = World::new(|at, _| (at == At::Application).then(|| Reply::text(403, "403 Forbidden")));
    let kuma = Server::start(|_| Reply::json(200, r#"{"ok":true}"#));
    let folder = targets(&world, &["/"]);
    fs::write(folder.path().join("push"), format!("http://{}/api/push/marker-token?status=up&msg=OK&ping=", kuma.address))
        .unwrap();
    let args =
        ["--targets", "targets.yml", "--push-url-file", "push", "--output", "openmetrics:m.prom", "--output", "junit:j.xml"];
    let output = run(folder.path(), &args);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let metrics = fs::read_to_string(folder.path().join("m.prom")).unwrap();
    assert!(metrics.contains("authkuma_probe_success{target=\"page /\"") && metrics.ends_with("# EOF\n"), "{metrics}");
    assert!(fs::read_to_string(folder.path().join("j.xml")).unwrap().contains("<failure"));
    let told = kuma.asked();
    assert_eq!(told.len(), 1);
    assert!(
        told[0].path.starts_with("/api/push/marker-token?status=down&msg=page+%2F+is+down%2C+application"),
        "{}",
        told[0].path
    );
    assert!(!text(&output.stdout).contains("marker") && !text(&output.stderr).contains("marker"));
}

#[test]
fn a_push_that_is_not_taken_is_a_failure_that_does_not_show_its_url() {
    let world = World::new(|_, _| None);
    // A wrong path answers with the dashboard.
    let kuma = Server::start(|_| Reply::html(200, "<!DOCTYPE html><title>Uptime Kuma</title>"));
    let folder = targets(&world, &["/"]);
    fs::write(folder.path().join("push"), format!("http://{}/marker-token", kuma.address)).unwrap();
    let output = run(folder.path(), &["--targets", "targets.yml", "--push-url-file", "push"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("error: Uptime Kuma did not take the push: status 200") && !said.contains("marker"), "{said}");
}

#[test]
fn a_push_url_is_never_shown_whatever_is_wrong_with_it() {
    let world = World::new(|_, _| None);
    let folder = targets(&world, &["/"]);
    let echo = Server::start(|asked| {
        let url = format!("http://127.0.0.1/marker-token{}", asked.path);
        Reply::redirect(302, &url).with("server", &url).with("www-authenticate", &format!("marker-token realm=\"{url}\""))
    });
    for (url, hint) in [
        ("no URL marker-token".to_owned(), "push must hold"),
        ("marker-token://x/".to_owned(), "push must hold"),
        ("http://127.0.0.1:99999/marker-token".to_owned(), "push must hold"),
        ("http://marker-token.invalid/marker-token".to_owned(), "--insecure-http"),
        ("https://marker-token.invalid/marker-token".to_owned(), "push must hold"),
        (format!("http://marker-token:marker-token@{}/marker-token", echo.address), "push must hold"),
        ("http://127.0.0.1:1/marker-token\nmarker-token\n".to_owned(), "one line"),
        ("http://127.0.0.1:1/marker-token\u{1b}[2J".to_owned(), "push must hold"),
    ] {
        fs::write(folder.path().join("push"), &url).unwrap();
        for form in ["plain", "json", "nagios"] {
            let output = run(folder.path(), &["--targets", "targets.yml", "--push-url-file", "push", "--format", form]);
            let said = text(&output.stderr) + &text(&output.stdout);
            assert!(!output.status.success() && said.contains(hint), "{url}: {said}");
            assert!(!said.contains("marker") && !said.contains('\u{1b}'), "{said}");
        }
    }
}

#[test]
fn a_push_that_is_not_taken_ends_no_watch_and_is_a_plugins_one_line() {
    let world = World::new(|_, _| None);
    let kuma = Server::start(|_| Reply::html(200, "<!DOCTYPE html><title>Uptime Kuma</title>"));
    let folder = targets(&world, &["/"]);
    fs::write(folder.path().join("push"), format!("http://{}/marker-token", kuma.address)).unwrap();
    let args = ["--targets", "targets.yml", "--push-url-file", "push"];
    let warning = "warning: Uptime Kuma did not take the push";

    let plugin = run(folder.path(), &[&args[..], &["--format", "nagios"]].concat());
    let (answer, said) = (text(&plugin.stdout), text(&plugin.stderr));
    assert_eq!(plugin.status.code(), Some(3), "{answer}{said}");
    assert!(
        answer.starts_with("AUTHKUMA UNKNOWN - Uptime Kuma did not take the push") && answer.lines().count() == 1,
        "{answer}"
    );

    let mut watch = Command::new(env!("CARGO_BIN_EXE_authkuma"))
        .arg("probe")
        .args(args)
        .args(["--watch", "10m"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(watch.stderr.take().unwrap()).lines();
    assert!(said.any(|line| line.unwrap().contains(warning)));
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(watch.try_wait().unwrap().is_none(), "it waits for the next time");
    watch.kill().unwrap();
    watch.wait().unwrap();
}

#[test]
fn every_audience_of_a_client_and_every_monitor_of_a_database_is_a_target() {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/kuma/kuma-2.5.3.db");
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/forward-auth/configuration.yml");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("kuma.secret"), SECRET).unwrap();
    // Nothing is asked: only steps that need a network name that does not resolve.
    let nothing = ["--only", "discovery", "--timeout", "0.2", "--resolve", "auth.example.com:443:127.0.0.1:9"];
    let all = run(
        folder.path(),
        &[&["-c", example, "--all", "--secret-file", "kuma.secret", "--format", "json"], &nothing[..]].concat(),
    );
    let document: serde_json::Value = serde_json::from_slice(&all.stdout).unwrap_or_else(|_| panic!("{}", text(&all.stderr)));
    assert_eq!(document["results"][0]["url"], "https://application.example.com/");
    let db = run(folder.path(), &[&["--db", fixtures, "--format", "json"], &nothing[..]].concat());
    let document: serde_json::Value = serde_json::from_slice(&db.stdout).unwrap_or_else(|_| panic!("{}", text(&db.stderr)));
    let results = document["results"].as_array().unwrap();
    let names: Vec<&str> = results.iter().map(|result| result["name"].as_str().unwrap()).collect();
    let active =
        ["Lab app - live UP", "Lab app - live DOWN (wrong secret)", "Lab app - live false UP (follows 302 to login page)"];
    assert_eq!(names, active);
}

#[test]
fn no_output_is_written_over_a_file_of_secrets() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret"), SECRET).unwrap();
    let target = ["https://app.example.com/", "--portal", "https://auth.example.com", "--client", "k", "--output", "json:secret"];
    fs::write(folder.path().join("targets.yml"), "targets: [{url: 'https://a.example.com/', secret_file: 'secret'}]").unwrap();
    let fleet =
        ["--targets", "targets.yml", "--portal", "https://auth.example.com", "--client", "k", "--output", "json:./secret"];
    for (options, more, variable) in [
        (&target[..], &["--push-url-file", "secret"][..], None),
        (&target, &["--secret-command", "false", "--key", "secret", "--cert", "none"], None),
        (&target, &[], Some("AUTHKUMA_CLIENT_SECRET_FILE")),
        (&fleet, &[], None),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_authkuma"));
        command.arg("probe").args(options).args(more).current_dir(folder.path()).env_clear().stdin(Stdio::null());
        command.envs(variable.map(|name| (name, "secret")));
        let output = command.output().unwrap();
        assert!(output.status.code() == Some(2) && text(&output.stderr).contains("would be written over"), "{output:?}");
        assert_eq!(fs::read_to_string(folder.path().join("secret")).unwrap(), SECRET);
    }
}

#[test]
fn a_monitor_that_cannot_be_asked_is_not_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(|_, _| None);
    let database = folder.path().join("kuma.db");
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/kuma/kuma-2.5.3.db");
    fs::copy(fixture, &database).unwrap();
    let connection = rusqlite::Connection::open(&database).unwrap();
    let sql = format!(
        "PRAGMA foreign_keys = OFF; DELETE FROM monitor WHERE id NOT IN (11, 12, 13);
         UPDATE monitor SET url = 'http://{0}/', oauth_token_url = 'http://{0}/api/oidc/token', oauth_client_secret = '{SECRET}';
         UPDATE monitor SET url = 'https://user:marker@app.example.com/' WHERE id = 12;",
        world.portal.address
    );
    connection.execute_batch(&sql).unwrap();
    drop(connection);
    let probe =
        |more: &[&str]| run(folder.path(), &[&["--db", "kuma.db", "--only", "discovery", "--insecure-http"], more].concat());
    let output = probe(&["--format", "json"]);
    let document: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    let row = &document["results"][1];
    assert_eq!(output.status.code(), Some(1), "{document:#}");
    assert_eq!((&row["verdict"], &row["steps"][0]["cause_id"]), (&"down".into(), &"unaskable-target".into()));
    assert_eq!(document["results"].as_array().unwrap().len(), 3);
    assert!(!text(&output.stdout).contains("marker") && !text(&output.stderr).contains("marker"));
    assert!(text(&probe(&["--format", "openmetrics"]).stdout).contains("url=\"https://user:***@app.example.com/\"} 0\n"));
}

#[test]
fn a_secret_that_cannot_be_read_is_its_own_targets_failure() {
    let world = World::new(|_, _| None);
    let folder = targets(&world, &["/1", "/2", "/3"]);
    let file = folder.path().join("targets.yml");
    let own = fs::read_to_string(&file).unwrap().replace("'page /2'\n", "'page /2'\n    secret_file: own.secret\n");
    fs::write(&file, own).unwrap();
    let results = || {
        let output =
            run(folder.path(), &["--targets", "targets.yml", "--format", "json", "--skip", "introspection,outside-audience"]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        document["results"].as_array().unwrap().clone()
    };
    let verdicts = |results: &[serde_json::Value]| -> Vec<String> {
        results.iter().map(|result| result["verdict"].as_str().unwrap().to_owned()).collect()
    };
    let without_own = results();
    assert_eq!(verdicts(&without_own), ["up", "down", "up"], "{without_own:#?}");
    let step = |name: &str| without_own[1]["steps"].as_array().unwrap().iter().find(|step| step["step"] == name).unwrap();
    assert_eq!(step("token")["cause_id"], "secret-unread");
    assert!(step("token")["cause"].as_str().unwrap().contains("cannot read the secret from own.secret"), "{}", step("token"));
    assert_eq!(step("application")["outcome"], "skip");
    assert_eq!(step("without-token")["outcome"], "pass", "what needs no secret is asked");
    assert_eq!(token_requests(&world), 1);
    fs::rename(folder.path().join("kuma.secret"), folder.path().join("own.secret")).unwrap();
    assert_eq!(verdicts(&results()), ["down", "up", "down"]);
}

#[test]
fn a_bad_file_of_targets_is_one_error_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    for (file, place) in [
        ("targets: []", "names no target"),
        ("targets: [{url: 'https://a/', secret: 'marker'}]", "targets[0]"),
        ("targets:\n  - url: 'not a url'\n", "targets[0]: url does not read"),
        ("a: [", "does not read"),
        ("[]", ""),
    ] {
        fs::write(folder.path().join("targets.yml"), file).unwrap();
        let output = run(folder.path(), &["--targets", "targets.yml"]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{file}: {said}");
        assert!(said.starts_with("error: ") && said.contains(place) && said.contains("\nhint: "), "{file}: {said}");
        assert!(!said.contains("marker"), "{said}");
    }
    let nagios = run(folder.path(), &["--targets", "missing.yml", "--format", "nagios"]);
    assert_eq!(nagios.status.code(), Some(3));
    assert!(text(&nagios.stdout).starts_with("AUTHKUMA UNKNOWN - cannot read missing.yml"), "{}", text(&nagios.stdout));
}
