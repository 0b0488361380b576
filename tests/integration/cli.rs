//! The command line, end to end with the real program.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_authkuma");
const MARKER: &str = "marker-of-the-secret";
const GUIDE: &str = "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng";

pub(super) fn run(args: &[&str], stdin: &str) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(args)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its command line does not wait for its input.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

pub(super) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(super) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn ids_are_unreserved_distinct_and_as_long_as_asked() {
    let output = run(&["generate", "id", "--count", "1000", "--length", "40"], "");
    let text = stdout(&output);
    let ids: std::collections::HashSet<&str> = text.lines().collect();
    assert_eq!(ids.len(), 1000);
    let unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    assert!(ids.iter().all(|id| id.len() == 40 && id.chars().all(unreserved)));
    assert_eq!(stderr(&output), "entropy: 242 bits\n");
    assert_eq!(stdout(&run(&["generate", "id"], "")).trim_end().len(), 64);
    assert_eq!(run(&["generate", "id", "--length", "101"], "").status.code(), Some(2));
}

#[test]
fn a_secret_comes_with_a_digest_that_verifies() {
    let output = run(&["generate", "secret"], "");
    let text = stdout(&output);
    let secret = text.lines().find_map(|line| line.strip_prefix("secret: ")).unwrap();
    let digest = text.lines().find_map(|line| line.strip_prefix("digest: ")).unwrap();
    assert_eq!(secret.len(), 72);
    assert_eq!(run(&["verify", digest], secret).status.code(), Some(0));
    assert_eq!(run(&["verify", digest], "another").status.code(), Some(1));
}

#[test]
fn secret_out_makes_a_private_file_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    let name = path.to_str().unwrap();
    let made = run(&["generate", "secret", "--secret-out", name], "");
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let secret = fs::read_to_string(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!stdout(&made).contains(secret.trim()) && !stderr(&made).contains(secret.trim()));
    assert_eq!(run(&["verify", "--secret-file", name, stdout(&made).trim()], "").status.code(), Some(0));
    let again = run(&["generate", "secret", "--secret-out", name], "");
    assert_eq!(again.status.code(), Some(3));
    assert!(stderr(&again).contains("--force"));
    assert_eq!(fs::read_to_string(&path).unwrap(), secret);
    assert_eq!(run(&["generate", "secret", "--secret-out", name, "--force"], "").status.code(), Some(0));
    assert_ne!(fs::read_to_string(&path).unwrap(), secret);
}

#[test]
fn a_secret_that_cannot_be_written_leaves_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    fs::write(&path, "old\n").unwrap();
    // No file may grow, as on a full disk.
    let script = format!("trap '' XFSZ; ulimit -f 0; exec '{PROGRAM}' generate secret --force --secret-out '{}'", path.display());
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&path).unwrap(), "old\n");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn a_secret_that_cannot_be_shown_leaves_no_digest_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("configuration.yml");
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/forward-auth/configuration.yml")).unwrap();
    fs::write(&path, &text).unwrap();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(PROGRAM)
        .args(["generate", "client", "--url", "https://other.example.com/", "--write", "--config"])
        .arg(&path)
        .stdin(Stdio::null())
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn lint_shows_no_secret_wherever_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("configuration.yml");
    let text = "x: &s marker\nidentity_providers:\n  oidc:\n    hmac_secret: *s\n    clients:\n      - client_id: 'a b'\n        client_secret: *s\n\
                \x20     - client_id: c\n        ? client_secret\n        : marker\n      - client_id: f\n        client_secrt: marker\n\
                \x20     - {client_id: 'd e', client_secret:\n        marker}\n      - client_id: g h\n        client_secret:\n        - marker\n";
    fs::write(&path, text).unwrap();
    for form in ["plain", "json", "sarif", "github", "junit"] {
        let output = run(&["lint", "--format", form, path.to_str().unwrap()], "");
        assert_eq!(output.status.code(), Some(1), "{form}: {}", stderr(&output));
        assert!(!stdout(&output).contains("marker"), "{form}: {}", stdout(&output));
    }
    let diff = run(&["lint", "--diff", "--unsafe-fixes", path.to_str().unwrap()], "");
    assert!(!stdout(&diff).contains("marker"), "{}", stdout(&diff));
}

