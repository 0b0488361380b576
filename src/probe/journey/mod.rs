//! The steps taken one after the other, or side by side where one does not wait for another.

mod access;
mod experiment;
mod portal;
mod request;
mod token;

use std::borrow::Borrow;

use url::Url;

use super::network::{Network, Origin, Request, origin};
use super::plan::Plan;
use super::transcript::{Exchange, Fault, FaultKind, Observation, SecretTraits, Skip, TokenExchange, Transcript};
use super::wallet::{Token, Wallet};
use super::{Step, answer};
use crate::digest::Digest;
use crate::scrub::Scrub;
use crate::secret::Secret;
use request::Bearer;

/// Takes the steps of any number of targets over one network. Tokens are shared, and token requests that fail are rationed.
#[derive(Debug)]
pub struct Prober {
    network: Network,
    wallet: Wallet,
    stranger: Secret,
}

impl Prober {
    /// A prober; `stranger` looks like a token of the server and was issued by nobody.
    pub fn new(network: Network, stranger: Secret) -> Prober {
        Prober { network, wallet: Wallet::new(), stranger }
    }

    /// Announces a target before the first one is probed, so that a token is not given back while another target needs it.
    pub fn announce(&self, plan: &Plan, secret: &Secret) {
        self.wallet.announce(&plan.token, secret);
    }

    /// Takes the steps of one target. `began` is the time in seconds since 1970; each step is told when it begins.
    pub async fn probe(&self, plan: &Plan, secret: &Secret, began: u64, on_step: &(dyn Fn(Step) + Sync)) -> Transcript {
        let journey = Journey { prober: self, plan, secret, on_step };
        let (main, (without_token, unknown_token)) = tokio::join!(journey.main(), journey.controls());
        let mut transcript = Transcript {
            began,
            without_token,
            unknown_token,
            portal_certificate: self.network.certificate(&journey.portal_side(&plan.portal)),
            application_certificate: self.network.certificate(&plan.url),
            secret: traits(secret),
            unchecked_certificates: self.network.is_insecure(),
            plain_http: [&plan.url, &journey.portal_side(&plan.token.url)].iter().any(|url| self.network.is_exposed(url)),
            ..main
        };
        if transcript.without_token.made().and_then(Exchange::status).is_some_and(|status| status < 300) {
            transcript.authz_without_token = journey.authz_without_token().await;
        }
        transcript
    }
}

impl Prober {
    /// The same for a target whose secret could not be read: what needs no token, and the reason in the place of the rest.
    pub async fn probe_without_secret(
        &self,
        plan: &Plan,
        reason: &str,
        began: u64,
        on_step: &(dyn Fn(Step) + Sync),
    ) -> Transcript {
        let none = Secret::new(String::new());
        let public = Plan { selection: plan.selection.without_token(), ..plan.clone() };
        let seen = self.probe(&public, &none, began, on_step).await;
        if !plan.selection.asks_token() {
            return seen;
        }
        let untaken = Journey { prober: self, plan, secret: &none, on_step }.without_a_token();
        let reply = Err(Fault { kind: FaultKind::SecretUnread, detail: reason.to_owned() });
        let exchange = Exchange { url: shown(&plan.token.url), about: None, milliseconds: 0.0, reply };
        Transcript {
            token: Observation::Made(TokenExchange { exchange, granted: None, refusal: None }),
            introspection: untaken.introspection,
            authz: untaken.authz,
            application: untaken.application,
            outside_audience: untaken.outside_audience,
            revocation: untaken.revocation,
            ..seen
        }
    }
}

/// One target on its way.
struct Journey<'a> {
    prober: &'a Prober,
    plan: &'a Plan,
    secret: &'a Secret,
    on_step: &'a (dyn Fn(Step) + Sync),
}

