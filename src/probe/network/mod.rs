//! Requests over the network: within limits of time and size, never following a redirect, and what went wrong when they fail.

mod certificate;
mod fault;
mod options;
mod resolve;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Method};
use url::{Host, Url};
use zeroize::Zeroizing;

pub use options::{Family, Identity, NetworkError, Options, Override, UnreadableOverride};

use super::transcript::{Certificate, Fault, FaultKind};
use certificate::Witness;
use resolve::Resolver;

/// The most that is read of a page; a keyword further down is not found.
pub const PAGE_LIMIT: usize = 1024 * 1024;
/// The most that is read of an answer that should be a small document.
pub const DOCUMENT_LIMIT: usize = 64 * 1024;

/// Where requests go out. It is shared by all targets.
#[derive(Debug)]
pub struct Network {
    options: Options,
    tls: rustls::ClientConfig,
    witness: Arc<Witness>,
    proxies: Matcher,
    clients: Mutex<HashMap<Origin, Client>>,
}

/// Scheme, host and port.
pub(super) type Origin = (String, String, u16);

/// A request before it is sent.
#[derive(Debug)]
pub(super) struct Request<'a> {
    pub(super) method: String,
    pub(super) url: &'a Url,
    pub(super) headers: Vec<(&'static str, Zeroizing<String>)>,
    pub(super) body: Option<Zeroizing<String>>,
    /// Bytes of the answer's body that are read.
    pub(super) limit: usize,
    pub(super) time_limit: Duration,
}

/// An answer before anything is made of it. It never leaves the probe.
pub(super) struct Received {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) is_cut: bool,
}

impl Network {
    /// Reads certificates and keys; asks nobody yet.
    pub fn new(options: Options) -> Result<Network, NetworkError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let witness = Arc::new(Witness::new(options.authorities()?, options.insecure, provider.clone()));
        let builder = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(NetworkError::tls)?
            .dangerous()
            .with_custom_certificate_verifier(witness.clone());
        let mut tls = match options.identity()? {
            Some((chain, key)) => builder.with_client_auth_cert(chain, key).map_err(NetworkError::identity)?,
            None => builder.with_no_client_auth(),
        };
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let proxies = if options.without_proxies { Matcher::builder().build() } else { Matcher::from_system() };
        Ok(Network { options, tls, witness, proxies, clients: Mutex::default() })
    }

    /// Whether certificates go unchecked.
    pub fn is_insecure(&self) -> bool {
        self.options.insecure
    }

    /// Whether a request to this URL would leave the machine without TLS.
    pub fn is_exposed(&self, url: &Url) -> bool {
        url.scheme() == "http" && !self.is_loopback(url)
    }

    /// The certificate that the URL's host last presented.
    pub(super) fn certificate(&self, url: &Url) -> Option<Certificate> {
        self.witness.seen(url.host_str()?.trim_matches(['[', ']']))
    }

    /// Sends a request and reads the answer up to its limit. The time is in milliseconds.
    pub(super) async fn send(&self, request: Request<'_>) -> (f64, Result<Received, Fault>) {
        let began = Instant::now();
        let result = match self.refusal(request.url) {
            Some(fault) => Err(fault),
            None => match tokio::time::timeout(request.time_limit, self.exchange(&request)).await {
                Ok(result) => result,
                Err(_) => Err(Fault {
                    kind: FaultKind::AnswerTimeout,
                    detail: format!("no full answer within {} s", request.time_limit.as_secs_f64()),
                }),
            },
        };
        (began.elapsed().as_secs_f64() * 1000.0, result)
    }

    /// Why a request to this URL is not sent at all.
    fn refusal(&self, url: &Url) -> Option<Fault> {
        (self.is_exposed(url) && !self.options.insecure_http)
            .then(|| Fault { kind: FaultKind::PlainHttp, detail: "plain http to another machine was not sent".to_owned() })
    }

    async fn exchange(&self, request: &Request<'_>) -> Result<Received, Fault> {
        let fault = |error: reqwest::Error| {
            let is_proxied = self.is_proxied(request.url);
            fault::read(&error.without_url(), is_proxied)
        };
        let method = Method::from_bytes(request.method.as_bytes()).unwrap_or(Method::GET);
        let client = self.client(request.url, request.time_limit).map_err(fault)?;
        let mut builder = client.request(method, request.url.clone()).headers(headers(&request.headers));
        if let Some(body) = &request.body {
            builder = builder.body(body.as_bytes().to_vec());
        }
        let mut response = builder.send().await.map_err(fault)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(fault)? {
            let room = request.limit - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                return Ok(Received { status, headers, body, is_cut: true });
            }
        }
        Ok(Received { status, headers, body, is_cut: false })
    }

    /// The client of an origin: each has its own resolver, because the same host may be sent elsewhere on another port.
    fn client(&self, url: &Url, time_limit: Duration) -> reqwest::Result<Client> {
        let origin = origin(url);
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&origin) {
            return Ok(client.clone());
        }
        let mut builder = Client::builder()
            .tls_backend_preconfigured(self.tls.clone())
            .http1_only()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(self.options.connect_limit.min(time_limit.mul_f64(CONNECT_SHARE)))
            .dns_resolver(Arc::new(Resolver::new(self.options.addresses(&origin), self.options.family)));
        if !self.is_proxied(url) {
            builder = builder.no_proxy();
        }
        let client = builder.build()?;
        clients.insert(origin, client.clone());
        Ok(client)
    }

    /// Whether the environment names a proxy for this URL. What stays on this machine never goes through one.
    fn is_proxied(&self, url: &Url) -> bool {
        let uri = url.as_str().parse().ok();
        !self.is_loopback(url) && uri.is_some_and(|uri| self.proxies.intercept(&uri).is_some())
    }

    fn is_loopback(&self, url: &Url) -> bool {
        let overrides = self.options.addresses(&origin(url));
        match url.host() {
            _ if !overrides.is_empty() => overrides.iter().all(|address| address.ip().is_loopback()),
            Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
            None => false,
        }
    }
}

/// The share of a request's time that its connection may take, so that a slow connection is told from a slow answer.
const CONNECT_SHARE: f64 = 0.9;

/// The origin of a URL with a host.
pub(super) fn origin(url: &Url) -> Origin {
    let host = url.host_str().unwrap_or_default().to_owned();
    (url.scheme().to_owned(), host, url.port_or_known_default().unwrap_or_default())
}

fn headers(given: &[(&'static str, Zeroizing<String>)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        // A value that is no header value, such as a token with a line break, is left out: the server's refusal will tell.
        if let Ok(mut value) = HeaderValue::from_str(value) {
            value.set_sensitive(*name == "authorization");
            headers.append(HeaderName::from_static(name), value);
        }
    }
    headers
}
