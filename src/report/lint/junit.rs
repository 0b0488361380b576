//! Findings as test results: a suite for each file, a failed case for each finding, one passed case for a clean file.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, SourceId};
use crate::terminal::{printable_line as line, printable_lines};

/// Writes the document.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut document = Document::new("authkuma lint");
    document.add_test_suites(report.sources.iter().map(|(id, source)| suite(report, id, source)));
    document.serialize(out).map_err(io::Error::other)
}

fn suite(report: &Report<'_>, id: SourceId, source: &Source) -> TestSuite {
    let mut suite = TestSuite::new(line(source.name()));
    suite.add_test_cases(
        report.findings.iter().filter(|finding| finding.label.span.source == id).map(|finding| case(source, finding)),
    );
    if suite.test_cases.is_empty() {
        suite.add_test_case(TestCase::new("no findings", TestCaseStatus::success()));
    }
    suite
}

fn case(source: &Source, finding: &Diagnostic) -> TestCase {
    let start = source.position(finding.label.span.start);
    let place = format!("{}:{}:{}", source.name(), start.line, start.column);
    let text = printable_lines(&format!("{place}: {}\n{}\n{}", finding.message, finding.why, finding.help));
    // No line number: a forge follows a case from run to run by its name.
    let name = line(&format!("{} {}", finding.rule, finding.path));
    let mut case = if finding.severity == Severity::Note {
        // A note fails nothing.
        let mut case = TestCase::new(name, TestCaseStatus::success());
        case.set_system_out(text);
        case
    } else {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(line(&finding.message)).set_type(finding.severity.word()).set_description(text);
        TestCase::new(name, status)
    };
    case.set_classname(line(source.name()));
    case
}

#[cfg(test)]
mod tests {
    use super::super::{Form, sample};
    use super::*;
    use crate::source::Sources;

    #[test]
    fn a_finding_is_a_failed_case() {
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="authkuma lint" tests="2" skipped="0" failures="2" errors="0">
    <testsuite name="some folder/configuration.yml" tests="2" skipped="0" errors="0" failures="2">
        <testcase name="client-id-charset identity_providers.oidc.clients[0].client_id" classname="some folder/configuration.yml">
            <failure message="client_id holds characters outside RFC 3986 unreserved: &apos;é&apos; &apos; &apos;" type="error">some folder/configuration.yml:2:16: client_id holds characters outside RFC 3986 unreserved: &apos;é&apos; &apos; &apos;
The server refuses to start.
use letters, digits and &apos;-._~&apos; only</failure>
        </testcase>
        <testcase name="plaintext-client-secret identity_providers.oidc.clients[0].client_secret" classname="some folder/configuration.yml">
            <failure message="the client_secret is stored in plain text: 100 %, a,b" type="warning">some folder/configuration.yml:3:20: the client_secret is stored in plain text: 100 %, a,b
Whoever reads the file has the secret.
So does its backup.
store a digest: `authkuma hash`</failure>
        </testcase>
    </testsuite>
</testsuites>
"#;
        assert_eq!(sample::written(Form::Junit), expected);
    }

    #[test]
    fn a_clean_file_and_a_note_pass() {
        let mut sources = sample::sources();
        sources.add(Source::new("clean.yml", String::new()));
        let mut findings = sample::findings(&sources);
        findings[1].severity = Severity::Note;
        let shown = shown(&sources, &findings);
        assert!(shown.contains("name=\"authkuma lint\" tests=\"3\" skipped=\"0\" failures=\"1\""), "{shown}");
        assert!(
            shown.contains("<testsuite name=\"clean.yml\" tests=\"1\" skipped=\"0\" errors=\"0\" failures=\"0\">"),
            "{shown}"
        );
    }

    #[test]
    fn a_name_steers_no_terminal() {
        let mut sources = Sources::default();
        sources.add(Source::new("a\u{202e}\n.yml", "x: y\n".to_owned()));
        let mut finding = sample::findings(&sample::sources()).remove(0);
        finding.path = "a\u{202e}\n\u{1b}b".to_owned();
        finding.message = "a\nb".into();
        let shown = shown(&sources, &[finding]);
        assert!(
            shown.contains("name=\"client-id-charset a\u{fffd}\u{fffd}\u{fffd}b\" classname=\"a\u{fffd}\u{fffd}.yml\""),
            "{shown}"
        );
        assert!(shown.contains("message=\"a\u{fffd}b\""), "{shown}");
    }

    fn shown(sources: &Sources, findings: &[Diagnostic]) -> String {
        let mut out = Vec::new();
        write(&Report { sources, findings, rules: &[], target: "4.39.20" }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}
