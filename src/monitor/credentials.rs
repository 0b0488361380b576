//! How a monitor authenticates, and its client credentials when it does so by OAuth 2.0.

use crate::secret::Secret;

/// How a monitor authenticates.
#[derive(Debug)]
pub enum Authentication {
    /// Not at all.
    None,
    /// With a name and a password.
    Basic,
    /// With a token that never changes.
    Bearer,
    /// With NTLM.
    Ntlm,
    /// With a client certificate.
    MutualTls,
    /// With the OAuth 2.0 client-credentials grant.
    ClientCredentials(ClientCredentials),
    /// In a way that is not known.
    Other(String),
}

impl Authentication {
    /// What the form calls it.
    pub fn label(&self) -> &str {
        match self {
            Authentication::None => "None",
            Authentication::Basic => "HTTP Basic Auth",
            Authentication::Bearer => "Bearer Token",
            Authentication::Ntlm => "NTLM",
            Authentication::MutualTls => "mTLS",
            Authentication::ClientCredentials(_) => "OAuth2: Client Credentials",
            Authentication::Other(name) => name,
        }
    }
}

/// The fields of the form's section "OAuth2: Client Credentials". Empty text means that the field is empty.
#[derive(Debug)]
pub struct ClientCredentials {
    /// `OAuth Token URL`
    pub token_url: String,
    /// `Client ID`
    pub client_id: String,
    /// `Client Secret`; it is sent as it is, blanks included.
    pub client_secret: Secret,
    /// `OAuth Scope`
    pub scope: String,
    /// `OAuth Audience`; always empty in 1.23.
    pub audience: String,
    /// `Authentication Method`; none when it is empty or unknown, which fails before anything is sent.
    pub method: Option<EndpointMethod>,
}

/// How the client authenticates at the token endpoint.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EndpointMethod {
    /// In the `Authorization` header.
    Basic,
    /// In the body.
    Post,
}

impl EndpointMethod {
    /// Reads the registered name.
    pub fn read(name: &str) -> Option<EndpointMethod> {
        [EndpointMethod::Basic, EndpointMethod::Post].into_iter().find(|method| method.name() == name)
    }

    /// The registered name, which Authelia and Uptime Kuma share.
    pub const fn name(self) -> &'static str {
        match self {
            EndpointMethod::Basic => "client_secret_basic",
            EndpointMethod::Post => "client_secret_post",
        }
    }

    /// What Uptime Kuma's form calls it.
    pub const fn label(self) -> &'static str {
        match self {
            EndpointMethod::Basic => "Authorization Header",
            EndpointMethod::Post => "Form Data Body",
        }
    }
}
