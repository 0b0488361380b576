//! The results as test results: a suite for each target, a case for each step.

use std::io::{self, Write};
use std::time::Duration;

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::Report;
use crate::probe::result::{ProbeResult, StepOutcome, StepResult};
use crate::terminal::{printable_line as line, printable_lines};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut document = Document::new("authkuma probe");
    document.add_test_suites(report.results.iter().map(suite));
    document.serialize(out).map_err(io::Error::other)
}

fn suite(result: &ProbeResult) -> TestSuite {
    let mut suite = TestSuite::new(line(&result.name));
    suite.add_test_cases(result.steps.iter().map(|step| case(result, step)));
    suite
}

fn case(result: &ProbeResult, step: &StepResult) -> TestCase {
    let status = match step.outcome {
        StepOutcome::Pass | StepOutcome::Warn => TestCaseStatus::success(),
        StepOutcome::Skip => TestCaseStatus::skipped(),
        StepOutcome::Fail => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            if let Some(cause) = &step.cause {
                status.set_type(cause.id).set_message(line(&cause.text));
            }
            status.set_description(text(step));
            status
        }
    };
    let mut case = TestCase::new(step.step.name(), status);
    case.set_classname(line(&result.name));
    if let Some(milliseconds) = step.milliseconds {
        case.set_time(Duration::from_secs_f64((milliseconds / 1000.0).max(0.0)));
    }
    if step.outcome != StepOutcome::Fail {
        case.set_system_out(text(step));
    }
    case
}

/// What was expected and observed, and the cause and the mend where there is one.
fn text(step: &StepResult) -> String {
    let cause = step.cause.as_ref().map(|cause| format!("\ncause: {}\nfix: {}", cause.text, cause.fix));
    let configured = step.by_configuration.as_ref().map(|words| format!("\nby the configuration: {words}"));
    let (configured, cause) = (configured.unwrap_or_default(), cause.unwrap_or_default());
    printable_lines(&format!("expected: {}\nobserved: {}{configured}{cause}", step.expected, step.observed))
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::super::sample::{down, up, written};

    #[test]
    fn a_name_steers_no_terminal() {
        let text = written(Form::Junit, &[up("a\u{202e}\n\u{9b}b")]);
        assert!(text.contains("<testsuite name=\"a\u{fffd}\u{fffd}\u{fffd}b\" ") && !text.contains('\u{202e}'), "{text}");
    }

    #[test]
    fn a_failed_step_is_a_failed_case_and_a_step_not_taken_is_skipped() {
        let text = written(Form::Junit, &[up("one"), down("two")]);
        for part in [
            "<testsuites name=\"authkuma probe\" tests=\"5\" skipped=\"1\" failures=\"1\" errors=\"0\">",
            "<testcase name=\"token\" classname=\"one\" time=\"0.250\">",
            "<failure message=\"the rule | denies\" type=\"access-denied\">expected: 200\nobserved: 403\ncause: the rule | denies\nfix: open it</failure>",
        ] {
            assert!(text.contains(part), "no {part} in\n{text}");
        }
    }
}