#[test]
fn lint_shows_no_secret_that_is_written_where_none_belongs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("configuration.yml");
    let client = |value: &str| format!("identity_providers: {{oidc: {{clients: [{{client_id: a, client_secret: {value}}}]}}}}\n");
    for text in [
        // In braces it reads as a key.
        "session: {secret: {marker}}\n".to_owned(),
        "session: {secret: {marker, marker}}\n".to_owned(),
        "session: {secret: [{marker}], sceret: {marker}, cookies: [{secret: {marker}}]}\n".to_owned(),
        "authentication_backend: {file: {password: {marker}}}\n".to_owned(),
        client("{marker}"),
        // A digest has other things there.
        client("$pbkdf2-sha512$marker$marker$marker"),
        client("$argon2id$v=19$m=marker,t=3,p=4$marker$marker"),
        client("'$argon2id$v=19$marker=1$marker$marker'"),
        client("'$argon2id$v=19$marker$marker$marker'"),
        client("$2b$marker$marker"),
        client("$scrypt$ln=marker$marker$marker"),
        client("$marker$x$y$z"),
        // The server knows no such option.
        "session:\n  pass: marker\n  passwd: marker\n  db_pwd: marker\n  token: marker\n  api-key: marker\n  hmac: marker\n"
            .to_owned(),
        "private_key: |\n  marker\ncredentials:\n  a: marker\n  b: [marker]\n".to_owned(),
        // A comment tells it.
        "session:\n  cookies:\n    - domain: 'x' # password marker\n".to_owned(),
        "log:\n  # The password of the database:\n  # marker\n  levle: 'info'\n".to_owned(),
        // An alias means it, and the text is broken.
        "log: [&s marker\nsession:\n  secret: *s\nntp: {\n".to_owned(),
        "log: &s marker\nsession:\n  secret: *s\nlog: &t marker\n".to_owned(),
    ] {
        fs::write(&path, &text).unwrap();
        for form in ["plain", "json", "sarif", "github", "junit"] {
            let output = run(&["lint", "--format", form, path.to_str().unwrap()], "");
            let said = stdout(&output) + &stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{text}{form}: {said}");
            assert!(!said.contains("marker"), "{text}{form}: {said}");
        }
        let diff = run(&["lint", "--diff", "--unsafe-fixes", path.to_str().unwrap()], "");
        let verify = run(&["verify", "--config", path.to_str().unwrap(), "--client", "a"], "other\n");
        for output in [diff, verify] {
            let said = stdout(&output) + &stderr(&output);
            assert!(!said.contains("marker"), "{text}: {said}");
        }
    }
}

#[test]
fn hash_reads_a_pipe_a_file_and_a_command() {
    for (args, stdin) in [
        (vec!["hash", "--iterations", "100000"], "s3cret\n"),
        (vec!["hash", "--iterations", "100000", "--secret-file", "-"], "s3cret"),
        (vec!["hash", "--iterations", "100000", "--secret-command", "printf s3cret"], ""),
    ] {
        let output = run(&args, stdin);
        let digest = stdout(&output);
        assert!(digest.starts_with("$pbkdf2-sha512$100000$"), "{args:?}: {}", stderr(&output));
        assert_eq!(run(&["verify", digest.trim()], "s3cret").status.code(), Some(0));
    }
}

#[test]
fn the_guides_digest_verifies() {
    assert_eq!(run(&["verify", GUIDE], "insecure_secret").status.code(), Some(0));
    assert_eq!(run(&["verify", GUIDE], "insecure_secret2").status.code(), Some(1));
    assert_eq!(run(&["verify", "no digest"], "x").status.code(), Some(2));
}

