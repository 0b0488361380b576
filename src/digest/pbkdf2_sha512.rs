//! PBKDF2 over HMAC-SHA-512 on the `sha2` crate's compression. The loop is here, for the `pbkdf2` crate's goes through a
//! buffer and costs three to five percent more, and because a batch needs the parts of it (see `pbkdf2_lanes`).

#![expect(clippy::inline_always, reason = "what is not inlined is not compiled for the unit")]

use std::iter::zip;

use ::pbkdf2::{Algorithm, Params, pbkdf2_hmac, pbkdf2_hmac_with_params};
use sha2::block_api::compress512;
use sha2::{Digest as _, Sha512};
use zeroize::{Zeroize as _, Zeroizing};

use super::family::blank;

/// Bytes of a block and of a hash.
pub(super) const BLOCK: usize = 128;
pub(super) const HASH: usize = 64;

/// Bits that either hash of an iteration takes in: the key's block and a hash.
pub(super) const BITS: u64 = 8 * (BLOCK + HASH) as u64;

/// A state of the hash, or a hash.
pub(super) type Words = Zeroizing<[u64; 8]>;

/// Fills `key` with what `secret` leads to.
pub(super) fn derive(secret: &[u8], salt: &[u8], iterations: u32, key: &mut [u8]) {
    // Without optimisation the loop crawls, and what the crate itself was built with does not.
    if cfg!(debug_assertions)
        && let Ok(params) = Params::new(iterations)
    {
        return pbkdf2_hmac_with_params(secret, salt, Algorithm::Pbkdf2Sha512, params, key);
    }
    let (inner, outer) = keyed(secret);
    for (words, part) in zip(first(secret, salt, key.len()), key.chunks_mut(HASH)) {
        let sum = Iterations { inner: &inner, outer: &outer, first: &words, count: iterations }.sum();
        let mut bytes = Zeroizing::new([0; HASH]);
        write(&sum, &mut *bytes);
        part.copy_from_slice(&bytes[..part.len()]);
    }
}

/// All iterations.
struct Iterations<'a> {
    inner: &'a Words,
    outer: &'a Words,
    first: &'a Words,
    /// The first one included.
    count: u32,
}

impl Iterations<'_> {
    /// The sum of all hashes. Compiled for the vector unit that the machine has, for its wide swapping of bytes, whose stores the
    /// compression can load at once.
    #[cfg(target_arch = "x86_64")]
    fn sum(self) -> Words {
        pulp::Arch::new().dispatch(self)
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn sum(self) -> Words {
        self.iterate()
    }

    #[inline(always)]
    fn iterate(self) -> Words {
        let mut sum = self.first.clone();
        // A hash, its padding and the length of what was hashed.
        let mut block = Zeroizing::new([0; BLOCK]);
        write(self.first, &mut block[..HASH]);
        block[HASH] = 0x80;
        block[BLOCK - 8..].copy_from_slice(&BITS.to_be_bytes());
        let mut state = Zeroizing::new([0; 8]);
        for _ in 1..self.count {
            for key in [self.inner, self.outer] {
                *state = **key;
                compress512(&mut state, std::slice::from_ref(&*block));
                write(&state, &mut block[..HASH]);
            }
            for (sum, word) in zip(&mut *sum, &*state) {
                *sum ^= word;
            }
        }
        sum
    }
}

#[cfg(target_arch = "x86_64")]
impl pulp::NullaryFnOnce for Iterations<'_> {
    type Output = Words;

    #[inline(always)]
    fn call(self) -> Words {
        self.iterate()
    }
}

/// The states of HMAC after its key, inner and outer.
pub(super) fn keyed(secret: &[u8]) -> (Words, Words) {
    let mut key = Zeroizing::new([0; BLOCK]);
    if secret.len() > BLOCK {
        let mut hash = Sha512::digest(secret);
        key[..HASH].copy_from_slice(&hash);
        hash.as_mut_slice().zeroize();
    } else {
        key[..secret.len()].copy_from_slice(secret);
    }
    let state = |pad: u8| {
        let mut state = Zeroizing::new(INITIAL);
        compress512(&mut state, &[*Zeroizing::new(key.map(|byte| byte ^ pad))]);
        state
    };
    (state(0x36), state(0x5c))
}

/// The first iteration, which takes in the salt, for every hash of a key of so many bytes.
pub(super) fn first(secret: &[u8], salt: &[u8], key_bytes: usize) -> Vec<Words> {
    let mut bytes = blank(key_bytes.next_multiple_of(HASH));
    pbkdf2_hmac::<Sha512>(secret, salt, 1, &mut bytes);
    let read = |bytes: &[u8]| {
        let mut words = Zeroizing::new([0; 8]);
        for (word, bytes) in zip(&mut *words, bytes.as_chunks().0) {
            *word = u64::from_be_bytes(*bytes);
        }
        words
    };
    bytes.chunks(HASH).map(read).collect()
}

#[inline(always)]
fn write(words: &Words, bytes: &mut [u8]) {
    bytes.copy_from_slice(words.map(u64::to_be_bytes).as_flattened());
}

/// SHA-512's initial state, FIPS 180-4 section 5.3.5.
#[rustfmt::skip]
const INITIAL: [u64; 8] = [
    0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1, 0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_derivation_as_the_crates() {
        for (secret, salt, iterations, length) in
            [(1, 16, 1, 64), (0, 0, 2, 64), (128, 8, 5, 1), (129, 300, 7, 65), (500, 1, 3, 200), (64, 64, 999, 63)]
        {
            let (secret, salt) = (vec![b's'; secret], vec![7; salt]);
            let (mut key, mut expected) = (vec![0; length], vec![0; length]);
            derive(&secret, &salt, iterations, &mut key);
            pbkdf2_hmac::<Sha512>(&secret, &salt, iterations, &mut expected);
            assert_eq!(key, expected, "{} {} {iterations} {length}", secret.len(), salt.len());
        }
    }
}
