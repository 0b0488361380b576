//! An audience with capitals in its host.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::go::url::Url;
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "uppercase-audience-host",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "The host of an audience has capital letters.",
    why: "Hosts are compared letter by letter, and browsers, monitors and most proxies send them in lower case; an \
          `ExtAuthz` endpoint always sees lower case. The monitor sees 401 with a Bearer challenge.",
    help: "write the host in lower case",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://App.example.com/']
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
            let Some(host) = Url::parse(audience).ok().and_then(|url| String::from_utf8(url.host).ok()) else { continue };
            if !host.contains(|character: char| character.is_ascii_uppercase()) {
                continue;
            }
            let path = client.path("audience").index(index);
            let lower = audience.replacen(&host, &host.to_ascii_lowercase(), 1);
            let fix = context.replace_text(&path, &lower, "write the host in lower case");
            context.flag(&path, format!("the host '{host}' is compared letter by letter, capitals included")).fix(fix).emit();
        }
    }
}
