//! A domain that no host equals.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unmatchable-domain",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "A rule's `domain` has a scheme, a port, a path, a comma, a blank or a final dot, or is empty.",
    why: "It is compared with the host alone, so the rule never matches: a monitor that needs it is refused, and a rule that \
          should forbid something forbids nothing.",
    help: "write the host alone",
    bad: r"
access_control:
  rules:
    - domain: 'https://app.example.com/'
      policy: 'one_factor'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#domain",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        for (index, domain) in rule.domains.iter().enumerate() {
            let Some(excess) = excess(domain) else { continue };
            let path = rule.path("domain").index(index);
            let fix = host(domain).and_then(|yaml| context.replace(&path, &yaml, "write the host alone"));
            let message = format!("the domain '{domain}' of rule #{} has {excess} and matches no host", rule.index + 1);
            context.flag(&path, message).fix(fix).emit();
        }
    }
}

fn excess(domain: &str) -> Option<&'static str> {
    Some(match domain {
        "" => "no letter",
        _ if domain.contains("://") => "a scheme",
        _ if domain.contains(',') => "a comma",
        _ if domain.contains(char::is_whitespace) => "a blank",
        _ if domain.contains('/') => "a path",
        _ if domain.contains(':') && !domain.contains("::") => "a port",
        _ if domain.ends_with('.') => "a final dot",
        _ => return None,
    })
}

/// The hosts that were most likely meant, as YAML.
fn host(domain: &str) -> Option<String> {
    let hosts: Vec<String> = domain.split(',').map(bare).collect::<Option<_>>()?;
    match &*hosts {
        [one] => Some(format!("'{one}'")),
        many => Some(format!("['{}']", many.join("', '"))),
    }
}

fn bare(domain: &str) -> Option<String> {
    let rest = domain.trim();
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next()?.trim_end_matches('.');
    let usual = |character: char| character.is_ascii_alphanumeric() || "*.-{}".contains(character);
    (host.contains('.') && host.chars().all(usual)).then(|| host.to_owned())
}
