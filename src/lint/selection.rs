//! Which findings are wanted.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use super::rule::Rule;
use super::rules;
use crate::config::nearest;
use crate::diagnostic::{Diagnostic, Severity};

/// Which rules speak, of which files, and what their findings count for.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The rules that speak; none are all.
    pub select: Option<Ids>,
    /// The rules that do not, though selected.
    pub ignore: Ids,
    /// Rules that do not speak of a file, or of the files in a folder.
    pub per_file: Vec<(PathBuf, Ids)>,
    /// What the names of files and the paths in `per_file` are relative to.
    pub folder: PathBuf,
    /// Findings below are dropped.
    pub min_severity: Severity,
    /// From which severity on a finding counts as an error.
    pub deny: Severity,
}

/// Ids of rules that exist.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ids(BTreeSet<&'static str>);

impl Default for Selection {
    fn default() -> Selection {
        Selection {
            select: None,
            ignore: Ids::default(),
            per_file: Vec::new(),
            folder: PathBuf::new(),
            min_severity: Severity::Note,
            deny: Severity::Error,
        }
    }
}

impl Selection {
    /// Whether a rule speaks at all.
    pub fn runs(&self, rule: &Rule) -> bool {
        self.select.as_ref().is_none_or(|select| select.0.contains(rule.id)) && !self.ignore.0.contains(rule.id)
    }

    /// Whether a rule speaks of a file.
    pub(super) fn admits(&self, id: &str, file: &str) -> bool {
        self.per_file.is_empty() || {
            let file = self.folder.join(file);
            !self.per_file.iter().any(|(path, ids)| ids.0.contains(id) && file.starts_with(self.folder.join(path)))
        }
    }

    /// Drops what is too slight, and makes errors of what is denied.
    pub(super) fn weigh(&self, found: &mut Vec<Diagnostic>) {
        found.retain(|finding| finding.severity >= self.min_severity);
        found.iter_mut().filter(|finding| finding.severity >= self.deny).for_each(|finding| finding.severity = Severity::Error);
    }
}

impl Ids {
    /// Reads ids, or says which one no rule has.
    pub fn read<'a>(ids: impl IntoIterator<Item = &'a str>) -> Result<Ids, UnknownRule> {
        ids.into_iter().map(|id| known(id).map(|rule| rule.id)).collect::<Result<_, _>>().map(Ids)
    }

    /// Adds others.
    pub fn extend(&mut self, others: Ids) {
        self.0.extend(others.0);
    }
}

/// The rule of an id, or what was probably meant.
pub fn known(id: &str) -> Result<&'static Rule, UnknownRule> {
    super::rule(id)
        .ok_or_else(|| UnknownRule { id: id.to_owned(), suggestion: nearest(id, rules::ALL.iter().map(|rule| rule.id)) })
}

/// No rule has this id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownRule {
    /// What no rule is called.
    pub id: String,
    /// The id that was probably meant.
    pub suggestion: Option<&'static str>,
}

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no rule is called '{}'", self.id)
    }
}

impl std::error::Error for UnknownRule {}
