//! A provider without `hmac_secret`.

use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-hmac-secret",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "`identity_providers.oidc.hmac_secret` is absent.",
    why: "The server starts and signs every opaque token with a key that is made from nothing and known to everybody. A \
          forged token still needs a stored session, but the signature protects nothing.",
    help: "write a random value of 64 characters, or name a file in AUTHELIA_IDENTITY_PROVIDERS_OIDC_HMAC_SECRET_FILE and \
          ignore this rule",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
storage:
  local:
    path: '/config/db.sqlite3'
",
    good: r"
identity_providers:
  oidc:
    hmac_secret: 'a_random_value_of_sixty_four_characters_that_nobody_else_may_know'
    clients:
      - client_id: 'uptime-kuma'
storage:
  local:
    path: '/config/db.sqlite3'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#hmac_secret",
    check,
};

fn check(context: &mut Context<'_>) {
    if context.whole && context.config.oidc.as_ref().is_some_and(|oidc| !oidc.has_hmac_secret) {
        context.flag(&Oidc::path("hmac_secret"), "the provider has no 'hmac_secret', so everybody knows the signing key").emit();
    }
}
