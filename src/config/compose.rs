//! Events composed into one tree as go-yaml v3 decodes them: first document only, merge keys resolved, aliases shared, duplicate keys refused.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use crate::source::{SourceId, Span};

use super::node::{Entry, Node, Style, Value};
use super::scalar::{self, Scalar, Unfit};
use super::yaml::{Event, Fault, Kind, Parser, Properties};

/// How deeply collections may nest, through aliases too. The server allows ten times as much; no configuration comes near either.
const MAX_DEPTH: usize = 1_000;

/// How many entries merge keys may copy. The ratio of aliases stops a document long before, unless it nests mappings in merge keys.
const MAX_MERGED: usize = 4_000_000;

/// The first document of a file.
#[derive(Debug)]
pub(super) struct Document {
    /// Its value; null for an empty file.
    pub(super) root: Node,
    /// Where a second document begins, of which the server says nothing and takes no notice.
    pub(super) further: Option<Span>,
}

/// Why the server cannot read a file. `Display` gives go-yaml's words without its line, which is often one short, and without values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// What is wrong.
    pub(super) kind: SyntaxErrorKind,
    /// Where.
    pub(super) span: Span,
    /// What was being read, such as `while parsing a block mapping`, and where that begins.
    pub(super) context: Option<(String, Span)>,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SyntaxErrorKind {
    /// It is no YAML, in the parser's words.
    Malformed(String),
    /// A key stands twice in one mapping.
    DuplicateKey {
        /// The key as written, without quotes.
        key: Arc<str>,
        /// Where it stands first.
        first: Span,
    },
    /// `*name` before any `&name`.
    UnknownAnchor(Box<str>),
    /// `*name` inside the value of `&name`.
    SelfReference(Box<str>),
    /// A list or a mapping as key.
    InvalidKey,
    /// `<<` with something other than mappings.
    InvalidMerge,
    /// A tag that its value does not fit.
    MismatchedTag {
        /// The tag that would fit.
        found: &'static str,
        /// The tag that is written.
        wanted: &'static str,
    },
    /// `!!binary` with something other than base64.
    InvalidBase64,
    /// Aliases make far more of the document than is written.
    ExcessiveAliasing,
    /// Lists and mappings nest too deeply.
    TooDeep,
}

/// Reads the first document of a file as the server does.
pub(super) fn parse(source: SourceId, text: &str) -> Result<Document, SyntaxError> {
    let mut composer = Composer {
        parser: Parser::new(text),
        text,
        source,
        open: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        anchored: Vec::new(),
        keys: HashSet::new(),
        // The document counts as well.
        effort: Effort { all: 1, aliased: 0 },
        merged: 0,
        deferred: None,
    };
    composer.first_document()?;
    if let Some(error) = composer.deferred.take() {
        return Err(error);
    }
    let null = Node { value: Value::Null, span: composer.span(0, 0), style: Style::Plain };
    let root = composer.root.take().unwrap_or(null);
    Ok(Document { root, further: composer.further() })
}

struct Composer<'a> {
    parser: Parser<'a>,
    text: &'a str,
    source: SourceId,
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
    merged: usize,
    /// What the server finds only after the whole document has proved to be YAML.
    deferred: Option<SyntaxError>,
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

#[derive(Default)]
struct Pairs {
    entries: Vec<Entry>,
    /// All keys as they are compared for duplicates.
    written: Vec<Written>,
    /// The key that waits for its value.
    key: Option<Key>,
    merge: Option<Built>,
    /// Whether different spellings may give one key.
    ambiguous: bool,
}

struct Written {
    text: Arc<str>,
    alias: bool,
    span: Span,
}

enum Key {
    Text(Arc<str>, Span),
    Merge,
    /// The server drops the entry.
    Dropped,
}

/// A value with what it counts.
#[derive(Clone)]
struct Built {
    node: Node,
    height: usize,
    effort: u32,
    alias: bool,
}

/// How go-yaml counts decoding, to refuse documents whose aliases multiply.
struct Effort {
    all: u32,
    aliased: u32,
}

