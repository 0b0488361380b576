//! scrypt: `$scrypt$ln=<log2 N>,r=<block size>,p=<parallelism>$<salt>$<key>`.

use std::fmt;

use ::scrypt::Params;
use zeroize::Zeroizing;

use super::algorithm::Algorithm;
use super::base64::STANDARD;
use super::cost::Cost;
use super::error::{Fault, FieldFault, Quoted};
use super::family::{Defect, Factor, Family, Key, SHORTEST_KEY, Weakness};
use super::fields;

/// Time of mixing 128 bytes in and out again, on the reference core.
const NANOSECONDS: u64 = 300;

#[derive(Clone)]
pub(super) struct Scrypt {
    pub(super) log_n: i64,
    pub(super) block_size: i64,
    pub(super) parallelism: i64,
    pub(super) salt: Vec<u8>,
    pub(super) key: Key,
}

impl Scrypt {
    /// Reads the parts after the first `$`.
    pub(super) fn parse(parts: &[&str]) -> Result<Self, Fault> {
        let &[_, parameters, salt, key] = parts else {
            return Err(Fault::Parts);
        };
        let (mut log_n, mut block_size, mut parallelism) = (16, 8, 1);
        for (name, value) in fields::pairs(parameters)? {
            let parameter = match name {
                "ln" => &mut log_n,
                "r" => &mut block_size,
                "p" => &mut parallelism,
                _ => {
                    return Err(Fault::UnknownOption { name: Quoted::new(name), value: Quoted::new(value) });
                }
            };
            *parameter = fields::signed(value).map_err(|fault| Fault::Option {
                name: Quoted::new(name),
                value: Quoted::new(value),
                signed: true,
                fault,
            })?;
        }
        let salt = STANDARD.decode(salt).map_err(|at| Fault::Salt(FieldFault::Base64(at.0)))?;
        let key = STANDARD.decode(key).map_err(|at| Fault::Key(FieldFault::Base64(at.0)))?;
        if key.is_empty() {
            return Err(Fault::Key(FieldFault::Empty));
        }
        Ok(Self { log_n, block_size, parallelism, salt, key: Zeroizing::new(key) })
    }

    /// The parameters, if scrypt is defined for them: N a power of two above 1, r and p positive, and r times p below
    /// 2^30.
    fn parameters(&self) -> Option<(u8, u32, u32)> {
        let log_n = u8::try_from(self.log_n).ok().filter(|log_n| (1..=62).contains(log_n))?;
        let r = u32::try_from(self.block_size).ok().filter(|&r| r > 0)?;
        let p = u32::try_from(self.parallelism).ok().filter(|&p| p > 0)?;
        let room = i64::MAX.unsigned_abs() / 128 / u64::from(r);
        let fits = u64::from(r) * u64::from(p) < 1 << 30 && 1_u64 << log_n <= room;
        fits.then_some((log_n, r, p))
    }
}

const UNDEFINED: Defect = Defect::Parameters("scrypt is not defined for its ln, r and p");

impl Family for Scrypt {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Scrypt
    }

    fn salt(&self) -> &[u8] {
        &self.salt
    }

    fn key(&self) -> &[u8] {
        &self.key
    }

    fn factor(&self) -> Factor {
        Factor::Log2Blocks { log_n: self.log_n, block_size: self.block_size }
    }

    fn cost(&self) -> Cost {
        let Some((log_n, r, p)) = self.parameters() else {
            return Cost::default();
        };
        let blocks = (1_u64 << log_n).saturating_mul(u64::from(r));
        let memory = blocks.saturating_add(u64::from(r) * u64::from(p)).saturating_mul(128);
        Cost::steps(blocks.saturating_mul(u64::from(p)), NANOSECONDS, memory)
    }

    fn defect(&self) -> Option<Defect> {
        self.parameters().is_none().then_some(UNDEFINED)
    }

    fn derive(&self, secret: &[u8]) -> Result<Key, Defect> {
        let (log_n, r, p) = self.parameters().ok_or(UNDEFINED)?;
        let parameters = Params::new(log_n, r, p).map_err(|_| UNDEFINED)?;
        let mut key = Zeroizing::new(vec![0; self.key.len()]);
        ::scrypt::scrypt(secret, &self.salt, &parameters, &mut key).map_err(|_| UNDEFINED)?;
        Ok(key)
    }

    fn weaknesses(&self) -> Vec<Weakness> {
        Weakness::of_lengths(self.salt.len(), self.key.len(), SHORTEST_KEY)
    }

    fn set_key(&mut self, key: Key) {
        self.key = key;
    }
}

impl fmt::Display for Scrypt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { log_n, block_size, parallelism, .. } = self;
        let (salt, key) = (STANDARD.encode(&self.salt), STANDARD.encode(&self.key));
        write!(f, "$scrypt$ln={log_n},r={block_size},p={parallelism}${salt}${key}")
    }
}
