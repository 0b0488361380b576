//! `trace`, end to end with the real program.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const EXAMPLE: &str = "examples/forward-auth/configuration.yml";
const PAGE: &str = "https://application.example.com/";

fn trace(args: &[&str], stdin: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_authkuma"))
        .arg("trace")
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its command line does not wait for its input.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(args: &[&str], stdin: &str) -> Value {
    let output = trace(&[args, &["--format", "json"]].concat(), stdin);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// The example with a part of its text replaced.
fn changed(folder: &Path, from: &str, to: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = fs::read_to_string(root.join(EXAMPLE)).unwrap();
    assert!(example.contains(from), "{from}");
    let path = folder.join("configuration.yml");
    fs::write(&path, example.replace(from, to)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_examples_policy_holds_for_both_examples() {
    for example in [EXAMPLE, "examples/auth-request/configuration.yml"] {
        let output = trace(&["-c", example, "--cases", "examples/policy.yml"], "");
        let shown = text(&output);
        assert_eq!(output.status.code(), Some(0), "{example}: {shown}");
        // Whoever reads it from a pipe gets a line for each case.
        let (cases, last) = shown.trim_end().rsplit_once('\n').unwrap();
        assert!(last.contains(" of ") && cases.lines().all(|line| line.starts_with("ok ")), "{shown}");
    }
}

#[test]
fn a_policy_that_fails_names_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let rule = "    - domain: 'application.example.com'\n      policy: 'one_factor'\n      subject: 'oauth2:client:uptime-kuma'\n      resources:\n        - '^/$'\n";
    let path = changed(folder.path(), rule, "");
    let output = trace(&["-c", &path, "--cases", "examples/policy.yml"], "");
    let shown = text(&output);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("FAIL the monitor reaches its page"), "{shown}");
    assert!(shown.contains("expected: status is 200, and not 401"), "{shown}");
    let line = fs::read_to_string(&path).unwrap().lines().position(|line| line.contains("two_factor")).unwrap() + 1;
    assert!(shown.contains(&format!("configuration.yml:{line}:")), "{shown}");
}

#[test]
fn a_mend_is_proven() {
    let folder = tempfile::tempdir().unwrap();
    for (from, to, args) in [
        ("          - 'https://application.example.com/'", "          - 'https://other.example.com/'", &["--url", PAGE][..]),
        ("              - 'Bearer'\n", "", &["--url", PAGE]),
        ("requested_audience_mode: 'implicit'", "requested_audience_mode: 'explicit'", &["--url", PAGE]),
        ("          - 'client_credentials'", "          - 'authorization_code'", &["--url", PAGE]),
        ("subject: 'oauth2:client:uptime-kuma'", "subject: 'group:admins'", &["--url", PAGE]),
        ("- domain: 'example.com'", "- domain: 'example.org'", &["--url", PAGE]),
    ] {
        let path = changed(folder.path(), from, to);
        let document = json(&[&["-c", &path], args].concat(), "");
        let result = &document["results"][0];
        assert_eq!(result["verdict"], "denied", "{to}: {result:#}");
        assert!(!result["mend"]["changes"].as_array().unwrap().is_empty(), "{to}: {result:#}");
    }
}

#[test]
fn a_bad_case_spoils_no_other() {
    let cases = format!(
        "- {{client: ghost}}\n- {{clinet: x}}\n- {{url: 'no url'}}\n- {{url: '{PAGE}', endpoint: elsewhere}}\n- {{url: '{PAGE}'}}\n"
    );
    let document = json(&["-c", EXAMPLE, "--cases", "-"], &cases);
    let results = document["results"].as_array().unwrap();
    let errors: Vec<bool> = results.iter().map(|result| result["error"].is_string()).collect();
    assert_eq!(errors, [true, true, true, false, false], "{document:#}");
    assert_eq!(results[0]["token"]["error"], "invalid_client");
    assert_eq!((results[3]["status"].as_u64(), results[4]["status"].as_u64()), (Some(404), Some(200)));
    for nothing in ["- {clinet: x}", "5", "a: ["] {
        assert_eq!(trace(&["-c", EXAMPLE, "--cases", "-"], nothing).status.code(), Some(2), "{nothing}");
    }
}

#[test]
fn a_misspelt_expectation_does_not_pass() {
    let cases = format!("- {{url: '{PAGE}', expect: {{statsu: 200}}}}\n");
    let output = trace(&["-c", EXAMPLE, "--cases", "-"], &cases);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("statsu is 200, and not null"), "{}", text(&output));
}

#[test]
fn people_are_told_from_the_monitor() {
    for (args, status) in [
        (&["--nobody"][..], 302),
        (&["--user", "john"], 200),
        (&["--user", "john", "--factors", "1"], 302),
        (&["--credential", "foreign"], 302),
        (&["--credential", "unknown-token"], 401),
    ] {
        let document = json(&[&["-c", EXAMPLE, "--url", PAGE], args].concat(), "");
        assert_eq!(document["results"][0]["status"], status, "{args:?}: {document:#}");
    }
}

#[test]
fn a_rule_that_takes_the_request_away_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = changed(folder.path(), "  rules:\n", "  rules:\n    - domain: '*.example.com'\n      policy: 'two_factor'\n");
    let shown = text(&trace(&["-c", &path, "--url", PAGE, "--explain-shadow", "--all-rules"], ""));
    assert!(shown.contains("rule #1 takes the request away from #2, #3"), "{shown}");
    assert!(shown.contains("#1    hit     absent"), "{shown}");
}

