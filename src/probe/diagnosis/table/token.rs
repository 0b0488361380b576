//! The token request.

use super::super::Case;
use super::Row;
use crate::config::client::BEARER_SCOPE;
use crate::probe::Step::{Discovery, Token};
use crate::probe::result::StepOutcome::{Fail, Warn};
use crate::probe::transcript::{BodyKind, FaultKind, TokenForm, Trial};

/// Milliseconds after which a token request comes near to the 10 s at which Uptime Kuma gives up.
const SLOW: f64 = 5_000.0;
/// Seconds of a token's life below which every check asks for a new one.
const SHORT_LIVED: u64 = 60;

macro_rules! token {
    ($id:literal, $outcome:ident, $when:expr, $cause:literal, $fix:literal $(,)?) => {
        Row { id: $id, steps: &[Token], outcome: $outcome, when: $when, cause: $cause, fix: $fix }
    };
}

pub(super) const ROWS: &[Row] = &[
    token!(
        "secret-unread",
        Fail,
        |case| case.fault() == Some(FaultKind::SecretUnread),
        "the client's secret could not be read, so no token was asked for: {detail}",
        "give the target a secret_file that can be read or a secret_command that prints the secret",
    ),
    token!(
        "token-too-slow",
        Fail,
        |case| case.fault() == Some(FaultKind::AnswerTimeout),
        "the token endpoint took the connection and gave no answer in time: {detail}; a client secret's digest that is too costly does this",
        "see with 'authkuma tune' what the digest costs, and make a cheaper one: a long random secret needs no costly digest",
    ),
    token!(
        "token-rate-limited",
        Fail,
        |case| case.is(429),
        "too many token requests from this address have failed; the server takes the next one {retry-after} (Retry-After)",
        "mend the monitor that keeps failing: every client behind the same address shares the limit of 30 a minute and 100 an hour",
    ),
    token!(
        "token-url-guarded",
        Fail,
        |case| case.is_redirect() && case.redirect().is_some_and(|redirect| redirect.is_login),
        "the token URL is itself protected by Authelia: {asked} sends its reader to log in",
        "take the authentication middleware off the portal's host",
    ),
    token!(
        "token-url-trailing-slash",
        Fail,
        |case| case.is_redirect() && case.exchange().is_some_and(|exchange| exchange.url.ends_with('/')),
        "the token URL ends with a slash, and the server redirects to the one without; Uptime Kuma follows no redirect",
        "write the token URL without the last slash",
    ),
    token!(
        "token-url-redirects",
        Fail,
        |case| case.is_redirect(),
        "the token URL sends its reader to {location}, and Uptime Kuma follows no redirect",
        "use the final URL as OAuth Token URL: https, and the portal's own host",
    ),
    token!(
        "token-url-missing",
        Fail,
        |case| case.is(404),
        "there is no token endpoint at {asked}",
        "write /api/oidc/token behind the portal's URL and its sub-path, and configure identity_providers.oidc",
    ),
    token!(
        "token-url-wrong-endpoint",
        Fail,
        |case| case.is(405),
        "{asked} takes no POST: it is another endpoint of the provider",
        "write /api/oidc/token behind the portal's URL",
    ),
    token!(
        "token-gateway-error",
        Fail,
        |case| case.is_gateway_error(),
        "the reverse proxy answers {status}: it cannot reach Authelia, or gave up waiting for it",
        "start Authelia, and check the proxy's upstream and its time limit",
    ),
    token!(
        "token-is-page",
        Fail,
        |case| case.is(200) && case.has_body(BodyKind::Html),
        "the token URL answers with a web page: it is the portal or another site, not the token endpoint",
        "write /api/oidc/token behind the portal's URL",
    ),
    token!(
        "token-answer-empty",
        Fail,
        |case| case.is_success() && case.granted().is_none() && case.has_body(BodyKind::Empty),
        "the token URL answers {status} with an empty body",
        "write /api/oidc/token behind the portal's URL, and look at what the proxy does to bodies",
    ),
    token!(
        "token-answer-without-token",
        Fail,
        |case| case.is_success() && case.granted().is_none(),
        "the token URL answers {status} without an access_token: it is no token endpoint",
        "write /api/oidc/token behind the portal's URL",
    ),
    token!(
        "client-auth-method",
        Fail,
        |case| case.error_is("invalid_client") && case.description_has("was determined to be using"),
        "the client is registered for another way to authenticate than {auth-method}",
        "let token_endpoint_auth_method and Uptime Kuma's Authentication Method be the same: client_secret_basic is 'Authorization Header'",
    ),
    token!(
        "secret-is-digest",
        Fail,
        |case| case.error_is("invalid_client") && case.transcript.secret.is_digest,
        "the server refuses the client, and what was given as its secret is a digest",
        "give the plain secret; the digest belongs into the configuration alone",
    ),
    token!(
        "secret-has-outer-space",
        Fail,
        |case| case.error_is("invalid_client") && case.transcript.secret.has_outer_space,
        "the server refuses the client, and the given secret begins or ends with white space, which counts",
        "remove the blank, here and in Uptime Kuma, which does not trim it either",
    ),
    token!(
        "secret-mismatch",
        Fail,
        |case| case.error_is("invalid_client") && secret_matches(case) == Some(false),
        "the secret does not match the client's digest in the configuration",
        "find the right secret, or make a new one and its digest with 'authkuma generate secret'",
    ),
    token!(
        "configuration-not-running",
        Fail,
        |case| case.error_is("invalid_client") && secret_matches(case) == Some(true),
        "the secret matches the client's digest in the configuration, and the server refuses it: it runs another configuration",
        "restart Authelia with this configuration, and see that no file named later replaces the list of clients",
    ),
    token!(
        "client-refused",
        Fail,
        |case| case.error_is("invalid_client"),
        "the server knows no client '{client}', or its secret is another one; it does not tell which",
        "compare the id letter by letter, and the secret with 'authkuma verify' against client_secret; a configuration needs a restart",
    ),
    token!(
        "client-credentials-malformed",
        Fail,
        |case| {
            case.error_is("invalid_request")
                && (case.description_has("could not be parsed") || case.description_has("Credentials missing or malformed"))
        },
        "the client's credentials did not arrive as they were sent: {description}",
        "see that no proxy replaces or drops the Authorization header on its way to the token endpoint",
    ),
    token!(
        "token-body-lost",
        Fail,
        |case| case.description_has("POST body can not be empty"),
        "the token request arrived without its body",
        "see that the proxy passes bodies of POST requests on, and that no redirect turned POST into GET before it",
    ),
    token!(
        "audience-with-resource",
        Fail,
        |case| case.description_has("'resource' parameter is only allowed"),
        "the server takes 'audience' or 'resource', not both",
        "ask with one of the two",
    ),
    token!(
        "issuer-gate",
        Fail,
        |case| case.error_is("invalid_request") && case.at(Discovery).is(400),
        "Authelia does not know itself by the token URL's host: it is no session.cookies[].authelia_url, or the proxy does not tell it \
         X-Forwarded-Proto https",
        "use the public portal URL in Uptime Kuma, never a container's name or address, and let the proxy set X-Forwarded-Proto and \
         X-Forwarded-Host",
    ),
    token!(
        "audience-not-literal",
        Fail,
        |case| is_audience_refused(case) && case.literal().is_some_and(Trial::is_past_audience),
        "the client may not ask for the audience '{wanted-audience}', but for the literal monitored URL {url}",
        "write {url} into Uptime Kuma's OAuth Audience",
    ),
    token!(
        "audience-by-prefix-refused",
        Fail,
        |case| is_audience_refused(case) && case.resource().is_some_and(Trial::is_past_audience),
        "this server compares audiences as exact texts (4.39.21 and later): it gives no token for the audience '{wanted-audience}' and gives \
         one for the same URL as 'resource', which Uptime Kuma cannot send",
        "add the literal monitored URL {url} to the client's audience, and write it into Uptime Kuma's OAuth Audience",
    ),
    token!(
        "audience-not-allowed",
        Fail,
        is_audience_refused,
        "the client may not ask for the audience '{wanted-audience}'",
        "add the literal monitored URL {url} to the client's audience: it works on every version, and a shorter URL does not",
    ),
    token!(
        "token-request-refused",
        Fail,
        |case| case.error_is("invalid_request"),
        "the server takes the token request for malformed; it says the same when it is asked by a host that is no authelia_url, or without \
         X-Forwarded-Proto https: {description}",
        "use the public portal URL as token URL, and look at Authelia's log",
    ),
    token!(
        "scope-not-allowed",
        Fail,
        |case| case.error_is("invalid_scope"),
        "the client may not ask for the scope '{scope}'",
        "write authelia.bearer.authz, and nothing else, in the client's scopes and in Uptime Kuma's OAuth Scope",
    ),
    token!(
        "grant-not-allowed",
        Fail,
        |case| case.error_is("unauthorized_client") || case.error_is("unsupported_grant_type"),
        "the client may not use the grant client_credentials",
        "write client_credentials in the client's grant_types, and leave it confidential (public: false)",
    ),
    token!(
        "token-storage-failed",
        Fail,
        |case| case.error_is("error") && case.description_has("unrecognizable"),
        "the server could not store the token; 4.39.22 does this after some upgrades (authelia/authelia#13018)",
        "upgrade Authelia, and look at its log for the storage's error",
    ),
    token!(
        "token-server-error",
        Fail,
        |case| matches!(case.status(), Some(500..)),
        "the token endpoint fails with {status}",
        "look at Authelia's log; its storage is the first suspect",
    ),
    token!(
        "token-url-basic",
        Fail,
        |case| case.is(401) && case.refusal().is_none(),
        "something before the token endpoint wants credentials of its own: the 401 is not in the form of the token endpoint",
        "take basic authentication off the portal's host",
    ),
    token!(
        "token-forbidden",
        Fail,
        |case| case.is(403),
        "something before the token endpoint forbids the request: Authelia never answers 403 there",
        "let the web application firewall or the address filter pass POST requests to /api/oidc/token",
    ),
    token!(
        "token-refused-otherwise",
        Fail,
        |case| case.granted().is_none() && case.refusal().is_some(),
        "the token endpoint refuses: {error}: {description}",
        "look at Authelia's log",
    ),
    token!(
        "token-signed",
        Warn,
        |case| case.has_form(TokenForm::Signed),
        "the token is a signed one, which the authz endpoints do not recognise behind a proxy",
        "remove access_token_signed_response_alg, or set it to none",
    ),
    token!(
        "token-foreign",
        Warn,
        |case| case.has_form(TokenForm::Foreign),
        "the token is none of Authelia's: the token URL belongs to another provider",
        "use Authelia's own token URL",
    ),
    token!(
        "token-without-type",
        Warn,
        |case| case.granted().is_some_and(|granted| granted.token_type.is_none()),
        "the token came without token_type; Uptime Kuma then sends 'Authorization: undefined', which nothing accepts",
        "see what rewrites the token endpoint's answer: Authelia always tells the type",
    ),
    token!(
        "token-without-scope",
        Warn,
        |case| {
            let scope = case.granted().and_then(|granted| granted.scope.as_deref());
            scope.is_some_and(|scope| scope.split(' ').all(|one| one != BEARER_SCOPE))
        },
        "the token was given without the scope authelia.bearer.authz, so no authz endpoint will take it",
        "write authelia.bearer.authz into Uptime Kuma's OAuth Scope",
    ),
    token!(
        "token-short-lived",
        Warn,
        |case| case.granted().and_then(|granted| granted.seconds).is_some_and(|seconds| seconds < SHORT_LIVED),
        "the token lives {seconds} s, so that every check needs a new one",
        "give the client a lifespan of several monitor intervals",
    ),
    token!(
        "token-slow",
        Warn,
        |case| case.granted().is_some() && case.exchange().is_some_and(|exchange| exchange.milliseconds > SLOW),
        "the token took {milliseconds} ms, and Uptime Kuma gives up after 10 s",
        "make a cheaper digest of the client's secret: 'authkuma tune' shows what it costs",
    ),
];

/// Whether the token was refused for its audience: `invalid_target`, and up to 4.39.19 `invalid_request` as much else.
fn is_audience_refused(case: &Case<'_>) -> bool {
    let asks_at_all = case.plan.token.audience.is_some() || case.plan.token.resource.is_some();
    case.error_is("invalid_target") || case.error_is("invalid_request") && asks_at_all && case.at(Discovery).is(200)
}

fn secret_matches(case: &Case<'_>) -> Option<bool> {
    case.expectations.and_then(|expectations| expectations.secret_matches)
}
