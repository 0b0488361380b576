//! A scope that is nearly the bearer scope.

use crate::config::client::BEARER_SCOPE;
use crate::config::nearest;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "misspelt-bearer-scope",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "A scope differs from `authelia.bearer.authz` by a few letters, their case, or a blank.",
    why: "The server does not look at the scopes of a client with the grant `client_credentials`, and none of the checks \
          for the bearer scope is made. The monitor sees `invalid_scope` for its token, or the login page, because no \
          client has the scope that turns bearer tokens on.",
    help: "write 'authelia.bearer.authz'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.auth']
        grant_types: ['client_credentials']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#scopes",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients().iter().filter(|client| client.has_client_credentials()) {
        for (index, scope) in client.scopes.iter().enumerate() {
            let joined = scope.contains(' ') && scope.split(' ').any(|part| part == BEARER_SCOPE);
            if !joined && !is_near(scope) {
                continue;
            }
            let path = client.path("scopes").index(index);
            let fix = context.replace_text(&path, BEARER_SCOPE, &format!("write '{BEARER_SCOPE}'"));
            context.flag(&path, format!("the scope '{scope}' is not '{BEARER_SCOPE}'")).fix(fix).emit();
        }
    }
}

fn is_near(scope: &str) -> bool {
    scope != BEARER_SCOPE && nearest(scope.trim(), [BEARER_SCOPE]).is_some()
}
