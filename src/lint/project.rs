//! The project file `authkuma.toml`: what a repository wants of the linter, whoever runs it.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::selection::Ids;
use crate::bearer::Target;
use crate::config::nearest;
use crate::diagnostic::Severity;

/// What a project file says.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// `target`: the server release whose behaviour is assumed.
    pub target: Option<Target>,
    /// `lint.select`: the rules that speak.
    pub select: Option<Ids>,
    /// `lint.ignore`: the rules that do not.
    pub ignore: Ids,
    /// `lint.min-severity`: findings below are dropped.
    pub min_severity: Option<Severity>,
    /// `lint.deny`: from which severity on a finding counts as an error.
    pub deny: Option<Severity>,
    /// `lint.per-file`: rules that do not speak of a file or a folder, by its path from the project file.
    pub per_file: Vec<(PathBuf, Ids)>,
}

/// Why a project file cannot be used, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnreadableProject {
    /// Bytes of the text.
    pub place: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What was probably meant.
    pub hint: Option<String>,
}

impl Project {
    /// Reads the text of a project file. Every key must be known.
    pub fn read(text: &str) -> Result<Project, UnreadableProject> {
        let table = DeTable::parse(text).map_err(|error| UnreadableProject {
            place: error.span().unwrap_or(0..0),
            message: error.message().to_owned(),
            hint: None,
        })?;
        let mut project = Project::default();
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "target" => project.target = Some(parsed(value)?),
                "lint" => project.read_lint(table_of(value)?)?,
                _ => return Err(unknown_key(key, &["target", "lint"])),
            }
        }
        Ok(project)
    }

    fn read_lint(&mut self, table: &DeTable<'_>) -> Result<(), UnreadableProject> {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "select" => self.select = Some(ids(value)?),
                "ignore" => self.ignore = ids(value)?,
                "min-severity" => self.min_severity = Some(parsed(value)?),
                "deny" => self.deny = Some(parsed(value)?),
                "per-file" => {
                    for (path, value) in table_of(value)? {
                        self.per_file.push((PathBuf::from(path.get_ref().as_ref()), ids(value)?));
                    }
                }
                _ => return Err(unknown_key(key, &["select", "ignore", "min-severity", "deny", "per-file"])),
            }
        }
        Ok(())
    }
}

type Value<'a> = Spanned<DeValue<'a>>;

fn table_of<'v, 'a>(value: &'v Value<'a>) -> Result<&'v DeTable<'a>, UnreadableProject> {
    value.get_ref().as_table().ok_or_else(|| wrong(value, format!("a table is wanted, not {}", value.get_ref().type_str())))
}

fn text_of<'v>(value: &'v Value<'_>) -> Result<&'v str, UnreadableProject> {
    value.get_ref().as_str().ok_or_else(|| wrong(value, format!("text is wanted, not {}", value.get_ref().type_str())))
}

fn parsed<T: FromStr<Err: fmt::Display>>(value: &Value<'_>) -> Result<T, UnreadableProject> {
    text_of(value)?.parse().map_err(|error: T::Err| wrong(value, error.to_string()))
}

fn ids(value: &Value<'_>) -> Result<Ids, UnreadableProject> {
    let list = value.get_ref().as_array();
    let list = list.ok_or_else(|| wrong(value, format!("a list of rules is wanted, not {}", value.get_ref().type_str())))?;
    let mut all = Ids::default();
    for item in list {
        all.extend(Ids::read([text_of(item)?]).map_err(|unknown| UnreadableProject {
            hint: unknown.suggestion.map(|id| format!("did you mean '{id}'?")),
            ..wrong(item, unknown.to_string())
        })?);
    }
    Ok(all)
}

fn unknown_key(key: &Spanned<impl AsRef<str>>, known: &[&str]) -> UnreadableProject {
    let name = key.get_ref().as_ref();
    UnreadableProject {
        place: key.span(),
        message: format!("there is no option '{name}' here"),
        hint: Some(match nearest(name, known.iter().copied()) {
            Some(known) => format!("did you mean '{known}'?"),
            None => format!("the options are {}", known.join(", ")),
        }),
    }
}

fn wrong(value: &Value<'_>, message: String) -> UnreadableProject {
    UnreadableProject { place: value.span(), message, hint: None }
}

impl fmt::Display for UnreadableProject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for UnreadableProject {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read() {
        let text = "target = '4.39.20'\n[lint]\nselect = ['unknown-key', 'wrong-type']\nignore = ['wrong-type']\n\
                    min-severity = 'warning'\ndeny = 'warnings'\n[lint.per-file]\n'legacy/a.yml' = ['deprecated-key']\n";
        let project = Project::read(text).unwrap();
        assert_eq!(project.target.unwrap().to_string(), "4.39.20");
        assert_eq!(project.select, Some(Ids::read(["unknown-key", "wrong-type"]).unwrap()));
        assert_eq!(project.ignore, Ids::read(["wrong-type"]).unwrap());
        assert_eq!((project.min_severity, project.deny), (Some(Severity::Warning), Some(Severity::Warning)));
        assert_eq!(project.per_file, [("legacy/a.yml".into(), Ids::read(["deprecated-key"]).unwrap())]);
        assert!(Project::read("").is_ok());
    }

    #[test]
    fn a_fault_has_a_place_and_a_hint() {
        for (text, place, message, hint) in [
            ("tarket = '1'", "tarket", "there is no option 'tarket' here", Some("did you mean 'target'?")),
            ("[lint]\nselekt = []", "selekt", "there is no option 'selekt' here", Some("did you mean 'select'?")),
            (
                "[lint]\nselect = ['unknown-kee']",
                "'unknown-kee'",
                "no rule is called 'unknown-kee'",
                Some("did you mean 'unknown-key'?"),
            ),
            ("[lint]\nselect = 'unknown-key'", "'unknown-key'", "a list of rules is wanted, not string", None),
            ("[lint]\nmin-severity = 'low'", "'low'", "'low' is none of note, warning, error", None),
            ("target = '3.0'", "'3.0'", "'3.0' is not a release from 4.38.0 to 4.39.23", None),
        ] {
            let error = Project::read(text).unwrap_err();
            let found = (&text[error.place.clone()], error.message.as_str(), error.hint.as_deref());
            assert_eq!(found, (place, message, hint), "{text}");
        }
        assert_eq!(Project::read("[lint\n").unwrap_err().place.start, 5);
    }
}
