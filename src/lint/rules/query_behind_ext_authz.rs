//! A query condition that Envoy's requests never meet.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::forward_auth;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "query-behind-ext-authz",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A rule has `query` conditions and an `ExtAuthz` endpoint is configured.",
    why: "An `ExtAuthz` endpoint learns the path without the query: behind it such a rule never matches, and the monitor \
          is refused where it relied on it.",
    help: "tell the requests apart by 'resources' or 'methods'",
    bad: r"
server:
  endpoints:
    authz:
      ext-authz:
        implementation: 'ExtAuthz'
        authn_strategies:
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
          - name: 'CookieSession'
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      query: [[{operator: 'equal', key: 'a', value: 'b'}]]
",
    good: forward_auth!(
        r"
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
          - name: 'CookieSession'
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      query: [[{operator: 'equal', key: 'a', value: 'b'}]]
"
    ),
    reference: "https://www.authelia.com/configuration/security/access-control/#query",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(endpoint) = config.server.endpoints.iter().find(|endpoint| &*endpoint.implementation == "ExtAuthz") else { return };
    for rule in config.access_control.rules.iter().filter(|rule| !rule.query.is_empty()) {
        let message = format!("rule #{} has conditions on the query, which '{}' does not learn", rule.index + 1, endpoint.name);
        context.flag_key(&rule.path("query"), message).related(&endpoint.path("implementation"), "has no query").emit();
    }
}
