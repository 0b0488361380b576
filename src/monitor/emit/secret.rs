//! How an emitted text refers to the client secret.

use crate::secret::Secret;

/// Where the reader of an emitted text finds the secret.
#[derive(Debug)]
pub enum SecretReference {
    /// In an environment variable.
    Environment(String),
    /// In a file.
    File(String),
    /// In the text itself, because somebody asked for that.
    Inline(Secret),
}

/// The variable that is named where none was chosen.
pub const VARIABLE: &str = "AUTHKUMA_CLIENT_SECRET";
/// The file that is named where none was chosen.
pub const FILE: &str = "/run/secrets/authkuma_client_secret";

impl Default for SecretReference {
    fn default() -> SecretReference {
        SecretReference::Environment(VARIABLE.to_owned())
    }
}

impl SecretReference {
    /// The variable that holds it, or could.
    pub(super) fn variable(&self) -> &str {
        match self {
            SecretReference::Environment(name) => name,
            SecretReference::File(_) | SecretReference::Inline(_) => VARIABLE,
        }
    }

    /// The file that holds it, or could.
    pub(super) fn file(&self) -> &str {
        match self {
            SecretReference::File(path) => path,
            SecretReference::Environment(_) | SecretReference::Inline(_) => FILE,
        }
    }

    /// The secret where it was asked for, else what `refer` makes of this reference.
    pub(super) fn text_or(&self, refer: impl FnOnce(&SecretReference) -> String) -> String {
        match self {
            SecretReference::Inline(secret) => secret.expose().to_owned(),
            other => refer(other),
        }
    }
}
