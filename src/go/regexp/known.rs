//! Patterns that were read before: a configuration repeats few of them many times.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{PatternError, Regexp};

/// What all patterns of a configuration may cost together, in instructions: ten thousand common ones take an eighth of it, and all of it
/// is compiled in seconds.
const MAX_COST: u64 = 5_000_000;

/// What was made of each pattern. What is read twice is the same program, which is compiled once.
#[derive(Debug, Default)]
pub struct Patterns(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    read: HashMap<Box<str>, Result<Regexp, PatternError>>,
    cost: u64,
    unjudgeable: Option<Box<str>>,
}

impl Patterns {
    /// Reads a pattern, or says why Go refuses it. What all of them cost together is limited.
    pub fn parse(&self, pattern: &str) -> Result<Regexp, PatternError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = known.read.get(pattern) {
            return read.clone();
        }
        let read = Regexp::read(pattern).and_then(|regexp| {
            let cost = known.cost.saturating_add(regexp.cost());
            if cost > MAX_COST {
                return Err(PatternError::Unjudgeable);
            }
            // What proves too big has cost the same.
            known.cost = cost;
            regexp.judged()
        });
        if read.as_ref().is_err_and(|error| *error == PatternError::Unjudgeable) {
            known.unjudgeable.get_or_insert_with(|| pattern.into());
        }
        known.read.insert(pattern.into(), read.clone());
        read
    }

    /// The first pattern that Go accepts and that cannot be matched here.
    pub fn unjudgeable(&self) -> Option<Box<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).unjudgeable.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_twice_is_one_program_and_all_cost_is_limited() {
        let patterns = Patterns::default();
        let first = patterns.parse("^/a$").unwrap();
        assert!(std::ptr::eq(first.pattern(), patterns.parse("^/a$").unwrap().pattern()));
        let heavy = |at: usize| patterns.parse(&format!(r"^/{at}\w{{900}}[\pL{at}]{{90}}$"));
        let refused = (0..1_000).position(|at| matches!(heavy(at), Err(PatternError::Unjudgeable)));
        assert!(refused.is_some_and(|at| at > 1), "{refused:?}");
        let first = patterns.unjudgeable().unwrap();
        assert!(first.starts_with(&format!("^/{}", refused.unwrap())), "{first}");
        assert!(patterns.parse("^/a$").is_ok(), "what is known stays");
    }
}
