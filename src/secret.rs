//! A secret's text: it hides itself, leaves no copy behind, and has one way out.

use std::fmt;

use zeroize::Zeroizing;

/// A secret that must not be shown. It has no `Display`, no `Clone` and no `Serialize`.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over; the memory is wiped when the secret is dropped.
    pub fn new(text: String) -> Secret {
        Secret(Zeroizing::new(text))
    }

    /// The text itself. A test lists the files that may call this.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_hides_the_text() {
        let secret = Secret::new("correct horse".to_owned());
        assert_eq!(format!("{secret:?}"), "Secret(***)");
        assert_eq!(secret.expose(), "correct horse");
    }
}
