//! Places in the text of a file.

use crate::config::yaml::{Event, Properties};
use crate::source::{SourceId, Span};

/// The text of a file, in which offsets become spans.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) source: SourceId,
}

impl<'a> Page<'a> {
    pub(super) fn span(self, start: usize, end: usize) -> Span {
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Span { source: self.source, start: place(start), end: place(end.max(start)) }
    }

    /// The character at a place; empty at the end of a line.
    pub(super) fn character(self, at: usize) -> Span {
        let next = self.text[at..].chars().next().filter(|next| !matches!(next, '\n' | '\r'));
        self.span(at, at + next.map_or(0, char::len_utf8))
    }

    /// What is written at a span.
    pub(super) fn written(self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// Where a value begins after its anchor and tag, in whichever order, and what separates them from it.
    pub(super) fn after_properties(self, properties: Properties<'_>, event: &Event) -> usize {
        let count = usize::from(properties.anchor.is_some()) + usize::from(properties.tag.is_some());
        let mut rest = &self.text[event.start..];
        for _ in 0..count {
            rest = rest.trim_start_matches(|next: char| !next.is_whitespace());
            rest = rest.trim_start();
            while rest.starts_with('#') {
                rest = rest.trim_start_matches(|next| next != '\n' && next != '\r').trim_start();
            }
        }
        self.text.len() - rest.len()
    }
}
