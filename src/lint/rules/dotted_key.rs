//! A key with dots, which the server accepts and ignores.

use crate::config::Path;
use crate::config::node::Node;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "dotted-key",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A key is written with dots in place of nested sections.",
    why: "The server's check of names joins keys by dots and is satisfied, but the value is kept under the dotted key, \
          which no option has: it is ignored.",
    help: "nest the sections",
    bad: r"
access_control.default_policy: 'one_factor'
",
    good: r"
access_control:
  default_policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/methods/files/",
    check,
};

/// Sections in which names are free, so that a dot is part of a name.
const FREE: [&str; 9] = [
    "server.endpoints.authz",
    "definitions.network",
    "definitions.user_attributes",
    "identity_providers.oidc.lifespans.custom",
    "identity_providers.oidc.authorization_policies",
    "identity_providers.oidc.claims_policies",
    "identity_providers.oidc.scopes",
    "authentication_backend.file.extra_attributes",
    "authentication_backend.ldap.attributes.extra",
];

fn check(context: &mut Context<'_>) {
    let config = context.config;
    walk(config.tree.root(), &Path::root(), context);
}

fn walk(node: &Node, path: &Path, context: &mut Context<'_>) {
    if FREE.contains(&path.to_string().as_str()) {
        return;
    }
    for entry in node.entries() {
        let path = path.key(&entry.key);
        if entry.key.contains('.') {
            context
                .flag_at(&path, entry.key_span, format!("'{}' is accepted by name and its value is ignored", entry.key))
                .emit();
        } else {
            walk(&entry.value, &path, context);
        }
    }
}
