//! The base64 dialects of stored digests, read with the server's tolerance: line breaks are skipped and bits left over
//! at the end are not looked at, both of which the strict decoders of the `base64ct` crate refuse.

/// Standard order and `+/`: argon2 and scrypt.
pub(super) const STANDARD: Dialect = Dialect::new(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

/// Standard order with `.` for `+`: PBKDF2.
pub(super) const ADAPTED: Dialect = Dialect::new(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./");

/// The order of bcrypt.
pub(super) const BCRYPT: Dialect = Dialect::new(b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

/// The order of crypt(3), whose groups also have their low bits first: SHA-crypt and yescrypt.
pub(super) const CRYPT: Dialect = Dialect::new(b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

const NO_DIGIT: u8 = 0xff;

/// An alphabet of 64 digits, without padding.
pub(super) struct Dialect {
    digits: &'static [u8; 64],
    values: [u8; 256],
}

/// The byte where reading stopped, counted as the server counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct IllegalByte(pub(super) usize);

impl Dialect {
    const fn new(digits: &'static [u8; 64]) -> Self {
        let mut values = [NO_DIGIT; 256];
        let mut value = 0;
        while value < 64 {
            values[digits[value as usize] as usize] = value;
            value += 1;
        }
        Self { digits, values }
    }

    /// The value of one digit.
    pub(super) fn value(&self, digit: u8) -> Option<u8> {
        Some(self.values[usize::from(digit)]).filter(|&value| value != NO_DIGIT)
    }

    /// The digit for the low six bits of `value`.
    pub(super) fn digit(&self, value: u8) -> char {
        char::from(self.digits[usize::from(value & 0x3f)])
    }

    /// Bytes as digits, high bits first.
    pub(super) fn encode(&self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for group in bytes.chunks(3) {
            let byte = |i| u32::from(group.get(i).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for shift in [18, 12, 6, 0].into_iter().take(group.len() + 1) {
                text.push(self.digit(low_byte(bits >> shift)));
            }
        }
        text
    }

    /// Digits as bytes, high bits first.
    pub(super) fn decode(&self, text: &str) -> Result<Vec<u8>, IllegalByte> {
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
        let (mut bits, mut digits) = (0_u32, 0);
        for (at, byte) in text.bytes().enumerate() {
            match self.value(byte) {
                Some(value) => bits = bits << 6 | u32::from(value),
                None if byte == b'\n' || byte == b'\r' => continue,
                None => return Err(IllegalByte(at)),
            }
            digits += 1;
            if digits == 4 {
                bytes.extend([bits >> 16, bits >> 8, bits].map(low_byte));
                (bits, digits) = (0, 0);
            }
        }
        match digits {
            0 => {}
            2 => bytes.push(low_byte(bits >> 4)),
            3 => bytes.extend([bits >> 10, bits >> 2].map(low_byte)),
            // A single digit is not a whole byte.
            _ => return Err(IllegalByte(text.len() - 1)),
        }
        Ok(bytes)
    }

    /// Bytes as digits, low bits first.
    pub(super) fn encode_low_first(&self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for group in bytes.chunks(3) {
            let mut bits = group.iter().rev().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte));
            for _ in 0..=group.len() {
                text.push(self.digit(low_byte(bits)));
                bits >>= 6;
            }
        }
        text
    }

    /// Digits as bytes, low bits first. `None` for a foreign byte, a lone digit, or bits left over that are not zero.
    pub(super) fn decode_low_first(&self, text: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
        for group in text.as_bytes().chunks(4) {
            let mut bits = 0_u32;
            for &digit in group.iter().rev() {
                bits = bits << 6 | u32::from(self.value(digit)?);
            }
            let whole = group.len().checked_sub(1).filter(|&whole| whole > 0)?;
            for _ in 0..whole {
                bytes.push(low_byte(bits));
                bits >>= 8;
            }
            if bits != 0 {
                return None;
            }
        }
        Some(bytes)
    }
}

fn low_byte(bits: u32) -> u8 {
    bits.to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_answers() {
        assert_eq!(STANDARD.encode(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw");
        assert_eq!(ADAPTED.encode(&[0xfb, 0xff]), "./8");
        assert_eq!(STANDARD.encode(&[0xfb, 0xff]), "+/8");
        assert_eq!(CRYPT.encode_low_first(&[1, 2, 3]), "/6k.");
        assert_eq!(CRYPT.encode_low_first(&[0xff]), "z1");
        assert_eq!(BCRYPT.encode(&[0]), "..");
    }

    #[test]
    fn a_foreign_byte_is_named_by_its_place() {
        assert_eq!(ADAPTED.decode("AAAA+A"), Err(IllegalByte(4)));
        assert_eq!(STANDARD.decode("YQ=="), Err(IllegalByte(2)));
        assert_eq!(STANDARD.decode("é"), Err(IllegalByte(0)));
    }

    #[test]
    fn a_lone_digit_is_refused_where_it_stands() {
        assert_eq!(STANDARD.decode("AAAAA"), Err(IllegalByte(4)));
        assert_eq!(STANDARD.decode("A"), Err(IllegalByte(0)));
    }

    #[test]
    fn line_breaks_and_left_over_bits_are_passed_over() {
        assert_eq!(STANDARD.decode("Y\nQ\r\n").unwrap(), b"a");
        assert_eq!(STANDARD.decode("YR").unwrap(), b"a");
        assert_eq!(STANDARD.decode("\n").unwrap(), b"");
    }

    #[test]
    fn low_first_is_strict() {
        assert_eq!(CRYPT.decode_low_first(""), Some(Vec::new()));
        assert_eq!(CRYPT.decode_low_first("z1"), Some(vec![0xff]));
        assert_eq!(CRYPT.decode_low_first("z5"), None);
        assert_eq!(CRYPT.decode_low_first("z"), None);
        assert_eq!(CRYPT.decode_low_first("z1\n"), None);
    }

    proptest! {
        #[test]
        fn encoding_leads_back(bytes: Vec<u8>) {
            for dialect in [STANDARD, ADAPTED, BCRYPT] {
                prop_assert_eq!(dialect.decode(&dialect.encode(&bytes)).unwrap(), bytes.clone());
            }
            prop_assert_eq!(CRYPT.decode_low_first(&CRYPT.encode_low_first(&bytes)).unwrap(), bytes);
        }
    }
}
