//! URLs as Go's `net/url` reads and prints them, which normalises far less than others do.

mod error;

use std::borrow::Cow;
use std::fmt;
use std::net::Ipv6Addr;

use crate::go::escape::{Part, escape, unescape};
use crate::go::query::Query;

pub use error::{Reason, UrlError, password};

/// A parsed URL. Host, path and fragment are decoded bytes, which need not be UTF-8.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Url {
    /// The scheme in lower case; empty when there is none.
    pub scheme: String,
    /// What follows the scheme when that is no slash, as in `mailto:x`.
    pub opaque: String,
    /// User name and password.
    pub user: Option<User>,
    /// Host with port, in the case in which it is written.
    pub host: Vec<u8>,
    /// The path.
    pub path: Vec<u8>,
    /// The query without its question mark, as written.
    pub raw_query: String,
    /// The fragment.
    pub fragment: Vec<u8>,
    /// The path as written, where it differs from the usual encoding.
    raw_path: String,
    /// The fragment as written, where it differs from the usual encoding.
    raw_fragment: String,
    /// Whether a question mark stands before an empty query.
    has_empty_query: bool,
    /// Whether there is a scheme but no authority.
    omits_host: bool,
}

/// User name and password of a URL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct User {
    name: Vec<u8>,
    password: Option<Vec<u8>>,
}

impl User {
    /// The name.
    pub fn name(&self) -> &[u8] {
        &self.name
    }

    /// Whether there is a password, be it empty.
    pub fn has_password(&self) -> bool {
        self.password.is_some()
    }
}

impl Url {
    /// Reads an absolute or relative URL (`url.Parse`).
    pub fn parse(text: &str) -> Result<Url, UrlError> {
        let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
        let mut url = Url::read(before, false).map_err(|reason| UrlError { text: before.to_owned(), reason })?;
        let decoded =
            unescape(fragment, Part::Fragment).map_err(|error| UrlError { text: text.to_owned(), reason: error.into() })?;
        if escape(&decoded, Part::Fragment) != fragment {
            fragment.clone_into(&mut url.raw_fragment);
        }
        url.fragment = decoded;
        Ok(url)
    }

    /// Reads a URL as it comes in a request (`url.ParseRequestURI`): absolute, or a path. There is no fragment.
    pub fn parse_request(text: &str) -> Result<Url, UrlError> {
        Url::read(text, true).map_err(|reason| UrlError { text: text.to_owned(), reason })
    }

    /// Whether it has a scheme.
    pub fn is_absolute(&self) -> bool {
        !self.scheme.is_empty()
    }

    /// The host without port and brackets.
    pub fn hostname(&self) -> Cow<'_, str> {
        let host = self.host_and_port().0;
        let inner = host.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]"));
        String::from_utf8_lossy(inner.unwrap_or(host))
    }

    /// The port as written; empty when there is none.
    pub fn port(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.host_and_port().1)
    }

    /// The parameters of the query.
    pub fn query(&self) -> Query {
        Query::parse(&self.raw_query)
    }

    /// The path encoded: as written where that is a proper encoding, else the usual one.
    pub fn escaped_path(&self) -> Cow<'_, str> {
        if is_encoding(&self.raw_path, &self.path, Part::Path) {
            return Cow::Borrowed(&self.raw_path);
        }
        if self.path == b"*" { Cow::Borrowed("*") } else { Cow::Owned(escape(&self.path, Part::Path)) }
    }

    fn host_and_port(&self) -> (&[u8], &[u8]) {
        match self.host.iter().rposition(|byte| *byte == b':') {
            Some(colon) if self.host[colon + 1..].iter().all(u8::is_ascii_digit) => {
                (&self.host[..colon], &self.host[colon + 1..])
            }
            _ => (&self.host, b""),
        }
    }

    fn read(text: &str, from_request: bool) -> Result<Url, Reason> {
        if text.bytes().any(|byte| byte.is_ascii_control()) {
            return Err(Reason::ControlCharacter);
        }
        if text.is_empty() && from_request {
            return Err(Reason::Empty);
        }
        if text == "*" {
            return Ok(Url { path: b"*".to_vec(), ..Url::default() });
        }
        let (scheme, rest) = split_scheme(text)?;
        let mut url = Url { scheme: scheme.to_ascii_lowercase(), ..Url::default() };
        let mut rest = url.split_query(rest);
        if !rest.starts_with('/') {
            if url.is_absolute() {
                rest.clone_into(&mut url.opaque);
                return Ok(url);
            }
            if from_request {
                return Err(Reason::NoRequest);
            }
            if rest.split('/').next().is_some_and(|segment| segment.contains(':')) {
                return Err(Reason::FirstSegment);
            }
        }
        let may_have_authority = url.is_absolute() || !from_request && !rest.starts_with("///");
        match rest.strip_prefix("//").filter(|_| may_have_authority) {
            Some(after) => {
                let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
                url.read_authority(authority)?;
                rest = path;
            }
            None => url.omits_host = url.is_absolute() && rest.starts_with('/'),
        }
        url.path = unescape(rest, Part::Path)?;
        if escape(&url.path, Part::Path) != rest {
            rest.clone_into(&mut url.raw_path);
        }
        Ok(url)
    }

    /// Takes the query over and returns what stands before it.
    fn split_query<'t>(&mut self, text: &'t str) -> &'t str {
        let Some((before, query)) = text.split_once('?') else { return text };
        self.has_empty_query = query.is_empty();
        query.clone_into(&mut self.raw_query);
        before
    }

    fn read_authority(&mut self, authority: &str) -> Result<(), Reason> {
        let Some((user, host)) = authority.rsplit_once('@') else {
            self.host = read_host(&self.scheme, authority)?;
            return Ok(());
        };
        self.host = read_host(&self.scheme, host)?;
        let proper = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
        if !user.bytes().all(proper) {
            return Err(Reason::User);
        }
        let (name, password) = user.split_once(':').map_or((user, None), |(name, password)| (name, Some(password)));
        let name = unescape(name, Part::User)?;
        let password = password.map(|password| unescape(password, Part::User)).transpose()?;
        self.user = Some(User { name, password });
        Ok(())
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_absolute() {
            write!(f, "{}:", self.scheme)?;
        }
        if self.opaque.is_empty() {
            self.write_hierarchy(f)?;
        } else {
            f.write_str(&self.opaque)?;
        }
        if self.has_empty_query || !self.raw_query.is_empty() {
            write!(f, "?{}", self.raw_query)?;
        }
        if self.fragment.is_empty() {
            return Ok(());
        }
        if is_encoding(&self.raw_fragment, &self.fragment, Part::Fragment) {
            return write!(f, "#{}", self.raw_fragment);
        }
        write!(f, "#{}", escape(&self.fragment, Part::Fragment))
    }
}

