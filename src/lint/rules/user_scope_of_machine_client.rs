//! A scope about a person on a client that acts for none.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::all_of;

pub(super) const RULE: Rule = Rule {
    id: "user-scope-of-machine-client",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Unsafe),
    summary: "A client with `client_credentials` has a scope that needs a signed-in user.",
    why: "The server refuses to start. `openid`, `offline` and `offline_access` make no sense without a person who signs \
          in.",
    help: "keep the scope 'authelia.bearer.authz' alone",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        grant_types: ['client_credentials']
        scopes: ['authelia.bearer.authz', 'offline_access']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        grant_types: ['client_credentials']
        scopes: ['authelia.bearer.authz']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#scopes",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients().iter().filter(|client| client.has_client_credentials()) {
        let scopes = client.scopes.iter().map(AsRef::as_ref);
        let personal: Vec<&str> = scopes.filter(|scope| matches!(*scope, "openid" | "offline" | "offline_access")).collect();
        if !personal.is_empty() {
            let message = format!("client '{}' acts for no user but has {}", client.id, all_of(&personal));
            let path = client.path("scopes");
            let only = client.scopes.iter().position(|scope| personal.len() == 1 && **scope == *personal[0]);
            let fix = only.and_then(|index| context.remove_item(&path, index, "remove the scope"));
            context.flag(&path, message).fix(fix).emit();
        }
    }
}
