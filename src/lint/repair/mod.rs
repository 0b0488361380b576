//! Fixes applied in memory until nothing is left to mend. A fix that changes more than it names is left out.

mod compare;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::rules::UNKNOWN_KEY;
use crate::config::{Config, load, tree_of};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::source::edit::{apply, meet};
use crate::source::{Source, SourceId, Sources, Span};

use compare::Comparison;

/// How often the text is mended and looked at again. Fixes that make room for others are rare.
const MAX_ROUNDS: usize = 16;

/// What mending came to. Nothing is written yet.
#[derive(Debug)]
pub struct Repaired {
    /// The configuration as mended.
    pub config: Config,
    /// What is left to say of it.
    pub findings: Vec<Diagnostic>,
    /// What was mended, in order.
    pub mended: Vec<Mended>,
    /// Titles of fixes that were left out because they would have changed something else, with their rules.
    pub refused: BTreeSet<(&'static str, String)>,
    /// The files that are not what they were, with their texts before.
    pub changed: Vec<(SourceId, String)>,
}

impl Repaired {
    /// Nobody is told again of a fix that was left out.
    fn without_refused(mut self) -> Repaired {
        for finding in &mut self.findings {
            if finding.fix.as_ref().is_some_and(|fix| self.refused.contains(&(finding.rule, fix.title.clone()))) {
                finding.fix = None;
            }
        }
        self
    }
}

/// One finding that was mended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mended {
    /// Its rule.
    pub rule: &'static str,
    /// Its file.
    pub file: String,
    /// Its line, from 1, when it was mended.
    pub line: usize,
    /// What the fix does.
    pub title: String,
}

/// Applies every fix up to a safety, looks again, and so on until still. Fixes that never come to rest are all left out.
pub fn repair(config: Config, admitted: Safety, lint: &dyn Fn(&Config) -> Vec<Diagnostic>) -> Repaired {
    let before: Vec<String> = config.sources.iter().map(|(_, source)| source.text().to_owned()).collect();
    let mut state =
        Repaired { findings: lint(&config), config, mended: Vec::new(), refused: BTreeSet::new(), changed: Vec::new() };
    let mut seen = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let texts: Vec<&str> = state.config.sources.iter().map(|(_, source)| source.text()).collect();
        // A fix that was left out makes room for others that want the same place.
        let known = !seen.insert((texts.concat(), state.refused.len()));
        let round = if known { None } else { Round::of(&state, admitted) };
        let Some(round) = round else {
            state.changed = changes(&state.config.sources, before);
            return state.without_refused();
        };
        state.mended.extend(round.mended);
        state.refused.extend(round.refused);
        state.config = load(round.sources);
        state.findings = lint(&state.config);
    }
    restless(before, state, lint)
}

/// The state of before, when fixes undo one another or repeat for ever.
fn restless(before: Vec<String>, state: Repaired, lint: &dyn Fn(&Config) -> Vec<Diagnostic>) -> Repaired {
    let mut sources = Sources::default();
    for ((_, source), text) in state.config.sources.iter().zip(before) {
        sources.add(Source::new(source.name(), text));
    }
    let config = load(sources);
    let refused = state.mended.into_iter().map(|mended| (mended.rule, mended.title)).collect();
    Repaired { findings: lint(&config), config, mended: Vec::new(), refused, changed: Vec::new() }.without_refused()
}

fn changes(sources: &Sources, before: Vec<String>) -> Vec<(SourceId, String)> {
    sources
        .iter()
        .zip(before)
        .filter(|((_, source), before)| source.text() != before)
        .map(|((id, _), before)| (id, before))
        .collect()
}

