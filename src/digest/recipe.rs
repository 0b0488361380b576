//! How to make a digest: an algorithm and its parameters within the limits of the server's own command line.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::Digest;
use super::algorithm::{Algorithm, Sha};
use super::argon2::{self, Argon2};
use super::bcrypt::{self, Bcrypt};
use super::bcrypt_sha256::BcryptSha256;
use super::cost::{Cost, Limit};
use super::family::{Defect, Factor, Family, Key, blank};
use super::parameter::{Parameter, bounds};
use super::pbkdf2::Pbkdf2;
use super::scrypt::Scrypt;
use super::sha2crypt::{self, Sha2Crypt};
use super::yescrypt::Yescrypt;
use crate::secret::Secret;

/// Parameters that were asked for; the others take the server's defaults.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choices {
    /// Work: iterations, passes, rounds, or a binary logarithm of them.
    pub iterations: Option<u32>,
    /// Memory in KiB.
    pub memory: Option<u32>,
    /// Lanes.
    pub parallelism: Option<u32>,
    /// Size of a block in units of 128 bytes.
    pub block_size: Option<u32>,
    /// Bytes of key.
    pub key_size: Option<u32>,
    /// Bytes of salt.
    pub salt_size: Option<u32>,
}

/// An algorithm with parameters that the server's command line would take too.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    algorithm: Algorithm,
    iterations: u32,
    memory: u32,
    parallelism: u32,
    block_size: u32,
    key_size: u32,
    salt_size: u32,
}

/// Why there is no such recipe, or no digest of this secret by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecipeError {
    /// The algorithm has no such parameter.
    NoParameter(Algorithm, Parameter),
    /// The parameter is outside the server's limits.
    OutsideLimits {
        /// The algorithm.
        algorithm: Algorithm,
        /// The parameter.
        parameter: Parameter,
        /// What was asked for.
        found: u32,
        /// What the server takes.
        limits: RangeInclusive<u32>,
    },
    /// Argon2 needs eight KiB for every lane.
    TooLittleMemory {
        /// KiB asked for.
        memory: u32,
        /// Lanes asked for.
        parallelism: u32,
    },
    /// The algorithm is not defined for the parameters together.
    Undefined(Defect),
    /// It would cost more than anybody can want to spend on a token request.
    TooCostly(Cost),
    /// The memory cannot be had.
    OutOfMemory(Cost),
    /// bcrypt looks at 72 bytes; the server refuses to make a digest that ignores the rest.
    SecretTooLong(usize),
}

impl Choices {
    fn get(&self, parameter: Parameter) -> Option<u32> {
        match parameter {
            Parameter::Iterations => self.iterations,
            Parameter::Memory => self.memory,
            Parameter::Parallelism => self.parallelism,
            Parameter::BlockSize => self.block_size,
            Parameter::KeySize => self.key_size,
            Parameter::SaltSize => self.salt_size,
        }
    }
}

impl Recipe {
    /// The recipe of `algorithm` with the parameters chosen and the server's defaults for the others.
    pub fn new(algorithm: Algorithm, choices: &Choices) -> Result<Recipe, RecipeError> {
        let bounds = bounds(algorithm);
        let pick = |parameter| match (bounds.iter().find(|bound| bound.0 == parameter), choices.get(parameter)) {
            (None, None) => Ok(0),
            (None, Some(_)) => Err(RecipeError::NoParameter(algorithm, parameter)),
            (Some(&(_, default, _)), None) => Ok(default),
            (Some((_, _, limits)), Some(found)) if limits.contains(&found) => Ok(found),
            (Some((_, _, limits)), Some(found)) => {
                Err(RecipeError::OutsideLimits { algorithm, parameter, found, limits: limits.clone() })
            }
        };
        let recipe = Recipe {
            algorithm,
            iterations: pick(Parameter::Iterations)?,
            memory: pick(Parameter::Memory)?,
            parallelism: pick(Parameter::Parallelism)?,
            block_size: pick(Parameter::BlockSize)?,
            key_size: pick(Parameter::KeySize)?,
            salt_size: pick(Parameter::SaltSize)?,
        };
        recipe.check()?;
        Ok(recipe)
    }

