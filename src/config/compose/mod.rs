//! Events composed into one tree as go-yaml v3 decodes them: first document only, merge keys resolved, aliases shared, duplicate keys refused.

mod effort;
mod page;
mod pairs;
mod printed;
mod syntax_error;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use effort::Effort;
use page::Page;
use pairs::{Key, Pairs, Written};
use printed::printed;

pub(super) use syntax_error::{SyntaxError, SyntaxErrorKind};

use crate::source::{SourceId, Span};

use super::node::{Node, Style, Value};
use super::scalar::{self, Scalar};
use super::yaml::{Event, Fault, Kind, Parser, Properties};

/// How deeply collections may nest, through aliases too. The server allows ten times as much; no configuration comes near either.
const MAX_DEPTH: usize = 1_000;

/// The first document of a file.
#[derive(Debug)]
pub(super) struct Document {
    /// Its value; null for an empty file.
    pub(super) root: Node,
    /// Where a second document begins, of which the server says nothing and takes no notice.
    pub(super) further: Option<Span>,
}

/// Reads the first document of a file as the server does.
pub(super) fn parse(source: SourceId, text: &str) -> Result<Document, SyntaxError> {
    let mut composer = Composer {
        parser: Parser::new(text),
        page: Page { text, source },
        open: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        anchored: Vec::new(),
        keys: HashSet::new(),
        effort: Effort::of_document(),
        deferred: None,
        ended: 0,
    };
    composer.first_document()?;
    if let Some(error) = composer.deferred.take() {
        return Err(error);
    }
    let null = Node { value: Value::Null, span: composer.page.span(0, 0), style: Style::Plain };
    let root = composer.root.take().unwrap_or(null);
    Ok(Document { root, further: composer.further()? })
}

struct Composer<'a> {
    parser: Parser<'a>,
    page: Page<'a>,
    /// The collections that have begun and not ended, outermost first.
    open: Vec<Open>,
    root: Option<Node>,
    /// For each anchor's name its last place in `anchored`.
    anchors: HashMap<Box<str>, usize>,
    /// What anchors stand before; none while it is still being read.
    anchored: Vec<Option<Built>>,
    /// Every key text once: a file repeats few keys many times.
    keys: HashSet<Arc<str>>,
    effort: Effort,
    /// What the server finds only after the whole document has proved to be YAML.
    deferred: Option<SyntaxError>,
    /// Where the first document ends.
    ended: usize,
}

/// A collection that is being read.
struct Open {
    items: Items,
    style: Style,
    start: usize,
    /// Where what was last read in it ends.
    end: usize,
    anchor: Option<usize>,
    /// How deeply the collections in it nest.
    height: usize,
    effort: u32,
}

enum Items {
    Sequence(Vec<Node>),
    Mapping(Pairs),
}

/// A value with what it counts.
#[derive(Clone)]
struct Built {
    node: Node,
    height: usize,
    effort: u32,
    alias: bool,
}

