//! A monitor's client with JWT access tokens.

use crate::config::client::ACCESS_TOKEN;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "signed-access-token",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "`access_token_signed_response_alg` or `…_key_id` makes the access tokens of a client for monitoring signed ones.",
    why: "An authz endpoint knows a signed token only by an issuer that equals the protected application's own address, \
          which is never so behind a proxy: the token is taken for a foreign one, and the monitor sees the login page, \
          which answers 200.",
    help: "remove the option, or write 'none'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
        access_token_signed_response_alg: 'RS256'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
        access_token_signed_response_alg: 'none'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#access_token_signed_response_alg",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in machines(context.config).filter(|client| client.has_signed_access_token()) {
        let response = client.response(ACCESS_TOKEN);
        let by_key = !response.signed_key_id.is_empty();
        let option = if by_key { "access_token_signed_response_key_id" } else { "access_token_signed_response_alg" };
        let path = client.path(option);
        let fix = context.remove_key(&path, "remove the option");
        let message = format!("'{option}' gives '{}' tokens that no authz endpoint recognises", client.id);
        context.flag(&path, message).fix(fix).emit();
    }
}
