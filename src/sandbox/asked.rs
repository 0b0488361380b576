//! A request as far as the server looks at it: method, path, headers, and who sent it.

use std::net::IpAddr;

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::bearer::Issuer;

/// What is asked, before its body is read.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub method: String,
    /// The path as it was sent, and what follows the question mark.
    pub path: String,
    pub query: Option<String>,
    pub headers: HeaderMap,
    /// The address at the other end of the connection.
    pub peer: IpAddr,
    /// Whether it came over TLS.
    pub tls: bool,
}

/// Stands for a value that is no text, which matches nothing.
const UNREADABLE: &str = "\u{fffd}";

impl Asked {
    pub(super) fn new(parts: &Parts, peer: IpAddr, tls: bool) -> Asked {
        Asked {
            method: parts.method.as_str().to_owned(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(str::to_owned),
            headers: parts.headers.clone(),
            peer,
            tls,
        }
    }

    /// The first value of a header; none when it is not sent.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| std::str::from_utf8(value.as_bytes()).unwrap_or(UNREADABLE))
    }

    /// Path and query as they were sent.
    pub(super) fn uri(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }

    /// The host that the request is sent to.
    pub(super) fn host(&self) -> &str {
        self.header("host").unwrap_or_default()
    }

    /// The scheme that a proxy reports, or that of the connection itself.
    pub(super) fn proto(&self) -> Option<&str> {
        self.header("x-forwarded-proto").filter(|proto| !proto.is_empty()).or(self.tls.then_some("https"))
    }

    /// The address by which the portal is asked. `base` is the sub-path that the request uses.
    pub(super) fn issuer<'a>(&'a self, base: &'a str) -> Issuer<'a> {
        Issuer { proto: self.proto(), forwarded_host: self.header("x-forwarded-host"), host: self.host(), base }
    }

    /// Who sent it: the first address that a proxy reports, else the peer.
    pub(super) fn sender(&self) -> IpAddr {
        let reported = self.header("x-forwarded-for").and_then(|list| list.split(',').next()?.trim().parse().ok());
        reported.unwrap_or(self.peer)
    }

    /// Puts a header in the place of all of its name, as a proxy does.
    pub(super) fn set(&mut self, name: &'static str, value: &str) {
        if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn asked(headers: &[(&str, &[u8])]) -> Asked {
        let mut request = Request::get("/a?b=c");
        for (name, value) in headers {
            request = request.header(*name, HeaderValue::from_bytes(value).unwrap());
        }
        Asked::new(&request.body(()).unwrap().into_parts().0, IpAddr::from([192, 0, 2, 1]), false)
    }

    #[test]
    fn the_sender_is_the_first_address_that_is_reported() {
        assert_eq!(asked(&[("x-forwarded-for", b"198.51.100.7 , 10.0.0.1")]).sender(), IpAddr::from([198, 51, 100, 7]));
        for odd in [&b"nobody"[..], b"", b"\xff"] {
            assert_eq!(asked(&[("x-forwarded-for", odd)]).sender(), IpAddr::from([192, 0, 2, 1]));
        }
    }

    #[test]
    fn the_scheme_is_the_reported_one_or_the_connections() {
        assert_eq!(asked(&[]).proto(), None);
        assert_eq!(Asked { tls: true, ..asked(&[]) }.proto(), Some("https"));
        assert_eq!(Asked { tls: true, ..asked(&[("x-forwarded-proto", b"http")]) }.proto(), Some("http"));
    }
}
