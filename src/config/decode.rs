//! The merged tree into the typed model. What cannot be decoded is absent here; `schema` reports it.

use super::access_control::{Query, QueryValue};
use super::coerce::{self, Commas};
use super::definitions::Definitions;
use super::node::{Node, Value};
use super::{Config, Text, oidc::Oidc};
use crate::digest::ClientSecret;
use crate::go::address::Address;
use crate::go::key::{self, Key};
use crate::go::network::Network;
use crate::go::regexp::{Patterns, Regexp};

/// Reads one mapping of the configuration; an absent one reads as empty.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    node: Option<&'a Node>,
    definitions: &'a Definitions,
    patterns: &'a Patterns,
}

/// Fills the typed model from the merged tree. A date in place of a section is one without any option to the server.
pub(super) fn decode(root: &Node, definitions: &Definitions, patterns: &Patterns, config: &mut Config) {
    let root = Reader { node: Some(root), definitions, patterns };
    config.server = super::server::Server::read(&root.section("server"));
    config.access_control = super::access_control::AccessControl::read(&root.section("access_control"));
    config.session = super::session::Session::read(&root.section("session"));
    let providers = root.section("identity_providers");
    config.oidc = providers
        .value("oidc")
        .filter(|oidc| matches!(oidc.value, Value::Mapping(_) | Value::Timestamp))
        .map(|_| Oidc::read(&providers.section("oidc")));
}

