//! A header strategy behind the session.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::examples::forward_auth;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "leading-cookie-strategy",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "`CookieSession` stands before a header strategy.",
    why: "The last strategy answers who is not signed in. When that is a header strategy, browsers get 401 and a password \
          box in place of the login page; tokens work all the same.",
    help: "put CookieSession last",
    bad: forward_auth!(
        r"
          - name: 'CookieSession'
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
        let Some(cookie) = endpoint.strategies.iter().position(|strategy| &*strategy.name == "CookieSession") else { continue };
        let last = endpoint.strategies.len() - 1;
        if endpoint.strategies[last].name.starts_with("Header") {
            let path = endpoint.path("authn_strategies");
            let fix = context.swap_items(&path, cookie, last, "put CookieSession last");
            let message = format!("browsers at '{}' get a password box in place of the login page", endpoint.name);
            context.flag(&path.index(cookie).key("name"), message).fix(fix).emit();
        }
    }
}
