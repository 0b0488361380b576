//! What a probe came to, in every form.

mod json;
mod junit;
mod markdown;
mod nagios;
mod openmetrics;
mod plain;
#[cfg(test)]
mod sample;
mod table;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use super::Look;
use crate::outcome::Plugin;
use crate::probe::result::{Era, ProbeResult, StepOutcome, Verdict};
pub use markdown::markdown;

/// The forms of the answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// For people at a terminal.
    Table,
    /// For people without one.
    Plain,
    /// A versioned document.
    Json,
    /// Test results.
    Junit,
    /// A monitoring plugin's line, with the statuses of a plugin.
    Nagios,
    /// Metrics, for `node_exporter`'s textfile collector too.
    Openmetrics,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 6] = [Form::Table, Form::Plain, Form::Json, Form::Junit, Form::Nagios, Form::Openmetrics];

    /// The word for it on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Form::Table => "table",
            Form::Plain => "plain",
            Form::Json => "json",
            Form::Junit => "junit",
            Form::Nagios => "nagios",
            Form::Openmetrics => "openmetrics",
        }
    }
}

/// What one run of the probe came to.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// Every target, in the order of the command line or the file.
    pub results: &'a [ProbeResult],
    /// The server release that was assumed.
    pub target: &'a str,
}

impl Report<'_> {
    /// Writes the results in a form; `look` is for people only.
    pub fn write(&self, form: Form, look: Look, out: &mut dyn Write) -> io::Result<()> {
        match form {
            Form::Table => table::write(self, look, out),
            Form::Plain => plain::write(self, look, out),
            Form::Json => json::write(self, out),
            Form::Junit => junit::write(self, out),
            Form::Nagios => nagios::write(self, out),
            Form::Openmetrics => openmetrics::write(self, out),
        }
    }

    /// One sentence about all of it.
    pub fn summary(&self) -> String {
        nagios::summary(self)
    }

    /// How a monitoring plugin ends with it: by the target that is worst off, or unknown when nothing was proven.
    pub fn plugin(&self) -> Plugin {
        if self.results.iter().all(|result| result.proves_nothing) {
            return Plugin::Unknown;
        }
        match self.results.iter().map(|result| result.verdict).max() {
            None | Some(Verdict::Up) => Plugin::Ok,
            Some(Verdict::Degraded) => Plugin::Warning,
            Some(Verdict::Down) => Plugin::Critical,
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No form has this name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownForm(String);

impl fmt::Display for UnknownForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is none of {}", self.0, Form::ALL.map(Form::name).join(", "))
    }
}

impl std::error::Error for UnknownForm {}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(name: &str) -> Result<Form, UnknownForm> {
        Form::ALL.into_iter().find(|form| form.name() == name).ok_or_else(|| UnknownForm(name.to_owned()))
    }
}

/// The word for a verdict.
const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Up => "up",
        Verdict::Degraded => "degraded",
        Verdict::Down => "down",
    }
}

/// The word for an outcome.
const fn outcome(outcome: StepOutcome) -> &'static str {
    match outcome {
        StepOutcome::Pass => "pass",
        StepOutcome::Skip => "skip",
        StepOutcome::Warn => "warn",
        StepOutcome::Fail => "fail",
    }
}

/// The outcome's word in its colour.
fn colored(of: StepOutcome, look: Look) -> String {
    let word = outcome(of);
    let code = match of {
        StepOutcome::Pass => "32",
        StepOutcome::Skip => "2",
        StepOutcome::Warn => "33",
        StepOutcome::Fail => "31",
    };
    if look.color { format!("\x1b[{code}m{word}\x1b[0m") } else { word.to_owned() }
}

/// What an era means.
const fn era(era: Era) -> &'static str {
    match era {
        Era::Prefix => "the server compares audiences by prefix: 4.39.20 or earlier",
        Era::Exact => "the server compares audiences as exact texts and does not honour 'resource': 4.39.21 or 4.39.22",
        Era::Resource => {
            "the server compares audiences as exact texts, and by prefix what was asked for by 'resource': 4.39.23 or later"
        }
    }
}
