//! Reads a pattern as Go does and writes the equivalent pattern of the `regex` crate.

use super::class::{bracket, perl, unicode, unicode_cost};
use super::escape::{escape, write_character, write_literal};
use super::fault::{Fault, PatternError};
use super::flags::Flags;
use super::measure::{Measure, Series};

/// A pattern of the `regex-automata` crate that means what Go's pattern means.
#[derive(Clone, Debug)]
pub(super) struct Translation {
    /// The pattern.
    pub(super) pattern: Box<str>,
    /// What it costs to compile, in instructions, roughly and rather too high.
    pub(super) cost: u64,
    /// How deep it nests, at most: the crate has up to four levels for each.
    pub(super) depth: usize,
    /// Names of groups with their numbers.
    names: Box<[(Box<str>, usize)]>,
}

impl Translation {
    /// Whether it has groups with a name.
    pub(super) fn has_names(&self) -> bool {
        !self.names.is_empty()
    }

    /// The number of the first group of a name.
    pub(super) fn group(&self, name: &str) -> Option<usize> {
        self.names.iter().find(|(candidate, _)| **candidate == *name).map(|(_, index)| *index)
    }
}

/// Translates a pattern, or says why Go refuses it.
pub(super) fn translate(pattern: &str) -> Result<Translation, PatternError> {
    let mut translator = Translator {
        whole: pattern,
        rest: pattern,
        out: String::with_capacity(pattern.len() + 8),
        frame: Frame::new(Group::Pattern, 0, Flags::default()),
        frames: Vec::new(),
        deepest: 0,
        flags: Flags::default(),
        groups: 0,
        names: Vec::new(),
    };
    let mut repetition = None;
    while !translator.rest.is_empty() {
        repetition = translator.step(repetition)?;
    }
    translator.finish()
}

struct Translator<'p> {
    whole: &'p str,
    rest: &'p str,
    out: String,
    /// The innermost group that is open.
    frame: Frame,
    /// Those around it.
    frames: Vec<Frame>,
    /// The most groups that were open at once.
    deepest: usize,
    /// The flags Go has at this place. Those written are in the frame: they follow with the next atom only, so that a
    /// repetition after a change of flags still stands at the atom before it.
    flags: Flags,
    groups: usize,
    names: Vec<(Box<str>, usize)>,
}

struct Frame {
    group: Group,
    /// Where it begins in the output.
    start: usize,
    /// The flags to return to at its end.
    outer: Flags,
    /// The flags written so far.
    written: Flags,
    choice: Series,
    sequence: Series,
    /// The last atom, which a repetition repeats.
    atom: Option<Atom>,
}

#[derive(PartialEq, Eq)]
enum Group {
    Pattern,
    Plain,
    Capturing,
}

#[derive(Clone, Copy)]
struct Atom {
    /// Where it begins in the output, of which it is the end.
    start: usize,
    measure: Measure,
    repeated: bool,
}

