//! The rules as tables.

use std::io::{self, Write};

use super::super::Look;
use super::super::columns::Columns;
use super::{Rule, fix_word, server_says};

/// Writes a table a kind, one row a rule: what is known of it, and what it finds.
pub fn write_table(rules: impl IntoIterator<Item = Rule>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut of_lint = Columns::new(["rule", "severity", "server", "fix", "finds"]);
    let mut of_monitors = Columns::new(["rule of 'monitor check'", "severity", "field", "finds"]);
    for rule in rules {
        match rule {
            Rule::Lint(rule) => {
                let cells = [rule.id, rule.severity.word(), server_says(rule.authelia), fix_word(rule.fix), rule.summary];
                of_lint.add(cells.map(str::to_owned));
            }
            Rule::MonitorCheck(rule) => {
                of_monitors.add([rule.id, rule.severity.word(), rule.field, rule.summary].map(str::to_owned));
            }
        }
    }
    of_lint.write(look, |_| None, out)?;
    writeln!(out)?;
    of_monitors.write(look, |_| None, out)
}
