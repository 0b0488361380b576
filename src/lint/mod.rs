//! What is wrong with a configuration.

mod mend;
pub mod rule;
pub mod rules;
mod words;

use crate::bearer::Target;
use crate::config::Config;
use crate::diagnostic::Diagnostic;

use rule::{Context, Rule};

/// How to look.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Whether a missing section is a fault; none decides by the sections that are there.
    pub whole: Option<bool>,
    /// The server release whose behaviour is assumed.
    pub target: Target,
}

/// Everything that the rules say, sorted by file, place and rule.
pub fn lint(config: &Config, settings: Settings) -> Vec<Diagnostic> {
    let whole = settings.whole.unwrap_or_else(|| config.is_whole());
    let mut found = Vec::new();
    for rule in rules::ALL {
        (rule.check)(&mut Context::new(config, whole, settings.target, rule, &mut found));
    }
    found.sort_by(|a, b| (a.label.span, a.rule).cmp(&(b.label.span, b.rule)));
    found
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules::ALL.iter().copied().find(|rule| rule.id == id)
}
