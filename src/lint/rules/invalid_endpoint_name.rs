//! An authz endpoint whose name the server refuses.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-endpoint-name",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "The name of an authz endpoint does not begin and end with a letter, or holds other characters than letters, \
          digits and `/._-`.",
    why: "The server refuses to start.",
    help: "choose a name such as 'forward-auth'",
    bad: r"
server:
  endpoints:
    authz:
      forward-auth2:
        implementation: 'ForwardAuth'
",
    good: r"
server:
  endpoints:
    authz:
      forward-auth:
        implementation: 'ForwardAuth'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/#name",
    check,
};

fn check(context: &mut Context<'_>) {
    for endpoint in &context.config.server.endpoints {
        if !is_name(&endpoint.name) {
            let message = format!("'{}' is no name for an authz endpoint: it must begin and end with a letter", endpoint.name);
            context.flag_key(&endpoint.root(), message).emit();
        }
    }
}

fn is_name(name: &str) -> bool {
    let letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
    letter(name.bytes().next())
        && letter(name.bytes().last())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte))
}
