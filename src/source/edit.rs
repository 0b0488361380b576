//! Replacements of bytes: the only way in which a file is changed, so that comments, quotes, order and line breaks survive.

use std::fmt;
use std::ops::Range;

use super::Span;

/// One replacement of bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Puts text before the byte at which a span begins.
    pub fn insert(at: Span, text: impl Into<String>) -> Edit {
        Edit { span: at.at_start(), text: text.into() }
    }

    /// Puts text in the place of a span.
    pub fn replace(span: Span, text: impl Into<String>) -> Edit {
        Edit { span, text: text.into() }
    }

    /// Takes a span away.
    pub fn remove(span: Span) -> Edit {
        Edit { span, text: String::new() }
    }
}

/// A text after its edits, and where each of them went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edited {
    /// The new text.
    pub text: String,
    /// For each edit, in the order of the text: the bytes it replaced and the bytes that stand there now.
    pub places: Vec<(Range<u32>, Range<u32>)>,
}

/// Why edits cannot be applied together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// Two of them claim the same bytes, or insert at the same byte so that their order is open.
    Overlap(Span, Span),
    /// One lies outside the text or cuts a character.
    Outside(Span),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Overlap(first, second) => {
                write!(f, "edits of bytes {}..{} and {}..{} overlap", first.start, first.end, second.start, second.end)
            }
            Refused::Outside(span) => write!(f, "an edit of bytes {}..{} does not fit the text", span.start, span.end),
        }
    }
}

impl std::error::Error for Refused {}

/// Applies all edits of one text, in any order, or none. Line feeds that they bring become the text's own line breaks.
pub fn apply<'a>(text: &str, edits: impl IntoIterator<Item = &'a Edit>) -> Result<Edited, Refused> {
    let edits = in_order(edits)?;
    let line_break = line_break(text);
    let grown: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut new = String::with_capacity(text.len() + grown);
    let mut places = Vec::with_capacity(edits.len());
    let mut at = 0;
    for edit in edits {
        let Span { start, end, .. } = edit.span;
        let outside = Refused::Outside(edit.span);
        new.push_str(text.get(at..start as usize).ok_or(outside)?);
        text.get(start as usize..end as usize).ok_or(outside)?;
        let from = offset(new.len());
        push_lines(&mut new, &edit.text, line_break);
        places.push((start..end, from..offset(new.len())));
        at = end as usize;
    }
    new.push_str(text.get(at..).unwrap_or_default());
    Ok(Edited { text: new, places })
}

/// The edits sorted, when no two of them meet.
pub fn in_order<'a>(edits: impl IntoIterator<Item = &'a Edit>) -> Result<Vec<&'a Edit>, Refused> {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| edit.span);
    match edits.windows(2).find(|pair| meet(pair[0].span, pair[1].span)) {
        Some(pair) => Err(Refused::Overlap(pair[0].span, pair[1].span)),
        None => Ok(edits),
    }
}

/// The line break that a text uses: that of its first line.
pub fn line_break(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Whether two spans, the first of which does not begin later, cannot both be replaced.
pub fn meet(first: Span, second: Span) -> bool {
    first.source == second.source && (second.start < first.end || first == second)
}

fn push_lines(text: &mut String, added: &str, line_break: &str) {
    for (at, line) in added.split('\n').enumerate() {
        if at > 0 {
            text.truncate(text.len() - usize::from(text.ends_with('\r')));
            text.push_str(line_break);
        }
        text.push_str(line);
    }
}

/// A byte offset as spans hold it; no file that is read reaches the limit.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::SourceId;

    fn span(start: u32, end: u32) -> Span {
        Span { source: SourceId(0), start, end }
    }

    fn edited(text: &str, edits: &[Edit]) -> Result<String, Refused> {
        apply(text, edits).map(|edited| edited.text)
    }

    #[test]
    fn edits_apply_in_any_order() {
        let edits = [Edit::remove(span(4, 6)), Edit::insert(span(0, 2), "x"), Edit::replace(span(0, 2), "ü")];
        assert_eq!(edited("éabcd", &edits).unwrap(), "xüab");
    }

    #[test]
    fn what_overlaps_is_refused_before_anything() {
        let overlap = |a, b| edited("abcdef", &[Edit::remove(a), Edit::remove(b)]).unwrap_err();
        assert_eq!(overlap(span(2, 4), span(0, 3)), Refused::Overlap(span(0, 3), span(2, 4)));
        assert_eq!(overlap(span(2, 2), span(2, 2)), Refused::Overlap(span(2, 2), span(2, 2)));
        assert_eq!(overlap(span(1, 3), span(2, 2)), Refused::Overlap(span(1, 3), span(2, 2)));
        assert_eq!(overlap(span(1, 3), span(1, 2)), Refused::Overlap(span(1, 2), span(1, 3)));
        assert!(edited("abcdef", &[Edit::remove(span(0, 2)), Edit::insert(span(2, 2), "x"), Edit::remove(span(2, 3))]).is_ok());
    }

    #[test]
    fn a_span_that_does_not_fit_is_refused() {
        assert_eq!(edited("aé", &[Edit::remove(span(0, 2))]), Err(Refused::Outside(span(0, 2))));
        assert_eq!(edited("aé", &[Edit::insert(span(9, 9), "")]), Err(Refused::Outside(span(9, 9))));
    }

    #[test]
    fn line_breaks_stay_what_they_are() {
        let edits = [Edit::insert(span(3, 3), "x\ny\r\nz\n")];
        assert_eq!(edited("a\r\nb\r\n", &edits).unwrap(), "a\r\nx\r\ny\r\nz\r\nb\r\n");
        assert_eq!(edited("ab\nc", &edits).unwrap(), "ab\nx\ny\nz\nc");
    }

    proptest! {
        /// Cuts a text into pieces and replaces every second one: the rest must stand where `places` says.
        #[test]
        fn what_no_edit_names_is_kept(pieces in prop::collection::vec("[ab é漢\u{feff}]{0,4}|\r\n", 0..12), texts in prop::collection::vec("[xyé]{0,3}", 12), seed in 0usize..6) {
            let (mut text, mut edits, mut kept) = (String::new(), Vec::new(), String::new());
            for (at, piece) in pieces.iter().enumerate() {
                let start = offset(text.len());
                text.push_str(piece);
                if at % 2 == 0 && !piece.is_empty() {
                    edits.push(Edit::replace(span(start, offset(text.len())), texts[at].clone()));
                    kept.push_str(&texts[at]);
                } else {
                    kept.push_str(piece);
                }
            }
            let length = edits.len().max(1);
            edits.rotate_left(seed % length);
            let edited = apply(&text, &edits).unwrap();
            prop_assert_eq!(&edited.text, &kept);
            let (mut old, mut new) = (0, 0);
            for (before, after) in &edited.places {
                prop_assert_eq!(&text[old..before.start as usize], &edited.text[new..after.start as usize]);
                (old, new) = (before.end as usize, after.end as usize);
            }
            prop_assert_eq!(&text[old..], &edited.text[new..]);
        }

        #[test]
        fn no_edit_makes_it_panic(text in "[aé\r\n]{0,6}", spans in prop::collection::vec((0u32..9, 0u32..9), 0..4)) {
            let edits: Vec<Edit> = spans.iter().map(|(start, end)| Edit::replace(span(*start, *end), "\n")).collect();
            let _ = apply(&text, &edits);
        }
    }
}
