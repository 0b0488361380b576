//! What a monitor's requests are answered: the engine asked in the monitor's name.

use std::cell::Cell;
use std::net::IpAddr;

use url::Url;

use super::Basis;
use super::secret::{Comparisons, Match, Traits};
use crate::bearer::{
    AuthzDecision, AuthzRequest, Check, ClientCredentials as Presented, Credentials, Endpoint, Engine, Grant, Identity, Issuer,
    KnownToken, MonitoredUrl, Step, StepOutcome, Target, Token, TokenDecision, TokenRequest, UPTIME_KUMA_ACCEPT,
};
use crate::config::client::CLIENT_CREDENTIALS;
use crate::config::{Config, Path};
use crate::monitor::address::{Unsendable, as_reported, as_sent};
use crate::monitor::emit::TOKEN_PATH;
use crate::monitor::{ClientCredentials, EndpointMethod, Generation, Kind, Monitor};

/// How the proxy asks, as far as no file says it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// The authz endpoint; none is the one that opens the page, or the first.
    pub endpoint: Option<String>,
    /// The address that Uptime Kuma asks from, as the proxy reports it.
    pub address: Option<IpAddr>,
}

/// What one monitor is answered, stage by stage.
#[derive(Debug)]
pub struct Outlook {
    /// What can be said of its secret.
    pub secret: Traits,
    /// Whether the secret is the client's; none when it was not asked for.
    pub matched: Option<Match>,
    /// The monitored URL as it is sent.
    pub page_url: Result<Url, Unsendable>,
    /// The token URL as it is sent; an error without client credentials.
    pub token_url: Result<Url, Unsendable>,
    /// What the token endpoint answers; none when the settings do not suffice to ask it.
    pub token: Option<TokenDecision>,
    /// What the portal's token endpoint would answer, when the one that is asked is none.
    further: Option<TokenDecision>,
    /// What Authelia answers about the page with the token; none without a token.
    pub page: Option<Page>,
    /// What Authelia answers about the page to anybody.
    pub stranger: Option<Page>,
    /// Whether everything that is sent is complete and goes to the token endpoint.
    is_complete: bool,
    /// Whether the random parameter alone keeps it from passing.
    fails_by_cache_bust: bool,
    /// What a later release refuses although this one does not.
    later: Option<(Target, Step)>,
}

/// One answer about a page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The status that the proxy is given.
    pub status: u16,
    /// Whether the request is sent to the login page.
    pub redirects: bool,
    /// The check that decides, when the page is refused.
    pub refusal: Option<Step>,
    /// The check by which the token goes unread, when it does.
    pub unread: Option<Step>,
    /// The rule that decides.
    pub decided_by: Option<Path>,
    /// Whether a rule, not the default policy, keeps strangers out.
    pub is_protected: bool,
    /// Whether it would be another one for another address.
    pub depends_on_address: bool,
}

impl Outlook {
    /// Asks the engine in the name of a monitor.
    pub fn of(monitor: &Monitor, basis: &Basis<'_>) -> Outlook {
        let credentials = monitor.credentials();
        let page_url = page_url(monitor);
        let none = || Err(Unsendable::NoUrl(String::new()));
        let mut outlook = Outlook {
            secret: credentials.map(|credentials| Traits::of(&credentials.client_secret)).unwrap_or_default(),
            matched: None,
            token_url: credentials.map_or_else(none, |credentials| as_sent(&credentials.token_url)),
            token: None,
            further: None,
            page: None,
            stranger: page_url
                .as_ref()
                .ok()
                .and_then(|url| ask_page(basis.engine, monitor, &as_reported(url), None, basis.asked)),
            page_url,
            is_complete: false,
            fails_by_cache_bust: false,
            later: None,
        };
        if let Some(credentials) = credentials.filter(|_| monitor.kind.sends_token()) {
            outlook.ask(monitor, credentials, basis);
        }
        outlook
    }

    fn ask(&mut self, monitor: &Monitor, credentials: &ClientCredentials, basis: &Basis<'_>) {
        let Ok(token_url) = &self.token_url else { return };
        if credentials.client_id.is_empty() || self.secret.is_empty {
            return;
        }
        self.is_complete = credentials.method.is_some() && token_url.path().ends_with(TOKEN_PATH) && token_url.query().is_none();
        let url = self.page_url.as_ref().ok().map(as_reported);
        let errand = Errand { monitor, credentials, token_url, url: url.as_ref(), audience: &credentials.audience };
        let busted = url.as_ref().filter(|_| monitor.cache_bust).map(busted);
        let sent = Errand { url: busted.as_ref().or(url.as_ref()), ..errand };
        let ways = Ways { config: basis.config, asked: basis.asked, comparisons: basis.comparisons };
        let mut answer = sent.run(basis.engine, ways);
        let passes = answer.passes();
        let issuer = refusal_of_token(&answer.token).filter(|step| step.check == Check::Issuer);
        if let Some(portal) = issuer.and_then(|_| a_portal(basis.config)) {
            // The server looks no further, and a person wants to mend everything at once.
            let further = Errand { token_url: &portal, ..sent }.run(basis.engine, ways);
            answer.page = further.page;
            answer.matched = further.matched;
            self.further = Some(further.token);
        }
        self.fails_by_cache_bust = !passes && busted.is_some() && errand.run(basis.engine, ways).passes();
        if let Some((target, engine)) = basis.later.filter(|_| passes) {
            self.later = sent.run(engine, ways).refusal().cloned().map(|step| (target, step));
        }
        self.matched = answer.matched;
        self.token = Some(answer.token);
        self.page = answer.page;
    }

