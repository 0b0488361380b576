//! Escapes of single characters, and characters written so that the `regex` crate takes them literally.

use std::fmt::Write as _;

use super::fault::{Fault, PatternError};

/// A class that matches nothing.
pub(super) const NOTHING: &str = "[a&&b]";

/// Reads an escape that stands for one character, at a backslash. The code may be a surrogate, which no text holds.
pub(super) fn escape(pattern: &str) -> Result<(u32, &str), PatternError> {
    let mut characters = pattern[1..].chars();
    let Some(first) = characters.next() else { return Err(PatternError::new(Fault::TrailingBackslash, "")) };
    let code = match first {
        '0'..='7' => {
            let rest = characters.as_str();
            let further = rest.bytes().take(2).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
            // A single digit would be a reference to a group.
            if first == '0' || further > 0 {
                characters = rest[further..].chars();
                Some(rest[..further].bytes().fold(u32::from(first) - 0x30, |code, digit| code * 8 + u32::from(digit - b'0')))
            } else {
                None
            }
        }
        'x' => hexadecimal(&mut characters),
        'a' => Some(0x07),
        'f' => Some(0x0c),
        'n' => Some(0x0a),
        'r' => Some(0x0d),
        't' => Some(0x09),
        'v' => Some(0x0b),
        other if other.is_ascii() && !other.is_ascii_alphanumeric() => Some(u32::from(other)),
        _ => None,
    };
    let rest = characters.as_str();
    match code {
        Some(code) => Ok((code, rest)),
        None => Err(PatternError::new(Fault::Escape, &pattern[..pattern.len() - rest.len()])),
    }
}

/// What follows `\x`: two digits, or any number of them in braces. Leaves the characters where Go stops reading.
fn hexadecimal(characters: &mut std::str::Chars<'_>) -> Option<u32> {
    let first = characters.next()?;
    if first != '{' {
        let second = characters.next();
        return Some(first.to_digit(16)? * 16 + second?.to_digit(16)?);
    }
    let mut code = None;
    loop {
        match characters.next()? {
            '}' => return code,
            digit => {
                let longer = code.unwrap_or(0) * 16 + digit.to_digit(16)?;
                code = Some(longer).filter(|code| *code <= u32::from(char::MAX));
                code?;
            }
        }
    }
}

/// Writes one character outside a class.
pub(super) fn write_character(code: u32, out: &mut String) {
    match char::from_u32(code) {
        Some(character) => write_literal(character, out),
        None => out.push_str(NOTHING),
    }
}

/// Writes a character so that it stands for itself, inside a class and outside.
pub(super) fn write_literal(character: char, out: &mut String) {
    if character.is_ascii_alphanumeric() || !character.is_ascii() {
        out.push(character);
    } else {
        write!(out, "\\x{:02X}", u32::from(character)).expect("writing to a string succeeds");
    }
}
