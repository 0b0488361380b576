//! A machine client without scopes.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "scopeless-machine-client",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "A client with the grant `client_credentials` has no `scopes`.",
    why: "There are no default scopes for this grant: the monitor's token request with the scope `authelia.bearer.authz` \
          ends in 400 `invalid_scope`.",
    help: "write scopes: ['authelia.bearer.authz']",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        grant_types: ['client_credentials']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#scopes",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        if client.has_client_credentials() && client.scopes.is_empty() {
            let path = client.path("scopes");
            let fix = context.set(&path, "['authelia.bearer.authz']", "give it the bearer scope");
            context.flag(&path, format!("client '{}' has no scopes, and no default ones either", client.id)).fix(fix).emit();
        }
    }
}
