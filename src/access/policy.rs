//! All rules together, compiled once.

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

impl Policy {
    /// Compiles the rules.
    pub fn compile(access_control: &AccessControl) -> Policy {
        let patterns = Patterns::default();
        let rules: Vec<Rule> = access_control.rules.iter().map(|rule| Rule::compile(rule, &patterns)).collect();
        let default = Level::of(access_control.default_policy());
        Policy { index: Index::of(&rules), rules, default, folds_wildcards: true }
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
