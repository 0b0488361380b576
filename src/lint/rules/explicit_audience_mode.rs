//! A client whose monitor must ask for its audience.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "explicit-audience-mode",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "A client for monitoring has `requested_audience_mode: explicit`, which is the default.",
    why: "A token that is asked for without an audience is issued and has none: the monitor sees 401 with a Bearer \
          challenge. Uptime Kuma 1 has no field for an audience, and that of Uptime Kuma 2 is empty until it is filled in.",
    help: "write requested_audience_mode: 'implicit', or fill in the audience in Uptime Kuma 2 and ignore this rule",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
        requested_audience_mode: 'implicit'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#requested_audience_mode",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in machines(context.config) {
        if matches!(&*client.requested_audience_mode, "" | "explicit") {
            let path = client.path("requested_audience_mode");
            let fix = context.set(&path, "'implicit'", "write 'implicit'");
            let message = format!("tokens of '{}' have no audience unless the monitor asks for one", client.id);
            context.flag(&path, message).fix(fix).emit();
        }
    }
}
