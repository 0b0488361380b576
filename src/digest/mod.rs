//! What Authelia stores in place of a secret: digests of every family it knows, read as it reads them, checked and made.

mod algorithm;
mod argon2;
mod argon2_fill;
mod base64;
mod batch;
mod bcrypt;
mod bcrypt_sha256;
mod client_secret;
mod cost;
mod error;
mod family;
mod fields;
mod load;
mod parameter;
mod pbkdf2;
#[cfg(target_arch = "x86_64")]
mod pbkdf2_lanes;
mod pbkdf2_sha512;
mod recipe;
mod scrypt;
mod sha2crypt;
mod storage_prefix;
mod tune;
mod yescrypt;

pub use algorithm::{Addressing, Algorithm, Sha, Sha2, UnknownAlgorithm};
pub use batch::{fitting_jobs, make_in_order};
pub use client_secret::ClientSecret;
pub use cost::{Cost, Limit};
pub use error::DigestError;
pub use family::{Defect, Factor, Weakness};
pub use load::{Load, MONITOR_PATIENCE};
pub use parameter::{DEFAULT_ITERATIONS, DEFAULT_SALT_BYTES, Parameter};
pub use recipe::{Choices, Recipe, RecipeError};
pub use storage_prefix::without_storage_prefix;
pub use tune::{Proposal, Timing, propose};

use std::fmt;
use std::sync::{Arc, LazyLock};

use subtle::ConstantTimeEq as _;

use crate::secret::Secret;
use argon2::Argon2;
use bcrypt::Bcrypt;
use bcrypt_sha256::BcryptSha256;
use error::{Fault, Quoted};
use family::Family;
use pbkdf2::Pbkdf2;
use scrypt::Scrypt;
use sha2crypt::Sha2Crypt;
use yescrypt::Yescrypt;

/// A digest as it stands in `client_secret`. Its `Display` is the form in which the server prints it.
#[derive(Clone)]
pub struct Digest(Arc<dyn Family>);

/// Why a secret was not checked against a digest that the server reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unverifiable {
    /// It would take longer, or more memory, than [`Limit::VERIFY`] allows.
    TooCostly(Cost),
    /// The memory it needs cannot be had.
    OutOfMemory(Cost),
}

impl Digest {
    /// Reads a digest as the server's `client_secret` does. `$plaintext$` is none: see [`ClientSecret::decode`].
    pub fn parse(text: &str) -> Result<Digest, DigestError> {
        let undecided = |fault| DigestError { decoder: None, fault };
        let rest = text.strip_prefix('$').ok_or_else(|| undecided(Fault::NoDelimiter))?;
        let parts: Vec<&str> = rest.split('$').collect();
        let &[identifier, _, ..] = &parts[..] else { return Err(undecided(Fault::TooFewParts)) };
        let pbkdf2 = |hash| read("pbkdf2", Pbkdf2::parse(hash, &parts));
        let argon2 = |addressing| read("argon2", Argon2::parse(addressing, &parts));
        match identifier {
            "pbkdf2" | "pbkdf2-sha1" => pbkdf2(Sha::Sha1),
            "pbkdf2-sha224" => pbkdf2(Sha::Sha224),
            "pbkdf2-sha256" => pbkdf2(Sha::Sha256),
            "pbkdf2-sha384" => pbkdf2(Sha::Sha384),
            "pbkdf2-sha512" => pbkdf2(Sha::Sha512),
            "argon2id" => argon2(Addressing::Hybrid),
            "argon2i" => argon2(Addressing::Independent),
            "argon2d" => argon2(Addressing::Dependent),
            "scrypt" => read("scrypt", Scrypt::parse(&parts)),
            "y" => read("scrypt", Yescrypt::parse(&parts)),
            "2" | "2a" | "2b" | "2x" | "2y" => read("bcrypt", Bcrypt::parse(&parts)),
            "bcrypt-sha256" => read("bcrypt", BcryptSha256::parse(&parts)),
            "5" => read("shacrypt", Sha2Crypt::parse(Sha2::Sha256, &parts)),
            "6" => read("shacrypt", Sha2Crypt::parse(Sha2::Sha512, &parts)),
            _ => Err(undecided(Fault::UnknownIdentifier(Quoted::identifier(identifier)))),
        }
    }

    /// Makes a PBKDF2-SHA512 digest, the server's usual one for client secrets. A [`Recipe`] makes every other.
    ///
    /// # Panics
    ///
    /// Never: 32 bits of iterations can always be counted.
    pub fn make(secret: &Secret, iterations: u32, salt: Vec<u8>) -> Digest {
        let unfinished = Box::new(Pbkdf2::new(Sha::Sha512, i64::from(iterations), salt));
        Digest::complete(unfinished, secret).expect("32 bits of iterations can be counted")
    }

    /// Fills in the key that `secret` leads to: the present key tells the length alone.
    fn complete(mut unfinished: Box<dyn Family>, secret: &Secret) -> Result<Digest, Defect> {
        let key = unfinished.derive(secret.expose().as_bytes())?;
        unfinished.set_key(key);
        Ok(Digest(Arc::from(unfinished)))
    }

    /// Whether the server takes `secret` for the one behind this digest. Compared in constant time.
    pub fn verify(&self, secret: &Secret) -> Result<bool, Unverifiable> {
        let cost = self.cost();
        if self.defect().is_some() {
            return Ok(false);
        }
        if cost.exceeds(Limit::VERIFY) {
            return Err(Unverifiable::TooCostly(cost));
        }
        if !cost.has_room() {
            return Err(Unverifiable::OutOfMemory(cost));
        }
        match self.0.derive(secret.expose().as_bytes()) {
            Ok(key) => Ok(key.ct_eq(self.0.key()).into()),
            Err(_) => Ok(false),
        }
    }

