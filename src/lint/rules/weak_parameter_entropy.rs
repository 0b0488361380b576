//! Parameters of authorization requests that may be guessed.

use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "weak-parameter-entropy",
    severity: Severity::Warning,
    authelia: Authelia::Warns,
    fix: Some(Safety::Safe),
    summary: "`minimum_parameter_entropy` is below 8.",
    why: "The server warns. A short `state` or `nonce` can be guessed, which lets an attacker take part in somebody's \
          sign-in.",
    help: "remove the option",
    bad: r"
identity_providers:
  oidc:
    minimum_parameter_entropy: 4
",
    good: r"
identity_providers:
  oidc:
    minimum_parameter_entropy: 8
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#minimum_parameter_entropy",
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(oidc) = &context.config.oidc else { return };
    let entropy = oidc.minimum_parameter_entropy;
    if entropy == -1 || (1..8).contains(&entropy) {
        let message = if entropy == -1 { "the check is off".to_owned() } else { format!("{entropy} characters can be guessed") };
        let path = Oidc::path("minimum_parameter_entropy");
        let fix = context.replace(&path, "8", "ask for 8");
        context.flag(&path, message).fix(fix).emit();
    }
}
