//! Keys and certificates in PEM, read as Go's `encoding/pem` and `crypto/x509` do as far as the server's checks can tell.
//! Nothing of a private key is kept: its kind, its size, and the public part's fingerprint.

mod der;
mod natural;
mod pem;
mod rsa;
mod x509;

use std::fmt;

use base64ct::{Base64Url, Encoding};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::quote::quote;

/// What a text holds that the server reads as a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    /// Its kind.
    pub kind: Kind,
    /// Of its public part; none where that is not written or has no name in a JSON Web Key.
    pub fingerprint: Option<Fingerprint>,
    /// The members of its public part as JSON, those and in that order that RFC 7638 names; none where there is no fingerprint.
    pub public: Option<Box<str>>,
}

/// The kinds of keys that the server tells apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// RSA, with the size of its modulus in bits, rounded up to bytes as Go does.
    Rsa(Side, u32),
    /// ECDSA, with the size of its curve in bits: 224, 256, 384 or 521.
    Ec(Side, u32),
    /// Ed25519.
    Ed25519(Side),
    /// A key that Go reads and the server has no use for.
    Unusual(Side),
    /// No PEM but bytes in URL-safe base64: a key that both sides share, with its length in bytes.
    Shared(usize),
    /// A certificate, a request for one, or a revocation list.
    Certificate,
}

/// Which half of a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The half that signs.
    Private,
    /// The half that checks.
    Public,
}

/// The SHA-256 thumbprint of RFC 7638.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Fingerprint([u8; 32]);

/// Why a text is no key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyError {
    /// There is no PEM block, or it is damaged.
    NoPem,
    /// Something follows the PEM block.
    Trailing,
    /// The block is of a type that holds no key.
    UnknownBlock(String),
    /// The block's bytes are not what its type promises.
    Malformed(&'static str),
    /// It is something else than what is wanted here.
    Unsuitable(&'static str),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyError::NoPem => f.write_str("no PEM block was found, or it is damaged"),
            KeyError::Trailing => f.write_str("something follows the PEM block"),
            KeyError::UnknownBlock(kind) => write!(f, "unknown block type {}", quote(kind)),
            KeyError::Malformed(what) => write!(f, "the PEM block holds no readable {what}"),
            KeyError::Unsuitable(wanted) => write!(f, "the data is for another kind of key than {wanted}"),
        }
    }
}

impl std::error::Error for KeyError {}

impl Fingerprint {
    /// The key id that the server makes up for a key with this algorithm.
    pub fn key_id(&self, algorithm: &str) -> String {
        let [a, b, c, ..] = self.0;
        let short = format!("{a:02x}{b:02x}{c:02x}");
        if algorithm.is_empty() { short } else { format!("{short}-{}", algorithm.replace('+', ".").to_ascii_lowercase()) }
    }

    fn of(json: &str) -> Fingerprint {
        Fingerprint(Sha256::digest(json.as_bytes()).into())
    }
}

/// Reads `jwks[].key`: one PEM block, or a shared key in base64 on one line.
pub fn read_key(text: &str) -> Result<Key, KeyError> {
    read_pem(text).or_else(|error| {
        let bytes = if text.contains('\n') || text.starts_with("-----") { None } else { Base64Url::decode_vec(text).ok() };
        bytes.map(|bytes| Key::of(Kind::Shared(Zeroizing::new(bytes).len()), None)).ok_or(error)
    })
}

/// Reads the private key of a certificate.
pub fn read_private_key(text: &str) -> Result<Key, KeyError> {
    let key = read_pem(text)?;
    let private = matches!(
        key.kind,
        Kind::Rsa(Side::Private, _) | Kind::Ec(Side::Private, _) | Kind::Ed25519(Side::Private) | Kind::Unusual(Side::Private)
    );
    if private { Ok(key) } else { Err(KeyError::Unsuitable("a private key")) }
}

/// Reads `issuer_private_key`.
pub fn read_rsa_key(text: &str) -> Result<Key, KeyError> {
    let key = read_pem(text)?;
    if matches!(key.kind, Kind::Rsa(Side::Private, _)) { Ok(key) } else { Err(KeyError::Unsuitable("an RSA private key")) }
}

/// Reads a chain of certificates and answers the first one's key.
pub fn read_certificates(text: &str) -> Result<Key, KeyError> {
    let mut first = None;
    let mut rest = text;
    loop {
        let (block, after) = pem::decode(rest).filter(|(block, _)| !block.bytes.is_empty()).ok_or(KeyError::NoPem)?;
        if block.kind != "CERTIFICATE" {
            return Err(KeyError::UnknownBlock(block.kind.to_owned()));
        }
        let key = x509::certificate(&block.bytes).ok_or(KeyError::Malformed("certificate"))?;
        let first = first.get_or_insert(key);
        if after.is_empty() {
            return Ok(first.clone());
        }
        rest = after;
    }
}