impl Composer<'_> {
    fn first_document(&mut self) -> Result<(), SyntaxError> {
        while let Some(event) = self.next()? {
            match event.kind() {
                Kind::DocumentStart { version: None | Some((1, 1)) } => {}
                Kind::DocumentStart { .. } => return Err(self.malformed("found incompatible YAML document", event.start)),
                Kind::DocumentEnd => break,
                Kind::Alias(name) => self.alias(name, &event)?,
                Kind::Scalar(properties, text, style) => self.scalar(properties, text, style, &event)?,
                Kind::Sequence(properties, style) => self.begin(Items::Sequence(Vec::new()), properties, style, &event)?,
                Kind::Mapping(properties, style) => self.begin(Items::Mapping(Pairs::default()), properties, style, &event)?,
                Kind::End => self.end(&event)?,
            }
        }
        Ok(())
    }

    /// Where anything follows the first document. Errors from there on do not concern the server.
    fn further(&mut self) -> Option<Span> {
        match self.parser.next() {
            Ok(event) => event.map(|event| self.span(event.start, event.end)),
            Err(fault) => Some(self.span(fault.at, fault.at)),
        }
    }

    fn next(&mut self) -> Result<Option<Event>, SyntaxError> {
        self.parser.next().map_err(|Fault { problem, at, context }| SyntaxError {
            context: context.map(|(context, at)| (context, self.character(at))),
            ..self.malformed(&problem, at)
        })
    }

    fn alias(&mut self, name: &str, event: &Event) -> Result<(), SyntaxError> {
        let span = self.span(event.start, event.end);
        let Some(&anchor) = self.anchors.get(name) else {
            return Err(error(SyntaxErrorKind::UnknownAnchor(name.into()), span));
        };
        self.effort.count(1, false);
        let built = if let Some(target) = &self.anchored[anchor] {
            self.effort.count(target.effort, true);
            Built { effort: target.effort.saturating_add(1), alias: true, ..target.clone() }
        } else {
            self.defer(error(SyntaxErrorKind::SelfReference(name.into()), span));
            Built { node: Node { value: Value::Null, span, style: Style::Plain }, height: 0, effort: 1, alias: true }
        };
        if self.effort.is_excessive() {
            return Err(error(SyntaxErrorKind::ExcessiveAliasing, span));
        }
        if self.open.len() + built.height > MAX_DEPTH {
            return Err(error(SyntaxErrorKind::TooDeep, span));
        }
        if let Some(pairs) = self.awaiting_key() {
            let key = match &built.node.value {
                Value::Sequence(_) | Value::Mapping(_) => None,
                value => Some(printed(value)),
            };
            pairs.ambiguous = true;
            let Some(text) = key else {
                self.defer(error(SyntaxErrorKind::InvalidKey, span));
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
        let raw = &self.text[span.start as usize..span.end as usize];
        if style == Style::DoubleQuoted
            && let Some(at) = escaped_slash(raw)
        {
            return Err(self.malformed("found unknown escape character", span.start as usize + at));
        }
        self.effort.count(1, false);
        if self.effort.is_excessive() {
            return Err(error(SyntaxErrorKind::ExcessiveAliasing, span));
        }
        let scalar = scalar::resolve(properties.tag, style, text).unwrap_or_else(|unfit| {
            self.defer(error(unfit.into(), span));
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
            pairs.ambiguous = true;
        }
        Key::Text(self.intern(&text), span)
    }

    fn begin(&mut self, items: Items, properties: Properties<'_>, style: Style, event: &Event) -> Result<(), SyntaxError> {
        let start = self.skip_properties(properties, event);
        if self.open.len() == MAX_DEPTH {
            return Err(error(SyntaxErrorKind::TooDeep, self.character(start)));
        }
        if self.awaiting_key().is_some() {
            self.defer(error(SyntaxErrorKind::InvalidKey, self.character(start)));
        }
        self.effort.count(1, false);
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
                open.effort = open.effort.saturating_add(self.merge_effort(&pairs));
                Value::Mapping(self.entries(pairs)?.into())
            }
        };
        let node = Node { value, span: self.span(open.start, end), style: open.style };
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
            Items::Mapping(pairs) if pairs.key.is_none() => Some(pairs),
            _ => None,
        }
    }

    fn key(&mut self, key: Key, written: Option<Written>, end: usize) {
        let Some(open) = self.open.last_mut() else { return };
        open.end = end;
        open.effort = open.effort.saturating_add(1);
        if let Items::Mapping(pairs) = &mut open.items {
            pairs.key = Some(key);
            pairs.written.extend(written);
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
            Items::Mapping(pairs) => match pairs.key.take() {
                Some(Key::Text(key, key_span)) => pairs.entries.push(Entry { key, key_span, value: built.node }),
                Some(Key::Merge) => pairs.merge = Some(built),
                Some(Key::Dropped) | None => {}
            },
        }
    }

    /// A mapping's own entries, then those it merges: its own win over merged ones, earlier merged ones over later.
    fn entries(&mut self, pairs: Pairs) -> Result<Vec<Entry>, SyntaxError> {
        if let Some((first, second)) = duplicate(&pairs.written) {
            let kind = SyntaxErrorKind::DuplicateKey { key: second.text.clone(), first: first.span };
            self.defer(error(kind, second.span));
        }
        let mut entries = pairs.entries;
        if pairs.ambiguous {
            let mut seen = HashSet::new();
            entries.reverse();
            entries.retain(|entry| seen.insert(entry.key.clone()));
            entries.reverse();
        }
        let Some(merge) = pairs.merge else { return Ok(entries) };
        let sources = match &merge.node.value {
            Value::Mapping(_) => std::slice::from_ref(&merge.node),
            Value::Sequence(nodes) if !merge.alias => nodes,
            _ => &[],
        };
        let all_mappings = sources.iter().all(|source| matches!(source.value, Value::Mapping(_)));
        let empty_list = matches!(&merge.node.value, Value::Sequence(nodes) if nodes.is_empty() && !merge.alias);
        if !all_mappings || sources.is_empty() && !empty_list {
            self.defer(error(SyntaxErrorKind::InvalidMerge, merge.node.span));
            return Ok(entries);
        }
        let mut seen: HashSet<Arc<str>> = entries.iter().map(|entry| entry.key.clone()).collect();
        for entry in sources.iter().flat_map(Node::entries) {
            self.merged += 1;
            if self.merged > MAX_MERGED {
                return Err(error(SyntaxErrorKind::ExcessiveAliasing, merge.node.span));
            }
            if seen.insert(entry.key.clone()) {
                entries.push(entry.clone());
            }
        }
        Ok(entries)
    }

    /// What go-yaml counts more for a merge key: it decodes the mapping's own keys again.
    fn merge_effort(&mut self, pairs: &Pairs) -> u32 {
        let again = if pairs.merge.is_some() { pairs.written.len().saturating_sub(1) } else { 0 };
        let again = u32::try_from(again).unwrap_or(u32::MAX);
        self.effort.count(again, false);
        again
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
        let start = self.skip_properties(properties, event);
        match style {
            Style::Plain if event.start == event.end => {
                // Without an indicator before it an absent value is where its key ends, not where the next token begins.
                let indicated = self.text[..start].ends_with([':', '-', '?']);
                let at = if indicated { start } else { self.open.last().map_or(start, |open| open.end.min(start)) };
                self.span(at, at)
            }
            Style::Plain if text.is_empty() => self.span(event.end, event.end),
            Style::Literal | Style::Folded => {
                let written = self.text[start..event.end].trim_end();
                self.span(start, start + written.len())
            }
            _ => self.span(start, event.end),
        }
    }

    /// Where a value begins after its anchor and tag, in whichever order, and what separates them from it.
    fn skip_properties(&self, properties: Properties<'_>, event: &Event) -> usize {
        let count = usize::from(properties.anchor.is_some()) + usize::from(properties.tag.is_some());
        let mut rest = &self.text[event.start..];
        for _ in 0..count {
            rest = rest.trim_start_matches(|next: char| !next.is_whitespace());
            rest = rest.trim_start();
            while rest.starts_with('#') {
                rest = rest.trim_start_matches(|next| next != '\n' && next != '\r').trim_start();
            }
        }
        self.text.len() - rest.len()
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
        error(SyntaxErrorKind::Malformed(problem.to_owned()), self.character(at))
    }

    /// The character at a place; empty at the end of a line.
    fn character(&self, at: usize) -> Span {
        let next = self.text[at..].chars().next().filter(|next| !matches!(next, '\n' | '\r'));
        self.span(at, at + next.map_or(0, char::len_utf8))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Span { source: self.source, start: place(start), end: place(end.max(start)) }
    }
}

