//! Which HTTP statuses a monitor accepts.

use std::fmt;
use std::ops::RangeInclusive;

/// The accepted statuses, as ranges in their stored order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statuses(Vec<RangeInclusive<u16>>);

impl Statuses {
    /// Reads the stored list such as `["200-299", "301"]`. An entry that is no status accepts nothing.
    pub fn read(json: &str) -> Statuses {
        let entries: Vec<String> = serde_json::from_str(json).unwrap_or_default();
        Statuses(entries.iter().filter_map(|entry| range(entry)).collect())
    }

    /// Whether a status counts as up.
    pub fn contain(&self, status: u16) -> bool {
        self.0.iter().any(|range| range.contains(&status))
    }

    /// Whether some status of a range counts as up.
    pub fn overlap(&self, other: &RangeInclusive<u16>) -> bool {
        self.0.iter().any(|range| range.start() <= other.end() && other.start() <= range.end())
    }
}

impl Default for Statuses {
    fn default() -> Statuses {
        Statuses(vec![200..=299])
    }
}

impl fmt::Display for Statuses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, range) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            if range.start() == range.end() {
                write!(f, "{comma}{}", range.start())?;
            } else {
                write!(f, "{comma}{}-{}", range.start(), range.end())?;
            }
        }
        Ok(())
    }
}

fn range(entry: &str) -> Option<RangeInclusive<u16>> {
    let (first, last) = entry.split_once('-').unwrap_or((entry, entry));
    Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_single_statuses_are_read() {
        let statuses = Statuses::read(r#"["200-299","301","x","400-"]"#);
        assert!(statuses.contain(204) && statuses.contain(301) && !statuses.contain(302) && !statuses.contain(400));
        assert!(statuses.overlap(&(300..=399)) && !statuses.overlap(&(400..=499)));
        assert_eq!(statuses.to_string(), "200-299, 301");
        assert!(!Statuses::read("nonsense").contain(200));
    }
}
