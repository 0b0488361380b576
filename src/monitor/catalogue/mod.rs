//! Every message that Uptime Kuma 1.23.17 and 2.5.3 were seen to show for a monitor with client credentials, and what it means.

mod application;
mod token;

use serde::Serialize;

/// Where on its way a check came to an end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Before the page was asked for: a setting is missing or does not read.
    Settings,
    /// At the token endpoint.
    Token,
    /// At the application, or at the proxy in front of it.
    Application,
    /// Nowhere: the monitor is up.
    Up,
}

/// One kind of message.
#[derive(PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its name, which stays the same for good.
    pub id: &'static str,
    /// Where it comes from.
    pub stage: Stage,
    /// What is wrong, as sentences.
    pub cause: &'static str,
    /// What to do about it, as sentences.
    pub fix: &'static str,
    /// How the message looks.
    shape: Shape,
    /// What stands right before the part that it names; empty when it names nothing.
    named_after: &'static str,
}

#[derive(PartialEq, Eq, Debug)]
enum Shape {
    /// Nothing at all.
    Empty,
    /// Exactly this.
    Is(&'static str),
    /// One of these stands first.
    Starts(&'static [&'static str]),
    /// One of the first stands first, and one of the second follows.
    Holds(&'static [&'static str], &'static [&'static str]),
}

/// The first entry that a message fits. `of_token` says that it came with the prefix of the token request.
pub(super) fn find(text: &str, of_token: bool) -> Option<&'static Entry> {
    let rest = if of_token { token::ANSWERS } else { application::ENTRIES };
    token::OAUTH_ERRORS.iter().chain(rest).find(|entry| entry.shape.fits(text))
}

/// Every entry: first the token request's, then the application's.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    token::OAUTH_ERRORS.iter().chain(token::ANSWERS).chain(application::ENTRIES)
}

impl Entry {
    /// The part of a message that this entry is about, up to the next quote or blank.
    pub(super) fn named_in<'a>(&self, text: &'a str) -> Option<&'a str> {
        if self.named_after.is_empty() {
            return None;
        }
        let (_, rest) = text.split_once(self.named_after)?;
        rest.split(['\'', ' ', ')']).next().filter(|name| !name.is_empty())
    }
}

impl Shape {
    fn fits(&self, text: &str) -> bool {
        let starts = |heads: &[&str]| heads.iter().any(|head| text.starts_with(head));
        match self {
            Shape::Empty => text.is_empty(),
            Shape::Is(whole) => text == *whole,
            Shape::Starts(heads) => starts(heads),
            Shape::Holds(heads, parts) => starts(heads) && parts.iter().any(|part| text.contains(part)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_sentences_end() {
        let mut seen = std::collections::HashSet::new();
        for entry in all() {
            assert!(seen.insert(entry.id), "{} stands twice", entry.id);
            assert!(entry.cause.ends_with('.') && entry.fix.ends_with('.'), "{}", entry.id);
        }
    }
}
