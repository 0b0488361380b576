//! Character classes: in brackets, Perl's, POSIX's and Unicode's, written as classes of the `regex` crate.

use super::escape::{NOTHING, escape, write_literal};
use super::fault::{Fault, PatternError};
use super::unicode::class_name;

/// A class that matches everything.
const EVERYTHING: &str = r"[\x00-\x{10FFFF}]";

/// What a class of Unicode's costs to compile, in instructions; the biggest have some 700 ranges.
const UNICODE_COST: u64 = 1500;

/// What a class of a few ranges costs; turned around or without regard to case it may reach over all lengths of encoding.
const RANGE_COST: u64 = 20;

/// Reads a class in brackets and writes it; answers what it costs, and the rest.
pub(super) fn bracket<'p>(pattern: &'p str, out: &mut String) -> Result<(u64, &'p str), PatternError> {
    let inner = &pattern[1..];
    let (negated, mut rest) = inner.strip_prefix('^').map_or((false, inner), |rest| (true, rest));
    out.push_str(if negated { "[^" } else { "[" });
    let start = out.len();
    let mut cost = RANGE_COST;
    let mut first = true;
    while first || !rest.starts_with(']') {
        first = false;
        if let Some((item, after)) = named(rest)? {
            out.push_str(&item);
            (cost, rest) = (cost.saturating_add(RANGE_COST), after);
        } else if let Some((item, after)) = unicode(rest)? {
            out.push_str(&item);
            (cost, rest) = (cost.saturating_add(UNICODE_COST), after);
        } else if let Some((item, after)) = perl(rest) {
            out.push_str(&item);
            (cost, rest) = (cost.saturating_add(RANGE_COST), after);
        } else {
            rest = range(rest, pattern, out)?;
            cost = cost.saturating_add(RANGE_COST);
        }
    }
    if out.len() == start {
        // Only surrogates, which no text holds.
        out.push_str(NOTHING);
    }
    out.push(']');
    Ok((cost, &rest[1..]))
}

/// Reads `\d`, `\s`, `\w` or their opposites, which know ASCII only.
pub(super) fn perl(pattern: &str) -> Option<(String, &str)> {
    let mut characters = pattern.strip_prefix('\\')?.chars();
    let letter = characters.next()?;
    let ranges = match letter.to_ascii_lowercase() {
        'd' => "0-9",
        's' => r"\t\n\f\r\x20",
        'w' => "0-9A-Za-z_",
        _ => return None,
    };
    Some((enclosed(ranges, letter.is_ascii_uppercase()), characters.as_str()))
}

/// Reads `\pN`, `\p{Greek}` and their opposites.
pub(super) fn unicode(pattern: &str) -> Result<Option<(String, &str)>, PatternError> {
    let (turned, after) = match (pattern.strip_prefix(r"\p"), pattern.strip_prefix(r"\P")) {
        (Some(after), _) => (false, after),
        (_, Some(after)) => (true, after),
        _ => return Ok(None),
    };
    let end = match after.chars().next() {
        Some('{') => after.find('}').map_or(after.len(), |brace| brace + 1),
        first => first.map_or(0, char::len_utf8),
    };
    let (written, rest) = after.split_at(end);
    let name = written.strip_prefix('{').map_or(Some(written), |name| name.strip_suffix('}'));
    let (turned, name) = match name.and_then(|name| name.strip_prefix('^')) {
        Some(opposite) => (!turned, Some(opposite)),
        None => (turned, name),
    };
    let class = name.and_then(class_name);
    let excerpt = &pattern[..pattern.len() - rest.len()];
    let item = match class.ok_or_else(|| PatternError::new(Fault::CharRange, excerpt))? {
        nothing if nothing.is_empty() => (if turned { EVERYTHING } else { NOTHING }).to_owned(),
        class => format!("\\{}{{{class}}}", if turned { 'P' } else { 'p' }),
    };
    Ok(Some((item, rest)))
}

/// What a class of [`unicode`] costs.
pub(super) fn unicode_cost() -> u64 {
    UNICODE_COST
}

/// Reads `[:alpha:]` and its like, `[:^alpha:]` for their opposites.
fn named(pattern: &str) -> Result<Option<(String, &str)>, PatternError> {
    let Some(after) = pattern.strip_prefix("[:") else { return Ok(None) };
    let Some((written, rest)) = after.split_once(":]") else { return Ok(None) };
    let (negated, name) = written.strip_prefix('^').map_or((false, written), |name| (true, name));
    let ranges = match name {
        "alnum" => "0-9A-Za-z",
        "alpha" => "A-Za-z",
        "ascii" => r"\x00-\x7F",
        "blank" => r"\t\x20",
        "cntrl" => r"\x00-\x1F\x7F",
        "digit" => "0-9",
        "graph" => r"\x21-\x7E",
        "lower" => "a-z",
        "print" => r"\x20-\x7E",
        "punct" => r"\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E",
        "space" => r"\t\n\v\f\r\x20",
        "upper" => "A-Z",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        _ => return Err(PatternError::new(Fault::CharRange, &pattern[..pattern.len() - rest.len()])),
    };
    Ok(Some((enclosed(ranges, negated), rest)))
}

/// Reads a character or a range of two, and writes it.
fn range<'p>(pattern: &'p str, class: &str, out: &mut String) -> Result<&'p str, PatternError> {
    let (low, mut rest) = member(pattern, class)?;
    let mut high = low;
    if let Some(after) = rest.strip_prefix('-').filter(|after| !after.starts_with(']')) {
        (high, rest) = member(after, class)?;
        if high < low {
            return Err(PatternError::new(Fault::CharRange, &pattern[..pattern.len() - rest.len()]));
        }
    }
    // A bound that is a surrogate gives way to the next character that texts can hold.
    let low = char::from_u32(low).unwrap_or('\u{E000}');
    let high = char::from_u32(high).unwrap_or('\u{D7FF}');
    if low <= high {
        write_literal(low, out);
        out.push('-');
        write_literal(high, out);
    }
    Ok(rest)
}

/// Reads one character of a class.
fn member<'p>(pattern: &'p str, class: &str) -> Result<(u32, &'p str), PatternError> {
    let mut characters = pattern.chars();
    match characters.next() {
        None => Err(PatternError::new(Fault::MissingBracket, class)),
        Some('\\') => escape(pattern),
        Some(character) => Ok((u32::from(character), characters.as_str())),
    }
}

fn enclosed(ranges: &str, negated: bool) -> String {
    format!("[{}{ranges}]", if negated { "^" } else { "" })
}
