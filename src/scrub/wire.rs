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
    // Not every client encodes the two for Basic credentials.
    let bare = Zeroizing::new(format!("{id}:{plain}"));
    let mut forms = vec![basic(id, secret), Zeroizing::new(Base64::encode_string(bare.as_bytes()))];
    for text in [plain, plain.trim()] {
        forms.push(Zeroizing::new(text.to_owned()));
        for left in LEFT_AS_IS {
            for digits in [UPPER, LOWER] {
                let encoded = percent(text, left, digits);
                forms.push(Zeroizing::new(encoded.replace("%20", "+")));
                forms.push(encoded);
            }
        }
        forms.extend((0..3).map(|before| within_base64(text, before)));
    }
    forms
}

/// What base64 makes of a text in the midst of others, whatever they are, when the bytes before it leave this remainder by three.
fn within_base64(text: &str, before: usize) -> Zeroizing<String> {
    let padded = Zeroizing::new([&[0; 2][..before], text.as_bytes()].concat());
    let encoded = Zeroizing::new(Base64::encode_string(&padded));
    let (start, end) = ((before * 8).div_ceil(6), padded.len() * 8 / 6);
    Zeroizing::new(encoded.get(start..end).unwrap_or_default().to_owned())
}

/// What encoders leave as it is beside letters and digits: JavaScript's `encodeURIComponent`, RFC 3986, and forms in a browser.
const LEFT_AS_IS: [&[u8]; 3] = [JAVASCRIPT, b"-_.~", b"-_.*"];
const JAVASCRIPT: &[u8] = b"-_.!~*'()";
const UPPER: &[u8; 16] = b"0123456789ABCDEF";
const LOWER: &[u8; 16] = b"0123456789abcdef";

/// Basic credentials, form-encoded first, as RFC 6749 2.3.1 wants it.
pub fn basic(id: &str, secret: &Secret) -> Zeroizing<String> {
    let pair = Zeroizing::new(format!("{}:{}", &*form(id), &*form(secret.expose())));
    Zeroizing::new(Base64::encode_string(pair.as_bytes()))
}

/// JavaScript's `encodeURIComponent`.
pub fn component(text: &str) -> Zeroizing<String> {
    percent(text, JAVASCRIPT, UPPER)
}

fn percent(text: &str, left: &[u8], digits: &[u8; 16]) -> Zeroizing<String> {
    // Three times the length is the most that it can take: growing would leave copies behind.
    let mut encoded = Zeroizing::new(String::with_capacity(3 * text.len()));
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || left.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.push(char::from(digits[usize::from(digit)]));
            }
        }
    }
    encoded
}

/// The form encoding of openid-client: as [`component`], a space as `+`.
pub fn form(text: &str) -> Zeroizing<String> {
    Zeroizing::new(component(text).replace("%20", "+"))
}
