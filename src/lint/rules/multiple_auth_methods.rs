//! A client that may authenticate in two ways at once.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "multiple-auth-methods",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Safe),
    summary: "`allow_multiple_auth_methods` is on.",
    why: "The token endpoint then accepts a header and a body with credentials in one request. A proxy or a log that only \
          watches one of them misses the other; no monitor needs it.",
    help: "remove the option",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        allow_multiple_auth_methods: true
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#allow_multiple_auth_methods",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients().iter().filter(|client| client.allow_multiple_auth_methods) {
        let path = client.path("allow_multiple_auth_methods");
        let fix = context.remove_key(&path, "remove the option");
        context.flag(&path, format!("client '{}' may send credentials in two ways at once", client.id)).fix(fix).emit();
    }
}
