//! An audience with the port of https.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::go::url::Url;
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "default-port-audience",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "An audience writes `:443`.",
    why: "The port is part of the comparison, and HTTP clients leave the usual one out: the proxy reports the host without \
          it. The monitor sees 401 with a Bearer challenge.",
    help: "leave the port out",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com:443/']
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
            if Url::parse(audience).is_ok_and(|url| url.scheme == "https" && url.port() == "443") {
                let path = client.path("audience").index(index);
                let fix = context.replace_text(&path, &audience.replacen(":443", "", 1), "leave the port out");
                context.flag(&path, format!("the audience '{audience}' has a port that clients do not send")).fix(fix).emit();
            }
        }
    }
}
