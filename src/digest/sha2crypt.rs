//! crypt(3) with SHA-256 or SHA-512: `$6$rounds=<n>$<salt>$<key>`, 5,000 rounds where none are named. The derivation is
//! here, not the `sha-crypt` crate's, which refuses fewer than 1,000 rounds and cuts salts at 16 bytes; the server does
//! neither.

use std::fmt;

use sha2::digest::Digest as Hash;
use sha2::{Sha256, Sha512};
use zeroize::{Zeroize, Zeroizing};

use super::algorithm::{Algorithm, Sha2};
use super::base64::CRYPT;
use super::cost::Cost;
use super::error::{Fault, FieldFault, Quoted};
use super::family::{Defect, Factor, Family, Key, Weakness};
use super::fields;

/// Rounds where the digest names none; the server leaves this number out when it prints.
const UNNAMED_ROUNDS: u32 = 5_000;

/// The least and the most rounds the server makes digests with.
pub(super) const FEWEST_ROUNDS: u32 = 1_000;
pub(super) const MOST_ROUNDS: u32 = 999_999_999;

#[derive(Clone)]
pub(super) struct Sha2Crypt {
    pub(super) hash: Sha2,
    pub(super) rounds: u32,
    /// Characters, which are fed to the hash as they are.
    pub(super) salt: Vec<u8>,
    /// As digits: the server compares them so.
    pub(super) key: Key,
}

impl Sha2Crypt {
    /// Reads the parts after the first `$`.
    pub(super) fn parse(hash: Sha2, parts: &[&str]) -> Result<Self, Fault> {
        let (parameters, salt, key) = match *parts {
            [_, salt, key] => (None, salt, key),
            [_, parameters, salt, key] => (Some(parameters), salt, key),
            _ => return Err(Fault::Parts),
        };
        if key.is_empty() {
            return Err(Fault::Key(FieldFault::Empty));
        }
        let mut rounds = u64::from(UNNAMED_ROUNDS);
        let pairs = parameters.map_or_else(|| Ok(Vec::new()), fields::pairs)?;
        for (name, value) in pairs {
            if name != "rounds" {
                return Err(Fault::UnknownOption { name: Quoted::new(name), value: Quoted::new(value) });
            }
            rounds = fields::unsigned(value, u64::from(u32::MAX)).map_err(|fault| Fault::Option {
                name: Quoted::new(name),
                value: Quoted::new(value),
                signed: false,
                fault,
            })?;
        }
        Ok(Self {
            hash,
            rounds: u32::try_from(rounds).expect("read as 32 bits"),
            salt: salt.as_bytes().to_vec(),
            key: Zeroizing::new(key.as_bytes().to_vec()),
        })
    }

    fn key_characters(&self) -> usize {
        match self.hash {
            Sha2::Sha256 => 43,
            Sha2::Sha512 => 86,
        }
    }
}

/// Characters of a salt from as many random bytes: each of the 64 stands for four bytes.
pub(super) fn salt_characters(random: &[u8]) -> Vec<u8> {
    random.iter().map(|&byte| CRYPT.digit(byte)).map(|character| u8::try_from(character).expect("the digits are ASCII")).collect()
}

impl Family for Sha2Crypt {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Sha2Crypt(self.hash)
    }

    fn salt(&self) -> &[u8] {
        &self.salt
    }

    fn key(&self) -> &[u8] {
        &self.key
    }

    fn factor(&self) -> Factor {
        Factor::Rounds(u64::from(self.rounds))
    }

    fn cost(&self) -> Cost {
        // A salt longer than a block's remainder takes more compressions a round.
        let (nanoseconds, block) = match self.hash {
            Sha2::Sha256 => (250, 64),
            Sha2::Sha512 => (640, 128),
        };
        let blocks = 1 + self.salt.len() as u64 / block;
        Cost::steps(u64::from(self.rounds).saturating_mul(blocks), nanoseconds, 0)
    }

    fn defect(&self) -> Option<Defect> {
        let digits = self.key.iter().all(|&digit| CRYPT.value(digit).is_some());
        (self.key.len() != self.key_characters() || !digits).then_some(Defect::Key)
    }

    fn derive(&self, secret: &[u8]) -> Result<Key, Defect> {
        let characters = match self.hash {
            Sha2::Sha256 => {
                let sum = stretch::<Sha256>(secret, &self.salt, self.rounds);
                CRYPT.encode_low_first(&reorder(&sum, &ORDER_SHA256))
            }
            Sha2::Sha512 => {
                let sum = stretch::<Sha512>(secret, &self.salt, self.rounds);
                CRYPT.encode_low_first(&reorder(&sum, &ORDER_SHA512))
            }
        };
        Ok(Zeroizing::new(characters.into_bytes()))
    }

    fn weaknesses(&self) -> Vec<Weakness> {
        let mut found = Weakness::of_lengths(self.salt.len(), self.key.len(), self.key_characters());
        if self.rounds < FEWEST_ROUNDS {
            found.push(Weakness::Iterations { found: i64::from(self.rounds), minimum: i64::from(FEWEST_ROUNDS) });
        }
        found
    }

    fn set_key(&mut self, key: Key) {
        self.key = key;
    }
}

