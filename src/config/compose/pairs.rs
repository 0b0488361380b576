//! A mapping while it is read: its keys as written, its entries, and what its merge key brings.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::config::node::{Entry, Node, Value};
use crate::source::Span;

use super::effort::Effort;
use super::{Built, SyntaxError, SyntaxErrorKind};

#[derive(Default)]
pub(super) struct Pairs {
    entries: Vec<Entry>,
    /// All keys as they are compared for duplicates.
    written: Vec<Written>,
    /// The key that waits for its value.
    key: Option<Key>,
    merge: Option<Built>,
    /// Whether different spellings may give one key.
    ambiguous: bool,
}

/// A key as it is written.
pub(super) struct Written {
    pub(super) text: Arc<str>,
    pub(super) alias: bool,
    pub(super) span: Span,
}

/// What a key means.
pub(super) enum Key {
    Text(Arc<str>, Span),
    Merge,
    /// The server drops the entry.
    Dropped,
}

impl Pairs {
    /// Whether the next child is a key.
    pub(super) fn await_key(&self) -> bool {
        self.key.is_none()
    }

    /// Notes that a key's text may equal that of a key which is written otherwise.
    pub(super) fn respell(&mut self) {
        self.ambiguous = true;
    }

    pub(super) fn add_key(&mut self, key: Key, written: Option<Written>) {
        self.key = Some(key);
        self.written.extend(written);
    }

    pub(super) fn add_value(&mut self, value: Built) {
        match self.key.take() {
            Some(Key::Text(key, key_span)) => self.entries.push(Entry { key, key_span, value: value.node }),
            Some(Key::Merge) => self.merge = Some(value),
            Some(Key::Dropped) | None => {}
        }
    }

    /// What go-yaml counts more for a merge key: it decodes the mapping's own keys again.
    pub(super) fn decoded_again(&self) -> u32 {
        let again = if self.merge.is_some() { self.written.len().saturating_sub(1) } else { 0 };
        u32::try_from(again).unwrap_or(u32::MAX)
    }

    /// What the server refuses once the whole document has proved to be YAML.
    pub(super) fn faults(&self) -> impl Iterator<Item = SyntaxError> {
        let duplicate = duplicate(&self.written)
            .map(|(first, second)| SyntaxErrorKind::DuplicateKey { key: second.text.clone(), first: first.span }.at(second.span));
        let merge = self.merge.as_ref().filter(|merge| merged(merge).is_none());
        duplicate.into_iter().chain(merge.map(|merge| SyntaxErrorKind::InvalidMerge.at(merge.node.span)))
    }

    /// The mapping's own entries, then those it merges: its own win over merged ones, earlier merged ones over later.
    pub(super) fn into_entries(self, effort: &mut Effort) -> Result<Vec<Entry>, SyntaxError> {
        let mut entries = self.entries;
        if self.ambiguous {
            let mut seen = HashSet::new();
            entries.reverse();
            entries.retain(|entry| seen.insert(entry.key.clone()));
            entries.reverse();
        }
        let Some(merge) = self.merge else { return Ok(entries) };
        let mut seen: HashSet<Arc<str>> = entries.iter().map(|entry| entry.key.clone()).collect();
        for entry in merged(&merge).unwrap_or_default().iter().flat_map(Node::entries) {
            if !effort.merge() {
                return Err(SyntaxErrorKind::ExcessiveAliasing.at(merge.node.span));
            }
            if seen.insert(entry.key.clone()) {
                entries.push(entry.clone());
            }
        }
        Ok(entries)
    }
}

/// The mappings that a merge key brings; none when its value is something else. An alias must be one of a mapping.
fn merged(merge: &Built) -> Option<&[Node]> {
    match &merge.node.value {
        Value::Mapping(_) => Some(std::slice::from_ref(&merge.node)),
        Value::Sequence(nodes) if !merge.alias => {
            nodes.iter().all(|node| matches!(node.value, Value::Mapping(_))).then_some(nodes)
        }
        _ => None,
    }
}

/// The first two equal keys, by what is written.
fn duplicate(written: &[Written]) -> Option<(&Written, &Written)> {
    let identity = |key: &Written| (Arc::as_ptr(&key.text).cast::<u8>(), key.alias);
    if written.len() < 16 {
        let earlier = |at: usize| written[..at].iter().find(|key| identity(key) == identity(&written[at]));
        return (0..written.len()).find_map(|at| Some((earlier(at)?, &written[at])));
    }
    let mut seen = HashMap::with_capacity(written.len());
    written.iter().find_map(|key| Some((seen.insert(identity(key), key)?, key)))
}
