//! An authorization policy that does not exist or that a machine cannot meet.

use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::any_of;

pub(super) const RULE: Rule = Rule {
    id: "unsuitable-authorization-policy",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "A client's `authorization_policy` is unknown, or asks a machine for more than one factor.",
    why: "The server refuses to start. A client-credentials client can only meet `one_factor`, and the option has no say \
          in what its tokens open.",
    help: "for a monitor remove the option or write 'one_factor'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        grant_types: ['client_credentials']
        authorization_policy: 'two_factor'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        grant_types: ['client_credentials']
        authorization_policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#authorization_policy",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(oidc) = &config.oidc else { return };
    for client in oidc.clients.iter().filter(|client| !client.authorization_policy.is_empty()) {
        let machine = client.has_client_credentials();
        let allowed = if machine { vec!["one_factor"] } else { policies(oidc) };
        if allowed.contains(&&*client.authorization_policy) {
            continue;
        }
        let path = client.path("authorization_policy");
        let message = format!(
            "the authorization_policy of '{}' must be {} but is '{}'",
            client.id,
            any_of(&allowed),
            client.authorization_policy
        );
        let fix = if machine { context.replace(&path, "'one_factor'", "write 'one_factor'") } else { None };
        context.flag(&path, message).fix(fix).emit();
    }
}

fn policies(oidc: &Oidc) -> Vec<&str> {
    let custom = oidc.authorization_policies.iter().map(|policy| &*policy.name);
    let custom = custom.filter(|name| !matches!(*name, "" | "one_factor" | "two_factor" | "deny"));
    ["one_factor", "two_factor"].into_iter().chain(custom).collect()
}
