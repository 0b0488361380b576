//! The limit on token requests: for each address a set of buckets, each of which gets one request back a period.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The most addresses that are remembered. Beyond it those that were silent longest are forgotten.
const CAPACITY: usize = 4_096;

/// One bucket: how many requests at once, and how long until one more is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bucket {
    /// Until one more request is possible.
    pub period: Duration,
    /// Requests at once.
    pub requests: u32,
}

/// The server's own buckets for the token endpoint.
pub(super) const DEFAULT_BUCKETS: [Bucket; 4] = [
    Bucket { period: Duration::from_mins(1), requests: 30 },
    Bucket { period: Duration::from_mins(2), requests: 40 },
    Bucket { period: Duration::from_mins(10), requests: 50 },
    Bucket { period: Duration::from_hours(1), requests: 100 },
];

/// What each address has left.
#[derive(Debug)]
pub(super) struct RateLimit {
    buckets: Vec<Bucket>,
    addresses: Mutex<HashMap<IpAddr, Vec<Level>>>,
}

/// The requests left in a bucket, at a moment.
#[derive(Clone, Copy, Debug)]
struct Level {
    left: f64,
    at: Instant,
}

impl RateLimit {
    /// Every address begins with full buckets.
    pub(super) fn new(buckets: Vec<Bucket>) -> RateLimit {
        RateLimit { buckets, addresses: Mutex::new(HashMap::new()) }
    }

    /// Takes one request out of every bucket that has one. How long to wait when one of them has none.
    pub(super) fn take(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut addresses = self.addresses();
        if addresses.len() >= CAPACITY && !addresses.contains_key(&address) {
            forget_silent_half(&mut addresses);
        }
        let full = |bucket: &Bucket| Level { left: f64::from(bucket.requests), at: now };
        let levels = addresses.entry(address).or_insert_with(|| self.buckets.iter().map(full).collect());
        let waits = self.buckets.iter().zip(levels).filter_map(|(bucket, level)| level.take(*bucket, now));
        // Not before every bucket was asked: the server takes from the others all the same.
        waits.max().map_or(Ok(()), Err)
    }

    /// Puts a request back, as after a success.
    pub(super) fn give_back(&self, address: IpAddr) {
        if let Some(levels) = self.addresses().get_mut(&address) {
            for (bucket, level) in self.buckets.iter().zip(levels) {
                level.left = (level.left + 1.0).min(f64::from(bucket.requests));
            }
        }
    }

    fn addresses(&self) -> MutexGuard<'_, HashMap<IpAddr, Vec<Level>>> {
        self.addresses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Level {
    /// Takes one request, or says how long until there is one.
    fn take(&mut self, bucket: Bucket, now: Instant) -> Option<Duration> {
        let gained = now.saturating_duration_since(self.at).as_secs_f64() / bucket.period.as_secs_f64();
        self.left = (self.left + gained).min(f64::from(bucket.requests));
        self.at = now;
        if self.left >= 1.0 {
            self.left -= 1.0;
            return None;
        }
        Some(bucket.period.mul_f64(1.0 - self.left))
    }
}

fn forget_silent_half(addresses: &mut HashMap<IpAddr, Vec<Level>>) {
    let last = |levels: &[Level]| levels.first().map(|level| level.at);
    let mut moments: Vec<_> = addresses.values().map(|levels| last(levels)).collect();
    let middle = moments.len() / 2;
    let (_, median, _) = moments.select_nth_unstable(middle);
    let median = *median;
    addresses.retain(|_, levels| last(levels) > median);
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn an_empty_bucket_gets_one_request_a_period() {
        let limit = RateLimit::new(DEFAULT_BUCKETS.to_vec());
        let start = Instant::now();
        for _ in 0..30 {
            limit.take(HERE, start).unwrap();
        }
        assert_eq!(limit.take(HERE, start), Err(Duration::from_mins(1)));
        assert!(limit.take(HERE, start + Duration::from_secs(59)).is_err());
        assert!(limit.take(HERE, start + Duration::from_secs(61)).is_ok());
        assert!(limit.take(HERE, start + Duration::from_secs(62)).is_err());
    }

    #[test]
    fn refused_requests_drain_the_other_buckets() {
        let limit = RateLimit::new(DEFAULT_BUCKETS.to_vec());
        let start = Instant::now();
        let refused = (0..200).filter(|_| limit.take(HERE, start).is_err()).count();
        assert_eq!(refused, 170);
        // The hourly bucket is empty now although 30 requests passed.
        assert_eq!(limit.take(HERE, start + Duration::from_mins(2)), Err(Duration::from_mins(58)));
    }

    #[test]
    fn successes_are_free_and_other_addresses_unharmed() {
        let limit = RateLimit::new(DEFAULT_BUCKETS.to_vec());
        let now = Instant::now();
        for _ in 0..1000 {
            limit.take(HERE, now).unwrap();
            limit.give_back(HERE);
        }
        for number in 0..2 * u32::try_from(CAPACITY).unwrap() {
            let address = IpAddr::V4(number.into());
            limit.take(address, now + Duration::from_millis(u64::from(number))).unwrap();
        }
        assert!(limit.addresses().len() <= CAPACITY);
    }
}
