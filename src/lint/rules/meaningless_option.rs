//! An option of the users' flow on a machine client.

use crate::config::client::CLIENT_CREDENTIALS;
use crate::config::node::{Node, Value};
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "meaningless-option",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Safe),
    summary: "A client that has no other grant than `client_credentials` has options for signing people in.",
    why: "They do nothing for this grant and mislead the reader; `sector_identifier_uri` even makes the server fetch a \
          document at every start.",
    help: "remove the option",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        consent_mode: 'implicit'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/",
    check,
};

const OPTIONS: [&str; 12] = [
    "redirect_uris",
    "request_uris",
    "response_types",
    "response_modes",
    "consent_mode",
    "pre_configured_consent_duration",
    "require_pkce",
    "pkce_challenge_method",
    "require_pushed_authorization_requests",
    "sector_identifier_uri",
    "claims_policy",
    "authorization_policy",
];

fn check(context: &mut Context<'_>) {
    for (client, node) in context.config.written_clients() {
        if client.grant_types.is_empty() || client.grant_types.iter().any(|grant| &**grant != CLIENT_CREDENTIALS) {
            continue;
        }
        for option in OPTIONS.into_iter().filter(|option| node.get(option).is_some_and(says_something)) {
            let path = client.path(option);
            let fix = context.remove_key(&path, "remove the option");
            context.flag_key(&path, format!("this does nothing for '{}', which signs nobody in", client.id)).fix(fix).emit();
        }
    }
}

/// Defaults that are written out for the reader are no fault.
fn says_something(node: &Node) -> bool {
    !matches!(&node.value, Value::Null | Value::Bool(false))
        && !node.text().is_some_and(|text| matches!(text, "" | "one_factor" | "auto" | "explicit"))
        && !matches!(&node.value, Value::Sequence(items) if items.is_empty())
}
