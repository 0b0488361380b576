//! Patterns in Go's RE2 dialect: judged as Go judges them, matched by the `regex-automata` crate after a translation.
//!
//! Go 1.26 with its Perl flags, which is what `regexp.Compile` reads. Two differences remain: Go 1.26 knows Unicode 15 and
//! the crate a later version, and a pattern that both accept but whose program would be too big to hold here is refused as
//! [`PatternError::Unjudgeable`].

mod class;
mod escape;
mod fault;
mod flags;
mod known;
mod measure;
mod translate;
mod unicode;

use std::sync::{Arc, OnceLock};

use regex_automata::nfa::thompson::pikevm::PikeVM;
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::syntax;

pub use fault::{Fault, PatternError};
pub use known::Patterns;
use translate::{Translation, translate};

/// The most memory a compiled pattern may take, in bytes.
const SIZE_LIMIT: usize = 16 << 20;

/// How deep the translation of a pattern may nest: Go's own limit leaves room for groups that Go does not count.
const NEST_LIMIT: u32 = 4000;

/// The estimated number of instructions, and the depth, up to which compiling is known to fit and may wait.
const SURE_COST: u64 = 10_000;
const SURE_DEPTH: usize = NEST_LIMIT as usize / 4;

/// A pattern that Go accepts. It is compiled at its first use, for most patterns of a big configuration are never matched.
#[derive(Clone, Debug)]
pub struct Regexp(Arc<Pattern>);

#[derive(Debug)]
struct Pattern {
    written: Box<str>,
    translation: Translation,
    compiled: OnceLock<Option<PikeVM>>,
    bounds: OnceLock<(bool, bool)>,
}

impl Regexp {
    /// Reads a pattern, or says why Go refuses it.
    pub fn parse(pattern: &str) -> Result<Regexp, PatternError> {
        Regexp::read(pattern)?.judged()
    }

    /// Reads a pattern, whether or not it can be matched here.
    pub fn read(pattern: &str) -> Result<Regexp, PatternError> {
        let translation = translate(pattern)?;
        Ok(Regexp(Arc::new(Pattern { written: pattern.into(), translation, compiled: OnceLock::new(), bounds: OnceLock::new() })))
    }

    /// The pattern, when it is not too big to be matched here.
    fn judged(self) -> Result<Regexp, PatternError> {
        let sure = self.cost() <= SURE_COST && self.0.translation.depth <= SURE_DEPTH;
        if sure || self.compiled().is_some() { Ok(self) } else { Err(PatternError::Unjudgeable) }
    }

    /// What it costs to compile, in instructions, roughly and rather too high.
    fn cost(&self) -> u64 {
        self.0.translation.cost
    }

    /// The pattern as written.
    pub fn pattern(&self) -> &str {
        &self.0.written
    }

    /// Whether it matches anywhere in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled().is_some_and(|program| program.is_match(&mut program.create_cache(), text))
    }

    /// Whether every match begins where the text begins.
    pub fn is_bound_to_start(&self) -> bool {
        self.bounds().0
    }

    /// Whether every match ends where the text ends.
    pub fn is_bound_to_end(&self) -> bool {
        self.bounds().1
    }

    /// Whether it has a group of this name.
    pub fn has_group(&self, name: &str) -> bool {
        self.0.translation.group(name).is_some()
    }

    /// What the first group of this name took in the first match; none when nothing matches or the group took no part.
    pub fn group<'t>(&self, name: &str, text: &'t str) -> Option<&'t str> {
        let index = self.0.translation.group(name)?;
        let program = self.compiled()?;
        let mut captures = program.create_captures();
        program.captures(&mut program.create_cache(), text, &mut captures);
        captures.get_group(index).map(|group| &text[group.range()])
    }

    /// Whether every match begins, and ends, where the text does. The crate tells the two assertions by the letters of `\A` and `\z`.
    fn bounds(&self) -> (bool, bool) {
        *self.0.bounds.get_or_init(|| {
            let syntax = syntax::Config::new().nest_limit(NEST_LIMIT);
            let Ok(hir) = syntax::parse_with(&self.0.translation.pattern, &syntax) else { return (false, false) };
            let properties = hir.properties();
            let starts = properties.look_set_prefix().iter().any(|look| look.as_char() == 'A');
            let ends = properties.look_set_suffix().iter().any(|look| look.as_char() == 'z');
            (starts, ends)
        })
    }

    /// A bare program without the automata that make searching long texts fast: a configuration may have ten thousand patterns, and a
    /// request tries each once on a short text.
    fn compiled(&self) -> Option<&PikeVM> {
        let captures = if self.0.translation.has_names() { WhichCaptures::All } else { WhichCaptures::None };
        let program = thompson::Config::new().nfa_size_limit(Some(SIZE_LIMIT)).which_captures(captures);
        let syntax = syntax::Config::new().nest_limit(NEST_LIMIT);
        let compile = || PikeVM::builder().thompson(program).syntax(syntax).build(&self.0.translation.pattern).ok();
        self.0.compiled.get_or_init(compile).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_bound_when_all_its_alternatives_are() {
        for (pattern, bounds) in [
            ("^/a$", (true, true)),
            (r"^/a\|b$", (true, true)),
            ("^/a[|]b$", (true, true)),
            (r"^\Q/a|b\E$", (true, true)),
            ("^/a|b$", (false, false)),
            ("^/a|^/b", (true, false)),
            ("^(/a|/b)$", (true, true)),
            ("(^/a|^/b)c", (true, false)),
            ("(^|/)a", (false, false)),
            ("(?i)^/a$", (true, true)),
            ("(?m)^/a$", (false, false)),
            (r"\A/a\z", (true, true)),
            (r"\^/a\$", (false, false)),
            ("^*/a$?", (false, false)),
            ("/a", (false, false)),
        ] {
            let regexp = Regexp::parse(pattern).unwrap();
            assert_eq!((regexp.is_bound_to_start(), regexp.is_bound_to_end()), bounds, "{pattern}");
        }
    }
}
