//! One value into what the server wants there: coerced, split and refused the way it does. The words of a refusal are the server's.

use std::borrow::Cow;

use super::Text;
use super::node::{Node, Value};
use crate::go::strconv::{format_float, parse_bool, parse_int};

/// Why a value cannot be what the server wants.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mismatch {
    /// The list item it is about, when the value is a list.
    pub(super) item: Option<usize>,
    /// What is wanted, for people.
    pub(super) expected: &'static str,
    /// The server's reason, without the value.
    pub(super) reason: String,
}

impl Mismatch {
    pub(super) fn new(expected: &'static str, reason: impl Into<String>) -> Mismatch {
        Mismatch { item: None, expected, reason: reason.into() }
    }

    /// The refusal of a kind of value, by Go's type names.
    fn unconvertible(expected: &'static str, wanted: &str, node: &Node) -> Mismatch {
        Mismatch::new(expected, format!("expected type '{wanted}', got unconvertible type '{}'", go_type(node)))
    }

    /// The refusal of a scalar or a list where a mapping or a value with a syntax of its own is wanted.
    pub(super) fn no_mapping(expected: &'static str, node: &Node) -> Mismatch {
        Mismatch::new(expected, format!("expected a map or struct, got \"{}\"", go_kind(node)))
    }

    pub(super) fn at(self, item: usize) -> Mismatch {
        Mismatch { item: Some(item), ..self }
    }
}

/// Go's name of the type that its YAML reader gives the value.
pub(super) fn go_type(node: &Node) -> &'static str {
    match &node.value {
        Value::Null => "nil",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Uint(_) => "uint64",
        Value::Float(_) => "float64",
        Value::String(_) => "string",
        Value::Timestamp => "time.Time",
        Value::Sequence(_) => "[]interface {}",
        Value::Mapping(_) => "map[string]interface {}",
    }
}

fn go_kind(node: &Node) -> &'static str {
    match &node.value {
        Value::Sequence(_) => "slice",
        Value::Mapping(_) => "map",
        Value::Timestamp => "struct",
        _ => go_type(node),
    }
}

/// Text. Booleans and numbers become their text; null becomes empty text.
pub(super) fn text(node: &Node) -> Result<Cow<'_, str>, Mismatch> {
    Ok(match &node.value {
        Value::Null => Cow::Borrowed(""),
        Value::Bool(value) => Cow::Borrowed(if *value { "1" } else { "0" }),
        Value::Int(value) => Cow::Owned(value.to_string()),
        Value::Uint(value) => Cow::Owned(value.to_string()),
        Value::Float(value) => Cow::Owned(format_float(*value)),
        Value::String(value) => Cow::Borrowed(value),
        _ => return Err(Mismatch::unconvertible("text", "string", node)),
    })
}

/// `true` or `false`.
pub(super) fn flag(node: &Node) -> Result<bool, Mismatch> {
    Ok(match &node.value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Int(value) => *value != 0,
        Value::Uint(value) => *value != 0,
        Value::Float(value) => *value != 0.0,
        Value::String(value) if value.is_empty() => false,
        Value::String(value) => parse_bool(value).ok_or_else(|| {
            Mismatch::new("'true' or 'false'", "cannot parse value as 'bool': strconv.ParseBool: invalid syntax")
        })?,
        _ => return Err(Mismatch::unconvertible("'true' or 'false'", "bool", node)),
    })
}

/// A whole number.
pub(super) fn integer(node: &Node) -> Result<i64, Mismatch> {
    Ok(match &node.value {
        Value::Null => 0,
        Value::Bool(value) => i64::from(*value),
        Value::Int(value) => *value,
        Value::Uint(value) => value.cast_signed(),
        Value::Float(value) => crate::go::strconv::truncate(*value),
        Value::String(value) if value.is_empty() => 0,
        Value::String(value) => parse_int(value).map_err(|error| {
            Mismatch::new("a whole number", format!("cannot parse value as 'int': strconv.ParseInt: {error}"))
        })?,
        _ => return Err(Mismatch::unconvertible("a whole number", "int", node)),
    })
}

/// A span of time in nanoseconds; a number counts seconds.
pub(super) fn duration(node: &Node) -> Result<i64, Mismatch> {
    const SECOND: i64 = 1_000_000_000;
    /// In seconds; the server takes a longer one for this one.
    const LONGEST: f64 = 9_223_372_036.854_776;
    Ok(match &node.value {
        Value::Null => 0,
        Value::Bool(value) => i64::from(*value),
        Value::Int(value) => value.wrapping_mul(SECOND),
        Value::Uint(value) => value.cast_signed(),
        Value::Float(value) if *value > LONGEST => i64::MAX,
        Value::Float(value) if !value.is_finite() => 0,
        Value::Float(value) => crate::go::strconv::truncate(value.round_ties_even()).wrapping_mul(SECOND),
        Value::String(value) if value.is_empty() => 0,
        Value::String(value) => crate::go::duration::parse_duration(value)
            .map_err(|error| Mismatch::new("a duration such as '1h'", format!("could not decode to a time.Duration: {error}")))?,
        _ => return Err(Mismatch::unconvertible("a duration such as '1h'", "time.Duration", node)),
    })
}

/// Whether a single text is one item or is split at commas.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Commas {
    /// It is split, and the parts are not trimmed.
    Split,
    /// It is one item.
    Keep,
}

/// A list of texts.
pub(super) fn texts(node: &Node, commas: Commas) -> Result<Vec<Text>, Mismatch> {
    match &node.value {
        Value::Null => Ok(Vec::new()),
        Value::Sequence(items) => {
            let read = |(at, item)| text(item).map(Text::from).map_err(|mismatch| mismatch.at(at));
            items.iter().enumerate().map(read).collect()
        }
        Value::Mapping(entries) if entries.is_empty() => Ok(Vec::new()),
        Value::String(value) if commas == Commas::Split => Ok(split(value)),
        _ => text(node).map(|item| vec![Text::from(item)]).map_err(|mismatch| mismatch.at(0)),
    }
}

/// A text split at commas, not trimmed; empty text is an empty list.
pub(super) fn split(value: &str) -> Vec<Text> {
    if value.is_empty() { Vec::new() } else { value.split(',').map(Text::from).collect() }
}

/// The subjects of a rule: any of the lists must match, each with all of its entries.
pub(super) fn subjects(node: &Node) -> Result<Vec<Vec<Text>>, Mismatch> {
    match &node.value {
        Value::Null => Ok(Vec::new()),
        Value::Sequence(items) => {
            let read = |(at, item)| texts(item, Commas::Split).map_err(|mismatch: Mismatch| mismatch.at(at));
            items.iter().enumerate().map(read).collect()
        }
        Value::Mapping(entries) if entries.is_empty() => Ok(Vec::new()),
        _ => texts(node, Commas::Split).map(|inner| vec![inner]).map_err(|mismatch| mismatch.at(0)),
    }
}

/// The items of a list of mappings. One mapping is a list of one.
pub(super) fn items(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::Sequence(items) => items.iter().collect(),
        Value::Mapping(entries) if entries.is_empty() => Vec::new(),
        _ => vec![node],
    }
}

/// The value of an option: the exact key, else the first that differs in letter case only.
pub(super) fn option<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    let mut near = None;
    for entry in node.entries().iter().filter(|entry| entry.key.len() == name.len()) {
        if *entry.key == *name {
            return Some(&entry.value);
        }
        if near.is_none() && entry.key.eq_ignore_ascii_case(name) {
            near = Some(&entry.value);
        }
    }
    near
}
