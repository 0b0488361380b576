//! A monitored URL that a rule closes.

use crate::access::Level;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::watched;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "denied-client",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A rule with the policy `deny` decides on a client's request.",
    why: "The token is issued and valid, and the server refuses it: the monitor is down.",
    help: "put a rule with policy: 'one_factor' and subject: 'oauth2:client:…' for the host above it",
    bad: watched!(
        r"
    - domain: '*.example.com'
      policy: 'deny'
"
    ),
    good: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
    - domain: '*.example.com'
      policy: 'deny'
"
    ),
    reference: "https://www.authelia.com/configuration/security/access-control/#policies",
    check,
};

fn check(context: &mut Context<'_>) {
    for request in &context.monitored.requests {
        let Some(rule) = request.decision.rule.filter(|_| request.decision.level == Level::Deny && !request.passes()) else {
            continue;
        };
        let path = context.config.access_control.rules[rule].path("policy");
        let consequence = context.monitored.consequence(request);
        let message = format!("rule #{} denies '{}' to '{}'{consequence}", rule + 1, request.written(), request.client.id);
        context.flag(&request.path(), message).related(&path, "decides").emit();
    }
}
