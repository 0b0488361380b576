//! What token requests cost a server, once it is known how long one verification takes.

use std::time::Duration;

use super::{Cost, Timing};

/// Seconds after which Uptime Kuma gives up on a token request, whatever the monitor's own timeout.
pub const MONITOR_PATIENCE: f64 = 10.0;

/// Token requests that the server takes from one address in the first minute and in the first hour, since 4.39.17.
const LIMIT_PER_MINUTE: f64 = 30.0;
const LIMIT_PER_HOUR: f64 = 100.0;

/// The work of a server that checks one digest for every token request. Every monitor keeps a token of its own until it
/// expires, and a restart of Uptime Kuma makes all of them ask at once.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Seconds that one verification takes alone.
    pub seconds: f64,
    /// Seconds of one core that it takes.
    pub core_seconds: f64,
    /// Bytes that it fills.
    pub memory: u64,
    /// Cores of the server.
    pub cores: usize,
    /// Monitors, each with its token.
    pub monitors: u32,
    /// Life of a token in seconds.
    pub lifetime: f64,
}

impl Load {
    /// The load by digests as one that was timed.
    pub fn of(timing: &Timing, cores: usize, monitors: u32, lifetime: Duration) -> Load {
        let seconds = timing.time.as_secs_f64();
        let Cost { memory, .. } = timing.recipe.cost();
        let lanes = timing.recipe.threads().min(u32::try_from(cores).unwrap_or(u32::MAX));
        Load { seconds, core_seconds: seconds * f64::from(lanes), memory, cores, monitors, lifetime: lifetime.as_secs_f64() }
    }

    /// How often one verification fits into a monitor's patience.
    pub fn margin(&self) -> f64 {
        MONITOR_PATIENCE / self.seconds
    }

    /// Seconds until the last of the monitors has its token when all ask at once.
    pub fn restart_seconds(&self) -> f64 {
        self.seconds.max(f64::from(self.monitors) * self.core_seconds / self.cores())
    }

    /// Monitors that may ask at once without one of them running out of patience.
    pub fn most_at_once(&self) -> f64 {
        (MONITOR_PATIENCE * self.cores() / self.core_seconds).floor()
    }

    /// Seconds of one core in every second while every monitor renews its token.
    pub fn steady(&self) -> f64 {
        f64::from(self.monitors) * self.core_seconds / self.lifetime
    }

    /// Token requests a second, also with wrong secrets, that keep all cores busy.
    pub fn saturating_rate(&self) -> f64 {
        self.cores() / self.core_seconds
    }

    /// Seconds of one core that a caller without a secret takes from one address in a minute and in an hour.
    pub fn limited_caller(&self) -> (f64, f64) {
        (LIMIT_PER_MINUTE * self.core_seconds, LIMIT_PER_HOUR * self.core_seconds)
    }

    fn cores(&self) -> f64 {
        f64::from(u32::try_from(self.cores).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOAD: Load = Load { seconds: 0.25, core_seconds: 0.5, memory: 0, cores: 4, monitors: 100, lifetime: 3_600.0 };

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-9
    }

    #[test]
    fn figures_follow_from_the_time_of_one() {
        assert!(close(LOAD.margin(), 40.0));
        assert!(close(LOAD.restart_seconds(), 12.5));
        assert!(close(LOAD.most_at_once(), 80.0));
        assert!(close(LOAD.steady(), 50.0 / 3_600.0));
        assert!(close(LOAD.saturating_rate(), 8.0));
        assert_eq!(LOAD.limited_caller(), (15.0, 50.0));
        assert!(close(Load { monitors: 1, ..LOAD }.restart_seconds(), 0.25));
    }
}
