//! What a digest may be made with: the parameters of each algorithm, with the defaults and limits of the server's own command line.

use std::ops::RangeInclusive;

use super::algorithm::Algorithm;
use super::{bcrypt, pbkdf2, sha2crypt};

/// Iterations of PBKDF2 that the server's command line takes, whatever the hash.
pub const DEFAULT_ITERATIONS: u32 = 310_000;

/// Bytes of salt that the server's command line takes.
pub const DEFAULT_SALT_BYTES: usize = 16;

/// The most bytes of salt or key this program makes where the server has no limit worth the name.
const MOST_BYTES: u32 = 1024;

/// A parameter that one may choose, by the server's name for its option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// Work: iterations, passes, rounds, or a binary logarithm of them.
    Iterations,
    /// Memory in KiB.
    Memory,
    /// Lanes.
    Parallelism,
    /// Size of a block in units of 128 bytes.
    BlockSize,
    /// Bytes of key.
    KeySize,
    /// Bytes of salt.
    SaltSize,
}

impl Parameter {
    /// The option that sets it.
    pub const fn option(self) -> &'static str {
        match self {
            Parameter::Iterations => "--iterations",
            Parameter::Memory => "--memory",
            Parameter::Parallelism => "--parallelism",
            Parameter::BlockSize => "--block-size",
            Parameter::KeySize => "--key-size",
            Parameter::SaltSize => "--salt-size",
        }
    }
}

/// The default and the limits of one parameter of one algorithm.
pub(super) type Bounds = (Parameter, u32, RangeInclusive<u32>);

/// The parameters of an algorithm with the defaults and limits of the server's command line.
pub(super) fn bounds(algorithm: Algorithm) -> Vec<Bounds> {
    use Parameter::{BlockSize, Iterations, KeySize, Memory, Parallelism, SaltSize};
    const SALT: u32 = 16;
    const KEY: u32 = 32;
    const LARGEST: u32 = i32::MAX.unsigned_abs();
    match algorithm {
        Algorithm::Pbkdf2(_) => {
            vec![(Iterations, DEFAULT_ITERATIONS, pbkdf2::FEWEST_ITERATIONS..=LARGEST), (SaltSize, SALT, 8..=MOST_BYTES)]
        }
        Algorithm::Argon2(_) => vec![
            (Iterations, 3, 1..=LARGEST),
            (Memory, 64 * 1024, 8..=u32::MAX),
            (Parallelism, 4, 1..=0xff_ffff),
            (KeySize, KEY, 4..=MOST_BYTES),
            (SaltSize, SALT, 1..=MOST_BYTES),
        ],
        Algorithm::Scrypt | Algorithm::Yescrypt => vec![
            (Iterations, 16, 1..=58),
            (BlockSize, 8, 1..=if algorithm == Algorithm::Yescrypt { 64 } else { LARGEST }),
            (Parallelism, 1, 1..=if algorithm == Algorithm::Yescrypt { 1 } else { 0x3fff_ffff }),
            (KeySize, KEY, 1..=MOST_BYTES),
            (SaltSize, SALT, 8..=1024),
        ],
        Algorithm::Bcrypt | Algorithm::BcryptSha256 => vec![(Iterations, 12, bcrypt::LOWEST_COST..=bcrypt::HIGHEST_COST)],
        Algorithm::Sha2Crypt(_) => {
            vec![(Iterations, 50_000, sha2crypt::FEWEST_ROUNDS..=sha2crypt::MOST_ROUNDS), (SaltSize, SALT, 1..=16)]
        }
    }
}
