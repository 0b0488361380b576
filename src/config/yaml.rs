//! libyaml's events with their places in the text. This is the one module with `unsafe`: no pointer leaves it, and what it hands out borrows
//! from values that free their memory when they are dropped.

#![allow(unsafe_code, reason = "the parser that the server's own was ported from has only a C interface")]

use std::ffi::{CStr, c_char};
use std::mem::MaybeUninit;
use std::ptr::NonNull;
use std::slice;

use libyaml_rs as sys;

use super::node::Style;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The token that ends a document, and the two that the server reads behind it.
const TOKENS_AHEAD: usize = 3;

/// Reads a text event by event.
pub(super) struct Parser<'a> {
    /// Made by [`Parser::new`], initialised, freed when dropped. Never moved in memory: libyaml keeps its address.
    raw: NonNull<sys::yaml_parser_t>,
    text: &'a str,
    /// Where the parser begins: after the byte order mark.
    begin: usize,
}

/// One event; all offsets are bytes of the text, on character boundaries.
pub(super) struct Event {
    /// Owned: its pointers are freed when this is dropped.
    raw: sys::yaml_event_t,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What an event says.
pub(super) enum Kind<'e> {
    /// A document begins, with what a `%YAML` directive before it says.
    DocumentStart { version: Option<(i32, i32)> },
    /// A document ends.
    DocumentEnd,
    /// `*name`
    Alias(&'e str),
    /// A scalar's text, without quotes, escapes and line folding.
    Scalar(Properties<'e>, &'e str, Style),
    /// A list begins.
    Sequence(Properties<'e>, Style),
    /// A mapping begins.
    Mapping(Properties<'e>, Style),
    /// The list or mapping that began last ends.
    End,
}

/// What stands before a value.
#[derive(Clone, Copy)]
pub(super) struct Properties<'e> {
    pub(super) anchor: Option<&'e str>,
    /// With its prefix in full: `tag:yaml.org,2002:int`.
    pub(super) tag: Option<&'e str>,
}

/// What is wrong, in libyaml's words, and the byte where.
pub(super) struct Fault {
    pub(super) problem: String,
    pub(super) at: usize,
    /// What was being read, and where that began.
    pub(super) context: Option<(String, usize)>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Parser<'a> {
        let room: *mut MaybeUninit<sys::yaml_parser_t> = Box::into_raw(Box::new(MaybeUninit::uninit()));
        // Left to libyaml it would take a column, and `---` behind it would not begin a line.
        let read = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let raw: NonNull<sys::yaml_parser_t> = NonNull::new(room).expect("a box has an address").cast();
        // SAFETY: `raw` is writable memory for one parser and stays where it is until `drop`; the text outlives `'a` and so the parser.
        let initialised = unsafe {
            let initialised = sys::yaml_parser_initialize(raw.as_ptr()).ok;
            sys::yaml_parser_set_encoding(raw.as_ptr(), sys::YAML_UTF8_ENCODING);
            sys::yaml_parser_set_input_string(raw.as_ptr(), read.as_ptr(), read.len() as u64);
            initialised
        };
        assert!(initialised, "libyaml allocates with Rust's allocator, which aborts rather than fails");
        Parser { raw, text, begin: text.len() - read.len() }
    }

    /// The next event; none at the end of the text.
    pub(super) fn next(&mut self) -> Result<Option<Event>, Fault> {
        loop {
            let mut event = MaybeUninit::<sys::yaml_event_t>::zeroed();
            // SAFETY: the parser is initialised, and libyaml writes the whole event before it returns, also when it fails.
            let (read, event) = unsafe {
                let read = sys::yaml_parser_parse(self.raw.as_ptr(), event.as_mut_ptr()).ok;
                (read, event.assume_init())
            };
            if !read {
                return Err(self.fault());
            }
            let (start, end) = (self.place(event.start_mark.index), self.place(event.end_mark.index));
            let event = Event { raw: event, start, end: end.max(start) };
            match event.raw.type_ {
                sys::YAML_STREAM_START_EVENT => {}
                sys::YAML_STREAM_END_EVENT | sys::YAML_NO_EVENT => return Ok(None),
                _ => return Ok(Some(event)),
            }
        }
    }

    /// Whether the server comes upon a fault behind a document that ends at a byte: it looks two tokens further for comments.
    pub(super) fn look_ahead(text: &'a str, end: usize) -> Result<(), Fault> {
        let mut parser = Parser::new(text);
        let mut ahead = 0;
        while ahead < TOKENS_AHEAD {
            match parser.token()? {
                None => break,
                Some((kind, start)) if ahead > 0 || (start >= end && kind != sys::YAML_BLOCK_END_TOKEN) => ahead += 1,
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// The next token's kind and its place; none at the end of the text. Not to be mixed with events.
    fn token(&mut self) -> Result<Option<(sys::yaml_token_type_t, usize)>, Fault> {
        let mut token = MaybeUninit::<sys::yaml_token_t>::zeroed();
        // SAFETY: the parser is initialised, libyaml writes the whole token before it returns, and what it holds is freed at once.
        let (read, kind, start) = unsafe {
            let read = sys::yaml_parser_scan(self.raw.as_ptr(), token.as_mut_ptr()).ok;
            let token = token.assume_init_mut();
            let (kind, start) = (token.type_, token.start_mark.index);
            sys::yaml_token_delete(token);
            (read, kind, start)
        };
        match kind {
            _ if !read => Err(self.fault()),
            sys::YAML_STREAM_END_TOKEN | sys::YAML_NO_TOKEN => Ok(None),
            _ => Ok(Some((kind, self.place(start)))),
        }
    }

    /// What libyaml says after it failed.
    fn fault(&self) -> Fault {
        // SAFETY: the parser is initialised; its texts are static and end with NUL.
        let (kind, problem, offset, mark, context, context_mark) = unsafe {
            let parser = &*self.raw.as_ptr();
            let (problem, context) = (text_at(parser.problem), text_at(parser.context));
            (parser.error, problem, parser.problem_offset, parser.problem_mark, context, parser.context_mark)
        };
        // The reader sets no mark.
        let at = self.place(if kind == sys::YAML_READER_ERROR { offset } else { mark.index });
        let context = context.map(|context| (context.to_owned(), self.place(context_mark.index)));
        Fault { problem: problem.unwrap_or("unknown problem parsing YAML content").to_owned(), at, context }
    }

    /// The byte of the whole text that a place of the parser means.
    fn place(&self, index: u64) -> usize {
        let at = usize::try_from(index).unwrap_or(usize::MAX).saturating_add(self.begin);
        self.text.floor_char_boundary(at)
    }
}

impl Drop for Parser<'_> {
    fn drop(&mut self) {
        // SAFETY: initialised and boxed in `new`, freed only here.
        unsafe {
            sys::yaml_parser_delete(self.raw.as_ptr());
            drop(Box::from_raw(self.raw.as_ptr().cast::<MaybeUninit<sys::yaml_parser_t>>()));
        }
    }
}

impl Event {
    pub(super) fn kind(&self) -> Kind<'_> {
        // SAFETY: libyaml filled the variant that the type names; its pointers live until the event is deleted in `drop`, which the lifetime
        // of the result forbids before.
        unsafe {
            let data = &self.raw.data;
            match self.raw.type_ {
                sys::YAML_DOCUMENT_START_EVENT => {
                    let version = data.document_start.version_directive.as_ref();
                    Kind::DocumentStart { version: version.map(|version| (version.major, version.minor)) }
                }
                sys::YAML_ALIAS_EVENT => Kind::Alias(text_at(data.alias.anchor.cast()).unwrap_or_default()),
                sys::YAML_SCALAR_EVENT => {
                    let scalar = &data.scalar;
                    let value = slice::from_raw_parts(scalar.value, usize::try_from(scalar.length).unwrap_or(0));
                    let properties = Properties::read(scalar.anchor, scalar.tag);
                    Kind::Scalar(properties, str::from_utf8(value).unwrap_or_default(), scalar_style(scalar.style))
                }
                sys::YAML_SEQUENCE_START_EVENT => {
                    let start = &data.sequence_start;
                    let flow = start.style == sys::YAML_FLOW_SEQUENCE_STYLE;
                    Kind::Sequence(Properties::read(start.anchor, start.tag), collection_style(flow))
                }
                sys::YAML_MAPPING_START_EVENT => {
                    let start = &data.mapping_start;
                    let flow = start.style == sys::YAML_FLOW_MAPPING_STYLE;
                    Kind::Mapping(Properties::read(start.anchor, start.tag), collection_style(flow))
                }
                sys::YAML_SEQUENCE_END_EVENT | sys::YAML_MAPPING_END_EVENT => Kind::End,
                _ => Kind::DocumentEnd,
            }
        }
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        // SAFETY: made by libyaml and deleted only here.
        unsafe { sys::yaml_event_delete(&raw mut self.raw) }
    }
}

impl<'e> Properties<'e> {
    /// # Safety
    /// Both are null or end with NUL, and live for `'e`.
    unsafe fn read(anchor: *const u8, tag: *const u8) -> Properties<'e> {
        // SAFETY: as the caller promises.
        unsafe { Properties { anchor: text_at(anchor.cast()), tag: text_at(tag.cast()) } }
    }
}

/// # Safety
/// The pointer is null or points to bytes that end with NUL and live for `'e`.
unsafe fn text_at<'e>(pointer: *const c_char) -> Option<&'e str> {
    if pointer.is_null() {
        return None;
    }
    // SAFETY: as the caller promises.
    let bytes = unsafe { CStr::from_ptr(pointer) };
    Some(bytes.to_str().unwrap_or_default())
}

fn scalar_style(style: sys::yaml_scalar_style_t) -> Style {
    match style {
        sys::YAML_SINGLE_QUOTED_SCALAR_STYLE => Style::SingleQuoted,
        sys::YAML_DOUBLE_QUOTED_SCALAR_STYLE => Style::DoubleQuoted,
        sys::YAML_LITERAL_SCALAR_STYLE => Style::Literal,
        sys::YAML_FOLDED_SCALAR_STYLE => Style::Folded,
        _ => Style::Plain,
    }
}

fn collection_style(flow: bool) -> Style {
    if flow { Style::Flow } else { Style::Block }
}
