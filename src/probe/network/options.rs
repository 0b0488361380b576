//! How requests go out: authorities, a client certificate, addresses in place of names, limits.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use zeroize::Zeroizing;

use super::Origin;

/// How requests go out.
#[derive(Debug)]
pub struct Options {
    /// PEM files of authorities that are trusted besides the system's.
    pub authorities: Vec<Vec<u8>>,
    /// The certificate that the client shows.
    pub identity: Option<Identity>,
    /// Addresses in place of names.
    pub overrides: Vec<Override>,
    /// The one address family to use.
    pub family: Option<Family>,
    /// The longest that a connection may take to stand.
    pub connect_limit: Duration,
    /// Whether the environment's proxies are left aside.
    pub without_proxies: bool,
    /// Whether certificates go unchecked.
    pub insecure: bool,
    /// Whether plain http may leave the machine.
    pub insecure_http: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            authorities: Vec::new(),
            identity: None,
            overrides: Vec::new(),
            family: None,
            connect_limit: Duration::from_secs(5),
            without_proxies: false,
            insecure: false,
            insecure_http: false,
        }
    }
}

/// A client certificate with its key, as PEM.
pub struct Identity {
    /// The certificate and those between it and the authority.
    pub certificates: Vec<u8>,
    /// Its private key.
    pub key: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(***)")
    }
}

/// An address family.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// IPv4
    V4,
    /// IPv6
    V6,
}

impl Family {
    pub(super) fn has(self, address: IpAddr) -> bool {
        address.is_ipv4() == (self == Family::V4)
    }
}

/// An address that stands for a host and port: `HOST:PORT:ADDRESS`, the address optionally with a port of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Override {
    host: String,
    port: u16,
    address: SocketAddr,
}

/// Why a text names no address for a host and port.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UnreadableOverride {
    /// It is not `HOST:PORT:ADDRESS`.
    Form(String),
    /// Another port is possible for the default ports alone.
    Port,
}

impl fmt::Display for UnreadableOverride {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnreadableOverride::Form(text) => write!(f, "'{text}' is not HOST:PORT:ADDRESS, as in app.example.com:443:127.0.0.1"),
            UnreadableOverride::Port => f.write_str("the address may have a port of its own for the ports 80 and 443 alone"),
        }
    }
}

impl std::error::Error for UnreadableOverride {}

impl FromStr for Override {
    type Err = UnreadableOverride;

    fn from_str(text: &str) -> Result<Override, UnreadableOverride> {
        let unreadable = || UnreadableOverride::Form(text.to_owned());
        let mut parts = text.splitn(3, ':');
        let (Some(host), Some(port), Some(address)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(unreadable());
        };
        let port: u16 = port.parse().map_err(|_| unreadable())?;
        let bare = address.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(address);
        let address = match bare.parse::<IpAddr>() {
            Ok(ip) => SocketAddr::new(ip, port),
            Err(_) => address.parse().map_err(|_| unreadable())?,
        };
        match () {
            () if host.is_empty() => Err(unreadable()),
            // The HTTP client keeps a port that is written in the URL.
            () if address.port() != port && !matches!(port, 80 | 443) => Err(UnreadableOverride::Port),
            () => Ok(Override { host: host.to_ascii_lowercase(), port, address }),
        }
    }
}

/// Why requests cannot go out as wanted.
#[derive(Debug)]
pub struct NetworkError {
    what: &'static str,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl NetworkError {
    pub(super) fn tls(error: rustls::Error) -> NetworkError {
        NetworkError { what: "cannot set up TLS", source: Box::new(error) }
    }

    pub(super) fn identity(error: rustls::Error) -> NetworkError {
        NetworkError { what: "the client certificate and its key cannot be used", source: Box::new(error) }
    }
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }
}

impl std::error::Error for NetworkError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

impl Options {
    /// The addresses that stand for an origin; none when its name is to be resolved.
    pub(super) fn addresses(&self, (_, host, port): &Origin) -> Vec<SocketAddr> {
        let fits = |one: &&Override| one.port == *port && one.host.eq_ignore_ascii_case(host);
        self.overrides.iter().filter(fits).map(|one| one.address).collect()
    }

    /// The given authorities.
    pub(super) fn authorities(&self) -> Result<Vec<CertificateDer<'static>>, NetworkError> {
        let mut read = Vec::new();
        let mut store = rustls::RootCertStore::empty();
        for file in &self.authorities {
            let found = certificates(file, "the given authority cannot be read")?;
            for certificate in &found {
                let added = store.add(certificate.clone());
                added.map_err(|error| NetworkError { what: "the given authority cannot be used", source: Box::new(error) })?;
            }
            read.extend(found);
        }
        Ok(read)
    }

    /// The given client certificate.
    pub(super) fn identity(&self) -> Result<Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>, NetworkError> {
        let Some(identity) = &self.identity else { return Ok(None) };
        let chain = certificates(&identity.certificates, "the client certificate cannot be read")?;
        let key = PrivateKeyDer::from_pem_slice(&identity.key)
            .map_err(|error| NetworkError { what: "the client certificate's key cannot be read", source: Box::new(error) })?;
        Ok(Some((chain, key)))
    }
}

/// The certificates of a PEM file, at least one.
fn certificates(pem: &[u8], what: &'static str) -> Result<Vec<CertificateDer<'static>>, NetworkError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(found) if found.is_empty() => Err(NetworkError { what, source: "it holds no certificate in PEM form".into() }),
        Ok(found) => Ok(found),
        Err(error) => Err(NetworkError { what, source: Box::new(error) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_is_host_port_and_address() {
        for (text, address) in [
            ("App.example.com:443:127.0.0.1", "127.0.0.1:443"),
            ("app.example.com:443:127.0.0.1:9091", "127.0.0.1:9091"),
            ("app.example.com:8443:[::1]", "[::1]:8443"),
            ("app.example.com:80:::1", "[::1]:80"),
            ("app.example.com:80:[::1]:8080", "[::1]:8080"),
        ] {
            let read: Override = text.parse().unwrap();
            assert_eq!((read.host.as_str(), read.address), ("app.example.com", address.parse().unwrap()), "{text}");
        }
        for text in ["", "app.example.com:443", "app.example.com:x:127.0.0.1", ":443:127.0.0.1", "a:443:b", "a:8443:127.0.0.1:1"]
        {
            assert!(text.parse::<Override>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_file_without_a_certificate_is_refused() {
        let options = Options { authorities: vec![b"no PEM".to_vec()], ..Options::default() };
        assert!(options.authorities().is_err());
    }
}
