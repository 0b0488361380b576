//! The sandbox as a whole: started, reconfigured, stopped.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::certificate::Certificate;
use super::listener::{CONNECTIONS, Listener};
use super::options::{Listen, Options};
use super::state::Sandbox;
use super::{direct, hop};
use crate::access::Undecidable;
use crate::config::Config;

/// Starts sandboxes.
#[derive(Debug)]
pub struct Server;

/// A sandbox that answers. It stops when dropped, which must not happen inside asynchronous code.
pub struct Running {
    sandbox: Arc<Sandbox>,
    address: SocketAddr,
    portal: Option<SocketAddr>,
    apps: Vec<(String, SocketAddr)>,
    certificate: Option<Certificate>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

/// Why a sandbox does not start.
#[derive(Debug)]
pub enum StartError {
    /// Others could reach the address, and that was not allowed.
    Remote(Listen),
    /// The address cannot be had.
    Bind(Listen, io::Error),
    /// The certificate cannot be made or stored.
    Certificate(io::Error),
    /// The system gives no thread, or no signals.
    System(io::Error),
    /// What the access rules say cannot be told.
    Undecidable(Undecidable),
}

impl Server {
    /// Starts a sandbox on threads of its own and returns once it accepts connections.
    pub fn start(config: Config, options: Options) -> Result<Running, StartError> {
        let listen = options.listen;
        if !options.allow_remote && !listen.is_loopback() {
            return Err(StartError::Remote(listen));
        }
        let main = Door::open(listen)?;
        let front = options.portal.then(|| Door::open(listen.with_port(options.portal_port.unwrap_or(0)))).transpose()?;
        let app_port = |number: u16| options.app_port.map_or(0, |first| first.saturating_add(number));
        let apps = options.apps.iter().zip(0..).map(|(_, number)| Door::open(listen.with_port(app_port(number))));
        let apps: Vec<Door> = apps.collect::<Result<_, _>>()?;
        let certificate = options.tls.then(|| Certificate::make(names(&config, &options))).transpose();
        let certificate = certificate.map_err(StartError::Certificate)?;

        let mut running = Running {
            address: main.address,
            portal: front.as_ref().map(|door| door.address),
            apps: options.apps.iter().zip(&apps).map(|(app, door)| (app.host.clone(), door.address)).collect(),
            certificate,
            stop: watch::Sender::new(false),
            thread: None,
            sandbox: Arc::new(Sandbox::new(config, &options).map_err(StartError::Undecidable)?),
        };
        let mut places = vec![(main, direct::router(Arc::clone(&running.sandbox)))];
        places.extend(front.map(|door| (door, hop::front(Arc::clone(&running.sandbox)))));
        let portal = running.portal_url();
        let app = |app| hop::application(Arc::clone(&running.sandbox), app, portal.clone());
        places.extend(apps.into_iter().zip(options.apps).map(|(door, named)| (door, app(named))));
        running.serve(places, options.signals).map_err(StartError::System)?;
        Ok(running)
    }
}

impl Running {
    /// Answers at every place on a thread of its own. Returns when connections are accepted.
    fn serve(&mut self, places: Vec<(Door, Router)>, signals: bool) -> io::Result<()> {
        let tls = self.certificate.as_ref().map(|certificate| certificate.acceptor.clone());
        let runtime = runtime()?;
        let (ready, accepts) = channel();
        let stop = self.stop.clone();
        let work = move || {
            runtime.block_on(serve(places, tls, stop, signals, ready));
            // A digest that is still being checked need not be waited for.
            runtime.shutdown_background();
        };
        self.thread = Some(thread::Builder::new().name("sandbox".to_owned()).spawn(work)?);
        accepts.recv().unwrap_or_else(|_| Err(io::Error::other("the server ended at once")))
    }

    /// The address at which the portal listens, as a URL.
    pub fn url(&self) -> String {
        self.url_of(self.address)
    }

    /// The portal's address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the portal is served as if it were at its own name.
    pub fn portal_url(&self) -> Option<String> {
        self.portal.map(|address| self.url_of(address))
    }

    /// The hosts of the applications, each with the URL at which it is served.
    pub fn apps(&self) -> impl Iterator<Item = (&str, String)> {
        self.apps.iter().map(|(host, address)| (&**host, self.url_of(*address)))
    }

    /// Where the certificate of the throw-away authority lies.
    pub fn certificate(&self) -> Option<PathBuf> {
        self.certificate.as_ref().map(Certificate::path)
    }

