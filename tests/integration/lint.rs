//! `lint` end to end with the real program.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Every line carries a comment, and every style of quotes and lists stands somewhere.
const COMMENTED: &str = include_str!("../fixtures/lint/commented.yml");

fn lint(folder: &Path, args: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_authkuma"))
        .arg("lint")
        .args(args)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its command line does not wait for its input.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Rule, file and line of every finding.
fn findings(folder: &Path, args: &[&str], stdin: &[u8]) -> Vec<(String, String, u64)> {
    let output = lint(folder, &[&["--format", "json"], args].concat(), stdin);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let findings = document["findings"].as_array().unwrap().iter();
    findings.map(|found| (word(&found["rule"]), word(&found["file"]), found["start"]["line"].as_u64().unwrap())).collect()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The lines that differ, when nothing else does.
fn changed_lines(before: &str, after: &str) -> Vec<usize> {
    assert_eq!(before.lines().count(), after.lines().count(), "{after}");
    (1..).zip(before.lines().zip(after.lines())).filter(|(_, (old, new))| old != new).map(|(line, _)| line).collect()
}

#[test]
fn mending_changes_only_the_lines_it_names() {
    for line_break in ["\n", "\r\n"] {
        let text_before = COMMENTED.replace('\n', line_break);
        let folder = folder(&[("configuration.yml", &text_before)]);
        let path = folder.path().join("configuration.yml");
        let found = findings(folder.path(), &["configuration.yml"], b"");
        let shown = lint(folder.path(), &["--diff", "configuration.yml"], b"");
        assert_eq!(fs::read_to_string(&path).unwrap(), text_before);
        assert!(text(&shown.stdout).starts_with("--- configuration.yml\n+++ configuration.yml\n@@ "), "{}", text(&shown.stdout));
        let output = lint(folder.path(), &["--fix", "configuration.yml"], b"");
        let after = fs::read_to_string(&path).unwrap();
        let talk = text(&output.stderr);
        let named: Vec<usize> = talk
            .lines()
            .filter_map(|line| line.strip_prefix("mended configuration.yml:")?.split(':').next()?.parse().ok())
            .collect();
        assert!(named.len() >= 5, "{talk}");
        let mut lines = named.clone();
        lines.dedup();
        assert_eq!(changed_lines(&text_before, &after), lines, "{talk}");
        let comments = |text: &str| text.lines().map(|line| line.split('#').nth(1).unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(comments(&text_before), comments(&after));
        assert_eq!(findings(folder.path(), &["configuration.yml"], b"").len() + named.len(), found.len());
        assert_eq!(text(&lint(folder.path(), &["--diff", "configuration.yml"], b"").stderr), "nothing to mend\n");
    }
}

#[test]
fn a_diff_writes_nothing_even_beside_a_fix() {
    let text = "access_control:\n  default_policy: 'DENY'\n";
    let folder = folder(&[("a.yml", text)]);
    for args in [["--fix", "--diff", "a.yml"], ["--diff", "--fix", "-"]] {
        let shown = lint(folder.path(), &args, text.as_bytes());
        assert_eq!((shown.status.code(), self::text(&shown.stderr)), (Some(1), String::new()));
        assert!(self::text(&shown.stdout).contains("\n+  default_policy: 'deny'\n"));
    }
    assert_eq!(fs::read_to_string(folder.path().join("a.yml")).unwrap(), text);
}

#[test]
fn mending_keeps_mode_and_link() {
    let folder = folder(&[("real.yml", COMMENTED)]);
    let (real, link) = (folder.path().join("real.yml"), folder.path().join("link.yml"));
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.yml", &link).unwrap();
    lint(folder.path(), &["--fix", "link.yml"], b"");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_ne!(fs::read_to_string(&real).unwrap(), COMMENTED);
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn what_cannot_be_mended_stays_and_so_do_its_neighbours() {
    let text = "access_control:\n  default_policy: 'DENY'\n";
    let client = "identity_providers:\n  oidc:\n    clients:\n      - client_id: 'a'\n        public: yes\n";
    let folder = folder(&[("conf/1.yml", text), ("conf/2.yml", client)]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let second = folder.path().join("conf/2.yml");
    fs::set_permissions(&second, fs::Permissions::from_mode(0o444)).unwrap();
    let failed = lint(folder.path(), &["--fix", "conf"], b"");
    let said = self::text(&failed.stderr);
    assert_eq!((failed.status.code(), said.lines().next()), (Some(3), Some("error: conf/2.yml is read-only")), "{said}");
    assert_eq!((read("conf/1.yml"), read("conf/2.yml")), (text.to_owned(), client.to_owned()));
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let failed = lint(folder.path(), &["--fix", "pipe"], b"");
    assert_eq!((failed.status.code(), self::text(&failed.stderr).contains("no regular file")), (Some(2), true));
    fs::set_permissions(&second, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(self::text(&lint(folder.path(), &["--fix", "conf"], b"").stderr).matches("mended conf/").count(), 2);
    assert_eq!((read("conf/1.yml"), read("conf/2.yml")), (text.replace("DENY", "deny"), client.replace("yes", "true")));
    assert_eq!(fs::read_dir(folder.path().join("conf")).unwrap().count(), 2);
}

#[test]
fn forty_files_are_mended_in_one_run() {
    let endpoint = |at: usize| {
        let text =
            format!("\u{feff}server:\n  endpoints:\n    authz:\n      e{at}:\n        implementation: 'forwardauth' # {at}\n");
        text.replace('\n', "\r\n")
    };
    let texts: Vec<(String, String)> = (10..50).map(|at| (format!("{at}.yml"), endpoint(at))).collect();
    let mut files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    files.push(("50.yml", "access_control:\n  default_policy: 'DENY'\n---\nsecond: 'document'\n"));
    let folder = folder(&files);
    lint(folder.path(), &["--fix", "."], b"");
    for (name, text) in &texts {
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), text.replace("forwardauth", "ForwardAuth"), "{name}");
    }
    let last = fs::read_to_string(folder.path().join("50.yml")).unwrap();
    assert_eq!(last, "access_control:\n  default_policy: 'deny'\n---\nsecond: 'document'\n");
}

#[test]
fn standard_input_is_linted_and_not_mended() {
    let folder = folder(&[]);
    let found = findings(folder.path(), &["-"], b"access_control:\n  default_policy: 'nope'\n");
    assert_eq!(found, [("unknown-policy".to_owned(), "-".to_owned(), 2)]);
    let refused = lint(folder.path(), &["--fix", "-"], b"");
    assert_eq!((refused.status.code(), text(&refused.stderr).contains("--diff")), (Some(2), true));
    let shown = lint(folder.path(), &["--diff", "-"], b"access_control:\n  default_policy: 'DENY'\n");
    assert_eq!(shown.status.code(), Some(1));
    assert!(text(&shown.stdout).contains("-  default_policy: 'DENY'\n+  default_policy: 'deny'\n"), "{}", text(&shown.stdout));
}

#[test]
fn several_files_are_one_configuration() {
    let folder = folder(&[
        (
            "conf/10-access.yml",
            "access_control:\n  default_policy: 'nope'\n  rules: [{domain: 'a.example.com', policy: 'deny'}]\n",
        ),
        (
            "conf/20-more.yaml",
            "access_control:\n  default_policy: 'deny'\n  rules:\n    - domain: 'b.example.com'\n      policy: 'what'\n",
        ),
        ("conf/ignored.txt", "what: 'ever'\n"),
    ]);
    let expected = [("replaced-list", "conf/10-access.yml", 3), ("unknown-policy", "conf/20-more.yaml", 5)];
    let expected = expected.map(|(rule, file, line)| (rule.to_owned(), file.to_owned(), line));
    assert_eq!(findings(folder.path(), &["--fragment", "conf"], b""), expected);
    assert_eq!(findings(folder.path(), &["--fragment", "conf/10-access.yml", "conf/20-more.yaml"], b""), expected);
}

#[test]
fn what_the_server_would_expand_is_not_judged() {
    let folder = folder(&[]);
    for template in
        ["access_control:\n  default_policy: {{ env \"P\" }}\n", "# note\naccess_control:\n  default_policy: '${POLICY}'\n"]
    {
        let output = lint(folder.path(), &["--format", "github", "-"], template.as_bytes());
        let said = text(&output.stdout);
        assert_eq!((output.status.code(), said.lines().count()), (Some(0), 1), "{said}");
        assert!(said.starts_with("::notice file=-,") && said.contains("config template"), "{said}");
    }
}

#[test]
fn the_project_file_is_found_upwards_and_outdone_by_the_command_line() {
    let policy = "access_control:\n  default_policy: 'nope'\nunknown: 1\n";
    let project = "[lint]\nignore = ['unknown-key']\n[lint.per-file]\n'sub/legacy' = ['unknown-policy']\n";
    let folder = folder(&[("authkuma.toml", project), ("sub/a.yml", policy), ("sub/legacy/b.yml", policy)]);
    let sub = folder.path().join("sub");
    let rules = |args: &[&str]| findings(&sub, args, b"").into_iter().map(|(rule, ..)| rule).collect::<Vec<_>>();
    assert_eq!(rules(&["a.yml"]), ["unknown-policy"]);
    assert_eq!(rules(&["legacy/b.yml"]), Vec::<String>::new());
    assert_eq!(rules(&["--ignore", "unknown-policy", "a.yml"]), Vec::<String>::new());
    fs::write(sub.join("other.toml"), "[lint]\nselect = ['unknown-key']\n").unwrap();
    assert_eq!(rules(&["--project", "other.toml", "a.yml"]), ["unknown-key"]);
    assert_eq!(rules(&["--project", "other.toml", "--select", "unknown-policy", "a.yml"]), ["unknown-policy"]);
    fs::write(sub.join("other.toml"), "[lint]\nselekt = []\n").unwrap();
    let failed = lint(&sub, &["--project", "other.toml", "a.yml"], b"");
    assert_eq!(failed.status.code(), Some(3));
    assert_eq!(text(&failed.stderr), "error: other.toml:2:1: there is no option 'selekt' here\nhint: did you mean 'select'?\n");
}

#[test]
fn errors_and_warnings_decide_the_status_and_notes_only_when_denied() {
    let folder = folder(&[]);
    let status = |args: &[&str], stdin: &str| lint(folder.path(), args, stdin.as_bytes()).status.code();
    let (note, warning) = ("a: {{ x }}\n", "access_control:\n  default_policy: 'deny' # authkuma: ignore[unknown-policy] no\n");
    assert_eq!(status(&["-"], note), Some(0));
    assert_eq!(status(&["--deny", "notes", "-"], note), Some(1));
    assert_eq!(status(&["-"], warning), Some(1));
    assert_eq!(status(&["--min-severity", "error", "-"], warning), Some(0));
    assert_eq!(status(&["--exit-zero", "-"], "access_control: {default_policy: 'x'}\n"), Some(0));
    let denied = lint(folder.path(), &["--deny", "warnings", "--format", "github", "-"], warning.as_bytes());
    assert!(text(&denied.stdout).starts_with("::error "), "{}", text(&denied.stdout));
}

#[test]
fn one_run_writes_several_forms() {
    let folder = folder(&[("a.yml", "access_control:\n  default_policy: 'nope'\n")]);
    let outputs = ["--output", "sarif:a.sarif", "--output", "junit:a.xml", "--output", "json:a.json", "a.yml"];
    let output = lint(folder.path(), &outputs, b"");
    assert!(text(&output.stdout).contains("error[unknown-policy]"));
    for (name, part) in [("a.sarif", "\"version\": \"2.1.0\""), ("a.xml", "<testsuites"), ("a.json", "\"findings\"")] {
        assert!(fs::read_to_string(folder.path().join(name)).unwrap().contains(part), "{name}");
    }
    let failed = lint(folder.path(), &["--output", "sarif:no/such/a.sarif", "a.yml"], b"");
    assert_eq!(failed.status.code(), Some(3));
}

#[test]
fn no_output_is_written_over_what_is_read() {
    let text = "access_control:\n  default_policy: 'nope'\n";
    let folder = folder(&[("a.yml", text), ("authkuma.toml", "")]);
    let a = folder.path().join("a.yml");
    for args in [
        &["lint", "--output", "json:a.yml", "a.yml"][..],
        // The project file that is found.
        &["lint", "--output", "json:authkuma.toml", "a.yml"],
        &["lint", "--fix", "--output", "json:./a.yml", "."],
        &["probe", "--url", "https://a.example.com/", "--secret-file", "a.yml", "--output", "json:a.yml"],
        &["generate", "client", "--url", "https://a.example.com/", "-c", "a.yml", "--write", "--secret-out", "a.yml", "--force"],
    ] {
        let output =
            Command::new(env!("CARGO_BIN_EXE_authkuma")).args(args).current_dir(folder.path()).env_clear().output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("is read, and would be written over"), "{output:?}");
        assert_eq!(fs::read_to_string(&a).unwrap(), text, "{args:?}");
        assert_eq!(fs::read_to_string(folder.path().join("authkuma.toml")).unwrap(), "", "{args:?}");
    }
}

#[test]
fn a_key_of_the_second_file_alone_is_removed_there() {
    let first = "identity_providers:\n  oidc:\n    hmac_secret: 'x'\n";
    let second = "identity_providers:\n  oidc:\n    # loud\n    enable_client_debug_messages: true\n    lifespans:\n      id_token: '1h'\n";
    let folder = folder(&[("a.yml", first), ("b.yml", second)]);
    let output = lint(folder.path(), &["--fix", "--unsafe-fixes", "--select", "client-debug-messages", "a.yml", "b.yml"], b"");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(fs::read_to_string(folder.path().join("a.yml")).unwrap(), first);
    let mended = second.replace("    enable_client_debug_messages: true\n", "");
    assert_eq!(fs::read_to_string(folder.path().join("b.yml")).unwrap(), mended);
}

#[test]
fn a_file_that_is_given_twice_is_not_mended() {
    let before = "identity_providers:\n  oidc:\n    clients:\n      - id: 'a'\n        client_name: 'b'\n";
    let folder = folder(&[("a.yml", before)]);
    symlink("a.yml", folder.path().join("link.yml")).unwrap();
    for args in
        [["--fix", "a.yml", "a.yml"], ["--fix", "a.yml", "link.yml"], ["--fix", "a.yml", "."], ["--diff", "./a.yml", "a.yml"]]
    {
        let output = lint(folder.path(), &args, b"");
        assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
        assert!(text(&output.stderr).contains("is given twice"), "{args:?}: {output:?}");
        assert_eq!(fs::read_to_string(folder.path().join("a.yml")).unwrap(), before, "{args:?}");
    }
    assert_eq!(lint(folder.path(), &["--fragment", "a.yml", "a.yml"], b"").status.code(), Some(1));
}

#[test]
fn a_rule_of_monitor_check_is_told_from_an_unknown_one() {
    let folder = folder(&[("a.yml", "log: {}\n")]);
    let said = |id: &str| text(&lint(folder.path(), &["--select", id, "a.yml"], b"").stderr);
    let rule = authkuma::monitor::check::rules::all().next().unwrap().id;
    assert!(said(rule).contains("belongs to 'authkuma monitor check'"), "{}", said(rule));
    assert!(said("unknown-kee").contains("did you mean 'unknown-key'?"), "{}", said("unknown-kee"));
}

#[test]
fn one_client_can_be_asked_about() {
    let clients = "identity_providers:\n  oidc:\n    clients:\n      - client_id: 'one'\n        scopes: ['emial']\n      - client_id: 'two'\n        scopes: ['emial']\n";
    let folder = folder(&[("a.yml", clients)]);
    let lines = |args: &[&str]| findings(folder.path(), args, b"").into_iter().map(|(.., line)| line).collect::<Vec<_>>();
    let select = ["--select", "unknown-scope", "a.yml"];
    assert_eq!(lines(&select), [5, 7]);
    assert_eq!(lines(&[&["--client", "two"], &select[..]].concat()), [7]);
    let failed = lint(folder.path(), &["--client", "tow", "a.yml"], b"");
    assert_eq!((failed.status.code(), text(&failed.stderr).contains("did you mean 'two'?")), (Some(2), true));
}

#[test]
fn bytes_that_are_no_text_are_one_failure_with_a_place() {
    let folder = folder(&[]);
    for (bytes, place) in [
        (&b"a: 1\nb: \xff\n"[..], "standard input:2:4: the text is not UTF-8"),
        (b"\xff\xfea\0:\0", "standard input:1:1: the text is UTF-16"),
        (b"a: \xc3", "standard input:1:4: the text is not UTF-8"),
    ] {
        let output = lint(folder.path(), &["-"], bytes);
        assert_eq!(output.status.code(), Some(3));
        assert!(text(&output.stderr).contains(place) && output.stdout.is_empty(), "{}", text(&output.stderr));
    }
    let nul = findings(folder.path(), &["-"], b"a: 1\nb: x\0y\n");
    assert_eq!(nul, [("syntax-error".to_owned(), "-".to_owned(), 2)]);
}
