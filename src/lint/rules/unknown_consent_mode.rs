//! A consent mode that the server does not know.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-consent-mode",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "`consent_mode` has an unknown value.",
    why: "The server refuses to start. A monitor asks nobody for consent and needs no such option.",
    help: "remove the option",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        grant_types: ['client_credentials']
        consent_mode: 'none'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#consent_mode",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        if !matches!(&*client.consent_mode, "" | "auto" | "implicit" | "explicit" | "pre-configured") {
            let message = format!("the server knows no consent_mode '{}'", client.consent_mode);
            let path = client.path("consent_mode");
            let fix = client.has_client_credentials().then(|| context.remove_key(&path, "remove the option")).flatten();
            context.flag(&path, message).fix(fix).emit();
        }
    }
}
