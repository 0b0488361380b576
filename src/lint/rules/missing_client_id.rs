//! A client without an identifier.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-client-id",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A client has no `client_id`.",
    why: "The server refuses to start: nothing could name this client in a token request or in an access rule.",
    help: "give it an identifier: 'authkuma generate id' makes one",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_name: 'Uptime Kuma'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_name: 'Uptime Kuma'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_id",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients().iter().filter(|client| client.id.is_empty()) {
        context.flag(&client.path("client_id"), format!("client #{} has no client_id", client.index + 1)).emit();
    }
}
