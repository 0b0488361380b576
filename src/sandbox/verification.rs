//! Secrets checked for real, off the threads that answer requests, as many at a time as there are cores.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::config::Config;
use crate::config::client::Client;
use crate::cores;
use crate::digest::Unverifiable;
use crate::secret::Secret;

/// Checks secrets without holding other requests up.
#[derive(Debug)]
pub(super) struct Verification {
    places: Arc<Semaphore>,
}

impl Verification {
    /// As many checks at a time as there are cores.
    pub(super) fn new() -> Verification {
        let cores = cores::count();
        Verification { places: Arc::new(Semaphore::new(cores)) }
    }

    /// Whether `secret` is the secret of the client of this id. It costs what the digest costs.
    pub(super) async fn check(&self, config: Arc<Config>, id: String, secret: Secret) -> Result<bool, Unverifiable> {
        let Ok(place) = Arc::clone(&self.places).acquire_owned().await else { return Ok(false) };
        let checked = spawn_blocking(move || {
            // The place is free again when the work is done, also when nobody waits for it any more.
            let _place = place;
            let client = config.oidc.as_ref().and_then(|oidc| oidc.client(&id));
            client.and_then(|client: &Client| client.secret.as_ref()).map_or(Ok(false), |known| known.verify(&secret))
        });
        checked.await.unwrap_or(Ok(false))
    }
}
