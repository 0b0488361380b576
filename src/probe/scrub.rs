//! Texts of servers, made fit to be kept: whatever secret they echo is blanked, and they are cut.

use zeroize::Zeroizing;

use crate::terminal::printable;

/// What must not be kept, in every form in which it goes over the wire.
pub(super) struct Scrub(Vec<Zeroizing<String>>);

/// Characters of a server's text that are kept.
const LONGEST: usize = 300;

/// Shorter texts are no secrets, and blanking them would blank every other word.
const SHORTEST: usize = 4;

impl Scrub {
    pub(super) fn new(forms: impl IntoIterator<Item = Zeroizing<String>>) -> Scrub {
        let mut forms: Vec<_> = forms.into_iter().filter(|form| form.len() >= SHORTEST).collect();
        // The longest first, so that no part of it is left when a shorter one is blanked inside it.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Scrub(forms)
    }

    /// The text without secrets and line breaks, cut at a length that a line can bear.
    pub(super) fn clean(&self, text: &str) -> String {
        let cleaned = self.0.iter().fold(text.to_owned(), |text, form| {
            if text.contains(form.as_str()) { text.replace(form.as_str(), "***") } else { text }
        });
        // A line break would let a server write lines of the report.
        let cleaned: String = cleaned.chars().map(printable).collect();
        match cleaned.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &cleaned[..end]),
            None => cleaned,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_secret_is_left_and_the_text_is_short() {
        let scrub = Scrub::new(["secret".to_owned(), "secret%21".to_owned(), "id".to_owned()].map(Zeroizing::new));
        assert_eq!(scrub.clean("id: secret%21 and secret"), "id: *** and ***");
        assert_eq!(scrub.clean("a\npass token\u{1b}[31m"), "a\u{fffd}pass token\u{fffd}[31m");
        assert_eq!(scrub.clean(&"é".repeat(400)).chars().count(), LONGEST + 1);
    }
}
