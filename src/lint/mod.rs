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

use std::panic::resume_unwind;
use std::thread;

use crate::bearer::Target;
use crate::config::Config;
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
    let speak = |rules: &mut dyn Iterator<Item = &&'static Rule>| {
        let mut found = Vec::new();
        for rule in rules.filter(|rule| selection.runs(rule)) {
            (rule.check)(&mut Context { config, whole, target: settings.target, monitored: &monitored, rule, found: &mut found });
        }
        found
    };
    let mut found = if config.sources.are_large() { on_all_cores(&speak) } else { speak(&mut rules::ALL.iter()) };
    found.retain(|finding| selection.admits(finding.rule, config.sources.get(finding.label.span.source).name()));
    ignore::apply(config, settings, &monitored, selection, &mut found);
    selection.weigh(&mut found);
    found.sort_by(|a, b| (a.label.span, a.rule).cmp(&(b.label.span, b.rule)));
    found
}

/// Deals the rules out to the cores, for the costly ones stand side by side.
fn on_all_cores(speak: &(dyn Fn(&mut dyn Iterator<Item = &&'static Rule>) -> Vec<Diagnostic> + Sync)) -> Vec<Diagnostic> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let hands = (0..cores).map(|core| scope.spawn(move || speak(&mut rules::ALL.iter().skip(core).step_by(cores))));
        let hands: Vec<_> = hands.collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules::ALL.iter().copied().find(|rule| rule.id == id)
}
