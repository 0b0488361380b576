//! The steps of a probe, and which of them are wanted.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// One thing that is asked and answered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step {
    /// The portal answers, with a good certificate.
    Portal,
    /// The provider describes itself.
    Discovery,
    /// A token is given.
    Token,
    /// What the token holds.
    Introspection,
    /// The authz endpoint, asked as the reverse proxy asks it.
    Authz,
    /// The monitored URL with the token.
    Application,
    /// The monitored URL without any token: it must not open.
    WithoutToken,
    /// The monitored URL with a token that nobody issued: it must not open.
    UnknownToken,
    /// Another URL with the token: it must not open.
    OutsideAudience,
    /// The token is given back and works no more.
    Revocation,
}

impl Step {
    /// Every step in the order of the results.
    pub const ALL: [Step; 10] = [
        Step::Portal,
        Step::Discovery,
        Step::Token,
        Step::Introspection,
        Step::Authz,
        Step::Application,
        Step::WithoutToken,
        Step::UnknownToken,
        Step::OutsideAudience,
        Step::Revocation,
    ];

    /// The word for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Step::Portal => "portal",
            Step::Discovery => "discovery",
            Step::Token => "token",
            Step::Introspection => "introspection",
            Step::Authz => "authz",
            Step::Application => "application",
            Step::WithoutToken => "without-token",
            Step::UnknownToken => "unknown-token",
            Step::OutsideAudience => "outside-audience",
            Step::Revocation => "revocation",
        }
    }

    /// Whether it cannot be taken without a token.
    pub const fn needs_token(self) -> bool {
        matches!(self, Step::Introspection | Step::Authz | Step::Application | Step::OutsideAudience | Step::Revocation)
    }

    /// Whether the monitor itself is down when it fails.
    pub const fn is_essential(self) -> bool {
        matches!(self, Step::Portal | Step::Token | Step::Authz | Step::Application)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// No step has this name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownStep(String);

impl fmt::Display for UnknownStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is none of {}", self.0, Step::ALL.map(Step::name).join(", "))
    }
}

impl std::error::Error for UnknownStep {}

impl FromStr for Step {
    type Err = UnknownStep;

    fn from_str(name: &str) -> Result<Step, UnknownStep> {
        Step::ALL.into_iter().find(|step| step.name() == name).ok_or_else(|| UnknownStep(name.to_owned()))
    }
}

/// Which steps are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Selection([bool; Step::ALL.len()]);

impl Default for Selection {
    fn default() -> Selection {
        Selection([true; Step::ALL.len()])
    }
}

impl Selection {
    /// Every step but these.
    pub fn without(steps: &[Step]) -> Selection {
        Selection(Step::ALL.map(|step| !steps.contains(&step)))
    }

    /// These steps alone.
    pub fn only(steps: &[Step]) -> Selection {
        Selection(Step::ALL.map(|step| steps.contains(&step)))
    }

    /// The same but for what asks for a token.
    pub(super) fn without_token(self) -> Selection {
        let mut selection = self;
        for (step, wanted) in Step::ALL.into_iter().zip(&mut selection.0) {
            *wanted &= step != Step::Token && !step.needs_token();
        }
        selection
    }

    /// Whether a step is wanted.
    pub fn has(self, step: Step) -> bool {
        Step::ALL.into_iter().zip(self.0).any(|(one, wanted)| one == step && wanted)
    }

    /// Whether any wanted step cannot be taken without a token, or asks for one.
    pub fn asks_token(self) -> bool {
        Step::ALL.into_iter().any(|step| self.has(step) && (step == Step::Token || step.needs_token()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_asked_for_only_when_a_step_needs_it() {
        assert!(!Selection::only(&[Step::Portal, Step::WithoutToken]).asks_token());
        assert!(Selection::only(&[Step::Application]).asks_token());
        assert!(!Selection::without(&[Step::Portal]).has(Step::Portal));
        assert_eq!("unknown-token".parse::<Step>().unwrap(), Step::UnknownToken);
        assert!("tokens".parse::<Step>().is_err());
    }
}
