//! Faults on purpose: slow answers, errors, dropped connections and tokens that have expired, by probability and seed.

use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

/// How likely each fault is, from 0 to 1, and the seed from which it is drawn which request meets one.
#[derive(Clone, Debug, PartialEq)]
pub struct Faults {
    /// An answer comes late.
    pub latency: f64,
    /// How late.
    pub delay: Duration,
    /// The answer is 500.
    pub error: f64,
    /// The connection is closed without an answer.
    pub drop: f64,
    /// The token of an authz request counts as expired.
    pub expired: f64,
    /// The same seed brings the same faults.
    pub seed: u64,
}

impl Default for Faults {
    fn default() -> Faults {
        Faults { latency: 0.0, delay: Duration::from_secs(2), error: 0.0, drop: 0.0, expired: 0.0, seed: 0 }
    }
}

/// Why a text describes no faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault(String);

impl std::fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "'{}' is not latency, error, drop or expired with a probability from 0 to 1, as in 'error=0.1'", self.0)
    }
}

impl std::error::Error for UnknownFault {}

impl FromStr for Faults {
    type Err = UnknownFault;

    /// Reads `latency=0.2,error=0.1,drop=0.05,expired=0.1`.
    fn from_str(text: &str) -> Result<Faults, UnknownFault> {
        let mut faults = Faults::default();
        for part in text.split(',') {
            let unknown = || UnknownFault(part.to_owned());
            let (kind, probability) = part.split_once('=').ok_or_else(unknown)?;
            let probability: f64 = probability.parse().map_err(|_| unknown())?;
            if !(0.0..=1.0).contains(&probability) {
                return Err(unknown());
            }
            match kind {
                "latency" => faults.latency = probability,
                "error" => faults.error = probability,
                "drop" => faults.drop = probability,
                "expired" => faults.expired = probability,
                _ => return Err(unknown()),
            }
        }
        Ok(faults)
    }
}

/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mishap {
    pub delay: Option<Duration>,
    pub error: bool,
    pub drop: bool,
    pub expired: bool,
}

/// Draws what goes wrong, request by request.
#[derive(Debug)]
pub(super) struct Draw {
    faults: Faults,
    request: AtomicU64,
}

impl Draw {
    /// Begins with the first request.
    pub(super) fn new(faults: Faults) -> Draw {
        Draw { faults, request: AtomicU64::new(0) }
    }

    /// What goes wrong with the next request.
    pub(super) fn next(&self) -> Mishap {
        let request = self.request.fetch_add(1, Ordering::Relaxed);
        let hits = |kind: u8, probability: f64| probability > 0.0 && fraction(self.faults.seed, request, kind) < probability;
        Mishap {
            delay: hits(0, self.faults.latency).then_some(self.faults.delay),
            error: hits(1, self.faults.error),
            drop: hits(2, self.faults.drop),
            expired: hits(3, self.faults.expired),
        }
    }
}

/// A number from 0 up to 1 that depends on its arguments alone.
fn fraction(seed: u64, request: u64, kind: u8) -> f64 {
    let digest =
        Sha256::new().chain_update(seed.to_be_bytes()).chain_update(request.to_be_bytes()).chain_update([kind]).finalize();
    let drawn = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    f64::from(drawn) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_faults_is_read_and_anything_else_refused() {
        let faults: Faults = "latency=0.5,error=1,drop=0,expired=0.25".parse().unwrap();
        assert_eq!((faults.latency, faults.error, faults.drop, faults.expired), (0.5, 1.0, 0.0, 0.25));
        for text in ["", "error", "error=2", "error=-1", "error=NaN", "errors=1", "error=1,"] {
            assert!(text.parse::<Faults>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_seed_decides_and_the_probability_holds() {
        let draw = |seed| {
            let draw = Draw::new(Faults { error: 0.25, seed, ..Faults::default() });
            (0..4_000).map(|_| draw.next().error).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        let hits = draw(7).into_iter().filter(|hit| *hit).count();
        assert!((900..1_100).contains(&hits), "{hits}");
        assert_eq!(Draw::new(Faults::default()).next(), Mishap::default());
    }
}
