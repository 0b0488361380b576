//! Where a client's rule goes: above the first rule that would decide before it.

use super::{Application, Misfit};
use crate::access::{Level, Policy, Subject};
use crate::config::Config;

/// Where a rule is put, and the rules with networks that it is put above.
#[derive(Clone, Debug)]
pub(super) struct Position {
    /// Before the rule of this position; the number of rules to append.
    pub(super) index: usize,
    /// A rule that decides only for some addresses and now no longer does for the monitor.
    pub(super) passes: Option<usize>,
}

impl Position {
    /// Asks the rules as they are what they say to each page.
    pub(super) fn find(config: &Config, application: &Application, client: &str) -> Result<Position, Misfit> {
        let policy = Policy::compile(&config.access_control)?;
        let mut position = Position { index: config.access_control.rules.len(), passes: None };
        for page in &application.pages {
            let found = policy.evaluate(&Subject::client(client), &page.object());
            if found.level == Level::Bypass && is_decided(config, found.rule) {
                return Err(Misfit::Open(page.url().to_owned(), found.rule));
            }
            let first = found.undecided.or(found.rule).unwrap_or(position.index);
            position.index = position.index.min(first);
            position.passes = position.passes.or(found.undecided);
        }
        Ok(position)
    }
}

/// Whether the answer is somebody's and not that of a file which has no access rules at all.
fn is_decided(config: &Config, rule: Option<usize>) -> bool {
    rule.is_some() || !config.access_control.default_policy.is_empty()
}