impl Effort {
    fn count(&mut self, steps: u32, aliased: bool) {
        self.all = self.all.saturating_add(steps);
        if aliased {
            self.aliased = self.aliased.saturating_add(steps);
        }
    }

    /// go-yaml's limit: 99 % by aliases in a small document, falling to 10 % in one of four million steps.
    fn is_excessive(&self) -> bool {
        let (all, aliased) = (f64::from(self.all), f64::from(self.aliased));
        let allowed = (0.99 - 0.89 * (all - 400_000.0) / 3_600_000.0).clamp(0.10, 0.99);
        self.aliased > 100 && self.all > 1_000 && aliased / all > allowed
    }
}

/// The first two equal keys, by what is written.
fn duplicate(written: &[Written]) -> Option<(&Written, &Written)> {
    let identity = |key: &Written| (Arc::as_ptr(&key.text).cast::<u8>(), key.alias);
    if written.len() < 16 {
        let earlier = |at: usize| written[..at].iter().find(|key| identity(key) == identity(&written[at]));
        return (0..written.len()).find_map(|at| Some((earlier(at)?, &written[at])));
    }
    let mut seen = HashMap::with_capacity(written.len());
    written.iter().find_map(|key| Some((seen.insert(identity(key), key)?, key)))
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

/// A scalar as Go prints it.
fn printed(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => (&**text).into(),
        Value::Bool(value) => value.to_string().into(),
        Value::Int(value) => value.to_string().into(),
        Value::Uint(value) => value.to_string().into(),
        Value::Float(value) => printed_float(*value).into(),
        _ => "<nil>".into(),
    }
}

