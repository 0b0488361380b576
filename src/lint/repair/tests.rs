//! Fixes on real texts.

use super::*;
use crate::bearer::Target;
use crate::diagnostic::{Authelia, Label, Severity};
use crate::lint::{self, Settings};

const SETTINGS: Settings = Settings { whole: None, target: Target::NEWEST };

fn mend(text: &str) -> Repaired {
    let sources = Sources::from(Source::new("configuration.yml", text.to_owned()));
    repair(load(sources), Safety::Unsafe, &|config| lint::lint(config, SETTINGS))
}

/// Whether an edit of a text is one that changes nothing but what it names.
fn is_accepted(text: &str, old: &str, new: &str) -> bool {
    let start = text.find(old).unwrap();
    let place = |at| u32::try_from(at).unwrap();
    let span = Span { source: SourceId(0), start: place(start), end: place(start + old.len()) };
    mended_text(SourceId(0), text, vec![&Edit::replace(span, new)]).is_some()
}

#[test]
fn every_fixable_example_comes_to_rest() {
    let (mut fixing, mut wrong) = (0, Vec::new());
    for rule in lint::rules::ALL.iter().filter(|rule| rule.fix.is_some()) {
        let bad = rule.bad.split("# second file\n").next().unwrap_or_default();
        let count = |findings: &[Diagnostic]| findings.iter().filter(|finding| finding.rule == rule.id).count();
        let before = lint::lint(&load(Sources::from(Source::new("x", bad.to_owned()))), SETTINGS);
        let repaired = mend(bad);
        if !repaired.refused.is_empty() || count(&repaired.findings) >= count(&before) {
            wrong.push((rule.id, repaired.refused));
        }
        fixing += 1;
    }
    assert!(fixing > 5 && wrong.is_empty(), "{wrong:?}");
}

#[test]
fn only_what_is_named_may_change() {
    let text =
        "a:\n  b: 'x' # one\n  c: [1, 2]\n  d:\nlist:\n  - k: 1\n    l: 2\n  - k: 3\n  - *none\n".replace("  - *none\n", "");
    for (old, new) in [
        ("'x'", "'y'"),
        ("b:", "bb:"),
        ("  b: 'x' # one\n", ""),
        ("[1, 2]", "[1]"),
        ("1, 2]", "1, 2, 3]"),
        ("[1, 2]", "'1,2'"),
        ("  c:", "  new: 'n'\n  c:"),
        ("  d:\n", "  d: 'now'\n"),
        ("  d:\n", "  d:\n  e:\n    f: 1\n"),
        ("  - k: 1\n    l: 2\n", ""),
        ("  - k: 3\n", "  - k: 0\n  - k: 3\n"),
        ("k: 1\n    l: 2", "j: 9\n    k: 1\n    l: 2"),
        ("k: 3", "k: 3\n    m: 4"),
        ("k: 3", "kk: 3"),
        ("# one", "# two"),
    ] {
        assert!(is_accepted(&text, old, new), "{old:?} -> {new:?}");
    }
    for (old, new) in [
        // The rest of the mapping goes elsewhere.
        ("# one\n", "# one\nz:\n"),
        // The next line becomes part of the value, or of a comment, or of another item.
        ("'x' # one\n", "'x' # one "),
        ("l: 2\n  -", "l: 2\n    x:\n    -"),
        ("  - k: 3", "    k: 3"),
        ("[1, 2]\n", "[1, 2\n"),
        ("a:\n", ""),
        ("list:", "a:"),
    ] {
        assert!(!is_accepted(&text, old, new), "{old:?} -> {new:?}");
    }
}

#[test]
fn anchors_are_not_changed_from_afar() {
    let text = "base: &base {x: 1, y: 2}\na:\n  <<: *base\n  z: 3\nb: [*base, 4]\n";
    assert!(is_accepted(text, "z: 3", "z: 4"));
    assert!(is_accepted(text, "4]", "5]"));
    assert!(is_accepted(text, "x: 1", "x: 7"));
    assert!(!is_accepted(text, "  <<: *base\n", ""));
}

