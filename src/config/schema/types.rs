//! Values that the server cannot decode: it walks its options and tries each value that is written.

use super::{Kind, schema};
use crate::config::coerce::{self, Commas, Mismatch};
use crate::config::definitions::{Definitions, InvalidNetwork};
use crate::config::node::{Entry, Node, Value};
use crate::config::path::Trail;
use crate::config::{Problem, ProblemKind, nearest};
use crate::digest::ClientSecret;
use crate::go;
use crate::go::network::Network;
use crate::go::regexp::{PatternError, Patterns};

/// Reports every value of the merged tree that the server cannot decode.
pub(in crate::config) fn check_types(root: &Node, definitions: &Definitions, patterns: &Patterns, problems: &mut Vec<Problem>) {
    Walk { definitions, patterns, problems }.section(root, "", Trail::Root);
}

struct Walk<'a> {
    definitions: &'a Definitions,
    patterns: &'a Patterns,
    problems: &'a mut Vec<Problem>,
}

impl Walk<'_> {
    /// A mapping whose options are those of the table's section.
    fn section(&mut self, node: &Node, section: &str, at: Trail<'_>) {
        match &node.value {
            Value::Mapping(_) => {}
            Value::Null | Value::Timestamp => return,
            _ => return self.mismatch(at, Mismatch::no_mapping("a mapping", node)),
        }
        let options = schema().section(section);
        for entry in node.entries() {
            match options.iter().find(|(name, _)| name.eq_ignore_ascii_case(&entry.key)) {
                Some((name, kind)) if is_read(node, entry, name) => self.option(*kind, &entry.value, section, name, at.key(name)),
                Some(_) => {}
                None if section.is_empty() => {}
                None => self.ignored(entry, options, at.key(&entry.key)),
            }
        }
    }

    /// A key that is no option of its section; reported when the server's check of names lets it pass.
    fn ignored(&mut self, entry: &Entry, options: &[(&str, Kind)], at: Trail<'_>) {
        let path = at.path();
        if !entry.key.contains('.') && schema().overlooks(&path) {
            let suggestion = nearest(&entry.key, options.iter().map(|(name, _)| *name)).map(str::to_owned);
            let kind = ProblemKind::IgnoredKey { suggestion };
            self.problems.push(Problem { path, span: Some(entry.key_span), kind });
        }
    }

    fn option(&mut self, kind: Kind, node: &Node, section: &str, name: &str, at: Trail<'_>) {
        if node.is_null() {
            return;
        }
        let inner = |within: &str| format!("{section}{}{name}{within}", if section.is_empty() { "" } else { "." });
        match kind {
            Kind::Section | Kind::OptionalSection => self.section(node, &inner(""), at),
            Kind::List => self.list(node, &inner("[]"), at),
            Kind::ListOfLists => self.lists(node, &inner("[][]"), at),
            Kind::Map => self.map(node, &inner(".*"), at),
            Kind::NamedNetworks => self.named_networks(node, at),
            Kind::Patterns => self.patterns(node, at),
            Kind::Networks if section.starts_with("access_control.networks") => self.plain_networks(node, at),
            Kind::Networks => self.networks(node, at),
            Kind::Digest => self.digest(node, at),
            _ => {
                if let Err(mismatch) = scalar(kind, node) {
                    self.mismatch(at, mismatch);
                }
            }
        }
    }

    fn list(&mut self, node: &Node, section: &str, at: Trail<'_>) {
        for (index, item) in coerce::items(node).into_iter().enumerate() {
            self.section(item, section, at.index(index));
        }
    }

    fn lists(&mut self, node: &Node, section: &str, at: Trail<'_>) {
        for (index, item) in coerce::items(node).into_iter().enumerate() {
            self.list(item, section, at.index(index));
        }
    }

    fn map(&mut self, node: &Node, section: &str, at: Trail<'_>) {
        match &node.value {
            Value::Mapping(entries) => {
                for entry in entries.iter() {
                    self.section(&entry.value, section, at.key(&entry.key));
                }
            }
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_null()) {
                    self.map(item, section, at.index(index));
                }
            }
            Value::Timestamp => {}
            _ => self.mismatch(at, Mismatch::no_mapping("a mapping of names", node)),
        }
    }

    fn named_networks(&mut self, node: &Node, at: Trail<'_>) {
        match &node.value {
            Value::Mapping(entries) => {
                for entry in entries.iter() {
                    self.plain_networks(&entry.value, at.key(&entry.key));
                }
            }
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_null()) {
                    self.named_networks(item, at.index(index));
                }
            }
            Value::Timestamp => {}
            _ => self.mismatch(at, Mismatch::no_mapping("a mapping of names to networks", node)),
        }
    }

    fn networks(&mut self, node: &Node, at: Trail<'_>) {
        self.invalid_network(self.definitions.networks(node), at);
    }

    /// Networks where names are made, which cannot be used there yet.
    fn plain_networks(&mut self, node: &Node, at: Trail<'_>) {
        self.invalid_network(Definitions::default().networks(node), at);
    }

    fn invalid_network(&mut self, read: Result<Vec<Network>, InvalidNetwork>, at: Trail<'_>) {
        if let Err(error) = read {
            self.problems.push(Problem {
                path: at.item(error.item),
                span: None,
                kind: ProblemKind::InvalidNetwork { reason: error.reason },
            });
        }
    }

    fn patterns(&mut self, node: &Node, at: Trail<'_>) {
        let items = match &node.value {
            Value::Sequence(items) => &**items,
            _ => std::slice::from_ref(node),
        };
        for (index, item) in items.iter().enumerate() {
            let kind = match &item.value {
                Value::String(pattern) if pattern.is_empty() => {
                    ProblemKind::InvalidPattern { reason: "a pattern must not be empty".to_owned() }
                }
                Value::String(pattern) => match self.patterns.parse(pattern) {
                    Ok(_) => continue,
                    Err(PatternError::Unjudgeable) => ProblemKind::UnjudgeablePattern,
                    Err(error) => ProblemKind::InvalidPattern { reason: error.to_string() },
                },
                // The server reads these as a pattern that is none, without a word.
                Value::Null | Value::Timestamp | Value::Mapping(_) => continue,
                _ => {
                    self.mismatch(at.index(index), Mismatch::no_mapping("a pattern as text", item));
                    continue;
                }
            };
            self.problems.push(Problem { path: at.index(index).path(), span: None, kind });
        }
    }

    fn digest(&mut self, node: &Node, at: Trail<'_>) {
        match &node.value {
            Value::String(text) if text.is_empty() => {}
            Value::String(text) => {
                if let Err(error) = ClientSecret::decode(text) {
                    let kind = ProblemKind::UnreadableDigest { reason: error.to_string() };
                    self.problems.push(Problem { path: at.path(), span: None, kind });
                }
            }
            Value::Mapping(_) | Value::Timestamp => {}
            _ => self.mismatch(at, Mismatch::no_mapping("a digest as text", node)),
        }
    }

    fn mismatch(&mut self, at: Trail<'_>, mismatch: Mismatch) {
        let kind = ProblemKind::WrongType { expected: mismatch.expected, reason: mismatch.reason };
        self.problems.push(Problem { path: at.item(mismatch.item), span: None, kind });
    }
}

