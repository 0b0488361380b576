//! The public halves of the issuer's keys.

use serde_json::{Map, Value, json};

use crate::config::Config;
use crate::config::oidc::{Jwk, Oidc};

/// The answer at `/jwks.json`.
pub(super) fn document(config: &Config) -> Value {
    let keys = config.oidc.iter().flat_map(Oidc::keys).filter_map(public);
    json!({"keys": keys.collect::<Vec<_>>()})
}

fn public(jwk: &Jwk) -> Option<Map<String, Value>> {
    let members: Map<String, Value> = serde_json::from_str(jwk.key.as_ref()?.public.as_deref()?).ok()?;
    let mut key = Map::new();
    key.insert("use".to_owned(), jwk.effective_usage().into());
    key.insert("kty".to_owned(), members.get("kty")?.clone());
    key.insert("kid".to_owned(), jwk.effective_id()?.into());
    key.insert("alg".to_owned(), jwk.effective_algorithm().into());
    key.extend(members);
    Some(key)
}
