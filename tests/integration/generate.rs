//! `generate client`, end to end with the real program.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_authkuma");
const PORTAL: [&str; 2] = ["--portal", "https://auth.example.com"];

fn client(args: &[&str]) -> Output {
    run(&[&["generate", "client"], args].concat())
}

fn run(args: &[&str]) -> Output {
    Command::new(PROGRAM).args(args).env_clear().env("PATH", "/usr/bin:/bin").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A copy of an example to be changed.
fn copy(folder: &Path, example: &str) -> PathBuf {
    let path = folder.join("configuration.yml");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example).join("configuration.yml"), &path).unwrap();
    path
}

/// The text under a heading, up to the next one.
fn section<'a>(all: &'a str, heading: &str) -> &'a str {
    let start = all.find(&format!("# ==== {heading}")).unwrap_or_else(|| panic!("no {heading} in {all}"));
    let body = all[start..].split_once('\n').unwrap().1;
    body.split("\n# ====").next().unwrap()
}

fn field<'a>(all: &'a str, label: &str) -> &'a str {
    let line = all.lines().find(|line| line.trim_start().starts_with(label)).unwrap();
    line.trim_start()[label.len()..].trim()
}

#[test]
fn from_nothing_every_proxy_and_monitor_gets_pieces_that_lint_finds_clean() {
    let folder = tempfile::tempdir().unwrap();
    let every_proxy = ["traefik", "nginx", "caddy", "haproxy", "envoy"].map(|proxy| (proxy, "kuma2"));
    let every_form = ["kuma1", "gatus", "blackbox", "prometheus"].map(|form| ("traefik", form));
    for (proxy, form) in every_proxy.into_iter().chain(every_form) {
        let urls = ["--url", "https://app.example.com", "--proxy", proxy, "--for", form];
        let output = client(&[&urls[..], &PORTAL].concat());
        assert_eq!(output.status.code(), Some(0), "{proxy} {form}: {}", text(&output.stderr));
        let all = text(&output.stdout);
        let path = folder.path().join("pieces.yml");
        fs::write(&path, section(&all, "Authelia")).unwrap();
        let linted = run(&["lint", path.to_str().unwrap()]);
        assert_eq!(linted.status.code(), Some(0), "{}", text(&linted.stdout));
        assert!(all.contains("https://auth.example.com/api/oidc/token") && all.contains(&format!("# ==== {proxy}: ")));
    }
}

#[test]
fn written_pieces_keep_the_file_and_work_with_the_secret_that_is_shown() {
    for example in ["forward-auth", "auth-request"] {
        let folder = tempfile::tempdir().unwrap();
        let path = copy(folder.path(), example);
        let name = path.to_str().unwrap();
        let before = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
        fs::write(&path, before.trim_end()).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let output = client(&["--url", "https://application.example.com/health", "-c", name, "--write", "--id", "kuma"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let after = fs::read_to_string(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(!after.replace("\r\n", "").contains('\n') && !after.ends_with('\n'));
        let mut lines = after.lines();
        assert!(before.lines().all(|line| lines.any(|new| new == line)), "{after}");
        assert_eq!(run(&["lint", "--whole", name]).status.code(), Some(0));
        let secret = folder.path().join("secret");
        fs::write(&secret, field(section(&text(&output.stdout), "Monitor"), "Client Secret")).unwrap();
        let verified = run(&["verify", "--secret-file", secret.to_str().unwrap(), "-c", name, "--client", "kuma"]);
        assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stderr));
        let again = client(&["--url", "https://application.example.com/health", "-c", name, "--write", "--id", "kuma"]);
        assert_eq!(again.status.code(), Some(3));
        assert_eq!(fs::read_to_string(&path).unwrap(), after);
    }
}

#[test]
fn a_difference_is_shown_with_the_new_digest_and_no_old_secret() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(folder.path(), "forward-auth");
    let marked = fs::read_to_string(&path).unwrap().replace("worthless-example", "marker-of-a-secret");
    let old = "      - client_id: 'old'\n        client_secret: 'marker-of-a-secret'\n        scopes: ['authelia.bearer.authz']\n        audience: ['https://old.example.com/']\n        grant_types: ['client_credentials']\n        token_endpoint_auth_method: 'client_secret_basic'\n";
    fs::write(&path, format!("{marked}{old}")).unwrap();
    let output = client(&["--url", "https://grafana.example.com/", "-c", path.to_str().unwrap(), "--diff"]);
    let all = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(all.starts_with("--- ") && all.contains("+        client_secret: '$pbkdf2-sha512$310000$"), "{all}");
    assert!(!all.contains("marker") && !text(&output.stderr).contains("marker"), "{all}");
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{marked}{old}"));
}

#[test]
fn the_secret_is_shown_once_or_kept_in_a_file_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    let name = path.to_str().unwrap();
    for form in ["kuma2", "kuma1", "gatus", "prometheus", "curl"] {
        let shown = text(
            &client(
                &[&["--url", "https://a.example.com/x", "--url", "https://a.example.com/y", "--for", form][..], &PORTAL].concat(),
            )
            .stdout,
        );
        let secret = field(section(&shown, "Secret"), "AUTHKUMA_CLIENT_SECRET=").trim_matches('\'').to_owned();
        assert_eq!((secret.len(), shown.matches(&secret).count()), (72, 1), "{form}");
        let kept = client(
            &[&["--url", "https://a.example.com/x", "--for", form, "--secret-out", name, "--force"][..], &PORTAL].concat(),
        );
        let secret = fs::read_to_string(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(secret.trim().len() == 72 && !text(&kept.stdout).contains(secret.trim()), "{form}");
    }
    let again = client(&[&["--url", "https://a.example.com/x", "--secret-out", name][..], &PORTAL].concat());
    assert_eq!(again.status.code(), Some(3));
    assert!(again.stdout.is_empty() && text(&again.stderr).contains("--force"));
}