/// Whether the server reads this entry as the option: the exact key, else the first that differs in letter case only.
fn is_read(node: &Node, entry: &Entry, option: &str) -> bool {
    *entry.key == *option || coerce::option(node, option).is_some_and(|read| std::ptr::eq(read, &raw const entry.value))
}

/// Values that stand for themselves.
fn scalar(kind: Kind, node: &Node) -> Result<(), Mismatch> {
    match kind {
        Kind::Flag => coerce::flag(node).map(drop),
        Kind::Integer => coerce::integer(node).map(drop),
        Kind::Duration => coerce::duration(node).map(drop),
        Kind::Texts => coerce::texts(node, Commas::Split).map(drop),
        Kind::WholeTexts => coerce::texts(node, Commas::Keep).map(drop),
        Kind::Subjects => coerce::subjects(node).map(drop),
        Kind::Integers => coerce::items(node).into_iter().try_for_each(|item| coerce::integer(item).map(drop)),
        Kind::Url => url(node),
        Kind::Urls => {
            coerce::items(node).into_iter().enumerate().try_for_each(|(at, item)| url(item).map_err(|error| error.at(at)))
        }
        Kind::Address => parsed(node, "an address such as 'tcp://:9091/'", |text| go::address::Address::parse(text).map(drop)),
        Kind::Key => parsed(node, "a key in PEM", |text| go::key::read_key(text).map(drop)),
        Kind::PrivateKey => parsed(node, "a private key in PEM", |text| go::key::read_private_key(text).map(drop)),
        Kind::RsaKey => parsed(node, "an RSA private key in PEM", |text| go::key::read_rsa_key(text).map(drop)),
        Kind::Certificates => parsed(node, "certificates in PEM", |text| go::key::read_certificates(text).map(drop)),
        Kind::Mail | Kind::TlsVersion | Kind::RefreshInterval => parsed(node, "text", |_| Ok::<(), std::fmt::Error>(())),
        Kind::Any => Ok(()),
        _ => coerce::text(node).map(drop),
    }
}

fn url(node: &Node) -> Result<(), Mismatch> {
    parsed(node, "a URL", |text| go::url::Url::parse(text).map(drop))
}

/// Text with a syntax of its own; empty text is absent.
fn parsed<E: std::fmt::Display>(
    node: &Node,
    expected: &'static str,
    parse: impl Fn(&str) -> Result<(), E>,
) -> Result<(), Mismatch> {
    match &node.value {
        Value::String(text) if text.is_empty() => Ok(()),
        Value::String(text) => parse(text).map_err(|error| Mismatch::new(expected, error.to_string())),
        Value::Null | Value::Timestamp | Value::Mapping(_) => Ok(()),
        _ => Err(Mismatch::no_mapping(expected, node)),
    }
}
