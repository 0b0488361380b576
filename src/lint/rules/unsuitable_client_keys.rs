//! Public keys of a client that the server refuses.

use super::unsuitable_auth_signing_alg::ASYMMETRIC;
use super::unsuitable_issuer_key::certifies_another;
use crate::config::Path;
use crate::config::client::Client;
use crate::config::oidc::Jwk;
use crate::diagnostic::{Authelia, Severity};
use crate::go::key::{Kind, Side};
use crate::go::url::Url;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsuitable-client-keys",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A client's `jwks` or `jwks_uri` is not what the server accepts.",
    why: "The server refuses to start. A monitor authenticates by its secret and needs no keys.",
    help: "remove the option from a monitor's client, else give public keys with ids",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        jwks_uri: 'http://app.example.com/jwks.json'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        jwks_uri: 'https://app.example.com/jwks.json'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#jwks",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        for (path, message) in faults(client) {
            context.flag(&path, message).emit();
        }
    }
}

fn faults(client: &Client) -> Vec<(Path, String)> {
    match &client.jwks_uri {
        Some(_) if !client.jwks.is_empty() => {
            vec![(client.path("jwks_uri"), "'jwks_uri' and 'jwks' exclude each other".to_owned())]
        }
        Some(uri) if Url::parse(uri).is_ok_and(|url| url.scheme != "https") => {
            vec![(client.path("jwks_uri"), "'jwks_uri' must be an https URI".to_owned())]
        }
        Some(_) => Vec::new(),
        None => client.jwks.iter().flat_map(|jwk| key_faults(client, jwk)).chain(request_fault(client)).collect(),
    }
}

/// The algorithms of the client's keys, the server's defaults filled in.
pub(super) fn registered(client: &Client) -> Vec<&str> {
    let usable = client.jwks.iter().filter(|jwk| matches!(jwk.kind(), Some(Kind::Rsa(..) | Kind::Ec(..) | Kind::Ed25519(_))));
    usable.map(Jwk::effective_algorithm).filter(|algorithm| !algorithm.is_empty()).collect()
}

fn request_fault(client: &Client) -> Option<(Path, String)> {
    let algorithm = &*client.request_object_signing_alg;
    let fits = algorithm.is_empty() || client.jwks.is_empty() || registered(client).contains(&algorithm);
    let message = || format!("none of the client's keys signs with '{algorithm}', which 'request_object_signing_alg' asks for");
    (!fits).then(|| (client.path("request_object_signing_alg"), message()))
}

fn key_faults(client: &Client, jwk: &Jwk) -> Vec<(Path, String)> {
    let item = client.path("jwks").index(jwk.index);
    let mut faults = Vec::new();
    if jwk.key_id.is_empty() {
        faults.push((item.key("key_id"), "the key has no key_id".to_owned()));
    }
    match jwk.kind() {
        Some(Kind::Rsa(Side::Public, bits)) if bits < 2048 => {
            faults.push((item.key("key"), format!("the RSA key has {bits} bits; 2048 are the least")));
        }
        Some(Kind::Rsa(Side::Public, _) | Kind::Ec(Side::Public, _)) => {}
        _ => faults.push((item.key("key"), "the key is no RSA or ECDSA public key".to_owned())),
    }
    if certifies_another(jwk) {
        faults.push((item.key("certificate_chain"), "the first certificate is for another key".to_owned()));
    }
    if !matches!(&*jwk.usage, "" | "sig" | "enc") {
        faults.push((item.key("use"), format!("'use' must be 'sig' or 'enc' but is '{}'", jwk.usage)));
    }
    if !jwk.algorithm.is_empty() && !ASYMMETRIC.contains(&&*jwk.algorithm) {
        faults.push((item.key("algorithm"), format!("the server knows no algorithm '{}' for this", jwk.algorithm)));
    }
    faults
}
