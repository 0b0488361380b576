//! Client authentication at the endpoints of the provider.

use super::client::{Client, ClientEndpoint};
use super::engine::Engine;
use super::refusal::Refusal;
use super::step::{Check, Step, Steps};
use crate::config::Path;

/// What a request presents to prove that it comes from a client. Secrets stay with the caller.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ClientCredentials {
    /// The `Authorization` header.
    pub basic: BasicCredentials,
    /// `client_id` of the form; none when absent or empty.
    pub body_id: Option<String>,
    /// Whether the form has a `client_secret` that is not empty.
    pub has_body_secret: bool,
    /// Whether the form has a `client_assertion`.
    pub has_assertion: bool,
}

/// What the `Authorization` header holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum BasicCredentials {
    /// There is none.
    #[default]
    Absent,
    /// It cannot be read as Basic credentials; the reason.
    Malformed(String),
    /// An id and a secret, both decoded as form values.
    Given {
        /// The id; may be empty.
        id: String,
        /// Whether the secret holds anything.
        has_secret: bool,
    },
}

/// Which of the presented secrets counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presented {
    /// The one of the `Authorization` header.
    Basic,
    /// The one of the form.
    Body,
}

impl ClientCredentials {
    /// What Uptime Kuma sends: id and secret in the `Authorization` header.
    pub fn basic(id: impl Into<String>) -> ClientCredentials {
        ClientCredentials { basic: BasicCredentials::Given { id: id.into(), has_secret: true }, ..ClientCredentials::default() }
    }

    /// What Uptime Kuma sends when it is told to use the form.
    pub fn body(id: impl Into<String>) -> ClientCredentials {
        ClientCredentials { body_id: Some(id.into()), has_body_secret: true, ..ClientCredentials::default() }
    }

    fn has_basic(&self) -> bool {
        matches!(self.basic, BasicCredentials::Given { has_secret: true, .. })
    }

    fn has_post(&self) -> bool {
        self.body_id.is_some() && self.has_body_secret
    }

    fn basic_id(&self) -> Option<&str> {
        match &self.basic {
            BasicCredentials::Given { id, .. } if !id.is_empty() => Some(id),
            _ => None,
        }
    }

    /// The method that the server sees in it.
    fn method(&self) -> &'static str {
        match (self.has_basic(), self.has_post()) {
            (true, _) => "client_secret_basic",
            (false, true) => "client_secret_post",
            (false, false) => "none",
        }
    }
}

impl Engine {
    /// The client that a request to an endpoint comes from, with the check. `verify` says whether the secret that counts is the client's;
    /// it is asked last.
    pub fn client_at(
        &self,
        endpoint: ClientEndpoint,
        credentials: &ClientCredentials,
        verify: &dyn Fn(&Client, Presented) -> bool,
    ) -> (Result<&Client, Refusal>, Vec<Step>) {
        let mut steps = Steps::default();
        let endpoint = if self.behaviour.has_endpoint_methods { endpoint } else { ClientEndpoint::Token };
        let client = self.authenticate(endpoint, credentials, verify, &mut steps);
        (client, steps.0)
    }

    /// The client that a request comes from.
    pub(super) fn authenticate(
        &self,
        endpoint: ClientEndpoint,
        credentials: &ClientCredentials,
        verify: &dyn Fn(&Client, Presented) -> bool,
        steps: &mut Steps,
    ) -> Result<&Client, Refusal> {
        let id = self.presented_id(credentials, steps)?;
        let Some(client) = self.client(id) else {
            let clients = Path::of("identity_providers.oidc.clients");
            steps.fail(Check::ClientAuthentication, Some(clients), format!("no client '{id}' is registered"));
            return Err(Refusal::unknown_client(id, self.behaviour.tells_credentials_apart));
        };
        self.check_method(client, endpoint, credentials, steps)?;
        if credentials.method() == "none" {
            let detail = format!("client '{}' is public and needs no secret", client.id);
            steps.pass(Check::ClientAuthentication, Some(client.path("public")), detail);
            return Ok(client);
        }
        let presented = if credentials.has_post() { Presented::Body } else { Presented::Basic };
        if !client.has_secret {
            let detail = format!("the client is registered without a secret, which '{}' needs", credentials.method());
            steps.fail(Check::ClientAuthentication, Some(client.path("client_secret")), detail);
            return Err(self.without_secret(client, endpoint, credentials.method()));
        }
        if !verify(client, presented) {
            let detail = "the secret is not the one that client_secret is the digest of";
            steps.fail(Check::ClientAuthentication, Some(client.path("client_secret")), detail);
            let text = "The provided client secret did not match the registered client secret.";
            return Err(Refusal::invalid_client().with_debug(text));
        }
        let detail = format!("client '{}' authenticates by '{}'", client.id, credentials.method());
        steps.pass(Check::ClientAuthentication, Some(client.path(&endpoint.option())), detail);
        Ok(client)
    }

