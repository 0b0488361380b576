//! A public client with the client-credentials grant.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "public-machine-client",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A public client may use `client_credentials`.",
    why: "The server refuses to start. A public client has no secret, so anybody who knows its identifier could get its \
          tokens.",
    help: "remove 'public' and give the client a secret",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        public: true
        grant_types: ['client_credentials']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        public: false
        grant_types: ['client_credentials']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#public",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        if client.public && client.has_client_credentials() {
            let message = format!("client '{}' is public and may use 'client_credentials'", client.id);
            context.flag(&client.path("grant_types"), message).emit();
        }
    }
}
