//! A failure as a person reads it: error, causes, hints, always in that order.

use std::fmt::Display;
use std::io::{self, Write};

use crate::outcome::Outcome;
use crate::terminal::printable_lines;

/// Why a command ended early, what to do about it, and the status it leaves with.
#[derive(Debug)]
pub struct Failure {
    error: anyhow::Error,
    hints: Vec<String>,
    outcome: Outcome,
}

impl Failure {
    /// A failure of the command line (status 2).
    pub fn usage(message: impl Display) -> Failure {
        Failure { error: anyhow::anyhow!("{message}"), hints: Vec::new(), outcome: Outcome::Usage }
    }

    /// A failure to do what was asked (status 3).
    pub fn new(message: impl Display) -> Failure {
        Failure { error: anyhow::anyhow!("{message}"), hints: Vec::new(), outcome: Outcome::Failure }
    }

    /// Adds an imperative sentence that mends it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hints.push(hint.into());
        self
    }

    /// The same failure with the place before its message.
    #[must_use]
    pub fn prefixed(self, place: &str) -> Failure {
        let said = self.error.to_string();
        Failure { error: self.error.context(format!("{place}{said}")), ..self }
    }

    /// The status to leave with.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Whether the reader of our output went away, which is no failure.
    pub fn is_broken_pipe(&self) -> bool {
        self.error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The error and its causes on one line, without hints.
    pub fn reason(&self) -> String {
        let mut said = self.error.to_string();
        for cause in self.error.chain().skip(1).map(ToString::to_string) {
            if !said.contains(&cause) {
                said = format!("{said}: {cause}");
            }
        }
        said
    }

    /// The whole on one line.
    pub fn line(&self) -> String {
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let _ = self.print(&mut text);
        let text = String::from_utf8_lossy(&text).trim().replace('\n', "; ").replace('|', "/");
        text.trim_start_matches("error: ").to_owned()
    }

    /// Writes `error:`, one `cause:` line for each cause, and `hint:` lines.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "error: {}", printable_lines(&self.error.to_string()))?;
        let mut said = self.error.to_string();
        for cause in self.error.chain().skip(1) {
            let text = cause.to_string();
            // Libraries repeat their source in their own text; once is enough.
            if !said.contains(&text) {
                writeln!(out, "cause: {}", printable_lines(&text))?;
            }
            said = text;
        }
        for hint in &self.hints {
            writeln!(out, "hint: {}", printable_lines(hint))?;
        }
        Ok(())
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure { error: error.into(), hints: Vec::new(), outcome: Outcome::Failure }
    }
}

/// Attaches advice where a failure is understood.
pub trait Hinted<T> {
    /// Adds an imperative sentence that mends it.
    fn hint(self, hint: impl Into<String>) -> Result<T, Failure>;
}

impl<T, E: Into<Failure>> Hinted<T> for Result<T, E> {
    fn hint(self, hint: impl Into<String>) -> Result<T, Failure> {
        self.map_err(|error| error.into().hint(hint))
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn error_cause_and_hint_come_in_this_order() {
        let result: anyhow::Result<()> = Err(io::Error::from(io::ErrorKind::NotFound)).context("cannot read x.yml");
        let failure = result.hint("name an existing file").unwrap_err();
        let mut out = Vec::new();
        failure.print(&mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "error: cannot read x.yml\ncause: entity not found\nhint: name an existing file\n"
        );
        assert_eq!(failure.outcome(), Outcome::Failure);
    }
}
