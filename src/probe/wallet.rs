//! Tokens that several targets share.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};
use tokio::sync::OnceCell;
use url::Url;

use super::plan::TokenPlan;
use super::ration::{FAILING_OF_CLIENT, FAILING_TOGETHER, Ration};
use super::transcript::TokenExchange;
use crate::secret::Secret;

/// The tokens of a run.
#[derive(Debug)]
pub(super) struct Wallet {
    tokens: Mutex<HashMap<Key, Arc<OnceCell<Option<Issued>>>>>,
    holders: Mutex<HashMap<Key, usize>>,
    all: Ration,
    of_clients: Mutex<HashMap<(Url, String), Arc<Ration>>>,
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
            all: Ration::new(FAILING_TOGETHER),
            of_clients: Mutex::default(),
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
        let own = lock(&self.of_clients)
            .entry((plan.url.clone(), plan.client_id.clone()))
            .or_insert_with(|| Arc::new(Ration::new(FAILING_OF_CLIENT)))
            .clone();
        let is_proven = lock(&self.proven).contains(&client);
        let permits = if is_proven { None } else { Some((own.permit().await?, self.all.permit().await?)) };
        if own.is_spent() || self.all.is_spent() {
            return None;
        }
        let issued = ask().await;
        match issued.seen.exchange.status() {
            Some(200) => drop(lock(&self.proven).insert(client)),
            Some(_) => {
                let (of_own, of_all) = permits.unzip();
                own.spend(of_own);
                self.all.spend(of_all);
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