impl<'p> Translator<'p> {
    /// Reads one element. Takes and gives the pattern from the repetition on, if the element before, or this, was one.
    fn step(&mut self, previous: Option<&'p str>) -> Result<Option<&'p str>, PatternError> {
        let rest = self.rest;
        match rest.as_bytes()[0] {
            b'(' if rest.starts_with("(?") => self.perl_group()?,
            b'(' => {
                self.open(Group::Capturing);
                self.rest = &rest[1..];
            }
            b'|' => {
                self.end_sequence();
                self.out.push('|');
                self.rest = &rest[1..];
            }
            b')' => self.close()?,
            b'^' => self.atom(&rest[1..], Measure::EMPTY, |out| out.push('^'))?,
            b'$' => self.atom(&rest[1..], Measure::EMPTY, |out| out.push('$'))?,
            b'.' => self.atom(&rest[1..], Measure::class(20), |out| out.push('.'))?,
            b'[' => self.bracket()?,
            b'*' => return self.repeat(0, None, &rest[1..], previous),
            b'+' => return self.repeat(1, None, &rest[1..], previous),
            b'?' => return self.repeat(0, Some(1), &rest[1..], previous),
            b'{' => match counts(rest) {
                Some(counts) => return self.repeat_counted(&counts, previous),
                None => self.literal()?,
            },
            b'\\' => self.backslash()?,
            _ => self.literal()?,
        }
        Ok(None)
    }

    fn finish(mut self) -> Result<Translation, PatternError> {
        if !self.frames.is_empty() {
            return Err(PatternError::new(Fault::MissingParenthesis, self.whole));
        }
        self.end_sequence();
        let measure = self.check(self.frame.choice.finish())?;
        let depth = self.deepest + measure.height();
        Ok(Translation { pattern: self.out.into(), cost: measure.cost(), depth, names: self.names.into() })
    }

    fn check(&self, measure: Measure) -> Result<Measure, PatternError> {
        measure.check().map_err(|fault| PatternError::new(fault, self.whole))
    }

    /// Writes an atom under the flags of this place.
    fn atom(&mut self, rest: &'p str, measure: Measure, write: impl FnOnce(&mut String)) -> Result<(), PatternError> {
        self.settle_flags();
        let start = self.out.len();
        write(&mut self.out);
        self.push_atom(start, measure)?;
        self.rest = rest;
        Ok(())
    }

    fn settle_flags(&mut self) {
        if self.frame.written != self.flags {
            self.out.push_str(&self.flags.directive());
            self.frame.written = self.flags;
        }
    }

    fn push_atom(&mut self, start: usize, measure: Measure) -> Result<(), PatternError> {
        let measure = self.check(measure)?;
        let atom = Atom { start, measure, repeated: false };
        if let Some(before) = self.frame.atom.replace(atom) {
            self.frame.sequence.push(before.measure);
        }
        Ok(())
    }

    fn end_sequence(&mut self) {
        if let Some(atom) = self.frame.atom.take() {
            self.frame.sequence.push(atom.measure);
        }
        let sequence = std::mem::replace(&mut self.frame.sequence, Series::sequence());
        self.frame.choice.push(sequence.finish());
    }

    fn literal(&mut self) -> Result<(), PatternError> {
        let mut characters = self.rest.chars();
        let Some(character) = characters.next() else { return Ok(()) };
        self.atom(characters.as_str(), Measure::LITERAL, |out| write_literal(character, out))
    }

    fn bracket(&mut self) -> Result<(), PatternError> {
        self.settle_flags();
        let start = self.out.len();
        let (cost, rest) = bracket(self.rest, &mut self.out)?;
        self.rest = rest;
        self.push_atom(start, Measure::class(cost))
    }

    fn backslash(&mut self) -> Result<(), PatternError> {
        let rest = self.rest;
        let assertion = match rest.as_bytes().get(1) {
            Some(b'A') => r"\A",
            Some(b'z') => r"\z",
            Some(b'b') => r"(?-u:\b)",
            Some(b'B') => r"(?-u:\B)",
            Some(b'Q') => return self.quoted(),
            _ => "",
        };
        if !assertion.is_empty() {
            return self.atom(&rest[2..], Measure::EMPTY, |out| out.push_str(assertion));
        }
        if let Some((class, rest)) = unicode(rest)? {
            return self.atom(rest, Measure::class(unicode_cost()), |out| out.push_str(&class));
        }
        if let Some((class, rest)) = perl(rest) {
            return self.atom(rest, Measure::class(20), |out| out.push_str(&class));
        }
        let (code, rest) = escape(rest)?;
        self.atom(rest, Measure::LITERAL, |out| write_character(code, out))
    }

    /// `\Q…\E`: what stands between means itself; the end of the pattern ends it too.
    fn quoted(&mut self) -> Result<(), PatternError> {
        let (text, rest) = self.rest[2..].split_once(r"\E").unwrap_or((&self.rest[2..], ""));
        for character in text.chars() {
            self.atom(rest, Measure::LITERAL, |out| write_literal(character, out))?;
        }
        self.rest = rest;
        Ok(())
    }

    fn open(&mut self, group: Group) {
        self.settle_flags();
        let start = self.out.len();
        self.out.push_str(if group == Group::Capturing { "(" } else { "(?:" });
        if group == Group::Capturing {
            self.groups += 1;
        }
        let frame = Frame::new(group, start, self.flags);
        self.frames.push(std::mem::replace(&mut self.frame, frame));
        self.deepest = self.deepest.max(self.frames.len());
    }

    fn close(&mut self) -> Result<(), PatternError> {
        let Some(outer) = self.frames.pop() else {
            return Err(PatternError::new(Fault::UnexpectedParenthesis, self.whole));
        };
        self.end_sequence();
        let frame = std::mem::replace(&mut self.frame, outer);
        let inner = frame.choice.finish();
        self.flags = frame.outer;
        self.out.push(')');
        self.rest = &self.rest[1..];
        self.push_atom(frame.start, if frame.group == Group::Capturing { inner.captured() } else { inner })
    }

    /// What begins with `(?`: a name, or flags with or without a group.
    fn perl_group(&mut self) -> Result<(), PatternError> {
        let rest = self.rest;
        let named = (rest.len() > 4).then(|| rest.strip_prefix("(?P<")).flatten();
        let named = named.or_else(|| (rest.len() > 3).then(|| rest.strip_prefix("(?<")).flatten());
        match named {
            Some(named) => self.named_group(named),
            None => self.flags_or_group(),
        }
    }

    fn named_group(&mut self, named: &'p str) -> Result<(), PatternError> {
        let Some((name, rest)) = named.split_once('>') else {
            return Err(PatternError::new(Fault::NamedCapture, self.rest));
        };
        if name.is_empty() || !name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric()) {
            return Err(PatternError::new(Fault::NamedCapture, &self.rest[..self.rest.len() - rest.len()]));
        }
        self.open(Group::Capturing);
        self.names.push((name.into(), self.groups));
        self.rest = rest;
        Ok(())
    }