    fn check(&self) -> Result<(), RecipeError> {
        let &Recipe { memory, parallelism, .. } = self;
        if matches!(self.algorithm, Algorithm::Argon2(_)) && u64::from(memory) < argon2::least_memory(u64::from(parallelism)) {
            return Err(RecipeError::TooLittleMemory { memory, parallelism });
        }
        // The key is not there yet, so other defects are none.
        if let Some(defect @ Defect::Parameters(_)) = self.unfinished(Vec::new()).defect() {
            return Err(RecipeError::Undefined(defect));
        }
        let cost = self.cost();
        if cost.exceeds(Limit::VERIFY) {
            return Err(RecipeError::TooCostly(cost));
        }
        Ok(())
    }

    /// The algorithm.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Work: iterations, passes, rounds, or a binary logarithm of them.
    pub fn iterations(&self) -> u32 {
        self.iterations
    }

    /// Memory in KiB; 0 where it is not chosen.
    pub fn memory(&self) -> u32 {
        self.memory
    }

    /// Threads that one derivation can use.
    pub fn threads(&self) -> u32 {
        if matches!(self.algorithm, Algorithm::Argon2(_)) { self.parallelism } else { 1 }
    }

    /// The parameter that sets the work.
    pub fn factor(&self) -> Factor {
        self.unfinished(Vec::new()).factor()
    }

    /// The recipe with other iterations, and other memory where it is given, as near as the limits let it.
    pub(super) fn with_work(&self, iterations: u32, memory: Option<u32>) -> Recipe {
        let mut other = *self;
        for (parameter, _, limits) in bounds(self.algorithm) {
            match (parameter, memory) {
                (Parameter::Iterations, _) => other.iterations = iterations.clamp(*limits.start(), *limits.end()),
                (Parameter::Memory, Some(memory)) => other.memory = memory.clamp(8 * self.parallelism, *limits.end()),
                _ => {}
            }
        }
        while other.check().is_err() && other.iterations > self.iterations {
            let above = other.iterations - self.iterations;
            other.iterations -= if above < 64 { 1 } else { above / 2 };
        }
        other
    }

    /// The options of the command line that choose it; what is the server's default is left out.
    pub fn options(&self) -> String {
        let chosen = bounds(self.algorithm).into_iter().filter(|&(parameter, default, _)| self.value(parameter) != default);
        let options = chosen.map(|(parameter, ..)| format!("{} {}", parameter.option(), self.value(parameter)));
        std::iter::once(format!("--algorithm {}", self.algorithm)).chain(options).collect::<Vec<_>>().join(" ")
    }

    fn value(&self, parameter: Parameter) -> u32 {
        match parameter {
            Parameter::Iterations => self.iterations,
            Parameter::Memory => self.memory,
            Parameter::Parallelism => self.parallelism,
            Parameter::BlockSize => self.block_size,
            Parameter::KeySize => self.key_size,
            Parameter::SaltSize => self.salt_size,
        }
    }

    /// Random bytes that [`Recipe::make`] wants for a salt.
    pub fn salt_bytes(&self) -> usize {
        match self.algorithm {
            Algorithm::Bcrypt | Algorithm::BcryptSha256 => bcrypt::SALT_LENGTH,
            _ => self.salt_size as usize,
        }
    }

    /// What making or checking such a digest costs.
    pub fn cost(&self) -> Cost {
        self.unfinished(vec![0; self.salt_bytes()]).cost()
    }

    /// The digest of `secret` with [`Recipe::salt_bytes`] random bytes.
    pub fn make(&self, secret: &Secret, salt: Vec<u8>) -> Result<Digest, RecipeError> {
        let length = secret.expose().len();
        if self.algorithm == Algorithm::Bcrypt && length > bcrypt::LONGEST_SECRET {
            return Err(RecipeError::SecretTooLong(length));
        }
        if !self.cost().has_room() {
            return Err(RecipeError::OutOfMemory(self.cost()));
        }
        Digest::complete(self.unfinished(salt), secret).map_err(RecipeError::Undefined)
    }

    /// The digest whose key was derived elsewhere.
    #[cfg(target_arch = "x86_64")]
    pub(super) fn finish(&self, salt: Vec<u8>, key: Key) -> Digest {
        let mut digest = self.unfinished(salt);
        digest.set_key(key);
        Digest(Arc::from(digest))
    }