    /// Answers from another configuration from now on. Tokens that were issued stay issued.
    pub fn replace(&self, config: Config) -> Result<(), Undecidable> {
        self.sandbox.replace(config)
    }

    /// Whether it has stopped, as by a signal.
    pub fn has_stopped(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Accepts nothing more, lets what is under way come to its end, and waits for that.
    pub fn stop(self) {
        drop(self);
    }

    fn url_of(&self, address: SocketAddr) -> String {
        format!("http{}://{address}", if self.certificate.is_some() { "s" } else { "" })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            // It ends by itself; a panic in it has been printed.
            let _ = thread.join();
        }
    }
}

async fn serve(
    places: Vec<(Door, Router)>,
    tls: Option<TlsAcceptor>,
    stop: watch::Sender<bool>,
    signals: bool,
    ready: Sender<io::Result<()>>,
) {
    let mut listeners = JoinSet::new();
    for (door, router) in places {
        match TcpListener::from_std(door.socket) {
            Ok(socket) => {
                listeners.spawn(Listener { socket, tls: tls.clone(), router, places: CONNECTIONS }.serve(stop.subscribe()))
            }
            Err(error) => {
                let _ = ready.send(Err(error));
                return;
            }
        };
    }
    let armed = if signals { stop_on_signal(stop) } else { Ok(()) };
    let _ = ready.send(armed);
    while listeners.join_next().await.is_some() {}
}

/// How long to wait for a port that is taken: a server that is just ending gives it up, and so does a passing connection.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long between two attempts.
const BREATH: Duration = Duration::from_millis(100);

/// A socket that is bound.
struct Door {
    socket: std::net::TcpListener,
    address: SocketAddr,
}

impl Door {
    fn open(listen: Listen) -> Result<Door, StartError> {
        let mut patience = PATIENCE;
        let open = || -> io::Result<Door> {
            let socket = std::net::TcpListener::bind(listen.0)?;
            socket.set_nonblocking(true)?;
            Ok(Door { address: socket.local_addr()?, socket })
        };
        loop {
            match open() {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse && !patience.is_zero() => {
                    thread::sleep(BREATH);
                    patience = patience.saturating_sub(BREATH);
                }
                opened => return opened.map_err(|error| StartError::Bind(listen, error)),
            }
        }
    }
}

/// The names that the certificate is for: the portals, what lies in their cookies' domains, the applications, this machine.
fn names(config: &Config, options: &Options) -> Vec<String> {
    let portals = config.session.cookies.iter().filter_map(|cookie| {
        let url = crate::go::url::Url::parse(cookie.authelia_url.as_deref()?).ok()?;
        Some(url.hostname().into_owned())
    });
    let domains = config.session.cookies.iter().map(|cookie| cookie.domain.trim_start_matches('.'));
    let domains =
        domains.filter(|domain| domain.parse::<IpAddr>().is_err()).flat_map(|domain| [domain.to_owned(), format!("*.{domain}")]);
    let apps = options.apps.iter().map(|app| app.host.split(':').next().unwrap_or_default().to_owned());
    let here = ["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned(), options.listen.0.ip().to_string()];
    let all = here.into_iter().chain(portals).chain(apps).chain(domains);
    let is_name = |name: &String| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "*-.:".contains(c));
    let mut names: Vec<String> = all.filter(is_name).collect();
    names.sort();
    names.dedup();
    names
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread().enable_all().thread_name("sandbox").build()
}

#[cfg(unix)]
fn stop_on_signal(stop: watch::Sender<bool>) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        stop.send_replace(true);
    });
    Ok(())
}

#[cfg(not(unix))]
fn stop_on_signal(stop: watch::Sender<bool>) -> io::Result<()> {
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.send_replace(true);
        }
    });
    Ok(())
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Remote(listen) => write!(f, "others could reach {listen}"),
            StartError::Bind(listen, _) => write!(f, "cannot listen at {listen}"),
            StartError::Certificate(_) => f.write_str("cannot make the throw-away certificate"),
            StartError::System(_) => f.write_str("cannot start the server"),
            StartError::Undecidable(_) => f.write_str("cannot answer from the configuration"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::Remote(_) => None,
            StartError::Undecidable(reason) => Some(reason),
            StartError::Bind(_, error) | StartError::Certificate(error) | StartError::System(error) => Some(error),
        }
    }
}
