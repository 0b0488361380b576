//! A rate limit that the server refuses.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-rate-limit",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A bucket of a rate limit has a period below ten seconds or no requests.",
    why: "The server refuses to start. The limit of `openid_connect_token` decides how often monitors behind one address \
          may fail before all of them see 429.",
    help: "give 'period' ten seconds or more and 'requests' at least 1",
    bad: r"
server:
  endpoints:
    rate_limits:
      openid_connect_token:
        buckets:
          - period: '5s'
            requests: 10
",
    good: r"
server:
  endpoints:
    rate_limits:
      openid_connect_token:
        buckets:
          - period: '1m'
            requests: 10
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoint-rate-limits/",
    check,
};

/// The limits that the server checks; it takes the others as they are.
const LIMITS: [&str; 8] = [
    "openid_connect_pushed_authorization_request",
    "openid_connect_token",
    "reset_password_start",
    "reset_password_finish",
    "second_factor_totp",
    "second_factor_duo",
    "session_elevation_start",
    "session_elevation_finish",
];

fn check(context: &mut Context<'_>) {
    for bucket in &context.config.server.rate_limits {
        if !LIMITS.contains(&&*bucket.limit) {
            continue;
        }
        let path = bucket.path();
        if bucket.period == 0 {
            context.flag(&path.key("period"), "the bucket has no period").emit();
        } else if bucket.period < 10_000_000_000 {
            context.flag(&path.key("period"), "the period is less than ten seconds").emit();
        }
        if bucket.requests <= 0 {
            context.flag(&path.key("requests"), format!("the bucket allows {} requests", bucket.requests)).emit();
        }
    }
}
