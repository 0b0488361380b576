//! The algorithms the server has, by the names of its command line and of its digests.

use std::fmt;

/// An algorithm and its variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// PBKDF2 over HMAC with a hash; the usual one for client secrets.
    Pbkdf2(Sha),
    /// Argon2 version 19.
    Argon2(Addressing),
    /// scrypt.
    Scrypt,
    /// yescrypt, the server's variant of scrypt.
    Yescrypt,
    /// bcrypt, which looks at 72 bytes of the secret.
    Bcrypt,
    /// bcrypt over HMAC-SHA-256 of the secret.
    BcryptSha256,
    /// crypt(3) with SHA-256 or SHA-512.
    Sha2Crypt(Sha2),
}

/// The hash under PBKDF2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sha {
    /// SHA-1.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// How argon2 chooses the memory it mixes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Addressing {
    /// Independent of the secret for the first half of the first pass: argon2id.
    Hybrid,
    /// Independent of the secret: argon2i.
    Independent,
    /// By the secret: argon2d.
    Dependent,
}

/// The hash under SHA-crypt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sha2 {
    /// SHA-256, `$5$`.
    Sha256,
    /// SHA-512, `$6$`.
    Sha512,
}

/// What the command line was given instead of an algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownAlgorithm {
    /// No algorithm has this name.
    Algorithm(String),
    /// The algorithm has no such variant; its own are listed.
    Variant {
        /// The algorithm.
        algorithm: &'static str,
        /// What was asked for.
        variant: String,
        /// The variants it has.
        known: Vec<&'static str>,
    },
}

impl Default for Algorithm {
    fn default() -> Self {
        Self::Pbkdf2(Sha::Sha512)
    }
}

/// Every algorithm one can make a digest with: the server's name for the algorithm, its name for the variant, and the
/// default variant first.
const NAMES: [(&str, &str, Algorithm); 14] = [
    ("pbkdf2", "sha512", Algorithm::Pbkdf2(Sha::Sha512)),
    ("pbkdf2", "sha384", Algorithm::Pbkdf2(Sha::Sha384)),
    ("pbkdf2", "sha256", Algorithm::Pbkdf2(Sha::Sha256)),
    ("pbkdf2", "sha224", Algorithm::Pbkdf2(Sha::Sha224)),
    ("pbkdf2", "sha1", Algorithm::Pbkdf2(Sha::Sha1)),
    ("argon2", "argon2id", Algorithm::Argon2(Addressing::Hybrid)),
    ("argon2", "argon2i", Algorithm::Argon2(Addressing::Independent)),
    ("argon2", "argon2d", Algorithm::Argon2(Addressing::Dependent)),
    ("scrypt", "scrypt", Algorithm::Scrypt),
    ("scrypt", "yescrypt", Algorithm::Yescrypt),
    ("bcrypt", "standard", Algorithm::Bcrypt),
    ("bcrypt", "sha256", Algorithm::BcryptSha256),
    ("sha2crypt", "sha512", Algorithm::Sha2Crypt(Sha2::Sha512)),
    ("sha2crypt", "sha256", Algorithm::Sha2Crypt(Sha2::Sha256)),
];

impl Algorithm {
    /// Every algorithm one can make a digest with.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|&(_, _, algorithm)| algorithm)
    }

    /// The names the command line has for algorithms: `pbkdf2`, `argon2`, `scrypt`, `bcrypt`, `sha2crypt`.
    pub fn family_names() -> Vec<&'static str> {
        let mut names: Vec<_> = NAMES.iter().map(|&(family, _, _)| family).collect();
        names.dedup();
        names
    }

    /// The algorithm of the command line's `algorithm` and, unless it is the default one, `variant`; or the one that has
    /// `algorithm` for its own name, as `argon2id`.
    pub fn from_names(algorithm: &str, variant: Option<&str>) -> Result<Self, UnknownAlgorithm> {
        if let (None, Some(named)) = (variant, Self::all().find(|named| named.name() == algorithm)) {
            return Ok(named);
        }
        let of_family = || NAMES.iter().filter(|&&(family, _, _)| family == algorithm);
        let &(family, _, default) = of_family().next().ok_or_else(|| UnknownAlgorithm::Algorithm(algorithm.to_owned()))?;
        let Some(variant) = variant else {
            return Ok(default);
        };
        of_family().find(|&&(_, name, _)| name == variant).map(|&(_, _, found)| found).ok_or_else(|| UnknownAlgorithm::Variant {
            algorithm: family,
            variant: variant.to_owned(),
            known: of_family().map(|&(_, name, _)| name).collect(),
        })
    }

    /// The one name by which people know it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pbkdf2(Sha::Sha1) => "pbkdf2-sha1",
            Self::Pbkdf2(Sha::Sha224) => "pbkdf2-sha224",
            Self::Pbkdf2(Sha::Sha256) => "pbkdf2-sha256",
            Self::Pbkdf2(Sha::Sha384) => "pbkdf2-sha384",
            Self::Pbkdf2(Sha::Sha512) => "pbkdf2-sha512",
            Self::Argon2(Addressing::Hybrid) => "argon2id",
            Self::Argon2(Addressing::Independent) => "argon2i",
            Self::Argon2(Addressing::Dependent) => "argon2d",
            Self::Scrypt => "scrypt",
            Self::Yescrypt => "yescrypt",
            Self::Bcrypt => "bcrypt",
            Self::BcryptSha256 => "bcrypt-sha256",
            Self::Sha2Crypt(Sha2::Sha256) => "sha256crypt",
            Self::Sha2Crypt(Sha2::Sha512) => "sha512crypt",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for UnknownAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Algorithm(name) => write!(f, "there is no algorithm '{name}', only {}", Algorithm::family_names().join(", ")),
            Self::Variant { algorithm, variant, known } => {
                write!(f, "{algorithm} has no variant '{variant}', only {}", known.join(", "))
            }
        }
    }
}

impl std::error::Error for UnknownAlgorithm {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_defaults_are_the_servers() {
        assert_eq!(Algorithm::family_names(), ["pbkdf2", "argon2", "scrypt", "bcrypt", "sha2crypt"]);
        assert_eq!(Algorithm::from_names("pbkdf2", None).unwrap(), Algorithm::default());
        assert_eq!(Algorithm::from_names("pbkdf2-sha256", None).unwrap(), Algorithm::Pbkdf2(Sha::Sha256));
        assert_eq!(Algorithm::from_names("bcrypt", Some("sha256")).unwrap(), Algorithm::BcryptSha256);
        for (family, variant, algorithm) in NAMES {
            assert_eq!(Algorithm::from_names(family, Some(variant)).unwrap(), algorithm);
        }
    }

    #[test]
    fn what_there_is_is_named() {
        assert_eq!(
            Algorithm::from_names("md5", None).unwrap_err().to_string(),
            "there is no algorithm 'md5', only pbkdf2, argon2, scrypt, bcrypt, sha2crypt"
        );
        assert_eq!(
            Algorithm::from_names("scrypt", Some("sha1")).unwrap_err().to_string(),
            "scrypt has no variant 'sha1', only scrypt, yescrypt"
        );
    }
}
