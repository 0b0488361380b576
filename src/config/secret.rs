//! Where a file holds secrets, by its tree: what no reading of single lines finds, such as a value behind an alias or in a broken flow mapping.

use std::collections::HashMap;
use std::ops::Range;

use super::compose::parse;
use super::nearest;
use super::node::{Node, Value};
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

/// Whether the value of a key is a secret.
pub fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let ends = ["secret", "password", "passphrase", "_key"].iter().any(|word| key.ends_with(word));
    (ends || key == "key") && key != "public_key"
}

/// The byte ranges of every secret in the first document of a text, quotes included; none when it does not parse. A key that is nearly
/// the name of a secret option counts as one.
pub fn secrets(text: &str) -> Vec<Range<u32>> {
    parse(SourceId(0), text).map(|document| secrets_of(&document.root)).unwrap_or_default()
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
                for entry in entries.iter() {
                    let secret = *self.keys.entry(&entry.key).or_insert_with(|| is_meant_as_secret(&entry.key));
                    self.collect(&entry.value, secret);
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| self.collect(item, below_secret)),
            Value::Null => {}
            _ if below_secret => self.found.push(node.span.start..node.span.end),
            _ => {}
        }
    }
}

fn is_meant_as_secret(key: &str) -> bool {
    let option = key.rsplit('.').next().unwrap_or(key);
    is_secret(option) || nearest(option, NAMES).is_some()
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
            ("identity_providers.oidc.hmac_secret: 'marker'\n", "'marker'"),
            ("\u{feff}jwks:\n  - key: |\n      marker\n", "|\n      marker"),
        ] {
            let found = secrets(text);
            let slices: Vec<&str> = found.iter().map(|range| text[range.start as usize..range.end as usize].trim_end()).collect();
            assert_eq!(slices, [secret], "{text}");
        }
        assert!(secrets("client_id: a\npassword:\n  algorithm: 'argon2'\ndomain: x\n").is_empty());
        assert!(secrets("client_secret: [").is_empty());
    }
}
