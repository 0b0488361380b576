//! A digest that costs little to attack.

use crate::diagnostic::{Authelia, Severity};
use crate::digest::{ClientSecret, Weakness};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "weak-digest",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The iterations, memory or salt of a digest lie below what the server itself makes digests with.",
    why: "Whoever reads the configuration can try secrets against the digest, and the fewer steps each try costs, the \
          sooner a short secret is found.",
    help: "make the digest again with 'authkuma hash'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '$pbkdf2-sha512$1000$wWLlQa0oUEXTFkX1cJcDmA$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng'
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
        let Some(digest) = client.secret.as_ref().and_then(ClientSecret::digest) else { continue };
        for weakness in digest.weaknesses().iter().filter(|weakness| !matches!(weakness, Weakness::Key { .. })) {
            let message = format!("the digest of '{}' is weak: {weakness}", client.id);
            context.flag(&client.path("client_secret"), message).emit();
        }
    }
}
