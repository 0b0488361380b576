//! An endpoint that no browser can pass.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::forward_auth;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-cookie-strategy",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "An authz endpoint has header strategies and no `CookieSession`.",
    why: "People who are signed in are not recognised, and nobody is sent to the login page: browsers get 401. That is \
          right for an endpoint that only machines use.",
    help: "add a strategy with name: 'CookieSession' at the end, unless no browser comes here",
    bad: forward_auth!(
        r"
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
"
    ),
    good: forward_auth!(
        r"
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
          - name: 'CookieSession'
"
    ),
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/#authn_strategies",
    check,
};

fn check(context: &mut Context<'_>) {
    for endpoint in &context.config.server.endpoints {
        let headers = endpoint.strategies.iter().any(|strategy| strategy.name.to_lowercase().starts_with("header"));
        if headers && !endpoint.strategies.iter().any(|strategy| strategy.name.eq_ignore_ascii_case("CookieSession")) {
            let message = format!("the endpoint '{}' recognises nobody who is signed in", endpoint.name);
            context.flag_key(&endpoint.path("authn_strategies"), message).emit();
        }
    }
}
