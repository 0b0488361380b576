//! A rule for the user without a name.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "nameless-user",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A rule's `subject` is `user:` with nothing behind it.",
    why: "The user name of a client's token is empty too, so the rule admits every client whose audience covers the host: \
          an attacker needs the secret of any of them.",
    help: "write the user's name, or name the client with 'oauth2:client:'",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'user:'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'user:john'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#subject",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        for (place, subject) in rule.subject_entries() {
            if subject.strip_prefix("user:").is_some_and(|name| name.trim_matches(' ').is_empty()) {
                let message = format!("rule #{} admits every client: 'user:' is a token without a user", rule.index + 1);
                context.flag(&rule.subject_path(place), message).emit();
            }
        }
    }
}
