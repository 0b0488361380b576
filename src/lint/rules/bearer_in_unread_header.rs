//! A strategy for a header that no monitor sends.

use super::no_bearer_endpoint::has_bearer;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "bearer-in-unread-header",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "An endpoint takes Bearer tokens from `Proxy-Authorization` alone.",
    why: "Uptime Kuma sends `Authorization`. With `HeaderProxyAuthorization` or `HeaderAuthRequestProxyAuthorization`, \
          which the server's own nginx example uses, its token is not read, and the monitor sees the login page, which \
          answers 200.",
    help: "write name: 'HeaderAuthorization'",
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
      auth-request:
        implementation: 'AuthRequest'
        authn_strategies:
          - name: 'HeaderAuthRequestProxyAuthorization'
            schemes: ['Basic', 'Bearer']
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
      auth-request:
        implementation: 'AuthRequest'
        authn_strategies:
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
          - name: 'CookieSession'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/#name-1",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    if machines(config).next().is_none() {
        return;
    }
    let engine = &context.monitored.engine;
    let reads_token = |name: &str| engine.endpoint(name).is_some_and(|endpoint| endpoint.bearer_strategy().is_some());
    for endpoint in config.server.endpoints.iter().filter(|endpoint| !reads_token(&endpoint.name)) {
        let reads_authorization = endpoint.strategies.iter().any(|strategy| &*strategy.name == "HeaderAuthorization");
        for strategy in endpoint.strategies.iter().filter(|strategy| strategy.name.ends_with("ProxyAuthorization")) {
            if has_bearer(strategy) {
                let path = endpoint.path("authn_strategies").index(strategy.index).key("name");
                let fix = if reads_authorization {
                    None
                } else {
                    context.replace_text(&path, "HeaderAuthorization", "read the header that monitors send")
                };
                let message = format!("'{}' does not read the header that Uptime Kuma sends", strategy.name);
                context.flag(&path, message).fix(fix).emit();
            }
        }
    }
}
