//! Query strings and forms, as Go's `url.ParseQuery` reads them.

use super::escape::{Part, escape, unescape};

/// More parameters than this and Go reads none.
const MAXIMUM_PARAMETERS: usize = 10_000;

/// The parameters in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(Vec<u8>, Vec<u8>)>);

impl Query {
    /// Reads a query without its question mark. What cannot be decoded, and what holds a semicolon, is dropped.
    pub fn parse(text: &str) -> Query {
        if text.split('&').count() > MAXIMUM_PARAMETERS {
            return Query::default();
        }
        let parameter = |setting: &str| {
            let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
            Some((unescape(key, Part::Query).ok()?, unescape(value, Part::Query).ok()?))
        };
        let settings = text.split('&').filter(|setting| !setting.is_empty() && !setting.contains(';'));
        Query(settings.filter_map(parameter).collect())
    }

    /// The first value of a key; none when there is no such parameter.
    pub fn get(&self, key: &str) -> Option<&[u8]> {
        self.0.iter().find(|(name, _)| name == key.as_bytes()).map(|(_, value)| value.as_slice())
    }

    /// Whether there is a parameter of this name.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Every value of a key.
    pub fn all<'q>(&'q self, key: &'q str) -> impl Iterator<Item = &'q [u8]> {
        self.0.iter().filter(move |(name, _)| name == key.as_bytes()).map(|(_, value)| value.as_slice())
    }

    /// Puts one value in the place of all values of a key.
    pub fn set(&mut self, key: &str, value: &str) {
        self.0.retain(|(name, _)| name != key.as_bytes());
        self.0.push((key.into(), value.into()));
    }

    /// Whether there is no parameter.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The query encoded, sorted by key.
    pub fn encode(&self) -> String {
        let mut sorted: Vec<&(Vec<u8>, Vec<u8>)> = self.0.iter().collect();
        sorted.sort_by(|one, other| one.0.cmp(&other.0));
        let encoded = sorted.iter().map(|(key, value)| escape(key, Part::Query) + "=" + &escape(value, Part::Query));
        encoded.collect::<Vec<_>>().join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_of_a_repeated_parameter_counts() {
        let query = Query::parse("a=1&b&a=2&=x&c=%zz&d=1;e=2&&f=a+b%26");
        assert_eq!(query.get("a"), Some(b"1".as_slice()));
        assert_eq!(query.get("b"), Some(b"".as_slice()));
        assert_eq!(query.get(""), Some(b"x".as_slice()));
        assert_eq!(query.get("f"), Some(b"a b&".as_slice()));
        for absent in ["c", "d", "e", "g"] {
            assert!(!query.has(absent), "{absent}");
        }
    }

    #[test]
    fn encoding_sorts_by_key() {
        let mut query = Query::parse("x=1&rm=2&a=3&x=0");
        query.set("rm", "GET");
        query.set("rd", "https://a/?b");
        assert_eq!(query.encode(), "a=3&rd=https%3A%2F%2Fa%2F%3Fb&rm=GET&x=1&x=0");
    }
}
