//! What was expected and observed, in words.

use super::Case;
use crate::config::client::BEARER_SCOPE;
use crate::probe::expectation::Expectations;
use crate::probe::plan::Plan;
use crate::probe::transcript::{Answer, BodyKind, FaultKind, Skip, TokenForm, Transcript, Trial};
use crate::probe::{Asker, Step};

/// What a monitor that works needs to be observed.
pub(super) fn expected(case: &Case<'_>) -> String {
    let plan = case.plan;
    match case.step {
        Step::Portal => "200, Authelia's health document".to_owned(),
        Step::Discovery => format!("issuer {}", plan.portal.as_str().trim_end_matches('/')),
        Step::Token => "200, a token".to_owned(),
        Step::Introspection => format!("active, scope {BEARER_SCOPE}, an audience that covers {}", plan.literal_url()),
        Step::Authz => "200".to_owned(),
        Step::Application => match &plan.keyword {
            Some(keyword) => format!("200 to 299, a page with '{keyword}'"),
            None => "200 to 299".to_owned(),
        },
        Step::WithoutToken | Step::UnknownToken | Step::OutsideAudience => {
            "refused: 401, 403 or the way to the portal".to_owned()
        }
        Step::Revocation => "200, the token is active no more".to_owned(),
    }
}

/// What was observed.
pub(super) fn observed(case: &Case<'_>) -> String {
    let Some(exchange) = case.exchange() else { return String::new() };
    let answer = match &exchange.reply {
        Ok(answer) => answer,
        Err(fault) if fault.kind == FaultKind::SecretUnread => return "not asked: there is no secret".to_owned(),
        Err(fault) => return format!("no answer: {}", fault.detail),
    };
    let mut words = vec![answer.status.to_string()];
    match case.step {
        Step::Portal => words.extend(certificate(case)),
        Step::Discovery => words.extend(case.word("issuer").map(|issuer| format!("issuer {issuer}"))),
        Step::Token => words.extend(token(case)),
        Step::Introspection => words.extend(facts(case)),
        Step::Authz | Step::Application | Step::WithoutToken | Step::UnknownToken | Step::OutsideAudience => {
            words.extend(page(answer));
        }
        Step::Revocation => words.extend(revocation(case)),
    }
    words.extend(case.refusal().map(|refusal| refusal.error.clone()));
    if case.step == Step::OutsideAudience {
        words.push(format!("at {}", exchange.about()));
    }
    words.join(", ")
}

/// Why a step was not taken.
pub(super) const fn skip(skip: Skip) -> &'static str {
    match skip {
        Skip::NoToken => "not asked: there is no token",
        Skip::Unreachable => "not asked: the portal cannot be reached",
        Skip::NoListener => "not asked: no address of Authelia itself is given (--authelia)",
        Skip::NothingOutside => {
            "not asked: this server compares audiences by prefix, so the token may open all of this host; --authelia URL asks about another"
        }
        Skip::UnknownAudience => {
            "not asked: introspection does not tell what the token may open, and no URL that it must not open is given (--outside)"
        }
        Skip::OtherHost => {
            "not asked: the token is not sent to another host; --authelia URL asks about it without sending it there"
        }
        Skip::StillInUse => "not yet: another target uses the token",
        Skip::Rationed => "not asked: enough token requests have failed in this run",
    }
}

