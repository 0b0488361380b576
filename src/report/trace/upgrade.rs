//! Answers that an upgrade of the server changes.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::{Look, PlainOrJson};
use super::plain::{field, sentence};
use super::{Report, Told, json::fields, json::mend};
use crate::bearer::Mend;
use crate::document::write_document;

/// The same questions under two releases.
pub struct Upgrade<'a> {
    /// Under the one that runs.
    pub before: Report<'a>,
    /// Under the one that is to run.
    pub after: Report<'a>,
    /// For each question the mend under the later release, where it is allowed before and denied after.
    pub mends: Vec<Option<Mend>>,
}

impl Upgrade<'_> {
    /// Whether a question that passes before is denied after.
    pub fn breaks_something(&self) -> bool {
        self.changes().any(|(before, after, _)| is_allowed(before) && !is_allowed(after))
    }

    fn changes(&self) -> impl Iterator<Item = (&Told<'_>, &Told<'_>, Option<&Mend>)> {
        let pairs = self.before.told.iter().zip(self.after.told).zip(&self.mends);
        let answers = |told: &Told<'_>| {
            let document = fields(told, self.before.config);
            ["status", "challenge", "location", "verdict"]
                .map(|field| document[field].clone())
                .to_vec()
                .into_iter()
                .chain([document["token"]["status"].clone(), document["token"]["error"].clone()])
                .collect::<Vec<Value>>()
        };
        pairs
            .map(|((before, after), mend)| (before, after, mend.as_ref()))
            .filter(move |(before, after, _)| answers(before) != answers(after))
    }

    /// Writes the changes in a form.
    pub fn write(&self, form: PlainOrJson, look: Look, out: &mut dyn Write) -> io::Result<()> {
        match form {
            PlainOrJson::Json => self.write_json(out),
            PlainOrJson::Plain => self.write_plain(look, out),
        }
    }

    fn write_plain(&self, look: Look, out: &mut dyn Write) -> io::Result<()> {
        let mut number = 0;
        for (before, after, mend) in self.changes() {
            number += 1;
            writeln!(out, "{}", super::plain::printable(&before.name))?;
            for (told, target) in [(before, self.before.target), (after, self.after.target)] {
                let answer = told.answer.as_ref().map_or_else(|| told.error.clone().unwrap_or_default(), sentence);
                field(&format!("  {target}"), &answer, look, out)?;
            }
            if let Some(reason) = after.answer.as_ref().filter(|answer| !answer.is_allowed()).and_then(|answer| answer.deciding())
            {
                field("  why", &reason.detail, look, out)?;
            }
            for change in mend.iter().flat_map(|mend| &mend.changes) {
                field("  mend", change, look, out)?;
            }
        }
        let (before, after) = (self.before.target, self.after.target);
        match (number, self.before.told.len()) {
            (0, 1) => writeln!(out, "the question is answered by Authelia {after} as by {before}"),
            (_, 1) => writeln!(out, "the question is answered otherwise by Authelia {after} than by {before}"),
            (_, total) => writeln!(out, "{number} of {total} questions answered otherwise by Authelia {after} than by {before}"),
        }
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let change = |(before, after, change): (&Told<'_>, &Told<'_>, Option<&Mend>)| {
            json!({
                "case": before.case,
                "before": fields(before, self.before.config),
                "after": fields(after, self.after.config),
                "mend": change.map(mend),
            })
        };
        let document = json!({
            "version": 1,
            "from": self.before.target.to_string(),
            "to": self.after.target.to_string(),
            "reported": self.after.target.reported(),
            "asked": self.before.told.len(),
            "changes": self.changes().map(change).collect::<Vec<Value>>(),
        });
        write_document(&document, out)
    }
}

fn is_allowed(told: &Told<'_>) -> bool {
    told.answer.as_ref().is_some_and(crate::bearer::Answer::is_allowed)
}
