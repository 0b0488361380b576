//! A confidential client without a secret.

use crate::config::client::{Client, ENDPOINTS};
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-client-secret",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A confidential client has no `client_secret`.",
    why: "The server refuses to start. Each of four endpoints (token, revocation, introspection, pushed authorization request) \
          authenticates the client by itself, and each one without a method of its own falls back to `client_secret_basic`.",
    help: "add the digest that 'authkuma generate secret' prints beside the secret",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        token_endpoint_auth_method: 'client_secret_basic'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '$pbkdf2-sha512$310000$wWLlQa0oUEXTFkX1cJcDmA$Yk1p8PSVFXMq3TTCO6VZE8qQwQ9Lr7cL5Qy7rbd6tIqO3mqv4xkFhI0rNTVSSM8C0zqgSGpFEVEuEpFUtUi3NQ'
        token_endpoint_auth_method: 'client_secret_basic'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_secret",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        if client.public || client.secret.is_some() || has_unreadable_secret(context, client) {
            continue;
        }
        if let Some(endpoint) = (0..ENDPOINTS.len()).find(|endpoint| needs_secret(client, *endpoint)) {
            let message = format!(
                "client '{}' needs a client_secret: its {} endpoint uses '{}'",
                client.id,
                ENDPOINTS[endpoint].replace('_', " "),
                client.auth_method(endpoint)
            );
            context.flag(&client.path("client_secret"), message).emit();
        }
    }
}

/// A secret that cannot be read has a finding of its own.
fn has_unreadable_secret(context: &Context<'_>, client: &Client) -> bool {
    let path = client.path("client_secret");
    context.config.problems.iter().any(|problem| problem.path == path)
}

fn needs_secret(client: &Client, endpoint: usize) -> bool {
    matches!(client.auth_method(endpoint), "client_secret_basic" | "client_secret_post" | "client_secret_jwt")
}