fn read_pem(text: &str) -> Result<Key, KeyError> {
    let (block, rest) = pem::decode(text).ok_or(KeyError::NoPem)?;
    if !rest.is_empty() {
        return Err(KeyError::Trailing);
    }
    let holds = |key: Option<Key>, what| key.ok_or(KeyError::Malformed(what));
    let bytes = &block.bytes;
    match block.kind {
        "RSA PRIVATE KEY" => holds(rsa::private(bytes), "RSA private key"),
        "EC PRIVATE KEY" => holds(x509::ec_private(bytes, None), "EC private key"),
        "RSA PUBLIC KEY" => holds(rsa::public(bytes), "RSA public key"),
        "CERTIFICATE" => holds(x509::certificate(bytes).map(|_| Key::certificate()), "certificate"),
        "CERTIFICATE REQUEST" => holds(x509::signed(bytes).map(|_| Key::certificate()), "certificate request"),
        "X509 CRL" => holds(x509::signed(bytes).map(|_| Key::certificate()), "revocation list"),
        kind if kind.contains("PRIVATE KEY") => holds(x509::pkcs8(bytes), "private key"),
        kind if kind.contains("PUBLIC KEY") => holds(x509::public(bytes), "public key"),
        kind => Err(KeyError::UnknownBlock(kind.to_owned())),
    }
}

impl Key {
    fn certificate() -> Key {
        Key::of(Kind::Certificate, None)
    }

    fn of(kind: Kind, public: Option<String>) -> Key {
        Key { kind, fingerprint: public.as_deref().map(Fingerprint::of), public: public.map(String::into_boxed_str) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> String {
        std::fs::read_to_string(format!("{}/tests/fixtures/keys/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn kinds_and_sizes_are_told_apart() {
        use Side::{Private, Public};
        for (name, kind) in [
            ("rsa-1024.pem", Kind::Rsa(Private, 1024)),
            ("rsa-1024-pkcs1.pem", Kind::Rsa(Private, 1024)),
            ("rsa-1024-public.pem", Kind::Rsa(Public, 1024)),
            ("rsa-1024-public-pkcs1.pem", Kind::Rsa(Public, 1024)),
            ("p256.pem", Kind::Ec(Private, 256)),
            ("p256-sec1.pem", Kind::Ec(Private, 256)),
            ("p521-public.pem", Kind::Ec(Public, 521)),
            ("ed25519.pem", Kind::Ed25519(Private)),
            ("x25519.pem", Kind::Unusual(Private)),
            ("certificate.pem", Kind::Certificate),
        ] {
            assert_eq!(read_key(&fixture(name)).map(|key| key.kind), Ok(kind), "{name}");
        }
        assert_eq!(read_key("bm9wZQ==").unwrap().kind, Kind::Shared(4));
        assert_eq!(read_key("nope").unwrap().kind, Kind::Shared(3));
        assert_eq!(read_certificates(&fixture("certificate.pem")).unwrap().kind, Kind::Ec(Public, 256));
    }

    #[test]
    fn all_forms_of_one_key_have_one_fingerprint() {
        let print = |name: &str| read_key(&fixture(name)).unwrap().fingerprint.unwrap();
        assert_eq!(print("rsa-1024.pem"), print("rsa-1024-public-pkcs1.pem"));
        assert_eq!(print("p256.pem"), print("p256-sec1.pem"));
        assert_eq!(read_certificates(&fixture("certificate.pem")).unwrap().fingerprint, Some(print("p256.pem")));
        assert_ne!(print("p256.pem"), print("p521-public.pem"));
    }

    #[test]
    fn damage_is_an_error() {
        let good = fixture("rsa-1024-pkcs1.pem");
        assert_eq!(read_key("x y"), Err(KeyError::NoPem));
        assert_eq!(read_key(&good.replace("END RSA", "END DSA")), Err(KeyError::NoPem));
        assert_eq!(read_key(&format!("{good}\nx")), Err(KeyError::Trailing));
        assert_eq!(read_key(&good.replace("RSA PRIVATE", "EC PRIVATE")), Err(KeyError::Malformed("EC private key")));
        assert_eq!(read_key(&good.replace("RSA PRIVATE KEY", "SECRET")), Err(KeyError::UnknownBlock("SECRET".into())));
        // One letter of the modulus: no longer the product of the primes.
        let at = good.find('\n').unwrap() + 70;
        let letter = if &good[at..=at] == "A" { "B" } else { "A" };
        let damaged = format!("{}{letter}{}", &good[..at], &good[at + 1..]);
        assert_eq!(read_key(&damaged), Err(KeyError::Malformed("RSA private key")));
        assert_eq!(read_rsa_key(&fixture("p256.pem")), Err(KeyError::Unsuitable("an RSA private key")));
        assert_eq!(read_private_key(&fixture("p521-public.pem")), Err(KeyError::Unsuitable("a private key")));
    }

    #[test]
    fn every_prefix_is_read_or_refused() {
        let text = fixture("certificate.pem") + &fixture("rsa-1024.pem");
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let _ = (read_key(&text[..end]), read_certificates(&text[..end]));
        }
    }
}
