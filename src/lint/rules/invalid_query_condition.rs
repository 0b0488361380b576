//! A condition on the query string that the server refuses.

use crate::config::access_control::{Query, QueryValue};
use crate::diagnostic::{Authelia, Severity};
use crate::go::regexp::{PatternError, Regexp};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-query-condition",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A `query` condition lacks its key, has an unknown operator, or a value that does not go with the operator.",
    why: "The server refuses to start.",
    help: "write a key, and a text value for every operator but 'present' and 'absent'",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      query:
        - - operator: 'like'
            key: 'token'
            value: 'a'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      query:
        - - operator: 'equal'
            key: 'token'
            value: 'a'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#query",
    check,
};

pub(super) const OPERATORS: [&str; 6] = ["present", "absent", "equal", "not equal", "pattern", "not pattern"];

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        for (outer, conditions) in rule.query.iter().enumerate() {
            for (inner, query) in conditions.iter().enumerate() {
                let path = rule.path("query").index(outer).index(inner);
                for (option, message) in faults(query) {
                    context.flag(&path.key(option), message).emit();
                }
                if is_too_big(query) {
                    context.flag_unjudgeable_pattern(&path.key("value"));
                }
            }
        }
    }
}

fn is_too_big(query: &Query) -> bool {
    let QueryValue::Text(value) = &query.value else { return false };
    query.operator.ends_with("pattern") && matches!(Regexp::parse(value), Err(PatternError::Unjudgeable))
}

fn faults(query: &Query) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    let written = &*query.operator;
    if !written.is_empty() && !OPERATORS.iter().any(|operator| operator.eq_ignore_ascii_case(written)) {
        faults.push(("operator", format!("the server knows no operator '{written}'")));
    }
    if query.key.is_empty() {
        faults.push(("key", "the condition names no parameter".to_owned()));
    }
    let has_value = !matches!(&query.value, QueryValue::Absent) && query.value != QueryValue::Text("".into());
    let operator = match written {
        // Without key and operator the server looks no further.
        "" if query.key.is_empty() => return faults,
        "" if has_value => "equal",
        "" => "present",
        written => written,
    };
    match &query.value {
        QueryValue::Absent if operator != "absent" && operator != "present" => {
            faults.push(("value", format!("the operator '{operator}' needs a value")));
        }
        QueryValue::Absent => {}
        QueryValue::Text(value) => match operator {
            "present" | "absent" if !value.is_empty() => {
                faults.push(("value", format!("the operator '{operator}' takes no value")));
            }
            "pattern" | "not pattern" => match Regexp::parse(value) {
                Ok(_) | Err(PatternError::Unjudgeable) => {}
                Err(error) => faults.push(("value", format!("the pattern cannot be compiled: {error}"))),
            },
            _ => {}
        },
        QueryValue::Other(kind) => faults.push(("value", format!("the value must be text but is {kind}"))),
    }
    faults
}
