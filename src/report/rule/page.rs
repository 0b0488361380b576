//! One rule in full, on the terminal.

use std::io::{self, Write};

use super::super::Look;
use super::super::wrap::wrap;
use super::{Rule, fix_sentence, server_sentence};
use crate::lint;
use crate::monitor::check;

/// Columns that a text gets even on the narrowest terminal.
const NARROWEST: usize = 20;

/// Columns before the text of a field.
const INDENT: usize = 2;

/// Writes what a rule finds, why it matters, how to mend it, and examples where there are any.
pub fn write_page(rule: Rule, look: Look, out: &mut dyn Write) -> io::Result<()> {
    match rule {
        Rule::Lint(rule) => of_lint(rule, look, out),
        Rule::MonitorCheck(rule) => of_monitors(rule, look, out),
    }
}

fn of_monitors(rule: &check::Rule, look: Look, out: &mut dyn Write) -> io::Result<()> {
    heading(out, look, &format!("{} ({})", rule.id, rule.severity))?;
    paragraph(out, look, rule.summary)?;
    paragraph(out, look, rule.why)?;
    paragraph(out, look, &format!("'authkuma monitor check' says it of the field '{}' in Uptime Kuma.", rule.field))?;
    heading(out, look, "To mend it")?;
    paragraph(out, look, rule.help)
}

fn of_lint(rule: &lint::rule::Rule, look: Look, out: &mut dyn Write) -> io::Result<()> {
    heading(out, look, &format!("{} ({})", rule.id, rule.severity))?;
    paragraph(out, look, rule.summary)?;
    paragraph(out, look, rule.why)?;
    paragraph(
        out,
        look,
        &format!("In Authelia's own check {}; here {}.", server_sentence(rule.authelia), fix_sentence(rule.fix)),
    )?;
    heading(out, look, "To mend it")?;
    paragraph(out, look, rule.help)?;
    heading(out, look, "Wrong")?;
    example(out, rule.bad)?;
    heading(out, look, "Right")?;
    example(out, rule.good)?;
    heading(out, look, "More")?;
    paragraph(out, look, rule.reference)?;
    paragraph(out, look, &format!("Where it is right after all: # authkuma: ignore[{}] and why", rule.id))
}

fn heading(out: &mut dyn Write, look: Look, text: &str) -> io::Result<()> {
    if look.color { writeln!(out, "\u{1b}[1m{text}\u{1b}[0m") } else { writeln!(out, "{text}") }
}

fn paragraph(out: &mut dyn Write, look: Look, text: &str) -> io::Result<()> {
    for line in wrap(text, look.width.saturating_sub(INDENT).max(NARROWEST)).lines() {
        writeln!(out, "{:INDENT$}{line}", "")?;
    }
    writeln!(out)
}

fn example(out: &mut dyn Write, yaml: &str) -> io::Result<()> {
    for line in yaml.trim_matches('\n').lines() {
        writeln!(out, "{}", format!("    {line}").trim_end())?;
    }
    writeln!(out)
}
