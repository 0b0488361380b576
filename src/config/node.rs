//! One YAML document as the server reads it: typed values, each with its place.

use std::sync::Arc;

use crate::source::Span;

/// A value with its place. Cloning is cheap: children are shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it is written, without anchor, tag, trailing blanks or comment. An absent value has an empty span after its colon or dash. A value that
    /// came by an alias or a merge key lies outside the span of what it stands in.
    pub span: Span,
    /// How it is written.
    pub style: Style,
}

/// A value as go-yaml v3 resolves it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Absent, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits 64 bits with sign.
    Int(i64),
    /// A whole number that fits 64 bits only without sign.
    Uint(u64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(Box<str>),
    /// A date or time; the server's options have no use for one.
    Timestamp,
    /// A list.
    Sequence(Arc<[Node]>),
    /// A mapping in the order in which it is written; merge keys are resolved, what they bring stands last.
    Mapping(Arc<[Entry]>),
}

/// One entry of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key as text: a number or a boolean as the server prints it.
    pub key: Arc<str>,
    /// Where the key is written.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A scalar without quotes.
    Plain,
    /// In single quotes.
    SingleQuoted,
    /// In double quotes.
    DoubleQuoted,
    /// A literal block after `|`.
    Literal,
    /// A folded block after `>`.
    Folded,
    /// A list or mapping by indentation.
    Block,
    /// A list or mapping in brackets.
    Flow,
}

impl Node {
    /// The value of a key, when this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key, when this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| &*entry.key == key)
    }

    /// The entries; none when this is no mapping.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items; none when this is no list.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// The text, when this is text.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}
