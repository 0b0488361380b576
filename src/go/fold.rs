//! Comparison without regard to case, as Go's `strings.EqualFold` does it.

/// Whether two texts are equal under simple case folding.
pub fn equal_fold(left: &str, right: &str) -> bool {
    if left.is_ascii() && right.is_ascii() {
        return left.eq_ignore_ascii_case(right);
    }
    let (mut left, mut right) = (left.chars(), right.chars());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one == other || simple_fold(one) == simple_fold(other) => {}
            _ => return false,
        }
    }
}

/// Whether a text ends with a suffix without regard to case; lengths count in bytes, as the server counts them.
pub fn has_suffix_fold(text: &str, suffix: &str) -> bool {
    let Some(start) = text.len().checked_sub(suffix.len()) else { return false };
    text.get(start..).is_some_and(|end| equal_fold(end, suffix))
}

/// The text with every character replaced by one that stands for all its cases, to compare or look up.
pub fn folded(text: &str) -> String {
    text.chars().map(simple_fold).collect()
}

/// One representative of all characters that differ only in case. Foldings to more than one character are none to Go.
fn simple_fold(character: char) -> char {
    let upper = alone(character.to_uppercase()).unwrap_or(character);
    alone(upper.to_lowercase()).unwrap_or(upper)
}

/// The only character of a case mapping.
fn alone(mut mapped: impl Iterator<Item = char>) -> Option<char> {
    let first = mapped.next();
    first.filter(|_| mapped.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_single_characters_only() {
        assert!(equal_fold("APP.Example", "app.eXample"));
        assert!(equal_fold("ÉK\u{212a}", "ékk"));
        assert!(!equal_fold("ß", "ss"));
        assert!(!equal_fold("a", "ab"));
        assert!(has_suffix_fold("x.EXAMPLE.com", ".example.com"));
        assert!(!has_suffix_fold("m", ".com"));
    }
}
