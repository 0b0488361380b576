//! Whether the secret of a monitor is the one that its client's digest was made of: found out for real, once for each pair, within a budget.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::config::client::Client;
use crate::digest::{ClientSecret, Digest, Limit};
use crate::secret::Secret;

/// What came of comparing a monitor's secret with its client's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Match {
    /// It is the one.
    Right,
    /// It is another one.
    Wrong,
    /// The client has no secret that could be compared.
    Absent,
    /// One comparison would take longer than the token request may.
    TooCostly,
    /// The time that all comparisons together may take was used up before.
    OutOfBudget,
}

/// Comparisons that were made, and the time that is left for more.
pub struct Comparisons {
    made: RefCell<HashMap<[u8; 32], Match>>,
    left: Cell<Duration>,
}

/// The time that all comparisons of one run may take, on the reference core of [`crate::digest::Cost`].
const BUDGET: Duration = Duration::from_mins(1);

impl Default for Comparisons {
    fn default() -> Comparisons {
        Comparisons { made: RefCell::default(), left: Cell::new(BUDGET) }
    }
}

impl Comparisons {
    /// Compares a secret with a client's.
    pub fn compare(&self, client: &Client, secret: &Secret) -> Match {
        let digest = match &client.secret {
            None => return Match::Absent,
            Some(ClientSecret::Plaintext(own)) => {
                let equal = own.expose().as_bytes().ct_eq(secret.expose().as_bytes());
                return Match::of(equal.into());
            }
            Some(ClientSecret::Digest(digest)) => digest,
        };
        let pair = fingerprint(client, secret);
        if let Some(known) = self.made.borrow().get(&pair) {
            return *known;
        }
        let result = self.verify(digest, secret);
        self.made.borrow_mut().insert(pair, result);
        result
    }

    fn verify(&self, digest: &Digest, secret: &Secret) -> Match {
        let cost = digest.cost();
        if cost.exceeds(Limit::MONITOR) {
            return Match::TooCostly;
        }
        let Some(left) = self.left.get().checked_sub(cost.reference_time()) else { return Match::OutOfBudget };
        self.left.set(left);
        digest.verify(secret).map_or(Match::TooCostly, Match::of)
    }
}

impl Match {
    fn of(right: bool) -> Match {
        if right { Match::Right } else { Match::Wrong }
    }
}

/// Stands for a pair without keeping the secret.
fn fingerprint(client: &Client, secret: &Secret) -> [u8; 32] {
    let index = client.index.to_le_bytes();
    Sha256::new().chain_update(index).chain_update(secret.expose()).finalize().into()
}

/// What can be said of a secret's text without telling it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Traits {
    /// Nothing is in it.
    pub is_empty: bool,
    /// It begins or ends with white space.
    pub is_padded: bool,
    /// It is a digest.
    pub is_digest: bool,
    /// It is the secret of the documentation's examples.
    pub is_example: bool,
    /// It holds characters that a client has to encode before it sends them by Basic authentication.
    pub needs_encoding: bool,
    /// Characters in it.
    pub length: usize,
}

impl Traits {
    /// Looks at a secret.
    pub fn of(secret: &Secret) -> Traits {
        let text = secret.expose();
        let unreserved = |character: char| character.is_ascii_alphanumeric() || "-._~".contains(character);
        Traits {
            is_empty: text.is_empty(),
            is_padded: text.trim() != text,
            is_digest: Digest::parse(text.trim()).is_ok(),
            is_example: text.trim() == EXAMPLE,
            needs_encoding: !text.trim().chars().all(unreserved),
            length: text.chars().count(),
        }
    }
}

/// The secret behind the digest that Authelia's documentation shows.
const EXAMPLE: &str = "insecure_secret";

#[cfg(test)]
mod tests {
    use super::*;

    fn client(secret: &str) -> Client {
        Client { secret: Some(ClientSecret::decode(secret).unwrap()), ..Client::default() }
    }

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn a_pair_is_compared_once_and_within_the_budget() {
        let comparisons = Comparisons::default();
        let right = client(&Digest::make(&secret("s"), 1000, vec![7; 16]).to_string());
        assert_eq!(comparisons.compare(&right, &secret("s")), Match::Right);
        assert_eq!(comparisons.compare(&right, &secret("s ")), Match::Wrong);
        let left = comparisons.left.get();
        assert_eq!(comparisons.compare(&right, &secret("s")), Match::Right);
        assert_eq!(comparisons.left.get(), left);
        comparisons.left.set(Duration::ZERO);
        assert_eq!(comparisons.compare(&right, &secret("other")), Match::OutOfBudget);
        let costly = Client { index: 1, ..client("$pbkdf2-sha512$99999999999$YWFhYWFhYWE$YWFhYWFhYWE") };
        assert_eq!(comparisons.compare(&costly, &secret("s")), Match::TooCostly);
        assert_eq!(comparisons.compare(&client("plain"), &secret("plain")), Match::Right);
        assert_eq!(comparisons.compare(&Client::default(), &secret("s")), Match::Absent);
    }

    #[test]
    fn traits_tell_what_was_pasted() {
        let of = |text| Traits::of(&secret(text));
        assert!(of("").is_empty && of(" a").is_padded && of("a+b").needs_encoding && of("insecure_secret ").is_example);
        assert!(of("$6$rounds=1000$abc$x").is_digest && !of("plain-Text._~").needs_encoding);
    }
}
