//! Other scopes beside the bearer scope.

use crate::config::client::BEARER_SCOPE;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::{all_of, outside};

pub(super) const RULE: Rule = Rule {
    id: "mixed-bearer-scopes",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Unsafe),
    summary: "A client has the scope `authelia.bearer.authz` together with a scope that it excludes.",
    why: "The server refuses to start. A token that opens applications must not double as a sign-in.",
    help: "keep 'authelia.bearer.authz' alone",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['openid', 'authelia.bearer.authz']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
",
    reference: "https://www.authelia.com/integration/openid-connect/oauth-2.0-bearer-token-usage/",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients().iter().filter(|client| client.has_bearer_scope()) {
        let path = client.path("scopes");
        let alien = outside(&client.scopes, &["offline_access", "offline", BEARER_SCOPE]);
        if !alien.is_empty() {
            let message = format!("the scope '{BEARER_SCOPE}' of '{}' cannot stand beside {}", client.id, all_of(&alien));
            let fix = context.replace(&path, "['authelia.bearer.authz']", "keep the bearer scope alone");
            context.flag(&path, message).fix(fix).emit();
        }
    }
}
