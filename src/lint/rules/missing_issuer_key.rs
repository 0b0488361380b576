//! A provider without signing keys.

use super::unsuitable_response_alg::algorithm;
use crate::config::oidc::Oidc;
use crate::config::{Path, ProblemKind};
use crate::diagnostic::{Authelia, Severity};
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
    if oidc.jwks.is_empty() {
        let written = config.tree.has(&path);
        if !oidc.issuer_private_key && (context.whole || written) && !has_problem(config, &path) {
            context.flag(&path, "the provider has no signing key").emit();
        }
        return;
    }
    if oidc.issuer_private_key {
        context.flag(&path, "'jwks' and 'issuer_private_key' exclude each other").emit();
        return;
    }
    let algorithms: Vec<&str> = oidc.jwks.iter().filter(|jwk| &*jwk.usage != "enc").map(algorithm).collect();
    let known = algorithms.iter().all(|alg| !alg.is_empty());
    if known && !algorithms.is_empty() && !algorithms.contains(&"RS256") {
        context.flag(&path, format!("one key must sign with 'RS256' but there is only {}", all_of(&algorithms))).emit();
    }
}

fn has_problem(config: &crate::config::Config, path: &Path) -> bool {
    config.problems.iter().any(|problem| problem.path.starts_with(path) && matches!(problem.kind, ProblemKind::WrongType { .. }))
}
