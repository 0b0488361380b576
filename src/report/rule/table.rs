//! The rules as a table.

use std::io::{self, Write};

use super::super::Look;
use super::super::columns::Columns;
use super::{fix_word, server_says};
use crate::lint::rule::Rule;

/// Writes one row a rule: id, severity, what the server says, fix, and what it finds.
pub fn write_table(rules: &[&Rule], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Columns::new(["rule", "severity", "server", "fix", "finds"]);
    for rule in rules {
        let cells = [rule.id, rule.severity.word(), server_says(rule.authelia), fix_word(rule.fix), rule.summary];
        table.add(cells.map(str::to_owned));
    }
    table.write(look, |_| None, out)
}