    /// Whether the token is given and the page opened.
    pub fn passes(&self) -> bool {
        let is_granted = self.token.as_ref().is_some_and(|token| token.grant.is_some());
        self.is_complete && is_granted && self.page.as_ref().is_some_and(|page| page.status == 200)
    }

    /// The check at which the token is refused.
    pub fn token_refusal(&self) -> Option<&Step> {
        self.token.as_ref().and_then(refusal_of_token)
    }

    /// The checks at which the token is refused: the one that decides, and the next one that would.
    pub fn token_refusals(&self) -> impl Iterator<Item = &Step> {
        self.token.iter().chain(&self.further).filter_map(refusal_of_token)
    }

    /// What the token is given, or would be by the portal's token endpoint.
    pub fn grant(&self) -> Option<&Grant> {
        self.further.as_ref().or(self.token.as_ref())?.grant.as_ref()
    }

    /// The check at which the page is refused.
    pub fn page_refusal(&self) -> Option<&Step> {
        self.page.as_ref()?.refusal.as_ref()
    }

    /// The status of Authelia's answer about the page.
    pub fn page_status(&self) -> Option<u16> {
        self.page.as_ref().map(|page| page.status)
    }

    /// Whether the token is given and covers nothing.
    pub fn has_no_audience(&self) -> bool {
        self.grant().is_some_and(|grant| grant.audience.is_empty() && grant.resource.is_empty())
    }

    /// Whether it would pass without the random parameter.
    pub fn fails_by_cache_bust(&self) -> bool {
        self.fails_by_cache_bust
    }

    /// What the later release refuses.
    pub fn later_refusal(&self) -> Option<(Target, &Step)> {
        self.later.as_ref().map(|(target, step)| (*target, step))
    }

    /// Whether the login page is read in place of the application.
    pub fn redirects(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.redirects)
    }

    /// What an audience has to be to cover the monitored URL, the random parameter left aside.
    pub fn covering_audience(&self) -> Option<String> {
        self.page_url.as_ref().ok().map(|url| audience(&as_reported(url)))
    }
}

/// What a monitor sets out to do, some of it possibly changed.
#[derive(Clone, Copy)]
pub(super) struct Errand<'a> {
    pub(super) monitor: &'a Monitor,
    pub(super) credentials: &'a ClientCredentials,
    pub(super) token_url: &'a Url,
    pub(super) url: Option<&'a Url>,
    pub(super) audience: &'a str,
}

/// By what an errand is judged, whatever the release.
#[derive(Clone, Copy)]
pub(super) struct Ways<'a> {
    pub(super) config: &'a Config,
    pub(super) asked: &'a Asked,
    pub(super) comparisons: &'a Comparisons,
}

/// What came of it.
pub(super) struct Errands {
    pub(super) token: TokenDecision,
    pub(super) page: Option<Page>,
    pub(super) matched: Option<Match>,
}

impl Errands {
    pub(super) fn passes(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.status == 200)
    }

    fn refusal(&self) -> Option<&Step> {
        refusal_of_token(&self.token).or_else(|| self.page.as_ref()?.refusal.as_ref())
    }
}

impl Errand<'_> {
    /// Asks for the token and then for the page.
    pub(super) fn run(&self, engine: &Engine, ways: Ways<'_>) -> Errands {
        let matched = Cell::new(None);
        let token = self.ask_token(engine, ways, &matched);
        let grant = token.grant.as_ref().zip(self.url);
        let page = grant.and_then(|(grant, url)| {
            let known = grant.token(&format!("https://{}", authority(self.token_url)));
            ask_page(engine, self.monitor, url, Some(&known), ways.asked)
        });
        Errands { token, page, matched: matched.get() }
    }

    fn ask_token(&self, engine: &Engine, ways: Ways<'_>, matched: &Cell<Option<Match>>) -> TokenDecision {
        let verify = |client: &crate::bearer::Client, _| {
            let configured = ways.config.clients().iter().find(|configured| configured.id == client.id);
            let result = configured
                .map_or(Match::Absent, |configured| ways.comparisons.compare(configured, &self.credentials.client_secret));
            matched.set(Some(result));
            !matches!(result, Match::Wrong | Match::Absent)
        };
        let host = authority(self.token_url);
        let base = self.token_url.path().strip_suffix(TOKEN_PATH).unwrap_or_default();
        let id = self.credentials.client_id.as_str();
        let audience: Vec<&str> = Some(self.audience).into_iter().filter(|audience| !audience.is_empty()).collect();
        engine.token(&TokenRequest {
            issuer: Some(Issuer { proto: Some(self.token_url.scheme()), forwarded_host: Some(&host), host: &host, base }),
            credentials: match self.credentials.method {
                Some(EndpointMethod::Post) => Presented::body(id),
                Some(EndpointMethod::Basic) | None => Presented::basic(id),
            },
            verify: &verify,
            grant_type: Some(CLIENT_CREDENTIALS),
            scope: Some(self.credentials.scope.as_str()).filter(|scope| !scope.is_empty()),
            audience: &audience,
            resource: &[],
        })
    }
}

