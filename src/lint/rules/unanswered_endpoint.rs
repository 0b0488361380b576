//! An endpoint name that answers 404.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unanswered-endpoint",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The name of an authz endpoint has an empty part between slashes.",
    why: "The server starts and answers 404 to every request for it; the proxy then answers 500 or 403 to everybody.",
    help: "write one slash",
    bad: r"
server:
  endpoints:
    authz:
      a//b:
        implementation: 'ForwardAuth'
        authn_strategies:
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
          - name: 'CookieSession'
",
    good: r"
server:
  endpoints:
    authz:
      a/b:
        implementation: 'ForwardAuth'
        authn_strategies:
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
          - name: 'CookieSession'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/",
    check,
};

fn check(context: &mut Context<'_>) {
    for endpoint in context.config.server.endpoints.iter().filter(|endpoint| endpoint.name.contains("//")) {
        let message = format!("the endpoint '{}' answers 404 to everything", endpoint.name);
        context.flag_key(&endpoint.root(), message).emit();
    }
}
