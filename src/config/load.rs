//! Files into a configuration: each is parsed by itself, then they are merged and decoded as the server does.

use super::compose::{Document, SyntaxError, SyntaxErrorKind, parse};
use super::definitions::Definitions;
use super::node::{Node, Style, Value};
use super::schema::{check_keys, check_types};
use super::tree::{Tree, merge};
use super::{Config, Path, Problem, ProblemKind, decode, deprecated};
use crate::source::{SourceId, Sources, Span};

/// Reads files in the order in which the server would. A file that does not read is a problem and is left out.
pub fn load(sources: Sources) -> Config {
    let mut problems = Vec::new();
    let documents = parse_all(&sources);
    let mut root = None;
    for document in documents {
        match document {
            Ok(document) => {
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
    check_types(&root, &definitions, &mut problems);
    let mut config = Config { sources, problems, ..Config::empty(Tree::new(root.clone())) };
    decode::decode(&root, &definitions, &mut config);
    config
}

/// Every file by itself, on all cores.
fn parse_all(sources: &Sources) -> Vec<Result<Document, Problem>> {
    let files: Vec<_> = sources.iter().collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(cores).max(1);
    if files.len() < 2 {
        return files.into_iter().map(|(id, source)| read(id, source.text())).collect();
    }
    std::thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|chunk| scope.spawn(move || chunk.iter().map(|(id, source)| read(*id, source.text())).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    })
}

fn read(id: SourceId, text: &str) -> Result<Document, Problem> {
    if let Some(at) = template(text) {
        let span = Span { source: id, start: at, end: at + 2 };
        return Err(Problem { path: Path::root(), span: Some(span), kind: ProblemKind::Template });
    }
    let document = parse(id, text).map_err(problem)?;
    match document.root.value {
        Value::Mapping(_) | Value::Null => Ok(document),
        _ => Err(Problem { path: Path::root(), span: Some(document.root.span), kind: ProblemKind::NoMapping }),
    }
}

fn problem(error: SyntaxError) -> Problem {
    let message = error.to_string();
    let kind = match error.kind {
        SyntaxErrorKind::DuplicateKey { key, first } => ProblemKind::DuplicateKey { key: key.to_string(), first },
        _ => ProblemKind::Syntax { message, context: error.context },
    };
    Problem { path: Path::root(), span: Some(error.span), kind }
}

/// Where the first template expression stands, comments aside.
fn template(text: &str) -> Option<u32> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let written = if line.trim_start().starts_with('#') { "" } else { line };
        if let Some(at) = written.find("{{") {
            return u32::try_from(offset + at).ok();
        }
        offset += line.len();
    }
    None
}

/// The root of a configuration without any readable file.
fn nothing() -> Node {
    let span = Span { source: SourceId(0), start: 0, end: 0 };
    Node { value: Value::Mapping([].into()), span, style: Style::Block }
}
