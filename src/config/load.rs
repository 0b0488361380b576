//! Files into a configuration: each is parsed by itself, then they are merged and decoded as the server does.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use super::broken;
use super::compose::{Document, SyntaxError, SyntaxErrorKind, parse};
use super::definitions::Definitions;
use super::node::{Node, Style, Value};
use super::schema::{check_keys, check_types};
use super::secret::secrets_of;
use super::tree::{Tree, merge};
use super::{Config, Path, Problem, ProblemKind, decode, deprecated};
use crate::cores;
use crate::go::regexp::Patterns;
use crate::source::{SourceId, Sources, Span};

/// Reads files in the order in which the server would. A file that does not read is a problem and is left out.
pub fn load(sources: Sources) -> Config {
    let mut problems = Vec::new();
    let documents = parse_all(&sources);
    let mut root = None;
    let mut trees = Vec::new();
    for document in documents {
        match document {
            Ok(document) => {
                trees.push(document.root.clone());
                if let Some(span) = document.further {
                    problems.push(Problem { path: Path::root(), span: Some(span), kind: ProblemKind::FurtherDocument });
                }
                let merged = match (root.take(), document.root) {
                    (earlier, later) if later.is_null() => {
                        problems.push(Problem { path: Path::root(), span: Some(later.span), kind: ProblemKind::EmptyFile });
                        earlier
                    }
                    (None, later) => Some(later),
                    (Some(earlier), later) => Some(merge(&earlier, &later, &Path::root(), &mut problems)),
                };
                root = merged;
            }
            Err(problem) => problems.push(problem),
        }
    }
    let mut root = root.unwrap_or_else(nothing);
    deprecated::remap(&mut root, &mut problems);
    check_keys(&root, &mut problems);
    let definitions = Definitions::read(&root, &mut problems);
    let mut config = Config { problems, ..Config::empty(Tree::new(root.clone())) };
    let patterns = Patterns::default();
    let types = || {
        // Noted for the reports while the trees are at hand.
        for tree in &trees {
            sources.get(tree.span.source).hidden(|_| secrets_of(tree));
        }
        let mut problems = Vec::new();
        check_types(&root, &definitions, &patterns, &mut problems);
        problems
    };
    let types = if sources.are_large() {
        thread::scope(|scope| {
            let types = scope.spawn(types);
            decode::decode(&root, &definitions, &patterns, &mut config);
            types.join().unwrap_or_else(|panic| resume_unwind(panic))
        })
    } else {
        decode::decode(&root, &definitions, &patterns, &mut config);
        types()
    };
    config.problems.extend(types);
    Config { sources, ..config }
}

/// One file's tree by itself, before merging; none when it does not read.
pub fn tree_of(id: SourceId, text: &str) -> Option<Node> {
    read(id, text).ok().map(|document| document.root)
}

/// Every file by itself, on all cores.
fn parse_all(sources: &Sources) -> Vec<Result<Document, Problem>> {
    let files: Vec<_> = sources.iter().collect();
    cores::map(&files, |(id, source)| read(*id, source.text()))
}

fn read(id: SourceId, text: &str) -> Result<Document, Problem> {
    if let Some(found) = template(text) {
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span { source: id, start: place(found.start), end: place(found.end) };
        return Err(Problem {
            path: Path::root(),
            span: Some(span),
            kind: ProblemKind::Template { reads: parse(id, text).is_ok() },
        });
    }
    let document = parse(id, text).map_err(|error| problem(error, text))?;
    match document.root.value {
        Value::Mapping(_) | Value::Null => Ok(document),
        _ => Err(Problem { path: Path::root(), span: Some(document.root.span), kind: ProblemKind::NoMapping }),
    }
}

fn problem(error: SyntaxError, text: &str) -> Problem {
    let message = match error.kind {
        // A secret that begins with `*` reads as an anchor's name.
        SyntaxErrorKind::UnknownAnchor(_) if is_secret_at(text, error.span.start) => "unknown anchor referenced".to_owned(),
        SyntaxErrorKind::SelfReference(_) if is_secret_at(text, error.span.start) => "anchor value contains itself".to_owned(),
        _ => error.to_string(),
    };
    let kind = match error.kind {
        SyntaxErrorKind::DuplicateKey { key, first } => {
            // A secret in braces without quotes reads as a key.
            let key = if is_secret_at(text, error.span.start) { "…".to_owned() } else { key.to_string() };
            ProblemKind::DuplicateKey { key, first }
        }
        _ => ProblemKind::Syntax { message, context: error.context },
    };
    Problem { path: Path::root(), span: Some(error.span), kind }
}

fn is_secret_at(text: &str, place: u32) -> bool {
    broken::secrets_of(text).iter().any(|range| range.contains(&place))
}

/// Where the first template expression stands, comments aside: `{{` of the template filter, or `${NAME}` of the older one.
fn template(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let found = text[from..].match_indices('{').find_map(|(at, _)| expression(text, from + at))?;
        let line = text[..found.start].rfind('\n').map_or(0, |end| end + 1);
        if !text[line..found.start].trim_start().starts_with('#') {
            return Some(found);
        }
        // The rest of a comment is passed over, however many expressions it holds.
        from = found.end + text[found.end..].find('\n')?;
    }
}

/// The expression that a brace belongs to.
fn expression(text: &str, brace: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if bytes.get(brace + 1) == Some(&b'{') {
        return Some(brace..brace + 2);
    }
    let start = brace.checked_sub(1).filter(|start| bytes[*start] == b'$')?;
    let name = bytes[brace + 1..].iter().take_while(|byte| **byte == b'_' || byte.is_ascii_alphanumeric()).count();
    let end = brace + 1 + name;
    (name > 0 && bytes.get(end) == Some(&b'}')).then_some(start..end + 1)
}

/// The root of a configuration without any readable file.
fn nothing() -> Node {
    let span = Span { source: SourceId(0), start: 0, end: 0 };
    Node { value: Value::Mapping([].into()), span, style: Style::Block }
}

#[cfg(test)]
mod tests {
    use super::template;

    #[test]
    fn templates_are_told_from_yaml() {
        assert_eq!(template("# {{ no }}\n  # ${NO}\na: '{{ x }}' # y"), Some(25..27));
        assert_eq!(template("# {{ no }} {{ no }}\n#{{\na: ${YES}\n"), Some(27..33));
        assert_eq!(template("# {{ no }} {{ no }}"), None);
        assert_eq!(template("a: '${NAME_1}'"), Some(4..13));
        assert_eq!(template("a: {b: '$pbkdf2$x'}\nc: '^/${'\nd: '${}'\ne: '${a-b}'"), None);
    }
}
