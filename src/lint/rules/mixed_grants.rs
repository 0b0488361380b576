//! A machine client that users sign in to as well.

use crate::config::client::CLIENT_CREDENTIALS;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};
use crate::lint::words::{all_of, outside};

pub(super) const RULE: Rule = Rule {
    id: "mixed-grants",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A client with the bearer scope has other grants beside `client_credentials`.",
    why: "With `client_credentials` among the grants the server no longer asks for pushed authorization requests, PKCE and \
          consent, which it demands of every other bearer client: who steals an authorization code of the users' flow can \
          redeem it.",
    help: "make one client for the monitor and another one for users",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials', 'authorization_code']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#grant_types",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in machines(context.config) {
        let others = outside(&client.grant_types, &[CLIENT_CREDENTIALS]);
        if !others.is_empty() {
            let message = format!("client '{}' has {} beside '{CLIENT_CREDENTIALS}'", client.id, all_of(&others));
            context.flag(&client.path("grant_types"), message).emit();
        }
    }
}
