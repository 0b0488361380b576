//! Findings as commands that make a GitHub workflow annotate lines.

use std::io::{self, Write};

use super::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::terminal::printable;

/// Writes one command a finding.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    report.findings.iter().try_for_each(|finding| writeln!(out, "{}", command(report, finding)))
}

fn command(report: &Report<'_>, finding: &Diagnostic) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let span = finding.label.span;
    let source = report.sources.get(span.source);
    let (start, end) = (source.position(span.start), source.position(span.end));
    // GitHub takes columns only when the place is on one line, and then the last column is part of it.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column.saturating_sub(1).max(start.column))
    } else {
        String::new()
    };
    format!(
        "::{command} file={},line={},endLine={}{columns},title={}::{}",
        property(source.name()),
        start.line,
        end.line,
        property(&format!("authkuma {}", finding.rule)),
        data(&format!("{}\n{}", finding.message, finding.help)),
    )
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    let text = text.trim_end().replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    // The log is shown on terminals too.
    text.chars().map(printable).collect()
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{Form, sample};
    use super::property;

    #[test]
    fn a_finding_is_one_command() {
        let expected = "\
::error file=some folder/configuration.yml,line=2,endLine=2,col=16,endColumn=20,title=authkuma client-id-charset::client_id holds \
characters outside RFC 3986 unreserved: 'é' ' '%0Ause letters, digits and '-._~' only
::warning file=some folder/configuration.yml,line=3,endLine=3,col=20,endColumn=29,title=authkuma plaintext-client-secret::the \
client_secret is stored in plain text: 100 %25, a,b%0Astore a digest: `authkuma hash`
";
        assert_eq!(sample::written(Form::Github), expected);
    }

    #[test]
    fn a_file_name_cannot_end_the_property() {
        assert_eq!(property("a:b,c%\n::error::"), "a%3Ab%2Cc%25%0A%3A%3Aerror%3A%3A");
    }
}
