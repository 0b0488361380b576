//! What Authelia stores in place of a secret: PBKDF2 digests, read, checked and made.

mod base64;

use std::fmt;

use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// Iterations that the server's own command line uses.
pub const DEFAULT_ITERATIONS: u32 = 310_000;
/// The fewest iterations that the server's own command line makes a digest with.
pub const MINIMUM_ITERATIONS: u32 = 100_000;
/// The most iterations that a digest is made or checked with: a check beyond it outlasts a monitor's 10 seconds many times.
pub const MAXIMUM_ITERATIONS: u32 = 100_000_000;
/// Bytes of salt that the server's own command line uses.
pub const DEFAULT_SALT_BYTES: usize = 16;

/// The hash function under PBKDF2.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hash {
    /// SHA-1, which the server writes as plain `pbkdf2`.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512, the default.
    Sha512,
}

impl Hash {
    fn from_identifier(identifier: &str) -> Option<Hash> {
        Some(match identifier {
            "pbkdf2" | "pbkdf2-sha1" => Hash::Sha1,
            "pbkdf2-sha224" => Hash::Sha224,
            "pbkdf2-sha256" => Hash::Sha256,
            "pbkdf2-sha384" => Hash::Sha384,
            "pbkdf2-sha512" => Hash::Sha512,
            _ => return None,
        })
    }

    /// Bytes of a whole key.
    pub const fn key_bytes(self) -> usize {
        match self {
            Hash::Sha1 => 20,
            Hash::Sha224 => 28,
            Hash::Sha256 => 32,
            Hash::Sha384 => 48,
            Hash::Sha512 => 64,
        }
    }

    fn derive(self, secret: &Secret, salt: &[u8], iterations: u32, key: &mut [u8]) {
        let secret = secret.expose().as_bytes();
        match self {
            Hash::Sha1 => pbkdf2_hmac::<Sha1>(secret, salt, iterations, key),
            Hash::Sha224 => pbkdf2_hmac::<Sha224>(secret, salt, iterations, key),
            Hash::Sha256 => pbkdf2_hmac::<Sha256>(secret, salt, iterations, key),
            Hash::Sha384 => pbkdf2_hmac::<Sha384>(secret, salt, iterations, key),
            Hash::Sha512 => pbkdf2_hmac::<Sha512>(secret, salt, iterations, key),
        }
    }
}

/// A PBKDF2 digest as it stands in `client_secret`.
#[derive(Clone, PartialEq, Eq)]
pub struct Digest {
    /// The name it was written under: SHA-1 has two.
    identifier: String,
    hash: Hash,
    /// As written; the server reads any integer.
    iterations: i64,
    salt: Vec<u8>,
    key: Vec<u8>,
}

/// Why a text is no digest. Never repeats a part that might be a secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DigestError {
    /// It does not begin with `$`.
    NoDelimiter,
    /// The algorithm is not one of PBKDF2's.
    UnknownAlgorithm,
    /// There are not exactly four parts.
    Parts,
    /// The iterations are no number that fits 64 bits.
    Iterations,
    /// The salt or the key holds a byte outside the adapted base64, counted from 0.
    Base64 {
        /// `salt` or `key`.
        part: &'static str,
        /// The byte.
        at: usize,
    },
    /// The key is empty.
    EmptyKey,
    /// The secret cannot be checked in bounded time: this many iterations.
    TooCostly(i64),
}

impl fmt::Display for DigestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DigestError::NoDelimiter => f.write_str("a digest begins with '$'"),
            DigestError::UnknownAlgorithm => f.write_str("the algorithm is not one of the PBKDF2 family"),
            DigestError::Parts => f.write_str("a digest has four parts, each after a '$': is one missing or one too many"),
            DigestError::Iterations => f.write_str("the iterations are not a number"),
            DigestError::Base64 { part, at } => {
                write!(f, "the {part} is not in the adapted base64 ('.' for '+', no '='): byte {at}")
            }
            DigestError::EmptyKey => f.write_str("the key is empty"),
            DigestError::TooCostly(iterations) => write!(f, "{iterations} iterations are too many to check"),
        }
    }
}

impl std::error::Error for DigestError {}

