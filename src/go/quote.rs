//! Text in double quotes, as Go's `%q` prints it.

use std::fmt::Write as _;

/// The text between double quotes with what cannot be printed escaped.
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\x07' => quoted.push_str("\\a"),
            '\x08' => quoted.push_str("\\b"),
            '\x0c' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\x0b' => quoted.push_str("\\v"),
            '\0'..='\x1f' | '\x7f' => push_hex(&mut quoted, 'x', 2, character),
            '\u{80}'..='\u{a0}' | '\u{ad}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => push_hex(&mut quoted, 'u', 4, character),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

fn push_hex(quoted: &mut String, kind: char, width: usize, character: char) {
    // Writing to a string cannot fail.
    let _ = write!(quoted, "\\{kind}{:0width$x}", u32::from(character));
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn quotes_as_go_does() {
        assert_eq!(quote("a\"b\\c\n\x01\u{feff}é"), r#""a\"b\\c\n\x01\ufeffé""#);
    }
}
