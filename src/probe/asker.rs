//! Who the probe asks like: the requests of Uptime Kuma, byte for byte.

use std::fmt;
use std::str::FromStr;

/// Whose requests are made.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Asker {
    /// Uptime Kuma 2.5.3: sends an audience when its field holds one.
    #[default]
    Kuma2,
    /// Uptime Kuma 1.23.17: never sends an audience.
    Kuma1,
    /// A client that sends `resource` (RFC 8707) in place of `audience`, which no Uptime Kuma does yet.
    Resource,
}

impl Asker {
    /// Every asker.
    pub const ALL: [Asker; 3] = [Asker::Kuma2, Asker::Kuma1, Asker::Resource];

    /// The word for it on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Asker::Kuma2 => "kuma2",
            Asker::Kuma1 => "kuma1",
            Asker::Resource => "resource",
        }
    }

    /// What it calls itself to the application.
    pub const fn user_agent(self) -> &'static str {
        match self {
            Asker::Kuma2 => "Uptime-Kuma/2.5.3",
            Asker::Kuma1 => "Uptime-Kuma/1.23.17",
            Asker::Resource => concat!("authkuma/", env!("CARGO_PKG_VERSION")),
        }
    }

    /// What it calls itself to the token endpoint.
    pub const fn token_user_agent(self) -> &'static str {
        match self {
            Asker::Kuma2 | Asker::Kuma1 => "openid-client/5.7.1 (https://github.com/panva/openid-client)",
            Asker::Resource => self.user_agent(),
        }
    }

    /// The `Connection` header of its request to the application.
    pub const fn connection(self) -> &'static str {
        if matches!(self, Asker::Kuma1) { "keep-alive" } else { "close" }
    }
}

impl fmt::Display for Asker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No asker has this name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownAsker(String);

impl fmt::Display for UnknownAsker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is none of {}", self.0, Asker::ALL.map(Asker::name).join(", "))
    }
}

impl std::error::Error for UnknownAsker {}

impl FromStr for Asker {
    type Err = UnknownAsker;

    fn from_str(name: &str) -> Result<Asker, UnknownAsker> {
        Asker::ALL.into_iter().find(|asker| asker.name() == name).ok_or_else(|| UnknownAsker(name.to_owned()))
    }
}