#[test]
fn a_secret_on_the_command_line_is_refused_and_not_repeated() {
    for args in [
        vec!["hash", MARKER],
        vec!["hash", "--secret", MARKER],
        vec!["hash", "--password=marker-of-the-secret"],
        vec!["hash", "--client-secret", MARKER],
        vec!["verify", GUIDE, MARKER],
    ] {
        let output = run(&args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!stderr(&output).contains(MARKER) && output.stdout.is_empty(), "{args:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("hint: use --secret-file"), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn a_failure_never_shows_the_secret() {
    for args in [
        vec!["verify", GUIDE],
        vec!["verify", "$pbkdf2-sha512$99999999999$YWFh$YWFh"],
        vec!["verify", "x"],
        vec!["hash", "--iterations", "5"],
        vec!["hash", "--secret-file", "/nonexistent/file"],
    ] {
        let output = run(&args, "marker-of-the-secret\nsecond line\n");
        let said = stdout(&output) + &stderr(&output);
        assert!(output.status.code() != Some(0) && !said.contains("marker"), "{args:?}: {said}");
    }
}

#[test]
fn failures_are_error_cause_hint_with_the_documented_status() {
    let missing = run(&["hash", "--secret-file", "/nonexistent/file"], "");
    assert_eq!(missing.status.code(), Some(3));
    let text = stderr(&missing);
    let starts: Vec<&str> = text.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(starts, ["error", "cause", "hint"]);
    assert_eq!(run(&["nonsense"], "").status.code(), Some(2));
    assert_eq!(run(&[], "").status.code(), Some(2));
    assert_eq!(run(&["hash"], "").status.code(), Some(2));
}

#[test]
fn a_file_that_does_not_read_is_named_with_its_line_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.md");
    fs::write(&path, "# Notes\n\n`ticks` begin no value\n").unwrap();
    let name = path.to_str().unwrap();
    let url = "https://app.example.com/";
    for command in [
        vec!["generate", "client", "--url", url],
        vec!["trace"],
        vec!["monitor", "emit", "--url", url],
        vec!["verify", "--secret-file", name],
    ] {
        let output = run(&[&command[..], &["-c", name]].concat(), "");
        assert_eq!(output.status.code(), Some(3), "{command:?}");
        assert!(stderr(&output).contains(&format!("{name}:3: found character")), "{command:?}: {}", stderr(&output));
    }
}

#[test]
fn a_pattern_that_cannot_be_matched_here_leaves_every_question_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("configuration.yml");
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/forward-auth/configuration.yml")).unwrap();
    fs::write(&path, text.replace("'^/$'", r"'^/(\pL{1,30}){1,30}\w{900}$'")).unwrap();
    let name = path.to_str().unwrap();
    let url = "https://application.example.com/";
    for command in [
        vec!["trace", "--url", url],
        vec!["trace", "--reach"],
        vec!["trace", "--upgrade", "4.39.20:4.39.23"],
        vec!["sandbox", "--listen", "127.0.0.1:0"],
        vec!["probe", "--secret-file", "-", "--url", url],
        vec!["monitor", "emit", "--url", url],
        vec!["generate", "client", "--url", "https://application.example.com/other"],
    ] {
        let output = run(&[&command[..], &["-c", name]].concat(), "x");
        assert_eq!(output.status.code(), Some(3), "{command:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("too big to be matched here"), "{command:?}: {}", stderr(&output));
        assert!(!stdout(&output).contains("allowed"), "{command:?}: {}", stdout(&output));
    }
    let lint = run(&["lint", name], "");
    assert_eq!(lint.status.code(), Some(1));
    assert!(stdout(&lint).contains("the pattern is too big to be judged here"), "{}", stdout(&lint));
}

#[test]
fn an_unknown_client_is_a_mistake_of_the_command_line() {
    let config = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/forward-auth/configuration.yml");
    for command in [
        vec!["verify", "--client"],
        vec!["trace", "--reach", "--client"],
        vec!["monitor", "emit", "--url", "https://application.example.com/", "--client"],
    ] {
        let output = run(&[&command[..], &["nosuch", "-c", config]].concat(), "x");
        assert_eq!(output.status.code(), Some(2), "{command:?}: {}", stderr(&output));
    }
}

#[test]
fn a_closed_pipe_is_success() {
    let mut child = Command::new(PROGRAM)
        .args(["generate", "id", "--count", "1000000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_committed_scripts_and_pages_are_printed() {
    assert!(stdout(&run(&["completions", "bash"], "")).contains("_authkuma()"));
    assert!(stdout(&run(&["man", "hash"], "")).contains(".TH authkuma-hash"));
}

#[test]
fn where_no_terminal_tells_its_width_columns_does() {
    let widest = |columns: &str| {
        let output = Command::new(PROGRAM)
            .args(["rule", "missing-client-secret"])
            .env_clear()
            .env("COLUMNS", columns)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        stdout(&output).lines().take_while(|line| *line != "Wrong").map(|line| line.chars().count()).max().unwrap()
    };
    let [narrow, usual, none, word] = ["60", "100", "0", "wide"].map(widest);
    assert!(narrow <= 60 && usual > 60 && usual <= 100, "{narrow} {usual}");
    assert_eq!((none, word), (usual, usual));
}
