//! Names into addresses: the given ones, else the system's, of one family when one is wanted.

use std::fmt;
use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Family;
use crate::probe::transcript::FaultKind;

/// The resolver of one origin.
pub(super) struct Resolver {
    given: Vec<SocketAddr>,
    family: Option<Family>,
}

impl Resolver {
    pub(super) fn new(given: Vec<SocketAddr>, family: Option<Family>) -> Resolver {
        Resolver { given, family }
    }
}

/// Why a name has no address.
#[derive(Debug)]
pub(super) struct Unresolved {
    pub(super) kind: FaultKind,
    detail: String,
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Unresolved {}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (given, family) = (self.given.clone(), self.family);
        Box::pin(async move {
            let found: Vec<SocketAddr> = if given.is_empty() {
                let looked_up = tokio::net::lookup_host((name.as_str(), 0)).await;
                looked_up.map_err(|error| Unresolved { kind: FaultKind::NameUnresolved, detail: error.to_string() })?.collect()
            } else {
                given
            };
            let wanted: Vec<SocketAddr> =
                found.into_iter().filter(|address| family.is_none_or(|family| family.has(address.ip()))).collect();
            if wanted.is_empty() {
                let detail = "the name has no address of the wanted family".to_owned();
                return Err(Unresolved { kind: FaultKind::FamilyUnresolved, detail }.into());
            }
            Ok(Box::new(wanted.into_iter()) as Addrs)
        })
    }
}
