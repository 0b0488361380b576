//! The `session` section: which hosts belong to which portal.

use super::decode::Reader;
use super::{Path, Text};

/// Cookie domains.
#[derive(Debug, Default)]
pub struct Session {
    /// The old `session.domain`; empty when absent.
    pub legacy_domain: Text,
    /// `name`; empty when absent.
    pub name: Text,
    /// `same_site`; empty when absent.
    pub same_site: Text,
    /// `cookies`, in order.
    pub cookies: Vec<Cookie>,
}

/// One cookie domain and its portal.
#[derive(Debug, Default)]
pub struct Cookie {
    /// Position in `cookies`, from 0.
    pub index: usize,
    /// `domain`
    pub domain: Text,
    /// `authelia_url` as written; none when absent, null or not a URL.
    pub authelia_url: Option<Text>,
    /// `default_redirection_url` as written.
    pub default_redirection_url: Option<Text>,
    /// `name`
    pub name: Text,
    /// `same_site`
    pub same_site: Text,
}

impl Cookie {
    /// The path of one of its options.
    pub fn path(&self, option: &str) -> Path {
        Path::of("session.cookies").index(self.index).key(option)
    }

    fn read(index: usize, reader: &Reader<'_>) -> Cookie {
        Cookie {
            index,
            domain: reader.text("domain"),
            authelia_url: reader.url("authelia_url"),
            default_redirection_url: reader.url("default_redirection_url"),
            name: reader.text("name"),
            same_site: reader.text("same_site"),
        }
    }
}

impl Session {
    pub(super) fn read(reader: &Reader<'_>) -> Session {
        Session {
            legacy_domain: reader.text("domain"),
            name: reader.text("name"),
            same_site: reader.text("same_site"),
            cookies: reader.items("cookies", Cookie::read),
        }
    }
}
