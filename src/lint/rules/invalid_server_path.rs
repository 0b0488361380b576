//! A server address with a path that the server refuses.

use crate::config::Path;
use crate::config::node::Node;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-server-path",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "The path in `server.address` is more than one segment of letters and digits.",
    why: "The server refuses to start.",
    help: "write a path such as '/authelia', without a final slash",
    bad: r"
server:
  address: 'tcp://:9091/auth/'
",
    good: r"
server:
  address: 'tcp://:9091/auth'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server/#address",
    check,
};

fn check(context: &mut Context<'_>) {
    let subpath = context.config.server.subpath();
    let Some(segment) = subpath.strip_prefix('/').filter(|segment| !segment.is_empty()) else { return };
    let path = Path::of("server.address");
    if segment.contains('/') {
        let written = context.config.tree.get(&path).and_then(Node::text).unwrap_or_default();
        let single = segment.strip_suffix('/').is_some_and(|segment| !segment.contains('/'));
        let fix =
            written.strip_suffix('/').filter(|_| single).and_then(|text| context.replace_text(&path, text, "remove the slash"));
        context.flag(&path, format!("the path '{subpath}' has more than one segment, or a final slash")).fix(fix).emit();
    } else if !segment.chars().all(char::is_alphanumeric) {
        context.flag(&path, format!("the path '{subpath}' holds other characters than letters and digits")).emit();
    }
}
