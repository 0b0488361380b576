//! Patterns that were read before: a configuration repeats few of them many times.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{PatternError, Regexp};

/// What was made of each pattern. What is read twice is the same program, which is compiled once.
#[derive(Debug, Default)]
pub struct Patterns(Mutex<HashMap<Box<str>, Result<Regexp, PatternError>>>);

impl Patterns {
    /// Reads a pattern, or says why Go refuses it.
    pub fn parse(&self, pattern: &str) -> Result<Regexp, PatternError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = known.get(pattern) {
            return read.clone();
        }
        let read = Regexp::parse(pattern);
        known.insert(pattern.into(), read.clone());
        read
    }
}
