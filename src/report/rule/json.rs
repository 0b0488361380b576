//! The rules as the versioned document that other programs read. Fields may be added, none changed.

use std::io::{self, Write};

use serde::Serialize;

use super::Rule;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::document::write_document;

/// Writes the document and a line break.
pub fn write_json(rules: &[Rule], out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        tool: concat!("authkuma ", env!("CARGO_PKG_VERSION")),
        rules: rules.iter().map(|rule| Entry::of(*rule)).collect(),
    };
    write_document(&document, out)
}

#[derive(Serialize)]
struct Document {
    version: u32,
    tool: &'static str,
    rules: Vec<Entry>,
}

/// What does not exist for a kind of rule is null.
#[derive(Serialize)]
struct Entry {
    id: &'static str,
    kind: &'static str,
    severity: Severity,
    authelia: Option<Authelia>,
    fix: Option<Safety>,
    field: Option<&'static str>,
    summary: &'static str,
    why: &'static str,
    help: &'static str,
    bad: Option<&'static str>,
    good: Option<&'static str>,
    reference: Option<&'static str>,
}

impl Entry {
    fn of(rule: Rule) -> Entry {
        match rule {
            Rule::Lint(rule) => Entry {
                id: rule.id,
                kind: "lint",
                severity: rule.severity,
                authelia: Some(rule.authelia),
                fix: rule.fix,
                field: None,
                summary: rule.summary,
                why: rule.why,
                help: rule.help,
                bad: Some(rule.bad.trim_matches('\n')),
                good: Some(rule.good.trim_matches('\n')),
                reference: Some(rule.reference),
            },
            Rule::MonitorCheck(rule) => Entry {
                id: rule.id,
                kind: "monitor-check",
                severity: rule.severity,
                authelia: None,
                fix: None,
                field: Some(rule.field),
                summary: rule.summary,
                why: rule.why,
                help: rule.help,
                bad: None,
                good: None,
                reference: None,
            },
        }
    }
}
