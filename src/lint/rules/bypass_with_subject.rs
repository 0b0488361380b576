//! A bypass rule that asks who is there.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "bypass-with-subject",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A rule with the policy `bypass` has a subject or names users in its domain.",
    why: "The server refuses to start: who asks is not known when nobody is asked to sign in.",
    help: "use 'one_factor', or remove the subject if everybody may pass",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'bypass'
      subject: 'group:staff'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'group:staff'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#bypass",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in context.config.access_control.rules.iter().filter(|rule| &*rule.policy == "bypass") {
        if !rule.subjects.is_empty() {
            context.flag(&rule.path("subject"), format!("rule #{} is 'bypass' and has a subject", rule.index + 1)).emit();
        }
        let mut patterns = rule.domain_patterns.iter();
        if patterns.any(|pattern| pattern.has_group("User") || pattern.has_group("Group")) {
            let message = format!("rule #{} is 'bypass' and names users in 'domain_regex'", rule.index + 1);
            context.flag(&rule.path("domain_regex"), message).emit();
        }
    }
}
