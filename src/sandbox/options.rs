//! How the sandbox is run.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;
use std::sync::mpsc::SyncSender;

use super::Faults;
use crate::bearer::Target;

/// How the sandbox is run. The default is what a test wants: a free port on loopback, no log, nothing else.
#[derive(Debug)]
pub struct Options {
    /// Where the portal listens; port 0 means a free one.
    pub listen: Listen,
    /// Whether an address that others can reach is allowed.
    pub allow_remote: bool,
    /// Whose behaviour is assumed.
    pub target: Target,
    /// Whether everything speaks TLS, with a throw-away certificate.
    pub tls: bool,
    /// Applications behind an embedded forward-auth hop, each on a port of its own.
    pub apps: Vec<App>,
    /// The port of the first application; the next ones follow. None means free ones.
    pub app_port: Option<u16>,
    /// Whether the portal is also served behind an embedded proxy, on a port of its own, as if it were at its own name.
    pub portal: bool,
    /// The port of that one; none means a free one.
    pub portal_port: Option<u16>,
    /// Whether token requests are limited.
    pub rate_limits: bool,
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// Where the request log goes. Lines are lost when it is full.
    pub log: Option<SyncSender<String>>,
    /// Whether the process's signals SIGINT and SIGTERM stop it.
    pub signals: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            listen: Listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
            allow_remote: false,
            target: Target::default(),
            tls: false,
            apps: Vec::new(),
            app_port: None,
            portal: false,
            portal_port: None,
            rate_limits: false,
            faults: Faults::default(),
            log: None,
            signals: false,
        }
    }
}

/// An address to listen at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listen(pub SocketAddr);

/// Why a text is no address to listen at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadAddress(String);

/// An application behind the embedded hop: its host and what it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// The host, as the proxy reports it.
    pub host: String,
    /// The text with which it answers those who may pass.
    pub text: String,
}

/// Why a text names no application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadApp(String);

impl Listen {
    /// Whether only this machine can reach it.
    pub fn is_loopback(self) -> bool {
        self.0.ip().is_loopback()
    }

    /// The same interface with another port.
    pub(super) fn with_port(self, port: u16) -> Listen {
        Listen(SocketAddr::new(self.0.ip(), port))
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Listen {
    type Err = BadAddress;

    /// Reads `127.0.0.1:9091`, `[::1]:9091`, `localhost:9091`, or a port alone, which is loopback's.
    fn from_str(text: &str) -> Result<Listen, BadAddress> {
        let port = text.strip_prefix("localhost:").unwrap_or(text);
        let on_loopback = port.parse().ok().map(|port: u16| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
        on_loopback.or_else(|| text.parse().ok()).map(Listen).ok_or_else(|| BadAddress(text.to_owned()))
    }
}

impl FromStr for App {
    type Err = BadApp;

    /// Reads `HOST=TEXT`. The host may carry a port.
    fn from_str(text: &str) -> Result<App, BadApp> {
        let bad = || BadApp(text.to_owned());
        let (host, answer) = text.split_once('=').ok_or_else(bad)?;
        let sound = |c: char| c.is_ascii_alphanumeric() || ".-:[]_".contains(c);
        if host.is_empty() || !host.chars().all(sound) {
            return Err(bad());
        }
        Ok(App { host: host.to_owned(), text: answer.to_owned() })
    }
}

impl fmt::Display for BadAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no address and port, as in 127.0.0.1:9091", self.0)
    }
}

impl fmt::Display for BadApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no host and text, as in 'application.example.com=It works'", self.0)
    }
}

impl std::error::Error for BadAddress {}
impl std::error::Error for BadApp {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_a_port_alone_is_loopback() {
        for (text, read) in
            [("9091", "127.0.0.1:9091"), ("localhost:1", "127.0.0.1:1"), ("[::1]:2", "[::1]:2"), ("0.0.0.0:3", "0.0.0.0:3")]
        {
            assert_eq!(text.parse::<Listen>().unwrap().to_string(), read);
        }
        for text in ["", ":9091", "example.com:9091", "127.0.0.1", "99999"] {
            assert!(text.parse::<Listen>().is_err(), "{text}");
        }
        assert!(!"0.0.0.0:3".parse::<Listen>().unwrap().is_loopback());
    }

    #[test]
    fn an_application_has_a_host_and_a_text() {
        assert_eq!("a.example.com=b=c".parse::<App>().unwrap(), App { host: "a.example.com".to_owned(), text: "b=c".to_owned() });
        for text in ["a.example.com", "=text", "https://a.example.com=text", "a b=c"] {
            assert!(text.parse::<App>().is_err(), "{text}");
        }
    }
}