    /// What is unwise about it for a client secret, one sentence each.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let cost = self.cost();
        if cost.memory >= 16 << 20 {
            notes.push(format!(
                "every token request fills {} MiB at the server, also one with a wrong secret: {} suits passwords better than \
                 client secrets, which are long and random",
                cost.memory >> 20,
                self.algorithm
            ));
        }
        if self.algorithm == Algorithm::Bcrypt {
            notes.push(
                "bcrypt looks at the first 72 bytes of a secret only: prefer pbkdf2, or bcrypt with the variant sha256".into(),
            );
        }
        if self.algorithm == Algorithm::Pbkdf2(Sha::Sha1) {
            notes.push("SHA-1 is the oldest hash the server takes: prefer sha512".into());
        }
        if cost.exceeds(Limit::MONITOR) {
            notes.push(format!("checking it takes {cost} at the server, and a monitor gives up after 10 s"));
        }
        if (1..8).contains(&self.salt_size) {
            notes.push(format!("a salt of {} bytes may be drawn twice, and then equal secrets show: take 16", self.salt_size));
        }
        let key_bytes = self.key_size;
        if (1..16).contains(&key_bytes) {
            notes.push(format!("a key of {key_bytes} bytes can be matched by guessing: take 16 or more"));
        }
        notes
    }

    /// The digest before its key is derived.
    fn unfinished(&self, salt: Vec<u8>) -> Box<dyn Family> {
        let &Recipe { iterations, memory, parallelism: lanes, block_size, .. } = self;
        let (work, key) = (i64::from(iterations), blank(self.key_size as usize));
        match self.algorithm {
            Algorithm::Pbkdf2(hash) => Box::new(Pbkdf2::new(hash, work, salt)),
            Algorithm::Argon2(addressing) => Box::new(Argon2 { addressing, memory, passes: iterations, lanes, salt, key }),
            Algorithm::Scrypt => {
                let (block_size, parallelism) = (i64::from(block_size), i64::from(lanes));
                Box::new(Scrypt { log_n: work, block_size, parallelism, salt, key })
            }
            Algorithm::Yescrypt => {
                let small = |number: u32| u8::try_from(number).expect("bounded by 64");
                Box::new(Yescrypt { log_n: small(iterations), block_size: small(block_size), salt, key })
            }
            Algorithm::Bcrypt => Box::new(Bcrypt { cost: work, salt, key }),
            Algorithm::BcryptSha256 => Box::new(BcryptSha256 { cost: work, salt, key }),
            Algorithm::Sha2Crypt(hash) => {
                Box::new(Sha2Crypt { hash, rounds: iterations, salt: sha2crypt::salt_characters(&salt), key })
            }
        }
    }
}

impl fmt::Display for RecipeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecipeError::NoParameter(algorithm, parameter) => write!(f, "{algorithm} has no {}", parameter.option()),
            RecipeError::OutsideLimits { algorithm, parameter, found, limits } => write!(
                f,
                "{} {found} is outside what the server makes {algorithm} digests with: {} to {}",
                parameter.option(),
                limits.start(),
                limits.end()
            ),
            RecipeError::TooLittleMemory { memory, parallelism } => write!(
                f,
                "--memory {memory} is too little for --parallelism {parallelism}: every lane needs 8 KiB, so {} or more",
                argon2::least_memory(u64::from(*parallelism))
            ),
            RecipeError::Undefined(defect) => defect.fmt(f),
            RecipeError::TooCostly(cost) => write!(f, "one digest takes {cost}: more than {}", Limit::VERIFY),
            RecipeError::OutOfMemory(cost) => write!(f, "one digest takes {cost}, which cannot be had here"),
            RecipeError::SecretTooLong(bytes) => {
                write!(f, "bcrypt looks at 72 bytes of a secret and this one has {bytes}")
            }
        }
    }
}

