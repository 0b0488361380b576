//! Percent-encoding by the part of a URL that it stands in, as Go's `net/url` does it.

use std::fmt;

use super::quote::quote;

/// The part of a URL, which decides what may stand there as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The path.
    Path,
    /// Host and port.
    Host,
    /// The zone of an IPv6 address.
    Zone,
    /// User name and password.
    User,
    /// A key or a value of the query.
    Query,
    /// The fragment.
    Fragment,
}

/// Why text cannot be decoded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EscapeError {
    /// A percent sign without two hexadecimal digits, or one that may not stand in a host.
    Escape(String),
    /// A character that no host name holds.
    HostCharacter(char),
}

impl fmt::Display for EscapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EscapeError::Escape(text) => write!(f, "invalid URL escape {}", quote(text)),
            EscapeError::HostCharacter(character) => {
                write!(f, "invalid character {} in host name", quote(&character.to_string()))
            }
        }
    }
}

impl std::error::Error for EscapeError {}

impl Part {
    /// Whether a byte stands for itself here.
    pub fn keeps(self, byte: u8) -> bool {
        let also: &[u8] = match self {
            Part::Path => b"$&+,/:;=@",
            Part::Host | Part::Zone => b"!\"$&'()*+,:;<=>[]",
            Part::User => b"$&+,;=",
            Part::Query => b"",
            Part::Fragment => b"!$&()*+,/:;=?@",
        };
        byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || also.contains(&byte)
    }
}

/// The text with everything encoded that does not stand for itself in this part. A space in a query becomes `+`.
pub fn escape(bytes: &[u8], part: Part) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut escaped = String::with_capacity(bytes.len());
    for &byte in bytes {
        if part.keeps(byte) {
            escaped.push(char::from(byte));
        } else if byte == b' ' && part == Part::Query {
            escaped.push('+');
        } else {
            escaped.push('%');
            escaped.push(char::from(DIGITS[usize::from(byte >> 4)]));
            escaped.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    escaped
}

/// A query's key or value encoded, as `url.QueryEscape` does it.
pub fn query_escape(text: &str) -> String {
    escape(text.as_bytes(), Part::Query)
}

/// The decoded bytes, which need not be UTF-8.
pub fn unescape(text: &str, part: Part) -> Result<Vec<u8>, EscapeError> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' {
            let value = hexadecimal(bytes.get(at + 1..at + 3));
            let Some(value) = value.filter(|value| part.admits_escape(*value)) else {
                return Err(EscapeError::Escape(text[at..].chars().scan(0, until_third_byte).collect()));
            };
            decoded.push(value);
            at += 3;
            continue;
        }
        if matches!(part, Part::Host | Part::Zone) && byte.is_ascii() && !part.keeps(byte) {
            return Err(EscapeError::HostCharacter(char::from(byte)));
        }
        decoded.push(if byte == b'+' && part == Part::Query { b' ' } else { byte });
        at += 1;
    }
    Ok(decoded)
}

impl Part {
    /// Whether a byte may be written as an escape here. Hosts escape only what is not ASCII, and the percent sign itself.
    fn admits_escape(self, value: u8) -> bool {
        match self {
            Part::Host => value >= 0x80 || value == b'%',
            Part::Zone => value == b'%' || value == b' ' || Part::Host.keeps(value),
            _ => true,
        }
    }
}

fn hexadecimal(digits: Option<&[u8]>) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let digits = digits?;
    Some(digit(*digits.first()?)? << 4 | digit(*digits.get(1)?)?)
}

/// Go shows at most three bytes of a broken escape; a character that begins within them is shown whole.
fn until_third_byte(taken: &mut usize, character: char) -> Option<char> {
    let fits = *taken < 3;
    *taken += character.len_utf8();
    fits.then_some(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_escaped_as_go_escapes_it() {
        assert_eq!(query_escape("https://a.b/c d?e=f&g~é"), "https%3A%2F%2Fa.b%2Fc+d%3Fe%3Df%26g~%C3%A9");
    }

    #[test]
    fn broken_escapes_are_named() {
        let reason = |text, part| unescape(text, part).unwrap_err().to_string();
        assert_eq!(reason("a%zzb", Part::Path), r#"invalid URL escape "%zz""#);
        assert_eq!(reason("a%2", Part::Path), r#"invalid URL escape "%2""#);
        assert_eq!(reason("a%41", Part::Host), r#"invalid URL escape "%41""#);
        assert_eq!(reason("a b", Part::Host), r#"invalid character " " in host name"#);
    }

    #[test]
    fn decoding_keeps_bytes() {
        assert_eq!(unescape("%ff+", Part::Path).unwrap(), b"\xff+");
        assert_eq!(unescape("%c3%A9", Part::Host).unwrap(), "é".as_bytes());
        assert_eq!(unescape("a+b", Part::Query).unwrap(), b"a b");
    }
}
