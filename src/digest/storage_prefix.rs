//! Digests as other programs store them: `{CRYPT}$6$…`. The server's command line and its users' file read these; in
//! `client_secret` the same text is a plain secret.

/// The digest behind a storage prefix as `client_secret` must have it, or `None` where there is no prefix.
pub fn without_storage_prefix(text: &str) -> Option<String> {
    if let Some(digest) = text.strip_prefix("{CRYPT}").or_else(|| text.strip_prefix("{ARGON2}")) {
        return Some(digest.to_owned());
    }
    let (name, rest) = text.strip_prefix('{')?.split_once('}')?;
    let known = ["PBKDF2", "PBKDF2-SHA1", "PBKDF2-SHA224", "PBKDF2-SHA256", "PBKDF2-SHA384", "PBKDF2-SHA512"].contains(&name);
    (known && rest.starts_with(|digit: char| digit.is_ascii_digit())).then(|| format!("${}${rest}", name.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_become_identifiers() {
        assert_eq!(without_storage_prefix("{CRYPT}$6$salt$key").as_deref(), Some("$6$salt$key"));
        assert_eq!(without_storage_prefix("{ARGON2}$argon2id$x").as_deref(), Some("$argon2id$x"));
        assert_eq!(without_storage_prefix("{PBKDF2-SHA512}310000$a$b").as_deref(), Some("$pbkdf2-sha512$310000$a$b"));
        for text in ["$6$salt$key", "{PBKDF2}x", "{PBKDF2-MD5}1$a$b", "{SSHA}abc", "{", "plain"] {
            assert_eq!(without_storage_prefix(text), None, "{text}");
        }
    }
}