impl std::error::Error for RecipeError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Addressing, Sha2};

    /// Parameters that cost little, so that every algorithm can be tried.
    fn cheap(algorithm: Algorithm) -> Recipe {
        let choices = match algorithm {
            Algorithm::Pbkdf2(_) => Choices { iterations: Some(100_000), ..Choices::default() },
            Algorithm::Argon2(_) => Choices { memory: Some(64), iterations: Some(1), ..Choices::default() },
            Algorithm::Scrypt | Algorithm::Yescrypt | Algorithm::Bcrypt | Algorithm::BcryptSha256 => {
                Choices { iterations: Some(10), ..Choices::default() }
            }
            Algorithm::Sha2Crypt(_) => Choices { iterations: Some(1_000), ..Choices::default() },
        };
        Recipe::new(algorithm, &choices).unwrap()
    }

    #[test]
    fn every_algorithm_makes_what_it_reads() {
        let (right, wrong) = (Secret::new("pässw0rd $x".to_owned()), Secret::new("pässw0rd $".to_owned()));
        for algorithm in Algorithm::all() {
            let recipe = cheap(algorithm);
            let made = recipe.make(&right, (0..).take(recipe.salt_bytes()).collect()).unwrap();
            let read = Digest::parse(&made.to_string()).unwrap();
            assert_eq!(read, made, "{algorithm}");
            assert_eq!(read.algorithm(), algorithm);
            assert_eq!(read.cost(), recipe.cost(), "{algorithm}");
            assert_eq!((read.verify(&right), read.verify(&wrong)), (Ok(true), Ok(false)), "{algorithm}");
            assert_eq!((read.weaknesses(), read.defect()), (vec![], None), "{algorithm}");
        }
    }

    #[test]
    fn defaults_are_the_servers() {
        let (secret, salt) = (Secret::new("x".to_owned()), vec![0; 16]);
        for (algorithm, start) in [
            (Algorithm::default(), "$pbkdf2-sha512$310000$AAAAAAAAAAAAAAAAAAAAAA$"),
            (Algorithm::Pbkdf2(Sha::Sha1), "$pbkdf2$310000$AAAAAAAAAAAAAAAAAAAAAA$"),
            (Algorithm::Argon2(Addressing::Hybrid), "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$"),
            (Algorithm::Scrypt, "$scrypt$ln=16,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$"),
            (Algorithm::Yescrypt, "$y$jD5$......................$"),
            (Algorithm::Bcrypt, "$2b$12$......................"),
            (Algorithm::BcryptSha256, "$bcrypt-sha256$v=2,t=2b,r=12$......................$"),
            (Algorithm::Sha2Crypt(Sha2::Sha512), "$6$rounds=50000$................$"),
        ] {
            let made = Recipe::new(algorithm, &Choices::default()).unwrap().make(&secret, salt.clone()).unwrap();
            assert!(made.to_string().starts_with(start), "{made}");
        }
    }

    #[test]
    fn outside_the_limits_is_refused_with_the_limit() {
        let refused = |algorithm, choices| Recipe::new(algorithm, &choices).unwrap_err().to_string();
        assert_eq!(
            refused(Algorithm::default(), Choices { iterations: Some(1_000), ..Choices::default() }),
            "--iterations 1000 is outside what the server makes pbkdf2-sha512 digests with: 100000 to 2147483647"
        );
        assert_eq!(
            refused(Algorithm::default(), Choices { memory: Some(1), ..Choices::default() }),
            "pbkdf2-sha512 has no --memory"
        );
        assert_eq!(
            refused(Algorithm::Argon2(Addressing::Hybrid), Choices { memory: Some(31), ..Choices::default() }),
            "--memory 31 is too little for --parallelism 4: every lane needs 8 KiB, so 32 or more"
        );
        for (algorithm, iterations) in [
            (Algorithm::Bcrypt, 9),
            (Algorithm::Bcrypt, 32),
            (Algorithm::Sha2Crypt(Sha2::Sha512), 999),
            (Algorithm::Scrypt, 59),
            (Algorithm::Argon2(Addressing::Hybrid), 0),
        ] {
            refused(algorithm, Choices { iterations: Some(iterations), ..Choices::default() });
        }
        assert!(refused(Algorithm::Scrypt, Choices { iterations: Some(40), ..Choices::default() }).contains("more than a day"));
        assert!(refused(Algorithm::Scrypt, Choices { iterations: Some(58), ..Choices::default() }).contains("not defined"));
    }

    #[test]
    fn bcrypt_takes_72_bytes() {
        let recipe = cheap(Algorithm::Bcrypt);
        assert!(recipe.make(&Secret::new("a".repeat(72)), vec![0; 16]).is_ok());
        assert_eq!(recipe.make(&Secret::new("a".repeat(73)), vec![0; 16]), Err(RecipeError::SecretTooLong(73)));
    }

    #[test]
    fn unwise_choices_are_noted() {
        let notes = |algorithm| Recipe::new(algorithm, &Choices::default()).unwrap().notes();
        assert_eq!(notes(Algorithm::default()), Vec::<String>::new());
        assert!(notes(Algorithm::Argon2(Addressing::Hybrid))[0].contains("64 MiB"));
        assert!(notes(Algorithm::Bcrypt)[0].contains("72 bytes"));
        let slow = Choices { iterations: Some(9_000_000), ..Choices::default() };
        assert!(Recipe::new(Algorithm::default(), &slow).unwrap().notes()[0].contains("10 s"));
    }
}