#[test]
fn a_preview_marks_what_is_made_anew_and_refuses_the_file_that_writing_would() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(folder.path(), "forward-auth");
    let secret = folder.path().join("secret");
    let (name, secret_name) = (path.to_str().unwrap(), secret.to_str().unwrap());
    let preview = ["--url", "https://application.example.com/health", "-c", name, "--secret-out", secret_name];
    let shown = client(&preview);
    assert!(shown.status.success() && !secret.exists(), "{}", text(&shown.stderr));
    assert!(text(&shown.stderr).contains("--write makes another id and another secret"), "{}", text(&shown.stderr));
    let heading = "(kuma2), a preview: --write makes another id and another secret ====";
    assert!(text(&shown.stdout).contains(heading), "{}", text(&shown.stdout));
    let named = client(&[&preview[..], &["--id", "kuma"]].concat());
    assert!(text(&named.stdout).contains("a preview: --write makes another secret ===="), "{}", text(&named.stdout));
    fs::write(&secret, "of another client\n").unwrap();
    let refused = client(&preview);
    assert_eq!((refused.status.code(), text(&refused.stdout).as_str()), (Some(3), ""));
    assert!(text(&refused.stderr).contains("--force"), "{}", text(&refused.stderr));
    assert_eq!(client(&[&preview[..], &["--force"]].concat()).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&secret).unwrap(), "of another client\n");
    let written = client(&[&preview[..], &["--force", "--write"]].concat());
    assert!(written.status.success() && !text(&written.stdout).contains("a preview"), "{}", text(&written.stderr));
}

#[test]
fn a_bar_in_a_path_is_no_alternation() {
    let output = client(&[&["--url", "https://app.example.com/a|b"][..], &PORTAL].concat());
    assert!(text(&output.stdout).contains(r"- '^/a\|b$'"), "{}", text(&output.stderr));
}

#[test]
fn behind_envoy_the_query_is_watched_and_is_no_part_of_the_audience() {
    let output = client(&[&["--url", "https://app.example.com/health?full=1", "--proxy", "envoy"][..], &PORTAL].concat());
    let all = text(&output.stdout);
    assert_eq!(field(section(&all, "Monitor"), "URL"), "https://app.example.com/health?full=1");
    assert_eq!(field(section(&all, "Monitor"), "OAuth Audience"), "https://app.example.com/health");
    assert!(
        section(&all, "Authelia").contains("- 'https://app.example.com/health'\n") && text(&output.stderr).contains("no query")
    );
}

#[test]
fn what_the_flow_cannot_serve_is_refused_with_cause_and_hint() {
    let cases: &[(&[&str], &str)] = &[
        (&["--url", "http://app.example.com/"], "https"),
        (&["--url", "https://u:p@app.example.com/"], "token"),
        (&["--url", "https://app.example.com/#/x"], "fragment"),
        (&["--url", "https://app.example.com/a?"], "leave out the empty '?'"),
        (&["--url", "https://192.0.2.1/"], "common domain"),
        (&["--url", "https://app.example.org/"], "common domain"),
        (&["--url", "https://auth.example.com/"], "portal itself"),
        (&["--url", "app.example.com"], "address"),
        (&["--url", "https://app.example.com/", "--id", "uptime kuma"], "client identifier"),
        (&["--url", "https://a.example.com/", "--url", "https://b.example.com/", "--secret-out", "/nonexistent/x"], "one file"),
        (&["--url", "https://a.example.com/", "--secret-out", "/nonexistent/x"], "cannot create"),
    ];
    for (args, cause) in cases {
        let output = client(&[args, &PORTAL[..]].concat());
        let said = text(&output.stderr);
        assert!(matches!(output.status.code(), Some(2 | 3)) && output.stdout.is_empty(), "{args:?}: {said}");
        assert!(said.contains(cause) && said.contains("\nhint: "), "{args:?}: {said}");
    }
}

#[test]
fn what_does_not_pass_is_not_printed_and_the_step_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy(folder.path(), "forward-auth");
    // A name with two slashes is valid, and the server answers 404 there.
    let text_before = fs::read_to_string(&path).unwrap().replace("      forward-auth:\n", "      forward//auth:\n");
    fs::write(&path, &text_before).unwrap();
    let secret = folder.path().join("secret");
    let args =
        ["--url", "https://app.example.com/", "-c", path.to_str().unwrap(), "--write", "--secret-out", secret.to_str().unwrap()];
    let output = client(&args);
    assert_eq!(output.status.code(), Some(3));
    assert!(output.stdout.is_empty() && text(&output.stderr).contains("do not pass trace"), "{}", text(&output.stderr));
    assert!(!secret.exists() && fs::read_to_string(&path).unwrap() == text_before);
}

#[test]
fn many_secrets_come_one_a_line_and_the_lack_of_digests_is_said() {
    let made = run(&["generate", "secret", "--count", "2"]);
    assert_eq!(text(&made.stdout).lines().filter(|line| line.len() == 72).count(), 2);
    assert!(text(&made.stderr).contains("hash --batch"), "{}", text(&made.stderr));
    assert!(!text(&run(&["generate", "secret", "--format", "plain"]).stderr).contains("hash"));
}
