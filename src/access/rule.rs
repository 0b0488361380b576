//! One access rule, compiled.

use super::criterion::{Criterion, RuleCheck};
use super::domain::{Domain, Pattern};
use super::query::Condition;
use super::{Level, Object, Subject};
use crate::config::access_control::AccessRule;
use crate::go::network::Network;
use crate::go::regexp::Patterns;

/// A rule ready to be compared.
#[derive(Debug)]
pub(super) struct Rule {
    index: usize,
    pub(super) level: Level,
    /// Whether it may depend on who asks, so that an anonymous visitor is sent to log in.
    pub(super) has_subject: bool,
    pub(super) domains: Vec<Domain>,
    pub(super) domain_patterns: Vec<Pattern>,
    resources: Vec<Pattern>,
    query: Vec<Vec<Condition>>,
    methods: Vec<String>,
    networks: Vec<Network>,
    subjects: Vec<Vec<Principal>>,
}

/// One entry of `subject`.
#[derive(Debug, PartialEq)]
enum Principal {
    User(Box<str>),
    Group(Box<str>),
    Client(Box<str>),
}

impl Rule {
    pub(super) fn compile(rule: &AccessRule, patterns: &Patterns) -> Rule {
        let subjects: Vec<Vec<Principal>> =
            rule.subjects.iter().map(|all| all.iter().filter_map(|one| Principal::read(one)).collect()).collect();
        let subjects: Vec<Vec<Principal>> = subjects.into_iter().filter(|all| !all.is_empty()).collect();
        let domains: Vec<Domain> = rule.domains.iter().map(|domain| Domain::read(domain)).collect();
        let domain_patterns: Vec<Pattern> = rule.domain_patterns.iter().map(Pattern::new).collect();
        let resources: Vec<Pattern> = rule.resources.iter().map(Pattern::new).collect();
        let has_subject = !subjects.is_empty()
            || domains.iter().any(Domain::has_subject)
            || domain_patterns.iter().chain(&resources).any(Pattern::has_subject);
        Rule {
            index: rule.index,
            level: Level::of(&rule.policy),
            has_subject,
            domains,
            domain_patterns,
            resources,
            query: rule.query.iter().map(|all| all.iter().filter_map(|one| Condition::read(one, patterns)).collect()).collect(),
            methods: rule.methods.iter().map(|method| method.to_uppercase()).collect(),
            networks: rule.networks.clone(),
            subjects,
        }
    }

    /// Every criterion, whatever the others say.
    pub(super) fn check(&self, subject: &Subject, object: &Object, folds_wildcards: bool) -> RuleCheck {
        RuleCheck {
            index: self.index,
            domain: self.domain(subject, object, folds_wildcards),
            resources: self.resources(subject, object),
            query: self.query(object),
            methods: self.methods(object),
            networks: self.networks(subject),
            subject: self.subject(subject),
        }
    }

    /// Whether it matches: none when only the unknown address stands against it. Cheap criteria are asked first.
    pub(super) fn matches(&self, subject: &Subject, object: &Object, folds_wildcards: bool) -> Option<bool> {
        let networks = self.networks(subject);
        let all = self.subject(subject).passes()
            && self.methods(object).passes()
            && networks != Criterion::Miss
            && self.domain(subject, object, folds_wildcards).passes()
            && self.resources(subject, object).passes()
            && self.query(object).passes();
        if all && networks == Criterion::Unknown { None } else { Some(all) }
    }

    fn domain(&self, subject: &Subject, object: &Object, folds_wildcards: bool) -> Criterion {
        if self.domains.is_empty() && self.domain_patterns.is_empty() {
            return Criterion::Absent;
        }
        let host = object.host();
        let named = self.domains.iter().any(|domain| domain.matches(host, subject, folds_wildcards));
        Criterion::hit(named || self.domain_patterns.iter().any(|pattern| pattern.matches(host, subject)))
    }

    fn resources(&self, subject: &Subject, object: &Object) -> Criterion {
        if self.resources.is_empty() {
            return Criterion::Absent;
        }
        Criterion::hit(self.resources.iter().any(|pattern| pattern.matches(object.resource(), subject)))
    }

    fn query(&self, object: &Object) -> Criterion {
        if self.query.is_empty() {
            return Criterion::Absent;
        }
        let all = |conditions: &Vec<Condition>| conditions.iter().all(|condition| condition.matches(&object.query));
        Criterion::hit(self.query.iter().any(all))
    }

    fn methods(&self, object: &Object) -> Criterion {
        if self.methods.is_empty() {
            return Criterion::Absent;
        }
        Criterion::hit(self.methods.contains(&object.method))
    }

    fn networks(&self, subject: &Subject) -> Criterion {
        match subject.address {
            _ if self.networks.is_empty() => Criterion::Absent,
            None => Criterion::Unknown,
            Some(address) => Criterion::hit(self.networks.iter().any(|network| network.contains(address))),
        }
    }

    fn subject(&self, subject: &Subject) -> Criterion {
        if self.subjects.is_empty() {
            return Criterion::Absent;
        }
        if subject.is_anonymous() {
            return Criterion::Potential;
        }
        let all = |principals: &Vec<Principal>| principals.iter().all(|principal| principal.is(subject));
        Criterion::hit(self.subjects.iter().any(all))
    }
}

impl Principal {
    /// Reads an entry; none when its prefix is not known, which the server drops.
    fn read(text: &str) -> Option<Principal> {
        let after = |prefix| text.strip_prefix(prefix).map(|name: &str| name.trim_matches(' ').into());
        let user = after("user:").map(Principal::User);
        user.or_else(|| after("group:").map(Principal::Group)).or_else(|| after("oauth2:client:").map(Principal::Client))
    }

    /// Empty names equal empty names: `user:` is every client, `oauth2:client:` every user.
    fn is(&self, subject: &Subject) -> bool {
        match self {
            Principal::User(name) => subject.user == **name,
            Principal::Group(name) => subject.groups.iter().any(|group| *group == **name),
            Principal::Client(id) => subject.client == **id,
        }
    }
}
