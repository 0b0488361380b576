//! Why a value is not a digest the server can read, in the server's words and in ours.

use std::fmt;

/// A value the server refuses to read as a digest. Its `Display` is the reason the server gives. Never shows more of the value
/// than its scheme and the numbers among its parameters; what might be secret stands as `…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestError {
    /// The decoder that refused, by the server's name for it; `None` before one was chosen.
    pub(super) decoder: Option<&'static str>,
    pub(super) fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing to read, or no `$` at the start where one is needed.
    NoDelimiter,
    /// Fewer than two `$`.
    TooFewParts,
    /// No decoder has this identifier.
    UnknownIdentifier(Quoted),
    /// The number of parts is not that of the family.
    Parts,
    /// The decoder of the family does not know this identifier after all.
    ForeignIdentifier(Quoted),
    Version(u64),
    Iterations(Quoted, NumberFault),
    Option {
        name: Quoted,
        value: Quoted,
        signed: bool,
        fault: NumberFault,
    },
    UnknownOption {
        name: Quoted,
        value: Quoted,
    },
    NoOptions,
    NotAPair(Quoted),
    Setting,
    Salt(FieldFault),
    Key(FieldFault),
}

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberFault {
    Syntax,
    Range,
}

/// What is wrong with a salt or a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldFault {
    Base64(usize),
    Empty,
    Length { expected: usize, found: usize },
}

/// A part of the value that may be shown: no secret looks like it. An ellipsis stands for every other one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quoted(Option<String>);

impl DigestError {
    /// The reason in our words, for a person.
    pub fn explanation(&self) -> String {
        self.fault.to_string()
    }

    /// Whether no decoder has the identifier, as with `$1$` or `$base64$`.
    pub fn is_unknown_algorithm(&self) -> bool {
        matches!(self.fault, Fault::UnknownIdentifier(_))
    }
}

impl fmt::Display for DigestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(decoder) = self.decoder {
            write!(f, "{decoder} decode error: ")?;
            // The yescrypt decoder sits inside the one for scrypt, and both name themselves.
            if self.fault == Fault::Setting {
                write!(f, "{decoder} decode error: ")?;
            }
        }
        f.write_str(&self.fault.server_reason())
    }
}

impl std::error::Error for DigestError {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NoDelimiter => f.write_str("a digest begins with '$'"),
            Fault::TooFewParts => f.write_str("a digest has more than one '$'"),
            Fault::UnknownIdentifier(identifier) => {
                write!(f, "the server has no algorithm '{identifier}'")
            }
            Fault::ForeignIdentifier(identifier) => {
                write!(f, "the server knows the identifier '{identifier}' but refuses it")
            }
            Fault::Parts => f.write_str("a part is missing or one too many: has a '$' been lost?"),
            Fault::Version(version) => write!(f, "version {version} of argon2 instead of 19"),
            Fault::Iterations(text, NumberFault::Syntax) => {
                write!(f, "the iterations '{text}' are not a number")
            }
            Fault::Iterations(text, NumberFault::Range) => {
                write!(f, "the iterations '{text}' are too many to read")
            }
            Fault::Option { name, value, .. } => write!(f, "the parameter {name} cannot be '{value}'"),
            Fault::UnknownOption { name, .. } => write!(f, "there is no parameter '{name}'"),
            Fault::NoOptions => f.write_str("the parameters are empty"),
            Fault::NotAPair(pair) => write!(f, "the parameter '{pair}' has no '='"),
            Fault::Setting => f.write_str("the yescrypt setting is not 'j' and two characters"),
            Fault::Salt(fault) => write!(f, "the salt {fault}"),
            Fault::Key(fault) => write!(f, "the key {fault}"),
        }
    }
}

