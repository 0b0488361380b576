//! An identifier with characters that need encoding.

use crate::diagnostic::{Authelia, Severity};
use crate::identifier::{ClientId, ClientIdError};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "client-id-charset",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A `client_id` holds characters outside the unreserved ones of RFC 3986.",
    why: "The server refuses to start. Allowed are letters, digits and `-._~`: every other character is written differently \
          by different OAuth 2.0 clients, and the monitor would see `invalid_client`.",
    help: "use letters, digits and '-._~' only, and change the access rules and the monitor with it",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime kuma'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_id",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        if let Err(ClientIdError::Characters(outside)) = ClientId::parse(&client.id) {
            let named: Vec<String> = outside.iter().map(|character| format!("'{}'", character.escape_default())).collect();
            let message = format!("client_id holds characters outside RFC 3986 unreserved: {}", named.join(" "));
            context.flag(&client.path("client_id"), message).emit();
        }
    }
}
