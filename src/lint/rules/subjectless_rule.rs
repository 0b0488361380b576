//! A client admitted by a rule for everybody.

use std::collections::BTreeSet;

use crate::access::Level;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::watched;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "subjectless-rule",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The rule that admits a client's request names no subject.",
    why: "It admits every other client whose audience covers the host as well, and every user: an attacker needs the \
          secret of any of them.",
    help: "put a rule with subject: 'oauth2:client:…' above it, and tell in it what the client may call",
    bad: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'one_factor'
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
    let mut seen = BTreeSet::new();
    for request in context.monitored.requests.iter().filter(|request| request.decision.level == Level::OneFactor) {
        let Some(rule) = request.decision.rule.filter(|_| !request.decision.has_subject) else { continue };
        if seen.insert(rule) {
            let path = config.access_control.rules[rule].path("subject");
            let message = format!("rule #{} admits '{}' without naming it", rule + 1, request.client.id);
            context.flag(&path, message).related(&request.path(), "for this audience").emit();
        }
    }
}
