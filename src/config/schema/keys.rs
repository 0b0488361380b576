//! Keys that the server does not know: it flattens the merged tree and looks each flat key up.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Schema, schema};
use crate::config::node::{Node, Value};
use crate::config::{Path, Problem, ProblemKind, nearest};
use crate::source::Span;

/// Keys under these paths are mapped by the server although its list does not have them.
const MAPPED: [&str; 9] = [
    "server.host",
    "server.port",
    "server.path",
    "notifier.smtp.host",
    "notifier.smtp.port",
    "storage.mysql.host",
    "storage.mysql.port",
    "storage.postgres.host",
    "storage.postgres.port",
];

/// Sections that the server fills before it reads a file, which may therefore stand there empty.
const FILLED: [&str; 7] = [
    "regulation",
    "server",
    "server.endpoints",
    "server.endpoints.rate_limits",
    "webauthn",
    "webauthn.metadata",
    "webauthn.selection_criteria",
];

/// No option has a longer name, so a longer key is no misspelling of one.
const LONGEST_OPTION: usize = 64;

/// Up to how many unknown keys somebody may have misspelt; a file with more is no configuration.
const MOST_SUGGESTIONS: usize = 1_000;

/// Reports every key of the merged tree that the server does not expect.
pub(in crate::config) fn check_keys(root: &Node, problems: &mut Vec<Problem>) {
    Walk { schema: schema(), problems, unknown: 0 }.mapping(root, "", &Path::root());
}

struct Walk<'a> {
    schema: &'static Schema,
    problems: &'a mut Vec<Problem>,
    /// How many keys were unknown so far.
    unknown: usize,
}

impl Walk<'_> {
    fn mapping(&mut self, node: &Node, flat: &str, path: &Path) {
        for entry in node.entries() {
            let flat = join(flat, &entry.key);
            let path = path.key(&entry.key);
            match &entry.value.value {
                Value::Mapping(entries) if !entries.is_empty() => self.mapping(&entry.value, &flat, &path),
                Value::Mapping(_) if self.is_filled(&flat) => {}
                Value::Sequence(items) => {
                    self.leaf(&flat, &path, entry.key_span);
                    self.items(items, &flat, &path);
                }
                _ => self.leaf(&flat, &path, entry.key_span),
            }
        }
    }

    /// The server opens lists one level deep only, and names no index, so the first occurrence stands for all.
    fn items(&mut self, items: &[Node], flat: &str, path: &Path) {
        let mut seen = HashSet::new();
        for (index, item) in items.iter().enumerate() {
            for entry in item.entries() {
                if seen.insert(&*entry.key) {
                    self.leaf(&join(&format!("{flat}[]"), &entry.key), &path.index(index).key(&entry.key), entry.key_span);
                }
            }
        }
    }

    fn leaf(&mut self, flat: &str, path: &Path, span: Span) {
        if self.schema.accepts(&without_indexes(flat)) || MAPPED.contains(&flat) {
            return;
        }
        self.unknown += 1;
        let suggestion = if self.unknown <= MOST_SUGGESTIONS { self.suggestion(flat) } else { None };
        self.problems.push(Problem { path: path.clone(), span: Some(span), kind: ProblemKind::UnknownKey { suggestion } });
    }

    /// Whether the server fills a section before it reads a file.
    fn is_filled(&self, flat: &str) -> bool {
        let is_limit = flat.rsplit_once('.').is_some_and(|(section, name)| {
            section == "server.endpoints.rate_limits" && self.schema.section(section).iter().any(|(limit, _)| *limit == name)
        });
        is_limit || FILLED.contains(&flat)
    }

    /// The nearest option of the same section, when it is near enough to be meant.
    fn suggestion(&self, flat: &str) -> Option<String> {
        let (section, name) = flat.rsplit_once('.').unwrap_or(("", flat));
        if name.len() > LONGEST_OPTION {
            return None;
        }
        nearest(name, self.schema.section_of(section).iter().map(|(option, _)| *option)).map(str::to_owned)
    }
}

fn join(flat: &str, key: &str) -> String {
    if flat.is_empty() { key.to_owned() } else { format!("{flat}.{key}") }
}

/// The flat key as the server looks it up: it takes a written `[0]` for the mark of a list item.
fn without_indexes(flat: &str) -> Cow<'_, str> {
    let mut looked_up = String::new();
    let mut taken = 0;
    for (at, _) in flat.match_indices('[') {
        let digits = flat[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + 1 + digits;
        if digits > 0 && flat[end..].starts_with(']') {
            looked_up.push_str(&flat[taken..=at]);
            taken = end;
        }
    }
    if taken == 0 { Cow::Borrowed(flat) } else { Cow::Owned(looked_up + &flat[taken..]) }
}

#[cfg(test)]
mod tests {
    use super::without_indexes;

    #[test]
    fn written_indexes_are_marks_of_list_items() {
        for (flat, looked_up) in
            [("a[0].b", "a[].b"), ("a[10][2]", "a[][]"), ("a[].b", "a[].b"), ("a[x].b[1", "a[x].b[1"), ("", "")]
        {
            assert_eq!(without_indexes(flat), looked_up, "{flat}");
        }
    }
}
