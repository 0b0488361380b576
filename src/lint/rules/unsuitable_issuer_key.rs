//! A signing key of the provider that the server refuses.

use super::unsuitable_auth_signing_alg::ASYMMETRIC;
use crate::config::oidc::{Jwk, Key, Oidc};
use crate::diagnostic::{Authelia, Severity};
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

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(oidc) = &config.oidc else { return };
    for (index, jwk) in oidc.jwks.iter().enumerate() {
        let earlier = oidc.jwks[..index].iter().filter(|other| (&*other.usage == "enc") == (&*jwk.usage == "enc"));
        let twin = !jwk.key_id.is_empty() && earlier.into_iter().any(|other| other.key_id == jwk.key_id);
        for (option, message) in faults(jwk, twin) {
            context.flag(&Oidc::path("jwks").index(index).key(option), message).emit();
        }
    }
}

fn faults(jwk: &Jwk, twin: bool) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    match jwk.key {
        Key::Absent => return vec![("key", "the key is absent or cannot be read".to_owned())],
        Key::RsaPrivate(bits) if bits < 2048 => {
            faults.push(("key", format!("the RSA key has {bits} bits; 2048 are the least")));
        }
        Key::RsaPrivate(_) | Key::EcPrivate(_) => {}
        Key::RsaPublic(_) | Key::EcPublic(_) => faults.push(("key", "this is a public key; a private one signs".to_owned())),
        Key::Other => faults.push(("key", "the key is neither RSA nor ECDSA".to_owned())),
    }
    if jwk.key_id.len() > 100 || !is_key_id(&jwk.key_id) {
        faults.push(("key_id", "a key_id has up to 100 letters, digits, and '.', '_', '~', '-' between them".to_owned()));
    }
    if twin {
        faults.push(("key_id", format!("an earlier key has the key_id '{}'", jwk.key_id)));
    }
    match &*jwk.usage {
        "enc" => {}
        "" | "sig" if jwk.algorithm.is_empty() || ASYMMETRIC.contains(&&*jwk.algorithm) => {}
        "" | "sig" => faults.push(("algorithm", format!("the server cannot sign with '{}'", jwk.algorithm))),
        other => faults.push(("use", format!("'use' must be 'sig' or 'enc' but is '{other}'"))),
    }
    faults
}

fn is_key_id(key_id: &str) -> bool {
    let ends = |byte: Option<u8>| byte.is_none_or(|byte| byte.is_ascii_alphanumeric());
    key_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte))
        && ends(key_id.bytes().next())
        && ends(key_id.bytes().last())
}
