//! The rules as the versioned document that other programs read. Fields may be added, none changed.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::document::write_document;
use crate::lint::rule::Rule;

/// Writes the document and a line break.
pub fn write_json(rules: &[&Rule], out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        tool: concat!("authkuma ", env!("CARGO_PKG_VERSION")),
        rules: rules.iter().map(|rule| Entry::of(rule)).collect(),
    };
    write_document(&document, out)
}

#[derive(Serialize)]
struct Document {
    version: u32,
    tool: &'static str,
    rules: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: &'static str,
    severity: Severity,
    authelia: Authelia,
    fix: Option<Safety>,
    summary: &'static str,
    why: &'static str,
    help: &'static str,
    bad: &'static str,
    good: &'static str,
    reference: &'static str,
}

impl Entry {
    fn of(rule: &Rule) -> Entry {
        Entry {
            id: rule.id,
            severity: rule.severity,
            authelia: rule.authelia,
            fix: rule.fix,
            summary: rule.summary,
            why: rule.why,
            help: rule.help,
            bad: rule.bad.trim_matches('\n'),
            good: rule.good.trim_matches('\n'),
            reference: rule.reference,
        }
    }
}
