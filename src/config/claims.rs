//! Claims policies and scopes of the administrator's own.

use super::Text;
use super::decode::Reader;

/// A claims policy.
#[derive(Debug, Default)]
pub struct ClaimsPolicy {
    /// Its name.
    pub name: Text,
    /// `id_token`
    pub id_token: Vec<Text>,
    /// `access_token`
    pub access_token: Vec<Text>,
    /// `id_token_audience_mode`
    pub id_token_audience_mode: Text,
    /// `custom_claims`, by key.
    pub custom_claims: Vec<CustomClaim>,
}

/// A claim that is made from an attribute of the user.
#[derive(Debug, Default)]
pub struct CustomClaim {
    /// The key under which it stands.
    pub key: Text,
    /// `name`; the key when absent.
    pub name: Text,
    /// `attribute`; the key when absent.
    pub attribute: Text,
}

/// A custom scope.
#[derive(Debug, Default)]
pub struct Scope {
    /// Its name.
    pub name: Text,
    /// `claims`
    pub claims: Vec<Text>,
}

impl ClaimsPolicy {
    pub(super) fn read(name: &str, reader: &Reader<'_>) -> ClaimsPolicy {
        let or_key = |text: Text, key: &str| if text.is_empty() { key.into() } else { text };
        ClaimsPolicy {
            name: name.into(),
            id_token: reader.texts("id_token"),
            access_token: reader.texts("access_token"),
            id_token_audience_mode: reader.text("id_token_audience_mode"),
            custom_claims: reader.named("custom_claims", |key, reader| CustomClaim {
                key: key.into(),
                name: or_key(reader.text("name"), key),
                attribute: or_key(reader.text("attribute"), key),
            }),
        }
    }
}
