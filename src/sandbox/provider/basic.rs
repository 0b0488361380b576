//! Client credentials in an `Authorization` header, as the server's OAuth 2.0 library reads them.

use base64ct::{Base64, Encoding as _};

use crate::go::escape::{Part, unescape};
use crate::secret::Secret;

/// What an `Authorization` header says about a client.
#[derive(Debug)]
pub(super) enum Basic {
    /// There is no such header, or it is empty.
    Absent,
    /// It cannot be read: another scheme, no Base64, no colon, a bad percent escape, a character outside printable ASCII.
    Malformed,
    /// A client's id, and a secret, which may be empty.
    Credentials {
        /// The id, decoded.
        id: String,
        /// The secret, decoded.
        secret: Secret,
    },
}

impl Basic {
    /// Reads a header. The id and the secret are form-encoded inside the Base64.
    pub(super) fn read(header: Option<&str>) -> Basic {
        match header {
            None | Some("") => Basic::Absent,
            Some(header) => credentials(header).unwrap_or(Basic::Malformed),
        }
    }
}

fn credentials(header: &str) -> Option<Basic> {
    let (scheme, value) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    // Go's decoder passes over line breaks, which no header can hold.
    let decoded = Base64::decode_vec(value).ok()?;
    let colon = decoded.iter().position(|byte| *byte == b':')?;
    let (id, secret) = decoded.split_at(colon);
    Some(Basic::Credentials { id: unescaped(id)?, secret: Secret::new(unescaped(&secret[1..])?) })
}

/// The text behind a form-encoded part, when it is of printable ASCII.
fn unescaped(bytes: &[u8]) -> Option<String> {
    let decoded = unescape(std::str::from_utf8(bytes).ok()?, Part::Query).ok()?;
    let printable = decoded.iter().all(|byte| (0x20..=0x7e).contains(byte));
    printable.then(|| String::from_utf8(decoded).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(plain: &str) -> Basic {
        Basic::read(Some(&format!("basic {}", Base64::encode_string(plain.as_bytes()))))
    }

    #[test]
    fn id_and_secret_are_form_decoded() {
        let Basic::Credentials { id, secret } = read("uptime+kuma%3A:a%3Ab%2Fc%2Bd%25e:f") else { panic!("not read") };
        assert_eq!((&*id, secret.expose()), ("uptime kuma:", "a:b/c+d%e:f"));
    }

    #[test]
    fn what_the_server_refuses_is_malformed() {
        for header in ["Basic", "Bearer abc", "Basic ***", "Basic YWJj", "Basic  YTpi", "Basic YTpi "] {
            assert!(matches!(Basic::read(Some(header)), Basic::Malformed), "{header}");
        }
        for plain in ["a%zz:b", "a:b%", "a:%00", "é:b", "a:%C3%A9"] {
            assert!(matches!(read(plain), Basic::Malformed), "{plain}");
        }
        assert!(matches!(Basic::read(None), Basic::Absent) && matches!(Basic::read(Some("")), Basic::Absent));
        assert!(matches!(read("a:"), Basic::Credentials { secret, .. } if secret.is_empty()));
    }
}
