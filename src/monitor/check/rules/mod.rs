//! Every rule about monitors, by what it looks at, in the order in which a check goes its way.

mod content;
mod headers;
mod page;
mod protection;
mod settings;
mod state;
mod token;
mod transport;

use super::rule::Rule;

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let groups = [
        settings::RULES,
        transport::RULES,
        token::RULES,
        page::RULES,
        headers::RULES,
        content::RULES,
        protection::RULES,
        state::RULES,
    ];
    groups.into_iter().flatten()
}

/// The rule about what a later release refuses.
pub(super) const BREAKS_ON_UPGRADE: &str = "breaks-on-upgrade";

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_are_unique_kebab_case_and_told_apart_from_the_linters() {
        let mut seen = HashSet::new();
        for rule in all() {
            assert!(seen.insert(rule.id), "{} stands twice", rule.id);
            assert!(rule.id.chars().all(|character| character.is_ascii_lowercase() || character == '-'), "{}", rule.id);
            assert!(crate::lint::rule(rule.id).is_none(), "{} is a rule of the linter", rule.id);
        }
    }

    #[test]
    fn sentences_are_whole_and_help_is_an_imperative() {
        for rule in all() {
            assert!(rule.summary.ends_with('.') && rule.why.ends_with('.'), "{}", rule.id);
            assert!(!rule.help.ends_with('.') && rule.help.starts_with(|first: char| first.is_lowercase()), "{}", rule.id);
        }
    }
}