/// One pass over the files.
struct Round {
    sources: Sources,
    mended: Vec<Mended>,
    refused: BTreeSet<(&'static str, String)>,
}

impl Round {
    /// Applies what can be applied together; none when nothing is wanted.
    fn of(state: &Repaired, admitted: Safety) -> Option<Round> {
        let sources = &state.config.sources;
        let fixes = state.findings.iter().filter_map(|finding| {
            let fix = finding.fix.as_ref().filter(|fix| fix.safety <= admitted)?;
            (!fix.edits.is_empty() && !state.refused.contains(&(finding.rule, fix.title.clone()))).then_some((finding, fix))
        });
        let (renames, others): (Vec<Wanted<'_>>, Vec<Wanted<'_>>) =
            fixes.partition(|(finding, _)| finding.rule == UNKNOWN_KEY.id);
        let wanted = apart(renames.into_iter().chain(others));
        let (mut kept, mut refused) = (Vec::new(), BTreeSet::new());
        keep(sources, &wanted, &mut kept, &mut refused);
        let texts = mended_texts(sources, &kept)?;
        if texts.is_empty() && refused.is_empty() {
            return None;
        }
        let mut new = Sources::default();
        for (id, source) in sources.iter() {
            new.add(Source::new(source.name(), texts.get(&id).cloned().unwrap_or_else(|| source.text().to_owned())));
        }
        let mended = kept.iter().map(|(finding, fix)| {
            let source = sources.get(finding.label.span.source);
            let line = source.position(finding.label.span.start).line;
            Mended { rule: finding.rule, file: source.name().to_owned(), line, title: fix.title.clone() }
        });
        Some(Round { mended: mended.collect(), sources: new, refused })
    }
}

type Wanted<'a> = (&'a Diagnostic, &'a Fix);

/// The fixes whose edits do not meet those of an earlier one; the others have their turn in the next round.
fn apart<'a>(fixes: impl Iterator<Item = Wanted<'a>>) -> Vec<Wanted<'a>> {
    let mut taken: BTreeSet<Span> = BTreeSet::new();
    fixes
        .filter(|(_, fix)| {
            let free = fix.edits.iter().all(|edit| {
                let before = taken.range(..=edit.span).next_back().is_some_and(|span| meet(*span, edit.span));
                let after = taken.range(edit.span..).next().is_some_and(|span| meet(edit.span, *span));
                !before && !after
            });
            if free {
                taken.extend(fix.edits.iter().map(|edit| edit.span));
            }
            free
        })
        .collect()
}

/// Keeps the fixes that change nothing but what they name. A bad one is found by halves.
fn keep<'a>(sources: &Sources, fixes: &[Wanted<'a>], kept: &mut Vec<Wanted<'a>>, refused: &mut BTreeSet<(&'static str, String)>) {
    let together: Vec<Wanted<'a>> = kept.iter().chain(fixes).copied().collect();
    if mended_texts(sources, &together).is_some() {
        *kept = together;
    } else if let [(finding, fix)] = fixes {
        // One that only does not go with the others has its turn in the next round.
        if kept.is_empty() || mended_texts(sources, fixes).is_none() {
            refused.insert((finding.rule, fix.title.clone()));
        }
    } else {
        let (first, second) = fixes.split_at(fixes.len() / 2);
        keep(sources, first, kept, refused);
        keep(sources, second, kept, refused);
    }
}

/// The new texts of the files that fixes change; none when they overlap or change something else.
fn mended_texts(sources: &Sources, fixes: &[Wanted<'_>]) -> Option<BTreeMap<SourceId, String>> {
    let mut edits: BTreeMap<SourceId, Vec<&Edit>> = BTreeMap::new();
    for edit in fixes.iter().flat_map(|(_, fix)| &fix.edits) {
        edits.entry(edit.span.source).or_default().push(edit);
    }
    edits.into_iter().map(|(id, edits)| Some((id, mended_text(id, sources.get(id).text(), edits)?))).collect()
}

fn mended_text(id: SourceId, text: &str, edits: Vec<&Edit>) -> Option<String> {
    let edited = apply(text, edits).ok()?;
    let (old, new) = (tree_of(id, text)?, tree_of(id, &edited.text)?);
    Comparison::new(&edited.places).is_same_elsewhere(&old, &new).then_some(edited.text)
}

#[cfg(test)]
mod tests;
