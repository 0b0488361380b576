//! A signing algorithm that the endpoint's authentication method cannot use.

use super::unsuitable_client_keys::registered;
use crate::config::client::{Client, ENDPOINTS};
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::any_of;

pub(super) const RULE: Rule = Rule {
    id: "unsuitable-auth-signing-alg",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "`private_key_jwt` or `client_secret_jwt` lacks a suitable signing algorithm or the client's keys.",
    why: "The server refuses to start: it could not check the assertion by which the client proves who it is. Uptime Kuma sends no \
          assertions; it needs `client_secret_basic`.",
    help: "write token_endpoint_auth_method: 'client_secret_basic', or give the algorithm and the client's public keys",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        token_endpoint_auth_method: 'private_key_jwt'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        token_endpoint_auth_method: 'client_secret_basic'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#token_endpoint_auth_signing_alg",
    check,
};

const SHARED: [&str; 3] = ["HS256", "HS384", "HS512"];
/// What a key may sign with.
pub(super) const ASYMMETRIC: [&str; 9] = ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512"];

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        for (endpoint, prefix) in ENDPOINTS.iter().enumerate() {
            for (option, message) in faults(client, endpoint, prefix) {
                context.flag(&client.path(&option), message).emit();
            }
        }
    }
}

fn faults(client: &Client, endpoint: usize, prefix: &str) -> Vec<(String, String)> {
    let alg = &*client.endpoints[endpoint].signing_alg;
    if !matches!(client.auth_method(endpoint), "client_secret_jwt" | "private_key_jwt") {
        return Vec::new();
    }
    let method_option = format!("{prefix}_endpoint_auth_method");
    let alg_option = format!("{prefix}_endpoint_auth_signing_alg");
    let mut faults = Vec::new();
    match client.auth_method(endpoint) {
        "client_secret_jwt" if !alg.is_empty() && !SHARED.contains(&alg) => {
            faults.push((alg_option.clone(), format!("{alg_option} must be {} with 'client_secret_jwt'", any_of(&SHARED))));
        }
        "private_key_jwt" => {
            if alg.is_empty() {
                // The server names the token endpoint's option whichever endpoint lacks it.
                faults.push(("token_endpoint_auth_signing_alg".into(), format!("'private_key_jwt' needs {alg_option}")));
            } else if !ASYMMETRIC.contains(&alg) {
                faults.push((alg_option.clone(), format!("{alg_option} must be {} but is '{alg}'", any_of(&ASYMMETRIC))));
            }
            if client.jwks_uri.is_none() && client.jwks.is_empty() {
                faults.push(("jwks_uri".into(), format!("'private_key_jwt' in {method_option} needs 'jwks' or 'jwks_uri'")));
            }
            let registered = registered(client);
            if client.jwks_uri.is_none() && !registered.is_empty() && !registered.contains(&alg) && !alg.is_empty() {
                let message = format!("{alg_option} must be {}, as the client's keys are", any_of(&registered));
                faults.push(("token_endpoint_auth_signing_alg".into(), message));
            }
        }
        _ => {}
    }
    faults
}
