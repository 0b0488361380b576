//! Every rule's own examples: what is bad is flagged, what is good is not, and a mend mends.

use authkuma::bearer::Target;
use authkuma::config::{self, Config};
use authkuma::diagnostic::Diagnostic;
use authkuma::lint::rule::Rule;
use authkuma::lint::{self, Settings, rules};
use authkuma::source::{Source, Sources, edit};

/// Where the examples of rules about older releases apply, and where all others do.
const TARGETS: [&str; 3] = ["4.39.23", "4.39.20", "4.38.3"];

#[test]
fn every_bad_example_is_flagged() {
    let silent: Vec<_> = rules::ALL.iter().filter(|rule| findings(rule, rule.bad).is_empty()).map(|rule| rule.id).collect();
    assert!(silent.is_empty(), "these do not flag their bad example: {silent:?}");
}

#[test]
fn no_good_example_is_flagged() {
    let flagged = rules::ALL.iter().filter_map(|rule| Some((rule.id, findings(rule, rule.good).pop()?.message)));
    let flagged: Vec<_> = flagged.collect();
    assert!(flagged.is_empty(), "these flag their good example: {flagged:#?}");
}

#[test]
fn rules_say_whether_they_mend_and_mends_take_their_finding_away() {
    let faults: Vec<String> = rules::ALL.iter().filter_map(|rule| mending(rule).err()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn mending(rule: &Rule) -> Result<(), String> {
    let found = findings(rule, rule.bad);
    let fix = found.iter().find_map(|finding| finding.fix.as_ref());
    if fix.is_some() != rule.fix.is_some() {
        return Err(format!("{}: the rule and its bad example disagree about a fix", rule.id));
    }
    let Some(fix) = fix else { return Ok(()) };
    let mended = edit::apply(rule.bad, &fix.edits).map_err(|refused| format!("{}: {refused}", rule.id))?.text;
    if load(&mended).problems.len() > load(rule.bad).problems.len() {
        return Err(format!("{}: the mend does not read:\n{mended}", rule.id));
    }
    let is_mended = findings(rule, &mended).len() < found.len();
    is_mended.then_some(()).ok_or_else(|| format!("{}: not mended:\n{mended}", rule.id))
}

#[test]
fn mends_keep_line_breaks_comments_and_everything_else() {
    for rule in rules::ALL {
        let dressed: String = rule.bad.lines().flat_map(|line| [line, " # a comment\r\n"]).collect();
        // In a block scalar a comment would be text.
        if rule.bad.contains(": |") || rule.bad.contains(": >") {
            continue;
        }
        for finding in findings(rule, &dressed) {
            let Some(fix) = finding.fix else { continue };
            let mended = edit::apply(&dressed, &fix.edits).unwrap_or_else(|refused| panic!("{}: {refused}", rule.id)).text;
            assert_eq!(mended.matches('\n').count(), mended.matches("\r\n").count(), "{}: {mended}", rule.id);
            let lost = dressed.matches("# a comment").count() - mended.matches("# a comment").count();
            let removed = dressed.lines().count().saturating_sub(mended.lines().count());
            assert!(lost <= removed, "{} loses a comment:\n{mended}", rule.id);
            assert!(load(&mended).problems.len() <= load(&dressed).problems.len(), "{}:\n{mended}", rule.id);
        }
    }
}

#[test]
fn ids_and_texts_follow_the_house() {
    for (rule, next) in rules::ALL.iter().zip(&rules::ALL[1..]) {
        assert!(rule.id < next.id, "{} and {} are not in order", rule.id, next.id);
    }
    for rule in rules::ALL {
        let file = format!("{}/src/lint/rules/{}.rs", env!("CARGO_MANIFEST_DIR"), rule.id.replace('-', "_"));
        assert!(std::path::Path::new(&file).exists(), "{} does not stand in a file of its name", rule.id);
        assert!(rule.summary.ends_with('.') && rule.why.ends_with('.'), "{}: sentences end with a full stop", rule.id);
        assert!(!rule.help.ends_with('.') && !rule.help.is_empty(), "{}: help has no full stop", rule.id);
        for finding in findings(rule, rule.bad) {
            assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{}: {}", rule.id, finding.message);
        }
    }
}

/// What one rule says to an example, for the first target that makes it say something.
fn findings(rule: &Rule, example: &str) -> Vec<Diagnostic> {
    let config = load(example);
    let says = |target: &str, whole| {
        let target: Target = target.parse().unwrap();
        let found = lint::lint(&config, Settings { whole, target });
        found.into_iter().filter(|finding| finding.rule == rule.id).collect::<Vec<_>>()
    };
    let ways = TARGETS.iter().flat_map(|target| [(target, None), (target, Some(true))]);
    // Only a rule about missing sections needs to be told that it sees everything.
    let ways = ways.filter(|(_, whole)| whole.is_none() || rule.id == "missing-section");
    ways.map(|(target, whole)| says(target, whole)).find(|found| !found.is_empty()).unwrap_or_default()
}

fn load(example: &str) -> Config {
    let mut sources = Sources::default();
    for (index, text) in example.split("# second file\n").enumerate() {
        sources.add(Source::new(format!("{index}.yml"), text.to_owned()));
    }
    config::load(sources)
}

/// JSON and SARIF show the texts of fixes as they are, for an editor that applies a masked one would write the mask.
#[test]
fn no_fix_holds_a_secret() {
    let digest =
        "$6$rounds=50000$aFr56HjK3DrB8t3S$zhPQiS85cgBlNhUKKE6n/AHMlpqrvYSnSL3fEVkK0yHFQ.oFFAd8D4OhPAy18K5U61Z2eBhxQXExGU/eknXlY1";
    let client = |secret: &str| {
        format!("identity_providers:\n  oidc:\n    clients:\n      - client_id: 'a'\n        client_secret: {secret}\n")
    };
    let mut texts: Vec<String> = rules::ALL.iter().map(|rule| rule.bad.to_owned()).collect();
    texts.extend(
        [format!("' {digest}'"), format!("\"{digest}  \""), format!("'{{ARGON2}}{digest}'")].map(|secret| client(&secret)),
    );
    let (mut fixes, mut secrets_seen) = (0, 0);
    for text in texts {
        let hidden: Vec<&str> =
            config::secrets(&text).iter().map(|range| &text[range.start as usize..range.end as usize]).collect();
        let parts: Vec<&str> =
            hidden.iter().flat_map(|secret| secret.split(['$', '\'', '"', '}'])).filter(|part| part.len() > 6).collect();
        secrets_seen += parts.len();
        for target in TARGETS {
            let settings = Settings { whole: None, target: target.parse().unwrap() };
            for fix in lint::lint(&load(&text), settings).into_iter().filter_map(|finding| finding.fix) {
                fixes += 1;
                let shown = fix.edits.iter().map(|edit| &edit.text).find(|shown| parts.iter().any(|part| shown.contains(part)));
                assert_eq!(shown, None, "{text}");
            }
        }
    }
    assert!(fixes > 100 && secrets_seen > 20, "{fixes} fixes beside {secrets_seen} parts of secrets");
}

#[test]
fn a_digest_loses_what_stands_around_it() {
    let key = "wWLlQa0oUEXTFkX1cJcDmA$Yk1p8PSVFXMq3TTCO6VZE8qQwQ9Lr7cL5Qy7rbd6tIqO3mqv4xkFhI0rNTVSSM8C0zqgSGpFEVEuEpFUtUi3NQ";
    let text = |secret: &str| {
        format!("identity_providers:\n  oidc:\n    clients:\n      - client_id: 'a'\n        client_secret: {secret}\n")
    };
    for (written, mended) in [
        (format!("' $pbkdf2-sha512$310000${key}'"), format!("'$pbkdf2-sha512$310000${key}'")),
        (format!("\"  $pbkdf2-sha512$310000${key} \""), format!("\"$pbkdf2-sha512$310000${key}\"")),
        (format!("'{{PBKDF2-SHA512}}310000${key}'"), format!("'$pbkdf2-sha512$310000${key}'")),
    ] {
        let written = text(&written);
        let found = lint::lint(&load(&written), Settings { whole: None, target: Target::NEWEST });
        let fix = found.into_iter().find(|finding| finding.rule == "prefixed-digest").and_then(|finding| finding.fix).unwrap();
        assert_eq!(edit::apply(&written, &fix.edits).unwrap().text, text(&mended));
    }
}
