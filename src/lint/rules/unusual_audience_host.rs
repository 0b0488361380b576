//! An audience with a host that no client sends.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::go::url::Url;
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unusual-audience-host",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "The host of an audience ends with a dot or has letters outside ASCII.",
    why: "Hosts are compared as bytes. Clients send international names in their `xn--` form and leave the final dot out, \
          so no request matches: the monitor sees 401 with a Bearer challenge.",
    help: "write the host as clients send it: in its 'xn--' form, without a final dot",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com./']
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
            let host = url.hostname();
            let path = client.path("audience").index(index);
            if host.ends_with('.') {
                let bare = audience.replacen(&*host, host.trim_end_matches('.'), 1);
                let fix = context.replace_text(&path, &bare, "remove the dot");
                context.flag(&path, format!("the host '{host}' ends with a dot")).fix(fix).emit();
            } else if !host.is_ascii() {
                context.flag(&path, format!("the host '{host}' has letters that clients encode")).emit();
            }
        }
    }
}
