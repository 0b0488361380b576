//! A rule that is about no host.

use crate::config::node::{Node, Value};
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-domain",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "An access rule has neither `domain` nor `domain_regex`.",
    why: "The server refuses to start.",
    help: "write the host of the application, such as domain: 'app.example.com'",
    bad: r"
access_control:
  rules:
    - policy: 'one_factor'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#domain",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    for rule in &config.access_control.rules {
        if !rule.domains.is_empty() || !rule.domain_patterns.is_empty() {
            continue;
        }
        let has_pattern = config.tree.get(&rule.path("domain_regex")).is_some_and(|node| !node.is_null() && !is_empty(node));
        if !has_pattern {
            context.flag(&rule.path("domain"), format!("rule #{} has no domain", rule.index + 1)).emit();
        }
    }
}

/// The server takes an empty mapping for an empty list.
fn is_empty(node: &Node) -> bool {
    matches!(&node.value, Value::Sequence(items) if items.is_empty())
        || matches!(&node.value, Value::Mapping(entries) if entries.is_empty())
}
