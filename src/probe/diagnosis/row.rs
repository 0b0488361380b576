//! A row of the decision table.

use super::Case;
use crate::probe::Step;
use crate::probe::result::{Cause, StepOutcome};

/// From an observation to its cause.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Kebab-case; it never changes.
    pub id: &'static str,
    /// The steps at which it may speak; none means every step.
    pub steps: &'static [Step],
    /// What the step comes to.
    pub outcome: StepOutcome,
    /// Whether it fits.
    pub when: fn(&Case<'_>) -> bool,
    /// The cause. `{words}` in braces stand for what was observed.
    pub cause: &'static str,
    /// How to mend it.
    pub fix: &'static str,
}

impl Row {
    /// Whether it names the cause of a step.
    pub fn fits(&self, case: &Case<'_>) -> bool {
        (self.steps.is_empty() || self.steps.contains(&case.step)) && (self.when)(case)
    }

    /// The cause with what was observed filled in.
    pub fn cause(&self, case: &Case<'_>) -> Cause {
        Cause { id: self.id, text: fill(self.cause, case), fix: fill(self.fix, case) }
    }
}

/// Replaces each `{word}` that the case knows.
fn fill(text: &str, case: &Case<'_>) -> String {
    let mut filled = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled += before;
        let Some((word, behind)) = after.split_once('}') else { break };
        filled += &case.word(word).unwrap_or_else(|| format!("{{{word}}}"));
        rest = behind;
    }
    filled + rest
}
