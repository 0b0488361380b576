//! The base64 of stored PBKDF2 digests, read with the server's tolerance: line breaks are skipped and bits left over at the
//! end are not looked at, both of which strict decoders refuse.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./";

/// The byte where reading stopped, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct IllegalByte(pub(super) usize);

/// Bytes in the adapted alphabet (`.` for `+`), without padding.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for shift in [18, 12, 6, 0].into_iter().take(group.len() + 1) {
            text.push(char::from(DIGITS[(bits >> shift) as usize & 0x3f]));
        }
    }
    text
}

/// The bytes that a text in the adapted alphabet stands for.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, IllegalByte> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut digits) = (0_u32, 0);
    for (at, byte) in text.bytes().enumerate() {
        match (0_u32..).zip(DIGITS).find(|(_, digit)| **digit == byte) {
            Some((value, _)) => bits = bits << 6 | value,
            None if byte == b'\n' || byte == b'\r' => continue,
            None => return Err(IllegalByte(at)),
        }
        digits += 1;
        if digits == 4 {
            bytes.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, digits) = (0, 0);
        }
    }
    match digits {
        0 => {}
        2 => bytes.push((bits >> 4).to_le_bytes()[0]),
        3 => bytes.extend([(bits >> 10).to_le_bytes()[0], (bits >> 2).to_le_bytes()[0]]),
        // A single digit is not a whole byte.
        _ => return Err(IllegalByte(text.len() - 1)),
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers_lead_back() {
        assert_eq!(encode(&[0xfb, 0xff]), "./8");
        assert_eq!(decode("./8").unwrap(), [0xfb, 0xff]);
        for length in 0..70_u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37)).collect();
            assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
        }
    }

    #[test]
    fn a_foreign_byte_is_named_by_its_place() {
        assert_eq!(decode("AAAA+A"), Err(IllegalByte(4)));
        assert_eq!(decode("YQ=="), Err(IllegalByte(2)));
        assert_eq!(decode("AAAAA"), Err(IllegalByte(4)));
        assert_eq!(decode("Y\nQ\r\n").unwrap(), b"a");
    }
}
