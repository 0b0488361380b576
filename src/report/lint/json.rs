//! Findings as the versioned document that other programs read. Fields may be added, none changed.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::diagnostic::{Authelia, Diagnostic, Fix, Label, Safety, Severity};
use crate::document::write_document;
use crate::source::{Position, SourceId, Sources, Span};

/// Writes the document and a line break.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        tool: concat!("authkuma ", env!("CARGO_PKG_VERSION")),
        target: report.target,
        findings: report.findings.iter().map(|finding| Finding::of(report.sources, finding)).collect(),
        summary: Summary {
            error: report.count(Severity::Error),
            warning: report.count(Severity::Warning),
            note: report.count(Severity::Note),
        },
    };
    write_document(&document, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: &'static str,
    target: &'a str,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: Severity,
    authelia: Authelia,
    message: &'a str,
    file: &'a str,
    path: &'a str,
    start: Position,
    end: Position,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    why: &'a str,
    help: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Mend<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    file: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Mend<'a> {
    safe: bool,
    title: &'a str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    /// Only where it is not the finding's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    note: usize,
}

impl<'a> Finding<'a> {
    fn of(sources: &'a Sources, finding: &'a Diagnostic) -> Finding<'a> {
        let span = finding.label.span;
        let (start, end) = extent(sources, span);
        Finding {
            rule: finding.rule,
            severity: finding.severity,
            authelia: finding.authelia,
            message: &finding.message,
            file: sources.get(span.source).name(),
            path: &finding.path,
            start,
            end,
            label: &finding.label.text,
            related: finding.related.iter().map(|label| Related::of(sources, label)).collect(),
            why: &finding.why,
            help: &finding.help,
            fix: finding.fix.as_ref().map(|fix| Mend::of(sources, fix, span.source)),
        }
    }
}

impl<'a> Related<'a> {
    fn of(sources: &'a Sources, label: &'a Label) -> Related<'a> {
        let (start, end) = extent(sources, label.span);
        Related { message: &label.text, file: sources.get(label.span.source).name(), start, end }
    }
}

impl<'a> Mend<'a> {
    fn of(sources: &'a Sources, fix: &'a Fix, home: SourceId) -> Mend<'a> {
        let edits = fix.edits.iter().map(|edit| Replacement {
            file: (edit.span.source != home).then(|| sources.get(edit.span.source).name()),
            start: edit.span.start,
            end: edit.span.end,
            text: &edit.text,
        });
        Mend { safe: fix.safety == Safety::Safe, title: &fix.title, edits: edits.collect() }
    }
}

fn extent(sources: &Sources, span: Span) -> (Position, Position) {
    let source = sources.get(span.source);
    (source.position(span.start), source.position(span.end))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{Form, sample};

    #[test]
    fn the_document_is_the_one_promised() {
        let out = sample::written(Form::Json);
        let document: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(document["version"], 1);
        assert_eq!(document["target"], "4.39.20");
        assert_eq!(document["summary"], json!({"error": 1, "warning": 1, "note": 0}));
        assert_eq!(
            document["findings"][0],
            json!({
                "rule": "client-id-charset", "severity": "error", "authelia": "rejects",
                "message": "client_id holds characters outside RFC 3986 unreserved: 'é' ' '",
                "file": "some folder/configuration.yml", "path": "identity_providers.oidc.clients[0].client_id",
                "start": {"line": 2, "column": 16, "offset": 24}, "end": {"line": 2, "column": 21, "offset": 30},
                "why": "The server refuses to start.", "help": "use letters, digits and '-._~' only"
            })
        );
        let fixed = &document["findings"][1];
        assert_eq!(
            fixed["fix"],
            json!({"safe": false, "title": "remove the secret", "edits": [{"start": 31, "end": 61, "text": ""}]})
        );
        assert_eq!(fixed["related"][0]["message"], "though public");
        assert_eq!(fixed["related"][0]["start"], json!({"line": 4, "column": 5, "offset": 65}));
        assert_eq!(fixed["label"], "plain text");
        assert!(out.ends_with("}\n"));
    }
}
