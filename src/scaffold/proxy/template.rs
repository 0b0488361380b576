//! Texts with places to fill: `@NAME@` in capitals.

/// A template with every place filled.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let filled = |text: String, (name, value): &(&str, &str)| text.replace(&format!("@{name}@"), value);
    values.iter().fold(template.to_owned(), filled)
}

/// The headers by which Authelia says who a visitor is.
pub(super) const IDENTITY: [&str; 4] = ["Remote-User", "Remote-Groups", "Remote-Name", "Remote-Email"];

/// What the value of `Authorization` begins with when it is a token of Authelia's. Uptime Kuma writes `bearer` in lower case.
pub(super) const TOKEN: &str = "^bearer +authelia_at_";
