//! A policy that does not exist.

use crate::config::Path;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-policy",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "A `policy` or `default_policy` is none of the server's four.",
    why: "The server refuses to start. The letters' case counts.",
    help: "write 'bypass', 'one_factor', 'two_factor' or 'deny'",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'One_Factor'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#policies",
    check,
};

const POLICIES: [&str; 4] = ["bypass", "one_factor", "two_factor", "deny"];

fn check(context: &mut Context<'_>) {
    let access = &context.config.access_control;
    let is_unknown = |policy: &str| !policy.is_empty() && !POLICIES.contains(&policy);
    for rule in access.rules.iter().filter(|rule| is_unknown(&rule.policy)) {
        report(context, &rule.path("policy"), &rule.policy);
    }
    if is_unknown(&access.default_policy) {
        report(context, &Path::of("access_control.default_policy"), &access.default_policy);
    }
}

fn report(context: &mut Context<'_>, path: &Path, policy: &str) {
    let fix = context.lowercase(path, &POLICIES);
    context.flag(path, format!("no policy is called '{policy}'")).fix(fix).emit();
}
