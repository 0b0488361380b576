//! Mends that several rules make: values rewritten in place. None where the value came by an alias or a merge key.

use super::rule::Context;
use crate::config::Path;
use crate::config::node::Node;
use crate::diagnostic::{Edit, Fix, Safety};

impl Context<'_> {
    /// Puts YAML in place of the value at a path.
    pub(super) fn replace(&self, path: &Path, yaml: &str, title: &str) -> Option<Fix> {
        let node = self.own_node(path)?;
        Some(self.fix(title, vec![Edit { span: node.span, text: yaml.to_owned() }]))
    }

    /// Puts text in place of the value at a path, in single quotes.
    pub(super) fn replace_text(&self, path: &Path, text: &str, title: &str) -> Option<Fix> {
        self.replace(path, &format!("'{}'", text.replace('\'', "''")), title)
    }

    /// Writes the value at a path in lower case, if that makes it one of the allowed ones.
    pub(super) fn lowercase(&self, path: &Path, allowed: &[&str]) -> Option<Fix> {
        let lower = self.own_node(path)?.text()?.to_lowercase().replace('-', "_");
        allowed.contains(&&*lower).then(|| self.replace_text(path, &lower, &format!("write '{lower}'"))).flatten()
    }

    fn fix(&self, title: &str, edits: Vec<Edit>) -> Fix {
        Fix { title: title.to_owned(), safety: self.rule().fix.unwrap_or(Safety::Unsafe), edits }
    }

    /// The node at a path, if it is written where its parent is.
    fn own_node(&self, path: &Path) -> Option<&Node> {
        let node = self.config.tree.get(path)?;
        let parent = self.config.tree.get(&path.parent()?)?;
        let inside =
            parent.span.source == node.span.source && parent.span.start <= node.span.start && node.span.end <= parent.span.end;
        (inside && node.span.start < node.span.end).then_some(node)
    }
}
