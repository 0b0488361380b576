//! The rules as a table.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};

use super::super::Look;
use super::{fix_word, server_says};
use crate::lint::rule::Rule;

/// Writes one row a rule: id, severity, what the server says, fix, and what it finds.
pub fn write_table(rules: &[&Rule], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new();
    let width = u16::try_from(look.width).unwrap_or(u16::MAX);
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.set_header(["rule", "severity", "server", "fix", "finds"]);
    for rule in rules {
        table.add_row([rule.id, rule.severity.word(), server_says(rule.authelia), fix_word(rule.fix), rule.summary]);
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
