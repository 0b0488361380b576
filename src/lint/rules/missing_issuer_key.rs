//! A provider without signing keys.

use crate::config::oidc::{Jwk, Oidc};
use crate::config::{Path, ProblemKind};
use crate::diagnostic::{Authelia, Severity};
use crate::go::key::Kind;
use crate::lint::rule::{Context, Rule};
use crate::lint::words::all_of;

pub(super) const RULE: Rule = Rule {
    id: "missing-issuer-key",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "The provider has no `jwks`, or none that signs with RS256.",
    why: "The server refuses to start, although the tokens of a monitor are not signed.",
    help: "generate a key with 'authelia crypto pair rsa generate' and give it in 'jwks'",
    bad: r"
identity_providers:
  oidc:
    jwks: []
",
    good: r#"
identity_providers:
  oidc:
    jwks:
      - key: '{{ secret "/config/oidc.pem" }}'
"#,
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#jwks",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(oidc) = &config.oidc else { return };
    let path = Oidc::path("jwks");
    let has_old_key = oidc.issuer_key.is_some();
    if !oidc.jwks.is_empty() && (has_old_key || oidc.issuer_certificate_chain) {
        let option = if has_old_key { "issuer_private_key" } else { "issuer_certificate_chain" };
        context.flag(&path, format!("'jwks' and '{option}' exclude each other")).emit();
        return;
    }
    if oidc.keys().next().is_none() {
        if (context.whole || config.tree.has(&path)) && !has_problem(config, &path) {
            context.flag(&path, "the provider has no signing key").emit();
        }
        return;
    }
    let signs = |jwk: &&Jwk| jwk.effective_usage() == "sig" && matches!(jwk.kind(), Some(Kind::Rsa(..) | Kind::Ec(..)));
    let mut algorithms: Vec<&str> = oidc.keys().filter(signs).map(Jwk::effective_algorithm).collect();
    algorithms.retain(|algorithm| !algorithm.is_empty());
    if !algorithms.is_empty() && !algorithms.contains(&"RS256") {
        context.flag(&path, format!("one key must sign with 'RS256' but there is only {}", all_of(&algorithms))).emit();
    }
}

fn has_problem(config: &crate::config::Config, path: &Path) -> bool {
    config.problems.iter().any(|problem| problem.path.starts_with(path) && matches!(problem.kind, ProblemKind::WrongType { .. }))
}
