//! A digest that no secret matches.

use crate::diagnostic::{Authelia, Severity};
use crate::digest::{ClientSecret, Digest};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unmatchable-digest",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The server reads a digest by which no secret can be proved.",
    why: "`config validate` accepts it, and every token request ends in 401 `invalid_client`, whatever the secret.",
    help: "make the digest again with 'authkuma hash'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '$6$rounds=50000$aFr56HjK3DrB8t3S$zhPQiS85cgBlNhUKKE6n/AHMlpqrvYSnSL3fEVkK0yHFQ.oFFAd8D4OhPAy18K5U61Z2eBhx'
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
        if let Some(defect) = client.secret.as_ref().and_then(ClientSecret::digest).and_then(Digest::defect) {
            let message = format!("no secret matches the digest of '{}': {defect}", client.id);
            context.flag(&client.path("client_secret"), message).emit();
        }
    }
}