    fn flags_or_group(&mut self) -> Result<(), PatternError> {
        let mut characters = self.rest[2..].chars();
        let mut flags = self.flags;
        // `-` wants a flag after it, and stands once.
        let (mut on, mut complete) = (true, true);
        loop {
            match characters.next() {
                Some('-') if on => (on, complete) = (false, false),
                Some(end @ (':' | ')')) if complete => {
                    self.rest = characters.as_str();
                    if end == ':' {
                        // The flags of the group are written in it.
                        self.open(Group::Plain);
                    }
                    self.flags = flags;
                    return Ok(());
                }
                Some(letter) if flags.set(letter, on) => complete = true,
                _ => {
                    let read = self.rest.len() - characters.as_str().len();
                    return Err(PatternError::new(Fault::PerlSyntax, &self.rest[..read]));
                }
            }
        }
    }

    fn repeat_counted(&mut self, counts: &Counts<'p>, previous: Option<&'p str>) -> Result<Option<&'p str>, PatternError> {
        let Counts { min, max, rest } = *counts;
        match (min, max) {
            (Some(min), Some(max)) if min <= 1000 && max.is_none_or(|max| min <= max && max <= 1000) => {
                self.repeat(min, max, rest, previous)
            }
            _ => Err(PatternError::new(Fault::RepeatSize, &self.rest[..self.rest.len() - rest.len()])),
        }
    }

    /// Repeats the last atom; `previous` is the pattern from the repetition that stands right before.
    fn repeat(
        &mut self,
        min: u32,
        max: Option<u32>,
        after: &'p str,
        previous: Option<&'p str>,
    ) -> Result<Option<&'p str>, PatternError> {
        let from = self.rest;
        let operator = &from[..from.len() - after.len()];
        let rest = after.strip_prefix('?').unwrap_or(after);
        let excerpt = |from: &'p str| &from[..from.len() - rest.len()];
        if let Some(previous) = previous {
            return Err(PatternError::new(Fault::RepeatOperator, excerpt(previous)));
        }
        let Some(atom) = self.frame.atom else {
            return Err(PatternError::new(Fault::MissingArgument, excerpt(from)));
        };
        let measure = self.check(atom.measure.repeated(min, max))?;
        if operator.starts_with('{') && !measure.repeats_fit() {
            return Err(PatternError::new(Fault::RepeatSize, excerpt(from)));
        }
        if atom.repeated {
            // The crate would read a second operator as part of the first.
            self.out.insert_str(atom.start, "(?:");
            self.out.push(')');
        }
        self.out.push_str(excerpt(from));
        self.frame.atom = Some(Atom { measure, repeated: true, ..atom });
        self.rest = rest;
        Ok(Some(from))
    }
}

impl Frame {
    fn new(group: Group, start: usize, flags: Flags) -> Frame {
        let (choice, sequence) = (Series::choice(), Series::sequence());
        Frame { group, start, outer: flags, written: flags, choice, sequence, atom: None }
    }
}

/// The most repetitions; none without a limit.
type Limit = Option<u32>;

/// What stands in the braces of a repetition; none for a number too big to be one.
struct Counts<'p> {
    min: Option<u32>,
    max: Option<Limit>,
    rest: &'p str,
}

/// Reads `{2}`, `{2,}` or `{2,3}`; anything else is no repetition but a brace.
fn counts(pattern: &str) -> Option<Counts<'_>> {
    let (min, after) = number(&pattern[1..])?;
    let (max, after) = match after.strip_prefix(',') {
        None => (min.map(Some), after),
        Some(after) if after.starts_with('}') => (Some(None), after),
        Some(after) => {
            let (max, after) = number(after)?;
            (max.map(Some), after)
        }
    };
    Some(Counts { min, max, rest: after.strip_prefix('}')? })
}

/// Reads digits without leading zeros; none for a number of more than eight of them.
fn number(text: &str) -> Option<(Option<u32>, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(digits);
    let zeros = digits.len() > 1 && digits.starts_with('0');
    (!digits.is_empty() && !zeros).then(|| (Some(digits).filter(|digits| digits.len() <= 8).and_then(|d| d.parse().ok()), rest))
}
