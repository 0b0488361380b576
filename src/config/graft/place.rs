//! Where a new value goes, and in which layout: that of what stands around it.

use super::super::node::{Node, Style, Value};
use super::super::{Config, Path, Segment};
use super::readback::is_nothing;
use super::shape::Indent;
use super::{Deed, FIRST, Part, Shape, Ungraftable};
use crate::source::edit::Edit;
use crate::source::{Source, Span};

/// The edits of one file that do what is asked.
pub(super) fn edits(config: &Config, path: &Path, value: &Shape, deed: Deed) -> Result<Vec<Edit>, Ungraftable> {
    let mut site = Site::root(config);
    let mut walked = Path::root();
    let mut steps = path.segments().iter();
    while let Some(step) = steps.next() {
        match step {
            Segment::Key(key) => {
                let Some(next) = site.entry(key, &walked)? else {
                    return site.add_entry(&nested(key, steps.as_slice(), value), &walked);
                };
                walked = walked.key(key);
                site = next;
            }
            Segment::Index(index) if deed == Deed::Insert && steps.as_slice().is_empty() => {
                return site.add_item(*index, value, &walked);
            }
            Segment::Index(index) => {
                site = site.item(*index, &walked)?;
                walked = walked.index(*index);
            }
        }
    }
    match deed {
        Deed::Replace => Ok(vec![Edit::replace(site.node.span, value.flow())]),
        _ if is_nothing(site.node) => Ok(site.fill(value)),
        _ => Err(Ungraftable::Taken(walked)),
    }
}

/// The entry of a key whose value lies deeper.
fn nested(key: &str, deeper: &[Segment], value: &Shape) -> Part {
    let value = deeper.iter().rev().fold(value.clone(), |value, step| match step {
        Segment::Key(key) => Shape::Map(vec![Part::new(&**key, value)]),
        Segment::Index(_) => Shape::List(vec![value]),
    });
    Part::new(key, value)
}

/// A node with what is known of its surroundings.
struct Site<'a> {
    config: &'a Config,
    node: &'a Node,
    /// The column of the key or dash that it hangs on; none for the root.
    column: Option<usize>,
    /// Whether brackets stand around it.
    in_flow: bool,
}

