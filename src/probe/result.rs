//! What a probe came to.

use serde::Serialize;

use super::Step;

/// What the probe of one target came to.
#[derive(Clone, Debug)]
pub struct ProbeResult {
    /// The target.
    pub name: String,
    /// The monitored URL.
    pub url: String,
    /// The whole in one word.
    pub verdict: Verdict,
    /// Whether none of the wanted steps could be taken, and nothing failed on the way to them.
    pub proves_nothing: bool,
    /// Each step that was wanted, in order.
    pub steps: Vec<StepResult>,
    /// How this server compares audiences, as far as it showed.
    pub era: Option<Era>,
    /// What else should be known, such as checks that were off.
    pub notes: Vec<String>,
    /// Days until the portal's certificate ends.
    pub certificate_days: Option<i64>,
    /// Seconds for which a token is valid.
    pub token_seconds: Option<u64>,
}

impl ProbeResult {
    /// A target that could not be asked about at all.
    pub fn unasked(name: String, url: String, reason: String) -> ProbeResult {
        let fix = "correct its settings: 'authkuma monitor check' tells what is wrong with them".to_owned();
        let step = StepResult {
            step: Step::Application,
            outcome: StepOutcome::Fail,
            expected: "a target that can be asked".to_owned(),
            by_configuration: None,
            observed: "it could not be asked".to_owned(),
            status: None,
            milliseconds: None,
            cause: Some(Cause { id: "unaskable-target", text: reason, fix }),
            deciding: None,
        };
        ProbeResult {
            name,
            url,
            verdict: Verdict::Down,
            proves_nothing: true,
            steps: vec![step],
            era: None,
            notes: Vec::new(),
            certificate_days: None,
            token_seconds: None,
        }
    }

    /// Whether no step failed, one at least was taken, and the application was asked if it was to be.
    pub fn is_as_wanted(&self) -> bool {
        !self.proves_nothing && self.steps.iter().all(|step| step.outcome != StepOutcome::Fail && !step.leaves_open())
    }

    /// Whether the monitor is known to pass.
    pub fn passes(&self) -> bool {
        self.verdict != Verdict::Down && !self.proves_nothing
    }
}

/// A target in one word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The monitor passes and nothing is wrong.
    Up,
    /// The monitor passes, and something else is wrong.
    Degraded,
    /// The monitor does not pass.
    Down,
}

/// A step in one word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StepOutcome {
    /// As it should be.
    Pass,
    /// Not taken.
    Skip,
    /// As it should be, with a reservation.
    Warn,
    /// Not as it should be.
    Fail,
}

/// What one step came to.
#[derive(Clone, Debug)]
pub struct StepResult {
    /// The step.
    pub step: Step,
    /// What it came to.
    pub outcome: StepOutcome,
    /// What a monitor that works needs to be observed.
    pub expected: String,
    /// What the configuration makes the server answer; none when there is no telling.
    pub by_configuration: Option<String>,
    /// What was observed.
    pub observed: String,
    /// The status of the answer.
    pub status: Option<u16>,
    /// How long it took.
    pub milliseconds: Option<f64>,
    /// Why it is not as it should be.
    pub cause: Option<Cause>,
    /// The line of the configuration that decides what is observed.
    pub deciding: Option<Deciding>,
}

impl StepResult {
    /// Whether it was not taken although the monitor stands and falls with it.
    pub fn leaves_open(&self) -> bool {
        self.step == Step::Application && self.outcome == StepOutcome::Skip
    }
}

/// Why a step is not as it should be: a row of the decision table, filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cause {
    /// Kebab-case; it never changes.
    pub id: &'static str,
    /// The cause.
    pub text: String,
    /// How to mend it.
    pub fix: String,
}

/// The place in the configuration that decides what is observed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Deciding {
    /// The configuration path.
    pub path: String,
    /// The file; none when the path is written nowhere.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
}

/// How a server compares the audience of a token with a URL.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Era {
    /// By prefix on path segments: 4.39.20 and earlier.
    Prefix,
    /// As an exact string, and `resource` never opens anything: 4.39.21 and 4.39.22.
    Exact,
    /// As an exact string, or by prefix what was asked for by `resource`: 4.39.23 and later.
    Resource,
}
