//! A PKCE enforcement that the server does not know.

use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-pkce-enforcement",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "`enforce_pkce` has an unknown value.",
    why: "The server refuses to start.",
    help: "write 'public_clients_only', 'always' or 'never'",
    bad: r"
identity_providers:
  oidc:
    enforce_pkce: 'sometimes'
",
    good: r"
identity_providers:
  oidc:
    enforce_pkce: 'always'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#enforce_pkce",
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(oidc) = &context.config.oidc else { return };
    if !matches!(&*oidc.enforce_pkce, "" | "never" | "public_clients_only" | "always") {
        context.flag(&Oidc::path("enforce_pkce"), format!("the server knows no enforcement '{}'", oidc.enforce_pkce)).emit();
    }
}
