//! May this subject reach this object: the access rules, compiled once and evaluated the way the server does it.

mod criterion;
mod domain;
mod index;
mod object;
mod policy;
mod query;
mod rule;
mod subject;

pub use criterion::{Criterion, RuleCheck};
pub use object::Object;
pub use policy::{Evaluation, Policy, Undecidable};
pub use subject::Subject;

use std::fmt;

/// What a rule or the default policy asks for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Level {
    /// Nothing: everybody passes.
    Bypass,
    /// One factor, which a client's token is.
    OneFactor,
    /// Two factors, which only a person has.
    TwoFactor,
    /// Nobody passes.
    Deny,
}

impl Level {
    /// The level of a policy's name; a name that the server does not know denies.
    pub fn of(policy: &str) -> Level {
        match policy {
            "bypass" => Level::Bypass,
            "one_factor" => Level::OneFactor,
            "two_factor" => Level::TwoFactor,
            _ => Level::Deny,
        }
    }

    /// The policy's name.
    pub fn name(self) -> &'static str {
        match self {
            Level::Bypass => "bypass",
            Level::OneFactor => "one_factor",
            Level::TwoFactor => "two_factor",
            Level::Deny => "deny",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
