//! The rules as a page of `docs/`.

use std::fmt::Write as _;

use super::{fix_sentence, fix_word, server_says, server_sentence};
use crate::lint::rule::Rule;

const HEAD: &str = "\
# Rules

<!-- Generated from src/lint/rules/: SNAPSHOTS=overwrite cargo test --test integration generated -->

What `authkuma lint` can say. **Server** is what Authelia's own `config validate` says to the same thing; where it accepts,
nobody else tells. **Fix** is `safe` where `--fix` mends it and `unsafe` where `--fix --unsafe-fixes` does, because it
changes who is admitted.

A finding that is right after all is silenced where it stands, on its line or on a line of its own above. The reason is required:

```yaml
access_control:
  default_policy: 'one_factor' # authkuma: ignore[rule-id] everybody here has an account
```

";

/// The whole page.
pub fn markdown(rules: &[&Rule]) -> String {
    let mut page = HEAD.to_owned() + "| rule | severity | server | fix | finds |\n|---|---|---|---|---|\n";
    for rule in rules {
        let (id, summary) = (rule.id, rule.summary.replace('|', "\\|"));
        let facts = format!("{} | {} | {}", rule.severity, server_says(rule.authelia), fix_word(rule.fix));
        let _ = writeln!(page, "| [`{id}`](#{id}) | {facts} | {summary} |");
    }
    for rule in rules {
        section(rule, &mut page);
    }
    page
}

fn section(rule: &Rule, page: &mut String) {
    let Rule { id, severity, summary, why, help, reference, .. } = rule;
    let (server, fix) = (server_sentence(rule.authelia), fix_sentence(rule.fix));
    let (bad, good) = (rule.bad.trim_matches('\n'), rule.good.trim_matches('\n'));
    let _ = write!(
        page,
        "\n## {id}\n\n*{severity}; {server}; {fix}.*\n\n{summary}\n\n{why}\n\nTo mend it: {help}.\n\n\
         Wrong:\n\n```yaml\n{bad}\n```\n\nRight:\n\n```yaml\n{good}\n```\n\nSee <{reference}>.\n"
    );
}
