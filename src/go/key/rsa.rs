//! RSA keys in PKCS #1.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::der::Der;
use super::natural::Natural;
use super::{Key, Kind, Side};

/// No key is larger, and larger numbers are not counted with.
const LONGEST_MODULUS: usize = 2048;

/// An `RSAPrivateKey`. Go also checks its parts against each other.
pub(super) fn private(bytes: &[u8]) -> Option<Key> {
    let mut outer = Der(bytes);
    let mut key = outer.sequence()?;
    let version = key.small()?;
    let (modulus, exponent) = (key.positive()?, key.positive()?);
    let private = key.positive()?;
    let (p, q) = (key.positive()?, key.positive()?);
    let precomputed = [key.positive_if()?, key.positive_if()?, key.positive_if()?];
    let parts = [modulus, exponent, private, p, q];
    if !outer.is_empty() || version > 1 || !is_exponent(exponent) || !is_odd(exponent) || exponent == [1] {
        return None;
    }
    // With more than two primes Go looks at none of this.
    let many = !key.sequence_if()?.is_empty();
    let large = parts.iter().any(|part| part.len() > LONGEST_MODULUS);
    let sound = if many || large { is_odd(modulus) } else { Parts::of(parts).are_sound(precomputed) };
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

fn is_odd(bytes: &[u8]) -> bool {
    bytes.last().is_some_and(|byte| byte & 1 == 1)
}

/// What every private key of two primes has.
struct Parts {
    modulus: Natural,
    exponent: Natural,
    private: Natural,
    primes: [Natural; 2],
}

impl Parts {
    fn of(parts: [&[u8]; 5]) -> Parts {
        let [modulus, exponent, private, p, q] = parts.map(Natural::of);
        Parts { modulus, exponent, private, primes: [p, q] }
    }

    /// Whether they belong together and to what is written for the Chinese remainder theorem. The primes are taken for primes.
    fn are_sound(&self, precomputed: [&[u8]; 3]) -> bool {
        let Parts { modulus, private, primes: [p, q], .. } = self;
        let half = modulus.bits() / 2;
        // Where one of the three is missing Go works all of them out.
        let written = precomputed.iter().all(|part| !part.is_empty()).then(|| precomputed.map(Natural::of));
        let [dp, dq, coefficient] = [0, 1, 2].map(|at| written.as_ref().map(|written| &written[at]));
        modulus.is_odd()
            && [private, p, q].iter().all(|part| *part < modulus)
            && p.times(q).modulo(modulus).is(0)
            && private.bits() > half
            && p.distance(q).bits() + 100 > half
            && self.inverts(p, dp)
            && self.inverts(q, dq)
            && coefficient.is_none_or(|coefficient| is_inverse(coefficient, q, p))
    }

    /// Whether the exponents undo each other for a prime, and what is written is the private one there.
    fn inverts(&self, prime: &Natural, written: Option<&Natural>) -> bool {
        let less = prime.distance(&Natural::of(&[1]));
        let private = self.private.modulo(&less);
        written.is_none_or(|written| *written == private) && is_inverse(&private, &self.exponent, &less)
    }
}

/// Whether a number that is less than a modulus is the inverse of another there.
fn is_inverse(inverse: &Natural, of: &Natural, modulus: &Natural) -> bool {
    inverse < modulus && inverse.times(of).modulo(modulus).is(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTEGER: u8 = 0x02;
    const SEQUENCE: u8 = 0x30;

    /// The primes are 2⁵²¹ - 1 and 2¹²⁷ - 1.
    const PARTS: [&str; 8] = [
        "fffffffffffffffffffffffffffffffdffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
         ffffffffff80000000000000000000000000000001",
        "010001",
        "2a7fd5802a7fd5802a7fd5802a7fd57f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f\
         80807f7f8055ffaa0055ffaa0055ffaa0055ffaa01",
        "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
         ffffffffffff",
        "7fffffffffffffffffffffffffffffff",
        "0180807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f7f80807f\
         7f80807f7f7f",
        "5555aaaa5555aaaa5555aaaa5555aaa9",
        "491248924492249124892449224912489224912489244922491248924492249124492249124892449224912489244922489244922491248924492249\
         1248924491",
    ];

    fn parts() -> [Vec<u8>; 8] {
        let hex = |text: &str| -> Vec<u8> {
            (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
        };
        PARTS.map(hex)
    }

    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        let head = match content.len() {
            0..0x80 => vec![tag, length[1]],
            0x80..0x100 => vec![tag, 0x81, length[1]],
            _ => vec![tag, 0x82, length[0], length[1]],
        };
        [&head, content].concat()
    }

    fn integer(bytes: &[u8]) -> Vec<u8> {
        element(INTEGER, &[if bytes[0] < 0x80 { &[][..] } else { &[0] }, bytes].concat())
    }

    /// A key of these parts, and what stands behind them in the sequence.
    fn is_key(parts: &[Vec<u8>], behind: &[u8]) -> bool {
        let numbers: Vec<u8> = parts.iter().flat_map(|part| integer(part)).collect();
        private(&element(SEQUENCE, &[&[INTEGER, 1, 0], &numbers[..], behind].concat())).is_some()
    }

    #[test]
    fn every_part_of_a_key_must_suit_the_others() {
        let sound = parts();
        assert!(is_key(&sound, &[]));
        for at in 0..sound.len() {
            let mut damaged = sound.clone();
            *damaged[at].last_mut().unwrap() ^= 2;
            assert!(!is_key(&damaged, &[]), "{at}");
        }
        assert!(!is_key(&sound, &[INTEGER]), "what stands behind has no length");
        assert!(is_key(&sound, &[INTEGER, 0]), "what stands behind is of no use");
    }

    #[test]
    fn what_go_can_work_out_may_be_missing() {
        let mut parts = parts();
        assert!(is_key(&parts[..7], &[0x0c, 1, 1]));
        parts[5][0] ^= 1;
        assert!(is_key(&parts[..7], &[]), "what is written of it does not count");
        assert!(!is_key(&parts[..4], &[]), "a prime is missing");
    }

    #[test]
    fn keys_that_are_easily_broken_are_refused() {
        let [modulus, exponent, private, p, q, ..] = parts();
        let product = |a: u64, b: u64| (a * b).to_be_bytes().to_vec();
        assert!(is_key(&[modulus.clone(), exponent, private.clone(), p.clone(), q.clone()], &[]));
        assert!(!is_key(&[modulus, vec![1], private, p, q], &[]));
        assert!(
            !is_key(&[product(65_537, 65_539), vec![3], vec![3], vec![1, 0, 1], vec![1, 0, 3]], &[]),
            "a short private exponent"
        );
    }
}
