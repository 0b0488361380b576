//! What a token opens: at the authz endpoint and at the application, and what opens without it.

use url::{Host, Url};

use super::request::Bearer;
use super::{Journey, bearer, request};
use crate::bearer::AudienceRule;
use crate::probe::Step;
use crate::probe::plan::Plan;
use crate::probe::transcript::{Exchange, Observation, Skip, TokenFacts};
use crate::probe::wallet::Token;

impl Journey<'_> {
    pub(super) async fn authz(&self, token: &Token) -> Observation<Exchange> {
        if !self.plan.selection.has(Step::Authz) || self.plan.authz.is_none() {
            return self.skip(Step::Authz, Skip::NoListener);
        }
        (self.on_step)(Step::Authz);
        self.ask_authz(&self.plan.url, Some(token)).await.map_or(Observation::Unwanted, Observation::Made)
    }

    pub(super) async fn authz_without_token(&self) -> Option<Exchange> {
        self.ask_authz(&self.plan.url, None).await
    }

    /// What the authz endpoint says of a URL; none when it cannot be reached.
    pub(super) async fn ask_authz(&self, target: &Url, token: Option<&Token>) -> Option<Exchange> {
        let authz = self.plan.authz.as_ref()?;
        let url = request::authz_url(authz, target);
        let request = request::authz(self.plan, authz, &url, target, token.map(bearer).as_ref());
        Some(match token {
            Some(token) => self.send_token(request, token).await.0,
            None => self.send(request, &self.scrub(&[])).await.0,
        })
    }

    pub(super) async fn application(&self, token: &Token) -> Observation<Exchange> {
        if !self.begins(Step::Application) {
            return Observation::Unwanted;
        }
        Observation::Made(self.ask_application(&self.plan.url, token).await)
    }

    pub(super) async fn ask_application(&self, url: &Url, token: &Token) -> Exchange {
        self.send_token(request::monitored(self.plan, url, Some(&bearer(token))), token).await.0
    }

    /// What must not open: the application without a token, and with one that nobody issued.
    pub(super) async fn controls(&self) -> (Observation<Exchange>, Observation<Exchange>) {
        let without = self.control(Step::WithoutToken, None).await;
        let stranger = Bearer::new("bearer", &self.prober.stranger);
        (without, self.control(Step::UnknownToken, Some(&stranger)).await)
    }

    async fn control(&self, step: Step, bearer: Option<&Bearer>) -> Observation<Exchange> {
        if !self.begins(step) {
            return Observation::Unwanted;
        }
        let scrub = self.scrub(&[&self.prober.stranger]);
        Observation::Made(self.send(request::monitored(self.plan, &self.plan.url, bearer), &scrub).await.0)
    }

    /// What the token must not open: another host at the authz endpoint, or another path of the application.
    pub(super) async fn outside_audience(&self, token: &Token, facts: Option<&TokenFacts>) -> Observation<Exchange> {
        if !self.plan.selection.has(Step::OutsideAudience) {
            return Observation::Unwanted;
        }
        let url = match self.outside(facts) {
            Ok(url) => url,
            Err(skip) => return Observation::Skipped(skip),
        };
        (self.on_step)(Step::OutsideAudience);
        match self.ask_authz(&url, Some(token)).await {
            Some(exchange) => Observation::Made(Exchange { about: Some(super::shown(&url)), ..exchange }),
            None => Observation::Made(self.ask_application(&url, token).await),
        }
    }

    /// Whether a control outside the audience has to know what the token holds.
    pub(super) fn outside_needs_facts(&self) -> bool {
        self.plan.selection.has(Step::OutsideAudience) && self.plan.outside.is_none() && !self.may_ask_sibling_host()
    }

    fn may_ask_sibling_host(&self) -> bool {
        self.plan.authz.is_some() && sibling_host(&self.plan.url).is_some()
    }

    /// The named URL, else one that this server does not take for covered.
    fn outside(&self, facts: Option<&TokenFacts>) -> Result<Url, Skip> {
        if let Some(named) = &self.plan.outside {
            let is_askable = self.plan.authz.is_some() || super::origin(named) == super::origin(&self.plan.url);
            return if is_askable { Ok(named.clone()) } else { Err(Skip::OtherHost) };
        }
        if let Some(host) = sibling_host(&self.plan.url).filter(|_| self.plan.authz.is_some()) {
            return Ok(host);
        }
        let facts = facts.filter(|facts| facts.is_active).ok_or(Skip::UnknownAudience)?;
        let path = sibling_path(self.plan);
        let audience = facts.audience.iter().map(String::as_str);
        if self.rule(facts).admits(audience, path.as_str()) { Err(Skip::NothingOutside) } else { Ok(path) }
    }

    /// How this server compares the token's audience with a URL. Those that tell the issuer of such a token compare exactly, but for what
    /// was asked for by `resource`.
    fn rule(&self, facts: &TokenFacts) -> AudienceRule {
        let is_exact = facts.has_issuer && self.plan.token.resource.is_none();
        if is_exact { AudienceRule::Exact } else { AudienceRule::Prefix { reads_all: false } }
    }
}

/// The name that stands for what a token must not open.
const OUTSIDE: &str = "authkuma-outside-audience";

/// Another host in the same domain.
fn sibling_host(url: &Url) -> Option<Url> {
    let Some(Host::Domain(host)) = url.host() else { return None };
    let (_, domain) = host.split_once('.')?;
    let mut sibling = url.clone();
    sibling.set_host(Some(&format!("{OUTSIDE}.{domain}"))).ok()?;
    sibling.set_path("/");
    sibling.set_query(None);
    Some(sibling)
}

/// Another path at the root of the application.
fn sibling_path(plan: &Plan) -> Url {
    let mut url = plan.url.clone();
    url.set_path(&format!("/{OUTSIDE}"));
    url.set_query(None);
    url
}
