//! Configurations of any size.

#![allow(dead_code, reason = "each bench takes what it needs")]

use std::fmt::Write as _;

/// A digest up to the last characters of its key, which the client's number takes.
const DIGEST: &str =
    "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziz";

/// What the clients and rules need besides to be asked about.
pub(crate) const SERVED: &str = "\
server:
  endpoints:
    authz:
      forward-auth:
        implementation: 'ForwardAuth'
        authn_strategies: [{name: 'HeaderAuthorization', schemes: ['Bearer']}]
session:
  cookies:
    - {domain: 'example.com', authelia_url: 'https://auth.example.com'}
";

/// As many clients as access rules; every tenth client and rule has a fault, so that the reports have work too.
pub(crate) fn of(size: usize) -> String {
    written(size, |at, fault| at % 10 == fault)
}

/// As many clients as access rules, all of which fit together.
pub(crate) fn sound(size: usize) -> String {
    written(size, |_, _| false)
}

const UNKNOWN_POLICY: usize = 0;
const NO_AUDIENCE: usize = 5;

fn written(size: usize, has: impl Fn(usize, usize) -> bool) -> String {
    let mut text = String::from(
        "# One client and one access rule for each application.\naccess_control:\n  default_policy: 'deny'\n  rules:\n",
    );
    for at in 0..size {
        let policy = if has(at, UNKNOWN_POLICY) { "One_Factor" } else { "one_factor" };
        let _ = write!(
            text,
            "    - domain: 'app-{at}.example.com'\n      policy: '{policy}'\n      subject: 'oauth2:client:kuma-{at}'\n      \
             resources: ['^/(\\?.*)?$']\n"
        );
    }
    text.push_str("identity_providers:\n  oidc:\n    clients:\n");
    for at in 0..size {
        let audience =
            if has(at, NO_AUDIENCE) { String::new() } else { format!("        audience: ['https://app-{at}.example.com/']\n") };
        let _ = write!(
            text,
            "      - client_id: 'kuma-{at}'\n        client_name: 'Monitor of application {at}'\n        client_secret: '{DIGEST}{at:08}'\n\
             {audience}        scopes: ['authelia.bearer.authz']\n        grant_types: ['client_credentials']\n        \
             requested_audience_mode: 'implicit'\n        token_endpoint_auth_method: 'client_secret_basic'\n"
        );
    }
    text
}
