//! Whether a tree is another one with exactly one change.

use super::super::node::{Node, Value};
use super::super::{Path, Segment};
use super::{Deed, Shape};

/// Whether the new tree is the old one but for what was done at the path.
pub(super) fn differs_only_by(old: &Node, new: &Node, path: &Path, value: &Shape, deed: Deed) -> bool {
    differs(Some(old), new, path.segments(), value, deed)
}

fn differs(old: Option<&Node>, new: &Node, path: &[Segment], value: &Shape, deed: Deed) -> bool {
    let Some((step, rest)) = path.split_first() else { return is_written(new, value) };
    match step {
        Segment::Key(key) => {
            let before = old.map_or(&[][..], |old| old.entries());
            if old.is_some_and(|old| before.is_empty() && !is_nothing(old)) {
                return false;
            }
            let mut kept = before.iter().filter(|entry| !entry.key.eq_ignore_ascii_case(key));
            let mut grown = None;
            for entry in new.entries() {
                if entry.key.eq_ignore_ascii_case(key) {
                    grown = Some(&entry.value);
                } else if kept.next().is_none_or(|old| old.key != entry.key || !equal(&old.value, &entry.value)) {
                    return false;
                }
            }
            let below = before.iter().find(|entry| entry.key.eq_ignore_ascii_case(key)).map(|entry| &entry.value);
            kept.next().is_none() && grown.is_some_and(|grown| differs(below, grown, rest, value, deed))
        }
        Segment::Index(index) => {
            let (before, after) = (old.map_or(&[][..], |old| old.items()), new.items());
            let added = usize::from(deed == Deed::Insert && rest.is_empty());
            if after.len() != before.len() + added || *index >= after.len() {
                return false;
            }
            let same = |old: &[Node], new: &[Node]| old.iter().zip(new).all(|(old, new)| equal(old, new));
            let below = if added == 0 { before.get(*index) } else { None };
            same(&before[..*index], &after[..*index])
                && same(&before[index + 1 - added..], &after[index + 1..])
                && differs(below, &after[*index], rest, value, deed)
        }
    }
}

/// Whether a value is absent in all but name.
pub(super) fn is_nothing(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(entries) => entries.is_empty(),
        _ => false,
    }
}

fn is_written(node: &Node, value: &Shape) -> bool {
    match (&node.value, value) {
        (Value::String(text), Shape::Text(wanted)) => **text == **wanted,
        (Value::Bool(flag), Shape::Flag(wanted)) => flag == wanted,
        (Value::Sequence(items), Shape::List(wanted)) => {
            items.len() == wanted.len() && items.iter().zip(wanted).all(|(item, wanted)| is_written(item, wanted))
        }
        (Value::Mapping(entries), Shape::Map(wanted)) => {
            let each = |(entry, part): (&super::super::node::Entry, &super::Part)| {
                *entry.key == *part.key && is_written(&entry.value, &part.value)
            };
            entries.len() == wanted.len() && entries.iter().zip(wanted).all(each)
        }
        _ => false,
    }
}

/// Equal but for where and how they are written. Not a number is equal to itself.
fn equal(old: &Node, new: &Node) -> bool {
    match (&old.value, &new.value) {
        (Value::Float(old), Value::Float(new)) => old.to_bits() == new.to_bits(),
        (Value::Sequence(old), Value::Sequence(new)) => {
            old.len() == new.len() && old.iter().zip(&**new).all(|(old, new)| equal(old, new))
        }
        (Value::Mapping(old), Value::Mapping(new)) => {
            old.len() == new.len() && old.iter().zip(&**new).all(|(old, new)| old.key == new.key && equal(&old.value, &new.value))
        }
        (old, new) => old == new,
    }
}
