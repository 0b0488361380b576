//! Input that is broken, cut off or made to harm: whatever it is, the answer has places that exist and comes soon.

use authkuma::bearer::Target;
use authkuma::config::{self, Config};
use authkuma::diagnostic::{Diagnostic, Safety};
use authkuma::lint::{self, Settings};
use authkuma::report::Look;
use authkuma::report::lint::{Form, Report};
use authkuma::source::{Source, Sources};
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../../examples/forward-auth/configuration.yml");
const SETTINGS: Settings = Settings { whole: None, target: Target::NEWEST };

/// Lints a text, looks at every place that is answered, and writes every form.
fn judge(text: &str) -> Vec<Diagnostic> {
    let config = load(text);
    let findings = lint::lint(&config, SETTINGS);
    for finding in &findings {
        let spans = finding.related.iter().map(|label| label.span).chain([finding.label.span]);
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in spans.chain(edits) {
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{}: {span:?} of {text:?}", finding.rule);
        }
    }
    let report = Report { sources: &config.sources, findings: &findings, rules: lint::rules::ALL, target: "4.39.23" };
    for form in Form::ALL {
        report.write(form, Look { color: false, width: 80, is_terminal: true }, &mut std::io::sink()).unwrap();
    }
    findings
}

fn load(text: &str) -> Config {
    config::load(Sources::from(Source::new("configuration.yml", text.to_owned())))
}

#[test]
fn every_prefix_of_a_configuration_is_judged() {
    // Every byte of the first lines, then a prime apart, so that every kind of place is cut.
    let ends = (0..EXAMPLE.len()).filter(|end| *end < 600 || end % 13 == 0);
    for end in ends.filter(|end| EXAMPLE.is_char_boundary(*end)) {
        judge(&EXAMPLE[..end]);
    }
}

#[test]
fn documents_made_to_harm_are_one_finding_with_a_place() {
    let laughs = (1..12).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, level| {
        let aliases = vec![format!("*a{}", level - 1); 9].join(",");
        text + &format!("a{level}: &a{level} [{aliases}]\n")
    });
    let control = "a: 1\nb: \u{1}\n".to_owned();
    for text in [laughs, "[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000), control] {
        let findings = judge(&text);
        let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["syntax-error"], "{}", &text[..20.min(text.len())]);
    }
}

#[test]
fn thousands_of_findings_on_one_line_are_placed() {
    let keys: Vec<String> = (0..3_000).map(|at| format!("é{at}: 1")).collect();
    let findings = judge(&format!("{{{}}}", keys.join(", ")));
    assert!(findings.len() >= 3_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_change_of_a_configuration_makes_it_panic(
        at in 0usize..EXAMPLE.len(), length in 0usize..40, put in "[ \n:*&|>{}\\[\\]'\"é$-]{0,6}|client_id|'\\*'|<<: "
    ) {
        let start = EXAMPLE.floor_char_boundary(at);
        let end = EXAMPLE.floor_char_boundary((start + length).min(EXAMPLE.len()));
        let text = format!("{}{put}{}", &EXAMPLE[..start], &EXAMPLE[end..]);
        judge(&text);
        // Mending leaves a text that still reads, if it read before.
        let repaired = lint::repair(load(&text), Safety::Unsafe, &|config| lint::lint(config, SETTINGS));
        let fails = |findings: &[Diagnostic]| findings.iter().any(|finding| finding.rule == "syntax-error");
        prop_assert!(!fails(&repaired.findings) || fails(&lint::lint(&load(&text), SETTINGS)));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        judge(&String::from_utf8_lossy(&bytes));
    }
}
