//! Texts of others, made fit to be kept: whatever secret they repeat is blanked.

pub mod wire;

use zeroize::Zeroizing;

use crate::terminal::printable;

/// What must not be kept, in every form in which it goes over the wire.
pub struct Scrub(Vec<Zeroizing<String>>);

/// Characters of a server's text that are kept.
const LONGEST: usize = 300;

/// Shorter texts are no secrets, and blanking them would blank every other word.
const SHORTEST: usize = 4;

impl Scrub {
    /// Blanks all of these.
    pub fn new(forms: impl IntoIterator<Item = Zeroizing<String>>) -> Scrub {
        let mut forms: Vec<_> = forms.into_iter().filter(|form| form.len() >= SHORTEST).collect();
        // The longest first, so that no part of it is left when a shorter one is blanked inside it.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Scrub(forms)
    }

    /// The text without secrets, those included that its URLs tell by themselves.
    pub fn blank(&self, text: &str) -> String {
        let blanked = self.0.iter().fold(text.to_owned(), |text, form| {
            if text.contains(form.as_str()) { text.replace(form.as_str(), "***") } else { text }
        });
        blank_urls(&blanked)
    }

    /// The text without secrets and line breaks, cut at a length that a line can bear.
    pub fn clean(&self, text: &str) -> String {
        // A line break would let a server write lines of the report.
        let cleaned: String = self.blank(text).chars().map(printable).collect();
        match cleaned.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &cleaned[..end]),
            None => cleaned,
        }
    }
}

/// What stands before a secret in a URL: Uptime Kuma's push token is a part of the path, others are values of the query.
const TELLING: [&str; 5] = ["/api/push/", "%2fapi%2fpush%2f", "secret=", "token=", "password="];

/// The text without the secrets that its URLs hold, whoever they belong to.
pub fn blank_urls(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut blanked = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = TELLING.iter().filter_map(|name| lower[at..].find(name).map(|found| at + found + name.len())).min() {
        let end = text[start..].find(ends_value).map_or(text.len(), |length| start + length);
        blanked.push_str(&text[at..start]);
        if end > start {
            blanked.push_str("***");
        }
        at = end;
    }
    blanked + &text[at..]
}

fn ends_value(character: char) -> bool {
    character.is_whitespace() || character.is_control() || "?#&\"'`<>()[]{}|,;\\".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn no_part_of_a_secret_is_left_and_the_text_is_short() {
        let scrub = Scrub::new(["secret".to_owned(), "secret%21".to_owned(), "id".to_owned()].map(Zeroizing::new));
        assert_eq!(scrub.clean("id: secret%21 and secret"), "id: *** and ***");
        assert_eq!(scrub.clean("a\npass token\u{1b}[31m"), "a\u{fffd}pass token\u{fffd}[31m");
        assert_eq!(scrub.clean(&"é".repeat(400)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn every_form_of_a_secret_is_blanked() {
        let scrub = Scrub::new(wire::forms("uptime kuma", &Secret::new("marker !%&".to_owned())));
        for form in [
            "marker !%&",
            "marker%20!%25%26",
            "marker+!%25%26",
            "dXB0aW1lK2t1bWE6bWFya2VyKyElMjUlMjY=",
            "dXB0aW1lIGt1bWE6bWFya2VyICElJg==",
            "marker%20%21%25%26",
            "marker+%21%25%26",
        ] {
            assert_eq!(scrub.blank(&format!("a {form} b")), "a *** b");
        }
        // "x:marker !%&;", "xy:marker !%&;" and "xyz:marker !%&;": with another name than the client's, and more behind it.
        for (form, blanked) in [
            ("eDptYXJrZXIgISUmOw==", "eDp***Ow=="),
            ("eHk6bWFya2VyICElJjs=", "eHk6***js="),
            ("eHl6Om1hcmtlciAhJSY7", "eHl6Om***Y7"),
        ] {
            assert_eq!(scrub.blank(form), blanked);
        }
        let lower = Scrub::new(wire::forms("", &Secret::new("a/marker".to_owned())));
        assert_eq!(lower.blank("a%2fmarker a%2Fmarker"), "*** ***");
        assert_eq!(Scrub::new(wire::forms("uptime-kuma", &Secret::new(String::new()))).blank("uptime-kuma:"), "uptime-kuma:");
    }

    #[test]
    fn what_a_url_tells_by_itself_is_blanked() {
        for (text, blanked) in [
            ("GET https://a/api/push/marker?status=up failed", "GET https://a/api/push/***?status=up failed"),
            ("'https://a/API/Push/marker'", "'https://a/API/Push/***'"),
            ("https%3A%2F%2Fa%2Fapi%2Fpush%2Fmarker&x", "https%3A%2F%2Fa%2Fapi%2Fpush%2F***&x"),
            ("https://a/?client_secret=marker&b=c#d", "https://a/?client_secret=***&b=c#d"),
            ("access_token=marker token=märker", "access_token=*** token=***"),
            ("https://a/?token=token=marker", "https://a/?token=***"),
            ("é /api/push/", "é /api/push/"),
            ("no secret here", "no secret here"),
        ] {
            assert_eq!(blank_urls(text), blanked);
        }
    }
}
