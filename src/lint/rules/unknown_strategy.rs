//! A strategy that the server does not know.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::examples::forward_auth;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-strategy",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "An entry of `authn_strategies` has no name, an unknown one, or one that stands twice.",
    why: "The server refuses to start. For a monitor the list is `HeaderAuthorization`, then `CookieSession`.",
    help: "write 'HeaderAuthorization' or 'CookieSession'",
    bad: forward_auth!(
        r"
          - name: 'headerauthorization'
"
    ),
    good: forward_auth!(
        r"
          - name: 'HeaderAuthorization'
"
    ),
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/#authn_strategies",
    check,
};

pub(super) const STRATEGIES: [&str; 5] =
    ["CookieSession", "HeaderAuthorization", "HeaderProxyAuthorization", "HeaderAuthRequestProxyAuthorization", "HeaderLegacy"];

fn check(context: &mut Context<'_>) {
    for endpoint in &context.config.server.endpoints {
        for (index, strategy) in endpoint.strategies.iter().enumerate() {
            let name = &*strategy.name;
            let path = endpoint.path("authn_strategies").index(index).key("name");
            if name.is_empty() {
                context.flag(&path, format!("strategy #{} of '{}' has no name", index + 1, endpoint.name)).emit();
            } else if !STRATEGIES.contains(&name) {
                let meant = STRATEGIES.iter().find(|known| known.eq_ignore_ascii_case(name));
                let fix = meant.and_then(|known| context.replace_text(&path, known, "write it in the right case"));
                context.flag(&path, format!("the server knows no strategy '{name}'")).fix(fix).emit();
            }
            if !name.is_empty() && endpoint.strategies[..index].iter().any(|earlier| earlier.name == strategy.name) {
                context.flag(&path, format!("the strategy '{name}' stands in the list twice")).emit();
            }
        }
    }
}
