//! Text that was read, and places in it.

pub mod edit;
pub mod write;

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// Which loaded file a span lies in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// A byte range in one source; `start <= end`, both on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The empty span at the start of this one.
    #[must_use]
    pub fn at_start(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The empty span at the end of this one.
    #[must_use]
    pub fn at_end(self) -> Span {
        Span { start: self.end, ..self }
    }
}

/// A position for people: line and column from 1, the column counted in characters, the offset in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Position {
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// Bytes from the start of the file.
    pub offset: usize,
}

/// One file's name and text.
pub struct Source {
    name: String,
    text: String,
    /// Byte offset of the start of each line.
    lines: Vec<u32>,
    /// How many characters begin before each block of [`BLOCK`] bytes, so that a place in a very long line is found fast.
    blocks: Vec<u32>,
    /// Byte ranges that no report may show, once they are known.
    hidden: OnceLock<Vec<Range<u32>>>,
}

/// Bytes from which a configuration is no longer read in an instant.
const LARGE: usize = 256 * 1024;

/// Bytes that are counted through to find a column.
const BLOCK: usize = 1024;

impl Source {
    /// `name` is what findings call it: the path as given, or `-`.
    pub fn new(name: impl Into<String>, text: String) -> Source {
        let mut lines = vec![0];
        lines.extend(text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next));
        let mut characters = 0;
        let blocks = text.as_bytes().chunks(BLOCK).map(|block| {
            let before = characters;
            characters += begun(block);
            before
        });
        let blocks = blocks.collect();
        Source { name: name.into(), text, lines, blocks, hidden: OnceLock::new() }
    }

    /// The name findings call it by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty when the span is not of this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The byte ranges that no report may show; `find` is asked for them once.
    pub fn hidden(&self, find: impl FnOnce(&str) -> Vec<Range<u32>>) -> &[Range<u32>] {
        self.hidden.get_or_init(|| find(&self.text))
    }

    /// Where a byte offset is for people. A byte order mark takes no column.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines[line - 1] as usize;
        let offset = offset as usize;
        // A line is short as a rule, and then is all that is counted through.
        let short = self.text.as_bytes().get(start..offset).filter(|before| before.len() <= BLOCK);
        let before = short.map_or_else(|| self.characters_before(offset) - self.characters_before(start), begun);
        let mark = start == 0 && offset > 0 && self.text.starts_with('\u{feff}');
        let column = before - u32::from(mark) + 1;
        Position { line, column: column as usize, offset }
    }

    /// How many characters begin before a byte offset.
    fn characters_before(&self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        let block = (offset / BLOCK).min(self.blocks.len().saturating_sub(1));
        self.blocks.get(block).copied().unwrap_or(0) + begun(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// Byte offsets where the line (from 1) begins and ends, its line break included.
    pub fn line_extent(&self, line: usize) -> (u32, u32) {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(end);
        (start, self.lines.get(line).copied().unwrap_or(end))
    }

    /// How many lines there are.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }
}

/// How many characters begin in some bytes of UTF-8.
fn begun(bytes: &[u8]) -> u32 {
    // One addition a byte, which the compiler makes many of at a time.
    bytes.iter().map(|byte| u32::from(byte & 0b1100_0000 != 0b1000_0000)).sum()
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text may hold secrets.
        write!(f, "Source({}, {} bytes)", self.name, self.text.len())
    }
}

/// All files of one configuration, in the order in which the server merges them.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a file and says by which id its spans name it.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.0.push(source);
        SourceId(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }

    /// The file of an id that [`Sources::add`] gave.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0 as usize]
    }

    /// Every file with its id.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0u32..).map(SourceId).zip(&self.0)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is so much that work on it is worth sharing among the cores.
    pub fn are_large(&self) -> bool {
        self.0.iter().map(|source| source.text.len()).sum::<usize>() > LARGE
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).slice(span)
    }
}

impl From<Source> for Sources {
    fn from(source: Source) -> Sources {
        Sources(vec![source])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_skip_the_byte_order_mark() {
        let source = Source::new("x", "\u{feff}é: a\r\nb: ü x\n".to_owned());
        assert_eq!(source.position(3), Position { line: 1, column: 1, offset: 3 });
        assert_eq!(source.position(7), Position { line: 1, column: 4, offset: 7 });
        assert_eq!(source.slice(Span { source: SourceId(0), start: 16, end: 17 }), "x");
        assert_eq!(source.position(16), Position { line: 2, column: 6, offset: 16 });
        assert_eq!(source.position(18).line, 3);
        assert_eq!(source.slice(Span { source: SourceId(0), start: 3, end: 5 }), "é");
        assert_eq!(source.position(0), Position { line: 1, column: 1, offset: 0 });
    }

    #[test]
    fn a_long_line_is_counted_in_blocks() {
        let source = Source::new("x", "é".repeat(3 * BLOCK) + "\nä漢x");
        for characters in [0, 1, BLOCK / 2 - 1, BLOCK / 2, BLOCK / 2 + 1, 3 * BLOCK] {
            let offset = u32::try_from(2 * characters).unwrap();
            assert_eq!(source.position(offset).column, characters + 1);
        }
        let last = u32::try_from(6 * BLOCK + 1 + 5).unwrap();
        assert_eq!((source.position(last).line, source.position(last).column), (2, 3));
    }
}
