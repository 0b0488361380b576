//! Debug endpoints in production.

use crate::config::Path;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "exposed-diagnostics",
    severity: Severity::Warning,
    authelia: Authelia::Warns,
    fix: Some(Safety::Unsafe),
    summary: "`enable_expvars` or `enable_pprof` is on.",
    why: "The server warns: these endpoints show memory and command line to whoever reaches them, and profiling can be \
          used to slow the server down.",
    help: "remove the option",
    bad: r"
server:
  endpoints:
    enable_pprof: true
    enable_expvars: false
",
    good: r"
server:
  endpoints:
    enable_pprof: false
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server/#endpoints",
    check,
};

fn check(context: &mut Context<'_>) {
    for option in ["enable_expvars", "enable_pprof"] {
        let path = Path::of("server.endpoints").key(option);
        if context.config.tree.flag(&path) {
            let fix = context.replace(&path, "false", "turn it off");
            context.flag(&path, format!("'{option}' should not be on in production")).fix(fix).emit();
        }
    }
}
