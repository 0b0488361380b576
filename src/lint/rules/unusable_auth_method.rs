//! An authentication method that Uptime Kuma does not know.

use crate::config::client::TOKEN;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unusable-auth-method",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A client for monitoring authenticates by an assertion.",
    why: "Uptime Kuma sends its secret in a header or in the body and signs no assertions: its token request ends in 401 \
          `invalid_client`.",
    help: "write token_endpoint_auth_method: 'client_secret_basic'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
        token_endpoint_auth_method: 'client_secret_jwt'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
        token_endpoint_auth_method: 'client_secret_basic'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#token_endpoint_auth_method",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in machines(context.config) {
        let method = client.auth_method(TOKEN);
        if matches!(method, "client_secret_jwt" | "private_key_jwt") {
            let message = format!("Uptime Kuma cannot authenticate by '{method}', which '{}' asks for", client.id);
            context.flag(&client.path("token_endpoint_auth_method"), message).emit();
        }
    }
}
