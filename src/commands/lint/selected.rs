//! Which rules speak, from the command line and the project file.

use std::env;
use std::path::PathBuf;

use super::project_file::Found;
use crate::diagnostic::Severity;
use crate::error::Failure;
use crate::lint::{Ids, Selection, UnknownRule};
use crate::monitor::check;

/// The command line says more than the project file: it replaces `select`, `min-severity` and `deny`, and adds to `ignore`.
#[derive(clap::Args, Debug)]
pub(super) struct Selected {
    /// Only these rules
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,
    /// Not these rules
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Drop findings below: note, warning, error
    #[arg(long, value_name = "SEVERITY")]
    min_severity: Option<Severity>,
    /// Count findings of this severity and above as errors: warnings, notes (which else do not change the exit status)
    #[arg(long, value_name = "SEVERITY")]
    deny: Option<Severity>,
    /// The project file [default: the nearest authkuma.toml, from this folder upwards]
    #[arg(long, value_name = "PATH")]
    pub(super) project: Option<PathBuf>,
}

impl Selected {
    pub(super) fn selection(&self, found: &Found) -> Result<Selection, Failure> {
        let project = &found.project;
        let here = env::current_dir().unwrap_or_default();
        let mut selection = Selection {
            select: if self.select.is_empty() { project.select.clone() } else { Some(ids(&self.select)?) },
            ignore: project.ignore.clone(),
            per_file: project.per_file.iter().map(|(path, ids)| (found.folder.join(path), ids.clone())).collect(),
            folder: here,
            min_severity: self.min_severity.or(project.min_severity).unwrap_or(Severity::Note),
            deny: self.deny.or(project.deny).unwrap_or(Severity::Error),
        };
        selection.ignore.extend(ids(&self.ignore)?);
        Ok(selection)
    }
}

fn ids(names: &[String]) -> Result<Ids, Failure> {
    Ids::read(names.iter().map(|name| name.trim())).map_err(|unknown| unknown_rule(&unknown))
}

/// The failure of a rule's name on the command line.
fn unknown_rule(unknown: &UnknownRule) -> Failure {
    Failure::usage(unknown).hint(match unknown.suggestion {
        _ if check::rules::all().any(|rule| rule.id == unknown.id) => {
            format!("'{}' belongs to 'authkuma monitor check', which always runs all of its rules", unknown.id)
        }
        Some(id) => format!("did you mean '{id}'?"),
        None => "'authkuma rule' lists them".to_owned(),
    })
}
