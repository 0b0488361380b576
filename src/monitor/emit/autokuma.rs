//! AutoKuma and its command line client: files and Docker labels.

use serde_json::{Map, Value, json};

use super::kuma::placeholder;
use super::{Emitted, SecretReference, Settings, pretty, yaml};
use crate::terminal::steers;

/// The file that AutoKuma reads, its templates filled by AutoKuma.
pub fn document(settings: &Settings) -> Value {
    Value::Object(with(settings, &literal, &reference(settings)))
}

/// The file that `kuma monitor add` reads, which knows no templates.
pub(super) fn plain_document(settings: &Settings) -> Value {
    Value::Object(with(settings, &str::to_owned, &placeholder(settings)))
}

/// The same as [`document`] in TOML. What could steer a terminal is written by its number, as JSON does, whose values are TOML's here.
pub fn toml(settings: &Settings) -> String {
    let document = document(settings);
    // Tables of text, numbers and lists of text always serialize.
    let text = toml::to_string(&document).unwrap_or_default();
    let Value::Object(fields) = document else { return text };
    if !steers(&text) {
        return text;
    }
    fields.iter().flat_map(|(name, value)| [name.clone(), " = ".to_owned(), pretty(value)]).collect()
}

/// The same as labels of a service in a compose file, where `$$` stands for a dollar.
pub fn labels(settings: &Settings) -> String {
    let Value::Object(fields) = document(settings) else { return String::new() };
    let kind = fields.get("type").and_then(Value::as_str).unwrap_or_default();
    let prefix = format!("kuma.{}.{kind}", label_id(&settings.name));
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned).replace('$', "$$");
    let labels: Map<String, Value> = fields
        .iter()
        // The list is what AutoKuma assumes anyway, and no label is a list.
        .filter(|(name, _)| !matches!(name.as_str(), "type" | "accepted_statuscodes"))
        .map(|(name, value)| (format!("{prefix}.{name}"), json!(text(value))))
        .collect();
    yaml(&json!({ "labels": labels }))
}

/// A form of AutoKuma with what it needs beside it.
pub(super) fn emitted(settings: &Settings, text: String) -> Emitted {
    let mut notes = Vec::new();
    match &settings.secret {
        SecretReference::Inline(_) => {}
        SecretReference::Environment(_) => {
            notes.push(format!("set {} in AutoKuma's environment", variable(&settings.secret)));
        }
        SecretReference::File(path) => {
            notes.push(format!(
                "AutoKuma reads no secret files: set {} from {path} in its environment",
                variable(&settings.secret)
            ));
        }
    }
    if settings.audience.is_some() {
        notes.push(
            "AutoKuma drops the audience without a word before 2.1.0-rc.2; with an older one set requested_audience_mode: implicit"
                .to_owned(),
        );
    }
    Emitted { text, notes }
}

fn with(settings: &Settings, text: &dyn Fn(&str) -> String, secret: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut add = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    add("type", json!(if settings.keyword.is_some() { "keyword" } else { "http" }));
    add("name", json!(text(&settings.name)));
    add("url", json!(text(&settings.url)));
    if let Some(keyword) = &settings.keyword {
        add("keyword", json!(text(keyword)));
    }
    add("interval", json!(settings.interval));
    add("retry_interval", json!(settings.interval));
    add("max_retries", json!(settings.retries));
    add("max_redirects", json!(0));
    add("timeout", json!(settings.timeout()));
    add("accepted_statuscodes", json!(["200-299"]));
    // In camel case: `auth_method` is ignored, and the monitor sends no token.
    add("authMethod", json!("oauth2-cc"));
    add("oauth_auth_method", json!(settings.method.name()));
    add("oauth_token_url", json!(text(&settings.token_url)));
    add("oauth_client_id", json!(text(&settings.client_id)));
    add("oauth_client_secret", json!(secret));
    add("oauth_scopes", json!(text(&settings.scope)));
    if let Some(audience) = &settings.audience {
        add("oauth_audience", json!(text(audience)));
    }
    fields
}

/// The template that looks the secret up.
fn reference(settings: &Settings) -> String {
    match &settings.secret {
        SecretReference::Inline(_) => literal(&settings.secret.text_or(|_| String::new())),
        other => format!("{{{{ get_env(name='{}') }}}}", variable(other)),
    }
}

/// AutoKuma hands on only variables that begin so.
fn variable(reference: &SecretReference) -> String {
    let name = reference.variable();
    if name.starts_with(ENVIRONMENT) { name.to_owned() } else { format!("{ENVIRONMENT}{name}") }
}

const ENVIRONMENT: &str = "AUTOKUMA__ENV__";

/// A value that AutoKuma's templates leave alone.
fn literal(value: &str) -> String {
    let is_template = ["{{", "{%", "{#"].iter().any(|start| value.contains(start));
    if is_template { format!("{{% raw %}}{value}{{% endraw %}}") } else { value.to_owned() }
}

/// A monitor's name as part of a label.
fn label_id(name: &str) -> String {
    let plain = |character: char| if character.is_ascii_alphanumeric() { character.to_ascii_lowercase() } else { '-' };
    name.chars().map(plain).collect::<String>().trim_matches('-').to_owned()
}