impl Url {
    fn write_hierarchy(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has_authority = !self.host.is_empty() || self.user.is_some();
        if has_authority || self.is_absolute() && !self.omits_host && !self.path.is_empty() {
            f.write_str("//")?;
        }
        if let Some(user) = &self.user {
            f.write_str(&escape(&user.name, Part::User))?;
            if let Some(password) = &user.password {
                write!(f, ":{}", escape(password, Part::User))?;
            }
            f.write_str("@")?;
        }
        f.write_str(&escape(&self.host, Part::Host))?;
        let path = self.escaped_path();
        if !path.is_empty() && !path.starts_with('/') && !self.host.is_empty() {
            f.write_str("/")?;
        }
        let is_relative = !self.is_absolute() && !has_authority;
        if is_relative && path.split('/').next().is_some_and(|segment| segment.contains(':')) {
            f.write_str("./")?;
        }
        f.write_str(&path)
    }
}

/// The scheme before the first colon, if there is one, and the rest.
fn split_scheme(text: &str) -> Result<(&str, &str), Reason> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return Err(Reason::MissingScheme),
            b':' => return Ok((&text[..at], &text[at + 1..])),
            _ => break,
        }
    }
    Ok(("", text))
}

fn read_host(scheme: &str, host: &str) -> Result<Vec<u8>, Reason> {
    match host.rfind('[') {
        Some(0) => return read_literal(host),
        Some(_) => return Err(Reason::Literal),
        None => {}
    }
    // Only the schemes of the web are held to a single colon; databases list several hosts with ports.
    let colon = if matches!(scheme, "http" | "https") { host.find(':') } else { host.rfind(':') };
    if let Some(colon) = colon {
        check_port(&host[colon..])?;
    }
    Ok(unescape(host, Part::Host)?)
}

/// An IPv6 address in square brackets, with its port.
fn read_literal(host: &str) -> Result<Vec<u8>, Reason> {
    let close = host.rfind(']').ok_or(Reason::Bracket)?;
    let port = &host[close + 1..];
    check_port(port)?;
    let (address, zone) = host[1..close].split_at(host[1..close].find("%25").unwrap_or(close - 1));
    let mut inner = unescape(address, Part::Host)?;
    inner.extend(unescape(zone, Part::Zone)?);
    let text = String::from_utf8_lossy(&inner);
    let (address, zone) = text.split_once('%').map_or((&*text, None), |(address, zone)| (address, Some(zone)));
    if zone == Some("") || address.parse::<Ipv6Addr>().is_err() {
        let is_version_4 = zone.is_none() && address.parse::<std::net::Ipv4Addr>().is_ok();
        return Err(if is_version_4 { Reason::Literal } else { Reason::Host(text.into_owned()) });
    }
    Ok([b"[", inner.as_slice(), b"]", port.as_bytes()].concat())
}

