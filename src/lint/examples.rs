//! Configurations that the examples of several rules begin with. Macros, for an example is one text.

/// A monitor's client for one page, and the access rules that follow.
macro_rules! watched {
    ($rules:literal) => {
        concat!(
            r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
access_control:
  rules:",
            $rules
        )
    };
}

/// An endpoint that Traefik asks, with the strategies that follow.
macro_rules! forward_auth {
    ($strategies:literal) => {
        concat!(
            r"
server:
  endpoints:
    authz:
      forward-auth:
        implementation: 'ForwardAuth'
        authn_strategies:",
            $strategies
        )
    };
}

/// A monitor's client whose tokens live for a time.
macro_rules! token_lifespan {
    ($time:literal) => {
        concat!(
            r"
identity_providers:
  oidc:
    lifespans:
      custom:
        kuma:
          access_token: '",
            $time,
            r"'
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        lifespan: 'kuma'
"
        )
    };
}

pub(super) use {forward_auth, token_lifespan, watched};