impl Composer<'_> {
    fn first_document(&mut self) -> Result<(), SyntaxError> {
        while let Some(event) = self.next()? {
            match event.kind() {
                Kind::DocumentStart { version: None | Some((1, 1)) } => {}
                Kind::DocumentStart { .. } => return Err(self.malformed("found incompatible YAML document", event.start)),
                Kind::DocumentEnd => {
                    self.ended = event.start;
                    break;
                }
                Kind::Alias(name) => self.alias(name, &event)?,
                Kind::Scalar(properties, text, style) => self.scalar(properties, text, style, &event)?,
                Kind::Sequence(properties, style) => self.begin(Items::Sequence(Vec::new()), properties, style, &event)?,
                Kind::Mapping(properties, style) => self.begin(Items::Mapping(Pairs::default()), properties, style, &event)?,
                Kind::End => self.end(&event)?,
            }
        }
        Ok(())
    }

    /// Where anything follows the first document. Faults from there on concern the server only while it looks for the document's comments.
    fn further(&mut self) -> Result<Option<Span>, SyntaxError> {
        let further = match self.parser.next() {
            Ok(None) => return Ok(None),
            Ok(Some(event)) => self.page.span(event.start, event.end),
            Err(fault) => self.page.span(fault.at, fault.at),
        };
        Parser::look_ahead(self.page.text, self.ended).map_err(|fault| self.fault(fault))?;
        Ok(Some(further))
    }

    fn next(&mut self) -> Result<Option<Event>, SyntaxError> {
        self.parser.next().map_err(|fault| self.fault(fault))
    }

    fn fault(&self, Fault { problem, at, context }: Fault) -> SyntaxError {
        let context = context.map(|(context, at)| (context, self.page.character(at)));
        SyntaxError { context, ..self.malformed(&problem, at) }
    }

    fn alias(&mut self, name: &str, event: &Event) -> Result<(), SyntaxError> {
        let span = self.page.span(event.start, event.end);
        let Some(&anchor) = self.anchors.get(name) else {
            return Err(SyntaxErrorKind::UnknownAnchor(name.into()).at(span));
        };
        self.effort.written(1);
        let built = if let Some(target) = &self.anchored[anchor] {
            self.effort.aliased(target.effort);
            Built { effort: target.effort.saturating_add(1), alias: true, ..target.clone() }
        } else {
            self.defer(SyntaxErrorKind::SelfReference(name.into()).at(span));
            Built { node: Node { value: Value::Null, span, style: Style::Plain }, height: 0, effort: 1, alias: true }
        };
        if self.effort.is_excessive() {
            return Err(SyntaxErrorKind::ExcessiveAliasing.at(span));
        }
        if self.open.len() + built.height > MAX_DEPTH {
            return Err(SyntaxErrorKind::TooDeep.at(span));
        }
        if let Some(pairs) = self.awaiting_key() {
            let key = match &built.node.value {
                Value::Sequence(_) | Value::Mapping(_) => None,
                value => Some(printed(value)),
            };
            pairs.respell();
            let Some(text) = key else {
                self.defer(SyntaxErrorKind::InvalidKey.at(span));
                self.key(Key::Dropped, None, event.end);
                return Ok(());
            };
            let written = Written { text: self.intern(name), alias: true, span };
            let key = Key::Text(self.intern(&text), span);
            self.key(key, Some(written), event.end);
        } else {
            self.value(built, event.end);
        }
        Ok(())
    }

    fn scalar(&mut self, properties: Properties<'_>, text: &str, style: Style, event: &Event) -> Result<(), SyntaxError> {
        let span = self.scalar_span(properties, text, style, event);
        if style == Style::DoubleQuoted
            && let Some(at) = escaped_slash(self.page.written(span))
        {
            return Err(self.malformed("found unknown escape character", span.start as usize + at));
        }
        if !self.effort.value() {
            return Err(SyntaxErrorKind::TooLarge.at(span));
        }
        if self.effort.is_excessive() {
            return Err(SyntaxErrorKind::ExcessiveAliasing.at(span));
        }
        let scalar = scalar::resolve(properties.tag, style, text).unwrap_or_else(|unfit| {
            self.defer(SyntaxErrorKind::from(unfit).at(span));
            Scalar::Other(Value::Null)
        });
        if self.awaiting_key().is_some() {
            let merge = scalar::is_merge_key(properties.tag, style, text);
            let key = if merge { Key::Merge } else { self.scalar_key(&scalar, text, span) };
            let written = Written { text: self.intern(text), alias: false, span };
            if properties.anchor.is_some() {
                let node = Node { value: scalar.into_value(), span, style };
                self.anchor(properties.anchor, Some(Built { node, height: 0, effort: 1, alias: false }));
            }
            self.key(key, Some(written), event.end);
        } else {
            let built = Built { node: Node { value: scalar.into_value(), span, style }, height: 0, effort: 1, alias: false };
            if properties.anchor.is_some() {
                self.anchor(properties.anchor, Some(built.clone()));
            }
            self.value(built, event.end.max(span.end as usize).min(event.end));
        }
        Ok(())
    }

    /// At the root the server takes keys as text; elsewhere it prints what they mean.
    fn scalar_key(&mut self, scalar: &Scalar<'_>, written: &str, span: Span) -> Key {
        let root = self.open.len() == 1;
        let text = match scalar {
            Scalar::Text(text) => return Key::Text(self.intern(text), span),
            Scalar::Other(Value::Null) if root => return Key::Dropped,
            Scalar::Other(Value::Timestamp) => written.into(),
            Scalar::Other(_) if root => written.into(),
            Scalar::Other(value) => printed(value),
        };
        if let Some(pairs) = self.awaiting_key() {
            pairs.respell();
        }
        Key::Text(self.intern(&text), span)
    }

    fn begin(&mut self, items: Items, properties: Properties<'_>, style: Style, event: &Event) -> Result<(), SyntaxError> {
        let start = self.page.after_properties(properties, event);
        if self.open.len() == MAX_DEPTH {
            return Err(SyntaxErrorKind::TooDeep.at(self.page.character(start)));
        }
        if self.awaiting_key().is_some() {
            self.defer(SyntaxErrorKind::InvalidKey.at(self.page.character(start)));
        }
        if !self.effort.value() {
            return Err(SyntaxErrorKind::TooLarge.at(self.page.character(start)));
        }
        let anchor = self.anchor(properties.anchor, None);
        self.open.push(Open { items, style, start, end: start, anchor, height: 0, effort: 1 });
        Ok(())
    }

    fn end(&mut self, event: &Event) -> Result<(), SyntaxError> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        // Only a closing bracket has a width; any other end is where the next token begins.
        let end = if event.start < event.end { event.end } else { open.end };
        let value = match open.items {
            Items::Sequence(nodes) => Value::Sequence(nodes.into()),
            Items::Mapping(pairs) => {
                let again = pairs.decoded_again();
                self.effort.written(again);
                open.effort = open.effort.saturating_add(again);
                for fault in pairs.faults() {
                    self.defer(fault);
                }
                Value::Mapping(pairs.into_entries(&mut self.effort)?.into())
            }
        };
        let node = Node { value, span: self.page.span(open.start, end), style: open.style };
        let built = Built { node, height: open.height + 1, effort: open.effort, alias: false };
        if let Some(anchor) = open.anchor {
            self.anchored[anchor] = Some(built.clone());
        }
        if self.awaiting_key().is_some() {
            self.key(Key::Dropped, None, end);
        } else {
            self.value(built, end);
        }
        Ok(())
    }

    /// The mapping around, when its next child is a key.
    fn awaiting_key(&mut self) -> Option<&mut Pairs> {
        match &mut self.open.last_mut()?.items {
            Items::Mapping(pairs) if pairs.await_key() => Some(pairs),
            _ => None,
        }
    }

    fn key(&mut self, key: Key, written: Option<Written>, end: usize) {
        let Some(open) = self.open.last_mut() else { return };
        open.end = end;
        open.effort = open.effort.saturating_add(1);
        if let Items::Mapping(pairs) = &mut open.items {
            pairs.add_key(key, written);
        }
    }

    fn value(&mut self, built: Built, end: usize) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(built.node);
            return;
        };
        open.end = end;
        open.height = open.height.max(built.height);
        open.effort = open.effort.saturating_add(built.effort);
        match &mut open.items {
            Items::Sequence(nodes) => nodes.push(built.node),
            Items::Mapping(pairs) => pairs.add_value(built),
        }
    }

    /// Remembers what an anchor stands before; none while that is still being read.
    fn anchor(&mut self, name: Option<&str>, built: Option<Built>) -> Option<usize> {
        let place = self.anchored.len();
        self.anchors.insert(name?.into(), place);
        self.anchored.push(built);
        Some(place)
    }

    fn intern(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.keys.get(text) {
            return known.clone();
        }
        let key: Arc<str> = text.into();
        self.keys.insert(key.clone());
        key
    }

    fn scalar_span(&self, properties: Properties<'_>, text: &str, style: Style, event: &Event) -> Span {
        let start = self.page.after_properties(properties, event);
        match style {
            Style::Plain if event.start == event.end => {
                // Without an indicator before it an absent value is where its key ends, not where the next token begins.
                let indicated = self.page.text[..start].ends_with([':', '-', '?']);
                let at = if indicated { start } else { self.open.last().map_or(start, |open| open.end.min(start)) };
                self.page.span(at, at)
            }
            Style::Plain if text.is_empty() => self.page.span(event.end, event.end),
            Style::Literal | Style::Folded => {
                let written = self.page.text[start..event.end].trim_end();
                self.page.span(start, start + written.len())
            }
            _ => self.page.span(start, event.end),
        }
    }

    /// Keeps the error that the server would report first.
    fn defer(&mut self, error: SyntaxError) {
        let duplicates_come_last = |kept: &SyntaxError| {
            matches!(kept.kind, SyntaxErrorKind::DuplicateKey { .. })
                && !matches!(error.kind, SyntaxErrorKind::DuplicateKey { .. })
        };
        if self.deferred.as_ref().is_none_or(duplicates_come_last) {
            self.deferred = Some(error);
        }
    }

    fn malformed(&self, problem: &str, at: usize) -> SyntaxError {
        SyntaxErrorKind::Malformed(problem.to_owned()).at(self.page.character(at))
    }
}

/// Where a double-quoted scalar as written escapes a slash, which libyaml allows and the server does not.
fn escaped_slash(raw: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = raw[from..].find('\\').map(|at| from + at) {
        let next = raw[at + 1..].chars().next()?;
        if next == '/' {
            return Some(at);
        }
        from = at + 1 + next.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests;