impl<'a> Site<'a> {
    fn root(config: &'a Config) -> Site<'a> {
        Site { config, node: config.tree.root(), column: None, in_flow: false }
    }

    /// What stands under a key, when the mapping has it; an error when it does not stand here.
    fn entry(&self, key: &str, path: &Path) -> Result<Option<Site<'a>>, Ungraftable> {
        if !matches!(self.node.value, Value::Mapping(_)) {
            return if is_nothing(self.node) { Ok(None) } else { Err(Ungraftable::Kind(path.clone())) };
        }
        let entries = self.node.entries();
        let found = self.node.entry(key).or_else(|| entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key)));
        let Some(found) = found else { return Ok(None) };
        let node = &found.value;
        // Several files make one mapping; each part of it is in its own file.
        let here = found.key_span.source != self.node.span.source || contains(self.node.span, found.key_span);
        if !here || !self.is_between(found.key_span, node.span) {
            return Err(Ungraftable::Borrowed(path.key(key)));
        }
        let column = self.column_of(found.key_span);
        Ok(Some(Site { config: self.config, node, column: Some(column), in_flow: self.is_flow() }))
    }

    fn item(&self, index: usize, path: &Path) -> Result<Site<'a>, Ungraftable> {
        let item = self.node.items().get(index).ok_or_else(|| Ungraftable::Kind(path.index(index)))?;
        if !contains(self.node.span, item.span) {
            return Err(Ungraftable::Borrowed(path.index(index)));
        }
        Ok(Site { config: self.config, node: item, column: Some(self.column_of(item.span)), in_flow: self.is_flow() })
    }

    /// One more entry at the end of a mapping.
    fn add_entry(&self, part: &Part, path: &Path) -> Result<Vec<Edit>, Ungraftable> {
        let entries = self.node.entries();
        let Some(first) = entries.iter().find(|entry| contains(self.node.span, entry.key_span)) else {
            return if entries.is_empty() {
                Ok(self.fill(&Shape::Map(vec![part.clone()])))
            } else {
                Err(Ungraftable::Borrowed(path.clone()))
            };
        };
        if self.node.style == Style::Flow {
            let last = entries.iter().rfind(|entry| contains(self.node.span, entry.key_span));
            let last = last.filter(|last| contains(self.node.span, last.value.span)).map(|last| last.value.span.at_end());
            let at = last.ok_or_else(|| Ungraftable::Borrowed(path.clone()))?;
            return Ok(vec![Edit::insert(at, format!(", {}", part.flow()))]);
        }
        let column = self.column_of(first.key_span);
        let indent = self.indent();
        let lines = Shape::Map(vec![part.clone()]).block(column, indent);
        let apart = column == 0 && self.column.is_none();
        Ok(vec![self.after(self.node.span, column, &lines, apart)])
    }

    /// One more item in a list that has some.
    fn add_item(&self, index: usize, item: &Shape, path: &Path) -> Result<Vec<Edit>, Ungraftable> {
        let layout = || Ungraftable::Layout(path.index(index));
        let items = self.node.items();
        let before = index.checked_sub(1).and_then(|index| items.get(index));
        if self.node.style == Style::Flow {
            let edit = match before {
                None => Edit::insert(
                    Span { start: self.node.span.start + 1, ..self.node.span }.at_start(),
                    format!("{}, ", item.flow()),
                ),
                Some(before) if contains(self.node.span, before.span) => {
                    Edit::insert(before.span.at_end(), format!(", {}", item.flow()))
                }
                Some(_) => return Err(Ungraftable::Borrowed(path.index(index - 1))),
            };
            return Ok(vec![edit]);
        }
        let column = self.column_of(self.node.span);
        let lines = item.item(column, self.indent());
        if index >= items.len() {
            return Ok(vec![self.after(self.node.span, column, &lines, false)]);
        }
        let dash = self.dashes(column).get(index).copied().ok_or_else(layout)?;
        Ok(vec![Edit::insert(self.at(self.above_comments(dash)), lines)])
    }

    /// A value in the place of nothing.
    fn fill(&self, value: &Shape) -> Vec<Edit> {
        let flat = !matches!(value, Shape::Map(_) | Shape::List(_));
        let Some(column) = self.column else {
            return if self.node.style == Style::Flow { self.fill_flow(value) } else { vec![self.at_the_end(value)] };
        };
        if self.in_flow || flat {
            return self.fill_flow(value);
        }
        let indent = self.indent();
        let below = match value {
            Shape::List(_) => column + indent.list,
            _ => column + indent.mapping,
        };
        let mut edits = vec![self.after(self.node.span, column, &value.block(below, indent), false)];
        if self.node.span.start < self.node.span.end {
            // The blank before it goes too, as none stands at the end of a line.
            let before = &self.source().text()[..self.node.span.start as usize];
            let start = place(before.trim_end_matches(' ').len());
            edits.push(Edit::remove(Span { start, ..self.node.span }));
        }
        edits
    }

    fn fill_flow(&self, value: &Shape) -> Vec<Edit> {
        let blank = if self.node.span.start < self.node.span.end { "" } else { " " };
        vec![Edit::replace(self.node.span, format!("{blank}{}", value.flow()))]
    }

    /// A value at the end of a file that has none.
    fn at_the_end(&self, value: &Shape) -> Edit {
        let lines = value.block(0, self.indent());
        let Some((_, source)) = self.config.sources.iter().next() else {
            return Edit::insert(Span { source: FIRST, start: 0, end: 0 }, lines);
        };
        let end = place(source.text().len());
        let open = !source.text().is_empty() && !source.text().ends_with('\n');
        let lines = if open { format!("\n{}", lines.trim_end_matches('\n')) } else { lines };
        Edit::insert(Span { source: FIRST, start: end, end }, lines)
    }

    /// Lines after the one in which a span ends, and after the comments that belong to it by their indentation.
    fn after(&self, span: Span, column: usize, lines: &str, apart: bool) -> Edit {
        let text = self.source().text();
        let end = span.end as usize;
        let mut at = text[end..].find('\n').map_or(text.len(), |line_break| end + line_break + 1);
        let mut next = at;
        for line in text[at..].split_inclusive('\n') {
            next += line.len();
            let body = line.trim_start_matches(' ');
            if body.starts_with('#') && line.len() - body.len() > column {
                at = next;
            } else if !body.trim().is_empty() {
                break;
            }
        }
        let gap = if apart { "\n" } else { "" };
        let open = !text.is_empty() && at == text.len() && !text.ends_with('\n');
        let lines = if open { format!("\n{gap}{}", lines.trim_end_matches('\n')) } else { format!("{gap}{lines}") };
        Edit::insert(self.at(at), lines)
    }

    /// The starts of the lines on which the list's items begin.
    fn dashes(&self, column: usize) -> Vec<usize> {
        let text = self.source().text();
        let mut at = line_start(text, self.node.span.start as usize);
        let mut items = self.node.items().iter().filter(|item| contains(self.node.span, item.span)).peekable();
        let mut dashes = Vec::new();
        while at < self.node.span.end as usize {
            let line = text[at..].split_inclusive('\n').next().unwrap_or_default();
            let next = at + line.len();
            while items.next_if(|item| (item.span.end as usize) <= at).is_some() {}
            let inside = items.peek().is_some_and(|item| (item.span.start as usize) < at);
            if !inside && is_dash(line, column) {
                dashes.push(at);
            }
            at = next;
        }
        if dashes.len() == self.node.items().len() { dashes } else { Vec::new() }
    }

    /// The start of the comment that stands directly above a line, which belongs to it.
    fn above_comments(&self, line: usize) -> usize {
        let text = self.source().text();
        let mut at = line;
        while at > 0 {
            let above = line_start(text, at - 1);
            if !text[above..at].trim_start_matches(' ').starts_with('#') {
                break;
            }
            at = above;
        }
        at
    }

    /// How this file indents: as its first nested mapping and its first list do.
    fn indent(&self) -> Indent {
        let root = self.config.tree.root();
        let mut found = Found { source: self.node.span.source, mapping: None, list: None };
        found.look(self, root, 0);
        let mapping = found.mapping.unwrap_or(2);
        Indent { mapping, list: found.list.unwrap_or(mapping) }
    }

    fn is_flow(&self) -> bool {
        self.in_flow || self.node.style == Style::Flow
    }

    /// Whether nothing but blanks, comments, anchors and tags stands between a key and its value.
    fn is_between(&self, key: Span, value: Span) -> bool {
        if key.source != value.source {
            return false;
        }
        let text = self.config.sources.get(key.source).text();
        let between = text.get(key.end as usize..value.start as usize).unwrap_or_default();
        let Some((_, after)) = between.split_once(':') else { return false };
        after.lines().all(|line| {
            let line = line.trim();
            line.is_empty() || line.starts_with(['#', '&', '!'])
        })
    }

    fn source(&self) -> &'a Source {
        self.config.sources.get(self.node.span.source)
    }

    /// The column, from 0, at which a span begins.
    fn column_of(&self, span: Span) -> usize {
        let source = self.config.sources.get(span.source);
        source.position(span.start).column - 1
    }

    fn at(&self, offset: usize) -> Span {
        let offset = place(offset);
        Span { source: self.node.span.source, start: offset, end: offset }
    }
}

