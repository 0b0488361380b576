//! No endpoint that takes a monitor's token.

use crate::bearer::{Endpoint, StrategyName};
use crate::config::Path;
use crate::config::server::Strategy;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "no-bearer-endpoint",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "There is a client for monitoring, but no authz endpoint reads Bearer tokens from the `Authorization` header.",
    why: "The default endpoints know the scheme Basic alone, and so does a configured one without `authn_strategies` or \
          `schemes`. The token is passed over, and the monitor sees the login page, which answers 200: it is green \
          whatever happens.",
    help: "give the endpoint that the proxy calls a HeaderAuthorization strategy with schemes: ['Basic', 'Bearer']",
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
            schemes: ['Basic']
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
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/#authn_strategies",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let path = Path::of("server.endpoints.authz");
    let known = context.whole || config.tree.has(&path);
    let endpoints = context.monitored.engine.endpoints();
    if !known || machines(config).next().is_none() || endpoints.iter().any(|endpoint| endpoint.bearer_strategy().is_some()) {
        return;
    }
    if config.server.endpoints.is_empty() {
        context.flag(&path, "the default authz endpoints know the scheme Basic alone").emit();
        return;
    }
    let mut finding = context.flag_key(&path, "no authz endpoint reads Bearer tokens from the 'Authorization' header");
    for endpoint in endpoints.iter().take(4) {
        finding = finding.related(&endpoint.strategies_path(), reason(endpoint));
    }
    finding.emit();
}

fn reason(endpoint: &Endpoint) -> &'static str {
    let reads = endpoint.strategies.iter().any(|strategy| strategy.name == StrategyName::HeaderAuthorization);
    if reads { "does not have the scheme Bearer" } else { "does not read 'Authorization'" }
}

/// Whether a strategy has the scheme Bearer.
pub(super) fn has_bearer(strategy: &Strategy) -> bool {
    strategy.schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case("bearer"))
}
