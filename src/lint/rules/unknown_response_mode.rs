//! A response mode that the server does not know.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::{all_of, outside};

pub(super) const RULE: Rule = Rule {
    id: "unknown-response-mode",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A client has an unknown `response_modes` value.",
    why: "The server refuses to start. A monitor needs no response mode at all.",
    help: "remove the value",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        response_modes: ['post']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        response_modes: ['form_post']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#response_modes",
    check,
};

pub(super) const KNOWN: [&str; 7] = ["form_post", "query", "fragment", "jwt", "form_post.jwt", "query.jwt", "fragment.jwt"];

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        let unknown = outside(&client.response_modes, &KNOWN);
        if !unknown.is_empty() {
            let message = format!("the server knows no response mode {}", all_of(&unknown));
            context.flag(&client.path("response_modes"), message).emit();
        }
    }
}
