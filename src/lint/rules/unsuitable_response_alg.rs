//! A signing algorithm that the provider's keys do not support.

use crate::config::client::RESPONSES;
use crate::config::oidc::{Jwk, Key, Oidc};
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsuitable-response-alg",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A `…_signed_response_alg` or key id is one for which the provider has no key.",
    why: "The server refuses to start. A monitor needs no signed responses at all.",
    help: "remove the option",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        id_token_signed_response_alg: 'none'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#id_token_signed_response_alg",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(oidc) = &config.oidc else { return };
    let judged = context.whole || !oidc.jwks.is_empty();
    for client in &oidc.clients {
        for (prefix, response) in RESPONSES.iter().zip(&client.responses) {
            let (option, value) = if response.signed_key_id.is_empty() {
                (format!("{prefix}_signed_response_alg"), &*response.signed_alg)
            } else {
                (format!("{prefix}_signed_response_key_id"), &*response.signed_key_id)
            };
            let fits = if response.signed_key_id.is_empty() {
                fits_alg(oidc, prefix, value, judged)
            } else {
                !judged || has_key_id(oidc, value)
            };
            if !fits {
                let message = format!("the provider has no key for '{value}', which {option} of '{}' asks for", client.id);
                context.flag(&client.path(&option), message).emit();
            }
        }
    }
    discovery(context, oidc, judged);
}

fn discovery(context: &mut Context<'_>, oidc: &Oidc, judged: bool) {
    let (alg, key_id) = (&*oidc.discovery_signed_response_alg, &*oidc.discovery_signed_response_key_id);
    if !key_id.is_empty() && judged && !has_key_id(oidc, key_id) {
        let path = Oidc::path("discovery_signed_response_key_id");
        context.flag(&path, format!("the provider has no key with the id '{key_id}'")).emit();
    } else if key_id.is_empty() && !fits_alg(oidc, "discovery", alg, judged) {
        context.flag(&Oidc::path("discovery_signed_response_alg"), format!("the provider has no key for '{alg}'")).emit();
    }
}

fn fits_alg(oidc: &Oidc, prefix: &str, alg: &str, judged: bool) -> bool {
    match alg {
        "" | "RS256" => true,
        "none" => !matches!(prefix, "id_token" | "authorization"),
        // What a secret signs is another rule's business.
        "HS256" | "HS384" | "HS512" if prefix != "discovery" => true,
        _ => !judged || oidc.jwks.iter().any(|jwk| algorithm(jwk) == alg),
    }
}

/// The algorithm of a provider's key, the server's default filled in.
pub(super) fn algorithm(jwk: &Jwk) -> &str {
    match (&*jwk.algorithm, jwk.key) {
        ("", Key::RsaPrivate(_) | Key::RsaPublic(_)) => "RS256",
        ("", Key::EcPrivate(256) | Key::EcPublic(256)) => "ES256",
        ("", Key::EcPrivate(384) | Key::EcPublic(384)) => "ES384",
        ("", Key::EcPrivate(521) | Key::EcPublic(521)) => "ES512",
        (written, _) => written,
    }
}

/// Whether a key has this id. An id that the server makes up is six hexadecimal digits and the algorithm.
fn has_key_id(oidc: &Oidc, key_id: &str) -> bool {
    oidc.jwks.iter().any(|jwk| match &*jwk.key_id {
        "" => key_id.split_once('-').is_some_and(|(digits, alg)| {
            digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && alg == algorithm(jwk).to_lowercase()
        }),
        written => written == key_id && &*jwk.usage != "enc",
    })
}
