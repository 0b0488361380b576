//! The Uptime Kuma side: what it stores, what it will send, what it shows, and what that means.

pub mod address;
pub mod catalogue;
pub mod check;
mod credentials;
pub mod database;
pub mod emit;
pub mod forecast;
pub mod message;
mod statuses;

pub use credentials::{Authentication, ClientCredentials, EndpointMethod};
pub use statuses::Statuses;

use url::Url;
use zeroize::Zeroizing;

use crate::scrub::{Scrub, wire};
use crate::secret::Secret;

/// Which Uptime Kuma: the two differ in what they store and in what they do after a 401.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Generation {
    /// 1.23: no audience, no second token after a 401, names the true network failure.
    One,
    /// 2.0.0 and later.
    Two,
}

/// One monitor as Uptime Kuma stores it.
#[derive(Debug)]
pub struct Monitor {
    /// Its number, which is in the address of its page.
    pub id: i64,
    /// Its friendly name.
    pub name: String,
    /// What it does.
    pub kind: Kind,
    /// Whether it runs: neither it nor a group around it is paused.
    pub active: bool,
    /// The monitored URL; empty when absent.
    pub url: String,
    /// The monitored host of a monitor that has no URL; empty when absent.
    pub hostname: String,
    /// The HTTP method, in upper case.
    pub method: String,
    /// Custom headers in their order; the values may be secrets.
    pub headers: Vec<(String, Secret)>,
    /// Why they are not what was written; none where they are.
    pub header_fault: Option<HeaderFault>,
    /// What the answer must hold, for [`Kind::Keyword`].
    pub keyword: String,
    /// Whether the keyword must be absent instead.
    pub invert_keyword: bool,
    /// Whether up and down are swapped.
    pub upside_down: bool,
    /// Seconds between checks.
    pub interval: f64,
    /// Seconds until the application's answer must be there; 0 means no limit worth the name.
    pub timeout: f64,
    /// How many redirects are followed.
    pub max_redirects: i64,
    /// Which statuses count as up.
    pub accepted: Statuses,
    /// Whether certificate errors of the application are ignored; never applies to the token request.
    pub ignore_tls: bool,
    /// Whether a random query parameter is added to the URL.
    pub cache_bust: bool,
    /// How it authenticates.
    pub authentication: Authentication,
    /// The newest heartbeat.
    pub heartbeat: Option<Heartbeat>,
}

/// What a monitor does, as far as authentication is concerned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The status alone decides.
    Http,
    /// The status and a keyword in the answer decide.
    Keyword,
    /// The status and a value in a JSON answer decide.
    JsonQuery,
    /// A websocket is opened.
    Websocket,
    /// Strangers' probes ask over HTTP.
    Globalping,
    /// A folder of monitors.
    Group,
    /// Anything else; it never sends a token.
    Other(String),
}

impl Kind {
    /// Reads the stored `type` and `subtype`.
    pub fn read(kind: &str, subtype: &str) -> Kind {
        match kind {
            "http" => Kind::Http,
            "keyword" => Kind::Keyword,
            "json-query" => Kind::JsonQuery,
            "websocket-upgrade" => Kind::Websocket,
            "globalping" if subtype == "http" => Kind::Globalping,
            "group" => Kind::Group,
            other => Kind::Other(other.to_owned()),
        }
    }

    /// What the form calls it.
    pub fn label(&self) -> &str {
        match self {
            Kind::Http => "HTTP(s)",
            Kind::Keyword => "HTTP(s) - Keyword",
            Kind::JsonQuery => "HTTP(s) - Json Query",
            Kind::Websocket => "Websocket Upgrade",
            Kind::Globalping => "Globalping",
            Kind::Group => "Group",
            Kind::Other(name) => name,
        }
    }

    /// Whether it sends the token that its credentials are given.
    pub fn sends_token(&self) -> bool {
        matches!(self, Kind::Http | Kind::Keyword | Kind::JsonQuery | Kind::Websocket | Kind::Globalping)
    }
}

/// Why custom headers are not what was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeaderFault {
    /// They are no JSON.
    NoJson,
    /// They are JSON, and no object.
    NoObject,
}

/// What came of one check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heartbeat {
    /// Up, down, pending or in maintenance.
    pub state: State,
    /// What Uptime Kuma shows.
    pub message: String,
    /// When, as stored: UTC.
    pub time: String,
}

/// The state of a monitor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// 0
    Down,
    /// 1
    Up,
    /// 2: failing, and retried before it counts as down.
    Pending,
    /// 3
    Maintenance,
}

