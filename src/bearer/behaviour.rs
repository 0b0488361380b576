//! Everything in which the releases differ, in one table.

use super::Target;

/// How a token's audience, or a requested one, is held against a list of allowed ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AudienceRule {
    /// Scheme and host equal, path equal or below by whole segments.
    Prefix {
        /// Whether entries behind the one that matches are read too, so that one that is no URL still spoils the list.
        reads_all: bool,
    },
    /// The same text.
    Exact,
}

/// What the `resource` parameter of RFC 8707 does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResourceRule {
    /// Nothing.
    Ignored,
    /// The same as `audience`, which must not come with it.
    IsAudience,
    /// It is a list of its own, compared by prefix, which the authz endpoints leave aside.
    Apart,
    /// It is a list of its own, compared by prefix, which covers URLs at the authz endpoints too.
    Covers,
}

/// When the token endpoint asks by which address it was called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IssuerGate {
    /// Never.
    Absent,
    /// After everything else; a failure is the server's own, with status 500.
    LastAsServerError,
    /// After everything else, with status 400.
    Last,
    /// Before everything else, with status 400.
    First,
}

/// Which answers of the token endpoint count against its rate limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RateLimited {
    /// None: there is no limit.
    Nothing,
    /// Every one.
    Everything,
    /// Those that are no 200.
    Failures,
}

/// How one release behaves where releases differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Behaviour {
    /// How audiences are compared, at the token endpoint and at the authz endpoints.
    pub audience: AudienceRule,
    /// What `resource` does.
    pub resource: ResourceRule,
    /// Whether an audience that is not allowed is `invalid_target`, which is `invalid_request` otherwise.
    pub has_invalid_target: bool,
    /// When the token endpoint asks for its own address.
    pub issuer_gate: IssuerGate,
    /// Whether the address by which the portal is asked may differ in case.
    pub folds_issuer: bool,
    /// Whether the old `session.domain` refuses the hosts inside it and takes those outside: a fault of two releases.
    pub inverts_legacy_domain: bool,
    /// Whether refused client credentials are told apart in the error's description, and malformed ones have status 400.
    pub tells_credentials_apart: bool,
    /// Whether the hosts of session cookies are compared without regard to case.
    pub folds_cookie_domain: bool,
    /// Whether `*.` domains of access rules are compared without regard to case.
    pub folds_wildcards: bool,
    /// Whether the access rules take a client for nobody, so that any rule with a subject matches it.
    pub clients_are_anonymous: bool,
    /// Whether an unusable header refuses the request whatever the rules say, and one that no strategy takes is unusable.
    pub headers_are_final: bool,
    /// Whether an endpoint without strategies has those of its implementation; it reads `Proxy-Authorization` otherwise.
    pub has_default_strategies: bool,
    /// Whether the portal that a Legacy request names must lie in the cookie's domain.
    pub checks_legacy_portal: bool,
    /// Which answers of the token endpoint count against its rate limit.
    pub rate_limited: RateLimited,
    /// Whether introspection of a client's token tells `iss` and `sub`.
    pub introspection_names_subject: bool,
    /// Whether the introspection and revocation endpoints have authentication methods of their own.
    pub has_endpoint_methods: bool,
}

impl Target {
    /// How this release behaves. Up to 4.39.20 as measured or read in its source, 4.39.21 and 4.39.22 as measured on the tree before
    /// them; what is only reported is said by [`Target::reported`].
    pub fn behaviour(self) -> Behaviour {
        let since = |minor, patch| self >= Target::of(minor, patch);
        Behaviour {
            audience: if since(39, 21) { AudienceRule::Exact } else { AudienceRule::Prefix { reads_all: !since(39, 20) } },
            resource: match () {
                () if since(39, 23) => ResourceRule::Covers,
                () if since(39, 21) => ResourceRule::Apart,
                () if since(39, 20) => ResourceRule::IsAudience,
                () => ResourceRule::Ignored,
            },
            has_invalid_target: since(39, 20),
            issuer_gate: match () {
                () if since(39, 20) => IssuerGate::First,
                () if since(39, 19) => IssuerGate::Last,
                () if since(39, 17) => IssuerGate::LastAsServerError,
                () => IssuerGate::Absent,
            },
            folds_issuer: since(39, 21),
            inverts_legacy_domain: since(39, 17) && !since(39, 19),
            tells_credentials_apart: !since(39, 21),
            folds_cookie_domain: since(39, 21),
            folds_wildcards: since(39, 20),
            clients_are_anonymous: !since(39, 20),
            headers_are_final: !since(38, 3),
            has_default_strategies: since(39, 15),
            checks_legacy_portal: since(39, 21),
            rate_limited: match () {
                () if since(39, 20) => RateLimited::Failures,
                () if since(39, 17) => RateLimited::Everything,
                () => RateLimited::Nothing,
            },
            introspection_names_subject: since(39, 21),
            has_endpoint_methods: since(39, 0) && !since(39, 21),
        }
    }

    /// What is reported of this release and was never measured, as a sentence.
    pub fn reported(self) -> Option<&'static str> {
        (self >= Target::of(39, 23)).then_some(
            "that a requested resource covers the URLs below it is reported of 4.39.23 (authelia/authelia#12992) and was not measured",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behaviour(version: &str) -> Behaviour {
        version.parse::<Target>().unwrap().behaviour()
    }

    #[test]
    fn audiences_are_exact_from_4_39_21_on() {
        assert_eq!(behaviour("4.39.19").audience, AudienceRule::Prefix { reads_all: true });
        assert_eq!(behaviour("4.39.20").audience, AudienceRule::Prefix { reads_all: false });
        assert_eq!(behaviour("4.39.21").audience, AudienceRule::Exact);
        assert_eq!(behaviour("4.39.22").resource, ResourceRule::Apart);
        assert_eq!(behaviour("4.39.23").resource, ResourceRule::Covers);
        assert!(Target::NEWEST.reported().is_some() && Target::of(39, 22).reported().is_none());
    }

    #[test]
    fn the_issuer_gate_came_in_steps() {
        let gates: Vec<IssuerGate> =
            ["4.39.16", "4.39.18", "4.39.19", "4.39.20"].iter().map(|version| behaviour(version).issuer_gate).collect();
        assert_eq!(gates, [IssuerGate::Absent, IssuerGate::LastAsServerError, IssuerGate::Last, IssuerGate::First]);
    }
}
