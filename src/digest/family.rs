//! What every family of digests can do; each is a file of its own.

use std::fmt;

use zeroize::Zeroizing;

use super::algorithm::Algorithm;
use super::cost::Cost;

/// A derived key, wiped when dropped.
pub(super) type Key = Zeroizing<Vec<u8>>;

/// One stored digest of a family. Its `Display` is the form the server prints.
pub(super) trait Family: fmt::Display + Send + Sync {
    /// The algorithm and its variant.
    fn algorithm(&self) -> Algorithm;

    /// The salt as it is fed to the derivation.
    fn salt(&self) -> &[u8];

    /// The key a secret must lead to, in the form [`Family::derive`] gives it.
    fn key(&self) -> &[u8];

    /// The parameter that sets the work, as the digest has it.
    fn factor(&self) -> Factor;

    /// What deriving costs, also for parameters nobody could pay for.
    fn cost(&self) -> Cost;

    /// Why no secret can match, although the server reads the digest.
    fn defect(&self) -> Option<Defect> {
        None
    }

    /// The key that `secret` leads to. Only asked when there is no defect and the cost is bearable.
    fn derive(&self, secret: &[u8]) -> Result<Key, Defect>;

    /// Its parameters that are below what the server makes digests with.
    fn weaknesses(&self) -> Vec<Weakness>;

    /// Puts another key in place.
    fn set_key(&mut self, key: Key);
}

/// A key of zeros, before it is derived.
pub(super) fn blank(length: usize) -> Key {
    Zeroizing::new(vec![0; length])
}

/// The parameter that sets the work of a digest, as the digest has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// Iterations of PBKDF2.
    Iterations(i64),
    /// Memory of argon2 in KiB and the passes over it.
    Memory {
        /// Memory that is filled.
        kib: u64,
        /// Times it is gone over.
        passes: u64,
    },
    /// Rounds of SHA-crypt.
    Rounds(u64),
    /// Binary logarithm of the rounds of bcrypt.
    Log2Cost(i64),
    /// Binary logarithm of the blocks of scrypt and yescrypt, and the size of a block in units of 128 bytes.
    Log2Blocks {
        /// The logarithm.
        log_n: i64,
        /// The size.
        block_size: i64,
    },
}

/// Why no secret can ever match a digest that the server reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// The derivation is not defined for the parameters; the reason is what they lack.
    Parameters(&'static str),
    /// The salt has not the length the algorithm needs.
    Salt {
        /// Bytes it has.
        found: usize,
        /// Bytes it must have.
        expected: usize,
    },
    /// The key is not one the algorithm could print.
    Key,
}

/// A parameter below what the server makes digests with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Iterations, rounds or cost, as the digest has them.
    Iterations {
        /// What it has.
        found: i64,
        /// The least the server generates with.
        minimum: i64,
    },
    /// Memory in KiB.
    Memory {
        /// What it has.
        found: u64,
        /// The least the server generates with.
        minimum: u64,
    },
    /// A short salt, in bytes.
    Salt {
        /// What it has.
        found: usize,
        /// The least the server generates with, or 8 where it would make less.
        minimum: usize,
    },
    /// A short key, in bytes: secrets nobody meant to accept match as well.
    Key {
        /// What it has.
        found: usize,
        /// The length of the hash, or 16 where the length is free.
        minimum: usize,
    },
}

/// The salt below which a digest counts as weak.
pub(super) const SHORTEST_SALT: usize = 8;

/// The key below which a digest with a free key length counts as weak.
pub(super) const SHORTEST_KEY: usize = 16;

impl Weakness {
    /// A salt and a key below their least lengths.
    pub(super) fn of_lengths(salt: usize, key: usize, shortest_key: usize) -> Vec<Self> {
        let mut found = Vec::new();
        if salt < SHORTEST_SALT {
            found.push(Self::Salt { found: salt, minimum: SHORTEST_SALT });
        }
        if key < shortest_key {
            found.push(Self::Key { found: key, minimum: shortest_key });
        }
        found
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameters(reason) => f.write_str(reason),
            Self::Salt { found, expected } => {
                write!(f, "its salt has {found} bytes instead of {expected}")
            }
            Self::Key => f.write_str("its key is cut short or mistyped"),
        }
    }
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iterations(count) => write!(f, "{count} iterations"),
            Self::Memory { kib, passes } => write!(f, "{kib} KiB of memory, {passes} passes"),
            Self::Rounds(count) => write!(f, "{count} rounds"),
            Self::Log2Cost(cost) => write!(f, "cost {cost}"),
            Self::Log2Blocks { log_n, block_size } => write!(f, "2^{log_n} blocks of size {block_size}"),
        }
    }
}

impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iterations { found, minimum } => {
                write!(f, "{found} iterations, the server makes no fewer than {minimum}")
            }
            Self::Memory { found, minimum } => {
                write!(f, "{found} KiB of memory, the server takes no less than {minimum}")
            }
            Self::Salt { found, minimum } => write!(f, "a salt of {found} bytes instead of {minimum} or more"),
            Self::Key { found, minimum } => {
                write!(f, "a key of {found} bytes instead of {minimum}: other secrets match it too")
            }
        }
    }
}
