//! A client identifier the server accepts.

use std::fmt;

/// The longest identifier the server accepts, in bytes.
pub const LONGEST_CLIENT_ID: usize = 100;

/// A client identifier: 1 to 100 bytes of RFC 3986 unreserved characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClientId(String);

/// Why the server refuses an identifier. It looks in this order and names the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientIdError {
    /// There is nothing.
    Empty,
    /// It has this many bytes.
    TooLong(usize),
    /// It has these characters outside the set, each named once, in the order they come.
    Characters(Vec<char>),
}

impl ClientId {
    /// Reads an identifier as the server does.
    pub fn parse(text: &str) -> Result<Self, ClientIdError> {
        if text.is_empty() {
            return Err(ClientIdError::Empty);
        }
        if text.len() > LONGEST_CLIENT_ID {
            return Err(ClientIdError::TooLong(text.len()));
        }
        let mut outside = Vec::new();
        for character in text.chars().filter(|&c| !is_unreserved(c)) {
            if !outside.contains(&character) {
                outside.push(character);
            }
        }
        if outside.is_empty() { Ok(Self(text.to_owned())) } else { Err(ClientIdError::Characters(outside)) }
    }

    /// The identifier as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ClientIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a client identifier cannot be empty"),
            Self::TooLong(bytes) => write!(f, "a client identifier has at most {LONGEST_CLIENT_ID} bytes, this one has {bytes}"),
            Self::Characters(outside) => {
                f.write_str("a client identifier has only letters, digits and -._~, not ")?;
                for (i, character) in outside.iter().enumerate() {
                    write!(f, "{}'{}'", if i == 0 { "" } else { ", " }, character.escape_debug())?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for ClientIdError {}

fn is_unreserved(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unreserved_characters_are_accepted() {
        for text in ["a", "uptime-kuma", "Az09-._~", &"x".repeat(100)] {
            assert_eq!(ClientId::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn the_first_reason_is_named() {
        assert_eq!(ClientId::parse(""), Err(ClientIdError::Empty));
        assert_eq!(ClientId::parse(&"é ".repeat(40)), Err(ClientIdError::TooLong(120)));
        assert_eq!(ClientId::parse("uptime kuma/ä /"), Err(ClientIdError::Characters(vec![' ', '/', 'ä'])));
        assert_eq!(ClientId::parse("kuma\n"), Err(ClientIdError::Characters(vec!['\n'])));
    }

    #[test]
    fn the_message_escapes_what_does_not_print() {
        let error = ClientId::parse("a b\n").unwrap_err();
        assert_eq!(error.to_string(), "a client identifier has only letters, digits and -._~, not ' ', '\\n'");
    }
}
