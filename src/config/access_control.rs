//! The `access_control` section, as the server reads it.

use super::decode::Reader;
use super::{Path, Text};
use crate::go::network::Network;
use crate::go::regexp::Regexp;

/// Rules and what happens when none matches.
#[derive(Debug, Default)]
pub struct AccessControl {
    /// `default_policy`; empty means `deny`.
    pub default_policy: Text,
    /// `rules`, in order.
    pub rules: Vec<AccessRule>,
    /// A pattern of the rules that the server accepts and that cannot be matched here; the rule lacks it.
    pub unjudgeable: Option<Text>,
}

/// One rule. A list that is absent or empty is no condition.
#[derive(Debug, Default)]
pub struct AccessRule {
    /// Position in `rules`, from 0. The server counts from 1.
    pub index: usize,
    /// `domain`
    pub domains: Vec<Text>,
    /// `domain_regex`
    pub domain_patterns: Vec<Regexp>,
    /// `policy`
    pub policy: Text,
    /// `subject`: one of these lists must match, each with all of its entries.
    pub subjects: Vec<Vec<Text>>,
    /// `networks`, names resolved.
    pub networks: Vec<Network>,
    /// `resources`
    pub resources: Vec<Regexp>,
    /// `methods`
    pub methods: Vec<Text>,
    /// `query`: one of these lists must match, each with all of its entries.
    pub query: Vec<Vec<Query>>,
}

/// One condition on the query string.
#[derive(Debug, Default)]
pub struct Query {
    /// `operator`; empty means `equal` with a value and `present` without.
    pub operator: Text,
    /// `key`
    pub key: Text,
    /// `value`
    pub value: QueryValue,
}

/// The value of a [`Query`] as it was written; only text is of use to the server.
#[derive(Debug, Default, PartialEq)]
pub enum QueryValue {
    /// Absent or null.
    #[default]
    Absent,
    /// Text.
    Text(Text),
    /// Anything else, named as Go names its type.
    Other(&'static str),
}

impl AccessControl {
    /// The default policy with the server's default filled in.
    pub fn default_policy(&self) -> &str {
        if self.default_policy.is_empty() { "deny" } else { &self.default_policy }
    }

    pub(super) fn read(reader: &Reader<'_>) -> AccessControl {
        let rules = reader.items("rules", AccessRule::read);
        AccessControl { default_policy: reader.text("default_policy"), rules, unjudgeable: reader.unjudgeable_pattern() }
    }
}

impl AccessRule {
    /// The path of one of its options.
    pub fn path(&self, option: &str) -> Path {
        Path::of_item(&["access_control", "rules"], self.index, Some(option))
    }

    /// The path of the rule.
    pub fn root(&self) -> Path {
        Path::of_item(&["access_control", "rules"], self.index, None)
    }

    /// Every entry of `subject` with its place in the lists. A text in place of a list is its first entry.
    pub fn subject_entries(&self) -> impl Iterator<Item = ([usize; 2], &str)> {
        let lists = self.subjects.iter().enumerate();
        lists.flat_map(|(any, all)| all.iter().enumerate().map(move |(index, subject)| ([any, index], &**subject)))
    }

    /// The path of an entry of `subject`.
    pub fn subject_path(&self, [any, index]: [usize; 2]) -> Path {
        self.path("subject").index(any).index(index)
    }

    fn read(index: usize, reader: &Reader<'_>) -> AccessRule {
        AccessRule {
            index,
            domains: reader.whole_texts("domain"),
            domain_patterns: reader.patterns("domain_regex"),
            policy: reader.text("policy"),
            subjects: reader.subjects("subject"),
            networks: reader.networks("networks"),
            resources: reader.patterns("resources"),
            methods: reader.whole_texts("methods"),
            query: reader.query("query"),
        }
    }
}
