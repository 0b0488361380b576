//! bcrypt over HMAC-SHA-256 of the secret: `$bcrypt-sha256$v=2,t=2b,r=<cost>$<22 characters of salt>$<31 of key>`.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use super::algorithm::Algorithm;
use super::base64::{BCRYPT, STANDARD};
use super::bcrypt;
use super::cost::Cost;
use super::error::{Fault, Quoted};
use super::family::{Defect, Factor, Family, Key, Weakness};
use super::fields;

#[derive(Clone)]
pub(super) struct BcryptSha256 {
    pub(super) cost: i64,
    pub(super) salt: Vec<u8>,
    /// As digits: the server compares them so.
    pub(super) key: Key,
}

impl BcryptSha256 {
    /// Reads the parts after the first `$`.
    pub(super) fn parse(parts: &[&str]) -> Result<Self, Fault> {
        let &[_, parameters, salt, key] = parts else {
            return Err(Fault::Parts);
        };
        bcrypt::expect_length(salt, bcrypt::SALT_CHARACTERS).map_err(Fault::Salt)?;
        bcrypt::expect_length(key, bcrypt::KEY_CHARACTERS).map_err(Fault::Key)?;
        let mut cost = 0;
        for (name, value) in fields::pairs(parameters)? {
            match name {
                // The server does not look at the versions.
                "v" | "t" => {}
                "r" => {
                    cost = fields::signed(value).map_err(|fault| Fault::Option {
                        name: Quoted::new(name),
                        value: Quoted::new(value),
                        signed: true,
                        fault,
                    })?;
                }
                _ => {
                    return Err(Fault::UnknownOption { name: Quoted::new(name), value: Quoted::new(value) });
                }
            }
        }
        Ok(Self { cost, salt: bcrypt::decode_salt(salt.as_bytes())?, key: Zeroizing::new(key.as_bytes().to_vec()) })
    }
}

impl Family for BcryptSha256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::BcryptSha256
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
        bcrypt::work(self.cost)
    }

    fn defect(&self) -> Option<Defect> {
        bcrypt::defect(self.cost, &self.salt, &self.key)
    }

    fn derive(&self, secret: &[u8]) -> Result<Key, Defect> {
        // Keyed with the characters of the salt, not with its bytes.
        let mut mac =
            Hmac::<Sha256>::new_from_slice(BCRYPT.encode(&self.salt).as_bytes()).expect("HMAC takes keys of any length");
        mac.update(secret);
        let mut tag = mac.finalize().into_bytes();
        let mut input = Zeroizing::new(STANDARD.encode(&tag));
        tag.zeroize();
        // 32 bytes in padded base64.
        input.push('=');
        bcrypt::derive(self.cost, &self.salt, input.as_bytes())
    }

    fn weaknesses(&self) -> Vec<Weakness> {
        bcrypt::weaknesses(self.cost)
    }

    fn set_key(&mut self, key: Key) {
        self.key = key;
    }
}

impl fmt::Display for BcryptSha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "$bcrypt-sha256$v=2,t=2b,r={}${}${}", self.cost, BCRYPT.encode(&self.salt), String::from_utf8_lossy(&self.key))
    }
}
