//! Lists of values in sentences.

/// `'a'`, `'a' or 'b'`, `'a', 'b', or 'c'`.
pub(super) fn any_of<T: AsRef<str>>(values: &[T]) -> String {
    join(values, "or")
}

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`.
pub(super) fn all_of<T: AsRef<str>>(values: &[T]) -> String {
    join(values, "and")
}

fn join<T: AsRef<str>>(values: &[T], word: &str) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("'{}'", value.as_ref())).collect();
    match quoted.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [one, two] => format!("{one} {word} {two}"),
        [rest @ .., last] => format!("{}, {word} {last}", rest.join(", ")),
    }
}

/// The values that are not among the allowed ones, in order.
pub(super) fn outside<'a, T: AsRef<str>>(values: &'a [T], allowed: &[&str]) -> Vec<&'a str> {
    values.iter().map(AsRef::as_ref).filter(|value| !allowed.contains(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(any_of(&["a"]), "'a'");
        assert_eq!(all_of(&["a", "b"]), "'a' and 'b'");
        assert_eq!(any_of(&["a", "b", "c"]), "'a', 'b', or 'c'");
        assert_eq!(outside(&["a", "b"], &["b"]), ["a"]);
    }
}
