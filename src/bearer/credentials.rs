//! What an authorization header of a proxy's request holds.

use base64ct::{Base64, Encoding as _};

/// The value of an `Authorization` or `Proxy-Authorization` header, as the server reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Credentials {
    /// It cannot be read; the server's reason.
    Malformed(String),
    /// A user's name and password. A client's id and secret are no user's.
    Basic,
    /// A token.
    Bearer(Token),
}

/// A token that somebody presents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Token {
    /// It was issued here.
    Known(KnownToken),
    /// It has the form of the server's opaque tokens and was never issued, or is gone.
    Unknown,
    /// It has not the form of the server's tokens, or is a signed one of another server.
    Foreign,
}

/// A token that was issued here, with what it was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownToken {
    /// The client that it was issued to.
    pub client: String,
    /// The scopes that it was given.
    pub scopes: Vec<String>,
    /// The audiences that it was given.
    pub audience: Vec<String>,
    /// The resources that it was given.
    pub resource: Vec<String>,
    /// The address of the portal that issued it, when it is a signed token; none when it is opaque.
    pub signed_by: Option<String>,
    /// Whether it is still good.
    pub state: TokenState,
}

/// Whether a token is still good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenState {
    /// It is.
    Active,
    /// Its time is over.
    Expired,
    /// It was revoked.
    Revoked,
}

impl Credentials {
    /// Reads a header. `issued` looks a token up among those that were issued here.
    pub fn read(header: &str, issued: impl FnOnce(&str) -> Option<KnownToken>) -> Credentials {
        let Some((scheme, value)) = header.split_once(' ') else {
            return Credentials::Malformed("invalid scheme: the scheme is missing".to_owned());
        };
        match scheme.to_lowercase().as_str() {
            "basic" => read_basic(value),
            "bearer" => read_bearer(value, issued),
            other => Credentials::Malformed(format!("invalid scheme: scheme with name '{other}' is unknown")),
        }
    }
}

fn read_basic(value: &str) -> Credentials {
    let malformed = |reason: &str| Credentials::Malformed(format!("invalid value: {reason}"));
    let Ok(decoded) = Base64::decode_vec(value) else {
        return malformed("failed to parse base64 basic scheme value");
    };
    let Some(colon) = decoded.iter().position(|byte| *byte == b':') else {
        return malformed("failed to find the username password separator in the decoded basic scheme value");
    };
    match (colon, decoded.len() - colon - 1) {
        (0, _) => malformed("failed to find the username in the decoded basic value as it was empty"),
        (_, 0) => malformed("failed to find the password in the decoded basic value as it was empty"),
        _ => Credentials::Basic,
    }
}

fn read_bearer(value: &str, issued: impl FnOnce(&str) -> Option<KnownToken>) -> Credentials {
    if value.is_empty() {
        return Credentials::Malformed("invalid value: bearer scheme value must not be empty".to_owned());
    }
    if !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.~+/=-".contains(&byte)) {
        let reason = "invalid value: bearer scheme value must only contain characters noted in RFC6750 2.1";
        return Credentials::Malformed(reason.to_owned());
    }
    let is_opaque = is_opaque_access_token(value);
    if !is_opaque && value.matches('.').count() != 2 {
        return Credentials::Bearer(Token::Foreign);
    }
    Credentials::Bearer(match issued(value) {
        Some(known) => Token::Known(known),
        None if is_opaque => Token::Unknown,
        None => Token::Foreign,
    })
}

/// Whether a text has the form of the server's opaque access tokens.
pub fn is_opaque_access_token(value: &str) -> bool {
    value.starts_with("authelia_at_") && value.matches('.').count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str) -> Credentials {
        Credentials::read(header, |_| None)
    }

    #[test]
    fn headers_are_read_as_the_server_reads_them() {
        assert_eq!(read("bearer authelia_at_a.b"), Credentials::Bearer(Token::Unknown));
        assert_eq!(read("BEARER authelia_at_a.b.c"), Credentials::Bearer(Token::Foreign));
        assert_eq!(read("Bearer abc"), Credentials::Bearer(Token::Foreign));
        assert_eq!(read("Basic YTpi"), Credentials::Basic);
        for malformed in
            ["Bearer", "Bearer ", "Bearer a b", "Bearer  a", "Digest a", "Basic YTo=", "Basic OmI=", "Basic YQ==", "Basic ?"]
        {
            assert!(matches!(read(malformed), Credentials::Malformed(_)), "{malformed}");
        }
    }

    #[test]
    fn only_what_looks_like_a_token_of_the_server_is_looked_up() {
        Credentials::read("Bearer abc", |_| unreachable!("a foreign value was looked up"));
        let mut asked = String::new();
        Credentials::read("Bearer a.b.c", |token| {
            asked = token.to_owned();
            None
        });
        assert_eq!(asked, "a.b.c");
    }
}
