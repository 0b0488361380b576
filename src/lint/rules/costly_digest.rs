//! A digest that takes too long to check.

use crate::diagnostic::{Authelia, Severity};
use crate::digest::ClientSecret;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "costly-digest",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "Checking a digest once takes longer than a monitor waits, or more memory than a small server has.",
    why: "The server checks it for every token request. Uptime Kuma gives up after 10 seconds, and whoever knows the \
          client's id can keep the processor busy without any secret. A generated secret is long and needs no such cost.",
    help: "make the digest again with the usual work factor: 'authkuma hash'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '$pbkdf2-sha512$90000000$wWLlQa0oUEXTFkX1cJcDmA$Yk1p8PSVFXMq3TTCO6VZE8qQwQ9Lr7cL5Qy7rbd6tIqO3mqv4xkFhI0rNTVSSM8C0zqgSGpFEVEuEpFUtUi3NQ'
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
        if digest.defect().is_none() && digest.is_too_costly_for_monitor() {
            let message = format!("checking the secret of '{}' takes {} on a current server core", client.id, digest.cost());
            context.flag(&client.path("client_secret"), message).emit();
        }
    }
}
