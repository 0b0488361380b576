//! What mending changes, as a unified diff for people: secrets are hidden, so it is no patch.

use std::io::{self, Write};
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::Look;
use super::mask::{bare_line, masked_line};
use super::wrap::printable;
use crate::source::Source;

/// How long the shortest difference is looked for before a longer one will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes the differences between two texts of one file; nothing when there are none. Lines that hold one of the texts in `shown` are shown
/// as they are.
pub fn diff(before: &Source, after: &Source, shown: &[String], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let name: String = before.name().chars().map(printable).collect();
    let lines = TextDiff::configure().timeout(PATIENCE).diff_lines(before.text(), after.text());
    let mut begun = false;
    for hunk in lines.unified_diff().iter_hunks() {
        if !begun {
            paint(out, look, "1", &format!("--- {name}"))?;
            paint(out, look, "1", &format!("+++ {name}"))?;
            begun = true;
        }
        paint(out, look, "36", &hunk.header().to_string())?;
        for change in hunk.iter_changes() {
            let (source, index, color) = match change.tag() {
                ChangeTag::Delete => (before, change.old_index(), "31"),
                ChangeTag::Insert => (after, change.new_index(), "32"),
                ChangeTag::Equal => (after, change.new_index(), ""),
            };
            let line = index.map(|index| line(source, index + 1, shown)).unwrap_or_default();
            let line: String = line.chars().map(|c| if c == '\t' { c } else { printable(c) }).collect();
            paint(out, look, color, &format!("{}{line}", change.tag()))?;
        }
    }
    Ok(())
}

fn line(source: &Source, line: usize, shown: &[String]) -> String {
    let bare = bare_line(source, line);
    if shown.iter().any(|text| bare.contains(&**text)) { bare.to_owned() } else { masked_line(source, line) }
}

fn paint(out: &mut dyn Write, look: Look, color: &str, line: &str) -> io::Result<()> {
    if look.color && !color.is_empty() { writeln!(out, "\u{1b}[{color}m{line}\u{1b}[0m") } else { writeln!(out, "{line}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str, color: bool) -> String {
        shown_but(before, after, &[], color)
    }

    fn shown_but(before: &str, after: &str, clear: &[String], color: bool) -> String {
        let source = |text: &str| Source::new("a.yml", text.to_owned());
        let mut out = Vec::new();
        diff(&source(before), &source(after), clear, Look { color, width: 80, is_terminal: true }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn changed_lines_are_shown_and_secrets_hidden() {
        let before = "a: 1\r\nclient_secret: 'abc'\r\nb: 2";
        let expected = "--- a.yml\n+++ a.yml\n@@ -1,3 +1,3 @@\n-a: 1\n+a: 2\n client_secret: '***'\n b: 2\n";
        assert_eq!(shown(before, &before.replace("a: 1", "a: 2"), false), expected);
        assert_eq!(shown(before, before, false), "");
    }

    #[test]
    fn what_is_new_and_ours_is_shown() {
        let before = "client_secret: 'abc'\n";
        let after = format!("{before}---\nclient_secret: '$x$new'\n");
        let expected = "--- a.yml\n+++ a.yml\n@@ -1 +1,3 @@\n client_secret: '***'\n+---\n+client_secret: '$x$new'\n";
        assert_eq!(shown_but(before, &after, &["$x$new".to_owned()], false), expected);
    }

    #[test]
    fn colour_is_for_those_who_ask() {
        assert!(shown("a\n", "b\n", true).contains("\u{1b}[31m-a\u{1b}[0m\n\u{1b}[32m+b\u{1b}[0m\n"));
    }
}