#[test]
fn reach_lists_audiences_and_rules_together() {
    let document = json(&["-c", EXAMPLE, "--reach"], "");
    let reached: Vec<(&Value, &Value)> =
        document["reach"].as_array().unwrap().iter().map(|row| (&row["rule"], &row["reached"])).collect();
    assert_eq!(reached, [(&Value::from(1), &Value::from(true))], "{document:#}");
    let folder = tempfile::tempdir().unwrap();
    let audience = "          - 'https://application.example.com/'";
    let path = changed(folder.path(), audience, "          - 'https://Application.example.com:443/'");
    // No monitor sends it so.
    assert_eq!(json(&["-c", &path, "--reach"], "")["reach"][0]["reached"], false);
}

#[test]
fn an_upgrade_that_breaks_a_prefix_is_named_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let path =
        changed(folder.path(), "          - 'https://application.example.com/'", "          - 'https://application.example.com'");
    let output = trace(&["-c", &path, "--upgrade", "4.39.20:4.39.23", "--url", PAGE], "");
    let shown = text(&output);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("mend: allow the audience 'https://application.example.com/'"), "{shown}");
    assert!(shown.ends_with("\nthe question is answered otherwise by Authelia 4.39.23 than by 4.39.20\n"), "{shown}");
    let same = trace(&["-c", EXAMPLE, "--upgrade", "4.39.20:4.39.23", "--url", PAGE], "");
    assert_eq!(text(&same), "the question is answered by Authelia 4.39.23 as by 4.39.20\n");
    let unchanged = trace(&["-c", EXAMPLE, "--upgrade", "4.39.20:4.39.23"], "");
    assert_eq!(unchanged.status.code(), Some(0), "{}", text(&unchanged));
}

#[test]
fn a_url_is_asked_for_as_monitors_send_it() {
    for (url, note) in [
        (PAGE, false),
        ("https://application.example.com", false),
        ("HTTPS://Application.Example.com:443/x/../", true),
        (" https://user:marker@application.example.com/#x ", true),
        ("wss://application.example.com/", true),
    ] {
        let output = trace(&["-c", EXAMPLE, "--url", url, "--audience", PAGE, "--format", "json"], "");
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&document["results"][0]["case"]["url"], &document["results"][0]["status"]), (&PAGE.into(), &200.into()));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(&format!("note: asked for {PAGE}")) == note && !said.contains("marker"), "{url}: {said}");
    }
    let punycode = json(&["-c", EXAMPLE, "--url", "https://bücher.example.com/é"], "");
    assert_eq!(punycode["results"][0]["case"]["url"], "https://xn--bcher-kva.example.com/%C3%A9");
    let none = trace(&["-c", EXAMPLE, "--url", "application.example.com"], "");
    assert!(none.status.code() == Some(2) && String::from_utf8_lossy(&none.stderr).contains("hint: write the whole URL"));
    // A case is what the proxy reports, which may be what nobody sends.
    let case = "- {url: 'https://application.example.com:443/', audience: 'https://application.example.com/'}\n";
    let shown = text(&trace(&["-c", EXAMPLE, "--cases", "-"], case));
    assert!(shown.contains(&format!("mend: ask for '{PAGE}'")), "{shown}");
}

#[test]
fn what_the_server_does_not_read_is_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yml");
    fs::write(&path, "a: [\n").unwrap();
    let output = trace(&["-c", path.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("hint: run 'authkuma lint'"));
}

#[test]
fn of_several_clients_the_url_tells_which_one_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    let example = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(EXAMPLE)).unwrap();
    let (_, client) = example.split_once("    clients:\n").unwrap();
    let path = folder.path().join("configuration.yml");
    let other = client.replace("uptime-kuma", "other").replace("application.example.com", "other.example.com");
    fs::write(&path, format!("{example}{other}")).unwrap();
    let run = |url: &str, words: &[&str]| {
        let config = path.to_str().unwrap();
        let resolved = ["--only", "without-token", "--resolve", "application.example.com:443:127.0.0.1"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_authkuma"));
        command.args(words).args(["-c", config, "--url", url]).env_clear().stdin(Stdio::null());
        if words[0] == "probe" {
            command.args(resolved);
        }
        command.output().unwrap()
    };
    for words in [&["trace"][..], &["trace", "--reach"], &["probe"], &["monitor", "emit"]] {
        let output = run(PAGE, words);
        assert_ne!(output.status.code(), Some(2), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        let output = run("https://third.example.com/", words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        assert!(said.contains("uptime-kuma, other") && said.contains("--client ID"), "{words:?}: {said}");
    }
}
