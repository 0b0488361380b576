//! What the server will answer, and why, as text.

mod expectation;
mod json;
mod plain;
mod reach;
mod upgrade;

use std::io::{self, Write};

use serde_json::Value;

use super::{Look, PlainOrJson};
use crate::access::RuleCheck;
use crate::bearer::{Answer, Mend, Step, Target};
use crate::config::Config;
use crate::monitor::forecast::Forecast;
use crate::source::Span;
pub use expectation::{Unmet, unmet};
pub use reach::write_reach;
pub use upgrade::Upgrade;

/// One question with its answer, ready to be told.
pub struct Told<'a> {
    /// The question as it was put, for the document.
    pub case: Value,
    /// What it is called, for people.
    pub name: String,
    /// The answer; none when the question could not be put.
    pub answer: Option<Answer<'a>>,
    /// Why it could not be put, or what is wrong with it although it was.
    pub error: Option<String>,
    /// What is expected and not so; none when nothing is expected.
    pub unmet: Option<Vec<Unmet>>,
    /// Every access rule against the request, when that is asked for.
    pub rules: Option<Vec<RuleCheck>>,
    /// Positions of later rules that would decide the request, when that is asked for.
    pub shadowed: Option<Vec<usize>>,
    /// What Uptime Kuma will show.
    pub forecast: Option<Forecast>,
    /// The smallest change that makes it pass, where it was looked for and found.
    pub mend: Option<Mend>,
}

/// Everything that a run has to tell.
pub struct Report<'a> {
    /// The configuration, with the places of its parts.
    pub config: &'a Config,
    /// The release whose behaviour is assumed.
    pub target: Target,
    /// The questions in order.
    pub told: &'a [Told<'a>],
}

impl Report<'_> {
    /// Writes it in a form.
    pub fn write(&self, form: PlainOrJson, look: Look, out: &mut dyn Write) -> io::Result<()> {
        match form {
            PlainOrJson::Json => json::write(self, out),
            PlainOrJson::Plain => plain::write(self, look, out),
        }
    }
}

impl Told<'_> {
    /// Whether it is as it should be: as expected, or allowed where nothing is expected.
    pub fn is_good(&self) -> bool {
        match &self.unmet {
            Some(unmet) => unmet.is_empty(),
            None => self.error.is_none() && self.answer.as_ref().is_some_and(Answer::is_allowed),
        }
    }

    /// The result's fields, as the document has them.
    pub fn fields(&self, config: &Config) -> Value {
        json::fields(self, config)
    }
}

/// Where a step's part of the configuration is written, or the nearest thing above it.
fn span_of(step: &Step, config: &Config) -> Option<Span> {
    let path = step.path.as_ref().filter(|_| !config.sources.is_empty())?;
    let located = config.locate(path);
    Some(located.value.or(located.key).unwrap_or(located.nearest))
}

/// The line of that place.
fn line_of(step: &Step, config: &Config) -> Option<usize> {
    let span = span_of(step, config)?;
    Some(config.sources.get(span.source).position(span.start).line)
}
