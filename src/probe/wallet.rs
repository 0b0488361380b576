//! Tokens that several targets share, and the ration of token requests that may fail.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};
use tokio::sync::{OnceCell, Semaphore};

use super::plan::TokenPlan;
use super::transcript::TokenExchange;
use crate::secret::Secret;

/// Token requests that may fail in one run. The server counts failures by the caller's address, which is Uptime Kuma's too when both
/// run behind one gateway, and starves every monitor there once they are too many.
pub const FAILING_TOKEN_REQUESTS: usize = 2;

/// The tokens of a run.
#[derive(Debug)]
pub(super) struct Wallet {
    tokens: Mutex<HashMap<Key, Arc<OnceCell<Option<Issued>>>>>,
    holders: Mutex<HashMap<Key, usize>>,
    /// A permit is what a failing request costs; one that succeeds gives it back.
    ration: Semaphore,
    failures: AtomicUsize,
    proven: Mutex<HashSet<Key>>,
}

/// How a token is asked for, and a fingerprint of the secret.
type Key = (TokenPlan, [u8; 32]);

/// A token request's answer, and the token when one came.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) seen: TokenExchange,
    pub(super) token: Option<Token>,
}

/// A token, with the type under which it came.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: String,
    pub(super) text: Secret,
}

impl Wallet {
    pub(super) fn new() -> Wallet {
        Wallet {
            tokens: Mutex::default(),
            holders: Mutex::default(),
            ration: Semaphore::new(FAILING_TOKEN_REQUESTS),
            failures: AtomicUsize::new(0),
            proven: Mutex::default(),
        }
    }

    /// Announces a target, so that its token is not given back while another one needs it.
    pub(super) fn announce(&self, plan: &TokenPlan, secret: &Secret) {
        *lock(&self.holders).entry(key(plan, secret)).or_default() += 1;
    }

    /// Whether nobody else needs the token any more.
    pub(super) fn release(&self, plan: &TokenPlan, secret: &Secret) -> bool {
        match lock(&self.holders).get_mut(&key(plan, secret)) {
            Some(count) => {
                *count = count.saturating_sub(1);
                *count == 0
            }
            None => true,
        }
    }

    /// The token of a plan, asked for by the first who wants it.
    pub(super) async fn shared(&self, plan: &TokenPlan, secret: &Secret, ask: impl AsyncFnOnce() -> Issued) -> Shared {
        let cell = lock(&self.tokens).entry(key(plan, secret)).or_default().clone();
        cell.get_or_init(|| self.rationed(plan, secret, ask)).await;
        Shared(cell)
    }

    /// A token request, unless too many have failed. A client that has shown a good secret need not wait for others.
    pub(super) async fn rationed(&self, plan: &TokenPlan, secret: &Secret, ask: impl AsyncFnOnce() -> Issued) -> Option<Issued> {
        let client = key(&TokenPlan { scope: String::new(), audience: None, resource: None, ..plan.clone() }, secret);
        let is_proven = lock(&self.proven).contains(&client);
        let permit = if is_proven { None } else { Some(self.ration.acquire().await.ok()?) };
        if self.ration.is_closed() {
            return None;
        }
        let issued = ask().await;
        match issued.seen.exchange.status() {
            Some(200) => drop(lock(&self.proven).insert(client)),
            Some(_) => {
                if let Some(permit) = permit {
                    permit.forget();
                }
                if self.failures.fetch_add(1, Ordering::Relaxed) + 1 >= FAILING_TOKEN_REQUESTS {
                    self.ration.close();
                }
            }
            // The server has counted nothing that never reached it.
            None => {}
        }
        Some(issued)
    }
}

/// A token that others may hold too.
pub(super) struct Shared(Arc<OnceCell<Option<Issued>>>);

impl Shared {
    /// The answer; none when too many requests had failed to ask.
    pub(super) fn issued(&self) -> Option<&Issued> {
        self.0.get()?.as_ref()
    }
}

fn key(plan: &TokenPlan, secret: &Secret) -> Key {
    (plan.clone(), Sha256::digest(secret.expose().as_bytes()).into())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
