//! A claims policy that nothing defines.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-claims-policy",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A client names a `claims_policy` that is not in `claims_policies`.",
    why: "The server refuses to start. A monitor needs no claims policy.",
    help: "remove the option",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        claims_policy: 'extra'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#claims_policy",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(oidc) = &config.oidc else { return };
    for client in oidc.clients.iter().filter(|client| !client.claims_policy.is_empty()) {
        if !oidc.claims_policies.iter().any(|policy| policy.name == client.claims_policy) {
            context.flag(&client.path("claims_policy"), format!("no claims policy is named '{}'", client.claims_policy)).emit();
        }
    }
}
