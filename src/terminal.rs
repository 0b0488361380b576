//! What a terminal may be shown of a text that somebody else wrote.

/// The character, or U+FFFD in place of one that could steer a terminal.
pub fn printable(character: char) -> char {
    let steers = character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if steers { '\u{fffd}' } else { character }
}

/// The text without characters that could steer a terminal; its line breaks stay.
pub fn printable_lines(text: &str) -> String {
    text.chars().map(|character| if character == '\n' { character } else { printable(character) }).collect()
}

/// Whether the text, its line breaks aside, holds what could steer a terminal.
pub fn steers(text: &str) -> bool {
    text.chars().any(|character| character != '\n' && printable(character) != character)
}

/// The text on one line, without characters that could steer a terminal.
pub fn printable_line(text: &str) -> String {
    text.chars().map(printable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_directions_are_replaced_and_lines_stay() {
        assert_eq!(printable_lines("a\u{1b}[31m\u{9b}b\u{202e}\r\nc é"), "a\u{fffd}[31m\u{fffd}b\u{fffd}\u{fffd}\nc é");
    }
}
