//! A provider without clients.

use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-clients",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "The provider has no client.",
    why: "The server refuses to start.",
    help: "add a client, or remove 'identity_providers.oidc': 'authkuma generate client' writes one for a monitor",
    bad: r"
identity_providers:
  oidc:
    clients: []
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(oidc) = &config.oidc else { return };
    let path = Oidc::path("clients");
    if oidc.clients.is_empty() && (context.whole || config.tree.has(&path)) {
        context.flag(&path, "the provider has no client").emit();
    }
}
