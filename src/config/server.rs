//! The parts of the `server` section that decide on a request.

use super::decode::Reader;
use super::{Path, Text};
use crate::go::address::Address;

/// Address and authz endpoints.
#[derive(Debug, Default)]
pub struct Server {
    /// `address`; none when absent, which is `tcp://:9091/`.
    pub address: Option<Address>,
    /// Whether `server.tls` names a key and a certificate.
    pub tls: bool,
    /// `endpoints.authz`; empty means the server's four defaults.
    pub endpoints: Vec<AuthzEndpoint>,
    /// The buckets of all limits in `endpoints.rate_limits`.
    pub rate_limits: Vec<Bucket>,
    /// The limits in `endpoints.rate_limits` whose `enable` is false.
    pub unlimited: Vec<Text>,
}

/// One bucket of a rate limit.
#[derive(Debug, Default)]
pub struct Bucket {
    /// The name of the limit.
    pub limit: Text,
    /// Position in `buckets`, from 0.
    pub index: usize,
    /// `period` in nanoseconds.
    pub period: i64,
    /// `requests`
    pub requests: i64,
}

/// One authz endpoint as it is configured.
#[derive(Debug, Default)]
pub struct AuthzEndpoint {
    /// Its name; it answers at `/api/authz/<name>`, and the one named `legacy` at `/api/verify`.
    pub name: Text,
    /// `implementation`
    pub implementation: Text,
    /// `authn_strategies`, in order; empty means the implementation's defaults.
    pub strategies: Vec<Strategy>,
}

/// One way for an endpoint to learn who is asking.
#[derive(Debug, Default)]
pub struct Strategy {
    /// Position in `authn_strategies`, from 0.
    pub index: usize,
    /// `name`
    pub name: Text,
    /// `schemes`
    pub schemes: Vec<Text>,
    /// `scheme_basic_cache_lifespan` in nanoseconds.
    pub basic_cache_lifespan: i64,
}

impl AuthzEndpoint {
    /// The path of one of its options.
    pub fn path(&self, option: &str) -> Path {
        self.root().key(option)
    }

    /// The path of the endpoint.
    pub fn root(&self) -> Path {
        Path::of("server.endpoints.authz").key(&self.name)
    }

    fn read(name: &str, reader: &Reader<'_>) -> AuthzEndpoint {
        AuthzEndpoint {
            name: name.into(),
            implementation: reader.text("implementation"),
            strategies: reader.items("authn_strategies", |index, reader| Strategy {
                index,
                name: reader.text("name"),
                schemes: reader.texts("schemes"),
                basic_cache_lifespan: reader.duration("scheme_basic_cache_lifespan").unwrap_or_default(),
            }),
        }
    }
}

impl Bucket {
    /// The path of the bucket.
    pub fn path(&self) -> Path {
        Path::of("server.endpoints.rate_limits").key(&self.limit).key("buckets").index(self.index)
    }

    fn read(limit: &str, reader: &Reader<'_>) -> Vec<Bucket> {
        reader.items("buckets", |index, reader| Bucket {
            limit: limit.into(),
            index,
            period: reader.duration("period").unwrap_or_default(),
            requests: reader.integer("requests"),
        })
    }
}

impl Server {
    /// The path below which everything is answered too: empty, `/`, or `/` and one segment.
    pub fn subpath(&self) -> &str {
        self.address.as_ref().map_or("", |address| &address.path)
    }

    pub(super) fn read(reader: &Reader<'_>) -> Server {
        let tls = reader.section("tls");
        Server {
            address: reader.address("address"),
            tls: !tls.text("key").is_empty() && !tls.text("certificate").is_empty(),
            endpoints: reader.section("endpoints").named("authz", AuthzEndpoint::read),
            rate_limits: reader.section("endpoints").named("rate_limits", Bucket::read).into_iter().flatten().collect(),
            unlimited: reader.section("endpoints").named("rate_limits", disabled).into_iter().flatten().collect(),
        }
    }
}

/// The name of a limit that is switched off.
fn disabled(limit: &str, reader: &Reader<'_>) -> Option<Text> {
    (reader.optional("enable").is_some() && !reader.flag("enable")).then(|| limit.into())
}
