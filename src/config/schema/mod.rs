//! Every option that the server knows, with the kind of value it decodes into: one table, read once.

mod keys;
mod types;

pub(super) use keys::check_keys;
pub(super) use types::check_types;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::OnceLock;

use super::{Path, Segment};

/// What the server decodes a value into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Text,
    Flag,
    Integer,
    Duration,
    /// Text items; a single text is split at commas.
    Texts,
    /// Text items; a single text is one item.
    WholeTexts,
    Integers,
    Subjects,
    Patterns,
    Networks,
    NamedNetworks,
    /// A mapping with options of its own.
    Section,
    /// The same, absent as a whole when something in it cannot be decoded.
    OptionalSection,
    /// A list of sections.
    List,
    /// A list of lists of sections.
    ListOfLists,
    /// Sections under names of the administrator's choice.
    Map,
    Url,
    Urls,
    Digest,
    Address,
    Mail,
    Certificates,
    Key,
    PrivateKey,
    RsaKey,
    TlsVersion,
    RefreshInterval,
    Any,
}

/// The options of one section, in the order of the table.
pub(super) type Section = Vec<(&'static str, Kind)>;

/// The table.
pub(super) struct Schema {
    /// By path without indexes, list items as `[]` and free names as `*`; the root is the empty path.
    sections: HashMap<&'static str, Section>,
    /// The names of all options, wherever they stand.
    names: HashSet<&'static str>,
    /// Flat keys that the server takes for its own, `*` as a name among them.
    known: HashSet<String>,
    /// Flat keys with a free name in them: what stands before and after it.
    named: Vec<(String, String)>,
}

/// Items of lists that the server's own list of keys names as they are.
const LISTED_ITEMS: [&str; 2] = ["identity_providers.oidc.clients[]", "session.cookies[]"];

const TABLE: &str = include_str!("keys.txt");

/// The table, read on first use.
pub(super) fn schema() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| Schema::read(TABLE))
}

impl Schema {
    /// The options of a section; none for a path that is no section.
    pub(super) fn section(&self, path: &str) -> &[(&'static str, Kind)] {
        self.sections.get(path).map_or(&[], Vec::as_slice)
    }

    /// Whether any section has an option of this name.
    pub(super) fn has_option(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// The options of a section whose path has a name in place of `*`.
    fn section_of(&self, path: &str) -> &[(&'static str, Kind)] {
        let template = self.sections.keys().find(|section| {
            section.split_once(".*").is_some_and(|(before, after)| {
                path.strip_prefix(before)
                    .and_then(|rest| rest.strip_prefix('.'))
                    .and_then(|rest| rest.strip_suffix(after))
                    .is_some_and(is_free_name)
            })
        });
        match self.section(path) {
            [] => template.map_or(&[], |template| self.section(template)),
            options => options,
        }
    }

    /// Whether options or names of the administrator's choice may stand below a path.
    fn is_section(&self, path: &str) -> bool {
        let is_above = |inner: &str| inner.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
        !self.section_of(path).is_empty()
            || self.sections.keys().any(|section| is_above(section))
            || self.named.iter().any(|(before, _)| is_above(before))
    }

    /// A path in the notation of the server's decoder, which puts names of the administrator's choice in brackets.
    pub(super) fn decoder_path(&self, path: &Path) -> String {
        let (mut written, mut flat) = (String::new(), String::new());
        for segment in path.segments() {
            match segment {
                Segment::Index(index) => {
                    let _ = write!(written, "[{index}]");
                    // Mappings in a list where one is wanted are one mapping.
                    if !self.is_map(&flat) {
                        flat.push_str("[]");
                    }
                }
                Segment::Key(key) if self.is_map(&flat) => {
                    let _ = write!(written, "[{key}]");
                    flat.push_str(".*");
                }
                Segment::Key(key) => {
                    let dot = if written.is_empty() { "" } else { "." };
                    let _ = write!(written, "{dot}{key}");
                    let _ = write!(flat, "{dot}{key}");
                }
            }
        }
        written
    }

    /// Whether the names in a section are the administrator's.
    fn is_map(&self, flat: &str) -> bool {
        flat == "definitions.network" || self.sections.contains_key(&*format!("{flat}.*"))
    }

    /// Whether the server's check of names passes a key that is no option: lists within lists are not opened, and free names
    /// take dots.
    fn overlooks(&self, path: &Path) -> bool {
        let mut flat = String::new();
        for segment in path.segments() {
            match segment {
                Segment::Index(_) => flat.push_str("[]"),
                Segment::Key(key) if flat.is_empty() => flat.push_str(key),
                Segment::Key(key) => {
                    let _ = write!(flat, ".{key}");
                }
            }
        }
        flat.matches("[]").count() > 1 || self.accepts(&flat)
    }

    /// Whether the server takes a flat key for its own.
    fn accepts(&self, flat: &str) -> bool {
        self.known.contains(flat)
            || self.named.iter().any(|(before, after)| {
                flat.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str())).is_some_and(is_free_name)
            })
    }

    fn read(table: &'static str) -> Schema {
        let mut schema = Schema { sections: HashMap::new(), names: HashSet::new(), known: HashSet::new(), named: Vec::new() };
        let mut path = "";
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[') {
                path = section.strip_suffix(']').unwrap_or(section);
                schema.sections.entry(path).or_default();
            } else if let Some((kind, names)) = line.split_once(": ") {
                for name in names.split_whitespace() {
                    schema.add(path, kind, name);
                }
            }
        }
        schema.known.extend(LISTED_ITEMS.map(str::to_owned));
        schema
    }

