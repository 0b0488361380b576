//! bcrypt: `$2b$<cost>$<22 characters of salt><31 of key>`.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use super::algorithm::Algorithm;
use super::base64::BCRYPT;
use super::cost::Cost;
use super::error::{Fault, FieldFault, Quoted};
use super::family::{Defect, Factor, Family, Key, Weakness};
use super::fields;

/// Bytes of a secret that bcrypt looks at.
pub(super) const LONGEST_SECRET: usize = 72;

/// Bytes of salt, no more and no fewer.
pub(super) const SALT_LENGTH: usize = 16;

/// Characters of a salt and of a key.
pub(super) const SALT_CHARACTERS: usize = 22;
pub(super) const KEY_CHARACTERS: usize = 31;

/// The least and the most the server makes digests with.
pub(super) const LOWEST_COST: u32 = 10;
pub(super) const HIGHEST_COST: u32 = 31;

/// Time of one of the 2^cost steps, on the reference core.
const NANOSECONDS: u64 = 59_600;

#[derive(Clone)]
pub(super) struct Bcrypt {
    pub(super) cost: i64,
    pub(super) salt: Vec<u8>,
    /// As digits: the server compares them so.
    pub(super) key: Key,
}

impl Bcrypt {
    /// Reads the parts after the first `$`.
    pub(super) fn parse(parts: &[&str]) -> Result<Self, Fault> {
        if parts.len() < 3 {
            return Err(Fault::Parts);
        }
        if parts[0] == "2" {
            return Err(Fault::ForeignIdentifier(Quoted::new(parts[0])));
        }
        let &[_, cost, salt_and_key] = parts else {
            return Err(Fault::Parts);
        };
        let cost = fields::signed(cost).map_err(|fault| Fault::Iterations(Quoted::new(cost), fault))?;
        expect_length(salt_and_key, SALT_CHARACTERS + KEY_CHARACTERS).map_err(Fault::Key)?;
        let bytes = salt_and_key.as_bytes();
        let (salt, key) = bytes.split_at(SALT_CHARACTERS);
        Ok(Self { cost, salt: decode_salt(salt)?, key: Zeroizing::new(key.to_vec()) })
    }
}

/// A text of `expected` bytes.
pub(super) fn expect_length(text: &str, expected: usize) -> Result<(), FieldFault> {
    if text.len() == expected {
        return Ok(());
    }
    Err(FieldFault::Length { expected, found: text.len() })
}

/// The bytes of 22 characters of salt.
pub(super) fn decode_salt(characters: &[u8]) -> Result<Vec<u8>, Fault> {
    let legible = std::str::from_utf8(characters).map_err(|error| error.valid_up_to());
    legible.and_then(|text| BCRYPT.decode(text).map_err(|at| at.0)).map_err(|at| Fault::Salt(FieldFault::Base64(at)))
}

/// The characters of the key that `secret` leads to. The server takes a cost below 4 for 10.
pub(super) fn derive(cost: i64, salt: &[u8], secret: &[u8]) -> Result<Key, Defect> {
    let cost = effective_cost(cost)?;
    let salt = <[u8; SALT_LENGTH]>::try_from(salt).map_err(|_| Defect::Salt { found: salt.len(), expected: SALT_LENGTH })?;
    let mut input = Zeroizing::new(secret.to_vec());
    input.push(0);
    input.truncate(LONGEST_SECRET);
    let mut key = ::bcrypt::bcrypt(cost, salt, &input);
    // The last of its 24 bytes has never been part of a digest.
    let characters = BCRYPT.encode(&key[..23]);
    key.zeroize();
    Ok(Zeroizing::new(characters.into_bytes()))
}

/// Why no secret can lead to the key.
pub(super) fn defect(cost: i64, salt: &[u8], key: &[u8]) -> Option<Defect> {
    if let Err(defect) = effective_cost(cost) {
        return Some(defect);
    }
    if salt.len() != SALT_LENGTH {
        return Some(Defect::Salt { found: salt.len(), expected: SALT_LENGTH });
    }
    // 31 digits are 186 bits and 23 bytes are 184: the last digit has two zeros at the end.
    let printable = key.iter().all(|&digit| BCRYPT.value(digit).is_some())
        && key.last().and_then(|&digit| BCRYPT.value(digit)).is_some_and(|value| value.trailing_zeros() >= 2);
    (!printable).then_some(Defect::Key)
}

/// The cost in work of a bcrypt `cost`.
pub(super) fn work(cost: i64) -> Cost {
    effective_cost(cost).map_or_else(|_| Cost::default(), |cost| Cost::steps(1 << cost, NANOSECONDS, 4 * 1024))
}

/// What is below the server's own.
pub(super) fn weaknesses(cost: i64) -> Vec<Weakness> {
    if cost >= i64::from(LOWEST_COST) {
        return Vec::new();
    }
    vec![Weakness::Iterations { found: cost, minimum: i64::from(LOWEST_COST) }]
}

fn effective_cost(cost: i64) -> Result<u32, Defect> {
    if cost < 4 {
        return Ok(10);
    }
    let effective = u32::try_from(cost).ok().filter(|&cost| cost <= HIGHEST_COST);
    effective.ok_or(Defect::Parameters("bcrypt has no cost above 31"))
}

impl Family for Bcrypt {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Bcrypt
    }

    fn salt(&self) -> &[u8] {
        &self.salt
    }

    fn key(&self) -> &[u8] {
        &self.key
    }

    fn factor(&self) -> Factor {
        Factor::Log2Cost(self.cost)
    }

    fn cost(&self) -> Cost {
        work(self.cost)
    }

    fn defect(&self) -> Option<Defect> {
        defect(self.cost, &self.salt, &self.key)
    }

    fn derive(&self, secret: &[u8]) -> Result<Key, Defect> {
        derive(self.cost, &self.salt, secret)
    }

    fn weaknesses(&self) -> Vec<Weakness> {
        weaknesses(self.cost)
    }

    fn set_key(&mut self, key: Key) {
        self.key = key;
    }
}

impl fmt::Display for Bcrypt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "$2b${}${}{}", self.cost, BCRYPT.encode(&self.salt), String::from_utf8_lossy(&self.key))
    }
}
