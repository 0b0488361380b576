//! `query`: conditions on the parameters of the target.

use crate::config::access_control::{Query, QueryValue};
use crate::go::query::Query as Parameters;
use crate::go::regexp::{Patterns, Regexp};

/// One condition that the server keeps.
#[derive(Debug)]
pub(super) struct Condition {
    key: Box<str>,
    test: Test,
    /// Whether the test must fail.
    negated: bool,
}

#[derive(Debug)]
enum Test {
    Present,
    Equal(Box<str>),
    Pattern(Regexp),
}

impl Condition {
    /// The condition of an entry; none when the server drops the entry, as it does with operators in another case.
    pub(super) fn read(entry: &Query, patterns: &Patterns) -> Option<Condition> {
        let operator = match (&*entry.operator, &entry.value) {
            ("", _) if entry.key.is_empty() => return None,
            ("", QueryValue::Absent) => "present",
            ("", QueryValue::Text(text)) if text.is_empty() => "present",
            ("", _) => "equal",
            (operator, _) => operator,
        };
        let (test, negated) = match (operator, &entry.value) {
            ("present" | "absent", _) => (Test::Present, operator == "absent"),
            ("equal" | "not equal", QueryValue::Text(text)) => (Test::Equal(text.clone()), operator == "not equal"),
            ("pattern" | "not pattern", QueryValue::Text(text)) => {
                (Test::Pattern(patterns.parse(text).ok()?), operator == "not pattern")
            }
            _ => return None,
        };
        Some(Condition { key: entry.key.clone(), test, negated })
    }

    pub(super) fn matches(&self, parameters: &Parameters) -> bool {
        let value = parameters.get(&self.key);
        // A parameter that is missing has an empty value to the server.
        let text = value.unwrap_or_default();
        let holds = match &self.test {
            Test::Present => value.is_some(),
            Test::Equal(wanted) => text == wanted.as_bytes(),
            Test::Pattern(pattern) => pattern.is_match(&String::from_utf8_lossy(text)),
        };
        holds != self.negated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(operator: &str, value: Option<&str>, query: &str) -> Option<bool> {
        let value = value.map_or(QueryValue::Absent, |text| QueryValue::Text(text.into()));
        let entry = Query { operator: operator.into(), key: "a".into(), value };
        Condition::read(&entry, &Patterns::default()).map(|condition| condition.matches(&Parameters::parse(query)))
    }

    #[test]
    fn conditions_are_the_servers() {
        for (operator, value, query, expected) in [
            ("", None, "a", Some(true)),
            ("", None, "b", Some(false)),
            ("", Some("1"), "a=1", Some(true)),
            ("", Some(""), "a=2", Some(true)),
            ("absent", None, "a=", Some(false)),
            ("equal", Some("1"), "a=1&a=2", Some(true)),
            ("equal", Some("2"), "a=1&a=2", Some(false)),
            ("equal", Some(""), "", Some(true)),
            ("not equal", Some("1"), "", Some(true)),
            ("pattern", Some("^\\d+$"), "a=12", Some(true)),
            ("pattern", Some("^\\d+$"), "", Some(false)),
            ("not pattern", Some("^\\d+$"), "", Some(true)),
            ("Equal", Some("1"), "a=2", None),
            ("equal", None, "a=2", None),
        ] {
            assert_eq!(matches(operator, value, query), expected, "{operator} {value:?} {query}");
        }
    }
}
