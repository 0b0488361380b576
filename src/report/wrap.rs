//! Sentences in lines of a given width.

pub(super) use crate::terminal::printable;

/// Breaks a text at blanks so that no line is wider than `width` characters unless a single word is. Line breaks of the text stay; other
/// control characters, which could steer a terminal, become U+FFFD.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            wrapped.push('\n');
        }
        wrap_line(line, width, &mut wrapped);
    }
    wrapped
}

fn wrap_line(line: &str, width: usize, wrapped: &mut String) {
    let mut column = 0;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.extend(word.chars().map(printable));
        column += length;
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn breaks_at_blanks_and_never_inside_a_word() {
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("a https://example.com/long b", 5), "a\nhttps://example.com/long\nb");
        assert_eq!(wrap("één twéé", 3), "één\ntwéé");
        assert_eq!(wrap("first\nsecond line", 80), "first\nsecond line");
        assert_eq!(wrap("", 10), "");
    }

    #[test]
    fn a_terminal_cannot_be_steered() {
        assert_eq!(wrap("a\u{1b}[31mb\u{202e}c", 80), "a\u{fffd}[31mb\u{fffd}c");
    }
}
