//! What the token opens: the authz endpoint and the application.

use url::Host;

use super::super::Case;
use super::Row;
use crate::bearer::Implementation;
use crate::probe::Step::{Application, Authz, WithoutToken};
use crate::probe::result::StepOutcome::Fail;
use crate::probe::transcript::TokenForm;

macro_rules! row {
    ($id:literal, $steps:expr, $when:expr, $cause:literal, $fix:literal $(,)?) => {
        Row { id: $id, steps: $steps, outcome: Fail, when: $when, cause: $cause, fix: $fix }
    };
}

pub(super) const ROWS: &[Row] = &[
    row!(
        "authorization-dropped",
        &[Application],
        |case| case.is_sent_to_login() && endpoint_lets_in(case),
        "the authz endpoint lets the token in, and behind the proxy the same request is sent to log in: the proxy does not pass the \
         Authorization header to Authelia, or asks another endpoint",
        "let the proxy pass Authorization to {endpoint}: Traefik's authRequestHeaders, Envoy's allowed headers, and no header_up \
         -Authorization in Caddy",
    ),
    row!(
        "proxy-asks-otherwise",
        &[Application],
        |case| is_denied_by_server(case) && endpoint_lets_in(case),
        "the authz endpoint lets the token in for {url}, and behind the proxy the server refuses it: the proxy asks another endpoint, or \
         reports another host, port or path",
        "compare the proxy's authz URL and its X-Forwarded-Host (nginx: $http_host, not $host) with {url}",
    ),
    row!(
        "token-signed-unrecognised",
        &[Authz, Application],
        |case| case.is_sent_to_login() && case.has_form(TokenForm::Signed),
        "the token is a signed one, which the authz endpoint does not recognise behind a proxy, so the request is sent to log in",
        "remove access_token_signed_response_alg from the client, or set it to none",
    ),
    row!(
        "token-foreign-unrecognised",
        &[Authz, Application],
        |case| case.is_sent_to_login() && case.has_form(TokenForm::Foreign),
        "the token is none of Authelia's, so the request is sent to log in as if there were none",
        "use Authelia's own token URL",
    ),
    row!(
        "bearer-not-taken",
        &[Authz],
        |case| case.is_sent_to_login(),
        "the authz endpoint {endpoint} does not look at a Bearer token in the Authorization header, and sends the request to log in",
        "give the endpoint the strategy HeaderAuthorization with schemes Basic and Bearer, before CookieSession",
    ),
    row!(
        "bearer-not-taken-behind-proxy",
        &[Application],
        |case| case.is_sent_to_login() && case.at(Authz).is_sent_to_login(),
        "the request is sent to log in, by the endpoint itself and so behind the proxy: Bearer tokens are not looked at",
        "give the endpoint {endpoint} the strategy HeaderAuthorization with schemes Basic and Bearer, before CookieSession",
    ),
    row!(
        "token-not-seen",
        &[Application],
        |case| case.is_sent_to_login(),
        "the request is sent to log in as if it carried no token: the endpoint does not take Bearer in the Authorization header, or the \
         proxy does not pass that header to Authelia",
        "give the authz endpoint HeaderAuthorization with the scheme Bearer, and let the proxy pass Authorization; --authelia URL asks the \
         endpoint without the proxy and tells the two apart",
    ),
    row!(
        "two-factor-rule",
        &[Authz, Application],
        |case| case.is(401) && case.is_basic_of_authelia() && case.is_sound_but_for_audience(),
        "the token is good, and the rule that matches wants two_factor, which no client can give",
        "put a rule with policy one_factor and subject oauth2:client:{client} before it",
    ),
    row!(
        "basic-challenge",
        &[Authz, Application],
        |case| case.is(401) && case.is_basic_of_authelia(),
        "the server wants another authentication: the rule that matches is two_factor, or the Authorization header was malformed or replaced \
         on its way",
        "put a one_factor rule for oauth2:client:{client} before the two_factor one, and see that no middleware writes its own Authorization",
    ),
    row!(
        "proxy-authorization-strategy",
        &[Authz, Application],
        |case| case.is(407),
        "the endpoint's strategy is HeaderProxyAuthorization: it answers 407 and reads Proxy-Authorization, which Uptime Kuma does not send",
        "use the strategy HeaderAuthorization",
    ),
    row!(
        "client-lost-audience",
        &[Authz, Application],
        |case| case.is_token_refused() && case.covers_exactly() && case.is_sound_but_for_audience(),
        "the token is alive, has the scope, and its audience is {url}, and yet it is refused: the server that checks it has another \
         hmac_secret, storage or client than the one that gave it, or {endpoint} is told another URL",
        "restart all instances with one configuration and one hmac_secret, and see in the log (level debug) which URL the proxy reports",
    ),
    row!(
        "token-refused-alike",
        &[Authz, Application],
        |case| case.is_token_refused() && case.is_sound_but_for_audience(),
        "the token is alive and has the scope, and is refused for the literal monitored URL too: the URL that the proxy reports is not {url}",
        "see in Authelia's log (level debug) which URL the proxy reports, and write that one in the client's audience",
    ),
    row!(
        "token-refused",
        &[Authz, Application],
        |case| case.is_token_refused(),
        "the server recognises the token and refuses it; without introspection it cannot be told whether for its scope, its audience or its age",
        "run the step introspection too; the audience is the first suspect: it must hold the literal monitored URL {url}",
    ),
    row!(
        "rule-denies",
        &[Authz],
        |case| case.is(403),
        "the token is good, and the access rules do not let the client '{client}' in: no rule matches it, or one that denies comes first",
        "add a rule with the domain of {url}, policy one_factor and subject oauth2:client:{client}, before every broader rule",
    ),
    row!(
        "rule-denies-behind-proxy",
        &[Application],
        |case| case.is(403) && (case.is_authelia() || case.at(Authz).is(403)),
        "the token is good, and the access rules do not let the client '{client}' in: no rule matches it, or one that denies comes first",
        "add a rule with the domain of {url}, policy one_factor and subject oauth2:client:{client}, before every broader rule",
    ),
    row!(
        "application-forbids",
        &[Application],
        |case| case.is(403) && endpoint_lets_in(case),
        "the authz endpoint lets the token in, and the application itself forbids the page",
        "monitor a page that the application shows to everybody behind the portal",
    ),
    row!(
        "forbidden",
        &[Application],
        |case| case.is(403),
        "the request is forbidden: by the access rules, because none matches the client '{client}', or by the application or a firewall",
        "add a rule with subject oauth2:client:{client}; --authelia URL asks the endpoint without the proxy and tells the two apart",
    ),
    row!(
        "insecure-target",
        &[Authz, Application],
        |case| is_bad_request(case) && case.plan.url.scheme() == "http",
        "the server answers for https alone, and {url} is http",
        "monitor the https URL; when TLS ends before the proxy, let it report X-Forwarded-Proto https",
    ),
    row!(
        "no-cookie-domain",
        &[Authz, Application],
        |case| is_bad_request(case) && !shares_domain(case),
        "the server knows no session cookie for the host of {url}: it is in another domain than the portal {portal}",
        "add an entry to session.cookies with that domain and a portal inside it, and use that portal's token URL",
    ),
    row!(
        "bad-forwarded-request",
        &[Authz, Application],
        is_bad_request,
        "the server cannot make a request out of what the proxy reports: a forwarded header is missing or wrong, the endpoint's \
         implementation is for another proxy, or no session.cookies[].domain covers the host (the old session.domain never does)",
        "match implementation and proxy (ForwardAuth: Traefik, Caddy; AuthRequest: nginx; ExtAuthz: Envoy), let it set X-Forwarded-Proto, and \
         configure session.cookies",
    ),
    row!(
        "endpoint-missing",
        &[Authz, Application],
        |case| case.is(404) && (case.step == Authz || case.is_authelia()),
        "Authelia has no such authz endpoint: the name is not configured, and configuring one removes all the default ones",
        "use the same name in server.endpoints.authz and in the proxy, capitals included",
    ),
    row!(
        "endpoint-verb",
        &[Authz, Application],
        |case| case.is(405) && (case.step == Authz || case.is_authelia()),
        "the authz endpoint was asked with a verb that it does not take",
        "let the proxy ask it with GET, whatever the client's own method is",
    ),
    row!(
        "application-path-missing",
        &[Application],
        |case| case.is(404),
        "the application has no page at {url}",
        "monitor a page that exists",
    ),
    row!(
        "application-method",
        &[Application],
        |case| case.is(405),
        "the application does not take {method} at {url}",
        "let the monitor use GET",
    ),
    row!(
        "application-rate-limited",
        &[Application],
        |case| case.is(429),
        "the application or its proxy limits requests; the next one is taken {retry-after} (Retry-After)",
        "make the monitor's interval longer, or exempt its address",
    ),
    row!(
        "application-gateway-error",
        &[Application],
        |case| case.is_gateway_error(),
        "the reverse proxy answers {status}: it cannot reach the application, or Authelia behind it",
        "start the application, and check the proxy's upstreams",
    ),
    row!(
        "application-error",
        &[Authz, Application],
        |case| matches!(case.status(), Some(500..)),
        "the answer is {status}; nginx gives 500 when its auth_request gets anything but 2xx, 401 and 403",
        "look at the log of the proxy, then at those of Authelia and of the application",
    ),
    row!(
        "login-page-as-answer",
        &[Application],
        |case| case.is_success() && case.is_portal_page(),
        "the answer is {status}, and the page is Authelia's login page: a monitor without a keyword turns green on it",
        "see why the request is not let in, set the monitor's Max. Redirects to 0, and give it a keyword of the application",
    ),
    row!(
        "keyword-too-far",
        &[Application],
        |case| case.is_success() && lacks_keyword(case) && case.body().is_some_and(|body| body.is_cut),
        "the keyword '{keyword}' is not in the first {bytes} bytes of the page",
        "choose a keyword near the beginning of the page",
    ),
    row!(
        "keyword-missing",
        &[Application],
        |case| case.is_success() && lacks_keyword(case),
        "the page opens and does not hold the keyword '{keyword}'",
        "choose a text of the page's source; capitals count, and a page that a script builds does not hold what it shows",
    ),
    row!(
        "application-redirects-to-https",
        &[Application],
        |case| {
            is_moved(case) && case.plan.url.scheme() == "http" && case.redirect().is_some_and(|redirect| redirect.is_https)
        },
        "the application is asked by http and answers at {location}; the token went over the first hop readable",
        "monitor the https URL",
    ),
    row!(
        "application-redirects",
        &[Application],
        |case| is_moved(case),
        "the token is let in, and the application sends its reader to {location}",
        "monitor the final URL, and add it to the client's audience: each URL is checked by itself",
    ),
    row!(
        "application-redirects-elsewhere",
        &[Application],
        |case| case.is_redirect(),
        "the application sends its reader to another host, {location}, and a token is never sent along",
        "monitor the final URL; when it is another login page, the application has one of its own",
    ),
    row!(
        "legacy-bad-request",
        &[Authz, Application],
        |case| case.is(401) && case.challenge().is_none() && is_legacy(case),
        "the legacy endpoint answers 401 without a challenge where the others answer 400: it cannot make a request out of what the proxy \
         reports, or no session.cookies[].domain covers the host",
        "set X-Original-URL or X-Forwarded-Proto and X-Forwarded-Host in the proxy, and configure session.cookies",
    ),
    row!(
        "application-own-login",
        &[Application],
        |case| case.is(401),
        "the application itself, or another middleware, answers 401: the challenge is not Authelia's",
        "remove the Authorization header behind the authentication middleware, or monitor a page that the application shows without a login",
    ),
    row!(
        "authz-own-login",
        &[Authz],
        |case| case.is(401),
        "the answer is 401 and not in the form of an authz endpoint: something before Authelia wants credentials of its own",
        "give --authelia the address of Authelia itself",
    ),
];

