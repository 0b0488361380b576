//! Why a text is no URL, in Go's words, without the password that it may hold.

use std::fmt;
use std::ops::Range;

use crate::go::escape::EscapeError;
use crate::go::quote::quote;

/// Why a text is no URL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UrlError {
    pub(super) text: String,
    pub(super) reason: Reason,
}

/// The part of a [`UrlError`] that does not repeat the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// A control character.
    ControlCharacter,
    /// Nothing where a request needs something.
    Empty,
    /// A colon at the start.
    MissingScheme,
    /// Neither a scheme nor a slash at the start.
    NoRequest,
    /// A colon in the first segment of a relative path.
    FirstSegment,
    /// A percent sign or a character that may not stand there.
    Escape(EscapeError),
    /// What follows the host is no port.
    Port(String),
    /// Square brackets that do not hold an IPv6 address.
    Literal,
    /// An opening bracket that is not closed.
    Bracket,
    /// What is in square brackets is no address.
    Host(String),
    /// A character that user information may not hold.
    User,
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (password(&self.text), &self.reason) {
            (None, reason) => write!(f, "parse {}: {reason}", quote(&self.text)),
            (Some(secret), reason) => {
                let text = format!("{}***{}", &self.text[..secret.start], &self.text[secret.end..]);
                // What is taken for the port, the host or an escape may be of the password.
                let inside = |part: &str| self.text[..secret.end].contains(part);
                let shown = match reason {
                    Reason::Port(port) if inside(port) => "invalid port after host".to_owned(),
                    Reason::Host(host) if inside(host) => "invalid host".to_owned(),
                    Reason::Escape(_) => "invalid URL escape".to_owned(),
                    reason => reason.to_string(),
                };
                write!(f, "parse {}: {shown}", quote(&text))
            }
        }
    }
}

impl std::error::Error for UrlError {}

/// Where a text that is no URL holds the password of its user information, or what may be one.
pub fn password(text: &str) -> Option<Range<usize>> {
    let start = text.find("://").map_or(0, |scheme| scheme + "://".len());
    let end = start + text[start..].rfind('@')?;
    let begin = start + text[start..end].find(':')? + 1;
    Some(begin..end)
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::ControlCharacter => f.write_str("net/url: invalid control character in URL"),
            Reason::Empty => f.write_str("empty url"),
            Reason::MissingScheme => f.write_str("missing protocol scheme"),
            Reason::NoRequest => f.write_str("invalid URI for request"),
            Reason::FirstSegment => f.write_str("first path segment in URL cannot contain colon"),
            Reason::Escape(error) => error.fmt(f),
            Reason::Port(port) => write!(f, "invalid port {} after host", quote(port)),
            Reason::Literal => f.write_str("invalid IP-literal"),
            Reason::Bracket => f.write_str("missing ']' in host"),
            Reason::Host(host) => write!(f, "invalid host: ParseAddr({}): unable to parse IP", quote(host)),
            Reason::User => f.write_str("net/url: invalid userinfo"),
        }
    }
}

impl From<EscapeError> for Reason {
    fn from(error: EscapeError) -> Reason {
        Reason::Escape(error)
    }
}
