//! `domain`, and the patterns of `domain_regex` and `resources`.

use super::Subject;
use crate::go::fold::{equal_fold, has_suffix_fold};
use crate::go::regexp::Regexp;

/// One entry of `domain`, in lower case.
#[derive(Debug)]
pub(super) enum Domain {
    /// The host itself.
    Exact(Box<str>),
    /// Every host that ends so; begins with a dot.
    Wildcard(Box<str>),
    /// The user's name followed by this.
    User(Box<str>),
    /// One of the user's groups followed by this.
    Group(Box<str>),
}

impl Domain {
    pub(super) fn read(text: &str) -> Domain {
        let lower = text.to_lowercase();
        if lower.starts_with("*.") {
            return Domain::Wildcard(lower[1..].into());
        }
        if let Some(rest) = lower.strip_prefix("{user}") {
            return Domain::User(rest.into());
        }
        match lower.strip_prefix("{group}") {
            Some(rest) => Domain::Group(rest.into()),
            None => Domain::Exact(lower.into()),
        }
    }

    /// Whether it depends on who asks.
    pub(super) fn has_subject(&self) -> bool {
        matches!(self, Domain::User(_) | Domain::Group(_))
    }

    pub(super) fn matches(&self, host: &str, subject: &Subject, folds_wildcards: bool) -> bool {
        let ends_with = |suffix: &str| if folds_wildcards { has_suffix_fold(host, suffix) } else { host.ends_with(suffix) };
        match self {
            Domain::Exact(name) => equal_fold(host, name),
            Domain::Wildcard(suffix) => ends_with(suffix),
            Domain::User(suffix) | Domain::Group(suffix) if subject.is_anonymous() && ends_with(suffix) => {
                host.len() > suffix.len()
            }
            Domain::User(suffix) => host.strip_suffix(&**suffix) == Some(&subject.user),
            Domain::Group(suffix) => host
                .find('.')
                .is_some_and(|dot| host[dot..] == **suffix && subject.groups.iter().any(|group| equal_fold(group, &host[..dot]))),
        }
    }
}

/// A pattern of `domain_regex` or `resources`, with the named groups by which it can depend on who asks.
#[derive(Debug)]
pub(super) struct Pattern {
    regexp: Regexp,
    names_user: bool,
    names_group: bool,
}

impl Pattern {
    pub(super) fn new(regexp: &Regexp) -> Pattern {
        Pattern { regexp: regexp.clone(), names_user: regexp.has_group("User"), names_group: regexp.has_group("Group") }
    }

    /// Whether it depends on who asks.
    pub(super) fn has_subject(&self) -> bool {
        self.names_user || self.names_group
    }

    pub(super) fn matches(&self, text: &str, subject: &Subject) -> bool {
        if !self.regexp.is_match(text) {
            return false;
        }
        if !self.has_subject() || subject.is_anonymous() {
            return true;
        }
        // A group that took no part is empty to the server.
        let taken = |name| self.regexp.group(name, text).unwrap_or_default();
        let is_user = !self.names_user || equal_fold(&subject.user, taken("User"));
        is_user && (!self.names_group || subject.groups.iter().any(|group| equal_fold(group, taken("Group"))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(domain: &str, host: &str, subject: &Subject) -> bool {
        Domain::read(domain).matches(host, subject, true)
    }

    #[test]
    fn wildcards_match_any_depth_but_not_the_apex() {
        let nobody = Subject::anonymous();
        for (domain, host, expected) in [
            ("App.Example.com", "aPP.example.com", true),
            ("*.example.com", "a.b.EXAMPLE.com", true),
            ("*.example.com", "example.com", false),
            ("*.example.com", "xexample.com", false),
            ("*", "a.example.com", false),
            ("*", "*", true),
            ("*example.com", "aexample.com", false),
            ("app.example.com:443", "app.example.com", false),
            ("", "app.example.com", false),
        ] {
            assert_eq!(matches(domain, host, &nobody), expected, "{domain} {host}");
        }
        assert!(!Domain::read("*.example.com").matches("a.EXAMPLE.com", &nobody, false));
    }

    #[test]
    fn placeholders_stand_for_the_user_and_never_for_a_client() {
        let (john, client) = (Subject::user("john", ["dev".to_owned()]), Subject::client("kuma"));
        for (domain, host, subject, expected) in [
            ("{user}.example.com", "john.example.com", &john, true),
            ("{user}.example.com", "JOHN.example.com", &john, false),
            ("{user}.example.com", "other.example.com", &john, false),
            ("{user}.example.com", "other.example.com", &Subject::anonymous(), true),
            ("{user}.example.com", ".example.com", &Subject::anonymous(), false),
            ("{user}.example.com", "kuma.example.com", &client, false),
            ("{group}.example.com", "DEV.example.com", &john, true),
            ("{group}.example.com", "dev.example.com", &client, false),
            ("{group}.example.com", "localhost", &john, false),
        ] {
            assert_eq!(matches(domain, host, subject), expected, "{domain} {host} {subject:?}");
        }
    }
}
