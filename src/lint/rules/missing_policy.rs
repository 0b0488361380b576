//! A rule that decides nothing.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-policy",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "An access rule has no `policy`.",
    why: "The server refuses to start.",
    help: "write policy: 'one_factor' to admit a monitor's token",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#policy",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        if rule.policy.is_empty() {
            context.flag(&rule.path("policy"), format!("rule #{} has no policy", rule.index + 1)).emit();
        }
    }
}
