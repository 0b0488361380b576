//! Findings for people: message, source, reason, help.

use std::collections::HashSet;
use std::io::{self, Write};

use super::super::snippet::{Header, Note, snippet};
use super::{Look, Report};
use crate::cores;
use crate::diagnostic::{Diagnostic, Safety, Severity};

/// Findings that one core draws at a time.
const SHARE: usize = 64;

/// Findings that are drawn before they are written.
const AT_A_TIME: usize = 64 * SHARE;

/// Writes every finding and, when there is one, the summary.
pub(super) fn write(report: &Report<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut explained = HashSet::new();
    // A reason is read once: the tenth client with the same fault needs its place only.
    let drawings = report.findings.iter().map(|finding| (finding, explained.insert((finding.rule, &finding.why))));
    let drawings: Vec<(&Diagnostic, bool)> = drawings.collect();
    for drawings in drawings.chunks(AT_A_TIME) {
        let shares: Vec<&[(&Diagnostic, bool)]> = drawings.chunks(SHARE).collect();
        for drawn in cores::map(&shares, |share| drawn(report, share, look)) {
            out.write_all(drawn.as_bytes())?;
        }
    }
    if !report.findings.is_empty() {
        writeln!(out, "{}", summary(report))?;
    }
    Ok(())
}

/// Findings, each with whether it is explained, as text.
fn drawn(report: &Report<'_>, findings: &[(&Diagnostic, bool)], look: Look) -> String {
    findings.iter().map(|(finding, explain)| shown(report, finding, *explain, look) + "\n").collect()
}

fn shown(report: &Report<'_>, finding: &Diagnostic, explain: bool, look: Look) -> String {
    let header = Header { severity: finding.severity, id: Some(finding.rule), title: &finding.message };
    snippet(report.sources, header, &finding.label, &finding.related, &notes(finding, explain), look)
}

/// One line: how many findings there are and how many of them can be mended.
pub fn summary(report: &Report<'_>) -> String {
    let files = count(report.sources.len(), "file");
    if report.findings.is_empty() {
        return format!("no findings in {files}");
    }
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (report.count(severity), severity))
        .filter(|(number, _)| *number > 0)
        .map(|(number, severity)| count(number, severity.word()))
        .collect();
    format!("{} in {files}{}", counts.join(", "), mendable(report))
}

fn mendable(report: &Report<'_>) -> String {
    let fixes =
        |safety| report.findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safety == safety).count();
    match (fixes(Safety::Safe), fixes(Safety::Unsafe)) {
        (0, 0) => String::new(),
        (safe, 0) => format!("; --fix mends {safe}"),
        (0, risky) => format!("; --fix --unsafe-fixes mends {risky}"),
        (safe, risky) => format!("; --fix mends {safe}, --unsafe-fixes {risky} more"),
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn notes(finding: &Diagnostic, explain: bool) -> Vec<Note> {
    let mut notes = Vec::new();
    if explain && !finding.why.is_empty() {
        notes.push(Note { name: "why", text: finding.why.to_string() });
    }
    if !finding.help.is_empty() {
        notes.push(Note { name: "help", text: finding.help.to_string() });
    }
    if let Some(fix) = &finding.fix {
        let how = match fix.safety {
            Safety::Safe => "--fix",
            Safety::Unsafe => "--fix --unsafe-fixes",
        };
        notes.push(Note { name: "fix", text: format!("{how} can {}", fix.title) });
    }
    if explain {
        notes.push(Note { name: "see", text: format!("authkuma rule {}", finding.rule) });
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn written(findings: &[Diagnostic], color: bool) -> String {
        let sources = sample::sources();
        let report = Report { sources: &sources, findings, rules: &sample::RULES, target: "4.39.20" };
        let mut out = Vec::new();
        write(&report, Look { color, width: 80, is_terminal: true }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_finding_is_said_shown_explained_and_mended() {
        let expected = "\
error[client-id-charset]: client_id holds characters outside RFC 3986
                          unreserved: 'é' ' '
 --> some folder/configuration.yml:2:16
  |
2 |   - client_id: 'é x'
  |                ^^^^^
  |
  = why: The server refuses to start.
  = help: use letters, digits and '-._~' only
  = see: authkuma rule client-id-charset

warning[plaintext-client-secret]: the client_secret is stored in plain text: 100
                                  %, a,b
 --> some folder/configuration.yml:3:20
  |
3 |     client_secret: '********'
  |                    ^^^^^^^^^^ plain text
4 |     public: true
  |     ------------ though public
  |
  = why: Whoever reads the file has the secret.
         So does its backup.
  = help: store a digest: `authkuma hash`
  = fix: --fix --unsafe-fixes can remove the secret
  = see: authkuma rule plaintext-client-secret

1 error, 1 warning in 1 file; --fix --unsafe-fixes mends 1
";
        assert_eq!(written(&sample::findings(&sample::sources()), false), expected);
    }

    #[test]
    fn a_reason_is_given_once() {
        let twice: Vec<Diagnostic> = sample::findings(&sample::sources()).into_iter().take(1).cycle().take(1).collect();
        let twice = [twice.clone(), twice].concat();
        assert_eq!(written(&twice, false).matches("why: ").count(), 1);
        assert_eq!(written(&twice, false).matches("help: ").count(), 2);
    }

    #[test]
    fn many_are_drawn_in_order_and_explained_once() {
        let sample = sample::findings(&sample::sources()).swap_remove(0);
        let many: Vec<Diagnostic> =
            (0..=AT_A_TIME).map(|number| Diagnostic { message: format!("number {number} is wrong"), ..sample.clone() }).collect();
        let text = written(&many, false);
        let numbers: Vec<usize> =
            text.split("number ").skip(1).map(|rest| rest.split(' ').next().unwrap().parse().unwrap()).collect();
        assert!(numbers.into_iter().eq(0..=AT_A_TIME));
        assert_eq!(text.matches("why: ").count(), 1);
    }

    #[test]
    fn colour_is_for_those_who_ask() {
        let findings = sample::findings(&sample::sources());
        assert!(written(&findings, true).contains("\u{1b}["));
        assert!(!written(&findings, false).contains('\u{1b}'));
    }

    #[test]
    fn a_clean_run_answers_nothing() {
        assert_eq!(written(&[], false), "");
        let sources = sample::sources();
        let report = Report { sources: &sources, findings: &[], rules: &[], target: "4.39.20" };
        assert_eq!(summary(&report), "no findings in 1 file");
    }
}
