//! An answer with the reason for it, which only the log tells.

use super::reply::Reply;
use crate::bearer::{Check, Step};
use crate::config::{Config, Path};

/// What is sent, and why.
pub(super) struct Answer {
    pub reply: Reply,
    pub note: String,
}

impl Answer {
    /// An answer with a reason.
    pub(super) fn because(reply: Reply, note: impl Into<String>) -> Answer {
        Answer { reply, note: note.into() }
    }
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Answer {
        Answer { reply, note: String::new() }
    }
}

/// The step that decides, with the place in the configuration that it rests on.
pub(super) fn reason(steps: &[Step], config: &Config) -> String {
    let Some(step) = steps.last() else { return String::new() };
    let is_unknown_client =
        step.check == Check::ClientAuthentication && step.path == Some(Path::of("identity_providers.oidc.clients"));
    // What comes as an id may be a secret in the wrong field.
    let words = if is_unknown_client { "no client of the id that was sent is registered" } else { &*step.detail };
    let detail = format!("{}: {words}", step.check.name());
    match step.path.as_ref().filter(|_| !config.sources.is_empty()) {
        None => detail,
        Some(path) => {
            let span = config.locate(path).nearest;
            let source = config.sources.get(span.source);
            format!("{detail} ({}:{})", source.name(), source.position(span.start).line)
        }
    }
}
