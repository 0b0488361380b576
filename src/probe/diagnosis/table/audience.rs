//! The token's audience against the monitored URL: at introspection, and where the token is refused for it.

use url::Url;

use super::super::Case;
use super::Row;
use super::introspection::is_about_token;
use crate::probe::Asker;
use crate::probe::Step::{Application, Authz, Introspection};
use crate::probe::result::StepOutcome::{Fail, Warn};
use crate::probe::transcript::Trial;

macro_rules! audience {
    ($id:literal, $when:expr, $cause:literal, $fix:literal $(,)?) => {
        Row { id: $id, steps: &[Introspection, Authz, Application], outcome: Fail, when: $when, cause: $cause, fix: $fix }
    };
}

pub(super) const ROWS: &[Row] = &[
    audience!(
        "resource-not-honoured",
        |case| case.is_token_refused() && case.plan.token.resource.is_some() && case.is_sound_but_for_audience(),
        "the token was asked for by 'resource', which opens nothing on this server (4.39.21 and 4.39.22, and 4.39.19 and earlier)",
        "ask with 'audience' and the literal monitored URL {url}, which must stand in the client's audience",
    ),
    audience!(
        "audience-field-empty",
        |case| is_empty(case) && case.plan.token.asker == Asker::Kuma2 && case.plan.token.audience.is_none(),
        "the token has no audience: the client's requested_audience_mode is explicit, and the monitor asks for none",
        "write {url} into Uptime Kuma's OAuth Audience, or set the client's requested_audience_mode to implicit",
    ),
    audience!(
        "audience-cannot-be-asked",
        |case| is_empty(case) && case.plan.token.asker == Asker::Kuma1,
        "the token has no audience: the client's requested_audience_mode is explicit, and Uptime Kuma 1.23 has no field to ask for one",
        "set the client's requested_audience_mode to implicit, or upgrade Uptime Kuma to 2.x and fill its OAuth Audience",
    ),
    audience!(
        "audience-empty",
        |case| is_empty(case) && case.plan.token.resource.is_none(),
        "the token was given without an audience",
        "ask with the literal monitored URL {url} as audience, which must stand in the client's audience",
    ),
    audience!(
        "audience-other-scheme",
        |case| misses(case) && case.any_audience(|entry, url| entry.host() == url.host() && entry.scheme() != url.scheme()),
        "the token's audience {audience} has another scheme than {url}",
        "write https:// in the client's audience",
    ),
    audience!(
        "audience-other-port",
        |case| misses(case) && case.any_audience(|entry, url| entry.host() == url.host() && entry.port() != url.port()),
        "the token's audience {audience} names another port than {url}",
        "write the audience with the port that the monitored URL shows, and without one when it shows none",
    ),
    audience!(
        "audience-host-text",
        |case| misses(case) && case.any_audience(is_same_place),
        "the token's audience {audience} is {url} in another spelling: the server compares the texts of hosts, with their capitals, ports \
         and dots",
        "write the audience as the literal monitored URL {url}",
    ),
    audience!(
        "audience-other-path",
        |case| misses(case) && case.any_audience(|entry, url| entry.host() == url.host()),
        "the token's audience {audience} is another path than {url}: paths match by whole segments, capitals count",
        "add the literal monitored URL {url} to the client's audience",
    ),
    audience!(
        "audience-no-url",
        |case| misses(case) && case.token().is_some_and(|token| token.audience.iter().all(|entry| !is_web(entry))),
        "the token's audience {audience} is no URL of the web: it needs https:// and a host, and knows no wildcards",
        "write the literal monitored URL {url} in the client's audience",
    ),
    audience!(
        "audience-other-host",
        misses,
        "the token's audience {audience} is for another host than {url}",
        "add the literal monitored URL {url} to the client's audience",
    ),
    Row {
        id: "audience-not-exact",
        steps: &[Authz, Application],
        outcome: Fail,
        when: |case| case.is_token_refused() && case.covers_by_prefix() && !case.covers_exactly() && !is_refused_alike(case),
        cause: "this server compares audiences as exact texts (4.39.21 and later), and the token's audience {audience} covers {url} by its \
                beginning alone",
        fix: "write the literal monitored URL {url} in the client's audience: one entry for each monitor, it works on every version",
    },
    Row {
        id: "audience-by-prefix",
        steps: &[Introspection],
        outcome: Warn,
        when: |case| case.token().is_some() && case.covers_by_prefix() && !case.covers_exactly() && opens(case),
        cause: "the token's audience {audience} covers {url} by its beginning alone, which works up to 4.39.20 and from 4.39.21 on does not",
        fix: "add the literal monitored URL {url} to the client's audience before you upgrade",
    },
];

fn is_empty(case: &Case<'_>) -> bool {
    is_about_token(case) && case.is_sound_but_for_audience() && case.token().is_some_and(|token| token.audience.is_empty())
}

/// Whether the token has audiences of which none covers the URL by any rule.
fn misses(case: &Case<'_>) -> bool {
    is_about_token(case)
        && case.is_sound_but_for_audience()
        && case.plan.token.resource.is_none()
        && case.token().is_some_and(|token| !token.audience.is_empty())
        && !case.covers_by_prefix()
        && !case.covers_exactly()
}

/// Whether a token for the literal URL is refused just the same, so that its audience is not what stands in the way.
fn is_refused_alike(case: &Case<'_>) -> bool {
    case.literal().is_some_and(|trial| trial.opened.is_some() && !Trial::is_past_audience(trial))
}

/// Whether the token opened what was asked, so that the audience was good enough for this server.
fn opens(case: &Case<'_>) -> bool {
    case.at(Authz).is_success() || case.at(Application).is_success()
}

/// Whether two URLs lead to the same place although their texts differ.
fn is_same_place(entry: &Url, url: &Url) -> bool {
    entry.origin() == url.origin() && url.path().starts_with(entry.path().trim_end_matches('/'))
}

fn is_web(entry: &str) -> bool {
    Url::parse(entry).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && !entry.contains('*'))
}
