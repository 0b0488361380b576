//! A page that is to be watched, and the pages that no token can open.

use std::fmt::{self, Write as _};
use std::net::IpAddr;

use crate::access::Object;
use crate::go::url::Url;
use crate::monitor::address::{self, Unsendable};

/// A page by its URL as a monitor sends it: host in lower case, no default port, at least `/` as its path, no fragment, and escaped as
/// the server writes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    sent: url::Url,
    /// The same as the server reads it.
    read: Url,
}

/// Why a page cannot be watched with a token, or not safely.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unservable {
    /// It is no URL, or one of another scheme.
    Address(Unsendable),
    /// The server answers 400 to everything but https.
    Insecure(String),
    /// A proxy reports a web socket as https.
    WebSocket,
    /// Its user and password would go where the token goes.
    UserInformation,
    /// A fragment is never sent.
    Fragment,
    /// The host ends with a dot, as no cookie domain does.
    TrailingDot(String),
    /// The path has parts that are resolved on the way, so that the audience and the access rule would see different ones.
    Path(String),
    /// The query is empty, and proxies report the URL without its '?'.
    EmptyQuery,
    /// The query holds a parameter that changes with every request.
    CacheBuster,
}

impl Page {
    /// Reads a URL and refuses what the flow cannot serve.
    pub fn parse(written: &str) -> Result<Page, Unservable> {
        let sent = address::as_sent(written).map_err(Unservable::Address)?;
        match sent.scheme() {
            "https" => {}
            "wss" => return Err(Unservable::WebSocket),
            other => return Err(Unservable::Insecure(other.to_owned())),
        }
        let written = url::Url::parse(written.trim()).map_err(|_| Unservable::Address(Unsendable::NoUrl(written.to_owned())))?;
        if !written.username().is_empty() || written.password().is_some() {
            return Err(Unservable::UserInformation);
        }
        if written.fragment().is_some() {
            return Err(Unservable::Fragment);
        }
        let host = sent.host_str().unwrap_or_default();
        if host.ends_with('.') {
            return Err(Unservable::TrailingDot(host.to_owned()));
        }
        let read = Url::parse(sent.as_str()).map_err(|_| Unservable::Path(sent.path().to_owned()))?;
        if Object::new(read.clone(), "GET").resource().split('?').next().map(str::as_bytes) != Some(&read.path) {
            return Err(Unservable::Path(sent.path().to_owned()));
        }
        if sent.query() == Some("") {
            return Err(Unservable::EmptyQuery);
        }
        if read.query().has("uptime_kuma_cachebuster") {
            return Err(Unservable::CacheBuster);
        }
        // The server compares the URL as it writes it itself: a '|' in a path is '%7C' there.
        let sent = url::Url::parse(&read.to_string()).map_err(|_| Unservable::Path(sent.path().to_owned()))?;
        Ok(Page { sent, read })
    }

    /// The URL, which is its audience too.
    pub fn url(&self) -> &str {
        self.sent.as_str()
    }

    /// The host, without port.
    pub fn host(&self) -> &str {
        self.sent.host_str().unwrap_or_default()
    }

    /// The port, when it is not that of https.
    pub fn port(&self) -> Option<u16> {
        self.sent.port()
    }

    /// The host as an address, when it is one.
    pub fn address(&self) -> Option<IpAddr> {
        self.host().trim_matches(['[', ']']).parse().ok()
    }

    /// The page as an endpoint of an implementation reports it: Envoy's has no query.
    #[must_use]
    pub fn as_reported_to(&self, implementation: &str) -> Page {
        let mut page = self.clone();
        if implementation == "ExtAuthz" {
            page.sent.set_query(None);
            page.read.raw_query.clear();
        }
        page
    }

    /// The page as the access rules see it.
    pub fn object(&self) -> Object {
        Object::new(self.read.clone(), "GET")
    }

    /// A pattern that matches this page and no other.
    pub fn pattern(&self) -> String {
        format!("^{}$", quote_meta(self.object().resource()))
    }
}

/// A text as a pattern that matches it literally, also to those who read patterns in YAML.
fn quote_meta(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' => {
                pattern.extend(['\\', character]);
            }
            control if control.is_control() => _ = write!(pattern, "\\x{{{:X}}}", u32::from(control)),
            other => pattern.push(other),
        }
    }
    pattern
}

