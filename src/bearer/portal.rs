//! Which portal a host belongs to: the session cookies.

use super::engine::Engine;
use crate::config::session::Session;
use crate::config::{Config, Path};
use crate::go::fold::{equal_fold, has_suffix_fold};
use crate::go::url::Url;

/// One cookie domain with its portal.
#[derive(Clone, Debug)]
pub(super) struct Cookie {
    pub(super) domain: Box<str>,
    /// None for the old `session.domain`, and where it cannot be read.
    pub(super) portal: Option<Url>,
    /// Where it is configured.
    path: Path,
    is_legacy: bool,
}

impl Cookie {
    pub(super) fn all(config: &Config) -> Vec<Cookie> {
        let session: &Session = &config.session;
        if session.cookies.is_empty() && !session.legacy_domain.is_empty() {
            let domain = session.legacy_domain.clone();
            return vec![Cookie { domain, portal: None, path: Path::of("session"), is_legacy: true }];
        }
        let cookie = |cookie: &crate::config::session::Cookie| Cookie {
            domain: cookie.domain.clone(),
            portal: cookie.authelia_url.as_deref().and_then(|url| Url::parse_request(url).ok()).map(closed),
            path: Path::of("session.cookies").index(cookie.index),
            is_legacy: false,
        };
        session.cookies.iter().map(cookie).collect()
    }

    /// Where its domain is configured.
    pub(super) fn domain_path(&self) -> Path {
        self.path.key("domain")
    }

    /// Where its portal is configured, or would be.
    pub(super) fn portal_path(&self) -> Path {
        if self.is_legacy { self.domain_path() } else { self.path.key("authelia_url") }
    }

    /// Host and port of its portal as they are written; for the old `session.domain`, which names none, the usual one.
    pub(super) fn portal_host(&self) -> Option<String> {
        match &self.portal {
            Some(portal) => Some(String::from_utf8_lossy(&portal.host).into_owned()),
            None if self.is_legacy => Some(format!("auth.{}", self.domain.trim_start_matches('.'))),
            None => None,
        }
    }
}

/// The server puts a slash behind the path of a portal.
fn closed(mut portal: Url) -> Url {
    if !portal.path.is_empty() && !portal.path.ends_with(b"/") {
        portal.path.push(b'/');
    }
    portal
}

impl Engine {
    /// The first cookie whose domain is the host or above it.
    pub(super) fn cookie_of(&self, host: &str) -> Option<&Cookie> {
        self.cookies.iter().find(|cookie| self.is_within(host, &cookie.domain))
    }

    /// The portal to which people are sent from a host: that of the first cookie that covers it.
    pub fn portal_of(&self, host: &str) -> Option<&Url> {
        self.cookie_of(host)?.portal.as_ref()
    }

    /// Whether a host is a domain or below it.
    pub(super) fn is_within(&self, host: &str, domain: &str) -> bool {
        let folds = self.behaviour.folds_cookie_domain;
        let ends = |suffix: &str| if folds { has_suffix_fold(host, suffix) } else { host.ends_with(suffix) };
        let equal = if folds { equal_fold(host, domain) } else { host == domain };
        !domain.is_empty() && (equal || domain.starts_with('.') && ends(domain) || ends(&format!(".{domain}")))
    }

    /// The host of the portal that serves an application, as Uptime Kuma would be given it; none when no session cookie covers the
    /// application. Without an application it is the first portal.
    pub fn portal_host<'h>(&self, applications: impl IntoIterator<Item = &'h str>) -> Option<String> {
        let mut applications = applications.into_iter().peekable();
        if applications.peek().is_none() {
            return self.cookies.first()?.portal_host();
        }
        applications.find_map(|host| self.cookie_of(host))?.portal_host()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_portal_ends_in_a_slash() {
        for (written, read) in [
            ("https://auth.example.com/portal", "https://auth.example.com/portal/"),
            ("https://auth.example.com/portal/?a=b", "https://auth.example.com/portal/?a=b"),
            ("https://auth.example.com/", "https://auth.example.com/"),
            ("https://auth.example.com", "https://auth.example.com"),
        ] {
            assert_eq!(closed(Url::parse_request(written).unwrap()).to_string(), read);
        }
    }
}
