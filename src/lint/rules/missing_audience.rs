//! A bearer client that may go nowhere.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-audience",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A client with the scope `authelia.bearer.authz` has no `audience`.",
    why: "The server refuses to start. The audience lists the URLs that the client's tokens open.",
    help: "write the exact URL that is monitored, such as audience: ['https://app.example.com/']",
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
        audience: ['https://app.example.com/']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#audience",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        if client.has_bearer_scope() && client.audience.is_empty() {
            context.flag(&client.path("audience"), format!("client '{}' has no audience", client.id)).emit();
        }
    }
}
