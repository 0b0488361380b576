//! An attribute of the administrator's own with a reserved name.

use crate::config::Path;
use crate::config::node::Node;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "reserved-attribute-name",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "`definitions.user_attributes` defines an attribute that users have already.",
    why: "The server refuses to start.",
    help: "give it another name",
    bad: r"
definitions:
  user_attributes:
    email:
      expression: 'username'
",
    good: r"
definitions:
  user_attributes:
    mailbox:
      expression: 'username'
",
    reference: "https://www.authelia.com/configuration/definitions/user-attributes/",
    check,
};

const RESERVED: [&str; 31] = [
    "username",
    "groups",
    "display_name",
    "email",
    "emails",
    "emails_extra",
    "email_verified",
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
    "phone_number_rfc3966",
    "phone_extension",
    "phone_number_verified",
    "address",
    "street_address",
    "locality",
    "region",
    "postal_code",
    "country",
    "updated_at",
    "openid_authreq_claim_value",
    "openid_authreq_claim_values",
];

fn check(context: &mut Context<'_>) {
    let tree = &context.config.tree;
    let path = Path::of("definitions.user_attributes");
    let extra = tree.get(&Path::of("authentication_backend.file.extra_attributes"));
    for entry in tree.get(&path).map_or(&[][..], Node::entries) {
        if RESERVED.contains(&&*entry.key) || extra.is_some_and(|extra| extra.get(&entry.key).is_some()) {
            context.flag_key(&path.key(&entry.key), format!("users have an attribute '{}' already", entry.key)).emit();
        }
    }
}