impl fmt::Display for Unservable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unservable::Address(reason) => reason.fmt(f),
            Unservable::Insecure(scheme) => {
                write!(f, "a page of the scheme '{scheme}' cannot be opened by a token: Authelia answers 400")
            }
            Unservable::WebSocket => {
                f.write_str("a web socket is reported by proxies as https, so an audience of wss never matches")
            }
            Unservable::UserInformation => f.write_str("a user and password in the URL would take the place of the token"),
            Unservable::Fragment => f.write_str("a fragment is never sent, so no audience with one ever matches"),
            Unservable::TrailingDot(host) => write!(f, "no cookie domain covers '{host}', which ends with a dot"),
            Unservable::Path(path) => {
                write!(
                    f,
                    "the path '{path}' reads differently once it is resolved: the audience and the access rule would not agree"
                )
            }
            Unservable::EmptyQuery => f.write_str("the query is empty, and the server sees the URL without its '?'"),
            Unservable::CacheBuster => {
                f.write_str("a parameter that changes with every request matches no audience from 4.39.21 on")
            }
        }
    }
}

impl std::error::Error for Unservable {}

impl Unservable {
    /// What to do about it, as an imperative sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Unservable::Address(_) => "write the whole address, such as https://app.example.com/",
            Unservable::Insecure(_) => "monitor the page by https",
            Unservable::WebSocket => "write https:// in place of wss://; the monitor itself may use wss",
            Unservable::UserInformation => "leave user and password out; the monitor sends the client's token",
            Unservable::Fragment => "leave out everything from the '#' on",
            Unservable::TrailingDot(_) => "write the host without the dot at its end",
            Unservable::Path(_) => "write the path as the application serves it: without '//', '.' and '..'",
            Unservable::EmptyQuery => "leave out the empty '?'",
            Unservable::CacheBuster => "leave the parameter out and turn the monitor's cache bust option off",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_audience_is_the_url_as_it_is_sent() {
        for (written, audience, pattern) in [
            ("https://App.Example.com", "https://app.example.com/", "^/$"),
            ("https://app.example.com:443/a.b", "https://app.example.com/a.b", r"^/a\.b$"),
            (
                "https://app.example.com:8443/health/?full=1&x=(y)",
                "https://app.example.com:8443/health/?full=1&x=(y)",
                r"^/health/\?full=1&x=\(y\)$",
            ),
            ("https://bücher.example.com/é b", "https://xn--bcher-kva.example.com/%C3%A9%20b", "^/é b$"),
            ("https://app.example.com/a|b?x|y", "https://app.example.com/a%7Cb?x|y", r"^/a\|b\?x\|y$"),
            ("https://app.example.com/a%0Ab", "https://app.example.com/a%0Ab", r"^/a\x{A}b$"),
            ("https://[2001:DB8::1]/", "https://[2001:db8::1]/", "^/$"),
        ] {
            let page = Page::parse(written).unwrap();
            assert_eq!((page.url(), &*page.pattern()), (audience, pattern));
            let pattern = crate::go::regexp::Regexp::parse(&page.pattern()).unwrap();
            assert!(pattern.is_match(page.object().resource()), "{written}");
        }
    }

    #[test]
    fn what_no_token_opens_is_refused() {
        let refused = |written| Page::parse(written).unwrap_err();
        assert_eq!(refused("http://app.example.com/"), Unservable::Insecure("http".to_owned()));
        assert_eq!(refused("wss://app.example.com/"), Unservable::WebSocket);
        assert_eq!(refused("https://u:p@app.example.com/"), Unservable::UserInformation);
        assert_eq!(refused("https://app.example.com/#/login"), Unservable::Fragment);
        assert_eq!(refused("https://app.example.com./"), Unservable::TrailingDot("app.example.com.".to_owned()));
        assert_eq!(refused("https://app.example.com/a//b"), Unservable::Path("/a//b".to_owned()));
        assert_eq!(refused("https://app.example.com/a?"), Unservable::EmptyQuery);
        assert_eq!(refused("https://app.example.com/?uptime_kuma_cachebuster=1"), Unservable::CacheBuster);
        assert!(matches!(refused("app.example.com"), Unservable::Address(_)));
    }

    #[test]
    fn envoy_reports_no_query() {
        let page = Page::parse("https://app.example.com/health?full=1").unwrap();
        assert_eq!(page.as_reported_to("ExtAuthz").url(), "https://app.example.com/health");
        assert_eq!(page.as_reported_to("ExtAuthz").pattern(), "^/health$");
        assert_eq!(page.as_reported_to("ForwardAuth"), page);
    }
}
