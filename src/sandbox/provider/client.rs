//! What a request to the provider presents of a client.

use super::basic::Basic;
use crate::bearer::{BasicCredentials, ClientCredentials, Presented};
use crate::go::query::Query;
use crate::sandbox::asked::Asked;
use crate::secret::Secret;

/// A client's credentials as the decision engine wants them, with the secrets apart.
#[derive(Debug)]
pub(super) struct Presentation {
    /// Which credentials there are.
    pub credentials: ClientCredentials,
    basic: Option<Secret>,
    body: Option<Secret>,
}

impl Presentation {
    /// Gathers them from the header and the form.
    pub(super) fn read(asked: &Asked, form: &Query) -> Presentation {
        let (basic, basic_secret) = match Basic::read(asked.header("authorization")) {
            Basic::Absent => (BasicCredentials::Absent, None),
            Basic::Malformed => (BasicCredentials::Malformed("it holds no id and secret in Base64".to_owned()), None),
            Basic::Credentials { id, secret } => (BasicCredentials::Given { id, has_secret: !secret.is_empty() }, Some(secret)),
        };
        let body_secret = text(form, "client_secret").filter(|secret| !secret.is_empty());
        let credentials = ClientCredentials {
            basic,
            body_id: text(form, "client_id").filter(|id| !id.is_empty()),
            has_body_secret: body_secret.is_some(),
            has_assertion: ["client_assertion", "client_assertion_type"]
                .iter()
                .any(|name| form.get(name).is_some_and(|value| !value.is_empty())),
        };
        Presentation { credentials, basic: basic_secret, body: body_secret.map(Secret::new) }
    }

    /// One of the secrets, to be checked.
    pub(super) fn into_secret(self, which: Presented) -> Secret {
        let secret = match which {
            Presented::Basic => self.basic,
            Presented::Body => self.body,
        };
        secret.unwrap_or_else(|| Secret::new(String::new()))
    }
}

/// The first value of a parameter as text.
pub(super) fn text(form: &Query, name: &str) -> Option<String> {
    form.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// Every value of a parameter as text.
pub(super) fn texts(form: &Query, name: &str) -> Vec<String> {
    form.all(name).map(|value| String::from_utf8_lossy(value).into_owned()).collect()
}
