//! Monitors held against a configuration: what each is answered, and what is wrong with it.

mod outlook;
pub mod rule;
pub mod rules;
mod secret;
pub mod upgrade;

pub use outlook::{Asked, Outlook, Page};
pub use rule::{Finding, Rule};
pub use secret::{Comparisons, Match, Traits};

use crate::bearer::{Engine, Target};
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::monitor::database::Database;
use crate::monitor::{Generation, Monitor};
use rule::{Context, Subject};

/// What monitors are held against.
pub struct Basis<'b> {
    /// The configuration.
    pub config: &'b Config,
    /// The release whose behaviour is assumed.
    pub target: Target,
    /// The configuration under that release.
    pub engine: &'b Engine,
    /// A later release, and the configuration under it.
    pub later: Option<(Target, &'b Engine)>,
    /// How the proxy asks.
    pub asked: &'b Asked,
    /// Secrets that were compared.
    pub comparisons: &'b Comparisons,
}

/// One monitor with what it is answered and what is wrong with it.
#[derive(Debug)]
pub struct Checked<'m> {
    /// The monitor.
    pub monitor: &'m Monitor,
    /// What it is answered.
    pub outlook: Outlook,
    /// What is wrong with it, in the order in which a check goes its way.
    pub findings: Vec<Finding<'m>>,
}

/// Holds every monitor against a configuration, in the order of the database.
pub fn check<'m>(database: &'m Database, basis: &Basis<'_>) -> Vec<Checked<'m>> {
    database.monitors.iter().map(|monitor| check_one(monitor, database.generation, basis)).collect()
}

fn check_one<'m>(monitor: &'m Monitor, generation: Generation, basis: &Basis<'_>) -> Checked<'m> {
    let outlook = Outlook::of(monitor, basis);
    let mut findings = Vec::new();
    let subject = Subject { monitor, generation, config: basis.config, target: basis.target, outlook: &outlook };
    for rule in rules::all() {
        (rule.check)(&mut Context::new(subject, rule, &mut findings));
    }
    Checked { monitor, outlook, findings }
}

impl Checked<'_> {
    /// Keeps only what an upgrade breaks, which is an error to whoever asks about one, and refers to the changes that are shown then.
    pub fn narrow_to_upgrade(&mut self) {
        self.findings.retain(|finding| finding.rule.id == rules::BREAKS_ON_UPGRADE);
        for finding in &mut self.findings {
            finding.severity = Severity::Error;
            "write the audience list below".clone_into(&mut finding.help);
        }
    }

    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}
