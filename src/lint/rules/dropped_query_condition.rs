//! A query condition that the server drops.

use super::invalid_query_condition::OPERATORS;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "dropped-query-condition",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "The `operator` of a query condition is not in lower case.",
    why: "The server's check does not mind, and the running server drops the condition. A list whose conditions are all \
          dropped matches every request, so the rule decides on more than it says.",
    help: "write the operator in lower case",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      query: [[{operator: 'Equal', key: 'token', value: 'x'}]]
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      query: [[{operator: 'equal', key: 'token', value: 'x'}]]
",
    reference: "https://www.authelia.com/configuration/security/access-control/#query",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        for (outer, conditions) in rule.query.iter().enumerate() {
            for (inner, condition) in conditions.iter().enumerate() {
                let lower = condition.operator.to_lowercase();
                if *lower != *condition.operator && OPERATORS.contains(&&*lower) {
                    let path = rule.path("query").index(outer).index(inner).key("operator");
                    let fix = context.replace_text(&path, &lower, "write it in lower case");
                    let message = format!("rule #{} loses the condition with '{}'", rule.index + 1, condition.operator);
                    context.flag(&path, message).fix(fix).emit();
                }
            }
        }
    }
}
