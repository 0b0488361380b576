//! Refusals of the token endpoint, in the server's own words.

/// An OAuth 2.0 error as the token endpoint answers it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The error code.
    pub error: &'static str,
    /// What the code means.
    text: &'static str,
    /// What it is about this time.
    hint: String,
    /// What only an administrator is told.
    debug: String,
}

const PARAMETERS: &str = "Make sure that the various parameters are correct, be aware of case sensitivity and trim your parameters. Make sure that the client you are using has exactly whitelisted the redirect_uri you specified.";
const TARGET: &str = "Ensure the requested resource is an absolute URI without a fragment component that identifies a resource server known to the authorization server and that it is permitted for this client.";
const CREDENTIALS: &str = "The required credentials were not found, used an unknown method, could not be parsed, were otherwise malformed, or were otherwise incorrect.";

impl Refusal {
    /// `error_description`. Debug messages are sent when the provider is configured to.
    pub fn description(&self, with_debug: bool) -> String {
        let mut description = self.text.to_owned();
        let debug = if with_debug { self.debug.as_str() } else { "" };
        for part in [&*self.hint, debug] {
            if !part.is_empty() {
                description.push(' ');
                description.push_str(part);
            }
        }
        description.replace('"', "'")
    }

    /// What the server's log says beyond the description; empty when there is nothing.
    pub fn debug(&self) -> &str {
        &self.debug
    }

    /// `invalid_request` that says nothing particular.
    pub fn invalid_request() -> Refusal {
        let text = "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.";
        Refusal { status: 400, error: "invalid_request", text, hint: PARAMETERS.to_owned(), debug: String::new() }
    }

    /// A request without a body that is a form.
    pub fn empty_body() -> Refusal {
        Refusal::invalid_request().hint("The POST body can not be empty.")
    }

    /// A body that is said to be a form and cannot be read.
    pub fn unreadable_body() -> Refusal {
        let hint = "Unable to parse HTTP body, make sure to send a properly formatted form request body.";
        Refusal::invalid_request().hint(hint)
    }

    /// Whoever asks the introspection endpoint may not.
    pub fn unauthorized_request(hint: &str) -> Refusal {
        let text = "The request could not be authorized.";
        Refusal { status: 401, error: "request_unauthorized", text, hint: hint.to_owned(), debug: String::new() }
    }

    /// A token is given up by another client than its own.
    pub fn token_of_another_client() -> Refusal {
        let hint = "Make sure that client id and secret are correctly specified and that the client exists.";
        Refusal::unauthorized_client("").hint(hint)
    }

    /// The error without what it is about this time, which is all that the revocation endpoint tells.
    #[must_use]
    pub fn without_particulars(self) -> Refusal {
        if self.error == "invalid_client" { Refusal::invalid_client() } else { Refusal::invalid_request() }
    }

    /// The token endpoint is not asked by the address of a portal.
    pub(super) fn issuer() -> Refusal {
        Refusal::invalid_request().with_debug("Error occurred determining the effective issuer for this request. Either the server has not been setup to handle these requests, or a failure occurred looking up details for this request.")
    }

    /// The same, in the two releases that took it for a fault of their own.
    pub(super) fn issuer_as_server_error() -> Refusal {
        let text = "The authorization server encountered an unexpected condition that prevented it from fulfilling the request.";
        let hint = "Error occurred determining issuer".to_owned();
        Refusal { status: 500, error: "server_error", text, hint, debug: String::new() }
    }

    /// Client authentication failed.
    pub(super) fn invalid_client() -> Refusal {
        let text = "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).";
        Refusal { status: 401, error: "invalid_client", text, hint: String::new(), debug: String::new() }
    }

    /// Client authentication failed and nothing is said of the reason.
    pub(super) fn invalid_credentials() -> Refusal {
        Refusal::invalid_client().hint(CREDENTIALS)
    }

    pub(super) fn unknown_client(id: &str, tells_apart: bool) -> Refusal {
        let inner =
            Refusal::invalid_client().with_debug(format!("Client with id '{id}' does not appear to be a registered client."));
        let outer = if tells_apart { Refusal::invalid_client() } else { Refusal::invalid_credentials() };
        outer.with_debug(inner.description(true))
    }

    pub(super) fn grant_of_public_client() -> Refusal {
        let text = "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.";
        let hint =
            "The OAuth 2.0 Client is marked as public and is thus not allowed to use authorization grant 'client_credentials'.";
        Refusal { status: 400, error: "invalid_grant", text, hint: hint.to_owned(), debug: String::new() }
    }

    /// A code or a refresh token that nothing is known of.
    pub(super) fn invalid_grant() -> Refusal {
        Refusal { hint: String::new(), ..Refusal::grant_of_public_client() }
    }

    pub(super) fn unauthorized_client(grant: &str) -> Refusal {
        let text = "The client is not authorized to request a token using this method.";
        let hint = format!("The OAuth 2.0 Client is not allowed to use authorization grant '{grant}'.");
        Refusal { status: 400, error: "unauthorized_client", text, hint, debug: String::new() }
    }

    pub(super) fn invalid_scope(hint: String, debug: String) -> Refusal {
        let text = "The requested scope is invalid, unknown, or malformed.";
        Refusal { status: 400, error: "invalid_scope", text, hint, debug }
    }

    pub(super) fn invalid_target(debug: String) -> Refusal {
        let text = "The requested resource is invalid, missing, unknown, or malformed.";
        Refusal { status: 400, error: "invalid_target", text, hint: TARGET.to_owned(), debug }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Refusal {
        Refusal { hint: hint.into(), ..self }
    }

    pub(super) fn with_debug(self, debug: impl Into<String>) -> Refusal {
        Refusal { debug: debug.into(), ..self }
    }
}
