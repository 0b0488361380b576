//! Numbers and booleans as `strconv` reads and prints them.

use std::fmt;

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It is not written as one.
    InvalidSyntax,
    /// It has no room in 64 bits.
    OutOfRange,
}

/// Reads a boolean as `ParseBool` does.
pub fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

/// Reads an integer as `ParseInt` does with base 0: the prefix tells the base, and underscores may stand between digits.
pub fn parse_int(text: &str) -> Result<i64, NumberError> {
    let (negative, unsigned) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (base, digits, prefixed) = match unsigned.as_bytes() {
        [b'0', letter, _, ..] if matches!(letter | 0x20, b'x') => (16, &unsigned[2..], true),
        [b'0', letter, _, ..] if matches!(letter | 0x20, b'o') => (8, &unsigned[2..], true),
        [b'0', letter, _, ..] if matches!(letter | 0x20, b'b') => (2, &unsigned[2..], true),
        [b'0', ..] => (8, unsigned, false),
        _ => (10, unsigned, false),
    };
    let magnitude = magnitude(digits, base, prefixed);
    let limit = i64::MIN.unsigned_abs();
    match magnitude? {
        value if negative && value == limit => Ok(i64::MIN),
        value => i64::try_from(value).map(|value| if negative { -value } else { value }).map_err(|_| NumberError::OutOfRange),
    }
}

/// Reads digits of a base. An underscore stands between two digits, or between the prefix and a digit.
fn magnitude(digits: &str, base: u32, prefixed: bool) -> Result<u64, NumberError> {
    let mut value = Some(0_u64);
    let mut after_digit = prefixed;
    for character in digits.chars() {
        if character == '_' {
            if !std::mem::take(&mut after_digit) {
                return Err(NumberError::InvalidSyntax);
            }
            continue;
        }
        let digit = character.to_digit(base).ok_or(NumberError::InvalidSyntax)?;
        value = value.and_then(|value| value.checked_mul(u64::from(base))?.checked_add(u64::from(digit)));
        after_digit = true;
    }
    if digits.is_empty() || !after_digit {
        return Err(NumberError::InvalidSyntax);
    }
    value.ok_or(NumberError::OutOfRange)
}

/// Prints a number as `FormatFloat` does with format `f` and the fewest digits: never an exponent.
pub fn format_float(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        (if value > 0.0 { "+Inf" } else { "-Inf" }).to_owned()
    } else {
        value.to_string()
    }
}

/// Cuts a number down to an integer as Go does on amd64: what has no room is the smallest integer.
pub fn truncate(value: f64) -> i64 {
    // 2^63, the first value above the range.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if (-LIMIT..LIMIT).contains(&value) {
        #[allow(clippy::cast_possible_truncation, reason = "the value is in range")]
        return value as i64;
    }
    i64::MIN
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NumberError::InvalidSyntax => "invalid syntax",
            NumberError::OutOfRange => "value out of range",
        })
    }
}

impl std::error::Error for NumberError {}

#[cfg(test)]
mod tests {
    use super::NumberError::{InvalidSyntax, OutOfRange};
    use super::*;

    #[test]
    fn integers_are_read_by_their_prefix() {
        for (text, value) in [
            ("10", Ok(10)),
            ("-0x1F", Ok(-31)),
            ("+0b101", Ok(5)),
            ("0o17", Ok(15)),
            ("017", Ok(15)),
            ("0", Ok(0)),
            ("1_000", Ok(1000)),
            ("0x_1", Ok(1)),
            ("0_7", Ok(7)),
            ("-9223372036854775808", Ok(i64::MIN)),
            ("9223372036854775808", Err(OutOfRange)),
            ("99999999999999999999999", Err(OutOfRange)),
            ("1__0", Err(InvalidSyntax)),
            ("_1", Err(InvalidSyntax)),
            ("1_", Err(InvalidSyntax)),
            ("08", Err(InvalidSyntax)),
            ("0x", Err(InvalidSyntax)),
            ("", Err(InvalidSyntax)),
            ("-", Err(InvalidSyntax)),
            ("1.5", Err(InvalidSyntax)),
        ] {
            assert_eq!(parse_int(text), value, "{text}");
        }
    }

    #[test]
    fn floats_are_printed_without_exponent() {
        for (value, text) in
            [(1.0, "1"), (1.5, "1.5"), (-0.0, "-0"), (1e-7, "0.0000001"), (f64::INFINITY, "+Inf"), (f64::NAN, "NaN")]
        {
            assert_eq!(format_float(value), text);
        }
        assert_eq!(format_float(1e30), "1000000000000000000000000000000");
    }

    #[test]
    fn floats_out_of_range_become_the_smallest_integer() {
        for (value, integer) in
            [(1.9, 1), (-1.9, -1), (1e19, i64::MIN), (f64::NAN, i64::MIN), (-9_223_372_036_854_775_808.0, i64::MIN)]
        {
            assert_eq!(truncate(value), integer);
        }
    }

    #[test]
    fn booleans_have_twelve_spellings() {
        assert_eq!(parse_bool("T"), Some(true));
        assert_eq!(parse_bool("False"), Some(false));
        assert_eq!(parse_bool("yes"), None);
        assert_eq!(parse_bool("tRUE"), None);
    }
}
