//! An audience with a fragment or a user.

use crate::diagnostic::{Authelia, Severity};
use crate::go::url::Url;
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-audience-part",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "An audience has a fragment or user information.",
    why: "Up to 4.39.20 the server ignores these parts; from 4.39.21 on it compares the audience as a whole, and no \
          request has them. The monitor sees 401 with a Bearer challenge after the upgrade.",
    help: "remove the fragment and the user",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/#status']
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
        for (index, audience) in client.audience.iter().enumerate() {
            let Ok(url) = Url::parse(audience) else { continue };
            if audience.contains('#') || url.user.is_some() {
                let severity = if context.monitored.compares_whole() { Severity::Error } else { Severity::Warning };
                let message = format!("the audience '{audience}' has a part that no request has");
                context.flag(&client.path("audience").index(index), message).severity(severity).emit();
            }
        }
    }
}
