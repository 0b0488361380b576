//! A custom scope with a name of the server's.

use super::unknown_scope::STANDARD;
use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "reserved-scope-name",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A scope in `scopes` has a standard name or begins with `authelia.`.",
    why: "The server refuses to start. The scope of a monitor, `authelia.bearer.authz`, is built in and needs no \
          definition.",
    help: "remove the definition",
    bad: r"
identity_providers:
  oidc:
    scopes:
      authelia.bearer.authz:
        claims: ['email']
",
    good: r"
identity_providers:
  oidc:
    scopes:
      team:
        claims: ['email']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#scopes",
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(oidc) = &context.config.oidc else { return };
    for scope in &oidc.scopes {
        let scope = &*scope.name;
        if scope != "authelia.pam" && (STANDARD.contains(&scope) || scope.starts_with("authelia.")) {
            context.flag_key(&Oidc::path("scopes").key(scope), format!("the scope name '{scope}' is reserved")).emit();
        }
    }
}
