//! Rules whose subject every client meets.

use std::collections::BTreeSet;

use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::watched;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "lax-subject",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The target release is older than 4.39.20, and a rule has a subject.",
    why: "Before 4.39.20 a client's token counted as an anonymous visitor to the rules, and any subject might still become \
          one: a rule for `group:admins` admits every client whose audience covers the host. After the upgrade a monitor \
          that relied on it is refused.",
    help: "upgrade to 4.39.20 or later, and give every monitor a rule that names its client",
    bad: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'group:admins'
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
    if !context.monitored.engine.behaviour().clients_are_anonymous {
        return;
    }
    let config = context.config;
    let mut seen = BTreeSet::new();
    for request in &context.monitored.requests {
        let Some(rule) = request.decision.rule.filter(|_| request.decision.has_subject) else { continue };
        if !context.monitored.rules_of(request.client).contains(&rule) && seen.insert(rule) {
            let path = config.access_control.rules[rule].path("subject");
            let message = format!("rule #{} also admits the client '{}', whom it does not name", rule + 1, request.client.id);
            context.flag(&path, message).related(&request.path(), "for this audience").emit();
        }
    }
}
