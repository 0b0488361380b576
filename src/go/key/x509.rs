//! PKCS #8, SEC 1, public keys and certificates.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::der::{Der, INTEGER, OCTET_STRING};
use super::{Key, Kind, Side, rsa};

const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
const X25519: &[u8] = &[0x2b, 0x65, 0x6e];

/// A curve with its size in bits and its name in a JSON Web Key.
const CURVES: [(&[u8], u32, Option<&str>); 4] = [
    (&[0x2b, 0x81, 0x04, 0x00, 0x21], 224, None),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07], 256, Some("P-256")),
    (&[0x2b, 0x81, 0x04, 0x00, 0x22], 384, Some("P-384")),
    (&[0x2b, 0x81, 0x04, 0x00, 0x23], 521, Some("P-521")),
];

const EXPLICIT_0: u8 = 0xa0;
const EXPLICIT_1: u8 = 0xa1;

/// A `PrivateKeyInfo`.
pub(super) fn pkcs8(bytes: &[u8]) -> Option<Key> {
    let mut info = Der(bytes).sequence()?;
    info.small()?;
    let mut algorithm = info.sequence()?;
    let inner = (algorithm.object()?, info.take(OCTET_STRING)?);
    match inner {
        (RSA, key) => rsa::private(key),
        (EC, key) => ec_private(key, algorithm.object()),
        (ED25519, key) => (algorithm.is_empty() && Der(key).take(OCTET_STRING)?.len() == 32).then_some(ed25519(Side::Private)),
        (X25519, key) => (algorithm.is_empty() && Der(key).take(OCTET_STRING)?.len() == 32).then_some(unusual(Side::Private)),
        _ => None,
    }
}

/// An `ECPrivateKey`, whose curve stands in it or around it.
pub(super) fn ec_private(bytes: &[u8], around: Option<&[u8]>) -> Option<Key> {
    let mut outer = Der(bytes);
    let mut key = outer.sequence()?;
    if key.small()? != 1 || !outer.is_empty() {
        return None;
    }
    let secret = key.take(OCTET_STRING)?;
    let named = key.take_if(EXPLICIT_0).and_then(|inner| Der(inner).object());
    let (_, bits, name) = CURVES.into_iter().find(|(object, ..)| Some(*object) == around.or(named))?;
    let point = key.take_if(EXPLICIT_1).and_then(|inner| Der(inner).bits());
    let size = bits.div_ceil(8) as usize;
    if secret.len() > size && secret[..secret.len() - size].iter().any(|byte| *byte != 0) {
        return None;
    }
    Some(Key::of(Kind::Ec(Side::Private, bits), point.and_then(|point| members(name?, bits, point))))
}

/// A `SubjectPublicKeyInfo`.
pub(super) fn public(bytes: &[u8]) -> Option<Key> {
    let mut outer = Der(bytes);
    let key = subject(&mut outer)?;
    outer.is_empty().then_some(key)
}

/// A certificate's key.
pub(super) fn certificate(bytes: &[u8]) -> Option<Key> {
    let mut body = signed(bytes)?;
    body.take_if(EXPLICIT_0);
    body.take(INTEGER)?;
    for _algorithm_issuer_validity_subject in 0..4 {
        body.sequence()?;
    }
    subject(&mut body)
}

/// The signed part of a certificate, a request or a revocation list.
pub(super) fn signed(bytes: &[u8]) -> Option<Der<'_>> {
    let mut outer = Der(bytes);
    let mut whole = outer.sequence()?;
    let body = whole.sequence()?;
    whole.sequence()?;
    whole.bits()?;
    (outer.is_empty() && whole.is_empty()).then_some(body)
}

fn subject(from: &mut Der<'_>) -> Option<Key> {
    let mut info = from.sequence()?;
    let mut algorithm = info.sequence()?;
    let object = algorithm.object()?;
    let bits = info.bits()?;
    match object {
        RSA => rsa::public(bits),
        EC => {
            let named = algorithm.object()?;
            let (_, size, name) = CURVES.into_iter().find(|(object, ..)| *object == named)?;
            let whole = bits.first() == Some(&4) && bits.len() == 1 + 2 * size.div_ceil(8) as usize;
            let public = name.and_then(|name| members(name, size, bits));
            whole.then(|| Key::of(Kind::Ec(Side::Public, size), public))
        }
        ED25519 => (bits.len() == 32).then_some(ed25519(Side::Public)),
        X25519 | DSA => Some(unusual(Side::Public)),
        _ => None,
    }
}

/// The members of a point that RFC 7638 names.
fn members(curve: &str, bits: u32, point: &[u8]) -> Option<String> {
    let (x, y) = point.strip_prefix(&[4])?.split_at_checked(bits.div_ceil(8) as usize)?;
    let text = Base64UrlUnpadded::encode_string;
    let json = format!(r#"{{"crv":"{curve}","kty":"EC","x":"{}","y":"{}"}}"#, text(x), text(y));
    (x.len() == y.len()).then_some(json)
}

fn ed25519(side: Side) -> Key {
    Key::of(Kind::Ed25519(side), None)
}

fn unusual(side: Side) -> Key {
    Key::of(Kind::Unusual(side), None)
}
