//! The rules of `lint` and of `monitor check` in every form: a table, a page on the terminal, a document, and the page of `docs/`.

mod json;
mod markdown;
mod page;
mod table;

pub use json::write_json;
pub use markdown::markdown;
pub use page::write_page;
pub use table::write_table;

use crate::diagnostic::{Authelia, Safety};
use crate::lint;
use crate::monitor::check;

/// A rule of either kind.
#[derive(Clone, Copy)]
pub enum Rule {
    /// About a configuration.
    Lint(&'static lint::rule::Rule),
    /// About a monitor.
    MonitorCheck(&'static check::Rule),
}

impl Rule {
    /// Every rule: those of `lint` by id, then those of `monitor check` in its order.
    pub fn all() -> impl Iterator<Item = Rule> {
        let of_lint = lint::rules::ALL.iter().copied().map(Rule::Lint);
        of_lint.chain(check::rules::all().map(Rule::MonitorCheck))
    }

    /// The rule of an id; no two have the same, whatever their kinds.
    pub fn of(id: &str) -> Option<Rule> {
        Rule::all().find(|rule| rule.id() == id)
    }

    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Rule::Lint(rule) => rule.id,
            Rule::MonitorCheck(rule) => rule.id,
        }
    }
}

/// What the server's own check says, as a word for tables.
fn server_says(authelia: Authelia) -> &'static str {
    match authelia {
        Authelia::Rejects => "rejects",
        Authelia::Warns => "warns",
        Authelia::Accepts => "accepts",
    }
}

/// Whether a fix exists, as a word for tables.
fn fix_word(fix: Option<Safety>) -> &'static str {
    match fix {
        None => "",
        Some(Safety::Safe) => "safe",
        Some(Safety::Unsafe) => "unsafe",
    }
}

/// What becomes of it with `--fix`, as a sentence without full stop.
fn fix_sentence(fix: Option<Safety>) -> &'static str {
    match fix {
        None => "nothing mends it but a person",
        Some(Safety::Safe) => "`--fix` mends it",
        Some(Safety::Unsafe) => "`--fix --unsafe-fixes` mends it",
    }
}

/// What the server does with it, as a sentence without full stop.
fn server_sentence(authelia: Authelia) -> &'static str {
    match authelia {
        Authelia::Rejects => "the server refuses to start",
        Authelia::Warns => "the server warns and starts",
        Authelia::Accepts => "the server says nothing",
    }
}
