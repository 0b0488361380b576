//! Whether a list of audiences covers a URL. Nothing is normalised: the texts are read as Go reads URLs, or compared as they are.

use std::sync::OnceLock;

use super::AudienceRule;
use crate::go::url::Url;

/// A list of audiences, read once.
#[derive(Clone, Debug, Default)]
pub(super) struct AudienceList(Vec<Entry>);

#[derive(Clone, Debug)]
struct Entry {
    text: Box<str>,
    /// None when Go cannot read it as a URL. Read when it is asked for, which exact comparison never does.
    url: OnceLock<Option<Box<Url>>>,
}

impl Entry {
    fn url(&self) -> Option<&Url> {
        self.url.get_or_init(|| Url::parse(&self.text).ok().map(Box::new)).as_deref()
    }
}

/// Whether something is covered, and by which entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Coverage {
    /// By the entry at this position.
    Entry(usize),
    /// By none.
    Nothing,
    /// The entry at this position is no URL, and the server reads no further.
    Unreadable(usize),
    /// What is to be covered is no URL itself.
    UnreadableNeedle,
}

impl AudienceRule {
    /// Whether a list of audiences covers a URL by this rule.
    pub fn admits<'t>(self, allowed: impl IntoIterator<Item = &'t str>, url: &str) -> bool {
        matches!(AudienceList::new(allowed).covers(url, self), Coverage::Entry(_))
    }
}

impl AudienceList {
    pub(super) fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> AudienceList {
        AudienceList(texts.into_iter().map(|text| Entry { text: text.into(), url: OnceLock::new() }).collect())
    }

    /// Whether the list covers an audience or a URL.
    pub(super) fn covers(&self, needle: &str, rule: AudienceRule) -> Coverage {
        match rule {
            AudienceRule::Exact => {
                self.0.iter().position(|entry| *entry.text == *needle).map_or(Coverage::Nothing, Coverage::Entry)
            }
            AudienceRule::Prefix { reads_all } => self.covers_by_prefix(needle, reads_all),
        }
    }

    fn covers_by_prefix(&self, needle: &str, reads_all: bool) -> Coverage {
        let Ok(needle) = Url::parse(needle) else { return Coverage::UnreadableNeedle };
        let mut found = None;
        for (position, entry) in self.0.iter().enumerate() {
            let Some(allowed) = entry.url() else { return Coverage::Unreadable(position) };
            if is_below(&needle, allowed) {
                found = found.or(Some(position));
                if !reads_all {
                    break;
                }
            }
        }
        found.map_or(Coverage::Nothing, Coverage::Entry)
    }

    /// Whether the list covers a resource: by prefix, entries that are no URL left aside.
    pub(super) fn covers_resource(&self, needle: &str) -> Coverage {
        let Ok(needle) = Url::parse(needle) else { return Coverage::UnreadableNeedle };
        let below = |entry: &Entry| entry.url().is_some_and(|allowed| is_below(&needle, allowed));
        self.0.iter().position(below).map_or(Coverage::Nothing, Coverage::Entry)
    }

    /// The entry at a position as it is written.
    pub(super) fn text(&self, position: usize) -> &str {
        self.0.get(position).map_or("", |entry| &entry.text)
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| &*entry.text)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The hosts that it names, without ports.
    pub(super) fn hosts(&self) -> impl Iterator<Item = String> {
        self.0.iter().filter_map(|entry| Some(entry.url()?.hostname().into_owned())).filter(|host| !host.is_empty())
    }
}

/// Whether scheme and host are equal and the path is the allowed one or below it by whole segments.
fn is_below(needle: &Url, allowed: &Url) -> bool {
    if needle.scheme != allowed.scheme || needle.host != allowed.host {
        return false;
    }
    let end = allowed.path.iter().rposition(|byte| *byte != b'/').map_or(0, |last| last + 1);
    let stem = &allowed.path[..end];
    let below = || needle.path.starts_with(stem) && needle.path.get(end) == Some(&b'/');
    needle.path == allowed.path || needle.path == stem || below()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PREFIX: AudienceRule = AudienceRule::Prefix { reads_all: false };

    fn covers(allowed: &[&str], needle: &str) -> bool {
        matches!(AudienceList::new(allowed.iter().copied()).covers(needle, PREFIX), Coverage::Entry(_))
    }

    #[test]
    fn prefixes_are_of_whole_segments_and_nothing_is_normalised() {
        for (allowed, needle, expected) in [
            ("https://a.b", "https://a.b/x?y=1", true),
            ("https://a.b/", "https://a.b", true),
            ("https://a.b/api", "https://a.b/api/x", true),
            ("https://a.b/api", "https://a.b/api%2Fx", true),
            ("https://a.b/api", "https://a.b/%61pi/x", true),
            ("https://a.b/api/", "https://a.b/api", true),
            ("https://a.b/api", "https://a.b/apix", false),
            ("https://a.b/api", "https://a.b/API", false),
            ("https://a.b/api", "https://a.b//api", false),
            ("https://a.b/api", "https://a.b/api/../admin", true),
            ("https://a.b", "https://A.b/", false),
            ("https://a.b", "https://a.b:443/", false),
            ("https://a.b:443", "https://a.b/", false),
            ("http://a.b", "https://a.b/", false),
            ("HTTPS://a.b", "https://a.b/", true),
            ("a.b", "https://a.b/", false),
            ("https://a.b.", "https://a.b/", false),
            ("https://u:p@a.b/?q#f", "https://a.b/x", true),
            ("https://a.b//", "https://a.b/x", true),
            ("https://a.b/ ", "https://a.b/", false),
            ("https://*.b", "https://a.b/", false),
            ("", "https://a.b/", false),
        ] {
            assert_eq!(covers(&[allowed], needle), expected, "{allowed} {needle}");
        }
    }

    #[test]
    fn an_entry_that_is_no_url_spoils_those_behind_it() {
        assert!(!covers(&["1:2", "https://a.b"], "https://a.b/"));
        assert!(covers(&["https://a.b", "1:2"], "https://a.b/"));
        let list = AudienceList::new(["https://a.b", "1:2"]);
        assert_eq!(list.covers("https://a.b/", AudienceRule::Prefix { reads_all: true }), Coverage::Unreadable(1));
        assert_eq!(AudienceList::new(["1:2", "https://a.b"]).covers_resource("https://a.b/x"), Coverage::Entry(1));
    }

    #[test]
    fn exact_is_exact() {
        let list = AudienceList::new(["https://a.b/", "https://a.b/api?x=1"]);
        assert_eq!(list.covers("https://a.b/", AudienceRule::Exact), Coverage::Entry(0));
        assert_eq!(list.covers("https://a.b/api?x=1", AudienceRule::Exact), Coverage::Entry(1));
        assert_eq!(list.covers("https://a.b", AudienceRule::Exact), Coverage::Nothing);
    }
}
