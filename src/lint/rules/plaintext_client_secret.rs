//! A secret that stands readable in the configuration.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

use super::client_secret_uses::needs_plaintext;

pub(super) const RULE: Rule = Rule {
    id: "plaintext-client-secret",
    severity: Severity::Warning,
    authelia: Authelia::Warns,
    fix: None,
    summary: "A `client_secret` stands in plain text.",
    why: "Whoever reads the file, its backups or its repository can ask for tokens as this client and open every application \
          that its access rules admit. The server warns and will refuse plain text in a later release.",
    help: "store a digest instead: 'authkuma hash' makes it, and the monitor keeps the secret itself",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: 'insecure_secret'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '$pbkdf2-sha512$310000$wWLlQa0oUEXTFkX1cJcDmA$Yk1p8PSVFXMq3TTCO6VZE8qQwQ9Lr7cL5Qy7rbd6tIqO3mqv4xkFhI0rNTVSSM8C0zqgSGpFEVEuEpFUtUi3NQ'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_secret",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        if client.secret.as_ref().is_some_and(crate::digest::ClientSecret::is_plaintext) && !needs_plaintext(client) {
            let message = format!("the client_secret of '{}' is plain text", client.id);
            context.flag(&client.path("client_secret"), message).emit();
        }
    }
}
