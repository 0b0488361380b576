//! A header strategy that passes Bearer tokens over.

use super::no_bearer_endpoint::has_bearer;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "scheme-without-bearer",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "A `HeaderAuthorization` strategy lacks the scheme `Bearer` although there is a client for monitoring.",
    why: "Absent or empty `schemes` mean Basic alone. Behind this endpoint the token is passed over, and the monitor sees \
          the login page, which answers 200.",
    help: "write schemes: ['Basic', 'Bearer']",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
server:
  endpoints:
    authz:
      forward-auth:
        implementation: 'ForwardAuth'
        authn_strategies:
          - name: 'HeaderAuthorization'
          - name: 'CookieSession'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
server:
  endpoints:
    authz:
      forward-auth:
        implementation: 'ForwardAuth'
        authn_strategies:
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
          - name: 'CookieSession'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/#schemes",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    if machines(config).next().is_none() {
        return;
    }
    // Where another endpoint takes tokens, this one may be for other applications.
    let another = context.monitored.engine.endpoints().iter().any(|endpoint| endpoint.bearer_strategy().is_some());
    let severity = if another { Severity::Note } else { Severity::Warning };
    for endpoint in &config.server.endpoints {
        for strategy in endpoint.strategies.iter().filter(|strategy| &*strategy.name == "HeaderAuthorization") {
            if has_bearer(strategy) {
                continue;
            }
            let path = endpoint.path("authn_strategies").index(strategy.index).key("schemes");
            let fix = if strategy.schemes.is_empty() {
                context.set(&path, "['Basic', 'Bearer']", "write both schemes")
            } else {
                context.insert_item(&path, "'Bearer'", "add 'Bearer'")
            };
            let message = format!("the endpoint '{}' passes Bearer tokens over", endpoint.name);
            context.flag(&path, message).severity(severity).fix(fix).emit();
        }
    }
}
