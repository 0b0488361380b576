//! What is kept of an answer: facts, not its body.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION, PROXY_AUTHENTICATE, RETRY_AFTER, SERVER, WWW_AUTHENTICATE};
use url::Url;

use super::network::Received;
use super::transcript::{Answer, Body, BodyKind, Challenge, Redirect};
use crate::scrub::Scrub;

/// Reads an answer to a request for `url`.
pub(super) fn read(received: &Received, url: &Url, keyword: Option<&str>, scrub: &Scrub) -> Answer {
    let text = |name| header(&received.headers, name).map(|value| scrub.clean(&value));
    Answer {
        status: received.status,
        challenge: challenge(&received.headers, scrub),
        redirect: redirect(&received.headers, url, scrub),
        retry_after: text(RETRY_AFTER),
        server: text(SERVER),
        body: body(received, keyword),
    }
}

fn header(headers: &HeaderMap, name: reqwest::header::HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The challenge; of several the Bearer one, which tells most.
fn challenge(headers: &HeaderMap, scrub: &Scrub) -> Option<Challenge> {
    let all = [(WWW_AUTHENTICATE, false), (PROXY_AUTHENTICATE, true)].into_iter().flat_map(|(name, is_proxy)| {
        let values: Vec<String> =
            headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
        values.into_iter().map(move |value| (value, is_proxy))
    });
    let mut found: Vec<Challenge> = all
        .map(|(value, is_proxy)| {
            let (scheme, rest) = value.split_once(' ').unwrap_or((&value, ""));
            let parameter = |name: &str| {
                let (_, after) = rest.split_once(&format!("{name}=\""))?;
                Some(scrub.clean(after.split('"').next().unwrap_or_default()))
            };
            Challenge { scheme: scrub.clean(scheme), error: parameter("error"), realm: parameter("realm"), is_proxy }
        })
        .collect();
    found.sort_by_key(|challenge| !challenge.scheme.eq_ignore_ascii_case("bearer"));
    found.into_iter().next()
}

fn redirect(headers: &HeaderMap, url: &Url, scrub: &Scrub) -> Option<Redirect> {
    let location = header(headers, LOCATION)?;
    let Ok(mut target) = url.join(&location) else {
        return Some(Redirect { url: scrub.clean(&location), ..Redirect::default() });
    };
    let is_login = target.query_pairs().any(|(name, _)| name == "rd");
    target.set_query(None);
    target.set_fragment(None);
    Some(Redirect {
        host: target.host_str().unwrap_or_default().to_owned(),
        is_https: target.scheme() == "https",
        url: scrub.clean(target.as_str()),
        is_login,
    })
}

fn body(received: &Received, keyword: Option<&str>) -> Body {
    let text = String::from_utf8_lossy(&received.body);
    let trimmed = text.trim();
    let is_html = is_html(received, trimmed);
    let reason = StatusCode::from_u16(received.status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default();
    Body {
        kind: match () {
            () if received.body.is_empty() => BodyKind::Empty,
            () if is_html => BodyKind::Html,
            () if !received.is_cut && serde_json::from_slice::<serde::de::IgnoredAny>(&received.body).is_ok() => BodyKind::Json,
            () => BodyKind::Other,
        },
        bytes: received.body.len(),
        is_cut: received.is_cut,
        is_portal: is_html && is_portal(trimmed),
        is_authelia: trimmed == format!("{} {reason}", received.status),
        has_keyword: keyword.map(|keyword| text.contains(keyword)),
        wants_tls: received.status == 400
            && ["HTTP request to an HTTPS server", "plain HTTP request was sent to HTTPS port"]
                .iter()
                .any(|said| text.contains(said)),
    }
}

fn is_html(received: &Received, text: &str) -> bool {
    let told = header(&received.headers, reqwest::header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/html"));
    let begins = |start: &str| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    !text.is_empty() && (told || begins("<!doctype html") || begins("<html"))
}

/// The login page of the server: its body carries settings of the login form, and its title named it until 2025-09.
fn is_portal(html: &str) -> bool {
    let title = html.split_once("<title>").and_then(|(_, rest)| rest.split("</title>").next()).unwrap_or_default();
    html.contains("data-rememberme=") && html.contains("data-resetpassword=") || title.trim() == "Login - Authelia"
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn answer(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Answer {
        let headers = headers
            .iter()
            .map(|(name, value)| (reqwest::header::HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        let received = Received { status, headers, body: body.as_bytes().to_vec(), is_cut: false };
        let scrub = Scrub::new(["marker".to_owned().into()]);
        read(&received, &Url::parse("https://app.example.com/a/b?c").unwrap(), Some("Grafana"), &scrub)
    }

    #[test]
    fn the_bearer_challenge_wins_over_the_basic_one() {
        let bearer = "Bearer error=\"invalid_token\",error_description=\"The access token marker\"";
        let read = answer(401, &[("www-authenticate", "Basic realm=\"x\""), ("www-authenticate", bearer)], "401 Unauthorized");
        let challenge = read.challenge.unwrap();
        assert_eq!((challenge.scheme.as_str(), challenge.error.as_deref()), ("Bearer", Some("invalid_token")));
        assert!(read.body.is_authelia);
    }

    #[test]
    fn a_redirect_is_made_absolute_and_loses_its_query() {
        let redirect = answer(302, &[("location", "/login?rd=https%3A%2F%2Fx&t=marker")], "").redirect.unwrap();
        assert_eq!((redirect.url.as_str(), redirect.is_login), ("https://app.example.com/login", true));
        assert_eq!(answer(302, &[("location", "https://a/marker")], "").redirect.unwrap().url, "https://a/***");
        assert_eq!(answer(302, &[("location", "https://")], "").redirect.unwrap().url, "https://");
    }

    #[test]
    fn the_login_page_is_known_by_its_settings_or_its_title() {
        let new = "<!DOCTYPE html><html><title></title><body data-rememberme=\"true\" data-resetpassword=\"true\">";
        assert!(answer(200, &[], new).body.is_portal);
        assert!(answer(200, &[], "<html><title>Login - Authelia</title>").body.is_portal);
        let other = answer(200, &[("content-type", "text/html")], "<title>Grafana</title>").body;
        assert_eq!((other.is_portal, other.has_keyword, other.kind), (false, Some(true), BodyKind::Html));
        assert_eq!(answer(200, &[], "{\"a\": 1}").body.kind, BodyKind::Json);
    }
}
