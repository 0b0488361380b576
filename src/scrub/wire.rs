//! The forms in which a client's secret goes over the wire.

use base64ct::{Base64, Encoding as _};
use zeroize::Zeroizing;

use crate::secret::Secret;

/// Every form in which a client's secret may come back: as it is, without the blanks around it, encoded, and in Basic credentials.
pub fn forms(id: &str, secret: &Secret) -> Vec<Zeroizing<String>> {
    let plain = secret.expose();
    if plain.is_empty() {
        return Vec::new();
    }
    let trimmed = plain.trim();
    let own = |text: &str| Zeroizing::new(text.to_owned());
    // Not every client encodes the two for Basic credentials.
    let bare = Zeroizing::new(format!("{id}:{plain}"));
    let bare = Zeroizing::new(Base64::encode_string(bare.as_bytes()));
    vec![own(plain), own(trimmed), component(plain), component(trimmed), form(plain), form(trimmed), basic(id, secret), bare]
}

/// Basic credentials, form-encoded first, as RFC 6749 2.3.1 wants it.
pub fn basic(id: &str, secret: &Secret) -> Zeroizing<String> {
    let pair = Zeroizing::new(format!("{}:{}", &*form(id), &*form(secret.expose())));
    Zeroizing::new(Base64::encode_string(pair.as_bytes()))
}

/// JavaScript's `encodeURIComponent`.
pub fn component(text: &str) -> Zeroizing<String> {
    // Three times the length is the most that it can take: growing would leave copies behind.
    let mut encoded = Zeroizing::new(String::with_capacity(3 * text.len()));
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
    encoded
}

/// The form encoding of openid-client: as [`component`], a space as `+`.
pub fn form(text: &str) -> Zeroizing<String> {
    Zeroizing::new(component(text).replace("%20", "+"))
}
