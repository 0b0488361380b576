//! A signing key of the provider that the server refuses.

use std::collections::HashSet;

use super::unsuitable_auth_signing_alg::ASYMMETRIC;
use crate::config::oidc::{Jwk, Oidc};
use crate::diagnostic::{Authelia, Severity};
use crate::go::key::{Kind, Side};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsuitable-issuer-key",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A key of the provider is missing, too small, of the wrong kind, or badly described.",
    why: "The server refuses to start.",
    help: "give an RSA private key of 2048 bits or more",
    bad: r"
identity_providers:
  oidc:
    jwks:
      - key_id: 'main'
",
    good: r#"
identity_providers:
  oidc:
    jwks:
      - key: '{{ secret "/config/oidc.pem" }}'
"#,
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#jwks",
    check,
};

/// What the server encrypts with.
const ENCRYPTION: [&str; 17] = [
    "RSA1_5",
    "RSA-OAEP",
    "RSA-OAEP-256",
    "A128KW",
    "A192KW",
    "A256KW",
    "dir",
    "ECDH-ES",
    "ECDH-ES+A128KW",
    "ECDH-ES+A192KW",
    "ECDH-ES+A256KW",
    "A128GCMKW",
    "A192GCMKW",
    "A256GCMKW",
    "PBES2-HS256+A128KW",
    "PBES2-HS384+A192KW",
    "PBES2-HS512+A256KW",
];

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(oidc) = &config.oidc else { return };
    let old = Oidc::path("issuer_private_key");
    if let (Some(jwk), []) = (&oidc.issuer_key, &*oidc.jwks) {
        // The server judges it as the first of the keys.
        let path = Oidc::path("jwks").index(0);
        let span = config.locate(&old).nearest;
        for (option, message) in faults(jwk, false) {
            context.flag_at(&path.key(option), span, message).emit();
        }
    }
    let mut seen = HashSet::new();
    for jwk in &oidc.jwks {
        let id = jwk.effective_id();
        let twin = id.is_some_and(|id| !seen.insert((&*jwk.usage == "enc", id)));
        let item = Oidc::path("jwks").index(jwk.index);
        if jwk.key.is_none() && config.problems.iter().any(|problem| problem.path == item.key("key")) {
            continue;
        }
        for (option, message) in faults(jwk, twin) {
            context.flag(&item.key(option), message).emit();
        }
    }
}

fn faults(jwk: &Jwk, twin: bool) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    let mut fault = |option, message: String| faults.push((option, message));
    match jwk.kind() {
        None => return vec![("key", "the key is absent".to_owned())],
        Some(Kind::Shared(_)) => {
            return vec![("key", "this is no PEM but a shared key, with which nothing is signed".to_owned())];
        }
        Some(Kind::Certificate) => return vec![("key", "this is a certificate; the server needs its private key".to_owned())],
        Some(Kind::Rsa(Side::Private, bits)) if bits < 2048 => {
            fault("key", format!("the RSA key has {bits} bits; 2048 are the least"));
        }
        Some(Kind::Rsa(Side::Public, _) | Kind::Ec(Side::Public, _)) => {
            fault("key", "this is a public key; a private one signs".to_owned());
        }
        Some(Kind::Ec(_, 224)) if jwk.key_id.is_empty() => fault("key", "a key of the curve P-224 needs a key_id".to_owned()),
        Some(Kind::Rsa(..) | Kind::Ec(..)) => {}
        Some(Kind::Ed25519(_) | Kind::Unusual(_)) => return vec![("key", "the key is neither RSA nor ECDSA".to_owned())],
    }
    if jwk.key_id.len() > 100 || !is_key_id(&jwk.key_id) {
        fault("key_id", "a key_id has up to 100 letters, digits, and '.', '_', '~', '-' between them".to_owned());
    }
    if twin {
        let id = jwk.effective_id().unwrap_or_default();
        fault("key_id", format!("an earlier key has the key_id '{id}' too"));
    }
    let known: &[&str] = if &*jwk.usage == "enc" { &ENCRYPTION } else { &ASYMMETRIC };
    match &*jwk.usage {
        "" | "sig" | "enc" if jwk.algorithm.is_empty() || known.contains(&&*jwk.algorithm) => {}
        "" | "sig" => fault("algorithm", format!("the server cannot sign with '{}'", jwk.algorithm)),
        "enc" => fault("algorithm", format!("the server cannot encrypt with '{}'", jwk.algorithm)),
        other => fault("use", format!("'use' must be 'sig' or 'enc' but is '{other}'")),
    }
    if certifies_another(jwk) {
        fault("certificate_chain", "the first certificate is for another key".to_owned());
    }
    faults
}

/// Whether the first certificate is for another key.
pub(super) fn certifies_another(jwk: &Jwk) -> bool {
    let (Some(key), Some(certificate)) = (&jwk.key, &jwk.certificate) else { return false };
    match (key.fingerprint, certificate.fingerprint) {
        (Some(one), Some(other)) => one != other,
        _ => std::mem::discriminant(&key.kind) != std::mem::discriminant(&certificate.kind),
    }
}

fn is_key_id(key_id: &str) -> bool {
    let ends = |byte: Option<u8>| byte.is_none_or(|byte| byte.is_ascii_alphanumeric());
    key_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte))
        && ends(key_id.bytes().next())
        && ends(key_id.bytes().last())
}
