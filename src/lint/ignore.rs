//! Comments that silence findings: `# authkuma: ignore[id] reason`, behind the line or on a line of its own above it.

use std::collections::HashMap;

use super::monitored::Monitored;
use super::rule::Context;
use super::selection::Selection;
use super::{Settings, rules};
use crate::config::node::{Node, Style, Value};
use crate::config::{Config, Path, nearest};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::source::{Source, SourceId, Span};

/// What every comment to us begins with, after its `#`.
const MARK: &str = "authkuma:";

/// How many lines the comment may have to whose line it belongs.
const LONGEST_COMMENT: usize = 100;

/// A comment that is for us.
pub(super) struct Comment<'a> {
    /// From its `#` to the end of its line.
    pub(super) span: Span,
    /// The line, from 1, whose findings it silences.
    line: usize,
    /// The rules that it names, with their places.
    ids: Vec<(&'a str, Span)>,
    /// Why it silences nothing.
    pub(super) fault: Option<Fault>,
}

/// What is wrong with a comment.
pub(super) struct Fault {
    /// Where.
    pub(super) span: Span,
    /// One sentence.
    pub(super) message: String,
    /// How to mend it.
    pub(super) help: String,
}

/// Every comment for us, in the order of the files.
pub(super) fn comments(config: &Config) -> Vec<Comment<'_>> {
    let mut texts = Vec::new();
    if config.sources.iter().any(|(_, source)| source.text().contains(MARK)) {
        collect_texts(config.tree.root(), &mut texts);
        texts.sort_unstable();
    }
    config.sources.iter().flat_map(|(id, source)| comments_of(&texts, id, source)).collect()
}

/// Takes away the findings that a comment silences, and reports comments that silence nothing.
pub(super) fn apply(
    config: &Config,
    settings: Settings,
    monitored: &Monitored<'_>,
    selection: &Selection,
    found: &mut Vec<Diagnostic>,
) {
    let comments: Vec<Comment<'_>> = comments(config).into_iter().filter(|comment| comment.fault.is_none()).collect();
    let mut used: HashMap<(SourceId, usize, &str), bool> = HashMap::new();
    for comment in &comments {
        for (id, _) in &comment.ids {
            used.insert((comment.span.source, comment.line, id), false);
        }
    }
    if used.is_empty() {
        return;
    }
    found.retain(|finding| {
        let span = finding.label.span;
        let line = config.sources.get(span.source).position(span.start).line;
        let silenced = used.get_mut(&(span.source, line, finding.rule));
        silenced.map(|used| *used = true).is_none()
    });
    let rule = rules::UNUSED_IGNORE;
    if !selection.runs(rule) {
        return;
    }
    for comment in &comments {
        for (id, span) in &comment.ids {
            let name = config.sources.get(span.source).name();
            let judged = super::rule(id).is_some_and(|rule| selection.runs(rule)) && selection.admits(id, name);
            if judged && !used[&(span.source, comment.line, *id)] {
                let (whole, target) = (settings.whole.unwrap_or(false), settings.target);
                let mut context = Context { config, whole, target, monitored, rule, found };
                let fix = (comment.ids.len() == 1).then(|| removal(config, comment));
                context
                    .flag_at(&Path::root(), *span, format!("no finding of '{id}' is on line {}", comment.line))
                    .fix(fix)
                    .emit();
            }
        }
    }
}

/// The comment goes; its line too, when nothing else is on it.
fn removal(config: &Config, comment: &Comment<'_>) -> Fix {
    let source = config.sources.get(comment.span.source);
    let (start, end) = source.line_extent(source.position(comment.span.start).line);
    let before = source.slice(Span { start, end: comment.span.start, ..comment.span });
    let kept = before.trim_end().trim_start_matches('\u{feff}');
    let span = if kept.is_empty() {
        Span { start: start + u32::from(before.starts_with('\u{feff}')) * 3, end, ..comment.span }
    } else {
        Span { start: start + u32::try_from(before.trim_end().len()).unwrap_or(0), ..comment.span }
    };
    Fix { title: "remove the comment".to_owned(), safety: Safety::Safe, edits: vec![Edit::remove(span)] }
}

fn comments_of<'a>(texts: &[Span], id: SourceId, source: &'a Source) -> Vec<Comment<'a>> {
    let text = source.text();
    let (mut line, mut seen) = (0, 0);
    let mut comments = Vec::new();
    for (mark, _) in text.match_indices(MARK) {
        line = text[seen..mark].rfind('\n').map_or(line, |end| seen + end + 1);
        seen = mark;
        let before = text[line..mark].trim_end();
        let Some(before) = before.strip_suffix('#') else { continue };
        let start = line + before.len();
        let end = text[mark..].find(['\n', '\r']).map_or(text.len(), |end| mark + end);
        let separated = before.is_empty() || before.ends_with([' ', '\t', '\u{feff}']);
        let place = span(id, start, end);
        if separated && !is_text(texts, place) {
            comments.push(read(source, place, mark + MARK.len()));
        }
    }
    comments
}

