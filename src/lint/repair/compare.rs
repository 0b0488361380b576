//! Whether two trees of one file differ only where the file was edited.

use std::collections::HashMap;
use std::ops::Range;

use crate::config::node::{Entry, Node, Value};
use crate::source::Span;

/// Where a file was edited: bytes before and bytes after, in order.
pub(super) struct Comparison<'a> {
    places: &'a [(Range<u32>, Range<u32>)],
}

impl<'a> Comparison<'a> {
    pub(super) fn new(places: &'a [(Range<u32>, Range<u32>)]) -> Comparison<'a> {
        Comparison { places }
    }

    /// Whether every value that no edit touches is still there, under the same keys, and every new one stands in an edit.
    pub(super) fn is_same_elsewhere(&self, old: &Node, new: &Node) -> bool {
        match (&old.value, &new.value) {
            (Value::Mapping(before), Value::Mapping(after)) => self.entries(before, after),
            (Value::Sequence(before), Value::Sequence(after)) => self.items(before, after),
            (Value::Mapping(_) | Value::Sequence(_), _) => self.is_replaced(old.span) && self.is_written(new.span),
            (_, Value::Mapping(_) | Value::Sequence(_)) => self.is_touched(old.span) && self.is_written(new.span),
            _ => {
                let kept = self.image(old.span) == Some((new.span.start, new.span.end)) && same(&old.value, &new.value);
                kept || self.is_touched(old.span) && self.is_written(new.span)
            }
        }
    }

    fn entries(&self, before: &[Entry], after: &[Entry]) -> bool {
        let mut left: HashMap<u32, &Entry> = after.iter().map(|entry| (entry.key_span.start, entry)).collect();
        let same = before.iter().all(|old| {
            let image = self.image(old.key_span);
            let found = image.and_then(|(start, _)| left.get(&start).copied());
            if let Some(new) = found.filter(|new| image == Some((new.key_span.start, new.key_span.end))) {
                left.remove(&new.key_span.start);
                return new.key == old.key && self.is_same_elsewhere(&old.value, &new.value);
            }
            let candidates = || {
                let left = &left;
                after
                    .iter()
                    .filter(move |new| left.contains_key(&new.key_span.start) && self.stands_for(old.key_span, new.key_span))
            };
            let renamed = candidates().find(|new| new.key == old.key).or_else(|| candidates().next());
            match renamed.filter(|_| self.is_touched(old.key_span)) {
                Some(new) => {
                    left.remove(&new.key_span.start);
                    self.is_same_elsewhere(&old.value, &new.value) || self.is_replaced(old.value.span)
                }
                None => self.is_touched(old.key_span) && self.is_replaced(old.value.span),
            }
        });
        same && left.values().all(|new| self.is_written(new.key_span))
    }

    fn items(&self, before: &[Node], after: &[Node]) -> bool {
        let mut after = after.iter().peekable();
        for old in before {
            let starts = if self.is_replaced(old.span) { None } else { self.starts(old.span.start) };
            loop {
                match (&starts, after.peek()) {
                    (Some(starts), Some(new)) if starts.contains(&new.span.start) => {
                        if !self.is_same_elsewhere(old, new) {
                            return false;
                        }
                        after.next();
                        break;
                    }
                    // What stands before the next old item is new, unless it is what an edit made of this one.
                    (Some(_), Some(new)) if self.is_written(new.span) => {
                        after.next();
                    }
                    (None, _) if self.is_replaced(old.span) => break,
                    _ => return false,
                }
            }
        }
        after.all(|new| self.is_written(new.span))
    }

    /// Where a span that no edit reaches into stands now.
    fn image(&self, span: Span) -> Option<(u32, u32)> {
        let next = self.places.partition_point(|(before, _)| before.end <= span.start);
        let untouched = self.places[next..].first().is_none_or(|(before, _)| before.start >= span.end);
        let edge = span.start == span.end && self.is_touched(span);
        let start = self.shifted(next, span.start);
        (untouched && !edge).then(|| (start, start + (span.end - span.start)))
    }

    /// Where something that began at an offset may begin now: before or behind what was inserted there; none when it was replaced.
    fn starts(&self, offset: u32) -> Option<std::ops::RangeInclusive<u32>> {
        let low = self.places.partition_point(|(before, _)| before.end < offset || before.end == offset && !before.is_empty());
        let high = self.places.partition_point(|(before, _)| before.end <= offset);
        let replaced = self.places[high..].first().is_some_and(|(before, _)| before.start < offset);
        (!replaced).then(|| self.shifted(low, offset)..=self.shifted(high, offset))
    }

    /// An offset after the first `count` edits.
    fn shifted(&self, count: usize, offset: u32) -> u32 {
        match self.places[..count].last() {
            Some((before, after)) => after.end + (offset - before.end),
            None => offset,
        }
    }

    /// Whether an edit reaches into a span or its edges.
    fn is_touched(&self, span: Span) -> bool {
        let next = self.places.partition_point(|(before, _)| before.end < span.start);
        self.places[next..].first().is_some_and(|(before, _)| before.start <= span.end)
    }

    /// Whether one edit replaced all of a span.
    fn is_replaced(&self, span: Span) -> bool {
        self.places.iter().any(|(before, _)| before.start <= span.start && span.end <= before.end)
    }

    /// Whether a span of the new text has to do with an edit.
    fn is_written(&self, span: Span) -> bool {
        let next = self.places.partition_point(|(_, after)| after.end < span.start);
        self.places[next..].first().is_some_and(|(_, after)| after.start <= span.end)
    }

    /// Whether a key is what an edit made of another.
    fn stands_for(&self, old: Span, new: Span) -> bool {
        self.places.iter().any(|(before, after)| {
            before.start <= old.end && old.start <= before.end && after.start <= new.end && new.start <= after.end
        })
    }
}

/// Equal, and not a number is equal to itself.
fn same(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Float(old), Value::Float(new)) => old.to_bits() == new.to_bits(),
        _ => old == new,
    }
}
