//! The rules as a page of `docs/`.

use std::fmt::Write as _;

use super::{Rule, fix_sentence, fix_word, server_says, server_sentence};
use crate::lint;
use crate::monitor::check;

const HEAD: &str = "\
# Rules

<!-- Generated from src/lint/rules/ and src/monitor/check/rules/: SNAPSHOTS=overwrite cargo test --test integration generated -->

What `authkuma lint` can say, and [what `authkuma monitor check` can](#rules-of-monitor-check). **Server** is what Authelia's own `config validate` says to the same thing; where it accepts,
nobody else tells. **Fix** is `safe` where `--fix` mends it and `unsafe` where `--fix --unsafe-fixes` does, because it
changes who is admitted.

A finding that is right after all is silenced where it stands, on its line or on a line of its own above. The reason is required:

```yaml
access_control:
  default_policy: 'one_factor' # authkuma: ignore[rule-id] everybody here has an account
```

";

const MONITORS: &str = "
## Rules of monitor check

What `authkuma monitor check` can say of the monitors in Uptime Kuma's database, beside a configuration of Authelia. **Field** is the one of
Uptime Kuma's form, by its label.

";

/// The whole page.
pub fn markdown() -> String {
    let mut page = HEAD.to_owned() + "| rule | severity | server | fix | finds |\n|---|---|---|---|---|\n";
    for rule in Rule::all() {
        if let Rule::Lint(rule) = rule {
            let facts = format!("{} | {} | {}", rule.severity, server_says(rule.authelia), fix_word(rule.fix));
            row(rule.id, &facts, rule.summary, &mut page);
        }
    }
    for rule in Rule::all() {
        if let Rule::Lint(rule) = rule {
            section(rule, &mut page);
        }
    }
    page += MONITORS;
    page += "| rule | severity | field | finds |\n|---|---|---|---|\n";
    for rule in Rule::all() {
        if let Rule::MonitorCheck(rule) = rule {
            row(rule.id, &format!("{} | {}", rule.severity, rule.field), rule.summary, &mut page);
        }
    }
    for rule in Rule::all() {
        if let Rule::MonitorCheck(rule) = rule {
            section_of_monitors(rule, &mut page);
        }
    }
    page
}

fn row(id: &str, facts: &str, summary: &str, page: &mut String) {
    let _ = writeln!(page, "| [`{id}`](#{id}) | {facts} | {} |", summary.replace('|', "\\|"));
}

fn section_of_monitors(rule: &check::Rule, page: &mut String) {
    let check::Rule { id, severity, field, summary, why, help, .. } = rule;
    let _ = write!(page, "\n### {id}\n\n*{severity}; {field}.*\n\n{summary}\n\n{why}\n\nTo mend it: {help}.\n");
}

fn section(rule: &lint::rule::Rule, page: &mut String) {
    let lint::rule::Rule { id, severity, summary, why, help, reference, .. } = rule;
    let (server, fix) = (server_sentence(rule.authelia), fix_sentence(rule.fix));
    let (bad, good) = (rule.bad.trim_matches('\n'), rule.good.trim_matches('\n'));
    let _ = write!(
        page,
        "\n## {id}\n\n*{severity}; {server}; {fix}.*\n\n{summary}\n\n{why}\n\nTo mend it: {help}.\n\n\
         Wrong:\n\n```yaml\n{bad}\n```\n\nRight:\n\n```yaml\n{good}\n```\n\nSee <{reference}>.\n"
    );
}
