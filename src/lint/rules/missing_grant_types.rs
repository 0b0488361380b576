//! A bearer client that does not say how it gets its tokens.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-grant-types",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Unsafe),
    summary: "A client with the scope `authelia.bearer.authz` has no `grant_types`.",
    why: "The server refuses to start: with this scope it fills in no default. It then takes the client for one of people and \
          asks for PAR, PKCE and consent as well.",
    help: "write grant_types: ['client_credentials']",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
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
    for client in context.config.clients() {
        if client.has_bearer_scope() && client.grant_types.is_empty() {
            let path = client.path("grant_types");
            let fix = context.set(&path, "['client_credentials']", "add the grant that Uptime Kuma uses");
            let help = context.misspelling(&path).map(|written| format!("write 'grant_types' in place of '{written}'"));
            let place = context.config.locate(&path);
            // All that the server says of such a client follows from this, so the client as a whole is named.
            let (client_path, span) = (path.parent().unwrap_or(path), place.value.unwrap_or(place.nearest));
            let finding = context.flag_at(&client_path, span, format!("client '{}' has no grant_types", client.id)).fix(fix);
            match help {
                Some(help) => finding.help(help).emit(),
                None => finding.emit(),
            }
        }
    }
}
