//! The digest of the server's guide.

use crate::diagnostic::{Authelia, Severity};
use crate::digest::{ClientSecret, Digest};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "guide-example-digest",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A `client_secret` is the example digest of the server's documentation.",
    why: "Its secret is `insecure_secret`, which everybody can read there: whoever knows the client's id gets tokens that \
          open every application the client may call.",
    help: "generate a secret and its digest with 'authkuma generate secret'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng'
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
        if client.secret.as_ref().and_then(ClientSecret::digest).is_some_and(Digest::is_guide_example) {
            let message = format!("the secret of '{}' is the one in the server's guide", client.id);
            context.flag(&client.path("client_secret"), message).emit();
        }
    }
}