impl Digest {
    /// Reads `$<algorithm>$<iterations>$<salt>$<key>` as the server does.
    pub fn parse(text: &str) -> Result<Digest, DigestError> {
        let rest = text.strip_prefix('$').ok_or(DigestError::NoDelimiter)?;
        let parts: Vec<&str> = rest.split('$').collect();
        let hash = Hash::from_identifier(parts[0]).ok_or(DigestError::UnknownAlgorithm)?;
        let [identifier, iterations, salt, key] = parts[..] else { return Err(DigestError::Parts) };
        let iterations = iterations.parse().map_err(|_| DigestError::Iterations)?;
        let read = |part, text| base64::decode(text).map_err(|base64::IllegalByte(at)| DigestError::Base64 { part, at });
        let (salt, key) = (read("salt", salt)?, read("key", key)?);
        if key.is_empty() {
            return Err(DigestError::EmptyKey);
        }
        Ok(Digest { identifier: identifier.to_owned(), hash, iterations, salt, key })
    }

    /// Makes a PBKDF2-SHA512 digest of a secret.
    pub fn make(secret: &Secret, iterations: u32, salt: Vec<u8>) -> Digest {
        let hash = Hash::Sha512;
        let mut key = vec![0; hash.key_bytes()];
        hash.derive(secret, &salt, iterations, &mut key);
        Digest { identifier: "pbkdf2-sha512".to_owned(), hash, iterations: i64::from(iterations), salt, key }
    }

    /// Whether this is the digest of the secret; compared in constant time over the key as long as it is written, as the
    /// server does.
    pub fn verify(&self, secret: &Secret) -> Result<bool, DigestError> {
        if self.iterations > i64::from(MAXIMUM_ITERATIONS) {
            return Err(DigestError::TooCostly(self.iterations));
        }
        // Fewer than one iteration is one to the server.
        let iterations = u32::try_from(self.iterations).unwrap_or(1).max(1);
        let mut key = Zeroizing::new(vec![0; self.key.len()]);
        self.hash.derive(secret, &self.salt, iterations, &mut key);
        Ok(key.ct_eq(&self.key).into())
    }

    /// Whether the key is shorter than the algorithm makes it, so that other secrets match too.
    pub fn is_truncated(&self) -> bool {
        self.key.len() < self.hash.key_bytes()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (salt, key) = (base64::encode(&self.salt), base64::encode(&self.key));
        write!(f, "${}${}${salt}${key}", self.identifier, self.iterations)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({}, {} iterations)", self.identifier, self.iterations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digest of `insecure_secret` in the server's guide.
    const GUIDE: &str = "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng";

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn the_guides_digest_matches_its_secret_and_no_other() {
        let digest = Digest::parse(GUIDE).unwrap();
        assert!(digest.verify(&secret("insecure_secret")).unwrap());
        assert!(!digest.verify(&secret("insecure_secre")).unwrap());
        assert_eq!(digest.to_string(), GUIDE);
    }

    #[test]
    fn what_is_made_matches_and_reads_back() {
        let made = Digest::make(&secret("pässw0rd $x"), 1_000, vec![7; 16]);
        let read = Digest::parse(&made.to_string()).unwrap();
        assert_eq!(read, made);
        assert!(read.verify(&secret("pässw0rd $x")).unwrap());
        assert!(!read.is_truncated());
    }

    #[test]
    fn what_the_server_refuses_is_refused() {
        let cases = [
            ("insecure_secret", DigestError::NoDelimiter),
            ("$1$salt$key", DigestError::UnknownAlgorithm),
            ("$pbkdf2-md5$1$YQ$YQ", DigestError::UnknownAlgorithm),
            ("$pbkdf2-sha512$310000$YWFh", DigestError::Parts),
            ("$pbkdf2-sha512$310000$YWFh$YWFh$x", DigestError::Parts),
            ("$pbkdf2-sha512$abc$YWFh$YWFh", DigestError::Iterations),
            ("$pbkdf2-sha512$310000$YW+h$YWFh", DigestError::Base64 { part: "salt", at: 2 }),
            ("$pbkdf2-sha512$310000$YWFh$YQ==", DigestError::Base64 { part: "key", at: 2 }),
            ("$pbkdf2-sha512$310000$YWFh$", DigestError::EmptyKey),
        ];
        for (text, error) in cases {
            assert_eq!(Digest::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_truncated_key_still_matches_and_is_noticed() {
        let digest = Digest::parse(&GUIDE[..GUIDE.len() - 46]).unwrap();
        assert!(digest.is_truncated());
        assert!(digest.verify(&secret("insecure_secret")).unwrap());
    }

    #[test]
    fn an_absurd_cost_is_refused_at_once() {
        let digest = Digest::parse(&GUIDE.replace("310000", "99999999999")).unwrap();
        assert_eq!(digest.verify(&secret("x")), Err(DigestError::TooCostly(99_999_999_999)));
    }
}
