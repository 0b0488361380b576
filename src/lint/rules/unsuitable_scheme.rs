//! Schemes that a strategy does not take.

use super::unknown_strategy::STRATEGIES;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::examples::forward_auth;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsuitable-scheme",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "`schemes` has an unknown value, or stands at a strategy that takes none.",
    why: "The server refuses to start. A text with a comma is split without trimming, so 'Basic, Bearer' names the scheme \
          ' Bearer'.",
    help: "write schemes: ['Basic', 'Bearer'] at 'HeaderAuthorization' and nowhere else",
    bad: forward_auth!(
        r"
          - name: 'HeaderAuthorization'
            schemes: 'Basic, Bearer'
"
    ),
    good: forward_auth!(
        r"
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
"
    ),
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/#schemes",
    check,
};

fn check(context: &mut Context<'_>) {
    for endpoint in &context.config.server.endpoints {
        for (index, strategy) in endpoint.strategies.iter().enumerate() {
            let item = endpoint.path("authn_strategies").index(index);
            let knows = |wanted: &str| strategy.schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case(wanted));
            if strategy.basic_cache_lifespan > 0 && !knows("basic") {
                let message = "'scheme_basic_cache_lifespan' needs 'basic' among the schemes";
                context.flag(&item.key("scheme_basic_cache_lifespan"), message).emit();
            }
            if !STRATEGIES.contains(&&*strategy.name) || strategy.schemes.is_empty() {
                continue;
            }
            let path = item.key("schemes");
            if matches!(&*strategy.name, "CookieSession" | "HeaderLegacy") {
                context.flag(&path, format!("the strategy '{}' takes no schemes", strategy.name)).emit();
                continue;
            }
            for scheme in strategy.schemes.iter().filter(|scheme| known(scheme).is_none()) {
                let meant: Option<Vec<String>> =
                    strategy.schemes.iter().map(|scheme| known(scheme.trim()).map(|name| format!("'{name}'"))).collect();
                let list = meant.map(|names| format!("[{}]", names.join(", ")));
                let fix = list.and_then(|list| context.replace(&path, &list, "write a list without blanks in its values"));
                context.flag(&path, format!("the server knows no scheme '{scheme}'")).fix(fix).emit();
            }
        }
    }
}

fn known(scheme: &str) -> Option<&'static str> {
    ["Basic", "Bearer"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))
}
