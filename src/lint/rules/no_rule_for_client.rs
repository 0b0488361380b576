//! A monitored URL that no rule opens for its client.

use crate::access::Level;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::monitored::Request;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "no-rule-for-client",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "No access rule matches a client's token at one of its audiences, and the default policy is `deny`.",
    why: "The token is issued and valid, and the server refuses it: the monitor is down.",
    help: "add a rule with the host as its domain, policy: 'one_factor' and subject: 'oauth2:client:…', above all wider \
          rules",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
access_control:
  default_policy: 'deny'
  rules:
    - domain: 'other.example.com'
      policy: 'two_factor'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
access_control:
  default_policy: 'deny'
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#rules",
    check,
};

fn check(context: &mut Context<'_>) {
    if !context.knows_rules() || context.config.access_control.rules.is_empty() {
        return;
    }
    for requests in context.monitored.requests.chunk_by(|one, other| one.client.index == other.client.index) {
        for request in requests.iter().filter(|request| request.decision.rule.is_none() && !request.passes()) {
            if request.decision.level == Level::Deny && !is_explained(context, request, requests) {
                let consequence = context.monitored.consequence(request);
                let message = format!("no rule admits '{}' to '{}'{consequence}", request.client.id, request.written());
                context.flag(&request.path(), message).emit();
            }
        }
    }
}

/// Whether another rule has more to say about it.
fn is_explained(context: &Context<'_>, request: &Request<'_>, requests: &[Request<'_>]) -> bool {
    let monitored = context.monitored;
    let missed = ["resources", "methods"].iter().any(|option| monitored.missed_by(request, option).is_some());
    let elsewhere = |rule: &usize| requests.len() == 1 && monitored.is_for_another_host(*rule, requests);
    missed || monitored.rules_of(request.client).iter().any(elsewhere)
}
