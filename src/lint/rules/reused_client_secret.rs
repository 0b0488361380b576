//! One secret for several clients.

use std::collections::HashMap;

use crate::config::client::Client;
use crate::config::node::Node;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "reused-client-secret",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "Two clients have the same `client_secret`.",
    why: "Whoever learns the secret of one client holds the other's as well, and with it every application that the \
          other's tokens open.",
    help: "generate a secret for each client with 'authkuma generate secret'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'a'
        client_secret: '$pbkdf2-sha512$310000$wWLlQa0oUEXTFkX1cJcDmA$Yk1p8PSVFXMq3TTCO6VZE8qQwQ9Lr7cL5Qy7rbd6tIqO3mqv4xkFhI0rNTVSSM8C0zqgSGpFEVEuEpFUtUi3NQ'
      - client_id: 'b'
        client_secret: '$pbkdf2-sha512$310000$wWLlQa0oUEXTFkX1cJcDmA$Yk1p8PSVFXMq3TTCO6VZE8qQwQ9Lr7cL5Qy7rbd6tIqO3mqv4xkFhI0rNTVSSM8C0zqgSGpFEVEuEpFUtUi3NQ'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'a'
        client_secret: '$pbkdf2-sha512$310000$wWLlQa0oUEXTFkX1cJcDmA$Yk1p8PSVFXMq3TTCO6VZE8qQwQ9Lr7cL5Qy7rbd6tIqO3mqv4xkFhI0rNTVSSM8C0zqgSGpFEVEuEpFUtUi3NQ'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_secret",
    check,
};

fn check(context: &mut Context<'_>) {
    let mut first: HashMap<&str, &Client> = HashMap::new();
    for (client, node) in context.config.written_clients().filter(|(client, _)| client.secret.is_some()) {
        let Some(written) = node.get("client_secret").and_then(Node::text) else { continue };
        match first.get(written) {
            None => drop(first.insert(written, client)),
            Some(other) => {
                let message = format!("'{}' has the secret of '{}'", client.id, other.id);
                let finding = context.flag(&client.path("client_secret"), message);
                finding.related(&other.path("client_secret"), "used first here").emit();
            }
        }
    }
}
