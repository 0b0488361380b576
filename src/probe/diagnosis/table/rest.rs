//! What no other row knows, so that nothing fails without a cause.

use super::super::Case;
use super::Row;
use crate::probe::Step::{Application, Authz, Discovery, Introspection, Portal, Token};
use crate::probe::result::StepOutcome::{Fail, Warn};

/// Days before its end at which a certificate should have been renewed.
const RENEWED_BEFORE: i64 = 14;

/// Seconds by which two clocks may differ without harm.
const CLOCK_TOLERANCE: u64 = 60;

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "clock-differs",
        steps: &[Introspection],
        outcome: Warn,
        when: |case| clock_difference(case).is_some_and(|seconds| seconds > CLOCK_TOLERANCE),
        cause: "the clocks of the server and of this machine differ by more than a minute",
        fix: "set both by NTP: Uptime Kuma reckons a token's end by its own clock and asks for the next one too late",
    },
    Row {
        id: "application-certificate-ends-soon",
        steps: &[Application],
        outcome: Warn,
        when: |case| case.is_success() && case.certificate_days().is_some_and(|days| days < RENEWED_BEFORE),
        cause: "the certificate of {host} ends in {days} days",
        fix: "renew it; an automatic renewal should have happened by now",
    },
    Row {
        id: "unknown-fault",
        steps: &[],
        outcome: Fail,
        when: |case| case.fault().is_some(),
        cause: "there was no answer from {asked}: {detail}",
        fix: "ask the same URL with curl -v from this machine",
    },
    Row {
        id: "unexpected-answer",
        steps: &[Portal, Discovery, Token, Introspection, Authz, Application],
        outcome: Fail,
        when: |case| !case.is_success(),
        cause: "{asked} answers {status}, which nothing here explains",
        fix: "look at the log of the proxy, then at that of Authelia",
    },
];

/// Seconds between the end that the token's answer announced and the one that the server tells.
fn clock_difference(case: &Case<'_>) -> Option<u64> {
    let announced = case.transcript.began + case.granted()?.seconds?;
    Some(case.token()?.expires?.abs_diff(announced))
}
