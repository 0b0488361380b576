//! An audience without a word.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "empty-audience",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Safe),
    summary: "An audience is an empty text.",
    why: "The server takes the list for given, but an empty audience matches no target: the monitor sees 401 with a Bearer \
          challenge.",
    help: "write the monitored URL",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/', '']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#audience",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in machines(context.config) {
        for index in client.audience.iter().enumerate().filter(|(_, audience)| audience.is_empty()).map(|(index, _)| index) {
            let path = client.path("audience");
            let fix = context.remove_item(&path, index, "remove it");
            context.flag(&path.index(index), format!("an audience of '{}' is empty", client.id)).fix(fix).emit();
        }
    }
}
