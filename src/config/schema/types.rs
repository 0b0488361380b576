//! Values that the server cannot decode: it walks its options and tries each value that is written.

use super::{Kind, schema};
use crate::config::coerce::{self, Commas, Mismatch};
use crate::config::definitions::{Definitions, InvalidNetwork};
use crate::config::node::{Node, Value};
use crate::config::{Path, Problem, ProblemKind, nearest};
use crate::digest::ClientSecret;
use crate::go;
use crate::go::network::Network;
use crate::go::regexp::{PatternError, Patterns};

/// Reports every value of the merged tree that the server cannot decode.
pub(in crate::config) fn check_types(root: &Node, definitions: &Definitions, patterns: &Patterns, problems: &mut Vec<Problem>) {
    Walk { definitions, patterns, problems }.section(root, "", &Path::root());
}

struct Walk<'a> {
    definitions: &'a Definitions,
    patterns: &'a Patterns,
    problems: &'a mut Vec<Problem>,
}

impl Walk<'_> {
    /// A mapping whose options are those of the table's section.
    fn section(&mut self, node: &Node, section: &str, path: &Path) {
        match &node.value {
            Value::Mapping(_) => {}
            Value::Null | Value::Timestamp => return,
            _ => return self.mismatch(path, Mismatch::no_mapping("a mapping", node)),
        }
        if !section.is_empty() {
            self.ignored(node, section, path);
        }
        for (name, kind) in schema().section(section) {
            if let Some(value) = coerce::option(node, name) {
                let inner = if section.is_empty() { (*name).to_owned() } else { format!("{section}.{name}") };
                self.option(*kind, value, &inner, &path.key(name));
            }
        }
    }

    /// Keys that are no option of their section and that the server's check of names lets pass.
    fn ignored(&mut self, node: &Node, section: &str, path: &Path) {
        let options = schema().section(section);
        for entry in node.entries() {
            let known = options.iter().any(|(name, _)| name.eq_ignore_ascii_case(&entry.key));
            if known || entry.key.contains('.') || !schema().overlooks(&path.key(&entry.key)) {
                continue;
            }
            let suggestion = nearest(&entry.key, options.iter().map(|(name, _)| *name)).map(str::to_owned);
            let kind = ProblemKind::IgnoredKey { suggestion };
            self.problems.push(Problem { path: path.key(&entry.key), span: Some(entry.key_span), kind });
        }
    }

    fn option(&mut self, kind: Kind, node: &Node, section: &str, path: &Path) {
        if node.is_null() {
            return;
        }
        match kind {
            Kind::Section | Kind::OptionalSection => self.section(node, section, path),
            Kind::List => self.list(node, &format!("{section}[]"), path),
            Kind::ListOfLists => self.lists(node, &format!("{section}[][]"), path),
            Kind::Map => self.map(node, &format!("{section}.*"), path),
            Kind::NamedNetworks => self.named_networks(node, path),
            Kind::Patterns => self.patterns(node, path),
            Kind::Networks if section.starts_with("access_control.networks") => self.plain_networks(node, path),
            Kind::Networks => self.networks(node, path),
            Kind::Digest => self.digest(node, path),
            _ => {
                if let Err(mismatch) = scalar(kind, node) {
                    self.mismatch(path, mismatch);
                }
            }
        }
    }

    fn list(&mut self, node: &Node, section: &str, path: &Path) {
        for (index, item) in coerce::items(node).into_iter().enumerate() {
            self.section(item, section, &path.index(index));
        }
    }

    fn lists(&mut self, node: &Node, section: &str, path: &Path) {
        for (index, item) in coerce::items(node).into_iter().enumerate() {
            self.list(item, section, &path.index(index));
        }
    }

    fn map(&mut self, node: &Node, section: &str, path: &Path) {
        match &node.value {
            Value::Mapping(entries) => {
                for entry in entries.iter() {
                    self.section(&entry.value, section, &path.key(&entry.key));
                }
            }
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_null()) {
                    self.map(item, section, &path.index(index));
                }
            }
            Value::Timestamp => {}
            _ => self.mismatch(path, Mismatch::no_mapping("a mapping of names", node)),
        }
    }

    fn named_networks(&mut self, node: &Node, path: &Path) {
        match &node.value {
            Value::Mapping(entries) => {
                for entry in entries.iter() {
                    self.plain_networks(&entry.value, &path.key(&entry.key));
                }
            }
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_null()) {
                    self.named_networks(item, &path.index(index));
                }
            }
            Value::Timestamp => {}
            _ => self.mismatch(path, Mismatch::no_mapping("a mapping of names to networks", node)),
        }
    }

    fn networks(&mut self, node: &Node, path: &Path) {
        self.invalid_network(self.definitions.networks(node), path);
    }

    /// Networks where names are made, which cannot be used there yet.
    fn plain_networks(&mut self, node: &Node, path: &Path) {
        self.invalid_network(Definitions::default().networks(node), path);
    }

    fn invalid_network(&mut self, read: Result<Vec<Network>, InvalidNetwork>, path: &Path) {
        if let Err(error) = read {
            let path = error.item.map_or_else(|| path.clone(), |item| path.index(item));
            self.problems.push(Problem { path, span: None, kind: ProblemKind::InvalidNetwork { reason: error.reason } });
        }
    }

    fn patterns(&mut self, node: &Node, path: &Path) {
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
                    self.mismatch(&path.index(index), Mismatch::no_mapping("a pattern as text", item));
                    continue;
                }
            };
            self.problems.push(Problem { path: path.index(index), span: None, kind });
        }
    }

    fn digest(&mut self, node: &Node, path: &Path) {
        match &node.value {
            Value::String(text) if text.is_empty() => {}
            Value::String(text) => {
                if let Err(error) = ClientSecret::decode(text) {
                    let kind = ProblemKind::UnreadableDigest { reason: error.to_string() };
                    self.problems.push(Problem { path: path.clone(), span: None, kind });
                }
            }
            Value::Mapping(_) | Value::Timestamp => {}
            _ => self.mismatch(path, Mismatch::no_mapping("a digest as text", node)),
        }
    }

    fn mismatch(&mut self, path: &Path, mismatch: Mismatch) {
        let path = mismatch.item.map_or_else(|| path.clone(), |item| path.index(item));
        let kind = ProblemKind::WrongType { expected: mismatch.expected, reason: mismatch.reason };
        self.problems.push(Problem { path, span: None, kind });
    }
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