impl State {
    /// Reads the stored number; what is unknown counts as pending.
    pub fn read(number: i64) -> State {
        match number {
            0 => State::Down,
            1 => State::Up,
            3 => State::Maintenance,
            _ => State::Pending,
        }
    }
}

impl Monitor {
    /// Its client credentials, when it uses them.
    pub fn credentials(&self) -> Option<&ClientCredentials> {
        match &self.authentication {
            Authentication::ClientCredentials(credentials) => Some(credentials),
            _ => None,
        }
    }

    /// Whether it is failing, or would be if it were not retried.
    pub fn is_failing(&self) -> bool {
        self.heartbeat.as_ref().is_some_and(|heartbeat| matches!(heartbeat.state, State::Down | State::Pending))
    }

    /// The value of a custom header; names are compared without case.
    pub fn header(&self, name: &str) -> Option<&Secret> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The custom `Accept` header, which is no secret.
    pub fn accept(&self) -> Option<&str> {
        self.header("Accept").map(Secret::expose)
    }

    /// A text with every secret of this monitor blanked out.
    pub fn redact(&self, text: &str) -> String {
        let credentials = self.credentials();
        let client = credentials.map(|credentials| wire::forms(&credentials.client_id, &credentials.client_secret));
        let headers = self.headers.iter().flat_map(|(_, value)| wire::forms("", value));
        // Of a value such as "Bearer abc" the second word is the secret.
        let parts = self.headers.iter().filter(|(name, _)| name.to_ascii_lowercase().ends_with("authorization"));
        let parts = parts.filter_map(|(_, value)| Some(value.expose().trim().split_once(' ')?.1.trim().to_owned()));
        let urls = [Some(&self.url), credentials.map(|credentials| &credentials.token_url)];
        let passwords = urls.into_iter().flatten().filter_map(|url| Some(Url::parse(url.trim()).ok()?.password()?.to_owned()));
        let further = parts.chain(passwords).map(Zeroizing::new);
        let text = Scrub::new(client.into_iter().flatten().chain(headers).chain(further)).blank(text);
        if self.header_fault == Some(HeaderFault::NoJson) { without_excerpt(&text) } else { text }
    }
}

/// A text without what Node shows of a text that is no JSON: of headers that may be a secret.
fn without_excerpt(text: &str) -> String {
    let excerpt = || {
        let end = text.find(" is not valid JSON")?;
        let start = text[..end].find("Unexpected token ")?;
        Some((&text[..start], &text[end..]))
    };
    excerpt().map_or_else(|| text.to_owned(), |(before, after)| format!("{before}Unexpected token in ***{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_headers_that_are_no_json_is_shown() {
        for shown in ["'m', \"marker\"", "'a', ...\"y: marker, \"... "] {
            let said = without_excerpt(&format!("x Unexpected token {shown} is not valid JSON"));
            assert_eq!(said, "x Unexpected token in *** is not valid JSON");
        }
        assert_eq!(without_excerpt("200 - OK is not valid JSON"), "200 - OK is not valid JSON");
    }

    #[test]
    fn no_form_of_a_secret_is_shown() {
        let monitor = Monitor {
            id: 1,
            name: String::new(),
            kind: Kind::Http,
            active: true,
            url: "https://user:marker-password@app.example.com/".to_owned(),
            hostname: String::new(),
            method: "GET".to_owned(),
            header_fault: None,
            headers: vec![("Authorization".to_owned(), Secret::new("Bearer marker-token".to_owned()))],
            keyword: String::new(),
            invert_keyword: false,
            upside_down: false,
            interval: 60.0,
            timeout: 48.0,
            max_redirects: 0,
            accepted: Statuses::default(),
            ignore_tls: false,
            cache_bust: false,
            authentication: Authentication::ClientCredentials(ClientCredentials {
                token_url: "https://auth.example.com/api/oidc/token?secret=marker-query".to_owned(),
                client_id: "uptime-kuma".to_owned(),
                client_secret: Secret::new("marker!%&".to_owned()),
                scope: String::new(),
                audience: String::new(),
                method: None,
            }),
            heartbeat: None,
        };
        for (text, shown) in [
            ("marker!%& marker!%25%26", "*** ***"),
            ("Basic dXB0aW1lLWt1bWE6bWFya2VyISUm", "Basic ***"),
            ("Bearer marker-token, marker-token", "***, ***"),
            ("user:marker-password@", "user:***@"),
            ("https://auth.example.com/api/oidc/token?secret=marker-query", "https://auth.example.com/api/oidc/token?secret=***"),
            ("https://kuma.example.com/api/push/marker?status=up", "https://kuma.example.com/api/push/***?status=up"),
        ] {
            assert_eq!(monitor.redact(text), shown);
        }
    }
}
