//! An audience with the scheme wss.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "websocket-audience",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "An audience begins with `wss://`.",
    why: "Proxies report a WebSocket request as https, and the scheme of an audience must equal the target's. The monitor \
          sees 401 with a Bearer challenge.",
    help: "write 'https://'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['wss://app.example.com/socket']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/socket']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#audience",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in machines(context.config) {
        for (index, audience) in client.audience.iter().enumerate() {
            if let Some(rest) = audience.strip_prefix("wss://") {
                let path = client.path("audience").index(index);
                let fix = context.replace_text(&path, &format!("https://{rest}"), "write 'https://'");
                context.flag(&path, format!("the audience '{audience}' is wss, but proxies report https")).fix(fix).emit();
            }
        }
    }
}
