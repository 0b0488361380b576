//! A bearer client that does not say how it gets its tokens.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-grant-types",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Unsafe),
    summary: "A client with the scope `authelia.bearer.authz` has no `grant_types`.",
    why: "The server refuses to start: with this scope it fills in no default.",
    help: "write grant_types: ['client_credentials']",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#grant_types",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        if client.has_bearer_scope() && client.grant_types.is_empty() {
            let path = client.path("grant_types");
            let fix = context.set(&path, "['client_credentials']", "add the grant that Uptime Kuma uses");
            context.flag(&path, format!("client '{}' has no grant_types", client.id)).fix(fix).emit();
        }
    }
}
