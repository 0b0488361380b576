//! All rules together, compiled once.

use std::fmt;

use super::criterion::RuleCheck;
use super::index::Index;
use super::rule::Rule;
use super::{Level, Object, Subject};
use crate::config::access_control::AccessControl;
use crate::go::regexp::Patterns;

/// The access rules and the default policy, ready for many questions.
#[derive(Debug)]
pub struct Policy {
    rules: Vec<Rule>,
    index: Index,
    default: Level,
    folds_wildcards: bool,
}

/// What the rules say to one request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Evaluation {
    /// Position of the rule that decides, from 0; none when the default policy does.
    pub rule: Option<usize>,
    /// What it asks for.
    pub level: Level,
    /// Whether the rule depends on who asks. Never for the default policy.
    pub has_subject: bool,
    /// An earlier rule that would decide if the unknown address lay in its networks.
    pub undecided: Option<usize>,
}

/// What the rules say cannot be told, for one holds a pattern that the server matches and that is too big to be matched here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undecidable {
    pattern: Box<str>,
}

impl Policy {
    /// Compiles the rules. Without one of its patterns a rule would admit more than it does at the server, so none may be missing.
    pub fn compile(access_control: &AccessControl) -> Result<Policy, Undecidable> {
        let patterns = Patterns::default();
        let rules: Vec<Rule> = access_control.rules.iter().map(|rule| Rule::compile(rule, &patterns)).collect();
        if let Some(pattern) = access_control.unjudgeable.clone().or_else(|| patterns.unjudgeable()) {
            return Err(Undecidable { pattern });
        }
        let default = Level::of(access_control.default_policy());
        Ok(Policy { index: Index::of(&rules), rules, default, folds_wildcards: true })
    }

    /// No rule, and nobody passes.
    pub fn shut() -> Policy {
        Policy { index: Index::of(&[]), rules: Vec::new(), default: Level::Deny, folds_wildcards: true }
    }

    /// The same rules with `*.` domains compared case-sensitively, as releases before 4.39.20 did.
    #[must_use]
    pub fn with_case_sensitive_wildcards(self) -> Policy {
        Policy { folds_wildcards: false, ..self }
    }

    /// What is asked for when no rule matches.
    pub fn default_level(&self) -> Level {
        self.default
    }

    /// The rules that may match a host, in order: no other one does.
    pub fn candidates(&self, host: &str) -> impl Iterator<Item = usize> {
        self.index.candidates(host)
    }

    /// The first rule that matches, or the default policy. An unknown address lies in no network.
    pub fn evaluate(&self, subject: &Subject, object: &Object) -> Evaluation {
        let mut undecided = None;
        for position in self.index.candidates(object.host()) {
            let rule = &self.rules[position];
            match rule.matches(subject, object, self.folds_wildcards) {
                Some(true) => {
                    return Evaluation { rule: Some(position), level: rule.level, has_subject: rule.has_subject, undecided };
                }
                Some(false) => {}
                None => undecided = undecided.or(Some(position)),
            }
        }
        Evaluation { rule: None, level: self.default, has_subject: false, undecided }
    }

    /// One rule with each of its criteria; none when there is no such rule.
    pub fn check(&self, rule: usize, subject: &Subject, object: &Object) -> Option<RuleCheck> {
        Some(self.rules.get(rule)?.check(subject, object, self.folds_wildcards))
    }

    /// Every rule with each of its criteria, in order.
    pub fn explain(&self, subject: &Subject, object: &Object) -> impl Iterator<Item = RuleCheck> {
        self.rules.iter().map(|rule| rule.check(subject, object, self.folds_wildcards))
    }
}

impl Undecidable {
    /// Characters of the pattern that are shown.
    const SHOWN: usize = 60;
}

impl fmt::Display for Undecidable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.pattern.chars().take(Undecidable::SHOWN).collect();
        let rest = if shown.len() < self.pattern.len() { "…" } else { "" };
        write!(f, "a pattern of the access rules is too big to be matched here: {shown}{rest}")
    }
}

impl std::error::Error for Undecidable {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::load;
    use crate::source::{Source, Sources};

    #[test]
    fn no_rule_lacks_a_pattern() {
        let compiled = |option: &str| {
            let text =
                format!("access_control:\n  rules:\n    - domain: 'a.example.com'\n      policy: 'one_factor'\n      {option}\n");
            let config = load(Sources::from(Source::new("x", text)));
            Policy::compile(&config.access_control).map(drop)
        };
        let big = r"'^/(\pL{1,30}){1,30}\w{900}$'";
        for option in [
            format!("resources: [{big}]"),
            format!("resources: ['^/$', {big}]"),
            format!("domain_regex: {big}"),
            format!("query: [[{{key: a, operator: pattern, value: {big}}}]]"),
            format!("query: [[{{key: a, operator: not pattern, value: {big}}}]]"),
        ] {
            let error = compiled(&option).unwrap_err();
            assert!(error.to_string().ends_with(big.trim_matches('\'')), "{option}: {error}");
        }
        assert_eq!(compiled(r"resources: ['^/\pL{1,100}$']"), Ok(()));
    }
}
