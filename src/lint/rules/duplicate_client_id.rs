//! Two clients with one identifier.

use std::collections::HashMap;

use crate::config::client::Client;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-client-id",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "Two clients have the same `client_id`.",
    why: "The server refuses to start: it could not tell which secret, audience and scopes a token request is about. \
          Identifiers are compared exactly, so `kuma` and `Kuma` are two.",
    help: "give each client an identifier of its own",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
      - client_id: 'uptime-kuma'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
      - client_id: 'uptime-kuma-2'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_id",
    check,
};

fn check(context: &mut Context<'_>) {
    let mut first: HashMap<&str, &Client> = HashMap::new();
    for client in context.config.clients().iter().filter(|client| !client.id.is_empty()) {
        let earlier = *first.entry(&client.id).or_insert(client);
        if earlier.index != client.index {
            context
                .flag(&client.path("client_id"), format!("client_id '{}' is taken by an earlier client", client.id))
                .related(&earlier.path("client_id"), "first used here")
                .emit();
        }
    }
}
