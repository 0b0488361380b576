//! An audience with an asterisk.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "wildcard-audience",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "An audience holds `*`.",
    why: "Audiences know no wildcards: the asterisk is compared as itself. The token is issued, and the monitor sees 401 \
          with a Bearer challenge.",
    help: "list every monitored URL by itself",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://*.example.com/']
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
        for (index, audience) in client.audience.iter().enumerate().filter(|(_, audience)| audience.contains('*')) {
            let message = format!("the audience '{audience}' stands for itself alone: an asterisk is no wildcard there");
            context.flag(&client.path("audience").index(index), message).emit();
        }
    }
}
