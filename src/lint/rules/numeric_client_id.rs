//! A client id that YAML reads as a number.

use crate::config::node::{Node, Value};
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "numeric-client-id",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Safe),
    summary: "A `client_id` is written without quotes and is a number to YAML.",
    why: "The server takes the text of the number, which is not always what is written: `1.50` becomes `1.5`, `0x10` \
          becomes `16`, and the monitor's requests end in `invalid_client`.",
    help: "put it in quotes",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 12345
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: '12345'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_id",
    check,
};

fn check(context: &mut Context<'_>) {
    let is_number = |node: &Node| matches!(node.value, Value::Int(_) | Value::Uint(_) | Value::Float(_) | Value::Bool(_));
    for (client, node) in context.config.written_clients() {
        if node.get("client_id").is_some_and(is_number) {
            let path = client.path("client_id");
            let fix = context.replace(&path, &format!("'{}'", client.id), "write what the server reads, in quotes");
            context.flag(&path, format!("the server reads this client_id as '{}'", client.id)).fix(fix).emit();
        }
    }
}
