//! A PKCE method that the server does not know.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-pkce-method",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "`pkce_challenge_method` has an unknown value.",
    why: "The server refuses to start. The letters' case counts.",
    help: "write 'S256'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        pkce_challenge_method: 's256'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        pkce_challenge_method: 'S256'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#pkce_challenge_method",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        if !matches!(&*client.pkce_challenge_method, "" | "plain" | "S256") {
            let path = client.path("pkce_challenge_method");
            let message = format!("pkce_challenge_method must be 'plain' or 'S256' but is '{}'", client.pkce_challenge_method);
            let fix = context.replace(&path, "'S256'", "write 'S256'");
            context.flag(&path, message).fix(fix).emit();
        }
    }
}
