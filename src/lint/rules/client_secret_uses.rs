//! A digest where the server needs the secret itself, or a secret that nothing uses.

use crate::config::client::{Client, ENDPOINTS};
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "client-secret-uses",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A `client_secret` does not suit what the client uses it for.",
    why: "The server refuses to start. It can sign and check messages (`client_secret_jwt`, HMAC algorithms) only with the secret \
          itself, not with its digest; a public client has no secret; and a method that uses none (`none`, `private_key_jwt`) must \
          not come with one.",
    help: "choose 'client_secret_basic' for a monitor and store a digest",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        public: true
        client_secret: 'insecure_secret'
        token_endpoint_auth_method: 'none'
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
        let path = client.path("client_secret");
        let Some(secret) = &client.secret else {
            for response in signed_responses(client) {
                context.flag(&path, format!("client '{}' has no client_secret, but {response} needs one", client.id)).emit();
            }
            continue;
        };
        if let Some(message) = unused(client) {
            context.flag(&path, message).help("remove the client_secret").emit();
        }
        if secret.is_plaintext() {
            continue;
        }
        for use_of_plaintext in plaintext_uses(client) {
            let message =
                format!("the client_secret of '{}' is a digest, but {use_of_plaintext} needs the secret itself", client.id);
            context.flag(&path, message).emit();
        }
    }
}

/// Whether something about the client can only work with the secret itself, so that plain text is no fault.
pub(super) fn needs_plaintext(client: &Client) -> bool {
    !plaintext_uses(client).is_empty()
}

fn unused(client: &Client) -> Option<String> {
    // The server judges each endpoint by itself, defaults included.
    let endpoint = (0..ENDPOINTS.len()).find(|endpoint| matches!(client.auth_method(*endpoint), "none" | "private_key_jwt"))?;
    Some(if client.public {
        format!("client '{}' is public and must not have a client_secret", client.id)
    } else {
        let method = client.auth_method(endpoint);
        format!("client '{}' has a client_secret, but its {} endpoint uses '{method}'", client.id, ENDPOINTS[endpoint])
    })
}

/// What needs the secret itself, for people.
fn plaintext_uses(client: &Client) -> Vec<String> {
    let endpoints = (0..ENDPOINTS.len())
        .filter(|endpoint| !client.public && client.auth_method(*endpoint) == "client_secret_jwt")
        .map(|endpoint| format!("'client_secret_jwt' at the {} endpoint", ENDPOINTS[endpoint]));
    endpoints.chain(signed_responses(client)).collect()
}

/// The responses that are signed with the secret, for people.
fn signed_responses(client: &Client) -> impl Iterator<Item = String> {
    client
        .responses()
        .filter(|(_, response)| response.signed_key_id.is_empty() && response.signed_alg.starts_with("HS"))
        .map(|(prefix, response)| format!("{prefix}_signed_response_alg '{}'", response.signed_alg))
}