fn check_port(port: &str) -> Result<(), Reason> {
    match port.strip_prefix(':') {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(()),
        None if port.is_empty() => Ok(()),
        _ => Err(Reason::Port(port.to_owned())),
    }
}

/// Whether a raw text is a proper encoding of the decoded one, so that it may be printed in its place.
fn is_encoding(raw: &str, decoded: &[u8], part: Part) -> bool {
    let proper = |byte: u8| b"!$&'()*+,;=:@[]%".contains(&byte) || part.keeps(byte);
    !raw.is_empty() && raw.bytes().all(proper) && unescape(raw, part).is_ok_and(|bytes| bytes == decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> String {
        Url::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn reasons_are_gos() {
        for (text, expected) in [
            ("https://a:x/", r#"parse "https://a:x/": invalid port ":x" after host"#),
            ("https://a:1:2/", r#"parse "https://a:1:2/": invalid port ":1:2" after host"#),
            ("1:2", r#"parse "1:2": first path segment in URL cannot contain colon"#),
            (" https://b", r#"parse " https://b": first path segment in URL cannot contain colon"#),
            ("https://a/%zz", r#"parse "https://a/%zz": invalid URL escape "%zz""#),
            ("https://a/\n", r#"parse "https://a/\n": net/url: invalid control character in URL"#),
            (":a", r#"parse ":a": missing protocol scheme"#),
            ("https://a b/", r#"parse "https://a b/": invalid character " " in host name"#),
            ("https://[::1/", r#"parse "https://[::1/": missing ']' in host"#),
            ("https://[1.2.3.4]/", r#"parse "https://[1.2.3.4]/": invalid IP-literal"#),
            ("https://a[::1]/", r#"parse "https://a[::1]/": invalid IP-literal"#),
            ("https://u ser@a/", r#"parse "https://u ser@a/": net/url: invalid userinfo"#),
        ] {
            assert_eq!(reason(text), expected);
        }
        assert_eq!(Url::parse_request("a/b").unwrap_err().to_string(), r#"parse "a/b": invalid URI for request"#);
        assert_eq!(Url::parse_request("").unwrap_err().to_string(), r#"parse "": empty url"#);
    }

    #[test]
    fn nothing_is_normalised_but_the_scheme() {
        let url = Url::parse("HTTPS://App.Example.com:443/a/../%61?x=1#f").unwrap();
        assert_eq!(url.to_string(), "https://App.Example.com:443/a/../%61?x=1#f");
        assert_eq!((&*url.hostname(), &*url.port(), url.path.as_slice()), ("App.Example.com", "443", b"/a/../a".as_slice()));
    }

    #[test]
    fn texts_are_printed_as_go_prints_them() {
        for (text, expected) in [
            ("https://a", "https://a"),
            ("https://a?", "https://a?"),
            ("https://a/é b", "https://a/%C3%A9%20b"),
            ("https://a/%2f%zz", ""),
            ("https://a/b%2Fc", "https://a/b%2Fc"),
            ("https://a/'x'[1]", "https://a/'x'[1]"),
            ("https://a/\"x\"", "https://a/%22x%22"),
            ("https://é/", "https://%C3%A9/"),
            ("https://[fe80::1%25en0]:80/", "https://[fe80::1%25en0]:80/"),
            ("mailto:x@y", "mailto:x@y"),
            ("file:///x", "file:///x"),
            ("file:/x", "file:/x"),
            ("//h/p", "//h/p"),
            ("./a:b", "./a:b"),
            ("https://u:p%40@h/", "https://u:p%40@h/"),
            ("https://:@h/", "https://:@h/"),
            ("https:", "https:"),
            ("*", "*"),
        ] {
            let printed = Url::parse(text).map_or(String::new(), |url| url.to_string());
            assert_eq!(printed, expected, "{text}");
        }
    }

    #[test]
    fn a_password_is_not_repeated() {
        for (text, said) in [
            ("tcp://user:marker@db:x", r#"parse "tcp://user:***@db:x": invalid port ":x" after host"#),
            ("tcp://:mar@ker@db:x", r#"parse "tcp://:***@db:x": invalid port ":x" after host"#),
            ("tcp://user:mar/ker@db", r#"parse "tcp://user:***@db": invalid port after host"#),
            ("tcp://user:mar%ker@db", r#"parse "tcp://user:***@db": invalid URL escape"#),
        ] {
            assert_eq!(Url::parse(text).unwrap_err().to_string(), said);
        }
    }
}
