//! A bar for work that takes a while.

use indicatif::{ProgressBar, ProgressStyle};

use crate::host::Host;

/// A bar over `count` steps on a terminal, nothing elsewhere. `template` is a constant in indicatif's language.
pub(super) fn bar(count: usize, template: &'static str, host: &Host<'_>) -> ProgressBar {
    if !host.stderr_is_terminal {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(template).expect("the template is a constant");
    ProgressBar::new(count as u64).with_style(style)
}