impl Fault {
    fn server_reason(&self) -> String {
        match self {
            Self::NoDelimiter => "provided encoded hash has an invalid format: the digest doesn't begin with the \
                                  delimiter '$' and is not one of the other understood formats"
                .to_owned(),
            Self::TooFewParts => "provided encoded hash has an invalid format: the digest doesn't have the minimum \
                                  number of parts for it to be considered an encoded digest"
                .to_owned(),
            Self::UnknownIdentifier(identifier) => format!(
                "provided encoded hash has an invalid identifier: the identifier '{identifier}' is unknown to the decoder"
            ),
            Self::Parts => "provided encoded hash has an invalid format".to_owned(),
            Self::ForeignIdentifier(identifier) => format!(
                "provided encoded hash has an invalid identifier: identifier '{identifier}' is not an encoded bcrypt \
                 digest"
            ),
            Self::Version(version) => format!(
                "provided encoded hash has an invalid version: version 19 is supported but encoded hash is version \
                 {version}"
            ),
            Self::Iterations(text, fault) => format!(
                "provided encoded hash has an invalid option value: iterations could not be parsed: strconv.Atoi: \
                 parsing \"{text}\": {}",
                fault.server_reason()
            ),
            Self::Option { name, value, signed, fault } => format!(
                "provided encoded hash has an invalid option value: option '{name}' has invalid value '{value}': \
                 strconv.{}: parsing \"{value}\": {}",
                if *signed { "Atoi" } else { "ParseUint" },
                fault.server_reason()
            ),
            Self::UnknownOption { name, value } => {
                format!("provided encoded hash has an invalid option key: option '{name}' with value '{value}' is unknown")
            }
            Self::NoOptions => "empty strings can't be decoded to parameters".to_owned(),
            Self::NotAPair(pair) => format!("parameter pair '{pair}' is not properly encoded: does not contain kv separator '='"),
            Self::Setting => "yescrypt: bad setting".to_owned(),
            Self::Salt(fault) => {
                format!("provided encoded hash has a salt value that can't be decoded: {}", fault.server_reason("salt"))
            }
            Self::Key(fault) => {
                format!("provided encoded hash has a key value that can't be decoded: {}", fault.server_reason("key"))
            }
        }
    }
}

impl NumberFault {
    fn server_reason(self) -> &'static str {
        match self {
            Self::Syntax => "invalid syntax",
            Self::Range => "value out of range",
        }
    }
}

impl FieldFault {
    fn server_reason(self, field: &str) -> String {
        match self {
            Self::Base64(at) => format!("illegal base64 data at input byte {at}"),
            Self::Empty => format!("{field} has 0 bytes"),
            Self::Length { expected, found: 0 } => {
                format!("{field} is expected to be {expected} bytes but it was empty")
            }
            Self::Length { expected, found } => {
                format!("{field} is expected to be {expected} bytes but it has {found} bytes")
            }
        }
    }
}

impl fmt::Display for FieldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base64(at) => write!(f, "is not in the base64 of this algorithm, see its byte {at}"),
            Self::Empty => f.write_str("is empty"),
            Self::Length { expected, found } => write!(f, "has {found} characters instead of {expected}"),
        }
    }
}

impl Quoted {
    /// Longest number that is shown.
    const LONGEST: usize = 12;

    /// A part of a value that begins like a digest: shown only if it is a number or the name of a parameter, for a secret may have
    /// been put in the place of either.
    pub(super) fn new(text: &str) -> Self {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.e".contains(&byte));
        let shown = is_number && text.len() <= Self::LONGEST || PARAMETERS.contains(&text);
        Self(shown.then(|| text.to_owned()))
    }

    /// An identifier no decoder has: shown only if it is the name of a scheme, for it may be the head of a secret that
    /// happens to begin with `$`.
    pub(super) fn identifier(text: &str) -> Self {
        let name = text.to_ascii_lowercase();
        Self(KNOWN_SCHEMES.contains(&&*name).then(|| text.to_owned()))
    }
}

/// Names of parameters, in any family of digests.
const PARAMETERS: [&str; 13] = ["c", "data", "i", "k", "keyid", "l", "ln", "m", "p", "r", "rounds", "t", "v"];

/// Schemes people paste that the server has no decoder for.
const KNOWN_SCHEMES: [&str; 34] = [
    "",
    "1",
    "2",
    "3",
    "7",
    "apr1",
    "argon2",
    "base64",
    "bcrypt",
    "gy",
    "md5",
    "pbkdf2_sha256",
    "pbkdf2_sha512",
    "pbkdf2-sha3",
    "pbkdf2-sha512_256",
    "plaintext",
    "scram",
    "sha1",
    "sha256",
    "sha512",
    "sm3",
    "ssha",
    "yescrypt",
    "pbkdf2-md5",
    "pbkdf2",
    "pbkdf2-sha1",
    "pbkdf2-sha224",
    "pbkdf2-sha256",
    "pbkdf2-sha384",
    "pbkdf2-sha512",
    "argon2d",
    "argon2i",
    "argon2id",
    "scrypt",
];

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("…"))
    }
}
