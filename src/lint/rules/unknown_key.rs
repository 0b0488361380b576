//! A key that the server does not know.

use crate::config::node::Node;
use crate::config::{Path, Problem, ProblemKind, Segment};
use crate::diagnostic::{Authelia, Edit, Fix, Safety, Severity};
use crate::lint::rule::{Context, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    id: "unknown-key",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Unsafe),
    summary: "The server knows no such option, or a section is empty where the server wants something in it.",
    why: "The server refuses to start. Most are misspelt or stand one level too high or too low.",
    help: "correct the name, move it, or remove it",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      polcy: 'one_factor'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/prologue/introduction/",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        let Some(span) = problem.span else { continue };
        match &problem.kind {
            ProblemKind::UnknownKey { suggestion, has_keys } => {
                unknown(context, problem, span, suggestion.as_deref(), *has_keys);
            }
            ProblemKind::KeysForValue => {
                let message = format!("the server knows none of the keys that are written at '{}'", problem.path);
                context.flag_at(&problem.path, span, message).help("put the value in quotes, or correct the keys").emit();
            }
            _ => {}
        }
    }
}

fn unknown(context: &mut Context<'_>, problem: &Problem, span: Span, suggestion: Option<&str>, has_keys: bool) {
    let meant = suggestion.map(|name| (name, is_beside(context, problem, name), rename(context, problem, name)));
    let word = if has_keys { "section" } else { "option" };
    let finding = context.flag_at(&problem.path, span, format!("the server knows no {word} '{}'", problem.path));
    match meant {
        Some((name, true, _)) if has_keys => {
            finding.help(format!("move what is in it to '{name}', which stands beside it")).emit();
        }
        Some((name, true, _)) => finding.help(format!("remove it: '{name}' stands beside it")).emit(),
        Some((name, false, fix)) => {
            finding.fix(fix).label(format!("did you mean '{name}'?")).help(format!("write '{name}'")).emit();
        }
        None => finding.emit(),
    }
}

fn is_beside(context: &Context<'_>, problem: &Problem, name: &str) -> bool {
    problem.path.parent().and_then(|parent| context.config.tree.get(&parent)).is_some_and(|mapping| mapping.entry(name).is_some())
}

/// Renames the key in every item of its list, for the server names the first one only.
fn rename(context: &Context<'_>, problem: &Problem, name: &str) -> Option<Fix> {
    let Some(Segment::Key(written)) = problem.path.last() else { return None };
    let mut edits: Vec<Edit> = mappings(context, problem)
        .filter(|mapping| mapping.entry(name).is_none())
        .filter_map(|mapping| context.new_name(mapping.entry(written)?.key_span, name))
        .collect();
    // One key may be in several items by an alias.
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    (!edits.is_empty()).then(|| context.fix(&format!("write '{name}'"), edits))
}

/// The mapping that holds the key, or the items from it on.
fn mappings<'a>(context: &Context<'a>, problem: &Problem) -> impl Iterator<Item = &'a Node> {
    let tree = &context.config.tree;
    let mapping = problem.path.parent();
    let list = mapping.as_ref().and_then(Path::parent);
    let (alone, rest) = match (mapping.as_ref().and_then(Path::last), list) {
        (Some(Segment::Index(index)), Some(list)) => (None, tree.get(&list).and_then(|list| list.items().get(*index..))),
        _ => (mapping.as_ref().and_then(|mapping| tree.get(mapping)), None),
    };
    alone.into_iter().chain(rest.unwrap_or_default())
}