/// Go's `%v`: the shortest digits, with an exponent of at least two digits below 1e-4 and from 1e21 on.
fn printed_float(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let size = value.abs();
    if value.is_nan() || value == 0.0 || (1e-4..1e21).contains(&size) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{digits}e{sign}{exponent:0>2}")
}

fn error(kind: SyntaxErrorKind, span: Span) -> SyntaxError {
    SyntaxError { kind, span, context: None }
}

impl From<Unfit> for SyntaxErrorKind {
    fn from(unfit: Unfit) -> SyntaxErrorKind {
        match unfit {
            Unfit::Kind { found, wanted } => SyntaxErrorKind::MismatchedTag { found, wanted },
            Unfit::Base64 => SyntaxErrorKind::InvalidBase64,
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            SyntaxErrorKind::Malformed(problem) => f.write_str(problem),
            SyntaxErrorKind::DuplicateKey { key, .. } => write!(f, "mapping key \"{key}\" already defined"),
            SyntaxErrorKind::UnknownAnchor(name) => write!(f, "unknown anchor '{name}' referenced"),
            SyntaxErrorKind::SelfReference(name) => write!(f, "anchor '{name}' value contains itself"),
            SyntaxErrorKind::InvalidKey => f.write_str("invalid map key"),
            SyntaxErrorKind::InvalidMerge => f.write_str("map merge requires map or sequence of maps as the value"),
            SyntaxErrorKind::MismatchedTag { found, wanted } => write!(f, "cannot decode {found} as a {wanted}"),
            SyntaxErrorKind::InvalidBase64 => f.write_str("!!binary value contains invalid base64 data"),
            SyntaxErrorKind::ExcessiveAliasing => f.write_str("document contains excessive aliasing"),
            SyntaxErrorKind::TooDeep => write!(f, "exceeded max depth of {MAX_DEPTH}"),
        }
    }
}

impl std::error::Error for SyntaxError {}