/// What else should be known.
pub(super) fn notes(plan: &Plan, seen: &Transcript, expectations: Option<&Expectations>, proves_nothing: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if proves_nothing {
        notes.push("nothing was proven: none of the wanted steps could be taken".to_owned());
    }
    if seen.unchecked_certificates {
        notes.push("certificates were not checked (--insecure); Uptime Kuma always checks the portal's".to_owned());
    }
    if seen.plain_http {
        notes.push("secrets and tokens went over plain http to another machine (--insecure-http)".to_owned());
    }
    if plan.token.asker == Asker::Resource {
        notes.push("the token was asked for by 'resource', which no Uptime Kuma can send".to_owned());
    }
    notes.extend(seen.experiment.literal.as_ref().map(|trial| tried("audience", &plan.literal_url(), trial)));
    notes.extend(seen.experiment.resource.as_ref().map(|trial| tried("resource", &plan.literal_url(), trial)));
    notes.extend(expectations.and_then(|expectations| expectations.reservation.clone()));
    notes.extend(Step::ALL.into_iter().filter_map(|step| differs(&Case { plan, transcript: seen, expectations, step })));
    notes
}

/// What another way of asking came to.
fn tried(parameter: &str, url: &str, trial: &Trial) -> String {
    let outcome = match (&trial.opened, trial.token.exchange.status()) {
        (Some((step, exchange)), _) => match &exchange.reply {
            Ok(answer) if (200..300).contains(&answer.status) => "the token is let in".to_owned(),
            Ok(answer) => format!("a token came, and the step {step} answers {}", said(answer)),
            Err(_) => format!("a token came, and the step {step} has no answer"),
        },
        (None, Some(200)) => "a token came".to_owned(),
        (None, Some(status)) => format!("no token, {status}"),
        (None, None) => "no answer".to_owned(),
    };
    format!("tried with {parameter}={url}: {outcome}")
}

/// An answer in a few words.
fn said(answer: &Answer) -> String {
    let words = [answer.status.to_string()].into_iter().chain(page(answer));
    words.collect::<Vec<_>>().join(", ")
}

/// A step that does not answer as the configuration makes it.
fn differs(case: &Case<'_>) -> Option<String> {
    let expectation = case.expectation()?;
    (case.agrees_with_configuration() == Some(false)).then(|| {
        format!(
            "{}: by the configuration the answer is {}; the server runs another configuration or another release, or something stands \
             before it",
            case.step, expectation.words
        )
    })
}

fn certificate(case: &Case<'_>) -> Option<String> {
    let days = case.certificate_days()?;
    let distrust = if case.certificate()?.distrust.is_some() { ", not trusted" } else { "" };
    Some(format!("certificate for {days} more days{distrust}"))
}

fn token(case: &Case<'_>) -> Option<String> {
    let granted = case.granted()?;
    let form = match granted.form {
        TokenForm::Opaque => "a token",
        TokenForm::Signed => "a signed token",
        TokenForm::Foreign => "a token of another kind",
    };
    Some(granted.seconds.map_or_else(|| form.to_owned(), |seconds| format!("{form} for {seconds} s")))
}

fn facts(case: &Case<'_>) -> Option<String> {
    let token = case.token()?;
    if !token.is_active {
        return Some("not active".to_owned());
    }
    let audience = if token.audience.is_empty() { "none".to_owned() } else { token.audience.join(" ") };
    let scope = if token.scope.is_empty() { "none" } else { &token.scope };
    Some(format!("active, scope {scope}, audience {audience}"))
}

fn page(answer: &Answer) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(challenge) = &answer.challenge {
        words.push(
            [Some(challenge.scheme.as_str()), challenge.error.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" "),
        );
    }
    words.extend(answer.redirect.as_ref().map(|redirect| format!("to {}", redirect.url)));
    match &answer.body {
        body if body.is_portal => words.push("the login page".to_owned()),
        body if (200..300).contains(&answer.status) => match (body.has_keyword, body.kind) {
            (Some(true), _) => words.push("the keyword is there".to_owned()),
            (Some(false), _) => words.push("the keyword is not there".to_owned()),
            (None, BodyKind::Html) => words.push("a page".to_owned()),
            (None, _) => {}
        },
        _ => {}
    }
    words
}

fn revocation(case: &Case<'_>) -> Option<String> {
    let is_active = case.transcript.revocation.made()?.is_still_active?;
    Some(if is_active { "still active" } else { "not active any more" }.to_owned())
}
