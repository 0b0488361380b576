//! The options that say how requests go out.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use zeroize::Zeroizing;

use crate::error::{Failure, Hinted as _};
use crate::host::read_limited;
use crate::probe::network::{Family, Identity, Network, Options, Override};

/// How requests go out.
#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Network")]
pub(super) struct NetworkOptions {
    /// Trust the authorities of a PEM file too; may be repeated
    #[arg(long, value_name = "FILE")]
    cacert: Vec<PathBuf>,
    /// Show this client certificate, a PEM file
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,
    /// The client certificate's private key, a PEM file
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// Use an address in place of a name, such as app.example.com:443:127.0.0.1; it may have a port of its own; may be repeated
    #[arg(long, value_name = "HOST:PORT:ADDRESS", value_parser = clap::value_parser!(Override))]
    resolve: Vec<Override>,
    /// Use IPv4 alone
    #[arg(short = '4', long, conflicts_with = "ipv6")]
    ipv4: bool,
    /// Use IPv6 alone
    #[arg(short = '6', long)]
    ipv6: bool,
    /// Leave the proxies that the environment names aside
    #[arg(long)]
    no_proxy: bool,
    /// Seconds that a connection may take
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    connect_timeout: Duration,
    /// Seconds that a request may take, its answer included; a token request never takes more than Uptime Kuma's 10
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    timeout: Duration,
    /// Do not check certificates; the result says so
    #[arg(long)]
    insecure: bool,
    /// Send secrets and tokens over plain http to other machines; the result says so
    #[arg(long)]
    insecure_http: bool,
}

/// The longest limit that makes sense, in seconds.
const LONGEST: f64 = 3600.0;

impl NetworkOptions {
    /// The files that are read.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.cacert.iter().chain(&self.cert).chain(&self.key)
    }

    /// The network that they describe.
    pub(super) fn network(&self) -> Result<Network, Failure> {
        let authorities = self.cacert.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
        let identity = match (&self.cert, &self.key) {
            (Some(cert), Some(key)) => Some(Identity { certificates: read(cert)?, key: Zeroizing::new(read(key)?) }),
            _ => None,
        };
        let options = Options {
            authorities,
            identity,
            overrides: self.resolve.clone(),
            family: if self.ipv4 { Some(Family::V4) } else { self.ipv6.then_some(Family::V6) },
            connect_limit: self.connect_timeout,
            without_proxies: self.no_proxy,
            insecure: self.insecure,
            insecure_http: self.insecure_http,
        };
        Network::new(options).hint("give certificates and keys as PEM files, each key with its own certificate")
    }

    /// The longest that a request may take.
    pub(super) fn time_limit(&self) -> Duration {
        self.timeout
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = path.display().to_string();
    let mut file = File::open(path).with_context(|| format!("cannot read {name}")).hint("name a readable PEM file")?;
    read_limited(&mut file, &name)
}

/// A time limit in seconds, fractions allowed.
fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= LONGEST => Ok(Duration::from_secs_f64(seconds)),
        _ => Err(format!("give seconds, more than 0 and at most {LONGEST}")),
    }
}