/// What has been seen of a file's indentation.
struct Found {
    source: crate::source::SourceId,
    mapping: Option<usize>,
    list: Option<usize>,
}

impl Found {
    fn look(&mut self, site: &Site<'_>, node: &Node, depth: usize) {
        for entry in node.entries() {
            if depth > 8 || self.mapping.is_some() && self.list.is_some() {
                return;
            }
            let (key, value) = (entry.key_span, &entry.value);
            if key.source != self.source
                || value.span.source != self.source
                || value.style != Style::Block
                || value.span.start < key.end
            {
                continue;
            }
            let columns = site.column_of(value.span).checked_sub(site.column_of(key));
            match (&value.value, columns) {
                (Value::Mapping(_), Some(columns)) if columns > 0 => {
                    self.mapping.get_or_insert(columns);
                }
                (Value::Sequence(_), Some(columns)) => {
                    self.list.get_or_insert(columns);
                }
                _ => {}
            }
            self.look(site, value, depth + 1);
        }
        for item in node.items() {
            if depth > 8 || self.mapping.is_some() && self.list.is_some() {
                return;
            }
            self.look(site, item, depth + 1);
        }
    }
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.source == inner.source && outer.start <= inner.start && inner.end <= outer.end
}

fn place(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line_break| line_break + 1)
}

fn is_dash(line: &str, column: usize) -> bool {
    line.get(column..).is_some_and(|rest| rest.starts_with('-')) && line[..column].trim().is_empty()
}
