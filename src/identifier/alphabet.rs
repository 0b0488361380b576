//! The sets of characters an identifier or a secret is drawn from, under the names the server's own generator uses.

use std::fmt;

macro_rules! letters {
    () => {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    };
}

/// A set of printable ASCII characters, none of them twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alphabet {
    /// Letters, digits and `-._~`: needs no escaping in a URL, a form or a Basic header. The default.
    #[default]
    Rfc3986,
    /// Letters, digits and every printable symbol but the space.
    Ascii,
    /// Letters and digits.
    Alphanumeric,
    /// Letters.
    Alphabetic,
    /// Digits.
    Numeric,
    /// Digits and `A` to `F`.
    NumericHex,
}

impl Alphabet {
    /// Every alphabet, the default first.
    pub const ALL: [Self; 6] =
        [Self::Rfc3986, Self::Ascii, Self::Alphanumeric, Self::Alphabetic, Self::Numeric, Self::NumericHex];

    /// The alphabet the server's command line knows by this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|alphabet| alphabet.name() == name)
    }

    /// The name the server's command line has for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rfc3986 => "rfc3986",
            Self::Ascii => "ascii",
            Self::Alphanumeric => "alphanumeric",
            Self::Alphabetic => "alphabetic",
            Self::Numeric => "numeric",
            Self::NumericHex => "numeric-hex",
        }
    }

    /// Its characters.
    pub const fn characters(self) -> &'static [u8] {
        match self {
            Self::Rfc3986 => concat!(letters!(), "0123456789", "-._~"),
            Self::Ascii => concat!(letters!(), "0123456789", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
            Self::Alphanumeric => concat!(letters!(), "0123456789"),
            Self::Alphabetic => letters!(),
            Self::Numeric => "0123456789",
            Self::NumericHex => "0123456789ABCDEF",
        }
        .as_bytes()
    }

    /// The entropy, in bits, of `length` characters drawn from it.
    pub fn entropy_bits(self, length: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "lengths and alphabet sizes are far below 2^52")]
        let (length, size) = (length as f64, self.characters().len() as f64);
        length * size.log2()
    }
}

impl fmt::Display for Alphabet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_the_servers() {
        let sizes = Alphabet::ALL.map(|alphabet| alphabet.characters().len());
        assert_eq!(sizes, [66, 94, 62, 52, 10, 16]);
    }

    #[test]
    fn no_character_stands_twice() {
        for alphabet in Alphabet::ALL {
            let mut characters = alphabet.characters().to_vec();
            characters.sort_unstable();
            characters.dedup();
            assert_eq!(characters.len(), alphabet.characters().len(), "{alphabet}");
            assert!(characters.iter().all(u8::is_ascii_graphic), "{alphabet}");
        }
    }

    #[test]
    fn names_lead_back() {
        for alphabet in Alphabet::ALL {
            assert_eq!(Alphabet::from_name(alphabet.name()), Some(alphabet));
        }
        assert_eq!(Alphabet::from_name("RFC3986"), None);
    }

    #[test]
    fn entropy_is_length_times_the_logarithm_of_the_size() {
        assert!((Alphabet::Rfc3986.entropy_bits(64) - 386.842).abs() < 0.001);
        assert!((Alphabet::NumericHex.entropy_bits(32) - 128.0).abs() < f64::EPSILON);
        assert!(Alphabet::Ascii.entropy_bits(0).abs() < f64::EPSILON);
    }
}
