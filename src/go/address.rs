//! Addresses to listen at, such as `tcp://:9091/auth` or `unix:///run/authelia.sock`, as the server reads them.

use std::fmt;

use super::url::{Url, UrlError};

/// An address.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Address {
    /// The scheme; `tcp` or `unix` where none is written.
    pub scheme: String,
    /// The path below which requests are answered, as written; of a socket, the one in its `path` parameter.
    pub path: String,
}

/// Why a text is no address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AddressError {
    /// It is no URL.
    Url(UrlError),
    /// A query where the scheme has none.
    Query(String),
    /// A fragment.
    Fragment,
    /// User information.
    User,
    /// A port above 65535.
    Port(String),
    /// A socket without a path.
    NoPath,
    /// A socket with a host, most likely for want of a third slash.
    Host(String),
    /// A file descriptor that is no number.
    Descriptor(String),
    /// A mask that is no three or four octal digits.
    Mask(String),
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AddressError::Url(error) => error.fmt(f),
            AddressError::Query(scheme) => write!(f, "an address with the scheme '{scheme}' has no query"),
            AddressError::Fragment => f.write_str("an address has no fragment"),
            AddressError::User => f.write_str("an address has no user"),
            AddressError::Port(port) => write!(f, "the port '{port}' is no number up to 65535"),
            AddressError::NoPath => f.write_str("a socket needs a path"),
            AddressError::Host(host) => write!(f, "a socket has no host, but this one has '{host}': a slash may be missing"),
            AddressError::Descriptor(text) => write!(f, "the file descriptor '{text}' is no number"),
            AddressError::Mask(mask) => write!(f, "the umask '{mask}' is not three or four octal digits"),
        }
    }
}

impl std::error::Error for AddressError {}

impl Address {
    /// Reads an address. Empty text is any free port of TCP.
    pub fn parse(text: &str) -> Result<Address, AddressError> {
        let whole = match text {
            "" => "tcp://:0".to_owned(),
            text if has_scheme(text) => text.to_owned(),
            path if path.starts_with('/') => format!("unix://{path}"),
            host => format!("tcp://{host}"),
        };
        let url = Url::parse(&whole).map_err(AddressError::Url)?;
        let has_query = matches!(&*url.scheme, "unix" | "fd");
        if !url.raw_query.is_empty() && !has_query {
            return Err(AddressError::Query(url.scheme));
        }
        if !url.fragment.is_empty() {
            return Err(AddressError::Fragment);
        }
        // An empty user name stands for an abstract socket.
        let abstract_socket = url.scheme == "unix" && url.user.as_ref().is_some_and(|user| user.name().is_empty());
        if url.user.is_some() && !abstract_socket {
            return Err(AddressError::User);
        }
        match &*url.scheme {
            "unix" | "ldapi" => {
                socket(&url, abstract_socket)?;
                port(&url)?;
            }
            "tcp" | "tcp4" | "tcp6" | "udp" | "udp4" | "udp6" | "ldap" | "ldaps" | "smtp" | "submission" | "submissions" => {
                port(&url)?;
            }
            "fd" => {
                let written = String::from_utf8_lossy(&url.host);
                is_number(&written, u64::MAX).then_some(()).ok_or_else(|| AddressError::Descriptor(written.into_owned()))?;
                mask(&url)?;
            }
            _ => {}
        }
        let path = if has_query || url.scheme == "ldapi" { socket_path(&url) } else { lossy(&url.path) };
        Ok(Address { scheme: url.scheme, path })
    }

    /// Whether the server can listen to HTTP at it.
    pub fn serves_http(&self) -> bool {
        matches!(&*self.scheme, "tcp" | "tcp4" | "tcp6" | "unix" | "fd")
    }
}

fn has_scheme(text: &str) -> bool {
    let inner = |character: char| character.is_ascii_alphanumeric() || "-+.".contains(character);
    let rest = text.trim_start_matches(inner);
    rest.starts_with("://") || rest == ":"
}

fn socket(url: &Url, abstract_socket: bool) -> Result<(), AddressError> {
    if url.path.is_empty() && url.scheme != "ldapi" && url.user.is_none() {
        return Err(AddressError::NoPath);
    }
    let host = url.hostname();
    if !host.is_empty() && !abstract_socket {
        return Err(AddressError::Host(host.into_owned()));
    }
    mask(url)
}

fn socket_path(url: &Url) -> String {
    url.query().get("path").map_or_else(|| "/".to_owned(), |path| format!("/{}", lossy(path)))
}

fn port(url: &Url) -> Result<(), AddressError> {
    let port = url.port();
    if port.is_empty() || is_number(&port, u64::from(u16::MAX)) { Ok(()) } else { Err(AddressError::Port(port.into_owned())) }
}

fn mask(url: &Url) -> Result<(), AddressError> {
    let query = url.query();
    let Some(mask) = query.get("umask") else { return Ok(()) };
    let octal = matches!(mask.len(), 3 | 4) && mask.iter().all(|digit| matches!(digit, b'0'..=b'7'));
    if octal { Ok(()) } else { Err(AddressError::Mask(lossy(mask))) }
}

fn is_number(text: &str, most: u64) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u64>().is_ok_and(|number| number <= most)
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_the_server_does() {
        for (text, scheme, path) in [
            ("tcp://:9091/", "tcp", "/"),
            ("tcp://0.0.0.0:9091/auth", "tcp", "/auth"),
            ("tcp4://[::1]:9091", "tcp4", ""),
            (":9091", "tcp", ""),
            ("localhost:9091/a/b", "tcp", "/a/b"),
            ("/run/authelia.sock", "unix", "/"),
            ("unix:///run/authelia.sock?umask=0022&path=auth", "unix", "/auth"),
            ("fd://3?path=auth", "fd", "/auth"),
            ("udp://:53", "udp", ""),
            ("http://x/y", "http", "/y"),
            ("", "tcp", ""),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!((&*address.scheme, &*address.path), (scheme, path), "{text}");
        }
        assert!(Address::parse("tcp6://:1").unwrap().serves_http());
        assert!(!Address::parse("udp://:1").unwrap().serves_http());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (text, error) in [
            ("tcp://:65536", AddressError::Port("65536".into())),
            ("tcp://:9091/?path=a", AddressError::Query("tcp".into())),
            ("tcp://:9091/#a", AddressError::Fragment),
            ("tcp://a@:9091", AddressError::User),
            ("unix://run/a.sock", AddressError::Host("run".into())),
            ("unix://", AddressError::NoPath),
            ("unix:///a?umask=9", AddressError::Mask("9".into())),
            ("fd://x", AddressError::Descriptor("x".into())),
        ] {
            assert_eq!(Address::parse(text), Err(error), "{text}");
        }
        assert!(matches!(Address::parse("tcp://:x"), Err(AddressError::Url(_))));
    }
}
