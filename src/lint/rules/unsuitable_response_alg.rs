//! A signing algorithm that the provider's keys do not support.

use std::collections::{HashMap, HashSet};

use crate::config::oidc::{Jwk, Oidc};
use crate::diagnostic::{Authelia, Severity};
use crate::go::key::Kind;
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
    let keys = Keys::of(oidc, context.whole);
    for client in &oidc.clients {
        for (prefix, response) in client.responses() {
            if let Some((option, value)) = keys.unknown(prefix, &response.signed_alg, &response.signed_key_id) {
                let message = format!("the provider has no key for '{value}', which {option} of '{}' asks for", client.id);
                context.flag(&client.path(&option), message).emit();
            }
        }
    }
    let (alg, key_id) = (&oidc.discovery_signed_response_alg, &oidc.discovery_signed_response_key_id);
    if let Some((option, value)) = keys.unknown("discovery", alg, key_id) {
        context.flag(&Oidc::path(&option), format!("the provider has no key for '{value}'")).emit();
    }
}

/// What the provider's keys can sign with.
struct Keys<'a> {
    algorithms: HashSet<&'a str>,
    /// Algorithms whose first key is for encryption, with the key's id. The server tries keys by their algorithm alone.
    encrypting: HashMap<&'a str, String>,
    /// None where an id cannot be told.
    ids: Option<HashSet<String>>,
    /// Whether all keys are known.
    judged: bool,
}

impl<'a> Keys<'a> {
    fn of(oidc: &'a Oidc, whole: bool) -> Keys<'a> {
        let usable = |jwk: &&Jwk| matches!(jwk.kind(), Some(Kind::Rsa(..) | Kind::Ec(..) | Kind::Ed25519(_)));
        let signing = |jwk: &&Jwk| jwk.effective_usage() == "sig";
        let mut first: HashMap<&str, &Jwk> = HashMap::new();
        for jwk in oidc.keys().filter(usable) {
            first.entry(jwk.effective_algorithm()).or_insert(jwk);
        }
        let encrypting = first.into_values().filter(|jwk| &*jwk.usage == "enc");
        Keys {
            encrypting: encrypting.filter_map(|jwk| Some((jwk.effective_algorithm(), jwk.effective_id()?))).collect(),
            algorithms: oidc.keys().filter(usable).filter(signing).map(Jwk::effective_algorithm).collect(),
            ids: oidc.keys().filter(usable).filter(|jwk| &*jwk.usage != "enc").map(Jwk::effective_id).collect(),
            judged: whole || oidc.keys().next().is_some(),
        }
    }

    /// The option and its value, when no key is meant by it.
    fn unknown<'v>(&'v self, prefix: &str, alg: &'v str, key_id: &'v str) -> Option<(String, &'v str)> {
        let tried = match alg {
            "" if matches!(prefix, "id_token" | "authorization") => "RS256",
            "" => "none",
            alg => alg,
        };
        if let (Some(id), true) = (self.encrypting.get(tried), key_id.is_empty()) {
            return Some((format!("{prefix}_signed_response_key_id"), id));
        }
        if !key_id.is_empty() {
            let fits = !self.judged || self.ids.as_ref().is_none_or(|ids| ids.contains(key_id));
            return (!fits).then(|| (format!("{prefix}_signed_response_key_id"), key_id));
        }
        let fits = match alg {
            "" | "RS256" => true,
            "none" => !matches!(prefix, "id_token" | "authorization"),
            // What a secret signs is another rule's business.
            "HS256" | "HS384" | "HS512" if prefix != "discovery" => true,
            _ => !self.judged || self.algorithms.contains(alg),
        };
        (!fits).then(|| (format!("{prefix}_signed_response_alg"), alg))
    }
}
