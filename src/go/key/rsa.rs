//! RSA keys in PKCS #1.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::der::Der;
use super::{Key, Kind, Side};

/// No key is larger, and larger numbers are not multiplied.
const LONGEST_MODULUS: usize = 2048;

/// An `RSAPrivateKey`. Go also checks that the primes make up the modulus.
pub(super) fn private(bytes: &[u8]) -> Option<Key> {
    let mut outer = Der(bytes);
    let mut key = outer.sequence()?;
    let version = key.small()?;
    let (modulus, exponent) = (key.positive()?, key.positive()?);
    let _private = key.positive()?;
    let (p, q) = (key.positive()?, key.positive()?);
    for _coefficient in 0..3 {
        key.positive()?;
    }
    let sound = outer.is_empty() && version <= 1 && (version == 1 || is_product(modulus, p, q)) && is_exponent(exponent);
    sound.then(|| make(Side::Private, modulus, exponent))
}

/// An `RSAPublicKey`.
pub(super) fn public(bytes: &[u8]) -> Option<Key> {
    let mut outer = Der(bytes);
    let mut key = outer.sequence()?;
    let (modulus, exponent) = (key.positive()?, key.positive()?);
    (outer.is_empty() && is_exponent(exponent)).then(|| make(Side::Public, modulus, exponent))
}

fn make(side: Side, modulus: &[u8], exponent: &[u8]) -> Key {
    let text = Base64UrlUnpadded::encode_string;
    let json = format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, text(exponent), text(modulus));
    let bits = u32::try_from(modulus.len() * 8).unwrap_or(u32::MAX);
    Key::of(Kind::Rsa(side, bits), Some(json))
}

/// Go keeps exponents in 31 bits.
fn is_exponent(exponent: &[u8]) -> bool {
    exponent.len() < 4 || (exponent.len() == 4 && exponent[0] < 0x80)
}

fn is_product(modulus: &[u8], p: &[u8], q: &[u8]) -> bool {
    if modulus.len() > LONGEST_MODULUS || p.len() + q.len() > modulus.len() + 1 {
        return modulus.len() > LONGEST_MODULUS;
    }
    // Digits to the base 256, the least first.
    let mut product = vec![0_u32; p.len() + q.len()];
    for (i, a) in p.iter().rev().enumerate() {
        let mut carry = 0;
        for (j, b) in q.iter().rev().enumerate() {
            let sum = product[i + j] + u32::from(*a) * u32::from(*b) + carry;
            product[i + j] = sum & 0xff;
            carry = sum >> 8;
        }
        product[i + q.len()] += carry;
    }
    let digits = product.iter().rev().skip_while(|digit| **digit == 0);
    digits.copied().eq(modulus.iter().copied().map(u32::from))
}
