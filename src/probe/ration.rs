//! How many token requests of a run may fail. The server counts failures by the caller's address, which is Uptime Kuma's too when both
//! run behind one gateway, and starves every monitor there once they are too many: 30 a minute, refilled one by one.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Semaphore, SemaphorePermit};

/// Token requests of one client that may fail in one run.
pub const FAILING_OF_CLIENT: usize = 2;
/// Token requests of all clients that may fail in one run.
pub const FAILING_TOGETHER: usize = 10;

/// A number of failures that is not exceeded, however many ask at once.
#[derive(Debug)]
pub(super) struct Ration {
    /// What a request may cost; one that does not fail gives it back.
    permits: Semaphore,
    failures: AtomicUsize,
    limit: usize,
}

impl Ration {
    pub(super) fn new(limit: usize) -> Ration {
        Ration { permits: Semaphore::new(limit), failures: AtomicUsize::new(0), limit }
    }

    /// Waits until a failure can be afforded; none when none can be any more.
    pub(super) async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        self.permits.acquire().await.ok()
    }

    pub(super) fn is_spent(&self) -> bool {
        self.permits.is_closed()
    }

    /// Counts a failure.
    pub(super) fn spend(&self, permit: Option<SemaphorePermit<'_>>) {
        if let Some(permit) = permit {
            permit.forget();
        }
        if self.failures.fetch_add(1, Ordering::Relaxed) + 1 >= self.limit {
            self.permits.close();
        }
    }
}
