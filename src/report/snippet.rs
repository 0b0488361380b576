//! A message with the source lines it speaks of and carets under what matters, as rustc prints them.

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::Look;
use super::mask::{bare_line, masked_line};
use super::wrap::{printable, wrap};
use crate::diagnostic::{Label, Severity};
use crate::source::{Position, SourceId, Sources};

/// Lines between two places up to which they share one snippet.
const NEAR: usize = 3;

/// Bytes from which a line is not quoted but only named: no person wrote it.
pub(super) const LONG_LINE: usize = 2_000;

/// Columns beside a quoted line: its frame, and the dots where it is cut.
const MARGIN: usize = 8;

/// Columns that a text gets even on the narrowest terminal.
const NARROWEST: usize = 20;

/// The first line of a message.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    /// Gives the word and its colour.
    pub severity: Severity,
    /// Stands in brackets behind the word.
    pub id: Option<&'a str>,
    /// What is to be said.
    pub title: &'a str,
}

/// One `= name: text` line below the snippet.
#[derive(Clone, Debug)]
pub struct Note {
    /// Its word, such as `why` or `help`.
    pub name: &'static str,
    /// Its text; wrapped to the width.
    pub text: String,
}

/// A message, the line of its primary place with a caret, related places, and notes; ends with a line break.
pub fn snippet(sources: &Sources, header: Header<'_>, primary: &Label, related: &[Label], notes: &[Note], look: Look) -> String {
    let mut places: Vec<Place<'_>> = related.iter().map(|label| Place::of(sources, label, false)).collect();
    places.push(Place::of(sources, primary, true));
    let indent = header.severity.word().len() + header.id.map_or(0, |id| id.len() + 2) + 2;
    let gutter = places.iter().map(|place| place.line).max().unwrap_or(1).to_string().len();
    let room = |taken: usize| look.width.saturating_sub(taken).max(NARROWEST);
    for place in &mut places {
        // The renderer cuts a long line, but never inside a mark.
        place.length = place.length.min(room(gutter + place.column + place.text.chars().count() + MARGIN));
    }
    let title = wrap(header.title, room(indent));
    let mut title = level_of(header.severity).primary_title(title);
    if let Some(id) = header.id {
        title = title.id(id);
    }
    let group =
        clusters(places).iter().fold(title.elements(Vec::<Element<'_>>::new()), |group, cluster| cluster.add_to(sources, group));
    let group = notes.iter().fold(group, |group, note| {
        let text = wrap(&note.text, room(gutter + note.name.len() + " = : ".len()));
        group.element(Level::NOTE.with_name(note.name).message(text))
    });
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(look.width).render(&[group]) + "\n"
}

/// A label on one line: a place of several lines is marked on its first.
struct Place<'a> {
    source: SourceId,
    line: usize,
    column: usize,
    /// Characters marked.
    length: usize,
    text: &'a str,
    primary: bool,
}

impl<'a> Place<'a> {
    fn of(sources: &Sources, label: &'a Label, primary: bool) -> Place<'a> {
        let source = sources.get(label.span.source);
        let position = source.position(floor(source.text(), label.span.start));
        let text = bare_line(source, position.line);
        if text.len() > LONG_LINE {
            let Position { line, column, .. } = position;
            return Place { source: label.span.source, line, column, length: 0, text: &label.text, primary };
        }
        let column = position.column.min(text.chars().count() + 1);
        let rest = text.chars().skip(column - 1).count();
        let marked = source.text().get(position.offset..floor(source.text(), label.span.end) as usize).unwrap_or_default();
        let length = marked.chars().take_while(|c| *c != '\n').count().min(rest);
        Place { source: label.span.source, line: position.line, column, length, text: &label.text, primary }
    }
}

/// The nearest character boundary at or before a byte.
fn floor(text: &str, offset: u32) -> u32 {
    let offset = text.floor_char_boundary(offset as usize);
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Places that one snippet shows, by line.
struct Cluster<'a>(Vec<Place<'a>>);

/// Gathers places that lie near each other; the one with the primary place comes first.
fn clusters(mut places: Vec<Place<'_>>) -> Vec<Cluster<'_>> {
    places.sort_by_key(|place| (place.source, place.line, place.column));
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    for place in places {
        match clusters.last_mut() {
            Some(Cluster(near))
                if near.last().is_some_and(|last| last.source == place.source && place.line - last.line <= NEAR) =>
            {
                near.push(place);
            }
            _ => clusters.push(Cluster(vec![place])),
        }
    }
    clusters.sort_by_key(|cluster| !cluster.0.iter().any(|place| place.primary));
    clusters
}

impl Cluster<'_> {
    fn add_to<'s>(&self, sources: &'s Sources, group: Group<'s>) -> Group<'s> {
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else { return group };
        let source = sources.get(first.source);
        let lead = self.0.iter().find(|place| place.primary).unwrap_or(first);
        let name: String = source.name().chars().map(printable).collect();
        let origin = Origin::path(name.clone()).line(lead.line).char_column(lead.column);
        if (first.line..=last.line).any(|line| bare_line(source, line).len() > LONG_LINE) {
            let group = group.element(origin);
            let texts = self.0.iter().filter(|place| !place.text.is_empty());
            return texts.fold(group, |group, place| group.element(Level::NOTE.message(wrap(place.text, usize::MAX))));
        }
        let lines: Vec<String> = (first.line..=last.line).map(|line| masked_line(source, line)).collect();
        let annotations: Vec<Annotation<'s>> = self.0.iter().map(|place| annotation(&lines, first.line, place)).collect();
        let snippet = Snippet::source(lines.join("\n")).line_start(first.line).path(name);
        group.element(snippet.annotations(annotations))
    }
}

/// The mark of a place in a window of lines that begins at `first`.
fn annotation<'s>(lines: &[String], first: usize, place: &Place<'_>) -> Annotation<'s> {
    let at = place.line - first;
    let before: usize = lines[..at].iter().map(|line| line.len() + 1).sum();
    let byte = |characters: usize| lines[at].char_indices().nth(characters).map_or(lines[at].len(), |(byte, _)| byte);
    let span = before + byte(place.column - 1)..before + byte(place.column - 1 + place.length);
    let kind = if place.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let mark = kind.span(span);
    if place.text.is_empty() { mark } else { mark.label(wrap(place.text, usize::MAX)) }
}