impl Journey<'_> {
    /// The portal first; what it stands for is not asked when nothing answers there.
    async fn main(&self) -> Transcript {
        let portal = self.portal().await;
        if portal.made().is_some_and(|exchange| exchange.fault().is_some()) && self.token_is_at_portal() {
            let skipped = Transcript { portal, ..self.without_portal() };
            self.prober.wallet.release(&self.plan.token, self.secret);
            return skipped;
        }
        let (discovery, tokens) = tokio::join!(self.discovery(), self.with_token());
        Transcript { portal, discovery, ..tokens }
    }

    fn token_is_at_portal(&self) -> bool {
        origin(&self.plan.portal) == origin(&self.plan.token.url)
    }

    fn without_portal(&self) -> Transcript {
        Transcript {
            discovery: self.skip(Step::Discovery, Skip::Unreachable),
            token: self.skip(Step::Token, Skip::Unreachable),
            ..self.without_a_token()
        }
    }

    /// Everything that cannot be done without a token.
    fn without_a_token(&self) -> Transcript {
        Transcript {
            introspection: self.skip(Step::Introspection, Skip::NoToken),
            authz: self.skip(Step::Authz, Skip::NoToken),
            application: self.skip(Step::Application, Skip::NoToken),
            outside_audience: self.skip(Step::OutsideAudience, Skip::NoToken),
            revocation: self.skip(Step::Revocation, Skip::NoToken),
            ..Transcript::default()
        }
    }

    fn skip<T>(&self, step: Step, why: Skip) -> Observation<T> {
        if self.plan.selection.has(step) { Observation::Skipped(why) } else { Observation::Unwanted }
    }

    /// Whether a step is wanted; if so it is said to begin.
    fn begins(&self, step: Step) -> bool {
        let wanted = self.plan.selection.has(step);
        if wanted {
            (self.on_step)(step);
        }
        wanted
    }

    /// Where something of the portal is asked: at its own listener when that stands in for the reverse proxy.
    fn portal_side(&self, url: &Url) -> Url {
        let Some(listener) = &self.plan.listener else { return url.clone() };
        let mut there = listener.clone();
        there.set_path(url.path());
        there.set_query(url.query());
        if origin(url) == origin(&self.plan.portal) { there } else { url.clone() }
    }

    /// Sends a request; the body is returned for whoever reads it further, and never kept.
    async fn send(&self, request: Request<'_>, scrub: &Scrub) -> (Exchange, Vec<u8>) {
        self.send_and_learn(request, |_| scrub).await
    }

    /// The same where the body itself tells what may not be kept.
    async fn send_and_learn<S: Borrow<Scrub>>(
        &self,
        request: Request<'_>,
        scrub: impl FnOnce(&[u8]) -> S,
    ) -> (Exchange, Vec<u8>) {
        let url = request.url.clone();
        let is_about_token = request.body.is_some();
        let (milliseconds, mut reply) = self.prober.network.send(request).await;
        if let Ok(received) = &mut reply
            && received.is_cut
            && is_about_token
        {
            // They may repeat a token whose end is behind the cut.
            received.headers.clear();
        }
        let scrub = scrub(reply.as_ref().map_or(&[], |received| &received.body));
        let scrub = scrub.borrow();
        let mut body = Vec::new();
        let reply = reply.map(|received| {
            // The keyword is the monitored page's; another server's answer cannot hold it.
            let keyword = self.plan.keyword.as_deref().filter(|_| origin(&url) == origin(&self.plan.url));
            let answer = answer::read(&received, &url, keyword, scrub);
            body = received.body;
            answer
        });
        let reply = reply.map_err(|fault| Fault { detail: scrub.clean(&fault.detail), ..fault });
        (Exchange { url: shown(&url), about: None, milliseconds, reply }, body)
    }

    /// Sends a request that carries a token, unless its host is none of those the token was asked for.
    async fn send_token(&self, request: Request<'_>, token: &Token) -> (Exchange, Vec<u8>) {
        let scrub = self.scrub(&[&token.text]);
        if self.may_see_token(&origin(request.url)) {
            return self.send(request, &scrub).await;
        }
        let detail = "the token was asked for other hosts and was not sent".to_owned();
        let reply = Err(Fault { kind: FaultKind::ForeignHost, detail });
        (Exchange { url: shown(request.url), about: None, milliseconds: 0.0, reply }, Vec::new())
    }

    fn may_see_token(&self, host: &Origin) -> bool {
        let own = [Some(&self.plan.url), self.plan.authz.as_ref().map(|authz| &authz.url)];
        own.into_iter().flatten().any(|url| origin(url) == *host) || origin(&self.portal_side(&self.plan.token.url)) == *host
    }

    fn scrub(&self, tokens: &[&Secret]) -> Scrub {
        request::scrub(&self.plan.token, self.secret, tokens)
    }
}

fn bearer(token: &Token) -> Bearer {
    Bearer::new(&token.kind, &token.text)
}

/// The URL as the transcript keeps it.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    // A URL with a user name and a password is refused before it comes here; this is for those that no check foresaw.
    let _ = (url.set_password(None), url.set_username(""));
    url.into()
}

fn traits(secret: &Secret) -> SecretTraits {
    let text = secret.expose();
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    SecretTraits {
        is_digest: Digest::parse(text).is_ok(),
        has_outer_space: text.trim() != text,
        has_reserved: !text.bytes().all(is_unreserved),
    }
}
