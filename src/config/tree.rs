//! The merged tree of all files, and where a path is written in it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::coerce::{self, Commas};
use super::node::{Entry, Node, Value};
use super::{Path, Problem, ProblemKind, Segment, Text};
use crate::source::Span;

/// The files as one tree: mappings merge key by key, anything else of a later file replaces what an earlier one has.
#[derive(Clone, Debug)]
pub struct Tree {
    root: Node,
}

/// Where a path is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located {
    /// The last key of the path; none for a list item or an absent key.
    pub key: Option<Span>,
    /// The value; none when the path is absent.
    pub value: Option<Span>,
    /// The value, or the key or item nearest above it that exists.
    pub nearest: Span,
}

impl Tree {
    /// A tree of one root.
    pub(super) fn new(root: Node) -> Tree {
        Tree { root }
    }

    /// The root mapping.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The node at a path.
    pub fn get(&self, path: &Path) -> Option<&Node> {
        path.segments().iter().try_fold(&self.root, |node, segment| step(node, segment).map(|(node, _)| node))
    }

    /// Whether something is written at a path.
    pub fn has(&self, path: &Path) -> bool {
        self.get(path).is_some()
    }

    /// The value at a path as a flag; false when it is absent or no flag.
    pub fn flag(&self, path: &Path) -> bool {
        self.get(path).and_then(|node| coerce::flag(node).ok()).unwrap_or_default()
    }

    /// The value at a path as text; empty when it is absent or no text.
    pub fn text(&self, path: &Path) -> Cow<'_, str> {
        self.get(path).and_then(|node| coerce::text(node).ok()).unwrap_or_default()
    }

    /// The value at a path as a list of texts; empty when it is absent or no such list.
    pub fn texts(&self, path: &Path) -> Vec<Text> {
        self.get(path).and_then(|node| coerce::texts(node, Commas::Split).ok()).unwrap_or_default()
    }

    /// Where a path is written, or the nearest thing above it that exists: a key rather than the whole value under it.
    pub fn locate(&self, path: &Path) -> Located {
        let mut node = &self.root;
        let mut nearest = first_line(node);
        let mut key = None;
        for segment in path.segments() {
            match step(node, segment) {
                None => return Located { key: None, value: None, nearest },
                Some((next, entry)) => {
                    key = entry.map(|entry| entry.key_span);
                    nearest = key.unwrap_or_else(|| first_line(next));
                    node = next;
                }
            }
        }
        Located { key, value: Some(node.span), nearest }
    }
}

/// The first key of a mapping stands for it: a caret under all of it says nothing.
fn first_line(node: &Node) -> Span {
    match &node.value {
        Value::Mapping(entries) if !entries.is_empty() => entries[0].key_span,
        _ => node.span,
    }
}

fn step<'a>(node: &'a Node, segment: &Segment) -> Option<(&'a Node, Option<&'a Entry>)> {
    match segment {
        Segment::Key(key) => {
            let entry = node
                .entry(key)
                .or_else(|| node.entries().iter().find(|entry| entry.key.eq_ignore_ascii_case(key)))
                .or_else(|| node.items().iter().find_map(|item| item.entry(key)))?;
            Some((&entry.value, Some(entry)))
        }
        Segment::Index(index) => match &node.value {
            Value::Sequence(items) => items.get(*index).map(|item| (item, None)),
            // The server takes one value for a list of one.
            _ => (*index == 0).then_some((node, None)),
        },
    }
}

/// Puts a later file over an earlier one and reports lists that it replaces.
pub(super) fn merge(earlier: &Node, later: &Node, path: &Path, problems: &mut Vec<Problem>) -> Node {
    let (Value::Mapping(old), Value::Mapping(new)) = (&earlier.value, &later.value) else {
        if let (Value::Sequence(items), Value::Sequence(_)) = (&earlier.value, &later.value)
            && !items.is_empty()
        {
            let kind = ProblemKind::ReplacedList { by: later.span };
            problems.push(Problem { path: path.clone(), span: Some(earlier.span), kind });
        }
        return later.clone();
    };
    let by_key = |entries: &'_ [Entry]| -> HashMap<Arc<str>, usize> {
        entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect()
    };
    let (earlier_keys, later_keys) = (by_key(old), by_key(new));
    let kept = old.iter().map(|entry| match later_keys.get(&entry.key).map(|at| &new[*at]) {
        None => entry.clone(),
        Some(over) => {
            let value = merge(&entry.value, &over.value, &path.key(&entry.key), problems);
            // A merged mapping is written in both files; its first key names it.
            let key_span = if matches!(value.value, Value::Mapping(_)) { entry.key_span } else { over.key_span };
            Entry { key: entry.key.clone(), key_span, value }
        }
    });
    let mut entries: Vec<Entry> = kept.collect();
    entries.extend(new.iter().filter(|entry| !earlier_keys.contains_key(&entry.key)).cloned());
    Node { value: Value::Mapping(entries.into()), span: earlier.span, style: earlier.style }
}
