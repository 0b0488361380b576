//! A scope whose claim the client's policy does not make.

use std::collections::HashMap;

use super::invalid_claims_policy::STANDARD as CLAIMS;
use super::unknown_scope::STANDARD as SCOPES;
use crate::config::claims::{ClaimsPolicy, Scope};
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unmade-claim",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A client has a custom scope with a claim that its `claims_policy` does not make.",
    why: "The server refuses to start.",
    help: "add the claim to the client's claims policy, or remove the scope",
    bad: r"
identity_providers:
  oidc:
    scopes:
      badge:
        claims: ['badge_number']
    claims_policies:
      plain: {}
    clients:
      - client_id: 'app'
        scopes: ['openid', 'badge']
        claims_policy: 'plain'
",
    good: r"
identity_providers:
  oidc:
    scopes:
      badge:
        claims: ['badge_number']
    claims_policies:
      plain:
        custom_claims:
          badge_number: {}
    clients:
      - client_id: 'app'
        scopes: ['openid', 'badge']
        claims_policy: 'plain'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#claims_policies",
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(oidc) = &context.config.oidc else { return };
    let scopes: HashMap<&str, &Scope> = oidc.scopes.iter().map(|scope| (&*scope.name, scope)).collect();
    let policies: HashMap<&str, &ClaimsPolicy> = oidc.claims_policies.iter().map(|policy| (&*policy.name, policy)).collect();
    for client in &oidc.clients {
        let Some(policy) = policies.get(&*client.claims_policy) else { continue };
        for (index, scope) in client.scopes.iter().enumerate().filter(|(_, scope)| !SCOPES.contains(&&***scope)) {
            for claim in scopes.get(&**scope).into_iter().flat_map(|scope| &scope.claims) {
                let made = policy.custom_claims.iter().any(|custom| custom.name == *claim);
                if !made && !CLAIMS.contains(&&**claim) {
                    let message = format!("the scope '{scope}' wants the claim '{claim}', which '{}' does not make", policy.name);
                    context.flag(&client.path("scopes").index(index), message).emit();
                }
            }
        }
    }
}
