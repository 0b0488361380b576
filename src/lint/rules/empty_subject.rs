//! A rule with a subject that is nobody.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "empty-subject",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A rule's `subject` is empty.",
    why: "The server takes it for no subject: the rule admits every user and every client whose token covers the host.",
    help: "name the client: subject: 'oauth2:client:uptime-kuma'",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: ''
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#subject",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        if !rule.subjects.iter().all(Vec::is_empty) {
            continue;
        }
        let path = rule.path("subject");
        if context.config.tree.has(&path) {
            context.flag(&path, format!("rule #{} is for everybody: its subject is empty", rule.index + 1)).emit();
        }
    }
}
