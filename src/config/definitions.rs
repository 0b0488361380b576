//! Networks by name, from `definitions.network` and the older `access_control.networks`.

use std::collections::HashMap;

use super::coerce;
use super::node::{Node, Value};
use super::{Path, Problem, ProblemKind};
use crate::go::network::Network;

/// What the names of networks stand for.
#[derive(Debug, Default)]
pub(super) struct Definitions(HashMap<Box<str>, Vec<Network>>);

/// A text that is no network, with its place in the list.
pub(super) struct InvalidNetwork {
    /// The list item; none for a single text.
    pub(super) item: Option<usize>,
    /// The server's reason.
    pub(super) reason: String,
}

impl Definitions {
    /// Reads both sections; a name in both is a problem.
    pub(super) fn read(root: &Node, problems: &mut Vec<Problem>) -> Definitions {
        let none = Definitions::default();
        let mut names = HashMap::new();
        if let Some(network) = root.get("definitions").and_then(|definitions| definitions.get("network")) {
            for entry in network.entries() {
                // A name whose networks cannot be read does not exist.
                if let Ok(networks) = none.networks(&entry.value) {
                    names.insert(Box::from(&*entry.key), networks);
                }
            }
        }
        let old = root.get("access_control").and_then(|section| section.get("networks")).map(coerce::items).unwrap_or_default();
        for (index, item) in old.into_iter().enumerate() {
            let name: Box<str> = item.get("name").and_then(|name| coerce::text(name).ok()).unwrap_or_default().into();
            let networks = item.get("networks").and_then(|networks| none.networks(networks).ok()).unwrap_or_default();
            let path = Path::of("access_control.networks").index(index).key("name");
            if let Some(_taken) = names.insert(name.clone(), networks) {
                problems.push(Problem { path, span: None, kind: ProblemKind::DuplicateNetwork { name: name.into() } });
            }
        }
        Definitions(names)
    }

    /// The networks of a rule, names resolved. One text that is none loses the whole list.
    pub(super) fn networks(&self, node: &Node) -> Result<Vec<Network>, InvalidNetwork> {
        let items = match &node.value {
            Value::Sequence(items) => &**items,
            // The server makes a network without addresses of a mapping or a date, and says nothing.
            Value::Null | Value::Mapping(_) | Value::Timestamp => &[],
            _ => std::slice::from_ref(node),
        };
        let mut networks = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let text = coerce::text(item).unwrap_or_default();
            match self.0.get(&*text) {
                Some(named) => networks.extend_from_slice(named),
                None => networks.push(Network::parse(&text).map_err(|error| InvalidNetwork {
                    item: matches!(node.value, Value::Sequence(_)).then_some(index),
                    reason: error.to_string(),
                })?),
            }
        }
        Ok(networks)
    }
}
