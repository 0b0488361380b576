//! yescrypt with its default flags: `$y$j<log2 N><block size>$<salt>$<key>`.

use std::fmt;

use ::yescrypt::{Mode, Params};
use zeroize::Zeroizing;

use super::algorithm::Algorithm;
use super::base64::CRYPT;
use super::cost::Cost;
use super::error::{Fault, FieldFault};
use super::family::{Defect, Factor, Family, Key, SHORTEST_KEY, Weakness};

/// Time of mixing 128 bytes in and a third of them out again, on the reference core.
const NANOSECONDS: u64 = 140;

#[derive(Clone)]
pub(super) struct Yescrypt {
    pub(super) log_n: u8,
    pub(super) block_size: u8,
    pub(super) salt: Vec<u8>,
    pub(super) key: Key,
}

impl Yescrypt {
    /// Reads the parts after the first `$`.
    pub(super) fn parse(parts: &[&str]) -> Result<Self, Fault> {
        let &[_, setting, salt, key] = parts else {
            return Err(Fault::Parts);
        };
        let &[b'j', log_n, block_size] = setting.as_bytes() else {
            return Err(Fault::Setting);
        };
        // The server counts a character outside the alphabet as 64, and takes a salt it cannot read for an empty one.
        let number = |digit| CRYPT.value(digit).unwrap_or(64) + 1;
        let key = CRYPT.decode_low_first(key).unwrap_or_default();
        if key.is_empty() {
            return Err(Fault::Key(FieldFault::Empty));
        }
        Ok(Self {
            log_n: number(log_n),
            block_size: number(block_size),
            salt: CRYPT.decode_low_first(salt).unwrap_or_default(),
            key: Zeroizing::new(key),
        })
    }

    /// N, if it is a number the server can count to and the memory can be counted too.
    fn n(&self) -> Option<u64> {
        let room = i64::MAX.unsigned_abs() / 128 / u64::from(self.block_size);
        1_u64.checked_shl(u32::from(self.log_n)).filter(|&n| n <= room)
    }
}

const UNDEFINED: Defect = Defect::Parameters("yescrypt is not defined for its setting");

impl Family for Yescrypt {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Yescrypt
    }

    fn salt(&self) -> &[u8] {
        &self.salt
    }

    fn key(&self) -> &[u8] {
        &self.key
    }

    fn factor(&self) -> Factor {
        Factor::Log2Blocks { log_n: i64::from(self.log_n), block_size: i64::from(self.block_size) }
    }

    fn cost(&self) -> Cost {
        let Some(n) = self.n() else {
            return Cost::default();
        };
        let blocks = n.saturating_mul(u64::from(self.block_size));
        Cost::steps(blocks, NANOSECONDS, blocks.saturating_mul(128))
    }

    fn defect(&self) -> Option<Defect> {
        self.n().is_none().then_some(UNDEFINED)
    }

    fn derive(&self, secret: &[u8]) -> Result<Key, Defect> {
        let n = self.n().ok_or(UNDEFINED)?;
        let parameters = Params::new(Mode::default(), n, u32::from(self.block_size), 1).map_err(|_| UNDEFINED)?;
        let mut key = Zeroizing::new(vec![0; self.key.len()]);
        ::yescrypt::yescrypt(secret, &self.salt, &parameters, &mut key).map_err(|_| UNDEFINED)?;
        Ok(key)
    }

    fn weaknesses(&self) -> Vec<Weakness> {
        Weakness::of_lengths(self.salt.len(), self.key.len(), SHORTEST_KEY)
    }

    fn set_key(&mut self, key: Key) {
        self.key = key;
    }
}

impl fmt::Display for Yescrypt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (log_n, block_size) = (CRYPT.digit(self.log_n.wrapping_sub(1)), CRYPT.digit(self.block_size.wrapping_sub(1)));
        let (salt, key) = (CRYPT.encode_low_first(&self.salt), CRYPT.encode_low_first(&self.key));
        write!(f, "$y$j{log_n}{block_size}${salt}${key}")
    }
}
