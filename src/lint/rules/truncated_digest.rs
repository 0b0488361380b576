//! A digest that was cut short.

use crate::diagnostic::{Authelia, Severity};
use crate::digest::{ClientSecret, Digest};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "truncated-digest",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The key of a digest is shorter than its algorithm makes it.",
    why: "The server takes the length of the key from the digest, so that a digest cut to a few bytes accepts many secrets \
          beside the right one: an attacker needs only one that agrees in those bytes.",
    help: "make the digest again with 'authkuma hash'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHr'
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
        if client.secret.as_ref().and_then(ClientSecret::digest).is_some_and(Digest::is_truncated) {
            let message = format!("the digest of '{}' is cut short, so other secrets match it too", client.id);
            context.flag(&client.path("client_secret"), message).emit();
        }
    }
}
