//! A client rule for a host that the client has no audience for.

use super::apex_outside_wildcard::apex_of;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::watched;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "audience-outside-rule",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A rule names a client, and none of the client's audiences lies on the rule's hosts.",
    why: "A token is only good for its audience: at the rule's host the monitor sees 401, and at the audience's host no \
          rule may admit it.",
    help: "write the same host in the audience and in the rule",
    bad: watched!(
        r"
    - domain: 'other.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
"
    ),
    good: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
"
    ),
    reference: "https://www.authelia.com/configuration/security/access-control/#domain",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let monitored = context.monitored;
    for requests in monitored.requests.chunk_by(|one, other| one.client.index == other.client.index) {
        for rule in monitored.rules_of(requests[0].client) {
            if !monitored.is_for_another_host(*rule, requests) || apex_of(context, *rule, requests).is_some() {
                continue;
            }
            let refused = requests.iter().any(|request| !request.passes());
            let severity = if refused { Severity::Error } else { Severity::Warning };
            let rule = &config.access_control.rules[*rule];
            let option = if rule.domains.is_empty() { "domain_regex" } else { "domain" };
            let message = format!("'{}' has no audience on a host of rule #{}", requests[0].client.id, rule.index + 1);
            context
                .flag(&rule.path(option), message)
                .severity(severity)
                .related(&requests[0].path(), "an audience of the client")
                .emit();
        }
    }
}
