//! A client that a rule takes for a user.

use std::collections::HashSet;

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::examples::watched;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "client-as-user",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "A rule's `subject` is `user:` or `group:` with the id of a machine client.",
    why: "A client's token has neither user name nor groups: the rule does not match it, and the monitor is refused.",
    help: "write 'oauth2:client:' before the id",
    bad: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'user:uptime-kuma'
"
    ),
    good: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
"
    ),
    reference: "https://www.authelia.com/configuration/security/access-control/#subject",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let ids: HashSet<&str> =
        config.clients().iter().filter(|client| client.has_client_credentials()).map(|client| &*client.id).collect();
    for rule in &config.access_control.rules {
        for (place, subject) in rule.subject_entries() {
            let name = subject.strip_prefix("user:").or_else(|| subject.strip_prefix("group:")).unwrap_or_default();
            if ids.contains(name) && !name.is_empty() {
                let path = rule.subject_path(place);
                let fix = context.replace_text(&path, &format!("oauth2:client:{name}"), "name it as a client");
                context.flag(&path, format!("'{name}' is a client, and '{subject}' never matches its token")).fix(fix).emit();
            }
        }
    }
}
