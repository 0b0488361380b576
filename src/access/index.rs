//! Which rules can match a host at all, so that a long list is not walked for every question.

use std::collections::HashMap;

use super::domain::Domain;
use super::rule::Rule;
use crate::go::fold::folded;

/// Positions of rules by what their domains ask for, each list in ascending order.
#[derive(Debug, Default)]
pub(super) struct Index {
    exact: HashMap<String, Vec<usize>>,
    wildcard: HashMap<String, Vec<usize>>,
    /// Rules that a host does not tell apart: without domains, with patterns or placeholders.
    any: Vec<usize>,
}

impl Index {
    pub(super) fn of(rules: &[Rule]) -> Index {
        let mut index = Index::default();
        for (position, rule) in rules.iter().enumerate() {
            let is_plain = |domain: &Domain| matches!(domain, Domain::Exact(_) | Domain::Wildcard(_));
            if rule.domains.is_empty() || !rule.domain_patterns.is_empty() || !rule.domains.iter().all(is_plain) {
                index.any.push(position);
                continue;
            }
            for domain in &rule.domains {
                let list = match domain {
                    Domain::Wildcard(suffix) => index.wildcard.entry(folded(suffix)).or_default(),
                    Domain::Exact(name) | Domain::User(name) | Domain::Group(name) => {
                        index.exact.entry(folded(name)).or_default()
                    }
                };
                if list.last() != Some(&position) {
                    list.push(position);
                }
            }
        }
        index
    }

    /// The rules that may match a host, in order, each once.
    pub(super) fn candidates(&self, host: &str) -> impl Iterator<Item = usize> {
        let host = folded(host);
        let suffixes = host.match_indices('.').filter_map(|(dot, _)| self.wildcard.get(&host[dot..]));
        let mut lists: Vec<&[usize]> = suffixes.chain(self.exact.get(&host)).map(Vec::as_slice).collect();
        lists.push(&self.any);
        std::iter::from_fn(move || {
            let next = lists.iter().filter_map(|list| list.first()).min().copied()?;
            for list in &mut lists {
                if list.first() == Some(&next) {
                    *list = &list[1..];
                }
            }
            Some(next)
        })
    }
}