impl<'a> Reader<'a> {
    fn value(&self, key: &str) -> Option<&'a Node> {
        coerce::option(self.node?, key).filter(|node| !node.is_null())
    }

    fn of(&self, node: &'a Node) -> Reader<'a> {
        Reader { node: Some(node), ..*self }
    }

    /// Whether one of its keys has these words in it, letter case aside.
    pub(super) fn has_key_with(&self, words: &str) -> bool {
        let entries = self.node.map_or(&[][..], Node::entries);
        entries.iter().any(|entry| entry.key.to_ascii_lowercase().contains(words))
    }

    /// Text; empty when absent.
    pub(super) fn text(&self, key: &str) -> Text {
        self.value(key).and_then(|node| coerce::text(node).ok()).map(Text::from).unwrap_or_default()
    }

    /// Text as written; none when absent or empty.
    pub(super) fn optional(&self, key: &str) -> Option<Text> {
        self.value(key).and_then(Node::text).filter(|text| !text.is_empty()).map(Text::from)
    }

    /// A URL as written; none when absent or empty. A mapping or a date in its place is a URL without any part.
    pub(super) fn url(&self, key: &str) -> Option<Text> {
        self.optional(key).or_else(|| self.value(key).filter(|node| is_partless(node)).map(|_| Text::default()))
    }

    /// A list of texts; a single text is split at commas.
    pub(super) fn texts(&self, key: &str) -> Vec<Text> {
        self.value(key).and_then(|node| coerce::texts(node, Commas::Split).ok()).unwrap_or_default()
    }

    /// A list of texts; a single text is one item.
    pub(super) fn whole_texts(&self, key: &str) -> Vec<Text> {
        self.value(key).and_then(|node| coerce::texts(node, Commas::Keep).ok()).unwrap_or_default()
    }

    /// True or false; false when absent.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.value(key).and_then(|node| coerce::flag(node).ok()).unwrap_or_default()
    }

    /// A whole number; 0 when absent.
    pub(super) fn integer(&self, key: &str) -> i64 {
        self.value(key).and_then(|node| coerce::integer(node).ok()).unwrap_or_default()
    }

    /// Nanoseconds; none when absent.
    pub(super) fn duration(&self, key: &str) -> Option<i64> {
        self.value(key).and_then(|node| coerce::duration(node).ok())
    }

    /// A client's secret or its digest.
    pub(super) fn secret(&self, key: &str) -> Option<ClientSecret> {
        self.value(key).and_then(Node::text).filter(|text| !text.is_empty()).and_then(|text| ClientSecret::decode(text).ok())
    }

    /// Patterns; what is no pattern is left out.
    pub(super) fn patterns(&self, key: &str) -> Vec<Regexp> {
        let Some(node) = self.value(key) else { return Vec::new() };
        let items = match &node.value {
            Value::Sequence(items) => &**items,
            _ => std::slice::from_ref(node),
        };
        items.iter().filter_map(|item| self.patterns.parse(item.text()?).ok()).collect()
    }

    /// The first pattern so far that cannot be matched here although the server accepts it.
    pub(super) fn unjudgeable_pattern(&self) -> Option<Text> {
        self.patterns.unjudgeable()
    }

    /// Networks, names resolved.
    pub(super) fn networks(&self, key: &str) -> Vec<Network> {
        self.value(key).and_then(|node| self.definitions.networks(node).ok()).unwrap_or_default()
    }

    /// Lists of subjects.
    pub(super) fn subjects(&self, key: &str) -> Vec<Vec<Text>> {
        self.value(key).and_then(|node| coerce::subjects(node).ok()).unwrap_or_default()
    }

    /// Lists of query conditions; a mapping in place of an inner list is a list of one.
    pub(super) fn query(&self, key: &str) -> Vec<Vec<Query>> {
        let lists = self.value(key).map(coerce::items).unwrap_or_default();
        lists.into_iter().map(|list| coerce::items(list).into_iter().map(|item| Query::read(&self.of(item))).collect()).collect()
    }

    /// The value of a query condition, with its type.
    pub(super) fn query_value(&self, key: &str) -> QueryValue {
        match self.value(key).map(|node| (&node.value, node)) {
            None => QueryValue::Absent,
            Some((Value::String(text), _)) => QueryValue::Text(text.clone()),
            Some((_, node)) => QueryValue::Other(coerce::go_type(node)),
        }
    }

    /// What a key text holds; none when it is absent or cannot be read.
    pub(super) fn key(&self, key: &str) -> Option<Key> {
        self.value(key).and_then(Node::text).and_then(|text| key::read_key(text).ok())
    }

    /// What `issuer_private_key` holds; none when it is absent or cannot be read.
    pub(super) fn rsa_key(&self, key: &str) -> Option<Key> {
        self.value(key).and_then(Node::text).and_then(|text| key::read_rsa_key(text).ok())
    }

    /// The first certificate's key; none without readable certificates.
    pub(super) fn certificates(&self, key: &str) -> Option<Key> {
        self.value(key).and_then(Node::text).and_then(|text| key::read_certificates(text).ok())
    }

    /// An address; none when it is absent or cannot be read. A mapping or a date in its place is an address without any part.
    pub(super) fn address(&self, key: &str) -> Option<Address> {
        let value = self.value(key)?;
        if is_partless(value) { Some(Address::default()) } else { Address::parse(value.text()?).ok() }
    }

    /// A section; absent reads as empty.
    pub(super) fn section(&self, key: &str) -> Reader<'a> {
        Reader { node: self.value(key), ..*self }
    }

    /// A list of sections.
    pub(super) fn items<T>(&self, key: &str, read: impl Fn(usize, &Reader<'_>) -> T) -> Vec<T> {
        let items = self.value(key).map(coerce::items).unwrap_or_default();
        items.into_iter().enumerate().map(|(index, item)| read(index, &self.of(item))).collect()
    }

    /// Sections under names of the administrator's choice, in the order in which they are written. A list of mappings is merged.
    pub(super) fn named<T>(&self, key: &str, read: impl Fn(&str, &Reader<'_>) -> T) -> Vec<T> {
        let Some(node) = self.value(key) else { return Vec::new() };
        mappings(node)
            .into_iter()
            .flat_map(Node::entries)
            .filter(|entry| matches!(entry.value.value, Value::Mapping(_) | Value::Null | Value::Timestamp))
            .map(|entry| read(&entry.key, &self.of(&entry.value)))
            .collect()
    }
}

/// Whether the server makes a value without any part of it where it wants one with a syntax of its own.
fn is_partless(node: &Node) -> bool {
    matches!(node.value, Value::Mapping(_) | Value::Timestamp)
}

/// The mappings that a value stands for: itself, or all in a list, however deep.
fn mappings(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Sequence(items) => items.iter().flat_map(mappings).collect(),
        _ => vec![node],
    }
}

impl Query {
    fn read(reader: &Reader<'_>) -> Query {
        Query { operator: reader.text("operator"), key: reader.text("key"), value: reader.query_value("value") }
    }
}
