//! Keys that the server does not know: it flattens the merged tree and looks each flat key up.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Schema, schema};
use crate::config::node::{Entry, Node, Value};
use crate::config::secret::{is_meant_as_secret, torn_from};
use crate::config::{Path, Problem, ProblemKind, Segment, nearest};
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
    /// Whether the server knows any of the keys.
    fn mapping(&mut self, node: &Node, flat: &str, path: &Path) -> bool {
        let mut knows_any = false;
        for (at, entry) in node.entries().iter().enumerate() {
            let flat = join(flat, &entry.key);
            let path = path.key(&entry.key);
            knows_any |= match &entry.value.value {
                Value::Mapping(entries) if !entries.is_empty() => self.inner(entry, &flat, &path),
                Value::Mapping(_) if self.is_filled(&flat) => true,
                Value::Sequence(items) => {
                    let known = self.leaf(&flat, &path, entry, torn_from(node, at));
                    if known {
                        self.items(items, &flat, &path);
                    }
                    known
                }
                _ => self.leaf(&flat, &path, entry, torn_from(node, at)),
            };
        }
        knows_any
    }

    /// A mapping below a key. Where the server knows none of its keys, the one above may be to blame for all.
    fn inner(&mut self, entry: &Entry, flat: &str, path: &Path) -> bool {
        let (before, unknown) = (self.problems.len(), self.unknown);
        if self.mapping(&entry.value, flat, path) {
            return true;
        }
        if !self.schema.is_section(flat) {
            let first = self.problems.get(before).and_then(|problem| problem.span);
            self.problems.truncate(before);
            self.unknown = unknown;
            if self.knows(flat) {
                self.keys_for_value(path, first);
            } else {
                self.leaf(flat, path, entry, None);
            }
        }
        false
    }

    /// The server opens lists one level deep only, and names no index, so the first occurrence stands for all.
    fn items(&mut self, items: &[Node], flat: &str, path: &Path) {
        let flat = format!("{flat}[]");
        let Some(first) = items.iter().flat_map(Node::entries).next() else { return };
        if !self.schema.is_section(&flat) {
            return self.keys_for_value(path, Some(first.key_span));
        }
        let mut seen = HashSet::new();
        for (index, item) in items.iter().enumerate() {
            for (at, entry) in item.entries().iter().enumerate() {
                if seen.insert(&*entry.key) {
                    let path = path.index(index).key(&entry.key);
                    self.leaf(&join(&flat, &entry.key), &path, entry, torn_from(item, at));
                }
            }
        }
    }

    /// Whether the server knows a flat key; reports the others, but names none that is part of a secret.
    fn leaf(&mut self, flat: &str, path: &Path, entry: &Entry, torn: Option<&Entry>) -> bool {
        if self.knows(flat) {
            return true;
        }
        let section = path.parent().unwrap_or_default();
        let is_below = entry.value.is_null() && matches!(section.last(), Some(Segment::Key(key)) if is_meant_as_secret(key));
        if let Some(value) = torn.map(|secret| section.key(&secret.key)).or_else(|| is_below.then_some(section)) {
            self.keys_for_value(&value, Some(entry.key_span));
            return false;
        }
        self.unknown += 1;
        let has_keys = !entry.value.entries().is_empty();
        let suggestion = if self.unknown <= MOST_SUGGESTIONS { self.suggestion(flat, has_keys) } else { None };
        let kind = ProblemKind::UnknownKey { suggestion, has_keys };
        self.problems.push(Problem { path: path.clone(), span: Some(entry.key_span), kind });
        false
    }

    fn keys_for_value(&mut self, path: &Path, key: Option<Span>) {
        let is_same = |last: &Problem| last.kind == ProblemKind::KeysForValue && last.path == *path;
        if !self.problems.last().is_some_and(is_same) {
            self.problems.push(Problem { path: path.clone(), span: key, kind: ProblemKind::KeysForValue });
        }
    }

    fn knows(&self, flat: &str) -> bool {
        self.schema.accepts(&without_indexes(flat)) || MAPPED.contains(&flat)
    }

    /// Whether the server fills a section before it reads a file.
    fn is_filled(&self, flat: &str) -> bool {
        let is_limit = flat.rsplit_once('.').is_some_and(|(section, name)| {
            section == "server.endpoints.rate_limits" && self.schema.section(section).iter().any(|(limit, _)| *limit == name)
        });
        is_limit || FILLED.contains(&flat)
    }

    /// The nearest option of the same section, when it is near enough to be meant.
    fn suggestion(&self, flat: &str, has_keys: bool) -> Option<String> {
        let (section, name) = flat.rsplit_once('.').unwrap_or(("", flat));
        if name.len() > LONGEST_OPTION {
            return None;
        }
        let options = self.schema.section_of(section).iter().filter(|(_, kind)| !has_keys || kind.takes_keys());
        nearest(name, options.map(|(option, _)| *option)).map(str::to_owned)
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
    use super::*;
    use crate::config::tree_of;
    use crate::source::SourceId;

    /// Each problem as its path and the text at its place, with what was meant.
    fn found(text: &str) -> Vec<String> {
        let mut problems = Vec::new();
        check_keys(&tree_of(SourceId(0), text).unwrap(), &mut problems);
        let told = problems.iter().map(|problem| {
            let place = problem.span.map_or("", |span| &text[span.start as usize..span.end as usize]);
            match &problem.kind {
                ProblemKind::UnknownKey { suggestion, .. } => {
                    format!("{} at {place}: {}", problem.path, suggestion.as_deref().unwrap_or("?"))
                }
                kind => format!("{} at {place}: {kind:?}", problem.path),
            }
        });
        told.collect()
    }

    #[test]
    fn a_misspelt_section_is_one_problem() {
        for (text, expected) in [
            (
                "identity_providers: {odic: {hmac_secret: x, clients: [{client_id: a}], cors: {endpoints: [b]}}}",
                "identity_providers.odic at odic: oidc",
            ),
            ("sesion: {secret: a, cookies: [{domain: b}]}", "sesion at sesion: session"),
            ("acces_control: {rules: [{domain: a}], default_policy: deny}", "acces_control at acces_control: access_control"),
            (
                "identity_providers: {oidc: {clienst: [{client_id: a}, {public: true}]}}",
                "identity_providers.oidc.clienst at clienst: clients",
            ),
            ("definition: {network: {a: b}}", "definition at definition: definitions"),
            // A value is not what is meant by a section.
            ("log: {leve: {a: b}}", "log.leve at leve: ?"),
            ("access_control: {rules: [{polcy: a}, {polcy: b}]}", "access_control.rules[0].polcy at polcy: policy"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
        assert_eq!(found("server: {endpoints: {authz: {x: {a: b}}}}"), [""; 0]);
        assert_eq!(found("definitions: {network: {a: b}}"), [""; 0]);
        assert_eq!(found("server: {bufers: {read: 1}, buffers: {raed: 1}}").len(), 2);
    }

    #[test]
    fn keys_in_place_of_a_value_are_not_named() {
        for (text, path, place) in [
            ("session: {secret: {marker}}", "session.secret", "marker"),
            ("session: {secret: {a: {b: marker}, c: d}}", "session.secret", "a"),
            ("session: {secret: [{marker}]}", "session.secret", "marker"),
            ("session: [{secret: a}]", "session", "secret"),
            ("server: {address: {host: a, port: 9}}", "server.address", "host"),
            ("session: {secret: a,marker,more}", "session.secret", "marker"),
            ("authentication_backend: {file: {password: {marker}}}", "authentication_backend.file.password", "marker"),
        ] {
            assert_eq!(found(text), [format!("{path} at {place}: KeysForValue")], "{text}");
        }
    }

    #[test]
    fn written_indexes_are_marks_of_list_items() {
        for (flat, looked_up) in
            [("a[0].b", "a[].b"), ("a[10][2]", "a[][]"), ("a[].b", "a[].b"), ("a[x].b[1", "a[x].b[1"), ("", "")]
        {
            assert_eq!(without_indexes(flat), looked_up, "{flat}");
        }
    }
}
