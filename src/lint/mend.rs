//! Mends that several rules make: values, keys and items rewritten in place, in the style in which they are written. None where the
//! place came by an alias or a merge key, or where a mend would have to move what is not its own, such as a comment.

use super::rule::Context;
use crate::config::node::{Entry, Node, Style, Value};
use crate::config::{Path, ProblemKind, Segment, tree_of};
use crate::diagnostic::{Edit, Fix, Safety};
use crate::source::{SourceId, Span};

impl Context<'_> {
    /// Puts YAML in place of the value at a path.
    pub(super) fn replace(&self, path: &Path, yaml: &str, title: &str) -> Option<Fix> {
        let node = self.own_node(path)?;
        Some(self.fix(title, vec![Edit::replace(node.span, yaml)]))
    }

    /// Puts text in place of the text at a path, in its quotes.
    pub(super) fn replace_text(&self, path: &Path, text: &str, title: &str) -> Option<Fix> {
        let node = self.own_node(path)?;
        Some(self.fix(title, vec![Edit::replace(node.span, quoted(text, node.style)?)]))
    }

    /// Writes the value at a path in lower case, if that makes it one of the allowed ones.
    pub(super) fn lowercase(&self, path: &Path, allowed: &[&str]) -> Option<Fix> {
        let written = self.own_node(path)?.text()?;
        let lower = written.trim().to_lowercase().replace('-', "_");
        (lower != written && allowed.contains(&&*lower))
            .then(|| self.replace_text(path, &lower, &format!("write '{lower}'")))
            .flatten()
    }

    /// Sets an option to some YAML: replaced where it is written, put in behind its neighbours where it is not, or before the last of them.
    pub(super) fn set(&self, path: &Path, yaml: &str, title: &str) -> Option<Fix> {
        match self.config.tree.get(path) {
            Some(node) if node.span.start < node.span.end => self.replace(path, yaml, title),
            Some(_) => None,
            None => self.insert_key(path, yaml, title),
        }
    }

    /// Puts a key that is absent into a mapping that is written; not where it is there under a misspelt name.
    fn insert_key(&self, path: &Path, yaml: &str, title: &str) -> Option<Fix> {
        let Some(Segment::Key(key)) = path.last() else { return None };
        if self.misspelling(path).is_some() {
            return None;
        }
        let parent = self.config.tree.get(&path.parent()?)?;
        let last = own_entries(parent).last()?;
        if let Some(place) = self.behind(last, parent) {
            let text = if parent.style == Style::Flow {
                format!(", {key}: {yaml}")
            } else {
                format!("\n{}{key}: {yaml}", " ".repeat(self.before(last.key_span).chars().count()))
            };
            return Some(self.fix(title, vec![Edit::insert(place, text)]));
        }
        let place = last.key_span;
        let before = self.before(place);
        if before.ends_with("? ") {
            return None;
        }
        let text = if parent.style == Style::Flow {
            format!("{key}: {yaml}, ")
        } else {
            format!("{key}: {yaml}\n{}", " ".repeat(before.chars().count()))
        };
        Some(self.fix(title, vec![Edit::insert(place, text)]))
    }

    /// The key that was probably meant to be the one at a path, in the same mapping.
    pub(super) fn misspelling(&self, path: &Path) -> Option<&str> {
        let Some(Segment::Key(key)) = path.last() else { return None };
        let mapping = self.config.tree.get(&path.parent()?)?;
        self.config.problems.iter().find_map(|problem| {
            let (ProblemKind::UnknownKey { suggestion, .. } | ProblemKind::IgnoredKey { suggestion }) = &problem.kind else {
                return None;
            };
            let Some(Segment::Key(written)) = problem.path.last() else { return None };
            // Of the items of a list the server names the first one only.
            let is_it = suggestion.as_deref() == Some(&**key)
                && are_alike(problem.path.segments(), path.segments())
                && mapping.entry(written).is_some();
            is_it.then_some(&**written)
        })
    }

    /// Puts one more item, as YAML, at the end of a list; a single value in place of a list becomes one.
    pub(super) fn insert_item(&self, path: &Path, yaml: &str, title: &str) -> Option<Fix> {
        let node = self.own_node(path)?;
        let edit = match (&node.value, node.style) {
            (Value::Sequence(items), Style::Flow) => match items.last() {
                Some(last) if within(last.span, node.span) => Edit::insert(last.span.at_end(), format!(", {yaml}")),
                Some(_) => return None,
                None => Edit::replace(node.span, format!("[{yaml}]")),
            },
            (Value::Sequence(items), _) => {
                let last = items.last().filter(|last| within(last.span, node.span))?;
                let dash = self.dash(last.span)?;
                Edit::insert(last.span, format!("{yaml}\n{dash}"))
            }
            (Value::String(text), _) if !text.is_empty() => {
                Edit::replace(node.span, format!("[{}, {yaml}]", self.config.sources.slice(node.span)))
            }
            _ => return None,
        };
        Some(self.fix(title, vec![edit]))
    }

    /// Takes an item out of a list that has others.
    pub(super) fn remove_item(&self, path: &Path, index: usize, title: &str) -> Option<Fix> {
        let list = self.own_node(path)?;
        let items = list.items();
        let item = items.get(index).filter(|item| within(item.span, list.span))?;
        let span = match (list.style, index.checked_sub(1).and_then(|before| items.get(before)), items.get(index + 1)) {
            (_, None, None) => return None,
            (Style::Flow, Some(earlier), _) => Span { start: earlier.span.end, ..item.span },
            (Style::Flow, None, Some(later)) => Span { end: later.span.start, ..item.span },
            _ => {
                self.dash(item.span)?;
                self.lines(item.span, last_byte(item))?
            }
        };
        Some(self.fix(title, vec![Edit::remove(span)]))
    }

    /// Takes a key with its value out of a mapping that has others.
    pub(super) fn remove_key(&self, path: &Path, title: &str) -> Option<Fix> {
        let Some(Segment::Key(key)) = path.last() else { return None };
        let above = path.parent()?;
        let merged = self.config.tree.get(&above)?;
        let id = merged.entry(key)?.key_span.source;
        let parent = if id == merged.span.source { merged.clone() } else { self.written_in(id, above.segments())? };
        let parent = &parent;
        let entries: Vec<&Entry> = own_entries(parent).collect();
        let at = entries.iter().position(|entry| *entry.key == **key)?;
        let (entry, next) = (entries[at], entries.get(at + 1));
        if !within(entry.value.span, parent.span) || entries.len() < 2 {
            return None;
        }
        let span = match (parent.style, at.checked_sub(1), next) {
            (Style::Flow, Some(before), _) => Span {
                start: last_byte(&entries[before].value).max(entries[before].key_span.end),
                end: last_byte(&entry.value),
                ..entry.key_span
            },
            (Style::Flow, None, Some(next)) => Span { end: next.key_span.start, ..entry.key_span },
            // The first key stands beside the dash of its item.
            (_, _, Some(next)) if !self.before(entry.key_span).trim().is_empty() => {
                let span = Span { end: next.key_span.start, ..entry.key_span };
                let after = Span { start: last_byte(&entry.value).max(entry.key_span.end), ..span };
                if self.config.sources.slice(after).contains('#') {
                    return None;
                }
                span
            }
            _ => self.lines(entry.key_span, last_byte(&entry.value).max(entry.key_span.end))?,
        };
        Some(self.fix(title, vec![Edit::remove(span)]))
    }

    /// Gives the key that is written at a place another name, in its quotes.
    pub(super) fn rename_key(&self, key: Span, name: &str, title: &str) -> Option<Fix> {
        Some(self.fix(title, vec![self.new_name(key, name)?]))
    }

    /// The edit by which a key gets another name.
    pub(super) fn new_name(&self, key: Span, name: &str) -> Option<Edit> {
        let quote = match self.config.sources.slice(key).chars().next()? {
            quote @ ('\'' | '"') => quote.to_string(),
            _ => String::new(),
        };
        Some(Edit::replace(key, format!("{quote}{name}{quote}")))
    }

    /// Puts two items of a list in each other's place.
    pub(super) fn swap_items(&self, path: &Path, one: usize, other: usize, title: &str) -> Option<Fix> {
        let list = self.own_node(path)?;
        let (one, other) = (list.items().get(one)?, list.items().get(other)?);
        if !within(one.span, list.span) || !within(other.span, list.span) {
            return None;
        }
        let (first, second) = (self.config.sources.slice(one.span), self.config.sources.slice(other.span));
        // A comment would stay behind, and an item of several lines would keep the wrong indentation if the two differ in it.
        let same = self.before(one.span).chars().count() == self.before(other.span).chars().count();
        if first.contains('#') || second.contains('#') || !(same || list.style == Style::Flow) {
            return None;
        }
        Some(self.fix(title, vec![Edit::replace(one.span, second), Edit::replace(other.span, first)]))
    }

    /// A fix of this rule's usual safety.
    pub(super) fn fix(&self, title: &str, edits: Vec<Edit>) -> Fix {
        Fix { title: title.to_owned(), safety: self.rule().fix.unwrap_or(Safety::Unsafe), edits }
    }

    /// The node at a path, if it is written where its parent is.
    pub(super) fn own_node(&self, path: &Path) -> Option<&Node> {
        let node = self.config.tree.get(path)?;
        let parent = self.config.tree.get(&path.parent()?)?;
        let is_own =
            within(node.span, parent.span) || node.span.source != parent.span.source && self.is_own_in_its_file(path, node);
        (is_own && node.span.start < node.span.end).then_some(node)
    }

    /// Whether a value that another file merged into its section is written in that section there, and was not brought by an alias.
    fn is_own_in_its_file(&self, path: &Path, node: &Node) -> bool {
        let above = path.segments().split_last().map(|(_, above)| above);
        let parent = above.and_then(|above| self.written_in(node.span.source, above));
        parent.is_some_and(|parent| within(node.span, parent.span))
    }

    /// What one file alone has at a path.
    fn written_in(&self, id: SourceId, path: &[Segment]) -> Option<Node> {
        let root = tree_of(id, self.config.sources.get(id).text())?;
        path.iter().try_fold(root, |section, segment| match segment {
            Segment::Key(key) => section.get(key).cloned(),
            Segment::Index(index) => section.items().get(*index).cloned(),
        })
    }

    /// What stands before a place on its line.
    fn before(&self, place: Span) -> &str {
        let text = self.config.sources.get(place.source).text();
        let before = text.get(..place.start as usize).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}')
    }

    /// Where one more entry can stand behind the last one of a mapping: behind its value and its comment. None behind block scalars, whose
    /// end depends on what follows.
    fn behind(&self, last: &Entry, mapping: &Node) -> Option<Span> {
        let end = last_leaf(&last.value);
        let is_own = within(end.span, mapping.span) && end.span.start < end.span.end;
        if !is_own || matches!(end.style, Style::Literal | Style::Folded) || self.before(last.key_span).contains('?') {
            return None;
        }
        if mapping.style == Style::Flow {
            return Some(end.span.at_end());
        }
        let line = self.lines(end.span, end.span.end)?;
        let end = line.start + u32::try_from(self.config.sources.slice(line).trim_end_matches(['\n', '\r']).len()).ok()?;
        Some(Span { start: end, end, ..line })
    }

    /// What begins the line of an item of a block list: blanks, the dash, and blanks.
    fn dash(&self, item: Span) -> Option<&str> {
        let before = self.before(item);
        (before.trim() == "-").then_some(before)
    }

    /// The whole lines from the place's line to the one of the last byte, when nothing but a comment follows there.
    fn lines(&self, from: Span, last: u32) -> Option<Span> {
        let text = self.config.sources.get(from.source).text();
        let start = from.start - u32::try_from(self.before(from).len()).ok()?;
        let rest = text.get(last as usize..)?;
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let after = line.trim();
        if !after.is_empty() && !after.starts_with('#') {
            return None;
        }
        Some(Span { source: from.source, start, end: last + u32::try_from(line.len()).ok()? })
    }
}

