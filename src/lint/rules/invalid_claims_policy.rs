//! A claims policy that the server refuses.

use std::collections::{HashMap, HashSet};

use crate::config::Path;
use crate::config::claims::ClaimsPolicy;
use crate::config::node::Node;
use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-claims-policy",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A claims policy or a custom scope names a claim that is reserved, unknown or made twice, or an unknown audience \
          mode.",
    why: "The server refuses to start. A monitor needs no claims at all.",
    help: "correct the name, or remove it",
    bad: r"
identity_providers:
  oidc:
    claims_policies:
      app:
        id_token: ['emial']
",
    good: r"
identity_providers:
  oidc:
    claims_policies:
      app:
        id_token: ['email']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#claims_policies",
    check,
};

/// Claims that tokens have in any case.
const RESERVED: [&str; 19] = [
    "jti",
    "azp",
    "client_id",
    "scope",
    "scp",
    "iss",
    "sub",
    "aud",
    "sid",
    "s_hash",
    "c_hash",
    "iat",
    "updated_at",
    "nbf",
    "exp",
    "auth_time",
    "amr",
    "acr",
    "nonce",
];
/// The same for an ID token, in which some of them can be asked for.
const RESERVED_IN_ID_TOKEN: [&str; 16] = [
    "jti",
    "azp",
    "scope",
    "iss",
    "sub",
    "aud",
    "sid",
    "s_hash",
    "c_hash",
    "iat",
    "nbf",
    "exp",
    "auth_time",
    "amr",
    "acr",
    "nonce",
];
/// Claims that the server knows how to make.
pub(super) const STANDARD: [&str; 22] = [
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "groups",
    "alt_emails",
    "rat",
    "updated_at",
];
/// Attributes that every user has.
const ATTRIBUTES: [&str; 23] = [
    "username",
    "groups",
    "display_name",
    "email",
    "emails",
    "given_name",
    "middle_name",
    "family_name",
    "nickname",
    "profile",
    "picture",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_extension",
    "street_address",
    "locality",
    "region",
    "postal_code",
    "country",
];

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(oidc) = &config.oidc else { return };
    for policy in &oidc.claims_policies {
        for (path, message) in faults(context, policy) {
            context.flag(&path, message).emit();
        }
    }
    let made: HashSet<&str> =
        oidc.claims_policies.iter().flat_map(|policy| &policy.custom_claims).map(|claim| &*claim.name).collect();
    for scope in &oidc.scopes {
        for (index, claim) in scope.claims.iter().enumerate() {
            let path = Oidc::path("scopes").key(&scope.name).key("claims").index(index);
            if RESERVED.contains(&&**claim) {
                context.flag(&path, format!("every token has the claim '{claim}', so no scope can ask for it")).emit();
            } else if !made.contains(&**claim) && !STANDARD.contains(&&**claim) {
                context.flag(&path, format!("no claims policy makes the claim '{claim}'")).emit();
            }
        }
    }
}

fn faults(context: &Context<'_>, policy: &ClaimsPolicy) -> Vec<(Path, String)> {
    let root = Oidc::path("claims_policies").key(&policy.name);
    let mut faults = Vec::new();
    let mut names: HashMap<&str, &str> = HashMap::new();
    for claim in &policy.custom_claims {
        let path = root.key("custom_claims").key(&claim.key);
        if RESERVED.contains(&&*claim.name) {
            faults.push((path.clone(), format!("every token has the claim '{}' in any case", claim.name)));
        }
        if let Some(other) = names.insert(&claim.name, &claim.key) {
            faults.push((path.clone(), format!("the claim '{}' is made by '{other}' too", claim.name)));
        }
        if !is_attribute(context, &claim.attribute) {
            faults.push((path.key("attribute"), format!("users have no attribute '{}'", claim.attribute)));
        }
    }
    let lists =
        [("id_token", &policy.id_token, &RESERVED_IN_ID_TOKEN[..]), ("access_token", &policy.access_token, &RESERVED[..])];
    for (option, claims, reserved) in lists {
        for (index, claim) in claims.iter().enumerate() {
            let path = root.key(option).index(index);
            if reserved.contains(&&**claim) {
                faults.push((path, format!("the token has the claim '{claim}' in any case")));
            } else if !names.contains_key(&**claim) && !STANDARD.contains(&&**claim) {
                faults.push((path, format!("nothing makes the claim '{claim}'")));
            }
        }
    }
    if !matches!(&*policy.id_token_audience_mode, "" | "specification" | "experimental-merged") {
        let message = format!("the server knows no audience mode '{}'", policy.id_token_audience_mode);
        faults.push((root.key("id_token_audience_mode"), message));
    }
    faults
}

/// Whether users may have an attribute; a fragment does not tell.
fn is_attribute(context: &Context<'_>, name: &str) -> bool {
    let extra = [
        "definitions.user_attributes",
        "authentication_backend.file.extra_attributes",
        "authentication_backend.ldap.attributes.extra",
    ];
    let has = |section: &&str| context.config.tree.get(&Path::of(section)).is_some_and(|node| names(node, name));
    !context.whole || ATTRIBUTES.contains(&name) || extra.iter().any(has)
}

fn names(section: &Node, name: &str) -> bool {
    section.get(name).is_some()
        || section.entries().iter().any(|entry| entry.value.get("name").and_then(Node::text).is_some_and(|text| text == name))
}