    /// The algorithm and its variant.
    pub fn algorithm(&self) -> Algorithm {
        self.0.algorithm()
    }

    /// The parameter that sets the work, as the digest has it.
    pub fn factor(&self) -> Factor {
        self.0.factor()
    }

    /// What one verification costs.
    pub fn cost(&self) -> Cost {
        self.0.cost()
    }

    /// Seconds that one verification takes on the reference core of [`Cost`]: an estimate from a constant table.
    pub fn estimated_seconds(&self) -> f64 {
        self.cost().reference_time().as_secs_f64()
    }

    /// Whether a token request may outlast a monitor's 10 seconds.
    pub fn is_too_costly_for_monitor(&self) -> bool {
        self.cost().exceeds(Limit::MONITOR)
    }

    /// Whether the key is shorter than the algorithm makes it, so that other secrets match too, or none does.
    pub fn is_truncated(&self) -> bool {
        self.weaknesses().iter().any(|weakness| matches!(weakness, Weakness::Key { .. }))
    }

    /// Parameters below what the server itself makes digests with.
    pub fn weaknesses(&self) -> Vec<Weakness> {
        self.0.weaknesses()
    }

    /// Why no secret can match, although the server reads the digest.
    pub fn defect(&self) -> Option<Defect> {
        self.0.defect()
    }

    /// Whether it is the example of the server's documentation, whose secret everybody knows: `insecure_secret`.
    pub fn is_guide_example(&self) -> bool {
        static EXAMPLE: LazyLock<Option<Digest>> = LazyLock::new(|| Digest::parse(GUIDE_EXAMPLE).ok());
        EXAMPLE.as_ref().is_some_and(|example| self == example)
    }
}

/// The digest of `insecure_secret` that the server's guide shows.
const GUIDE_EXAMPLE: &str = "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng";

fn read(decoder: &'static str, read: Result<impl Family + 'static, Fault>) -> Result<Digest, DigestError> {
    match read {
        Ok(digest) => Ok(Digest(Arc::new(digest))),
        Err(fault) => Err(DigestError { decoder: Some(decoder), fault }),
    }
}

/// Equal are two digests that the same secrets match for the same reason: algorithm, salt and key.
impl PartialEq for Digest {
    fn eq(&self, other: &Digest) -> bool {
        self.algorithm() == other.algorithm()
            && self.factor() == other.factor()
            && self.0.salt() == other.0.salt()
            && self.0.key() == other.0.key()
    }
}

impl Eq for Digest {}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({}, {})", self.algorithm(), self.factor())
    }
}

impl fmt::Display for Unverifiable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unverifiable::TooCostly(cost) => write!(f, "checking this digest takes {cost}: more than {}", Limit::VERIFY),
            Unverifiable::OutOfMemory(cost) => write!(f, "checking this digest takes {cost}, which cannot be had here"),
        }
    }
}

impl std::error::Error for Unverifiable {}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn the_guides_digest_matches_its_secret_and_no_other() {
        let digest = Digest::parse(GUIDE_EXAMPLE).unwrap();
        assert!(digest.verify(&secret("insecure_secret")).unwrap());
        assert!(!digest.verify(&secret("insecure_secre")).unwrap());
        assert_eq!(digest.to_string(), GUIDE_EXAMPLE);
        assert!(digest.is_guide_example());
        assert_eq!(digest.factor(), Factor::Iterations(310_000));
    }

    #[test]
    fn what_is_made_matches_and_reads_back() {
        let made = Digest::make(&secret("pässw0rd $x"), 1_000, vec![7; 16]);
        let read = Digest::parse(&made.to_string()).unwrap();
        assert_eq!(read, made);
        assert!(read.verify(&secret("pässw0rd $x")).unwrap());
        assert!(!read.is_truncated() && !read.is_guide_example());
    }

    #[test]
    fn a_truncated_key_still_matches_and_is_noticed() {
        let digest = Digest::parse(&GUIDE_EXAMPLE[..GUIDE_EXAMPLE.len() - 46]).unwrap();
        assert!(digest.is_truncated() && !digest.is_guide_example());
        assert!(digest.verify(&secret("insecure_secret")).unwrap());
    }

    #[test]
    fn an_absurd_cost_is_refused_at_once() {
        for text in [
            &*GUIDE_EXAMPLE.replace("310000", "99999999999"),
            "$argon2id$v=19$m=4294967295,t=1,p=1$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y",
            "$argon2id$v=19$m=65536,t=4294967295,p=4$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y",
            "$argon2id$v=19$m=64,t=1,p=4294967295$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y",
            "$scrypt$ln=40,r=8,p=1$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y",
            "$scrypt$ln=16,r=8,p=99999999$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y",
            "$y$jTT$aFr56HjK3DrB8t3S$zhPQiS85cgBlNhUKKE6nAHMlpqrvYSnSL3fEVkK0yH1",
            "$2b$31$aFr56HjK3DrB8t3SaFr56Ou9zhPQiS85cgBlNhUKKE6nAHMlpqrvO",
            "$6$rounds=4294967295$aFr56HjK3DrB8t3S$zhPQiS85cgBlNhUKKE6n/AHMlpqrvYSnSL3fEVkK0yHFQ.oFFAd8D4OhPAy18K5U61Z2eBhxQXExGU/eknXlY1",
        ] {
            let digest = Digest::parse(text).unwrap();
            assert!(matches!(digest.verify(&secret("x")), Err(Unverifiable::TooCostly(_))), "{text}");
            assert!(digest.is_too_costly_for_monitor(), "{text}");
        }
    }
}
