//! Text that names no network.

use crate::config::{Path, ProblemKind};
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-network",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A network is neither an address, nor a range, nor a defined name.",
    why: "The server refuses to start.",
    help: "write an address such as '192.0.2.10', a range such as '192.0.2.0/24', or define the name in \
          'definitions.network'",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      networks: ['10.0.0.0/40']
",
    good: r"
definitions:
  network:
    internal: ['10.0.0.0/8']
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      networks: ['internal']
",
    reference: "https://www.authelia.com/configuration/definitions/network/",
    check,
};

fn check(context: &mut Context<'_>) {
    let names_are_known = context.whole || context.config.tree.has(&Path::of("definitions.network"));
    for problem in &context.config.problems {
        match &problem.kind {
            // A fragment may use names that another file defines.
            ProblemKind::InvalidNetwork { reason }
                if names_are_known || makes_names(&problem.path) || !looks_like_a_name(reason) =>
            {
                context.flag(&problem.path, reason.clone()).decoder_path(&problem.path).emit();
            }
            ProblemKind::DuplicateNetwork { name } => {
                let message = format!("the network '{name}' is defined in 'definitions.network' too");
                context.flag(&problem.path, message).emit();
            }
            _ => {}
        }
    }
}

/// Whether names are made there, which cannot be used yet.
fn makes_names(path: &Path) -> bool {
    ["definitions.network", "access_control.networks"].iter().any(|section| path.starts_with(&Path::of(section)))
}

fn looks_like_a_name(reason: &str) -> bool {
    let name = reason.split('"').nth(1).unwrap_or_default();
    !name.is_empty() && !name.contains(['.', ':', '/']) && name.starts_with(|c: char| c.is_ascii_alphabetic())
}
