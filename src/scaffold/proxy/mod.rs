//! Configuration of the reverse proxies: they ask Authelia before they let a request through.
//!
//! Every one of them passes `Authorization` to Authelia, says itself what was asked and by whom, answers a refused token with
//! its 401 and never with a redirect, takes `Remote-*` from Authelia alone, and keeps the token from the application.

mod caddy;
mod envoy;
mod haproxy;
mod nginx;
mod template;
mod traefik;

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// A reverse proxy that can ask Authelia.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proxy {
    /// Traefik 3.
    Traefik,
    /// nginx with `auth_request`, and what is built on it.
    Nginx,
    /// Caddy 2.
    Caddy,
    /// HAProxy from 2.5 on, whose Lua has an HTTP client.
    Haproxy,
    /// Envoy with the HTTP form of `ext_authz`.
    Envoy,
}

/// What a snippet is made from.
#[derive(Clone, Debug)]
pub struct ProxyFacts {
    /// The portal, with Authelia behind it.
    pub portal: Site,
    /// The applications.
    pub applications: Vec<Site>,
    /// The path of the authz endpoint at Authelia, such as `/api/authz/forward-auth`.
    pub endpoint: String,
    /// The address that is listened on; none for all of them.
    pub bind: Option<IpAddr>,
    /// The certificate of all sites; none for the usual place, or for what the proxy gets by itself.
    pub certificate: Option<Certificate>,
}

/// One public host and what stands behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    /// The public host, in lower case.
    pub host: String,
    /// The public port; none for 443.
    pub port: Option<u16>,
    /// Host and port, reached by plain HTTP.
    pub upstream: String,
}

/// Files of a certificate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Certificate {
    /// The chain, in PEM; for HAProxy with the key in the same file.
    pub chain: String,
    /// The private key, in PEM.
    pub key: String,
}

/// What to write for a proxy: one file, or several that belong together. Its `Display` shows them all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snippet {
    /// The files; the first one is the proxy's own configuration.
    pub files: Vec<File>,
}

/// One file of a [`Snippet`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its usual name.
    pub name: &'static str,
    /// How a comment begins in it.
    comment: &'static str,
    /// Its text.
    pub text: String,
}

/// Where nobody says otherwise, Authelia listens here.
pub const DEFAULT_AUTHELIA: &str = "127.0.0.1:9091";
/// Where nobody says otherwise, the application listens here.
pub const DEFAULT_APPLICATION: &str = "127.0.0.1:8080";

/// The configuration that a proxy needs.
pub fn snippet(proxy: Proxy, facts: &ProxyFacts) -> Snippet {
    match proxy {
        Proxy::Traefik => traefik::snippet(facts),
        Proxy::Nginx => nginx::snippet(facts),
        Proxy::Caddy => caddy::snippet(facts),
        Proxy::Haproxy => haproxy::snippet(facts),
        Proxy::Envoy => envoy::snippet(facts),
    }
}

impl Proxy {
    /// Every proxy.
    pub const ALL: [Proxy; 5] = [Proxy::Traefik, Proxy::Nginx, Proxy::Caddy, Proxy::Haproxy, Proxy::Envoy];

    /// The word for it on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Proxy::Traefik => "traefik",
            Proxy::Nginx => "nginx",
            Proxy::Caddy => "caddy",
            Proxy::Haproxy => "haproxy",
            Proxy::Envoy => "envoy",
        }
    }

    /// The `implementation` of the endpoint that it asks.
    pub const fn implementation(self) -> &'static str {
        match self {
            Proxy::Traefik | Proxy::Caddy | Proxy::Haproxy => "ForwardAuth",
            Proxy::Nginx => "AuthRequest",
            Proxy::Envoy => "ExtAuthz",
        }
    }

    /// The proxy that most often asks an endpoint of an implementation.
    pub fn of_implementation(implementation: &str) -> Option<Proxy> {
        Proxy::ALL.into_iter().find(|proxy| proxy.implementation() == implementation)
    }

    /// The usual name of its endpoint, which is that of the server's default one.
    pub const fn endpoint(self) -> &'static str {
        match self {
            Proxy::Traefik | Proxy::Caddy | Proxy::Haproxy => "forward-auth",
            Proxy::Nginx => "auth-request",
            Proxy::Envoy => "ext-authz",
        }
    }
}

