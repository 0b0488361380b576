//! The portal and what it says of itself.

use super::super::Case;
use super::Row;
use crate::probe::Step::{Discovery, Portal};
use crate::probe::result::StepOutcome::{Fail, Warn};
use crate::probe::transcript::BodyKind;

/// Days before its end at which a certificate should have been renewed.
const RENEWED_BEFORE: i64 = 14;

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "http-to-tls-port",
        steps: &[],
        outcome: Fail,
        when: |case| case.body().is_some_and(|body| body.wants_tls),
        cause: "plain http was spoken to {asked}, whose port serves https",
        fix: "write https:// in that URL",
    },
    Row {
        id: "portal-behind-itself",
        steps: &[Portal, Discovery],
        outcome: Fail,
        when: |case| case.is_redirect() && case.redirect().is_some_and(|redirect| redirect.is_login),
        cause: "the portal's own host is protected by Authelia: {asked} sends its reader to log in",
        fix: "take the authentication middleware off the portal's host; nobody can log in or get a token behind it",
    },
    Row {
        id: "portal-redirects-to-https",
        steps: &[Portal, Discovery],
        outcome: Fail,
        when: |case| {
            case.is_redirect()
                && case.redirect().is_some_and(|redirect| redirect.is_https)
                && case.exchange().is_some_and(|exchange| exchange.url.starts_with("http://"))
        },
        cause: "the portal is asked by http and answers at {location}",
        fix: "write https:// in the portal's URL and in Uptime Kuma's token URL, which never follows a redirect",
    },
    Row {
        id: "portal-redirects",
        steps: &[Portal, Discovery],
        outcome: Fail,
        when: |case| case.is_redirect(),
        cause: "the portal's host sends its reader to {location}",
        fix: "use the URL at which the portal itself answers; Uptime Kuma's token request follows no redirect",
    },
    Row {
        id: "portal-gateway-error",
        steps: &[Portal, Discovery],
        outcome: Fail,
        when: |case| case.is_gateway_error(),
        cause: "the reverse proxy answers {status}: it cannot reach Authelia",
        fix: "start Authelia, and check the address and the network by which the proxy reaches it",
    },
    Row {
        id: "portal-missing",
        steps: &[Portal],
        outcome: Fail,
        when: |case| case.is(404),
        cause: "{asked} is not there: another server answers, or the portal has a sub-path",
        fix: "give the portal's URL as session.cookies[].authelia_url has it, with the path of server.address",
    },
    Row {
        id: "portal-guarded",
        steps: &[Portal, Discovery],
        outcome: Fail,
        when: |case| matches!(case.status(), Some(401 | 403)),
        cause: "something before the portal refuses with {status}: Authelia answers this URL to everybody",
        fix: "take basic authentication, address filters and web application firewalls off the portal's /api/ paths",
    },
    Row {
        id: "portal-unhealthy",
        steps: &[Portal],
        outcome: Fail,
        when: |case| matches!(case.status(), Some(500..)),
        cause: "the portal answers {status}",
        fix: "look at Authelia's log",
    },
    Row {
        id: "portal-not-authelia",
        steps: &[Portal],
        outcome: Fail,
        when: |case| case.is_success() && !case.has_body(BodyKind::Json),
        cause: "what answers at {portal} is not Authelia: its health document is no JSON",
        fix: "correct the portal's URL; a proxy that answers every path with one page looks like this",
    },
    Row {
        id: "discovery-off",
        steps: &[Discovery],
        outcome: Fail,
        when: |case| case.is(404),
        cause: "Authelia has no OpenID Connect provider here: the discovery document is not there",
        fix: "configure identity_providers.oidc, and give the portal's URL with its sub-path when it has one",
    },
    Row {
        id: "discovery-issuer-gate",
        steps: &[Discovery],
        outcome: Fail,
        when: |case| case.is(400),
        cause: "Authelia does not know itself by this address: the host it is asked by is no session.cookies[].authelia_url, or the proxy \
                does not tell it X-Forwarded-Proto https",
        fix: "ask by the host of an authelia_url, and let the proxy set X-Forwarded-Proto and X-Forwarded-Host",
    },
    Row {
        id: "discovery-not-json",
        steps: &[Discovery],
        outcome: Fail,
        when: |case| case.is_success() && issuer(case).is_none(),
        cause: "the discovery document is none: something else answers every path of {host}",
        fix: "correct the portal's URL",
    },
    Row {
        id: "issuer-differs",
        steps: &[Discovery],
        outcome: Fail,
        when: |case| issuer(case).is_some_and(|issuer| !same(issuer, case.plan.portal.as_str())),
        cause: "the provider calls itself {issuer} and was asked at {portal}",
        fix: "ask by the name that the provider gives itself, or let the proxy pass the host on",
    },
    Row {
        id: "token-endpoint-differs",
        steps: &[Discovery],
        outcome: Warn,
        when: |case| {
            let told = case.transcript.discovery.made().and_then(|discovery| discovery.token_endpoint.as_deref());
            told.is_some_and(|told| !same(told, case.plan.token.url.as_str()))
        },
        cause: "the provider names {token-endpoint} as its token endpoint, and the monitor asks {token-url}",
        fix: "use the token URL that the provider names",
    },
    Row {
        id: "certificate-unchecked",
        steps: &[Portal],
        outcome: Warn,
        when: |case| {
            case.transcript.unchecked_certificates && case.certificate().is_some_and(|certificate| certificate.distrust.is_some())
        },
        cause: "the certificate was not checked (--insecure), and it would have been refused",
        fix: "mend the certificate: Uptime Kuma checks it at every token request, whatever the monitor's 'Ignore TLS' says",
    },
    Row {
        id: "certificate-ends-soon",
        steps: &[Portal],
        outcome: Warn,
        when: |case| case.is_success() && case.certificate_days().is_some_and(|days| days < RENEWED_BEFORE),
        cause: "the certificate of {host} ends in {days} days",
        fix: "renew it; an automatic renewal should have happened by now",
    },
];

fn issuer<'a>(case: &Case<'a>) -> Option<&'a str> {
    case.transcript.discovery.made().and_then(|discovery| discovery.issuer.as_deref())
}

fn same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}