    fn add(&mut self, path: &'static str, kind: &str, marked: &'static str) {
        let name = marked.trim_end_matches('!');
        let flat = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let kind = Kind::from_name(kind);
        self.names.insert(name);
        self.sections.entry(path).or_default().push((name, kind));
        let is_section = matches!(kind, Kind::Section | Kind::OptionalSection);
        if matches!(kind, Kind::Map | Kind::NamedNetworks) {
            self.named.push((format!("{flat}."), String::new()));
            self.known.insert(format!("{flat}.*"));
        }
        if !is_section || marked.ends_with('!') {
            match flat.split_once(".*.") {
                Some((before, after)) if !after.contains('*') => self.named.push((format!("{before}."), format!(".{after}"))),
                _ => {}
            }
            self.known.insert(flat);
        }
    }
}

impl Kind {
    /// Whether it is written as a mapping.
    fn takes_keys(self) -> bool {
        matches!(self, Kind::Section | Kind::OptionalSection | Kind::Map | Kind::NamedNetworks)
    }

    fn from_name(name: &str) -> Kind {
        match name {
            "flag" => Kind::Flag,
            "integer" => Kind::Integer,
            "duration" | "optional-duration" => Kind::Duration,
            "texts" => Kind::Texts,
            "whole-texts" => Kind::WholeTexts,
            "integers" => Kind::Integers,
            "subjects" => Kind::Subjects,
            "patterns" => Kind::Patterns,
            "networks" => Kind::Networks,
            "named-networks" => Kind::NamedNetworks,
            "section" => Kind::Section,
            "optional-section" => Kind::OptionalSection,
            "list" => Kind::List,
            "list-list" => Kind::ListOfLists,
            "map" => Kind::Map,
            "url" | "optional-url" => Kind::Url,
            "urls" => Kind::Urls,
            "digest" => Kind::Digest,
            "address" => Kind::Address,
            "mail" => Kind::Mail,
            "certificates" => Kind::Certificates,
            "key" => Kind::Key,
            "private-key" => Kind::PrivateKey,
            "rsa-key" => Kind::RsaKey,
            "tls-version" => Kind::TlsVersion,
            "refresh-interval" => Kind::RefreshInterval,
            "any" => Kind::Any,
            _ => Kind::Text,
        }
    }
}

/// Whether the server takes a text for a name in a flat key. Dots are part of the name, which lets unknown options under a
/// free name pass.
fn is_free_name(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"/_.:~-".contains(&byte);
    let (Some(first), Some(last)) = (name.bytes().next(), name.bytes().last()) else { return false };
    first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() && name.bytes().all(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_in_the_table_is_known() {
        for line in TABLE.lines().filter(|line| !line.starts_with(['#', '['])) {
            let kind = line.split(": ").next().unwrap();
            assert!(kind == "text" || Kind::from_name(kind) != Kind::Text, "{line}");
        }
    }

    #[test]
    fn the_decoder_puts_free_names_in_brackets() {
        let path = Path::of("server.endpoints.authz.x.authn_strategies").index(0).key("name");
        assert_eq!(schema().decoder_path(&path), "server.endpoints.authz[x].authn_strategies[0].name");
        let path = Path::of("server.endpoints.authz").index(0).key("x");
        assert_eq!(schema().decoder_path(&path), "server.endpoints.authz[0][x]");
        assert_eq!(schema().decoder_path(&Path::of("session.cookies").index(1)), "session.cookies[1]");
    }

    #[test]
    fn free_names_take_dots_and_hide_unknown_options() {
        let schema = schema();
        for known in [
            "access_control.rules[].domain",
            "server.endpoints.authz.a.b.implementation",
            "server.endpoints.authz.x.foo",
            "server.endpoints.authz.x.authn_strategies[].name",
            "server.endpoints.authz.*.implementation",
            "identity_providers.oidc.scopes.*",
            "session",
        ] {
            assert!(schema.accepts(known), "{known}");
        }
        for unknown in
            ["access_control", "server.endpoints.authz.x.authn_strategies[].scheme", "server.endpoints.authz.a-", "Session"]
        {
            assert!(!schema.accepts(unknown), "{unknown}");
        }
    }
}
