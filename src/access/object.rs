//! What is asked for.

use crate::go::path::clean;
use crate::go::query::Query;
use crate::go::url::Url;

/// A URL and a method, in the forms that the rules compare.
#[derive(Clone, Debug)]
pub struct Object {
    /// The target as the proxy reports it.
    pub url: Url,
    /// The method as the proxy reports it.
    pub method: String,
    /// The host without port.
    pub(super) host: String,
    /// The cleaned path with the query behind it.
    pub(super) resource: String,
    pub(super) query: Query,
}

impl Object {
    /// Prepares a target for the rules.
    pub fn new(url: Url, method: impl Into<String>) -> Object {
        let host = url.hostname().into_owned();
        let resource = full_path(&url);
        Object { host, resource, query: url.query(), method: method.into(), url }
    }

    /// The host that `domain` and `domain_regex` are compared with.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path and query that `resources` are compared with.
    pub fn resource(&self) -> &str {
        &self.resource
    }
}

/// The path without dot segments and double slashes, its last slash kept, and the query as written.
fn full_path(url: &Url) -> String {
    let mut path = readable(&clean(&url.path));
    if url.path.len() > 1 && url.path.ends_with(b"/") {
        path.push('/');
    }
    if !url.raw_query.is_empty() {
        path.push('?');
        path.push_str(&url.raw_query);
    }
    path
}

/// Bytes as a pattern sees them: Go counts each byte that is no UTF-8 as one replacement character.
fn readable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_see_the_cleaned_path_and_the_raw_query() {
        for (url, expected) in [
            ("https://a", "."),
            ("https://a/", "/"),
            ("https://a?x=1", ".?x=1"),
            ("https://a/?x=%41", "/?x=%41"),
            ("https://a/b//c/../d/?x", "/b/d/?x"),
            ("https://a/%2e%2e/b", "/b"),
            ("https://a/b%2Fc", "/b/c"),
            ("https://a//", "//"),
            ("https://a/%ff%fe", "/\u{fffd}\u{fffd}"),
        ] {
            assert_eq!(Object::new(Url::parse(url).unwrap(), "GET").resource(), expected, "{url}");
        }
    }
}
