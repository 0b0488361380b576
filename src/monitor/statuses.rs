//! Which HTTP statuses a monitor accepts.

use std::fmt;
use std::ops::RangeInclusive;

use serde_json::Value;

/// The accepted statuses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statuses {
    /// As ranges in their stored order.
    ranges: Vec<RangeInclusive<u16>>,
    /// Whether what is stored is a list.
    is_list: bool,
}

impl Statuses {
    /// Reads the stored list such as `["200-299", "301"]`. An entry that is no status accepts nothing, as in Uptime Kuma.
    pub fn read(json: &str) -> Statuses {
        let entries: Option<Vec<Value>> = serde_json::from_str(json).ok();
        let is_list = entries.is_some();
        let ranges = entries.iter().flatten().filter_map(|entry| range(entry.as_str()?)).collect();
        Statuses { ranges, is_list }
    }

    /// Whether what is stored is a list, of whatever entries.
    pub fn is_list(&self) -> bool {
        self.is_list
    }

    /// Whether nothing counts as up.
    pub fn is_empty(&self) -> bool {
        self.ranges.iter().all(RangeInclusive::is_empty)
    }

    /// Whether a status counts as up.
    pub fn contain(&self, status: u16) -> bool {
        self.ranges.iter().any(|range| range.contains(&status))
    }

    /// Whether some status of a range counts as up.
    pub fn overlap(&self, other: &RangeInclusive<u16>) -> bool {
        self.ranges.iter().any(|range| !range.is_empty() && range.start() <= other.end() && other.start() <= range.end())
    }
}

impl Default for Statuses {
    fn default() -> Statuses {
        Statuses { ranges: vec![200..=299], is_list: true }
    }
}

impl fmt::Display for Statuses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, range) in self.ranges.iter().enumerate() {
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
    Some(number(first)?..=number(last).filter(|_| !last.contains('-'))?)
}

/// The number that a text begins with, as JavaScript's `parseInt` reads it.
fn number(text: &str) -> Option<u16> {
    let text = text.trim_start();
    text[..text.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
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
        let mixed = Statuses::read(r#"[200, "204 ", "301x", "1-2-3", "-5", "499-400"]"#);
        assert_eq!((mixed.to_string().as_str(), mixed.is_list()), ("204, 301, 499-400", true));
        assert!(!mixed.contain(200) && !mixed.overlap(&(400..=499)));
        for (json, is_list) in
            [("[]", true), ("[200]", true), ("nonsense", false), ("", false), ("\"200\"", false), ("null", false)]
        {
            let none = Statuses::read(json);
            assert!(none.is_empty() && !none.contain(200) && none.is_list() == is_list, "{json}");
        }
    }
}