    /// The client id that counts.
    fn presented_id<'c>(&self, credentials: &'c ClientCredentials, steps: &mut Steps) -> Result<&'c str, Refusal> {
        let tells_apart = self.behaviour.tells_credentials_apart;
        let mut refuse = |hint: &str, detail: &str| {
            steps.fail(Check::ClientAuthentication, None, detail);
            if tells_apart { Refusal::invalid_request().hint(hint) } else { Refusal::invalid_credentials().with_debug(hint) }
        };
        if let BasicCredentials::Malformed(reason) = &credentials.basic {
            let hint = "The client credentials in the HTTP authorization header could not be parsed. Either the scheme was missing, the scheme was invalid, or the value had malformed data.";
            return Err(refuse(hint, &format!("the Authorization header cannot be read as Basic credentials: {reason}")));
        }
        if credentials.has_assertion {
            return Err(refuse(
                "Unknown client_assertion_type ''.",
                "a client assertion is presented, which cannot be judged offline",
            ));
        }
        match (credentials.body_id.as_deref(), credentials.basic_id()) {
            (Some(body), Some(basic)) if body != basic && !tells_apart => {
                let hint = format!(
                    "The HTTP Basic Authorization header specified the 'client_id' value '{basic}' but the request body specified the 'client_id' value '{body}'. Per RFC 6749 Section 2.3 a client MUST NOT use more than one authentication method."
                );
                Err(refuse(&hint, "the header and the form name different clients"))
            }
            (Some(id), _) | (None, Some(id)) => Ok(id),
            (None, None) => Err(refuse("Client Credentials missing or malformed.", "the request names no client")),
        }
    }

    fn check_method(
        &self,
        client: &Client,
        endpoint: ClientEndpoint,
        credentials: &ClientCredentials,
        steps: &mut Steps,
    ) -> Result<(), Refusal> {
        let tells_apart = self.behaviour.tells_credentials_apart;
        let option = endpoint.option();
        let path = client.path(&option);
        if credentials.has_basic() && credentials.has_post() && !client.allows_several_methods {
            let detail = "a secret is presented in the Authorization header and in the form, which the client does not allow";
            steps.fail(Check::ClientAuthentication, Some(client.path("allow_multiple_auth_methods")), detail);
            let hint = "Client Authentication failed with more than one known authentication method included in the request which is not permitted.";
            let debug = format!(
                "The registered client with id '{}' and the authorization server policy does not permit this malformed request. The `{option}` methods determined to be used were 'client_secret_basic', 'client_secret_post'.",
                client.id
            );
            return Err(if tells_apart {
                Refusal::invalid_request().hint(hint).with_debug(debug)
            } else {
                Refusal::invalid_credentials().with_debug(format!("{hint} {debug}"))
            });
        }
        let method = credentials.method();
        let own = client.method(endpoint);
        if method != own {
            let detail = format!("the request uses '{method}' and the client is registered for '{own}'");
            steps.fail(Check::ClientAuthentication, Some(path), detail);
            return Err(self.other_method(client, endpoint, method));
        }
        if method == "none" && !client.is_public {
            steps.fail(Check::ClientAuthentication, Some(path), "the request presents no secret and the client is not public");
            let debug = format!(
                "The registered client with id '{}' is configured with a confidential client type but only client registrations with a public client type can use this '{option}'.",
                client.id
            );
            let hint = "The request was determined to be using 'none_endpoint_auth_method' method 'token', however the OAuth 2.0 client registration does not allow this method.";
            let refusal = if tells_apart { Refusal::invalid_client().hint(hint) } else { Refusal::invalid_credentials() };
            return Err(refusal.with_debug(debug));
        }
        Ok(())
    }

    fn other_method(&self, client: &Client, endpoint: ClientEndpoint, method: &str) -> Refusal {
        let (id, own, option) = (&client.id, client.method(endpoint), endpoint.option());
        let mend = format!(
            "Either the Authorization Server client registration will need to have the '{option}' updated to '{method}' or the Relying Party will need to be configured to use '{own}'."
        );
        let used = method_hint(endpoint, method);
        let only = format!("configured to only support '{option}' method '{own}'");
        if self.behaviour.tells_credentials_apart {
            let debug = format!("The registered client with id '{id}' is {only}. {mend}");
            return Refusal::invalid_client()
                .hint(format!("{used}, however the OAuth 2.0 client registration does not allow this method."))
                .with_debug(debug);
        }
        let debug = if method == "none" {
            format!("The registered client with id '{id}' is {only}, but the method 'none' was determined to be used. {mend}")
        } else {
            format!("{used}, however the registered client with id '{id}' is {only}. {mend}")
        };
        Refusal::invalid_credentials().with_debug(debug)
    }

    fn without_secret(&self, client: &Client, endpoint: ClientEndpoint, method: &str) -> Refusal {
        let (id, used) = (&client.id, method_hint(endpoint, method));
        if self.behaviour.tells_credentials_apart {
            let debug = format!(
                "The registered client with id '{id}' has no 'client_secret' however this is required to process the particular request."
            );
            return Refusal::invalid_client()
                .hint(format!("{used}, however the OAuth 2.0 client registration does not allow this method."))
                .with_debug(debug);
        }
        let debug = format!(
            "{used}, however the registered client with id '{id}' has no 'client_secret' which is required to process this method."
        );
        Refusal::invalid_credentials().with_debug(debug)
    }
}

fn method_hint(endpoint: ClientEndpoint, method: &str) -> String {
    format!("The request was determined to be using '{}' method '{method}'", endpoint.option())
}
