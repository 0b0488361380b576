//! A host pattern that matches in the middle.

use crate::config::Path;
use crate::config::access_control::AccessRule;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::go::regexp::Regexp;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unanchored-domain-regex",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "A `domain_regex` of a rule that admits somebody lacks `^` at its start or `$` at its end.",
    why: "Patterns match anywhere in the host: `app\\.example\\.com` also matches `xapp.example.com.evil.example.com`. Who \
          can set up a host under one of your cookie domains gets in by this rule.",
    help: "write '^' before and '$' after it",
    bad: r"
access_control:
  rules:
    - domain_regex: 'app\.example\.com'
      policy: 'one_factor'
",
    good: r"
access_control:
  rules:
    - domain_regex: '^app\.example\.com$'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#domain_regex",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in
        context.config.access_control.rules.iter().filter(|rule| !rule.domain_patterns.is_empty() && &*rule.policy != "deny")
    {
        for (path, regexp) in context.patterns(rule, "domain_regex", &rule.domain_patterns) {
            let pattern = regexp.pattern();
            let (start, end) = (regexp.is_bound_to_start(), regexp.is_bound_to_end());
            if start && end {
                continue;
            }
            let lack = if start { "'$' at its end" } else { "'^' at its start" };
            let whole = format!("{}{pattern}{}", if start { "" } else { "^" }, if end { "" } else { "$" });
            let mends = Regexp::read(&whole).is_ok_and(|whole| whole.is_bound_to_start() && whole.is_bound_to_end());
            let fix = if mends && !pattern.starts_with("(?") { context.replace_text(&path, &whole, "anchor it") } else { None };
            context.flag(&path, format!("the host pattern '{pattern}' has no {lack}")).fix(fix).emit();
        }
    }
}

impl Context<'_> {
    /// The patterns of an option of a rule with their places, those that cannot be matched here too.
    pub(super) fn patterns(&self, rule: &AccessRule, option: &str, known: &[Regexp]) -> Vec<(Path, Regexp)> {
        let path = rule.path(option);
        // They are in the order in which they are written, and some may lack.
        let mut known = known.iter().peekable();
        let mut regexp = |text: &str| {
            let known = known.next_if(|regexp| regexp.pattern() == text).cloned();
            known.or_else(|| Regexp::read(text).ok())
        };
        let Some(node) = self.config.tree.get(&path) else { return Vec::new() };
        if let Some(text) = node.text() {
            return regexp(text).map(|regexp| (path, regexp)).into_iter().collect();
        }
        let items = node.items().iter().enumerate();
        items.filter_map(|(index, item)| Some((path.index(index), regexp(item.text()?)?))).collect()
    }
}