/// Whether the authz endpoint, asked directly, lets the token in.
fn endpoint_lets_in(case: &Case<'_>) -> bool {
    case.at(Authz).is_success()
}

/// Whether it is the server that refuses, by its own challenge or text.
fn is_denied_by_server(case: &Case<'_>) -> bool {
    case.is_token_refused() || case.is_basic_of_authelia() || matches!(case.status(), Some(400 | 403)) && case.is_authelia()
}

fn is_bad_request(case: &Case<'_>) -> bool {
    case.is(400) && (case.step == Authz || case.is_authelia())
}

/// Whether the application's host and the portal's share their last two labels: a session cookie may cover both.
fn shares_domain(case: &Case<'_>) -> bool {
    let tail = |host: Option<Host<&str>>| match host {
        Some(Host::Domain(name)) => name.rsplit('.').take(2).map(str::to_ascii_lowercase).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    tail(case.plan.url.host()) == tail(case.plan.portal.host())
}

fn is_legacy(case: &Case<'_>) -> bool {
    let asked = case.plan.authz.as_ref().is_some_and(|authz| authz.implementation == Implementation::Legacy);
    case.redirect().is_none() && (asked || case.is_authelia() && case.at(WithoutToken).is(401))
}

fn lacks_keyword(case: &Case<'_>) -> bool {
    case.body().is_some_and(|body| body.has_keyword == Some(false))
}

/// Whether the answer sends its reader to another page of the application's own host.
fn is_moved(case: &Case<'_>) -> bool {
    case.is_redirect() && case.redirect().is_some_and(|redirect| Some(redirect.host.as_str()) == case.plan.url.host_str())
}