/// Reads ` ignore[id, id] reason`.
fn read(source: &Source, comment: Span, after_mark: usize) -> Comment<'_> {
    let (text, end) = (source.text(), comment.end as usize);
    let line = silenced_line(source, comment);
    let mut read = Comment { span: comment, line, ids: Vec::new(), fault: None };
    let said = &text[after_mark..end];
    let list = said.trim_start().strip_prefix("ignore").and_then(|rest| rest.trim_start().strip_prefix('['));
    let Some((list, reason)) = list.and_then(|rest| rest.split_once(']')) else {
        read.fault = Some(Fault {
            span: comment,
            message: "the comment is for authkuma, which cannot read it".to_owned(),
            help: "write '# authkuma: ignore[rule-id] reason'".to_owned(),
        });
        return read;
    };
    let mut at = end - reason.len() - 1 - list.len();
    for part in list.split(',') {
        let start = at + (part.len() - part.trim_start().len());
        let id = part.trim();
        let place = span(comment.source, start, start + id.len());
        if super::rule(id).is_none() && read.fault.is_none() {
            let ids = rules::ALL.iter().map(|rule| rule.id);
            let help =
                nearest(id, ids).map_or_else(|| "'authkuma rule' lists them".to_owned(), |id| format!("did you mean '{id}'?"));
            read.fault = Some(Fault { span: place, message: format!("no rule is called '{id}'"), help });
        }
        read.ids.push((id, place));
        at += part.len() + 1;
    }
    if reason.trim().is_empty() && read.fault.is_none() {
        read.fault = Some(Fault {
            span: comment,
            message: "the comment gives no reason, so it silences nothing".to_owned(),
            help: "say behind the bracket why this is right here".to_owned(),
        });
    }
    read
}

/// Its own line, or the next that is neither blank nor a comment when nothing else is on it.
fn silenced_line(source: &Source, comment: Span) -> usize {
    let own = source.position(comment.start).line;
    let written = |line: usize| {
        let (start, end) = source.line_extent(line);
        source.slice(Span { start, end, ..comment }).trim_start_matches('\u{feff}').trim()
    };
    let alone = written(own).starts_with('#');
    let near = own + 1..=source.line_count().min(own + LONGEST_COMMENT);
    let next = near.into_iter().find(|line| !written(*line).is_empty() && !written(*line).starts_with('#'));
    if alone { next.unwrap_or(own) } else { own }
}

/// Quotes and blocks of text that hold the mark: there `#` begins no comment.
fn collect_texts(node: &Node, texts: &mut Vec<Span>) {
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| collect_texts(item, texts)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| collect_texts(&entry.value, texts)),
        Value::String(text) if node.style != Style::Plain && text.contains(MARK) => texts.push(node.span),
        _ => {}
    }
}

fn is_text(texts: &[Span], place: Span) -> bool {
    let after = texts.partition_point(|text| (text.source, text.start) <= (place.source, place.start));
    texts[..after].last().is_some_and(|text| text.source == place.source && place.start < text.end)
}

fn span(source: SourceId, start: usize, end: usize) -> Span {
    let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span { source, start: place(start), end: place(end) }
}

#[cfg(test)]
mod tests {
    use super::super::Ids;
    use super::*;
    use crate::bearer::Target;
    use crate::config::load;
    use crate::source::Sources;

    /// What is found in an access control section, by rule and line.
    fn found(section: &str) -> Vec<(&'static str, usize)> {
        let config = load(Sources::from(Source::new("x", format!("access_control:\n{section}"))));
        let settings = Settings { whole: None, target: Target::NEWEST };
        let select = Ids::read(["unknown-policy", "unused-ignore", "malformed-ignore"]).unwrap();
        let selection = Selection { select: Some(select), ..Selection::default() };
        let findings = super::super::lint_selected(&config, settings, &selection);
        let line = |finding: &Diagnostic| config.sources.get(finding.label.span.source).position(finding.label.span.start).line;
        findings.iter().map(|finding| (finding.rule, line(finding))).collect()
    }

    #[test]
    fn a_comment_silences_its_line_or_the_next() {
        assert_eq!(found("  default_policy: 'nope'\n"), [("unknown-policy", 2)]);
        for section in [
            "  default_policy: 'nope' # authkuma: ignore[unknown-policy] a test\n",
            "  default_policy: 'nope' #authkuma: ignore [ unknown-policy ] a test\r\n",
            "  # authkuma: ignore[unknown-policy] a test\n\n  # more\n  default_policy: 'nope'\n",
        ] {
            assert_eq!(found(section), [], "{section}");
        }
    }

    #[test]
    fn what_silences_nothing_is_a_finding() {
        for (section, expected) in [
            (
                "  default_policy: 'nope' # authkuma: ignore[unknown-policy]\n",
                vec![("unknown-policy", 2), ("malformed-ignore", 2)],
            ),
            ("  default_policy: 'deny' # authkuma: ignore[unknown-policy] why\n", vec![("unused-ignore", 2)]),
            ("  # authkuma: ignore[unknown-policies] why\n  default_policy: 'deny'\n", vec![("malformed-ignore", 2)]),
            ("  # authkuma: unknown-policy\n  default_policy: 'deny'\n", vec![("malformed-ignore", 2)]),
            ("  # authkuma: ignore[unknown-policy, wrong-type] why\n  default_policy: 'nope'\n", vec![]),
        ] {
            assert_eq!(found(section), expected, "{section}");
        }
    }

    #[test]
    fn text_is_no_comment() {
        assert_eq!(found("  x: 'a # authkuma: b'\n  y: |\n    # authkuma: c\n  z: a#authkuma:d\n"), []);
    }
}