impl fmt::Display for Sha2Crypt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let identifier = match self.hash {
            Sha2::Sha256 => 5,
            Sha2::Sha512 => 6,
        };
        write!(f, "${identifier}$")?;
        if self.rounds != UNNAMED_ROUNDS {
            write!(f, "rounds={}$", self.rounds)?;
        }
        let (salt, key) = (String::from_utf8_lossy(&self.salt), String::from_utf8_lossy(&self.key));
        // The server drops line breaks when it prints.
        f.write_str(&format!("{salt}${key}").replace('\n', ""))
    }
}

/// The derivation of "Unix crypt using SHA-256 and SHA-512", version 0.6, whose step numbers are given.
fn stretch<D: Hash>(secret: &[u8], salt: &[u8], rounds: u32) -> Key {
    // Steps 4 to 8.
    let alternate = Zeroizing::new(D::new().chain_update(secret).chain_update(salt).chain_update(secret).finalize().to_vec());
    // Steps 1 to 3 and 9 to 12: as many bytes of the alternate sum as the secret has, then one of both a bit of its
    // length.
    let mut first = D::new().chain_update(secret).chain_update(salt).chain_update(&*repeated(&alternate, secret.len()));
    let mut length = secret.len();
    while length > 0 {
        first.update(if length & 1 == 1 { &alternate[..] } else { secret });
        length >>= 1;
    }
    let mut sum = Zeroizing::new(first.finalize().to_vec());
    // Steps 13 to 20: the secret and the salt, each hashed as often as it says and cut to its own length.
    let secret = repeated(&hash_times::<D>(secret, secret.len()), secret.len());
    let salt = repeated(&hash_times::<D>(salt, 16 + usize::from(sum[0])), salt.len());
    // Step 21.
    for round in 0..rounds {
        let mut hash = D::new();
        let odd = round % 2 == 1;
        hash.update(if odd { &secret } else { &sum });
        if round % 3 != 0 {
            hash.update(&*salt);
        }
        if round % 7 != 0 {
            hash.update(&*secret);
        }
        hash.update(if odd { &sum } else { &secret });
        let mut next = hash.finalize();
        sum.copy_from_slice(&next);
        next.as_mut_slice().zeroize();
    }
    sum
}

fn hash_times<D: Hash>(input: &[u8], times: usize) -> Key {
    let mut hash = D::new();
    for _ in 0..times {
        hash.update(input);
    }
    Zeroizing::new(hash.finalize().to_vec())
}

/// `length` bytes of `pattern`, over and over.
fn repeated(pattern: &[u8], length: usize) -> Key {
    Zeroizing::new(pattern.iter().copied().cycle().take(length).collect())
}

fn reorder(sum: &[u8], order: &[u8]) -> Key {
    Zeroizing::new(order.iter().map(|&at| sum[usize::from(at)]).collect())
}

/// Step 22: which byte of the sum stands where before it is written low bits first.
#[rustfmt::skip]
const ORDER_SHA256: [u8; 32] = [
    20, 10, 0, 11, 1, 21, 2, 22, 12, 23, 13, 3, 14, 4, 24, 5, 25, 15, 26, 16, 6, 17, 7, 27, 8, 28, 18, 29, 19, 9, 30, 31,
];
#[rustfmt::skip]
const ORDER_SHA512: [u8; 64] = [
    42, 21, 0, 1, 43, 22, 23, 2, 44, 45, 24, 3, 4, 46, 25, 26, 5, 47, 48, 27, 6, 7, 49, 28, 29, 8, 50, 51, 30, 9, 10, 52,
    31, 32, 11, 53, 54, 33, 12, 13, 55, 34, 35, 14, 56, 57, 36, 15, 16, 58, 37, 38, 17, 59, 60, 39, 18, 19, 61, 40, 41, 20,
    62, 63,
];
