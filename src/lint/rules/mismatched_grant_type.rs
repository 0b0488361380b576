//! A grant without the response type or scope that it goes with.

use crate::config::client::Client;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "mismatched-grant-type",
    severity: Severity::Warning,
    authelia: Authelia::Warns,
    fix: None,
    summary: "A grant type or an offline scope does not go with the client's response types.",
    why: "The server warns and says that such a client may be refused later. The grant cannot be used as the client \
          stands.",
    help: "for a monitor write grant_types: ['client_credentials'] and nothing else",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        scopes: ['openid']
        grant_types: ['authorization_code', 'refresh_token']
        response_types: ['code']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        scopes: ['openid', 'offline_access']
        grant_types: ['authorization_code', 'refresh_token']
        response_types: ['code']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#grant_types",
    check,
};

const HYBRID: [&str; 3] = ["code id_token", "code token", "code id_token token"];
const IMPLICIT: [&str; 3] = ["id_token", "token", "id_token token"];

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        for (option, message) in faults(client) {
            context.flag(&client.path(option), message).emit();
        }
    }
}

fn faults(client: &Client) -> Vec<(&'static str, String)> {
    let written: Vec<&str> = client.response_types.iter().map(AsRef::as_ref).collect();
    // The server fills in 'code', except for bearer clients.
    let types = if written.is_empty() && !client.has_bearer_scope() { vec!["code"] } else { written };
    let any = |wanted: &[&str]| types.iter().any(|value| wanted.contains(value));
    let (code, hybrid, implicit) = (any(&["code"]), any(&HYBRID), any(&IMPLICIT));
    let offline = client.scopes.iter().any(|scope| matches!(&**scope, "offline_access" | "offline"));
    let mut faults = Vec::new();
    for grant in &client.grant_types {
        match &**grant {
            "authorization_code" if !code && !hybrid => {
                faults.push(("grant_types", "'authorization_code' needs the response type 'code' or a hybrid one".to_owned()));
            }
            "implicit" if !implicit && !hybrid => {
                faults.push(("grant_types", "'implicit' needs an implicit or hybrid response type".to_owned()));
            }
            "refresh_token" if !offline => {
                faults.push(("grant_types", "'refresh_token' needs the scope 'offline_access'".to_owned()));
            }
            "refresh_token" if !code && !hybrid => {
                faults.push(("grant_types", "'refresh_token' needs the response type 'code' or a hybrid one".to_owned()));
            }
            _ => {}
        }
    }
    // The server asks this before it fills in 'code'.
    let answers_code = |value: &str| value == "code" || HYBRID.contains(&value);
    if offline && !client.response_types.iter().any(|value| answers_code(value)) {
        faults.push(("scopes", "offline access needs the response type 'code' or a hybrid one".to_owned()));
    }
    faults
}
