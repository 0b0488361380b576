//! One step with everything that is known around it: what the rows of the table ask.

use url::Url;

use crate::bearer::AudienceRule;
use crate::config::client::BEARER_SCOPE;
use crate::probe::Step;
use crate::probe::expectation::{Expectation, Expectations};
use crate::probe::plan::Plan;
use crate::probe::transcript::{
    Answer, Body, BodyKind, Certificate, Challenge, Exchange, FaultKind, Granted, Observation, Redirect, Refusal, Skip,
    TokenFacts, TokenForm, Transcript, Trial,
};

/// One step with everything that is known around it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What was asked.
    pub plan: &'a Plan,
    /// What was observed.
    pub transcript: &'a Transcript,
    /// What the configuration makes of it.
    pub expectations: Option<&'a Expectations>,
    /// The step in question.
    pub step: Step,
}

impl<'a> Case<'a> {
    /// The same with another step in question.
    pub(super) fn at(&self, step: Step) -> Case<'a> {
        Case { step, ..*self }
    }

    /// Why the step was not taken.
    pub(super) fn skip(&self) -> Option<Skip> {
        fn of<T>(seen: &Observation<T>) -> Option<Skip> {
            if let Observation::Skipped(skip) = seen { Some(*skip) } else { None }
        }
        let seen = self.transcript;
        match self.step {
            Step::Portal => of(&seen.portal),
            Step::Discovery => of(&seen.discovery),
            Step::Token => of(&seen.token),
            Step::Introspection => of(&seen.introspection),
            Step::Authz => of(&seen.authz),
            Step::Application => of(&seen.application),
            Step::WithoutToken => of(&seen.without_token),
            Step::UnknownToken => of(&seen.unknown_token),
            Step::OutsideAudience => of(&seen.outside_audience),
            Step::Revocation => of(&seen.revocation),
        }
    }

    /// What was asked and came back.
    pub(super) fn exchange(&self) -> Option<&'a Exchange> {
        let seen = self.transcript;
        match self.step {
            Step::Portal => seen.portal.made(),
            Step::Discovery => seen.discovery.made().map(|discovery| &discovery.exchange),
            Step::Token => seen.token.made().map(|token| &token.exchange),
            Step::Introspection => seen.introspection.made().map(|introspection| &introspection.exchange),
            Step::Authz => seen.authz.made(),
            Step::Application => seen.application.made(),
            Step::WithoutToken => seen.without_token.made(),
            Step::UnknownToken => seen.unknown_token.made(),
            Step::OutsideAudience => seen.outside_audience.made(),
            Step::Revocation => seen.revocation.made().map(|revocation| &revocation.exchange),
        }
    }

    /// What the configuration makes of the step.
    pub(super) fn expectation(&self) -> Option<&'a Expectation> {
        self.expectations?.of(self.step)
    }

    /// Whether the answer is the one that the configuration makes; none where that does not show.
    pub(super) fn agrees_with_configuration(&self) -> Option<bool> {
        let expectation = self.expectation()?;
        let observed = self.status()?;
        match expectation.status {
            Some(status) => Some(status == observed),
            None => Some(expectation.lets_in? == self.was_let_in()?),
        }
    }

    /// Whether a line of the configuration decides that the step is not as it should be.
    pub(super) fn is_decided_by_configuration(&self) -> bool {
        let Some(expectation) = self.expectation() else { return false };
        let is_unwanted = match self.step {
            Step::WithoutToken | Step::UnknownToken | Step::OutsideAudience => expectation.lets_in == Some(true),
            Step::Token => expectation.status != Some(200),
            _ => expectation.lets_in == Some(false),
        };
        is_unwanted && self.agrees_with_configuration() == Some(true)
    }

    /// Whether the request was let in; none where the answer does not tell. The login page may come with any status.
    fn was_let_in(&self) -> Option<bool> {
        match () {
            () if self.is_portal_page() || self.is_refused() => Some(false),
            () if self.is_success() => Some(true),
            () => None,
        }
    }

    pub(super) fn answer(&self) -> Option<&'a Answer> {
        self.exchange()?.answer()
    }

    pub(super) fn status(&self) -> Option<u16> {
        self.exchange()?.status()
    }

    pub(super) fn is(&self, status: u16) -> bool {
        self.status() == Some(status)
    }

    pub(super) fn is_success(&self) -> bool {
        matches!(self.status(), Some(200..=299))
    }

    pub(super) fn is_gateway_error(&self) -> bool {
        matches!(self.status(), Some(502..=504))
    }

    pub(super) fn fault(&self) -> Option<FaultKind> {
        self.exchange()?.fault().map(|fault| fault.kind)
    }

    pub(super) fn body(&self) -> Option<&'a Body> {
        self.answer().map(|answer| &answer.body)
    }

    pub(super) fn has_body(&self, kind: BodyKind) -> bool {
        self.body().is_some_and(|body| body.kind == kind)
    }

    pub(super) fn is_portal_page(&self) -> bool {
        self.body().is_some_and(|body| body.is_portal)
    }

    /// Whether the body is the short text with which the authz endpoint answers.
    pub(super) fn is_authelia(&self) -> bool {
        self.body().is_some_and(|body| body.is_authelia)
    }

    pub(super) fn redirect(&self) -> Option<&'a Redirect> {
        self.answer()?.redirect.as_ref()
    }

    /// Whether the answer sends its reader to the login page. nginx gives a 401 with `Location`.
    pub(super) fn is_sent_to_login(&self) -> bool {
        let (portal, own) = (self.plan.portal.host_str(), self.plan.url.host_str());
        let to_portal = |redirect: &Redirect| redirect.is_login || portal != own && Some(&*redirect.host) == portal;
        matches!(self.status(), Some(300..=399 | 401)) && self.redirect().is_some_and(to_portal)
    }

    pub(super) fn is_redirect(&self) -> bool {
        matches!(self.status(), Some(300..=399))
    }

    /// Whether the answer refuses in the ways of the server, or of a proxy that speaks for it.
    pub(super) fn is_refused(&self) -> bool {
        matches!(self.status(), Some(401 | 403 | 407)) || self.is_sent_to_login()
    }

    pub(super) fn challenge(&self) -> Option<&'a Challenge> {
        self.answer()?.challenge.as_ref()
    }

    pub(super) fn is_challenged(&self, scheme: &str) -> bool {
        self.challenge().is_some_and(|challenge| challenge.scheme.eq_ignore_ascii_case(scheme))
    }

    /// Whether the server recognised the token and refused it.
    pub(super) fn is_token_refused(&self) -> bool {
        self.answer().is_some_and(Answer::refuses_token)
    }

    /// Whether it is the challenge of the server itself and not of an application behind it.
    pub(super) fn is_basic_of_authelia(&self) -> bool {
        self.is_challenged("basic")
            && self.challenge().is_some_and(|challenge| challenge.realm.as_deref() == Some("Authorization Required"))
    }

    pub(super) fn refusal(&self) -> Option<&'a Refusal> {
        match self.step {
            Step::Token => self.transcript.token.made()?.refusal.as_ref(),
            Step::Introspection => self.transcript.introspection.made()?.refusal.as_ref(),
            Step::Revocation => self.transcript.revocation.made()?.refusal.as_ref(),
            _ => None,
        }
    }

    pub(super) fn error_is(&self, error: &str) -> bool {
        self.refusal().is_some_and(|refusal| refusal.error == error)
    }

    pub(super) fn description_has(&self, text: &str) -> bool {
        self.refusal().is_some_and(|refusal| refusal.description.contains(text))
    }

    pub(super) fn granted(&self) -> Option<&'a Granted> {
        self.transcript.token.made()?.granted.as_ref()
    }

    pub(super) fn has_form(&self, form: TokenForm) -> bool {
        self.granted().is_some_and(|granted| granted.form == form)
    }

    pub(super) fn token(&self) -> Option<&'a TokenFacts> {
        self.transcript.introspection.made()?.token.as_ref()
    }

    pub(super) fn has_scope(&self) -> bool {
        self.token().is_some_and(|token| token.scope.split(' ').any(|scope| scope == BEARER_SCOPE))
    }

    /// Whether introspection tells that the token is alive, has the scope, and its audience is all that may be wrong.
    pub(super) fn is_sound_but_for_audience(&self) -> bool {
        self.token().is_some_and(|token| token.is_active) && self.has_scope()
    }

    /// Whether the token's audience covers the monitored URL by a rule of the server.
    pub(super) fn covers(&self, rule: AudienceRule) -> bool {
        let url = self.plan.literal_url();
        self.token().is_some_and(|token| rule.admits(token.audience.iter().map(String::as_str), &url))
    }

    pub(super) fn covers_by_prefix(&self) -> bool {
        self.covers(AudienceRule::Prefix { reads_all: false })
    }

    pub(super) fn covers_exactly(&self) -> bool {
        self.covers(AudienceRule::Exact)
    }

    /// Whether every entry of the token's audience that is a URL fits the monitored one but for what `fits` leaves aside.
    pub(super) fn any_audience(&self, fits: fn(&Url, &Url) -> bool) -> bool {
        let entries = self.token().into_iter().flat_map(|token| &token.audience);
        entries.filter_map(|entry| Url::parse(entry).ok()).any(|entry| fits(&entry, &self.plan.url))
    }

    pub(super) fn certificate(&self) -> Option<&'a Certificate> {
        match self.step {
            Step::Application | Step::WithoutToken | Step::UnknownToken => self.transcript.application_certificate.as_ref(),
            _ => self.transcript.portal_certificate.as_ref(),
        }
    }

    pub(super) fn certificate_days(&self) -> Option<i64> {
        self.certificate().map(|certificate| certificate.days_left(self.transcript.began))
    }

    pub(super) fn literal(&self) -> Option<&'a Trial> {
        self.transcript.experiment.literal.as_ref()
    }

    pub(super) fn resource(&self) -> Option<&'a Trial> {
        self.transcript.experiment.resource.as_ref()
    }

    /// What a word in a row's text stands for.
    pub(super) fn word(&self, word: &str) -> Option<String> {
        let none = || "none".to_owned();
        let known = match word {
            "url" => self.plan.literal_url(),
            "host" => self.exchange().and_then(|exchange| Url::parse(&exchange.url).ok()?.host_str().map(str::to_owned))?,
            "asked" => self.exchange()?.url.clone(),
            "about" => self.exchange()?.about().to_owned(),
            "portal" => self.plan.portal.as_str().trim_end_matches('/').to_owned(),
            "token-url" => self.plan.token.url.to_string(),
            "client" => self.plan.token.client_id.clone(),
            "scope" => self.plan.token.scope.clone(),
            "method" => self.plan.method.clone(),
            "auth-method" => self.plan.token.method.name().to_owned(),
            "keyword" => self.plan.keyword.clone()?,
            "endpoint" => {
                self.plan.authz.as_ref().map_or_else(|| "the authz endpoint".to_owned(), |authz| authz.endpoint.clone())
            }
            "wanted-audience" => self.plan.token.audience.clone().unwrap_or_else(none),
            "audience" => self.token().map_or_else(none, |token| token.audience.join(", ")),
            "granted-scope" => self.token().map_or_else(none, |token| token.scope.clone()),
            "status" => self.status()?.to_string(),
            "location" => self.redirect()?.url.clone(),
            "retry-after" => match self.answer()?.retry_after.as_deref() {
                Some(seconds) if seconds.bytes().all(|byte| byte.is_ascii_digit()) => format!("in {seconds} s"),
                Some(date) => format!("from {date} on"),
                None => "later".to_owned(),
            },
            "detail" => self.exchange()?.fault()?.detail.clone(),
            "error" => self.refusal()?.error.clone(),
            "description" => self.refusal()?.description.clone(),
            "names" => self.certificate().map_or_else(none, |certificate| certificate.names.join(", ")),
            "authority" => self.certificate().map_or_else(none, |certificate| certificate.issuer.clone()),
            "days" => self.certificate_days()?.to_string(),
            "days-ago" => (-self.certificate_days()?).to_string(),
            "seconds" => self.granted()?.seconds?.to_string(),
            "bytes" => self.body()?.bytes.to_string(),
            "issuer" => self.transcript.discovery.made()?.issuer.clone().unwrap_or_else(none),
            "token-endpoint" => self.transcript.discovery.made()?.token_endpoint.clone().unwrap_or_else(none),
            "milliseconds" => format!("{:.0}", self.exchange()?.milliseconds),
            _ => return None,
        };
        Some(known)
    }
}
