//! A path audience that covers less after an upgrade.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "prefix-audience",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "An audience has a path, which the server takes for a prefix up to 4.39.20 and for the whole URL afterwards.",
    why: "From 4.39.21 on the token covers exactly this URL, query included, and nothing below it. A monitor of another \
          path of the application works before the upgrade and sees 401 with a Bearer challenge after it.",
    help: "list the exact URL of every monitor",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/api/']
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
    if context.monitored.compares_whole() {
        return;
    }
    for request in &context.monitored.requests {
        if request.object().is_some_and(|object| object.url.path != b"/") {
            let message = format!("'{}' covers what lies below it up to 4.39.20 and itself alone afterwards", request.written());
            context.flag(&request.path(), message).emit();
        }
    }
}
