//! The options that choose an algorithm and its parameters, by the names of the server's own command line.

use crate::digest::{Algorithm, Choices, Recipe, RecipeError};
use crate::error::Failure;

/// Which digest to make. What is not given is as the server's command line has it.
#[derive(clap::Args, Debug)]
pub(super) struct RecipeOptions {
    /// Algorithm: pbkdf2, argon2, scrypt, bcrypt or sha2crypt, or one of their variants by its own name
    #[arg(long, value_name = "NAME", default_value = "pbkdf2", value_parser = names())]
    algorithm: String,
    /// Variant: sha1, sha224, sha256, sha384, sha512; argon2id, argon2i, argon2d; scrypt, yescrypt; standard, sha256
    #[arg(long, value_name = "NAME")]
    variant: Option<String>,
    /// Work factor: iterations or rounds; of scrypt and bcrypt the binary logarithm of them
    #[arg(long, value_name = "N", visible_alias = "cost")]
    iterations: Option<u32>,
    /// Memory of argon2 in KiB
    #[arg(long, value_name = "KIB")]
    memory: Option<u32>,
    /// Lanes of argon2 and scrypt
    #[arg(long, value_name = "N")]
    parallelism: Option<u32>,
    /// Block size of scrypt, in units of 128 bytes
    #[arg(long, value_name = "N")]
    block_size: Option<u32>,
    /// Bytes of key of argon2 and scrypt
    #[arg(long, value_name = "BYTES")]
    key_size: Option<u32>,
    /// Bytes of salt
    #[arg(long, value_name = "BYTES")]
    salt_size: Option<u32>,
}

impl RecipeOptions {
    /// The recipe they describe, refused outside the server's limits.
    pub(super) fn recipe(&self) -> Result<Recipe, Failure> {
        let algorithm = named(&self.algorithm, self.variant.as_deref())?;
        let choices = Choices {
            iterations: self.iterations,
            memory: self.memory,
            parallelism: self.parallelism,
            block_size: self.block_size,
            key_size: self.key_size,
            salt_size: self.salt_size,
        };
        Recipe::new(algorithm, &choices).map_err(|error| refused(&error))
    }
}

/// The algorithm of these names.
pub(super) fn named(algorithm: &str, variant: Option<&str>) -> Result<Algorithm, Failure> {
    Algorithm::from_names(algorithm, variant)
        .map_err(|error| Failure::usage(error).hint("run 'authkuma hash --help' for the algorithms and their variants"))
}

/// A recipe's refusal as a failure with advice.
pub(super) fn refused(error: &RecipeError) -> Failure {
    let hint = match error {
        RecipeError::NoParameter(..) => "leave the option out, or choose an algorithm that has it",
        RecipeError::OutsideLimits { .. } | RecipeError::TooLittleMemory { .. } => {
            "leave the option out for the server's default"
        }
        RecipeError::Undefined(_) => "choose other parameters, or leave them out for the server's defaults",
        RecipeError::TooCostly(_) => "choose a smaller work factor: 'authkuma tune' proposes one",
        RecipeError::OutOfMemory(_) => return Failure::new(error).hint("choose less memory"),
        RecipeError::SecretTooLong(_) => "use --algorithm bcrypt --variant sha256, or pbkdf2",
    };
    Failure::usage(error).hint(hint)
}

/// Families first, then variants that have a name of their own.
pub(super) fn names() -> Vec<&'static str> {
    let mut names = Algorithm::family_names();
    for algorithm in Algorithm::all() {
        if !names.contains(&algorithm.name()) {
            names.push(algorithm.name());
        }
    }
    names
}
