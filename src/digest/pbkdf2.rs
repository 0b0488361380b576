//! PBKDF2 over HMAC: `$pbkdf2-sha512$<iterations>$<salt>$<key>`.

use std::fmt;

use ::pbkdf2::pbkdf2_hmac;
use zeroize::Zeroizing;

use super::algorithm::{Algorithm, Sha};
use super::base64::ADAPTED;
use super::cost::Cost;
use super::error::{Fault, FieldFault, Quoted};
use super::family::{Defect, Factor, Family, Key, Weakness, blank};
use super::{fields, pbkdf2_sha512};

/// The least the server makes digests with.
pub(super) const FEWEST_ITERATIONS: u32 = 100_000;

#[derive(Clone)]
pub(super) struct Pbkdf2 {
    pub(super) hash: Sha,
    pub(super) iterations: i64,
    pub(super) salt: Vec<u8>,
    pub(super) key: Key,
}

impl Pbkdf2 {
    /// All but the key, whose length is that of the hash.
    pub(super) fn new(hash: Sha, iterations: i64, salt: Vec<u8>) -> Self {
        Self { hash, iterations, salt, key: blank(output_length(hash)) }
    }

    /// Reads the parts after the first `$`.
    pub(super) fn parse(hash: Sha, parts: &[&str]) -> Result<Self, Fault> {
        let &[_, iterations, salt, key] = parts else {
            return Err(Fault::Parts);
        };
        let iterations = fields::signed(iterations).map_err(|fault| Fault::Iterations(Quoted::new(iterations), fault))?;
        let salt = ADAPTED.decode(salt).map_err(|at| Fault::Salt(FieldFault::Base64(at.0)))?;
        let key = ADAPTED.decode(key).map_err(|at| Fault::Key(FieldFault::Base64(at.0)))?;
        if key.is_empty() {
            return Err(Fault::Key(FieldFault::Empty));
        }
        Ok(Self { hash, iterations, salt, key: Zeroizing::new(key) })
    }

    /// The server derives once when told to derive less often.
    fn rounds(&self) -> u64 {
        u64::try_from(self.iterations).unwrap_or(0).max(1)
    }
}

impl Family for Pbkdf2 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Pbkdf2(self.hash)
    }

    fn salt(&self) -> &[u8] {
        &self.salt
    }

    fn key(&self) -> &[u8] {
        &self.key
    }

    fn factor(&self) -> Factor {
        Factor::Iterations(self.iterations)
    }

    fn cost(&self) -> Cost {
        let blocks = self.key.len().div_ceil(output_length(self.hash)) as u64;
        Cost::steps(self.rounds().saturating_mul(blocks), nanoseconds(self.hash), 0)
    }

    fn derive(&self, secret: &[u8]) -> Result<Key, Defect> {
        let rounds =
            u32::try_from(self.rounds()).map_err(|_| Defect::Parameters("it has more iterations than can be counted"))?;
        let mut key = Zeroizing::new(vec![0; self.key.len()]);
        match self.hash {
            Sha::Sha1 => pbkdf2_hmac::<sha1::Sha1>(secret, &self.salt, rounds, &mut key),
            Sha::Sha224 => pbkdf2_hmac::<sha2::Sha224>(secret, &self.salt, rounds, &mut key),
            Sha::Sha256 => pbkdf2_hmac::<sha2::Sha256>(secret, &self.salt, rounds, &mut key),
            Sha::Sha384 => pbkdf2_hmac::<sha2::Sha384>(secret, &self.salt, rounds, &mut key),
            Sha::Sha512 => pbkdf2_sha512::derive(secret, &self.salt, rounds, &mut key),
        }
        Ok(key)
    }

    fn weaknesses(&self) -> Vec<Weakness> {
        let mut found = Weakness::of_lengths(self.salt.len(), self.key.len(), output_length(self.hash));
        if self.iterations < i64::from(FEWEST_ITERATIONS) {
            found.push(Weakness::Iterations { found: self.iterations, minimum: i64::from(FEWEST_ITERATIONS) });
        }
        found
    }

    fn set_key(&mut self, key: Key) {
        self.key = key;
    }
}

impl fmt::Display for Pbkdf2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let identifier = match self.hash {
            // The server prints the oldest name.
            Sha::Sha1 => "pbkdf2",
            hash => Algorithm::Pbkdf2(hash).name(),
        };
        let (salt, key) = (ADAPTED.encode(&self.salt), ADAPTED.encode(&self.key));
        write!(f, "${identifier}${}${salt}${key}", self.iterations)
    }
}

/// Bytes of one block of the hash, which is the key length the server makes.
pub(super) const fn output_length(hash: Sha) -> usize {
    match hash {
        Sha::Sha1 => 20,
        Sha::Sha224 => 28,
        Sha::Sha256 => 32,
        Sha::Sha384 => 48,
        Sha::Sha512 => 64,
    }
}

/// Time of one iteration, two compressions, on the reference core.
const fn nanoseconds(hash: Sha) -> u64 {
    match hash {
        Sha::Sha1 => 107,
        Sha::Sha224 | Sha::Sha256 => 97,
        Sha::Sha384 | Sha::Sha512 => 455,
    }
}
