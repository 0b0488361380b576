//! A host pattern with capitals.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "uppercase-domain-regex",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A `domain_regex` asks for capital letters.",
    why: "Patterns are compared letter by letter and hosts come in lower case: the rule never matches. A monitor that \
          needs it is refused, and a rule that should forbid something forbids nothing.",
    help: "write it in lower case, or begin it with '(?i)'",
    bad: r"
access_control:
  rules:
    - domain_regex: '^App\.example\.com$'
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
    for rule in context.config.access_control.rules.iter().filter(|rule| !rule.domain_patterns.is_empty()) {
        for (path, regexp) in context.patterns(rule, "domain_regex", &rule.domain_patterns) {
            let pattern = regexp.pattern();
            if let Some(capital) = capital(pattern) {
                context
                    .flag(&path, format!("the host pattern '{pattern}' asks for '{capital}', and hosts have no capitals"))
                    .emit();
            }
        }
    }
}

/// The first capital letter outside escapes, classes and names of groups.
fn capital(pattern: &str) -> Option<char> {
    if pattern.starts_with("(?i") {
        return None;
    }
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '\\' => behind_escape(rest.strip_prefix('\\')?)?,
            '[' => rest.split_once(']')?.1,
            '(' if rest.starts_with("(?P<") || rest.starts_with("(?<") => rest.split_once('>')?.1,
            capital if capital.is_uppercase() => return Some(capital),
            other => &rest[other.len_utf8()..],
        };
    }
    None
}

/// What follows an escape, the name of a class such as `L` or the digits of a character included.
fn behind_escape(escape: &str) -> Option<&str> {
    let letter = escape.chars().next()?;
    let rest = &escape[letter.len_utf8()..];
    let taken = match letter {
        'p' | 'P' | 'x' if rest.starts_with('{') => return Some(rest.split_once('}')?.1),
        'p' | 'P' => 1,
        'x' => 2,
        _ => 0,
    };
    rest.get(taken..)
}

#[cfg(test)]
mod tests {
    use super::capital;

    #[test]
    fn names_of_classes_are_no_letters_of_a_host() {
        for (pattern, found) in [
            (r"^\pL\PN\p{Lu}\x4A\x{4A}\.[A-Z](?P<User>\W)\Az$", None),
            (r"^\pLA", Some('A')),
            (r"^\x4AB", Some('B')),
            (r"^\.App", Some('A')),
            (r"^app\", None),
        ] {
            assert_eq!(capital(pattern), found, "{pattern}");
        }
    }
}
