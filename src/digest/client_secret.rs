//! The value of `client_secret`: a digest, or the secret itself.

use subtle::ConstantTimeEq as _;

use super::error::{Fault, FieldFault};
use super::{Cost, Digest, DigestError, Unverifiable};
use crate::secret::Secret;

/// What `client_secret` holds.
#[derive(Debug)]
pub enum ClientSecret {
    /// The secret itself.
    Plaintext(Secret),
    /// Its digest.
    Digest(Digest),
}

impl ClientSecret {
    /// Reads a value that is not empty as the server does: what begins with `$` is a digest.
    pub fn decode(text: &str) -> Result<ClientSecret, DigestError> {
        match text.strip_prefix("$plaintext$") {
            Some("") => Err(DigestError { decoder: Some("plaintext"), fault: Fault::Key(FieldFault::Empty) }),
            Some(secret) => Ok(ClientSecret::Plaintext(Secret::new(secret.to_owned()))),
            None if text.starts_with('$') => Digest::parse(text).map(ClientSecret::Digest),
            None => Ok(ClientSecret::Plaintext(Secret::new(text.to_owned()))),
        }
    }

    /// Whether it is the secret itself.
    pub fn is_plaintext(&self) -> bool {
        matches!(self, ClientSecret::Plaintext(_))
    }

    /// Whether the server takes `secret` for this client's. Compared in constant time.
    pub fn verify(&self, secret: &Secret) -> Result<bool, Unverifiable> {
        match self {
            ClientSecret::Plaintext(plain) => Ok(plain.expose().as_bytes().ct_eq(secret.expose().as_bytes()).into()),
            ClientSecret::Digest(digest) => digest.verify(secret),
        }
    }

    /// What one verification costs.
    pub fn cost(&self) -> Cost {
        self.digest().map_or_else(Cost::default, Digest::cost)
    }

    /// The digest, when it is one.
    pub fn digest(&self) -> Option<&Digest> {
        match self {
            ClientSecret::Digest(digest) => Some(digest),
            ClientSecret::Plaintext(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_secret_matches_itself_alone() {
        let (right, wrong) = (Secret::new("a$b".to_owned()), Secret::new("a$".to_owned()));
        for text in ["a$b", "$plaintext$a$b"] {
            let stored = ClientSecret::decode(text).unwrap();
            assert_eq!((stored.verify(&right), stored.verify(&wrong)), (Ok(true), Ok(false)), "{text}");
        }
    }

    #[test]
    fn only_a_dollar_makes_a_digest() {
        for plain in ["insecure_secret", "$plaintext$a$b", "{CRYPT}$6$salt$key", " $6$salt$key"] {
            assert!(ClientSecret::decode(plain).unwrap().is_plaintext(), "{plain}");
        }
        assert!(ClientSecret::decode("$6$salt$key").unwrap().digest().is_some());
        let plain = ClientSecret::decode("$plaintext$a$b").unwrap();
        assert!(plain.verify(&Secret::new("a$b".to_owned())).unwrap());
        assert!(!plain.verify(&Secret::new("a$".to_owned())).unwrap());
        assert_eq!(
            ClientSecret::decode("$plaintext$").unwrap_err().to_string(),
            "plaintext decode error: provided encoded hash has a key value that can't be decoded: key has 0 bytes"
        );
    }
}
