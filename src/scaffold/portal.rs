//! The portal: where tokens come from, and the domain that it shares with the applications.

use std::fmt;

use crate::bearer::Engine;
use crate::monitor::address;

use super::{Application, Misfit};

/// A portal by its URL, as `authelia_url` has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Portal {
    url: String,
    host: String,
    port: Option<u16>,
}

/// Why a URL is no portal of these applications.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UnfitPortal {
    /// It is no https URL of a host alone, perhaps with a path.
    Address(String),
    /// No cookie domain holds both it and this host.
    Apart(String),
    /// It is one of the applications.
    Application(String),
}

impl Portal {
    /// Reads a URL.
    pub fn parse(written: &str) -> Result<Portal, UnfitPortal> {
        let unfit = || UnfitPortal::Address(written.to_owned());
        let url = address::as_sent(written).map_err(|_| unfit())?;
        let given = url::Url::parse(written.trim()).map_err(|_| unfit())?;
        if url.scheme() != "https" || url.query().is_some() || given.fragment().is_some() || !given.username().is_empty() {
            return Err(unfit());
        }
        Ok(Portal {
            url: url.as_str().trim_end_matches('/').to_owned(),
            host: url.host_str().unwrap_or_default().to_owned(),
            port: url.port(),
        })
    }

    /// The URL, without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The host, without port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, when it is not that of https.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The portal of a host, as the server chooses it.
    pub(super) fn of(engine: &Engine, host: &str) -> Result<Portal, Misfit> {
        let url = engine.portal_of(host).ok_or_else(|| Misfit::NoPortal(host.to_owned()))?.to_string();
        Portal::parse(&url).map_err(|_| Misfit::PlainPortal(host.to_owned(), url))
    }

    /// The widest domain that it and all applications lie in and for which browsers keep cookies.
    pub(super) fn domain_with(&self, applications: &[Application]) -> Result<String, UnfitPortal> {
        let mut domain = self.host.clone();
        for application in applications {
            if application.host == self.host && application.port == self.port {
                return Err(UnfitPortal::Application(self.host.clone()));
            }
            domain = common(&domain, &application.host).ok_or_else(|| UnfitPortal::Apart(application.host.clone()))?;
        }
        Ok(domain)
    }
}

/// The domain above both hosts, when it is one that has cookies.
fn common(one: &str, other: &str) -> Option<String> {
    if one.parse::<std::net::IpAddr>().is_ok() {
        return (one == other).then(|| one.to_owned());
    }
    let labels = one.rsplit('.').zip(other.rsplit('.')).take_while(|(one, other)| one == other).count();
    let mut domain: Vec<&str> = one.rsplit('.').take(labels).collect();
    domain.reverse();
    let domain = domain.join(".");
    let is_suffix = psl::suffix_str(&domain).is_some_and(|suffix| suffix == domain)
        && psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known());
    (domain.contains('.') && !is_suffix).then_some(domain)
}

impl fmt::Display for UnfitPortal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnfitPortal::Address(text) => write!(f, "'{text}' is no https address of a portal"),
            UnfitPortal::Apart(host) => {
                write!(f, "the portal and '{host}' lie in no common domain, so no session cookie covers both")
            }
            UnfitPortal::Application(host) => write!(f, "'{host}' is the portal itself, which needs no token"),
        }
    }
}

impl std::error::Error for UnfitPortal {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scaffold::Page;

    fn domain(portal: &str, urls: &[&str]) -> Result<String, UnfitPortal> {
        let applications = Application::of(urls.iter().map(|url| Page::parse(url).unwrap()));
        Portal::parse(portal)?.domain_with(&applications)
    }

    #[test]
    fn the_domain_is_what_all_hosts_share() {
        assert_eq!(
            domain("https://Auth.example.com/", &["https://a.example.com", "https://b.x.example.com"]).unwrap(),
            "example.com"
        );
        assert_eq!(domain("https://auth.home.example.com", &["https://a.home.example.com"]).unwrap(), "home.example.com");
        assert_eq!(domain("https://auth.example.com", &["https://example.com"]).unwrap(), "example.com");
        let apart = |host: &str| Err(UnfitPortal::Apart(host.to_owned()));
        assert_eq!(domain("https://auth.example.com", &["https://a.example.org"]), apart("a.example.org"));
        assert_eq!(domain("https://auth.co.uk", &["https://a.co.uk"]), apart("a.co.uk"));
        assert_eq!(domain("https://localhost", &["https://127.0.0.1"]), apart("127.0.0.1"));
        assert!(matches!(domain("https://a.b.c", &["https://a.b.c/x"]), Err(UnfitPortal::Application(_))));
        assert!(matches!(domain("http://auth.example.com", &[]), Err(UnfitPortal::Address(_))));
    }
}
