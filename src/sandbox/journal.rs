//! The request log: one line a request, without secrets, tokens or anything that a terminal would obey.

use crate::terminal::printable;

use std::sync::mpsc::{SyncSender, TrySendError};
use std::time::Duration;

/// Where the lines go. A reader that is too slow misses lines; no request waits for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal(Option<SyncSender<String>>);

/// One request and what became of it.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// Where it came in: the portal itself, or the name of an application.
    pub place: &'a str,
    pub method: &'a str,
    pub path: &'a str,
    pub status: u16,
    pub took: Duration,
    /// Why, in the words of the decision.
    pub note: &'a str,
}

impl Journal {
    pub(super) fn new(lines: Option<SyncSender<String>>) -> Journal {
        Journal(lines)
    }

    /// Writes a request down.
    pub(super) fn write(&self, entry: &Entry<'_>) {
        let Some(lines) = &self.0 else { return };
        let Entry { place, method, path, status, took, note } = entry;
        let place = if place.is_empty() { String::new() } else { format!("{} ", quiet(place)) };
        let note = if note.is_empty() { String::new() } else { format!(" {}", quiet(note)) };
        let line = format!("{place}{} {} {status} {} ms{note}", quiet(method), quiet(path), took.as_millis());
        match lines.try_send(line) {
            Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
        }
    }
}

/// The most characters of one part of a line.
const LONGEST: usize = 400;

/// Text without control characters, tokens and queries, of bounded length.
fn quiet(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(super::tokens::PREFIX) {
        shown.push_str(before);
        shown.push_str("authelia_at_***");
        rest = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "-_.".contains(c));
    }
    shown.push_str(rest);
    without_queries(&shown).chars().take(LONGEST).map(printable).collect()
}

/// Text with what stands behind each question mark of a URL left out: it may be anything.
fn without_queries(text: &str) -> String {
    let mut parts = text.split('?');
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find([' ', '\'', '"', ')']).unwrap_or(part.len());
        shown.push_str(if end == 0 { "?" } else { "?***" });
        shown.push_str(&part[end..]);
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn a_line_shows_no_token_and_obeys_nobody() {
        let (sender, receiver) = sync_channel(1);
        let journal = Journal::new(Some(sender));
        let token = format!("authelia_at_{}.{}", "x".repeat(43), "y".repeat(43));
        let path = format!("/a/{token}/b\u{1b}[31m");
        let entry = Entry {
            place: "",
            method: "GET",
            path: &path,
            status: 200,
            took: Duration::from_millis(3),
            note: "'https://a/?b=c' allowed",
        };
        journal.write(&entry);
        journal.write(&entry);
        assert_eq!(receiver.recv().unwrap(), "GET /a/authelia_at_***/b\u{fffd}[31m 200 3 ms 'https://a/?***' allowed");
        assert!(receiver.try_recv().is_err());
    }
}
