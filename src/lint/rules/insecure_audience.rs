//! An audience with the scheme http.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "insecure-audience",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "An audience begins with `http://`.",
    why: "The authz endpoints refuse every target that is not https with 400 before any token is looked at, and the scheme \
          of an audience must equal the target's: no request can match. The monitor sees 400 or 401.",
    help: "write 'https://'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['http://app.example.com/']
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
            let Some(rest) = audience.get(..7).filter(|start| start.eq_ignore_ascii_case("http://")).map(|_| &audience[7..])
            else {
                continue;
            };
            let path = client.path("audience").index(index);
            let fix = context.replace_text(&path, &format!("https://{rest}"), "write 'https://'");
            context.flag(&path, format!("the audience '{audience}' is http, which no authz endpoint serves")).fix(fix).emit();
        }
    }
}
