//! An authentication method that the client's type does not allow.

use crate::config::client::{Client, ENDPOINTS, TOKEN};
use crate::diagnostic::{Authelia, Fix, Safety, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::any_of;

pub(super) const RULE: Rule = Rule {
    id: "unsuitable-auth-method",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "An endpoint's authentication method is unknown or does not suit the client.",
    why: "The server refuses to start. With the scope `authelia.bearer.authz` the token endpoint's method must be written out, and \
          `client_secret_post` is not allowed; of the rest Uptime Kuma knows only `client_secret_basic`, which its form calls \
          \"Authorization Header\".",
    help: "write token_endpoint_auth_method: 'client_secret_basic'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        token_endpoint_auth_method: 'client_secret_post'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        token_endpoint_auth_method: 'client_secret_basic'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#token_endpoint_auth_method",
    check,
};

const METHODS: [&str; 5] = ["none", "client_secret_post", "client_secret_basic", "private_key_jwt", "client_secret_jwt"];
const BEARER_METHODS: [&str; 3] = ["client_secret_basic", "client_secret_jwt", "private_key_jwt"];
const IMPLICIT_RESPONSES: [&str; 3] = ["id_token", "token", "id_token token"];

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        for (endpoint, prefix) in ENDPOINTS.iter().enumerate() {
            if let Some(message) = fault(client, endpoint, prefix) {
                let path = client.path(&format!("{prefix}_endpoint_auth_method"));
                let absent = client.endpoints[endpoint].method.is_empty() && !client.public;
                let fix = if absent {
                    context.set(&path, "'client_secret_basic'", "write the default out")
                } else {
                    context.lowercase(&path, &METHODS)
                };
                // The monitor may have to change with it.
                let basic = || context.replace_text(&path, "client_secret_basic", "write 'client_secret_basic'");
                let in_body = client.endpoints[endpoint].method.eq_ignore_ascii_case("client_secret_post");
                let fix = if in_body { basic().map(|fix| Fix { safety: Safety::Unsafe, ..fix }) } else { fix };
                context.flag(&path, message).fix(fix).emit();
            }
        }
    }
}

fn fault(client: &Client, endpoint: usize, prefix: &str) -> Option<String> {
    let written = &*client.endpoints[endpoint].method;
    let option = || format!("{prefix}_endpoint_auth_method");
    if !written.is_empty() && !METHODS.contains(&written) {
        return Some(format!("{} must be one of {} but is '{written}'", option(), any_of(&METHODS)));
    }
    if !written.is_empty() && client.public && written != "none" {
        return Some(format!("{} of the public client '{}' must be 'none' but is '{written}'", option(), client.id));
    }
    if written == "none" && !client.public && !is_implicit(client) {
        return Some(format!("{} of the confidential client '{}' must not be 'none'", option(), client.id));
    }
    if endpoint != TOKEN || !client.has_bearer_scope() {
        return None;
    }
    let fits = if client.public { written == "none" } else { BEARER_METHODS.contains(&written) };
    if fits {
        return None;
    }
    let shown = if written.is_empty() { "absent".to_owned() } else { format!("'{written}'") };
    let wanted = if client.public { "'none'".to_owned() } else { any_of(&BEARER_METHODS) };
    Some(format!("{} must be {wanted} with the scope 'authelia.bearer.authz' but is {shown}", option()))
}

fn is_implicit(client: &Client) -> bool {
    !client.response_types.is_empty() && client.response_types.iter().all(|response| IMPLICIT_RESPONSES.contains(&&**response))
}