#[test]
fn line_breaks_comments_and_quotes_survive() {
    let text =
        "# head\r\naccess_control: # section\r\n  # above\r\n  default_policy: \"ONE_FACTOR\" # policy\r\n  # below\r\n# end";
    let repaired = mend(text);
    assert_eq!(repaired.mended.len(), 1, "{:?}", repaired.findings);
    let (id, before) = &repaired.changed[0];
    let after = repaired.config.sources.get(*id).text();
    assert_eq!(before, text);
    let (old, new): (Vec<&str>, Vec<&str>) = text.lines().zip(after.lines()).filter(|(old, new)| old != new).unzip();
    assert_eq!(old, ["  default_policy: \"ONE_FACTOR\" # policy"]);
    assert_eq!(new.len(), 1);
    assert!(new[0].ends_with(" # policy") && after.ends_with("\r\n# end"), "{after}");
}

fn finding(config: &Config, part: &str, text: &str) -> Vec<Diagnostic> {
    let (source, file) = config.sources.iter().next().unwrap();
    let Some(start) = file.text().find(part) else { return Vec::new() };
    let start = u32::try_from(start).unwrap();
    let span = Span { source, start, end: start + u32::try_from(part.len()).unwrap() };
    vec![Diagnostic {
        rule: "test",
        severity: Severity::Error,
        authelia: Authelia::Accepts,
        message: String::new(),
        path: String::new(),
        label: Label { span, text: String::new() },
        related: Vec::new(),
        why: "".into(),
        help: "".into(),
        fix: Some(Fix { title: "test".to_owned(), safety: Safety::Safe, edits: vec![Edit::replace(span, text)] }),
    }]
}

#[test]
fn fixes_without_rest_change_nothing() {
    for (part, text) in [("a: 1", "a: 1 # b"), ("a: ", "a: x")] {
        let config = load(Sources::from(Source::new("x", "a: 1\n".to_owned())));
        let repaired = repair(config, Safety::Safe, &|config| finding(config, part, text));
        assert!(repaired.changed.is_empty() && repaired.mended.is_empty(), "{part}: {:?}", repaired.config.sources);
        assert_eq!(repaired.refused.len(), 1);
    }
}

#[test]
fn a_bad_fix_is_left_out_and_a_good_one_made() {
    let config = load(Sources::from(Source::new("x", "a: 1\nb: 2\nc: 3\n".to_owned())));
    let repaired = repair(config, Safety::Safe, &|config| {
        let mut found = finding(config, "a: 1\nb: ", "a:\n  b: ");
        found.extend(finding(config, "c: 3", "c: 4"));
        found[0].rule = "bad";
        found
    });
    assert_eq!(repaired.config.sources.iter().next().unwrap().1.text(), "a: 1\nb: 2\nc: 4\n");
    assert_eq!(repaired.refused.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), ["bad"]);
}

/// The text after every fix, and the rules whose fixes were made.
fn mended(text: &str) -> (String, Vec<&'static str>) {
    let repaired = mend(text);
    assert!(repaired.refused.is_empty(), "{:?}", repaired.refused);
    let after = repaired.config.sources.iter().next().unwrap().1.text().to_owned();
    (after, repaired.mended.iter().map(|mended| mended.rule).collect())
}

#[test]
fn a_misspelt_key_is_renamed_and_not_added_beside() {
    let client =
        "      - client_id: 'kuma'\n        scopes: ['authelia.bearer.authz']\n        grant_type: ['client_credentials']\n";
    let text = format!("identity_providers:\n  oidc:\n    clients:\n{}", client.repeat(20));
    let (after, rules) = mended(&text);
    assert_eq!(after.matches("grant_types: ['client_credentials']\n").count(), 20, "{after}");
    assert_eq!(after.matches("grant_type").count(), 20);
    assert_eq!((rules[0], rules.contains(&"missing-grant-types")), ("unknown-key", false));
}

