//! Where a file holds secrets, by its tree: what no reading of single lines finds, such as a value behind an alias or in a broken flow mapping.

use std::collections::HashMap;
use std::ops::Range;

use super::broken;
use super::compose::parse;
use super::nearest;
use super::node::{Entry, Node, Style, Value};
use crate::source::SourceId;

/// The secret options whose names are long enough that a misspelt one is told from every other name.
const NAMES: [&str; 8] = [
    "client_secret",
    "hmac_secret",
    "jwt_secret",
    "secret",
    "password",
    "encryption_key",
    "issuer_private_key",
    "integration_key",
];

/// Options below a key that only sounds like a secret's: how passwords are stored, and how their reset is verified.
const HARMLESS: [&str; 16] = [
    "algorithm",
    "argon2",
    "bcrypt",
    "block_size",
    "cost",
    "iterations",
    "jwt_algorithm",
    "jwt_lifespan",
    "key_length",
    "memory",
    "parallelism",
    "pbkdf2",
    "salt_length",
    "scrypt",
    "sha2crypt",
    "variant",
];

/// Endings of a name that make it a secret's, such as people write where the server knows no such option.
const ENDINGS: [&str; 16] = [
    "_hmac",
    "_key",
    "_pass",
    "apikey",
    "credential",
    "credentials",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "secrets",
    "token",
];

/// Names that are a secret's without having such an ending.
const WHOLE: [&str; 3] = ["hmac", "key", "pass"];

/// Options of the server that only sound like a secret's, such as lifespans of tokens.
const PUBLIC: [&str; 6] =
    ["access_token", "client_credentials", "id_token", "openid_connect_token", "public_key", "refresh_token"];

/// The options of a query condition, in which `key` names a parameter.
const CONDITION: [&str; 3] = ["key", "operator", "value"];

/// Names longer than this are no misspelt ones.
const LONGEST: usize = 128;

/// Commas in one secret up to which what follows them is known to be its own.
const MOST_COMMAS: usize = 64;

/// Whether the value of a key is a secret.
pub fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase().replace('-', "_");
    (WHOLE.contains(&&*key) || ENDINGS.iter().any(|ending| key.ends_with(ending))) && !PUBLIC.contains(&&*key)
}

/// The byte ranges of every secret in the first document of a text, quotes included, and generous ones when it does not parse. A key
/// that is nearly the name of a secret option counts as one.
pub fn secrets(text: &str) -> Vec<Range<u32>> {
    parse(SourceId(0), text).map_or_else(|_| broken::secrets_of(text), |document| secrets_of(&document.root))
}

/// The byte ranges of every secret in the tree of one file.
pub(super) fn secrets_of(root: &Node) -> Vec<Range<u32>> {
    let mut search = Search::default();
    search.collect(root, false);
    let mut found = search.found;
    // What several aliases mean is found several times.
    found.sort_by_key(|range| (range.start, range.end));
    found.dedup();
    found
}

#[derive(Default)]
struct Search<'a> {
    found: Vec<Range<u32>>,
    /// What was found out about each key: a file has few, each many times.
    keys: HashMap<&'a str, bool>,
}

impl<'a> Search<'a> {
    fn collect(&mut self, node: &'a Node, below_secret: bool) {
        match &node.value {
            Value::Mapping(entries) => {
                let condition = is_query_condition(entries);
                for (at, entry) in entries.iter().enumerate() {
                    let secret = !condition && *self.keys.entry(&entry.key).or_insert_with(|| is_meant_as_secret(&entry.key));
                    let inherited = below_secret && !HARMLESS.contains(&&*entry.key);
                    if entry.value.is_null() && (inherited || torn_from(node, at).is_some()) {
                        // A secret in braces without quotes is a key.
                        self.found.push(entry.key_span.start..entry.key_span.end);
                    }
                    self.collect(&entry.value, secret || inherited);
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| self.collect(item, below_secret)),
            Value::Null => {}
            _ if below_secret => self.found.push(node.span.start..node.span.end),
            _ => {}
        }
    }
}

/// Whether these are the options of one query condition of an access rule.
fn is_query_condition(entries: &[Entry]) -> bool {
    entries.iter().all(|entry| CONDITION.contains(&&*entry.key)) && entries.iter().any(|entry| &*entry.key == "operator")
}

/// The entry of a secret that has no quotes and holds a comma, so that in braces what follows the comma reads as a key.
pub(super) fn torn_from(mapping: &Node, at: usize) -> Option<&Entry> {
    let entries = mapping.entries();
    if mapping.style != Style::Flow || !entries.get(at)?.value.is_null() {
        return None;
    }
    let mut before = entries[at.saturating_sub(MOST_COMMAS)..at].iter().rev();
    let secret = before.find(|entry| !entry.value.is_null() || is_meant_as_secret(&entry.key))?;
    (secret.value.style == Style::Plain && is_meant_as_secret(&secret.key)).then_some(secret)
}

/// Whether a key is the name of a secret option, or nearly.
pub(super) fn is_meant_as_secret(key: &str) -> bool {
    let option = key.rsplit('.').next().unwrap_or(key);
    is_secret(option) || option.len() <= LONGEST && nearest(option, NAMES).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_wherever_they_are_written() {
        for (text, secret) in [
            ("a: &s marker\nclient_secret: *s\n", "marker"),
            ("? client_secret\n: marker\n", "marker"),
            ("client_secrt: marker\n", "marker"),
            ("\"client\\x5fsecret\": marker\n", "marker"),
            ("[{a: b, client_secret:\nmarker}]\n", "marker"),
            ("a:\n  client_secret:\n  - marker\n", "marker"),
            ("client_secret: {value: 'marker'}\n", "'marker'"),
            ("password:\n  algorithm: x\n  a: [{b: marker}]\n", "marker"),
            ("secret: {marker}\n", "marker"),
            ("api-key: marker\n", "marker"),
            ("passwd: marker\n", "marker"),
            ("db_pass: marker\n", "marker"),
            ("credentials: [marker]\n", "marker"),
            ("identity_providers.oidc.hmac_secret: 'marker'\n", "'marker'"),
            ("\u{feff}jwks:\n  - key: |\n      marker\n", "|\n      marker"),
        ] {
            let found = secrets(text);
            let slices: Vec<&str> = found.iter().map(|range| text[range.start as usize..range.end as usize].trim_end()).collect();
            assert_eq!(slices, [secret], "{text}");
        }
        assert!(secrets("client_id: a\npassword:\n  algorithm: 'argon2'\ndomain: x\n").is_empty());
        assert_eq!(secrets("{secret: a,b,'c', d: e, f, hmac: 'g', h}").len(), 4);
        assert!(secrets("access_token: 1h\ngrants: {client_credentials: {id_token: 1h}}\n").is_empty());
        assert!(secrets("password: {argon2: {variant: 'argon2id', key_length: 32}}\n").is_empty());
        assert!(secrets("- {operator: 'present', key: 'monitor'}\n- key: 'a'\n  value: 'b'\n  operator: 'equal'\n").is_empty());
        assert_eq!(secrets("- {operator: 'present', key: 'marker', use: 'sig'}\n- {key: 'marker'}\n").len(), 2);
        assert_eq!(secrets("secret: {operator: 'present'}\n").len(), 1);
        assert_eq!(secrets("client_secret: [").first(), Some(&(15..16)));
    }
}
