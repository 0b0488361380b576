//! What must not open, and the token given back.

use super::super::Case;
use super::Row;
use crate::probe::Step::{Application, Authz, OutsideAudience, Revocation, UnknownToken, WithoutToken};
use crate::probe::result::StepOutcome::{Fail, Warn};

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "login-page-without-redirect",
        steps: &[WithoutToken, UnknownToken],
        outcome: Warn,
        when: |case| case.is_success() && case.is_portal_page(),
        cause: "who is not let in gets Authelia's login page with {status} in place of a redirect: a monitor without a keyword turns green on it",
        fix: "let the proxy redirect to the portal, or give the monitor a keyword of the application",
    },
    Row {
        id: "bypass-rule",
        steps: &[WithoutToken],
        outcome: Fail,
        when: |case| opens(case) && is_let_in_without_token(case) == Some(true),
        cause: "the page opens to everybody: the access rules let {url} pass without authentication (bypass), so the monitor proves nothing \
                about it",
        fix: "if the page is to be protected, put a one_factor rule for oauth2:client:{client} before the bypass rule or default",
    },
    Row {
        id: "proxy-does-not-ask",
        steps: &[WithoutToken],
        outcome: Fail,
        when: |case| opens(case) && is_let_in_without_token(case) == Some(false),
        cause: "the page opens to everybody although the authz endpoint refuses who has no token: the proxy does not ask Authelia for {url}",
        fix: "put the authentication middleware on this host and path, and let nothing reach the application past the proxy",
    },
    Row {
        id: "unprotected",
        steps: &[WithoutToken],
        outcome: Fail,
        when: opens,
        cause: "the page opens to everybody: a bypass rule lets it pass, or the proxy does not ask Authelia for it, or a cache answers",
        fix: "protect the page; --authelia URL asks the endpoint without the proxy and tells a rule from the proxy",
    },
    Row {
        id: "any-token-opens",
        steps: &[UnknownToken],
        outcome: Fail,
        when: |case| opens(case) && opens(&case.at(WithoutToken)),
        cause: "the page opens with a token that nobody issued, as it does without any",
        fix: "mend what the step without-token names",
    },
    Row {
        id: "any-authorization-opens",
        steps: &[UnknownToken],
        outcome: Fail,
        when: opens,
        cause: "the page is closed without a token and opens with one that nobody issued: something lets every Authorization header pass",
        fix: "see which rule of the proxy skips the authentication when a request carries an Authorization header",
    },
    Row {
        id: "opens-elsewhere",
        steps: &[WithoutToken, UnknownToken],
        outcome: Warn,
        when: |case| case.is_redirect() && !case.is_sent_to_login(),
        cause: "who is not let in is sent to {location}, which is not the portal {portal}",
        fix: "see whether the application is behind this portal; with http, monitor the https URL",
    },
    Row {
        id: "outside-opens-by-endpoint",
        steps: &[OutsideAudience],
        outcome: Fail,
        when: |case| case.is_success() && case.plan.authz.is_some(),
        cause: "the token is let in at {about}, for which it was not given: a bypass rule or default lets everybody in there",
        fix: "set access_control.default_policy to deny, and narrow the rules that bypass",
    },
    Row {
        id: "outside-opens",
        steps: &[OutsideAudience],
        outcome: Fail,
        when: |case| case.plan.authz.is_none() && !case.is_refused() && !matches!(case.status(), None | Some(400 | 429 | 500..)),
        cause: "the token is let in at {about}, for which it was not given: that page is not protected, or its rule bypasses",
        fix: "protect the page, or narrow the rule that lets it pass",
    },
    Row {
        id: "control-inconclusive",
        steps: &[WithoutToken, UnknownToken, OutsideAudience],
        outcome: Warn,
        when: |case| case.fault().is_none() && !case.is_refused(),
        cause: "the answer {status} does not tell whether the request was let in",
        fix: "see why the server or the application answers so before it decides",
    },
    Row {
        id: "control-unreachable",
        steps: &[WithoutToken, UnknownToken],
        outcome: Warn,
        when: |case| case.fault().is_some() && case.fault() == case.at(Application).fault(),
        cause: "the application cannot be asked: {detail}",
        fix: "mend what the step application names",
    },
    Row {
        id: "revocation-without-effect",
        steps: &[Revocation],
        outcome: Fail,
        when: |case| case.transcript.revocation.made().is_some_and(|seen| seen.is_still_active == Some(true)),
        cause: "the server took the token back, and it is still active",
        fix: "let all instances of Authelia share one storage",
    },
    Row {
        id: "revocation-refused",
        steps: &[Revocation],
        outcome: Warn,
        when: |case| matches!(case.status(), Some(400 | 401 | 403)),
        cause: "the server does not let the client give its token back with {auth-method}, so the token lives on until it expires",
        fix: "leave revocation_endpoint_auth_method away; the monitor does not need it",
    },
    Row {
        id: "revocation-missing",
        steps: &[Revocation],
        outcome: Warn,
        when: |case| !case.is_success(),
        cause: "the revocation endpoint does not answer as one, so the token lives on until it expires",
        fix: "let the proxy pass /api/oidc/revocation on to Authelia; the monitor does not need it",
    },
];

/// Whether the application itself answered: with its page, or with its own word for a page that is not there.
fn opens(case: &Case<'_>) -> bool {
    case.is_success() || matches!(case.status(), Some(404 | 405)) && !case.is_authelia() && application_answers(case)
}

/// Whether the application gives the same answer to the token, so that the answer is the application's own.
fn application_answers(case: &Case<'_>) -> bool {
    case.at(Application).status() == case.status()
}

/// Whether the authz endpoint, asked directly, lets a request without a token in; none when it was not asked.
fn is_let_in_without_token(case: &Case<'_>) -> Option<bool> {
    let status = case.transcript.authz_without_token.as_ref()?.status()?;
    debug_assert!(case.at(Authz).plan.authz.is_some(), "it is asked only where it can be reached");
    Some((200..300).contains(&status))
}
