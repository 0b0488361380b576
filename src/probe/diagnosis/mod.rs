//! From observations to causes, by one table of rows. The first row that fits a step names its cause.

mod case;
mod era;
mod row;
pub mod table;
mod words;

pub use case::Case;
pub use row::Row;

use super::Step;
use super::expectation::Expectations;
use super::plan::Plan;
use super::result::{ProbeResult, StepOutcome, StepResult, Verdict};
use super::transcript::Transcript;

/// Says what the observations of one target come to. With expectations, what the configuration makes of each step stands beside it.
pub fn diagnose(plan: &Plan, transcript: &Transcript, expectations: Option<&Expectations>) -> ProbeResult {
    let steps: Vec<StepResult> =
        Step::ALL.into_iter().filter_map(|step| examine(&Case { plan, transcript, expectations, step })).collect();
    let proves_nothing = steps.iter().all(|step| proves_nothing(step, plan));
    ProbeResult {
        name: plan.name.clone(),
        url: plan.literal_url(),
        verdict: verdict(&steps, proves_nothing),
        proves_nothing,
        era: era::of(plan, transcript),
        notes: words::notes(plan, transcript, expectations, proves_nothing),
        certificate_days: transcript.portal_certificate.as_ref().map(|certificate| certificate.days_left(transcript.began)),
        token_seconds: transcript.token.made().and_then(|token| token.granted.as_ref()?.seconds),
        steps,
    }
}

/// One step; none when it was not wanted.
fn examine(case: &Case<'_>) -> Option<StepResult> {
    let expectation = case.expectation();
    let result = StepResult {
        step: case.step,
        outcome: StepOutcome::Pass,
        expected: words::expected(case),
        observed: words::observed(case),
        status: case.exchange().and_then(super::transcript::Exchange::status),
        milliseconds: case.exchange().map(|exchange| exchange.milliseconds),
        by_configuration: expectation.map(|expected| expected.words.clone()),
        cause: None,
        deciding: expectation.and_then(|expected| expected.deciding.clone()),
    };
    if let Some(skip) = case.skip() {
        return Some(StepResult {
            outcome: StepOutcome::Skip,
            observed: words::skip(skip).to_owned(),
            by_configuration: None,
            deciding: None,
            ..result
        });
    }
    case.exchange()?;
    let Some(row) = table::rows().find(|row| row.fits(case)) else { return Some(result) };
    let deciding = result.deciding.filter(|_| case.is_decided_by_configuration());
    Some(StepResult { outcome: row.outcome, cause: Some(row.cause(case)), deciding, ..result })
}

/// Whether it was not taken, or only on the way to another that is wanted.
fn proves_nothing(step: &StepResult, plan: &Plan) -> bool {
    step.outcome == StepOutcome::Skip || step.outcome != StepOutcome::Fail && !plan.selection.has(step.step)
}

fn verdict(steps: &[StepResult], proves_nothing: bool) -> Verdict {
    let worst = |step: &StepResult| match step.outcome {
        StepOutcome::Fail if step.step.is_essential() => Verdict::Down,
        StepOutcome::Fail | StepOutcome::Warn => Verdict::Degraded,
        StepOutcome::Skip if step.leaves_open() => Verdict::Degraded,
        StepOutcome::Pass | StepOutcome::Skip => Verdict::Up,
    };
    let worst = steps.iter().map(worst).max().unwrap_or(Verdict::Up);
    // Up is what was proven, and what was not asked may be anything.
    if proves_nothing { worst.max(Verdict::Degraded) } else { worst }
}
