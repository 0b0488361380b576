//! Encrypted responses that the server cannot make.

use crate::config::client::{Client, ResponseAlgorithms};
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsuitable-encryption",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A `…_encrypted_response_alg` or `…_enc` is unknown or lacks the keys, the secret or the signature that it needs.",
    why: "The server refuses to start. A monitor needs no encrypted responses at all.",
    help: "remove the option",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        id_token_encrypted_response_alg: 'RSA-OAEP'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#id_token_encrypted_response_alg",
    check,
};

const ASYMMETRIC: [&str; 7] =
    ["RSA1_5", "RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW"];
const SYMMETRIC: [&str; 9] = [
    "A128KW",
    "A192KW",
    "A256KW",
    "A128GCMKW",
    "A192GCMKW",
    "A256GCMKW",
    "PBES2-HS256+A128KW",
    "PBES2-HS384+A192KW",
    "PBES2-HS512+A256KW",
];
const CONTENT: [&str; 6] = ["A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"];

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        for (prefix, response) in client.responses() {
            for (option, message) in faults(client, prefix, response) {
                context.flag(&client.path(&option), message).emit();
            }
        }
    }
}

fn faults(client: &Client, prefix: &str, response: &ResponseAlgorithms) -> Vec<(String, String)> {
    let alg = &*response.encrypted_alg;
    let none = matches!(alg, "" | "none");
    if none && response.encrypted_key_id.is_empty() {
        return Vec::new();
    }
    let option = format!("{prefix}_encrypted_response_alg");
    let mut faults = Vec::new();
    let symmetric = SYMMETRIC.contains(&alg);
    if !symmetric && !ASYMMETRIC.contains(&alg) && alg != "none" {
        faults.push((option.clone(), format!("the server knows no {option} '{alg}'")));
    } else {
        if symmetric && !client.secret.as_ref().is_some_and(crate::digest::ClientSecret::is_plaintext) {
            faults.push(("client_secret".to_owned(), format!("{option} '{alg}' needs the client_secret in plain text")));
        }
        if !symmetric && client.jwks_uri.is_none() && client.jwks.is_empty() {
            faults.push(("jwks_uri".to_owned(), format!("{option} '{alg}' needs 'jwks' or 'jwks_uri'")));
        }
        if signed_alg(prefix, response) == "none" {
            faults.push((option.clone(), format!("{option} needs {prefix}_signed_response_alg to be other than 'none'")));
        }
    }
    let content = &*response.encrypted_enc;
    if !content.is_empty() && !CONTENT.contains(&content) {
        let option = format!("{prefix}_encrypted_response_enc");
        faults.push((option.clone(), format!("the server knows no {option} '{content}'")));
    }
    faults
}

fn signed_alg<'a>(prefix: &str, response: &'a ResponseAlgorithms) -> &'a str {
    match &*response.signed_alg {
        "" if !response.signed_key_id.is_empty() => "key",
        "" if matches!(prefix, "id_token" | "authorization") => "RS256",
        "" => "none",
        alg => alg,
    }
}
