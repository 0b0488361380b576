//! The forms and their names.

use std::fmt;
use std::str::FromStr;

use crate::monitor::Generation;

/// What a monitor's settings are written as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// The fields of Uptime Kuma 2's form, to be typed.
    Kuma2,
    /// The fields of Uptime Kuma 1.23's form, to be typed.
    Kuma1,
    /// What Uptime Kuma 2 takes with its `add` event.
    Kuma2Json,
    /// What Uptime Kuma 1.23 takes with its `add` event.
    Kuma1Json,
    /// A file for `kuma monitor add`.
    KumaCli,
    /// A file for AutoKuma.
    AutokumaJson,
    /// The same as TOML.
    AutokumaToml,
    /// Docker labels for AutoKuma.
    DockerLabels,
    /// An endpoint of Gatus.
    Gatus,
    /// A module of `blackbox_exporter`.
    Blackbox,
    /// A scrape job of Prometheus.
    Prometheus,
    /// A shell script that does by hand what the monitor does.
    Curl,
}

impl Form {
    /// Every form, Uptime Kuma's first.
    pub const ALL: [Form; 12] = [
        Form::Kuma2,
        Form::Kuma1,
        Form::Kuma2Json,
        Form::Kuma1Json,
        Form::KumaCli,
        Form::AutokumaJson,
        Form::AutokumaToml,
        Form::DockerLabels,
        Form::Gatus,
        Form::Blackbox,
        Form::Prometheus,
        Form::Curl,
    ];

    /// The word for it on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Form::Kuma2 => "kuma2",
            Form::Kuma1 => "kuma1",
            Form::Kuma2Json => "kuma2-json",
            Form::Kuma1Json => "kuma1-json",
            Form::KumaCli => "kuma-cli",
            Form::AutokumaJson => "autokuma-json",
            Form::AutokumaToml => "autokuma-toml",
            Form::DockerLabels => "docker-labels",
            Form::Gatus => "gatus",
            Form::Blackbox => "blackbox",
            Form::Prometheus => "prometheus",
            Form::Curl => "curl",
        }
    }

    /// What it is, for the manual.
    pub const fn meaning(self) -> &'static str {
        match self {
            Form::Kuma2 => "the fields of Uptime Kuma 2, to be typed",
            Form::Kuma1 => "the fields of Uptime Kuma 1.23, to be typed",
            Form::Kuma2Json => "the object that Uptime Kuma 2 takes with its 'add' event",
            Form::Kuma1Json => "the object that Uptime Kuma 1.23 takes with its 'add' event",
            Form::KumaCli => "a file for 'kuma monitor add'",
            Form::AutokumaJson => "a file for AutoKuma, as JSON",
            Form::AutokumaToml => "a file for AutoKuma, as TOML",
            Form::DockerLabels => "labels for AutoKuma, for a service in a compose file",
            Form::Gatus => "an endpoint of Gatus",
            Form::Blackbox => "a module of blackbox_exporter",
            Form::Prometheus => "a scrape job of Prometheus",
            Form::Curl => "a shell script that does what the monitor does",
        }
    }

    /// Whether what reads it can ask for an audience; what cannot needs a client with `requested_audience_mode: implicit`.
    pub const fn sends_audience(self) -> bool {
        !matches!(self, Form::Kuma1 | Form::Kuma1Json | Form::Gatus)
    }

    /// The Uptime Kuma that it is for; the newer for all that is not about Uptime Kuma.
    pub(super) const fn generation(self) -> Generation {
        match self {
            Form::Kuma1 | Form::Kuma1Json => Generation::One,
            _ => Generation::Two,
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

    fn from_str(text: &str) -> Result<Form, UnknownForm> {
        Form::ALL.into_iter().find(|form| form.name() == text).ok_or_else(|| UnknownForm(text.to_owned()))
    }
}