#[test]
fn a_misspelt_key_beside_the_right_one_is_left() {
    let text = "access_control:\n  rules:\n    - domain: 'a.example.com'\n      polcy: 'deny'\n      policy: 'deny'\n";
    assert_eq!(mended(text), (text.to_owned(), Vec::new()));
}

#[test]
fn a_fix_that_was_left_out_is_not_offered_again() {
    let config = load(Sources::from(Source::new("x", "a: 1\nb: 2\n".to_owned())));
    let repaired = repair(config, Safety::Safe, &|config| finding(config, "a: 1\nb: ", "a:\n  b: "));
    assert_eq!((repaired.mended.len(), repaired.findings.len()), (0, 1));
    assert_eq!(repaired.findings[0].fix, None);
}

#[test]
fn one_fault_of_the_grants_is_one_or_two_findings() {
    for (grants, expected) in [
        ("grant_type: ['client_credentials']", vec!["missing-grant-types", "unknown-key"]),
        ("grant_types: ['client_credential']", vec!["unsuitable-grant-type"]),
        ("grant_types: []", vec!["missing-grant-types"]),
    ] {
        let text = format!(
            "identity_providers:\n  oidc:\n    clients:\n      - client_id: 'kuma'\n        scopes: ['authelia.bearer.authz']\n        {grants}\n"
        );
        let found = lint::lint(&load(Sources::from(Source::new("x", text))), SETTINGS);
        let errors = found.iter().filter(|finding| finding.severity == Severity::Error).map(|finding| finding.rule);
        let grants: Vec<&str> =
            errors.filter(|rule| rule.contains("grant") || rule.contains("key") || rule.contains("lax")).collect();
        assert_eq!(grants, expected);
    }
}

#[test]
fn a_key_that_is_added_stands_behind_its_neighbours() {
    let client = "identity_providers:\n  oidc:\n    clients:\n      - ";
    for (before, after) in [
        (
            "client_id: 'a' # who\r\n        scopes: ['authelia.bearer.authz'] # what\r\n",
            " # what\r\n        grant_types: ['client_credentials']",
        ),
        ("{client_id: 'a', scopes: ['authelia.bearer.authz']}", "authz'], grant_types: ['client_credentials']"),
        (
            "client_id: 'a'\n        scopes:\n          - 'authelia.bearer.authz'\n",
            "authz'\n        grant_types: ['client_credentials']\n",
        ),
        (
            "client_id: 'a'\n        scopes: ['authelia.bearer.authz']\n        client_name: |\n          A\n",
            "'client_secret_basic'\n        client_name: |\n          A\n",
        ),
    ] {
        let text =
            format!("{client}{before}").replace("\r\n", "\n").replace('\n', if before.contains('\r') { "\r\n" } else { "\n" });
        let (mended, _) = mended(&text);
        assert!(mended.contains(after), "{mended}");
        assert!(!mended.contains("- grant_types") && !mended.contains("{grant_types"), "{mended}");
    }
}

#[test]
fn a_section_of_two_files_is_mended_in_each() {
    let rules = "access_control:\n  rules:\n    - domain: 'a.example.com'\n      policy: 'deny'\n";
    let policy = "access_control:\n  default_policy: 'DENY'\n";
    let elsewhere = "x: &policy 'DENY'\naccess_control:\n  default_policy: *policy\n";
    for (second, mended) in [(policy, policy.to_lowercase()), (elsewhere, elsewhere.to_owned())] {
        let mut sources = Sources::from(Source::new("1.yml", rules.to_owned()));
        sources.add(Source::new("2.yml", second.to_owned()));
        let repaired = repair(load(sources), Safety::Unsafe, &|config| lint::lint(config, SETTINGS));
        let texts: Vec<&str> = repaired.config.sources.iter().map(|(_, source)| source.text()).collect();
        assert_eq!(texts, [rules, &mended]);
    }
}