impl Site {
    /// Host and port as a visitor writes them.
    pub fn authority(&self) -> String {
        match self.port {
            None => self.host.clone(),
            Some(port) => format!("{}:{port}", self.host),
        }
    }

    /// The port that is listened on.
    fn listen_port(&self) -> u16 {
        self.port.unwrap_or(443)
    }
}

impl ProxyFacts {
    /// The portal and the applications.
    fn sites(&self) -> impl Iterator<Item = &Site> {
        std::iter::once(&self.portal).chain(&self.applications)
    }

    /// Where the certificate lies.
    fn certificate(&self) -> Certificate {
        let usual = |ending| format!("/etc/ssl/private/{}.{ending}", self.portal.host);
        self.certificate.clone().unwrap_or_else(|| Certificate { chain: usual("pem"), key: usual("key") })
    }
}

impl fmt::Display for Snippet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, file) in self.files.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            writeln!(f, "{} {}", file.comment, file.name)?;
            write!(f, "{}", file.text)?;
        }
        Ok(())
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No proxy has this name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownProxy(String);

impl fmt::Display for UnknownProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is none of {}", self.0, Proxy::ALL.map(Proxy::name).join(", "))
    }
}

impl std::error::Error for UnknownProxy {}

impl FromStr for Proxy {
    type Err = UnknownProxy;

    fn from_str(text: &str) -> Result<Proxy, UnknownProxy> {
        Proxy::ALL.into_iter().find(|proxy| proxy.name() == text).ok_or_else(|| UnknownProxy(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(port: Option<u16>) -> ProxyFacts {
        let site = |host: &str, upstream: &str| Site { host: host.to_owned(), port, upstream: upstream.to_owned() };
        ProxyFacts {
            portal: site("auth.example.com", DEFAULT_AUTHELIA),
            applications: vec![site("one.example.com", "127.0.0.1:8081"), site("two.example.com", "127.0.0.1:8082")],
            endpoint: "/api/authz/the-endpoint".to_owned(),
            bind: None,
            certificate: None,
        }
    }

    #[test]
    fn every_fact_arrives_and_no_placeholder_is_left() {
        for proxy in Proxy::ALL {
            for port in [None, Some(8443)] {
                let text = snippet(proxy, &facts(port)).to_string();
                assert!(!text.contains('@') || proxy != Proxy::Nginx || text.contains("@authelia"), "{text}");
                for fact in ["auth.example.com", "one.example.com", "two.example.com", "/api/authz/the-endpoint"] {
                    assert!(text.contains(fact), "{proxy} lacks {fact}");
                }
                for port in ["8081", "8082", "9091"] {
                    assert!(text.contains(port), "{proxy} lacks {port}");
                }
                assert!(!text.contains("@PORT") && !text.contains("@HOST"), "{text}");
                assert!(port.is_none() || proxy == Proxy::Traefik || text.contains("8443"), "{proxy} lacks the port");
            }
        }
    }

    #[test]
    fn every_proxy_takes_the_identity_from_the_server_alone() {
        for proxy in Proxy::ALL {
            let text = snippet(proxy, &facts(None)).to_string().to_lowercase();
            for header in ["remote-user", "remote-groups", "remote-name", "remote-email"] {
                assert!(text.contains(header), "{proxy} lacks {header}");
            }
            assert!(text.contains("authelia_at_"), "{proxy} hands the token on");
        }
    }

    #[test]
    fn envoys_prefix_ends_with_a_slash() {
        assert!(snippet(Proxy::Envoy, &facts(None)).to_string().contains("path_prefix: '/api/authz/the-endpoint/'"));
    }

    #[test]
    fn names_lead_back() {
        for proxy in Proxy::ALL {
            assert_eq!(proxy.name().parse(), Ok(proxy));
            assert_eq!(Proxy::of_implementation(proxy.implementation()).unwrap().endpoint(), proxy.endpoint());
        }
        assert!("apache".parse::<Proxy>().is_err());
    }
}
