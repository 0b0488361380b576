//! Real answers against the published schemas of `docs/schema/`.

use std::path::Path;
use std::process::{Command, Stdio};

use boon::{Compiler, Schemas};
use serde_json::Value;

/// Runs a command and holds what it prints to a schema.
fn check(schema: &str, args: &[&str]) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_authkuma")).args(args).current_dir(root).stdin(Stdio::null()).output().unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let path = root.join("docs/schema").join(schema);
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let promised = compiler.compile(path.to_str().unwrap(), &mut schemas).unwrap();
    if let Err(error) = schemas.validate(&document, promised) {
        panic!("{args:?} does not fit {schema}: {error:#}");
    }
    document
}

#[test]
fn findings_fit_their_schema() {
    let folder = tempfile::tempdir().unwrap();
    for (at, rule) in authkuma::lint::rules::ALL.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{at}.yml")), rule.bad).unwrap();
    }
    // Merged they are nonsense, which finds much; the first alone is what people do.
    let all = check("lint.json", &["lint", "--format", "json", folder.path().to_str().unwrap()]);
    assert!(all["findings"].as_array().unwrap().len() > 5);
    let one = folder.path().join("0.yml");
    assert_eq!(check("lint.json", &["lint", "--format", "json", one.to_str().unwrap()])["version"], 1);
}

#[test]
fn rules_fit_their_schema() {
    let document = check("rule.json", &["rule", "--format", "json"]);
    let ids = |kind: &str| {
        let rules = document["rules"].as_array().unwrap().iter().filter(|rule| rule["kind"] == kind);
        rules.map(|rule| rule["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let expected = authkuma::lint::rules::ALL.iter().map(|rule| rule.id.to_owned());
    assert_eq!(ids("lint"), expected.collect::<Vec<_>>());
    let expected = authkuma::monitor::check::rules::all().map(|rule| rule.id.to_owned());
    assert_eq!(ids("monitor-check"), expected.collect::<Vec<_>>());
    assert_eq!(check("rule.json", &["rule", "unknown-key", "--format", "json"])["rules"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_wrong_with_monitors_fits_its_schema() {
    let arguments = [
        "monitor",
        "check",
        "--format",
        "json",
        "--db",
        "tests/fixtures/kuma/kuma-2.5.3.db",
        "-c",
        "tests/fixtures/kuma/authelia.yml",
    ];
    assert!(check("monitor-check.json", &arguments)["findings"].as_array().unwrap().len() > 10);
    let document = check("monitor-check.json", &[&arguments[..], &["--upgrade", "4.39.20:4.39.23"]].concat());
    assert_eq!(document["upgrade"]["clients"][0]["failing"], serde_json::json!([]));
}

#[test]
fn answers_fit_their_schema() {
    let example = "examples/forward-auth/configuration.yml";
    let cases = check("trace.json", &["trace", "-c", example, "--cases", "examples/policy.yml", "--format", "json"]);
    assert!(cases["results"].as_array().unwrap().len() > 5);
    let denied = [
        "trace",
        "-c",
        example,
        "--url",
        "https://application.example.com/x",
        "--all-rules",
        "--explain-shadow",
        "--format",
        "json",
    ];
    assert!(check("trace.json", &denied)["results"][0]["mend"].is_object());
}
