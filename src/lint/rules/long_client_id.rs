//! An identifier longer than the server allows.

use crate::diagnostic::{Authelia, Severity};
use crate::identifier::LONGEST_CLIENT_ID;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "long-client-id",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A `client_id` is longer than 100 bytes.",
    why: "The server refuses to start. It counts bytes, so a letter outside ASCII counts twice or more.",
    help: "shorten it to at most 100 bytes; 'authkuma generate id' makes one of 64",
    bad: "identity_providers:\n  oidc:\n    clients:\n      - client_id: \
          'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'\n",
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
    for client in context.config.clients().iter().filter(|client| client.id.len() > LONGEST_CLIENT_ID) {
        let message = format!("client_id is {} bytes long, more than {LONGEST_CLIENT_ID}", client.id.len());
        context.flag(&client.path("client_id"), message).emit();
    }
}
