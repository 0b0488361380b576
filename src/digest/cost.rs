//! What checking one secret against a digest costs, before it is done.

use std::fmt;
use std::time::Duration;

/// The cost of one verification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Nanoseconds of one core of the reference machine, a 2023 server core with AVX2 and SHA extensions. A number to
    /// compare digests by, the same on every machine.
    pub work: u64,
    /// Memory it fills, in bytes.
    pub memory: u64,
}

/// The most that a verification may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(Cost);

impl Cost {
    /// Whether it is more than `limit`.
    pub fn exceeds(self, limit: Limit) -> bool {
        self.work > limit.0.work || self.memory > limit.0.memory
    }

    /// Whether the memory can be had now.
    pub fn has_room(self) -> bool {
        usize::try_from(self.memory).is_ok_and(|bytes| Vec::<u8>::new().try_reserve_exact(bytes).is_ok())
    }

    /// The work as time on the reference core.
    pub fn reference_time(self) -> Duration {
        Duration::from_nanos(self.work)
    }

    /// `count` steps of `nanoseconds` each, stopping at the largest number there is.
    pub(super) fn steps(count: u64, nanoseconds: u64, memory: u64) -> Self {
        Self { work: count.saturating_mul(nanoseconds), memory }
    }
}

impl Limit {
    /// What a monitor that gives up after 10 seconds can bear: 2.5 seconds of the reference core, which are ten on a core a
    /// quarter as fast, and 1 GiB. About 5.5 million iterations of PBKDF2-SHA512.
    pub const MONITOR: Self = Self::new(Duration::from_millis(2_500), 1 << 30);

    /// What this program is willing to spend on a digest that somebody else wrote: a minute of the reference core, 2 GiB.
    pub const VERIFY: Self = Self::new(Duration::from_mins(1), 2 << 30);

    /// A limit of `work` on the reference core and `memory` bytes.
    pub const fn new(work: Duration, memory: u64) -> Self {
        let nanoseconds = work.as_nanos();
        Self(Cost {
            #[expect(clippy::cast_possible_truncation, reason = "guarded by the comparison; TryFrom is not const")]
            work: if nanoseconds > u64::MAX as u128 { u64::MAX } else { nanoseconds as u64 },
            memory,
        })
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.reference_time().as_secs_f64();
        match seconds {
            ..10.0 => write!(f, "about {seconds:.1} s")?,
            10.0..86_400.0 => write!(f, "about {seconds:.0} s")?,
            _ => f.write_str("more than a day")?,
        }
        if self.memory >= MIB {
            write!(f, " and {} MiB", self.memory / MIB)?;
        }
        Ok(())
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s or {} MiB", self.0.reference_time().as_secs(), self.0.memory / MIB)
    }
}

const MIB: u64 = 1 << 20;
