//! Numbers and `name=value` lists inside a digest, read as the server reads them.

use super::error::{Fault, NumberFault, Quoted};

/// A signed decimal number of 64 bits: a sign is allowed, leading zeros are, nothing else is.
pub(super) fn signed(text: &str) -> Result<i64, NumberFault> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = i128::from(unsigned(digits, u64::MAX)?);
    i64::try_from(if negative { -magnitude } else { magnitude }).map_err(|_| NumberFault::Range)
}

/// An unsigned decimal number up to `largest`: digits only. A number that grows too large is refused where it does,
/// before the rest is looked at.
pub(super) fn unsigned(text: &str, largest: u64) -> Result<u64, NumberFault> {
    if text.is_empty() {
        return Err(NumberFault::Syntax);
    }
    text.bytes().try_fold(0_u64, |number, byte| {
        if !byte.is_ascii_digit() {
            return Err(NumberFault::Syntax);
        }
        number
            .checked_mul(10)
            .and_then(|number| number.checked_add(u64::from(byte - b'0')))
            .filter(|&number| number <= largest)
            .ok_or(NumberFault::Range)
    })
}

/// The `name=value` pairs between commas.
pub(super) fn pairs(text: &str) -> Result<Vec<(&str, &str)>, Fault> {
    if text.is_empty() {
        return Err(Fault::NoOptions);
    }
    text.split(',').map(|pair| pair.split_once('=').ok_or_else(|| Fault::NotAPair(Quoted::new(pair)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_leading_zeros() {
        assert_eq!(signed("0310000"), Ok(310_000));
        assert_eq!(signed("+5"), Ok(5));
        assert_eq!(signed("-5"), Ok(-5));
        assert_eq!(signed("-9223372036854775808"), Ok(i64::MIN));
        assert_eq!(signed("9223372036854775808"), Err(NumberFault::Range));
        for text in ["", "-", "+", "--1", "3.1e5", "1_000", " 1", "1 ", "٣"] {
            assert_eq!(signed(text), Err(NumberFault::Syntax), "{text:?}");
        }
    }

    #[test]
    fn unsigned_stops_where_it_grows_too_large() {
        assert_eq!(unsigned("255", 255), Ok(255));
        assert_eq!(unsigned("256", 255), Err(NumberFault::Range));
        assert_eq!(unsigned("999x", 255), Err(NumberFault::Range));
        assert_eq!(unsigned("25x", 255), Err(NumberFault::Syntax));
        assert_eq!(unsigned("+1", 255), Err(NumberFault::Syntax));
        assert_eq!(unsigned("99999999999999999999", u64::MAX), Err(NumberFault::Range));
    }

    #[test]
    fn a_pair_needs_its_sign() {
        assert_eq!(pairs("m=1,t=,=x=y").unwrap(), [("m", "1"), ("t", ""), ("", "x=y")]);
        assert_eq!(pairs(""), Err(Fault::NoOptions));
        assert_eq!(pairs("m=1,"), Err(Fault::NotAPair(Quoted::new(""))));
    }
}
