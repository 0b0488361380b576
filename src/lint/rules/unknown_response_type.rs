//! A response type that the server does not know.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::{all_of, outside};

pub(super) const RULE: Rule = Rule {
    id: "unknown-response-type",
    severity: Severity::Warning,
    authelia: Authelia::Warns,
    fix: None,
    summary: "A client has an unknown `response_types` value.",
    why: "The server warns. A monitor needs no response type at all.",
    help: "remove the value",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        response_types: ['cod']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        response_types: ['code']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#response_types",
    check,
};

pub(super) const KNOWN: [&str; 7] =
    ["code", "id_token", "token", "id_token token", "code id_token", "code token", "code id_token token"];

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        let unknown = outside(&client.response_types, &KNOWN);
        if !unknown.is_empty() {
            let message = format!("the server knows no response type {}", all_of(&unknown));
            context.flag(&client.path("response_types"), message).emit();
        }
    }
}
