//! What is wrong with a configuration.

mod concern;
mod examples;
mod ignore;
mod mend;
mod monitored;
mod project;
mod repair;
pub mod rule;
pub mod rules;
mod selection;
mod words;

pub use concern::Concern;
pub use project::{Project, UnreadableProject};
pub use repair::{Repaired, repair};
pub use selection::{Ids, Selection, UnknownRule, known};

use crate::bearer::Target;
use crate::config::Config;
use crate::cores;
use crate::diagnostic::Diagnostic;

use monitored::Monitored;
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
    lint_selected(config, settings, &Selection::default())
}

/// What the selected rules say, sorted by file, place and rule.
pub fn lint_selected(config: &Config, settings: Settings, selection: &Selection) -> Vec<Diagnostic> {
    let whole = settings.whole.unwrap_or_else(|| config.is_whole());
    let monitored = Monitored::of(config, settings.target);
    let speak = |rule: &&'static Rule| {
        let mut found = Vec::new();
        (rule.check)(&mut Context { config, whole, target: settings.target, monitored: &monitored, rule, found: &mut found });
        found
    };
    let rules: Vec<&'static Rule> = rules::ALL.iter().copied().filter(|rule| selection.runs(rule)).collect();
    let spoken = if config.sources.are_large() { cores::map(&rules, speak) } else { rules.iter().map(speak).collect() };
    let mut found: Vec<Diagnostic> = spoken.into_iter().flatten().collect();
    found.retain(|finding| selection.admits(finding.rule, config.sources.get(finding.label.span.source).name()));
    ignore::apply(config, settings, &monitored, selection, &mut found);
    selection.weigh(&mut found);
    found.sort_by(|a, b| (a.label.span, a.rule).cmp(&(b.label.span, b.rule)));
    found
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules::ALL.iter().copied().find(|rule| rule.id == id)
}
