//! A monitored URL cut as a proxy cuts it, and the request that a right proxy makes of it.

use super::authz::AuthzRequest;
use super::endpoint::{Endpoint, Implementation};
use super::question::Unaskable;
use crate::go::url::Url;

/// A URL in the parts that proxies report. Nothing is normalised but the scheme's case and the empty path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MonitoredUrl {
    scheme: String,
    authority: String,
    path: String,
    query: Option<String>,
}

impl MonitoredUrl {
    /// Cuts a URL that has a scheme and a host; a fragment, which no client sends, is dropped.
    pub fn split(url: &str) -> Result<MonitoredUrl, Unaskable> {
        let none = || Unaskable::NoUrl(url.to_owned());
        let (scheme, rest) = url.split_once("://").ok_or_else(none)?;
        let rest = rest.split('#').next().unwrap_or_default();
        let (authority, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        if scheme.is_empty() || authority.is_empty() {
            return Err(none());
        }
        let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        let path = if path.is_empty() { "/" } else { path };
        let query = query.filter(|query| !query.is_empty()).map(str::to_owned);
        Ok(MonitoredUrl { scheme: scheme.to_ascii_lowercase(), authority: authority.to_owned(), path: path.to_owned(), query })
    }

    /// Path and query.
    fn uri(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }

    /// The URL as a proxy reports it.
    pub fn url(&self) -> String {
        format!("{}://{}{}", self.scheme, self.authority, self.uri())
    }

    /// The audience that covers it under every release: itself as the server writes it, with `%7C` for a `|` in its path.
    pub fn audience(&self) -> String {
        let url = self.url();
        Url::parse(&url).map_or(url, |read| read.to_string())
    }

    /// The host without its port; none when it cannot be read.
    pub fn hostname(&self) -> Option<String> {
        Url::parse(&self.url()).ok().map(|url| url.hostname().into_owned())
    }
}

impl AuthzRequest {
    /// The request that a right proxy sends to an endpoint for a URL and a method, without credentials.
    pub fn of_proxy(endpoint: &Endpoint, url: &MonitoredUrl, method: &str) -> AuthzRequest {
        let some = |text: &str| Some(text.to_owned());
        let request = AuthzRequest { verb: "GET".to_owned(), uri: endpoint.path.clone(), ..AuthzRequest::default() };
        match endpoint.implementation {
            Implementation::ForwardAuth => AuthzRequest {
                forwarded_proto: some(&url.scheme),
                forwarded_host: some(&url.authority),
                forwarded_uri: Some(url.uri()),
                forwarded_method: some(method),
                ..request
            },
            Implementation::AuthRequest => {
                AuthzRequest { original_url: Some(url.url()), original_method: some(method), ..request }
            }
            Implementation::ExtAuthz => AuthzRequest {
                verb: method.to_owned(),
                uri: format!("{}/{}", endpoint.path, url.uri()),
                host: url.authority.clone(),
                forwarded_proto: some(&url.scheme),
                rest: some(&url.path),
                ..request
            },
            Implementation::Legacy => AuthzRequest { original_url: Some(url.url()), forwarded_method: some(method), ..request },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_scheme_and_the_empty_path_are_normalised() {
        for (url, expected) in [
            ("HTTPS://A.b", "https://A.b/"),
            ("https://a.b?x=1", "https://a.b/?x=1"),
            ("https://a.b/x/../%61?#f", "https://a.b/x/../%61"),
            ("https://u@a.b:443/", "https://u@a.b:443/"),
        ] {
            assert_eq!(MonitoredUrl::split(url).unwrap().url(), expected);
        }
        assert_eq!(MonitoredUrl::split("https://a.b/x|y?x|y").unwrap().audience(), "https://a.b/x%7Cy?x|y");
        for none in ["", "a.b/x", "://a", "https:///x", "https://", "mailto:a"] {
            assert!(MonitoredUrl::split(none).is_err(), "{none}");
        }
    }
}
