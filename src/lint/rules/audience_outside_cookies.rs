//! An audience that no portal is responsible for.

use std::collections::HashSet;

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "audience-outside-cookies",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The host of an audience lies under none of the `session.cookies` domains.",
    why: "The authz endpoint answers 400 to every request for such a host, with any token and with none: the monitor is \
          down.",
    help: "add a cookie domain that covers the host, with its authelia_url",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
session:
  cookies:
    - domain: 'example.org'
      authelia_url: 'https://auth.example.org'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com'
",
    reference: "https://www.authelia.com/configuration/session/introduction/#domain",
    check,
};

fn check(context: &mut Context<'_>) {
    let session = &context.config.session;
    let domains: HashSet<String> = session.cookies.iter().map(|cookie| cookie.domain.to_lowercase()).collect();
    if domains.is_empty() {
        return;
    }
    for request in &context.monitored.requests {
        let Some(host) = request.object().map(|object| object.host().to_lowercase()) else { continue };
        let suffixes = host.match_indices('.').map(|(dot, _)| &host[dot + 1..]);
        if !suffixes.chain([&*host]).any(|suffix| domains.contains(suffix)) {
            context
                .flag(&request.path(), format!("no cookie domain covers '{host}', so every request for it ends in 400"))
                .emit();
        }
    }
}
