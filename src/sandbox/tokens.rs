//! The tokens that were issued, each until it expires or is revoked.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use rand::TryRng;
use sha2::{Digest as _, Sha256};

/// What every access token begins with.
pub(super) const PREFIX: &str = "authelia_at_";

/// Random bytes in each of a token's two halves: 43 characters.
const HALF: usize = 32;

/// The most tokens that are kept; beyond it the one that expires first is forgotten.
const CAPACITY: usize = 20_000;

/// Which token: its digest, so that no token is kept in memory.
type Fingerprint = [u8; 32];

/// What a token stands for.
#[derive(Debug)]
pub(super) struct Issued<G> {
    /// What it stands for.
    pub stands_for: G,
    /// When it was asked for.
    pub since: SystemTime,
    /// When it ceases to be good.
    pub expires: SystemTime,
}

/// The tokens that are known.
#[derive(Debug)]
pub(super) struct Tokens<G>(Mutex<Known<G>>);

#[derive(Debug)]
struct Known<G> {
    tokens: HashMap<Fingerprint, Arc<Issued<G>>>,
    by_expiry: BTreeSet<(SystemTime, Fingerprint)>,
}

impl<G> Tokens<G> {
    /// None.
    pub(super) fn new() -> Tokens<G> {
        Tokens(Mutex::new(Known { tokens: HashMap::new(), by_expiry: BTreeSet::new() }))
    }

    /// Takes a token in, and forgets those that have expired.
    pub(super) fn insert(&self, token: &str, issued: Issued<G>) {
        let mut known = self.known();
        known.forget_expired(issued.since);
        if known.tokens.len() == CAPACITY {
            known.forget_first();
        }
        let fingerprint = fingerprint(token);
        known.by_expiry.insert((issued.expires, fingerprint));
        known.tokens.insert(fingerprint, Arc::new(issued));
    }

    /// A token that is known and good at this moment.
    pub(super) fn get(&self, token: &str, now: SystemTime) -> Option<Arc<Issued<G>>> {
        self.known().tokens.get(&fingerprint(token)).filter(|issued| issued.expires > now).cloned()
    }

    /// Makes a token unknown.
    pub(super) fn revoke(&self, token: &str) {
        let mut known = self.known();
        let fingerprint = fingerprint(token);
        if let Some(issued) = known.tokens.remove(&fingerprint) {
            known.by_expiry.remove(&(issued.expires, fingerprint));
        }
    }

    /// How many are kept.
    #[cfg(test)]
    fn len(&self) -> usize {
        self.known().tokens.len()
    }

    /// Every change leaves the two collections in step, so a panic elsewhere does no harm.
    fn known(&self) -> MutexGuard<'_, Known<G>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<G> Known<G> {
    fn forget_expired(&mut self, now: SystemTime) {
        while self.by_expiry.first().is_some_and(|(expires, _)| *expires <= now) {
            self.forget_first();
        }
    }

    fn forget_first(&mut self) {
        if let Some((_, fingerprint)) = self.by_expiry.pop_first() {
            self.tokens.remove(&fingerprint);
        }
    }
}

/// A new opaque access token: `authelia_at_`, 43 characters, a dot, 43 characters.
pub(super) fn new_token<R: TryRng>(randomness: &mut R) -> Result<String, R::Error> {
    let mut bytes = [0; 2 * HALF];
    randomness.try_fill_bytes(&mut bytes)?;
    let (key, signature) = bytes.split_at(HALF);
    Ok(format!("{PREFIX}{}.{}", Base64UrlUnpadded::encode_string(key), Base64UrlUnpadded::encode_string(signature)))
}

fn fingerprint(token: &str) -> Fingerprint {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rand::SeedableRng as _;
    use rand::rngs::Xoshiro256PlusPlus;

    use super::*;

    fn issued(at: u64, seconds: u64) -> Issued<u32> {
        Issued { stands_for: 1, since: moment(at), expires: moment(at + seconds) }
    }

    fn moment(second: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(second)
    }

    #[test]
    fn a_token_has_the_servers_form() {
        let token = new_token(&mut Xoshiro256PlusPlus::seed_from_u64(1)).unwrap();
        let (key, signature) = token.strip_prefix(PREFIX).unwrap().split_once('.').unwrap();
        assert_eq!((token.len(), key.len(), signature.len()), (99, 43, 43));
    }

    #[test]
    fn a_token_is_good_until_it_expires_or_is_revoked() {
        let tokens = Tokens::new();
        tokens.insert("a", issued(0, 10));
        tokens.insert("b", issued(0, 10));
        assert!(tokens.get("a", moment(9)).is_some());
        assert!(tokens.get("a", moment(10)).is_none());
        tokens.revoke("b");
        assert!(tokens.get("b", moment(1)).is_none());
        tokens.revoke("never issued");
    }

    #[test]
    fn expired_tokens_are_forgotten_and_the_number_is_bounded() {
        let tokens = Tokens::new();
        for second in 0..100 {
            tokens.insert(&second.to_string(), issued(second, 10));
        }
        assert_eq!(tokens.len(), 10);
        for number in 0..CAPACITY {
            tokens.insert(&format!("n{number}"), issued(1_000, 10 + number as u64));
        }
        tokens.insert("last", issued(1_000, 5));
        assert_eq!(tokens.len(), CAPACITY);
        assert!(tokens.get("n0", moment(1_000)).is_none() && tokens.get("last", moment(1_000)).is_some());
        assert_eq!(tokens.known().by_expiry.len(), CAPACITY);
    }
}
