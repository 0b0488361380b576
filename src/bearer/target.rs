//! Which Authelia release's behaviour is assumed.

use std::fmt;
use std::str::FromStr;

/// A release of Authelia 4.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Target {
    minor: u16,
    patch: u16,
}

impl Target {
    /// The newest release whose behaviour is known.
    pub const NEWEST: Target = Target { minor: 39, patch: 23 };
    /// The oldest release that knows bearer authorization.
    pub const OLDEST: Target = Target { minor: 38, patch: 0 };

    /// The release 4.`minor`.`patch`.
    pub(super) const fn of(minor: u16, patch: u16) -> Target {
        Target { minor, patch }
    }
}

impl Default for Target {
    fn default() -> Target {
        Target::NEWEST
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "4.{}.{}", self.minor, self.patch)
    }
}

/// Why a text names no release whose behaviour is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownTarget(String);

impl fmt::Display for UnknownTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is not a release from {} to {}", self.0, Target::OLDEST, Target::NEWEST)
    }
}

impl std::error::Error for UnknownTarget {}

impl FromStr for Target {
    type Err = UnknownTarget;

    /// Reads `4.39.20` or `v4.39.20`.
    fn from_str(text: &str) -> Result<Target, UnknownTarget> {
        let unknown = || UnknownTarget(text.to_owned());
        let rest = text.strip_prefix('v').unwrap_or(text).strip_prefix("4.").ok_or_else(unknown)?;
        let (minor, patch) = rest.split_once('.').ok_or_else(unknown)?;
        let target = Target { minor: minor.parse().map_err(|_| unknown())?, patch: patch.parse().map_err(|_| unknown())? };
        if (Target::OLDEST..=Target::NEWEST).contains(&target) { Ok(target) } else { Err(unknown()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_releases_are_read() {
        assert_eq!("v4.39.20".parse::<Target>().unwrap().to_string(), "4.39.20");
        for text in ["4.39", "4.40.0", "4.37.9", "5.0.0", "4.39.x", ""] {
            assert!(text.parse::<Target>().is_err(), "{text}");
        }
    }
}
