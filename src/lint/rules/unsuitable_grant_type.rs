//! A grant that the server does not know or that the bearer scope excludes.

use crate::config::client::Client;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::{all_of, outside};

pub(super) const RULE: Rule = Rule {
    id: "unsuitable-grant-type",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A client has a grant type that is unknown or that does not go with its scope.",
    why: "The server refuses to start. With the scope `authelia.bearer.authz` a misspelt grant brings a cascade of further \
          messages about PAR, PKCE and consent, because the client is then taken for one of people.",
    help: "write grant_types: ['client_credentials']",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        grant_types: ['client_credential']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        grant_types: ['client_credentials']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#grant_types",
    check,
};

pub(super) const KNOWN: [&str; 5] =
    ["authorization_code", "implicit", "client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"];
const BEARER: [&str; 3] = ["authorization_code", "refresh_token", "client_credentials"];

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        let unknown = outside(&client.grant_types, &KNOWN);
        let alien = if client.has_bearer_scope() { outside(&client.grant_types, &BEARER) } else { Vec::new() };
        let message = if !unknown.is_empty() {
            format!("the server knows no grant type {}", all_of(&unknown))
        } else if !alien.is_empty() {
            format!("the scope 'authelia.bearer.authz' excludes the grant types {}", all_of(&alien))
        } else {
            continue;
        };
        let path = client.path("grant_types");
        let span = context.config.locate(&path);
        // Where no grant is left, all that the server says of the client follows from this, so the client as a whole is named.
        let is_all = client.has_bearer_scope() && !client.has_client_credentials() && !has_grant_of_people(client);
        let named = if is_all { path.parent().unwrap_or(path) } else { path };
        context.flag_at(&named, span.value.unwrap_or(span.nearest), message).emit();
    }
}

/// Whether a grant is among its own that the bearer scope admits and that is one of people.
pub(super) fn has_grant_of_people(client: &Client) -> bool {
    client.grant_types.iter().any(|grant| matches!(&**grant, "authorization_code" | "refresh_token"))
}