/// The severity as the renderer's level.
pub(super) fn level_of(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Span};

    fn label(text: &str, part: &str, words: &str) -> Label {
        let start = u32::try_from(text.find(part).unwrap()).unwrap();
        let end = start + u32::try_from(part.len()).unwrap();
        Label { span: Span { source: SourceId(0), start, end }, text: words.to_owned() }
    }

    fn show(text: &str, primary: &Label, related: &[Label]) -> String {
        let sources = Sources::from(Source::new("a.yml", text.to_owned()));
        let header = Header { severity: Severity::Error, id: Some("some-rule"), title: "it is wrong" };
        let notes = [Note { name: "why", text: "the server refuses to start and says so in its log in very many words".into() }];
        snippet(&sources, header, primary, related, &notes, Look { color: false, width: 60, is_terminal: true })
    }

    #[test]
    fn places_are_marked_and_secrets_hidden() {
        let text = "\u{feff}a: 1\r\nclients:\r\n  - id: 'é x'\r\n    client_secret: 'abc'\r\n    b:\r\n    c:\r\n    d:\r\n    e:\r\n    id: 2\r\n";
        let related = [label(text, "'abc'", ""), label(text, "id: 2", "first here")];
        let expected = "\
error[some-rule]: it is wrong
 --> a.yml:3:9
  |
3 |   - id: 'é x'
  |         ^^^^^ this
4 |     client_secret: '***'
  |                    -----
  |
 ::: a.yml:9:5
  |
9 |     id: 2
  |     ----- first here
  |
  = why: the server refuses to start and says so in its log
         in very many words
";
        assert_eq!(show(text, &label(text, "'é x'", "this"), &related), expected);
    }

    #[test]
    fn a_place_of_several_lines_is_marked_on_its_first() {
        let shown = show("a:\n  b: 1\n  c: 2\n", &Label { span: span(2, 14), text: String::new() }, &[]);
        assert!(shown.contains("1 | a:\n  |   ^\n"), "{shown}");
        let shown = show("a:\n  b: 1\n  c: 2\n", &Label { span: span(5, 14), text: String::new() }, &[]);
        assert!(shown.contains("2 |   b: 1\n  |   ^^^^\n"), "{shown}");
    }

    #[test]
    fn a_line_that_no_person_wrote_is_named_only() {
        let text = format!("{{a: '{}'}}\n", "é".repeat(2_000));
        let shown = show(&text, &Label { span: span(5, 9), text: "here".to_owned() }, &[]);
        assert!(shown.contains("--> a.yml:1:6\n") && shown.contains("here") && !shown.contains('é'), "{shown}");
    }

    #[test]
    fn a_marked_digest_is_cut_at_the_right() {
        let text = format!("    client_secret: '$pbkdf2-sha512${}'\n", "x".repeat(300));
        let shown = show(&text, &label(&text, text.trim().split_at(15).1, "this secret"), &[]);
        assert!(shown.contains("'$pbkdf2-sha512$****") && shown.contains("^^^ this secret\n"), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() <= 60), "{shown}");
    }

    #[test]
    fn a_terminal_cannot_be_steered() {
        let shown = show("a: \u{1b}[31m\u{7}\u{9b}x\n", &Label { span: span(3, 4), text: "\u{1b}[2J".to_owned() }, &[]);
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
    }

    proptest::proptest! {
        #[test]
        fn no_span_makes_it_panic(text in "(key: |[ a\r\n\té漢🦀]|\u{feff})*", places in proptest::collection::vec((0u32..40, 0u32..40), 1..4)) {
            let size = u32::try_from(text.len()).unwrap();
            let labels: Vec<Label> = places
                .iter()
                .map(|(a, b)| Label { span: span((*a).min(*b).min(size), (*a).max(*b).min(size)), text: "x".to_owned() })
                .collect();
            show(&text, &labels[0], &labels[1..]);
        }
    }

    fn span(start: u32, end: u32) -> Span {
        Span { source: SourceId(0), start, end }
    }
}