/// What Authelia answers about a page; none when no endpoint answers at all.
fn ask_page(engine: &Engine, monitor: &Monitor, url: &Url, token: Option<&KnownToken>, asked: &Asked) -> Option<Page> {
    let url = MonitoredUrl::split(url.as_str()).ok()?;
    let method = if monitor.method.is_empty() { "GET" } else { &monitor.method };
    let answer = |endpoint: &Endpoint| {
        let request = AuthzRequest {
            authorization: token.map(|token| Credentials::Bearer(Token::Known(token.clone()))),
            accept: Some(monitor.accept().unwrap_or(UPTIME_KUMA_ACCEPT).to_owned()),
            address: asked.address,
            ..AuthzRequest::of_proxy(endpoint, &url, method)
        };
        Page::of(&engine.authz(endpoint, &request))
    };
    let answers = |endpoint: &&Endpoint| engine.route(&endpoint.path).is_some();
    let endpoints: Vec<&Endpoint> = match &asked.endpoint {
        Some(name) => engine.endpoint(name).into_iter().collect(),
        None => engine.endpoints().iter().filter(answers).filter(|endpoint| endpoint.bearer_strategy().is_some()).collect(),
    };
    let pages: Vec<Page> = endpoints.into_iter().map(answer).collect();
    let opened = pages.iter().position(|page| page.status == 200).unwrap_or_default();
    let first = || engine.endpoints().iter().find(answers).map(answer);
    pages.into_iter().nth(opened).or_else(first)
}

impl Page {
    fn of(decision: &AuthzDecision) -> Page {
        let fails = |step: &&Step| step.outcome == StepOutcome::Fail;
        let refusal = decision.steps.iter().rfind(fails).filter(|_| !decision.is_allowed());
        let is_unread = decision.identity == Identity::Nobody && refusal.is_some_and(|step| step.check == Check::Strategy);
        let rule = decision.steps.iter().rfind(|step| step.check == Check::AccessControl && step.outcome != StepOutcome::Skip);
        Page {
            status: decision.status,
            redirects: matches!(decision.status, 302 | 303) || decision.location.is_some(),
            unread: refusal.filter(|_| is_unread).cloned(),
            refusal: refusal.filter(|_| !is_unread).cloned(),
            decided_by: rule.and_then(|step| step.path.clone()),
            is_protected: decision.evaluation.is_some_and(|evaluation| evaluation.rule.is_some()) && !decision.is_allowed(),
            depends_on_address: decision.evaluation.is_some_and(|evaluation| evaluation.undecided.is_some()),
        }
    }
}

fn refusal_of_token(token: &TokenDecision) -> Option<&Step> {
    token.steps.iter().rfind(|step| step.outcome == StepOutcome::Fail).filter(|_| token.grant.is_none())
}

/// The monitored URL, for a monitor without one that of its host.
fn page_url(monitor: &Monitor) -> Result<Url, Unsendable> {
    if monitor.kind.sends_token() || monitor.hostname.is_empty() || monitor.kind == Kind::Group {
        as_sent(&monitor.url)
    } else {
        as_sent(&format!("https://{}/", monitor.hostname))
    }
}

/// The audience that covers a URL.
pub(super) fn audience(url: &Url) -> String {
    MonitoredUrl::split(url.as_str()).map_or_else(|_| url.as_str().to_owned(), |url| url.audience())
}

/// A URL with the random parameter.
fn busted(url: &Url) -> Url {
    let mut url = url.clone();
    url.query_pairs_mut().append_pair("uptime_kuma_cachebuster", "0.5");
    url
}

/// The token URL of a portal that the configuration has.
fn a_portal(config: &Config) -> Option<Url> {
    let mut portals = config.session.cookies.iter().filter_map(|cookie| cookie.authelia_url.as_deref());
    portals.find_map(|portal| as_sent(&format!("{}{TOKEN_PATH}", portal.trim_end_matches('/'))).ok())
}

/// Host and port as a `Host` header tells them.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

impl Generation {
    /// Whether it can ask for an audience.
    pub fn sends_audience(self) -> bool {
        self == Generation::Two
    }

    /// The fewest seconds that it lets pass between two checks: 1 from 2.1.0 on.
    pub const fn least_interval(self) -> u32 {
        match self {
            Generation::One => 20,
            Generation::Two => 1,
        }
    }
}
