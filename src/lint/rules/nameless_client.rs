//! A rule for the client without an id.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "nameless-client",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A rule's `subject` is `oauth2:client:` with nothing behind it.",
    why: "It never matches a client's token, whose monitor is refused, and matches every user who is signed in, whose client \
          id is empty.",
    help: "write the client's id",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:'
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
        for (place, subject) in rule.subject_entries() {
            if subject.strip_prefix("oauth2:client:").is_some_and(|id| id.trim_matches(' ').is_empty()) {
                let message = format!("rule #{} admits every user who is signed in, and no client", rule.index + 1);
                context.flag(&rule.subject_path(place), message).emit();
            }
        }
    }
}
