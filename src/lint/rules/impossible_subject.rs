//! Subjects that nobody can have at once.

use std::collections::BTreeSet;

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::all_of;

pub(super) const RULE: Rule = Rule {
    id: "impossible-subject",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A list within `subject` asks for a client together with a user, a group or another client.",
    why: "The entries of an inner list must all match, and a token is either a client's or a user's: the rule never \
          matches, and the monitor is refused.",
    help: "put the client into a list of its own: subject: [['oauth2:client:uptime-kuma'], ['group:staff']]",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: [['oauth2:client:uptime-kuma', 'group:staff']]
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: [['oauth2:client:uptime-kuma'], ['group:staff']]
",
    reference: "https://www.authelia.com/configuration/security/access-control/#subject",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        for (index, all) in rule.subjects.iter().enumerate() {
            let of = |prefix: &str| all.iter().filter_map(|subject| subject.strip_prefix(prefix)).collect::<BTreeSet<_>>();
            let (clients, users, groups) = (of("oauth2:client:"), of("user:"), of("group:"));
            let mixed = !clients.is_empty() && (!users.is_empty() || !groups.is_empty());
            if clients.len() > 1 || users.len() > 1 || mixed {
                let severity = if clients.is_empty() { Severity::Warning } else { Severity::Error };
                let message = format!("rule #{} asks for {} at once, which nobody is", rule.index + 1, all_of(all));
                context.flag(&rule.path("subject").index(index), message).severity(severity).emit();
            }
        }
    }
}
