//! A subject of unknown form.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-subject-form",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A subject begins with none of `user:`, `group:` and `oauth2:client:`.",
    why: "The server refuses to start. The letters' case counts, and a space before the prefix is part of it.",
    help: "write 'oauth2:client:' and the client_id for a monitor",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'client:uptime-kuma'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'group:staff'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#subject",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        for subject in rule.subjects.iter().flatten() {
            if !["user:", "group:", "oauth2:client:"].iter().any(|prefix| subject.starts_with(prefix)) {
                let message = format!("the subject '{subject}' begins with none of 'user:', 'group:' and 'oauth2:client:'");
                context.flag(&rule.path("subject"), message).emit();
            }
        }
    }
}
