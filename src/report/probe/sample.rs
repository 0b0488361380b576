//! Results for the tests of every form.

use super::{Form, Report};
use crate::probe::Step;
use crate::probe::result::{Cause, ProbeResult, StepOutcome, StepResult, Verdict};
use crate::report::Look;

/// What a form makes of results.
pub(super) fn written(form: Form, results: &[ProbeResult]) -> String {
    let mut out = Vec::new();
    Report { results, target: "4.39.23" }.write(form, Look { color: false, width: 80, is_terminal: true }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A target whose monitor passes.
pub(super) fn up(name: &str) -> ProbeResult {
    let steps = vec![
        step(Step::Token, StepOutcome::Pass, Some(250.0)),
        step(Step::Application, StepOutcome::Pass, Some(12.5)),
        step(Step::Revocation, StepOutcome::Skip, None),
    ];
    ProbeResult { certificate_days: Some(80), token_seconds: Some(3599), ..result(name, Verdict::Up, steps) }
}

/// A target whose monitor is refused.
pub(super) fn down(name: &str) -> ProbeResult {
    let cause = Cause { id: "access-denied", text: "the rule | denies".to_owned(), fix: "open it".to_owned() };
    let refused =
        StepResult { cause: Some(cause), observed: "403".to_owned(), ..step(Step::Application, StepOutcome::Fail, Some(10.0)) };
    result(name, Verdict::Down, vec![step(Step::Portal, StepOutcome::Pass, None), refused])
}

fn result(name: &str, verdict: Verdict, steps: Vec<StepResult>) -> ProbeResult {
    ProbeResult {
        name: name.to_owned(),
        url: "https://app.example.com/".to_owned(),
        verdict,
        proves_nothing: false,
        steps,
        era: None,
        notes: Vec::new(),
        certificate_days: None,
        token_seconds: None,
    }
}

fn step(step: Step, outcome: StepOutcome, milliseconds: Option<f64>) -> StepResult {
    StepResult {
        step,
        outcome,
        expected: "200".to_owned(),
        by_configuration: None,
        observed: "200".to_owned(),
        status: None,
        milliseconds,
        cause: None,
        deciding: None,
    }
}
