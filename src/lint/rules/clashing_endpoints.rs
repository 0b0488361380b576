//! An authz endpoint below another that takes all paths.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "clashing-endpoints",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "An endpoint's name begins with the name of an `ExtAuthz` or `Legacy` endpoint and a slash.",
    why: "The server refuses to start: the other endpoint answers everything below its own path.",
    help: "rename one of the two",
    bad: r"
server:
  endpoints:
    authz:
      envoy:
        implementation: 'ExtAuthz'
      envoy/app:
        implementation: 'ForwardAuth'
",
    good: r"
server:
  endpoints:
    authz:
      envoy:
        implementation: 'ExtAuthz'
      app:
        implementation: 'ForwardAuth'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/#name",
    check,
};

fn check(context: &mut Context<'_>) {
    let endpoints = &context.config.server.endpoints;
    for other in
        endpoints.iter().filter(|other| matches!(&*other.implementation, "ExtAuthz" | "Legacy") && &*other.name != "legacy")
    {
        for endpoint in endpoints.iter().filter(|endpoint| endpoint.name.starts_with(&format!("{}/", other.name))) {
            let message = format!("'{}' lies below '{}', which answers all paths below its own", endpoint.name, other.name);
            context.flag_key(&endpoint.root(), message).related(&other.path("implementation"), "takes all paths").emit();
        }
    }
}
