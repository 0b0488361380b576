//! A scope that nothing defines.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::all_of;

pub(super) const RULE: Rule = Rule {
    id: "unknown-scope",
    severity: Severity::Warning,
    authelia: Authelia::Warns,
    fix: None,
    summary: "A client has a scope that is neither a standard one nor defined in `scopes`.",
    why: "The server warns. The scope grants nothing.",
    help: "correct the scope, or define it in 'identity_providers.oidc.scopes'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        scopes: ['openid', 'emial']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        scopes: ['openid', 'email']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#scopes",
    check,
};

/// The scopes that the server defines.
pub(super) const STANDARD: [&str; 9] =
    ["openid", "email", "profile", "address", "phone", "groups", "offline_access", "offline", "authelia.bearer.authz"];

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let custom = config.oidc.as_ref().map_or(&[][..], |oidc| &oidc.scopes);
    // The server does not look at the scopes of client-credentials clients.
    for client in config.clients().iter().filter(|client| !client.has_client_credentials()) {
        let known = |scope: &str| STANDARD.contains(&scope) || custom.iter().any(|custom| &*custom.name == scope);
        let unknown: Vec<&str> = client.scopes.iter().map(AsRef::as_ref).filter(|scope| !known(scope)).collect();
        if !unknown.is_empty() {
            let message = format!("nothing defines the scopes {} of '{}'", all_of(&unknown), client.id);
            context.flag(&client.path("scopes"), message).emit();
        }
    }
}