/// The entries that are written in the mapping itself.
fn own_entries(mapping: &Node) -> impl Iterator<Item = &Entry> {
    mapping.entries().iter().filter(|entry| within(entry.key_span, mapping.span))
}

/// Whether two paths lead to options of the same section, whatever the item and the option.
fn are_alike(one: &[Segment], other: &[Segment]) -> bool {
    let same =
        |(one, other): (&Segment, &Segment)| one == other || matches!((one, other), (Segment::Index(_), Segment::Index(_)));
    one.len() == other.len() && one.iter().zip(other).rev().skip(1).all(same)
}

fn within(inner: Span, outer: Span) -> bool {
    outer.source == inner.source && outer.start <= inner.start && inner.end <= outer.end
}

/// What stands last in a node that is written by indentation.
fn last_leaf(node: &Node) -> &Node {
    let inner = match (&node.value, node.style) {
        (Value::Sequence(items), Style::Block) => items.last(),
        (Value::Mapping(_), Style::Block) => own_entries(node).last().map(|entry| &entry.value),
        _ => None,
    };
    inner.map_or(node, last_leaf)
}

/// Where the text of a node ends, line breaks after it aside.
fn last_byte(node: &Node) -> u32 {
    let inner = match (&node.value, node.style) {
        (Value::Sequence(items), Style::Block) => items.last().map(last_byte),
        (Value::Mapping(entries), Style::Block) => {
            own_entries(node).last().or(entries.last()).map(|entry| last_byte(&entry.value).max(entry.key_span.end))
        }
        _ => None,
    };
    inner.unwrap_or(node.span.end)
}

/// Text as a scalar in a style; none for blocks.
fn quoted(text: &str, style: Style) -> Option<String> {
    let single = || format!("'{}'", text.replace('\'', "''"));
    match style {
        Style::Plain if is_plain(text) => Some(text.to_owned()),
        Style::Plain | Style::SingleQuoted => Some(single()),
        Style::DoubleQuoted if text.contains(['"', '\\']) => Some(single()),
        Style::DoubleQuoted => Some(format!("\"{text}\"")),
        Style::Literal | Style::Folded | Style::Block | Style::Flow => None,
    }
}

/// Whether text can stand without quotes anywhere.
fn is_plain(text: &str) -> bool {
    let inner = |character: char| character.is_ascii_alphanumeric() || "_./:-".contains(character);
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(inner)
        && !text.contains(": ")
        && !text.ends_with(':')
        && !matches!(&*text.to_ascii_lowercase(), "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n")
}
