//! A lifespan that nothing defines.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-lifespan",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A client names a `lifespan` that is not in `lifespans.custom`.",
    why: "The server refuses to start.",
    help: "define it in 'identity_providers.oidc.lifespans.custom' or remove the option",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        lifespan: 'short'
",
    good: r"
identity_providers:
  oidc:
    lifespans:
      custom:
        short:
          access_token: '5m'
    clients:
      - client_id: 'uptime-kuma'
        lifespan: 'short'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#lifespan",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(oidc) = &config.oidc else { return };
    for client in oidc.clients.iter().filter(|client| !client.lifespan.is_empty()) {
        if !oidc.lifespans.iter().any(|lifespan| lifespan.name == client.lifespan) {
            context.flag(&client.path("lifespan"), format!("no custom lifespan is named '{}'", client.lifespan)).emit();
        }
    }
}
