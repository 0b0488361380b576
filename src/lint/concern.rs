//! Findings that concern one client.

use crate::config::{Config, Path};
use crate::diagnostic::Diagnostic;

/// What belongs to one client: its own options, the access rules that name it, and what keeps the whole file from being read.
pub struct Concern {
    paths: Vec<String>,
}

impl Concern {
    /// Of the clients with an id; none when there is no such client.
    pub fn of_client(config: &Config, id: &str) -> Option<Concern> {
        let clients = config.clients().iter().filter(|client| &*client.id == id);
        let mut paths: Vec<String> =
            clients.map(|client| Path::of("identity_providers.oidc.clients").index(client.index).to_string()).collect();
        if paths.is_empty() {
            return None;
        }
        let subject = format!("oauth2:client:{id}");
        let rules = config.access_control.rules.iter();
        let named = rules.filter(|rule| rule.subjects.iter().flatten().any(|name| **name == *subject));
        paths.extend(named.map(|rule| Path::of("access_control.rules").index(rule.index).to_string()));
        Some(Concern { paths })
    }

    /// Whether a finding is about it.
    pub fn covers(&self, finding: &Diagnostic) -> bool {
        let below = |path: &String| {
            finding.path.strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        finding.path.is_empty() || self.paths.iter().any(below)
    }
}
