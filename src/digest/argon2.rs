//! Argon2 version 19: `$argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<key>`.

use std::fmt;

use ::argon2::{Argon2 as Derivation, Params, Version};
use zeroize::Zeroizing;

use super::algorithm::{Addressing, Algorithm};
use super::argon2_fill::{self, Parameters};
use super::base64::STANDARD;
use super::cost::Cost;
use super::error::{Fault, FieldFault, Quoted};
use super::family::{Defect, Factor, Family, Key, SHORTEST_KEY, Weakness, blank};
use super::fields;

const VERSION: u64 = 19;

/// Time of mixing one KiB in one pass, on the reference core.
const NANOSECONDS: u64 = 900;

#[derive(Clone)]
pub(super) struct Argon2 {
    pub(super) addressing: Addressing,
    /// KiB.
    pub(super) memory: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
    pub(super) salt: Vec<u8>,
    pub(super) key: Key,
}

impl Argon2 {
    /// Reads the parts after the first `$`.
    pub(super) fn parse(addressing: Addressing, parts: &[&str]) -> Result<Self, Fault> {
        let &[_, version, parameters, salt, key] = parts else {
            return Err(Fault::Parts);
        };
        let (mut memory, mut passes, mut lanes) = (0, 0, 0);
        // The server reads both parts as one list, so they may change places and `v` may be missing.
        for (name, value) in fields::pairs(&format!("{parameters},{version}"))? {
            let largest = if name == "v" { 0xff } else { u64::from(u32::MAX) };
            let number = fields::unsigned(value, largest).map_err(|fault| Fault::Option {
                name: Quoted::new(name),
                value: Quoted::new(value),
                signed: false,
                fault,
            })?;
            let parameter = match name {
                "v" if number == VERSION => continue,
                "v" => return Err(Fault::Version(number)),
                "k" => continue,
                "m" => &mut memory,
                "t" => &mut passes,
                "p" => &mut lanes,
                _ => {
                    return Err(Fault::UnknownOption { name: Quoted::new(name), value: Quoted::new(value) });
                }
            };
            *parameter = number;
        }
        let salt = STANDARD.decode(salt).map_err(|at| Fault::Salt(FieldFault::Base64(at.0)))?;
        let key = STANDARD.decode(key).map_err(|at| Fault::Key(FieldFault::Base64(at.0)))?;
        if key.is_empty() {
            return Err(Fault::Key(FieldFault::Empty));
        }
        Ok(Self {
            addressing,
            memory: or_default(memory, 32 * 1024),
            passes: or_default(passes, 1),
            lanes: or_default(lanes, 4),
            salt,
            key: Zeroizing::new(key),
        })
    }

    /// KiB it fills in truth: two blocks a slice at least, four slices a lane, lanes of one length.
    fn blocks(&self) -> u64 {
        let slices = 4 * u64::from(self.lanes);
        (u64::from(self.memory) / slices).max(2) * slices
    }
}

/// What the server takes where a parameter is missing or zero.
fn or_default(number: u64, default: u32) -> u32 {
    u32::try_from(number).ok().filter(|&number| number > 0).unwrap_or(default)
}

impl Family for Argon2 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Argon2(self.addressing)
    }

    fn salt(&self) -> &[u8] {
        &self.salt
    }

    fn key(&self) -> &[u8] {
        &self.key
    }

    fn factor(&self) -> Factor {
        Factor::Memory { kib: u64::from(self.memory), passes: u64::from(self.passes) }
    }

    fn cost(&self) -> Cost {
        let steps = self.blocks().saturating_mul(u64::from(self.passes));
        Cost::steps(steps, NANOSECONDS, self.blocks() * 1024)
    }

    fn derive(&self, secret: &[u8]) -> Result<Key, Defect> {
        let algorithm = match self.addressing {
            Addressing::Hybrid => ::argon2::Algorithm::Argon2id,
            Addressing::Independent => ::argon2::Algorithm::Argon2i,
            Addressing::Dependent => ::argon2::Algorithm::Argon2d,
        };
        let &Self { addressing, memory, passes, lanes, ref salt, .. } = self;
        let mut key = blank(self.key.len());
        let derived = Params::new(memory, passes, lanes, Some(key.len())).and_then(|parameters| {
            Derivation::new(algorithm, Version::V0x13, parameters).hash_password_into(secret, salt, &mut key)
        });
        if derived.is_err() {
            let parameters = Parameters { addressing, memory, passes, lanes, key_length: key.len() };
            key = argon2_fill::derive(parameters, secret, salt);
        }
        Ok(key)
    }

    fn weaknesses(&self) -> Vec<Weakness> {
        let mut found = Weakness::of_lengths(self.salt.len(), self.key.len(), SHORTEST_KEY);
        let minimum = least_memory(u64::from(self.lanes));
        if u64::from(self.memory) < minimum {
            found.push(Weakness::Memory { found: u64::from(self.memory), minimum });
        }
        found
    }

    fn set_key(&mut self, key: Key) {
        self.key = key;
    }
}

/// The least memory in KiB the server makes digests with.
pub(super) const fn least_memory(lanes: u64) -> u64 {
    8 * lanes
}

impl fmt::Display for Argon2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { memory, passes, lanes, .. } = self;
        let (salt, key) = (STANDARD.encode(&self.salt), STANDARD.encode(&self.key));
        write!(f, "${}$v={VERSION}$m={memory},t={passes},p={lanes}${salt}${key}", self.algorithm())
    }
}
