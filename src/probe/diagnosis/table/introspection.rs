//! What the token holds, its audience aside.

use super::super::Case;
use super::Row;
use crate::probe::Step::{Application, Authz, Introspection};
use crate::probe::result::StepOutcome::{Fail, Warn};
use crate::probe::transcript::FaultKind;

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "introspection-refused",
        steps: &[Introspection],
        outcome: Warn,
        when: |case| matches!(case.status(), Some(401 | 403)),
        cause: "the server does not let the client look into its own token with {auth-method}",
        fix: "leave introspection_endpoint_auth_method away; the monitor does not need it, only this diagnosis does",
    },
    Row {
        id: "introspection-issuer",
        steps: &[Introspection],
        outcome: Warn,
        when: |case| case.is(400),
        cause: "the server was asked about the token by another address or sub-path than the one that gave it",
        fix: "use one portal URL for everything",
    },
    Row {
        id: "introspection-missing",
        steps: &[Introspection],
        outcome: Warn,
        when: |case| case.token().is_none() && case.fault().is_none(),
        cause: "the introspection endpoint does not answer as one: {status}",
        fix: "let the proxy pass /api/oidc/introspection on to Authelia; the monitor does not need it, only this diagnosis does",
    },
    Row {
        id: "token-inactive",
        steps: &[Introspection, Authz, Application],
        outcome: Fail,
        when: |case| is_about_token(case) && case.token().is_some_and(|token| !token.is_active),
        cause: "the token that was just given is not active: the server that was asked has not stored it",
        fix: "let all instances of Authelia share one storage and one hmac_secret; see that the client's lifespan is not nothing",
    },
    Row {
        id: "token-scope-missing",
        steps: &[Introspection, Authz, Application],
        outcome: Fail,
        when: |case| is_about_token(case) && case.token().is_some_and(|token| token.is_active) && !case.has_scope(),
        cause: "the token has the scope '{granted-scope}' and not authelia.bearer.authz",
        fix: "write authelia.bearer.authz into Uptime Kuma's OAuth Scope",
    },
    Row {
        id: "token-expired",
        steps: &[Authz, Application],
        outcome: Fail,
        when: |case| {
            case.is_token_refused()
                && case.token().and_then(|token| token.expires).is_some_and(|expires| expires <= case.transcript.began)
        },
        cause: "the token had already expired when it was used",
        fix: "give the client a longer lifespan, and set the clocks of all machines",
    },
    Row {
        id: "introspection-unreachable",
        steps: &[Introspection],
        outcome: Warn,
        when: |case| case.fault() == Some(FaultKind::AnswerTimeout),
        cause: "the introspection endpoint gave no answer in time: {detail}",
        fix: "look at the server's load; the monitor does not need this endpoint, only this diagnosis does",
    },
];

/// Whether the step is about the token itself: introspection, or a refusal of the token.
pub(super) fn is_about_token(case: &Case<'_>) -> bool {
    case.step == Introspection || case.is_token_refused()
}
