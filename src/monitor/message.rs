//! A message as Uptime Kuma shows it, taken out of its wrapping and looked up in the catalogue.

use super::catalogue::{self, Entry};
use crate::scrub::blank_urls;

/// What a message means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// The catalogue's entry.
    pub entry: &'static Entry,
    /// What the message names: a scope, a host, a method.
    pub named: Option<String>,
}

/// What stands before every failure of the token request, except those of websocket monitors and of the second request after a 401.
const TOKEN_PREFIX: &str = "The oauth config is invalid.";

/// The most characters of a message that are looked at; Uptime Kuma cuts what it quotes, so a real one is shorter.
const LONGEST: usize = 4096;

/// What a message means; none when it is not in the catalogue. Takes the bare message, a line of Uptime Kuma's log or the text of a notification.
pub fn explain(shown: &str) -> Option<Explanation> {
    let text = unwrap(shown);
    let (text, of_token) = match text.strip_prefix(TOKEN_PREFIX) {
        Some(rest) => (rest.trim(), true),
        None => (text, false),
    };
    let entry = catalogue::find(text, of_token)?;
    Some(Explanation { entry, named: entry.named_in(text).map(str::to_owned) })
}

/// A message fit to be shown: without the values of a failed database statement, without tokens and the secrets of URLs, and not longer than a few lines.
pub fn presentable(shown: &str) -> String {
    const LONGEST: usize = 400;
    let text = unwrap(shown);
    let lower = text.to_ascii_lowercase();
    if ["insert into", "update `monitor`", "update monitor"].iter().any(|statement| lower.contains(statement)) {
        return "(a database statement with all its values, which may be secrets)".to_owned();
    }
    let words: Vec<&str> = text.split(' ').map(|word| if word.contains(TOKEN) { "***" } else { word }).collect();
    let text = blank_urls(&words.join(" "));
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

/// What Authelia's tokens begin with.
const TOKEN: &str = "authelia_";

/// The message alone, without what a log line or a notification puts around it.
pub fn unwrap(shown: &str) -> &str {
    let end = shown.char_indices().nth(LONGEST).map_or(shown.len(), |(at, _)| at);
    let text = shown[..end].trim();
    for start in ["': Failing: ", "': Pending: "] {
        if let Some((_, rest)) = text.split_once(start) {
            return [" | Max retries: ", " | Interval: "]
                .iter()
                .fold(rest, |rest, end| rest.rsplit_once(end).map_or(rest, |(text, _)| text));
        }
    }
    for start in ["Down] ", "Up] "] {
        if let Some((before, rest)) = text.split_once(start)
            && before.starts_with('[')
        {
            return rest;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(shown: &str) -> Option<&'static str> {
        explain(shown).map(|explanation| explanation.entry.id)
    }

    #[test]
    fn a_log_line_and_a_notification_mean_what_their_message_means() {
        let bare = "Request failed with status code 403";
        for shown in [
            bare.to_owned(),
            format!(
                "2026-11-23T08:27:55Z [MONITOR] WARN: Monitor #12 'Lab': Failing: {bare} | Interval: 60 seconds | Type: keyword"
            ),
            format!("Monitor #12 'Lab': Pending: {bare} | Max retries: 1 | Retry: 1 | Retry Interval: 60 seconds | Type: http"),
            format!("[Lab] [🔴 Down] {bare}"),
        ] {
            assert_eq!(unwrap(&shown), bare);
            assert_eq!(id(&shown), Some("application-403"));
        }
    }

    #[test]
    fn what_a_message_names_is_told() {
        let named = |shown| explain(shown).unwrap().named;
        let scope = "The oauth config is invalid. invalid_scope (Malformed. The OAuth 2.0 Client is not allowed to request scope 'openid'.)";
        assert_eq!(named(scope).as_deref(), Some("openid"));
        assert_eq!(
            named("The oauth config is invalid. getaddrinfo ENOTFOUND auth.example.com").as_deref(),
            Some("auth.example.com")
        );
        assert_eq!(named("Request failed with status code 403"), None);
    }

    #[test]
    fn the_stage_decides_between_like_messages() {
        assert_eq!(id("The oauth config is invalid. connect ECONNREFUSED 127.0.0.1:9091"), Some("token-refused"));
        assert_eq!(id("connect ECONNREFUSED 127.0.0.1:9091"), Some("application-network"));
        assert_eq!(id("The oauth config is invalid. "), Some("token-all-addresses"));
        assert_eq!(id(""), Some("application-all-addresses"));
        assert_eq!(id("invalid_client (x)"), Some("token-client"));
    }

    #[test]
    fn what_may_hold_a_secret_is_not_repeated() {
        let statement =
            "insert into `monitor` (`oauth_client_secret`) values ('marker') - SQLITE_ERROR: table monitor has no column named x";
        assert_eq!(id(statement), Some("database-unknown-field"));
        assert!(!presentable(statement).contains("marker"));
        assert_eq!(presentable("a authelia_at_marker b"), "a *** b");
        assert_eq!(presentable("https://a/api/push/marker?status=up"), "https://a/api/push/***?status=up");
        assert_eq!(presentable(&"é".repeat(500)).chars().count(), 403);
    }

    #[test]
    fn what_is_not_in_the_catalogue_stays_unexplained() {
        assert_eq!(id("something new"), None);
        assert_eq!(id("The oauth config is invalid. something new"), None);
        assert_eq!(id(&"é".repeat(100_000)), None);
    }
}
