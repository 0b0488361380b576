//! Uptime Kuma itself: its form, field by field, and the object of its `add` event.

use serde_json::{Value, json};

use super::{SecretReference, Settings};
use crate::monitor::{Generation, Kind};
use crate::terminal::printable_line;

/// One field of the form, labelled as the form labels it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// The heading that it stands below.
    pub section: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What to write or choose.
    pub value: String,
}

/// Every field that matters, in the form's order; the rest stays as it is.
pub fn fields(settings: &Settings, generation: Generation) -> Vec<Field> {
    let kind = if settings.keyword.is_some() { Kind::Keyword } else { Kind::Http };
    let mut fields = Vec::new();
    let mut add = |section, label, value: &str| fields.push(Field { section, label, value: value.to_owned() });
    add(GENERAL, "Monitor Type", kind.label());
    add(GENERAL, "Friendly Name", &settings.name);
    add(GENERAL, "URL", &settings.url);
    if let Some(keyword) = &settings.keyword {
        add(GENERAL, "Keyword", keyword);
    }
    add(GENERAL, "Heartbeat Interval", &settings.interval.to_string());
    add(GENERAL, "Retries", &settings.retries.to_string());
    add(GENERAL, "Heartbeat Retry Interval", &settings.interval.to_string());
    add(GENERAL, "Request Timeout", &settings.timeout().to_string());
    add(ADVANCED, "Ignore TLS/SSL errors for HTTPS websites", "off");
    add(ADVANCED, "Upside Down Mode", "off");
    add(ADVANCED, "Max. Redirects", "0");
    add(ADVANCED, "Accepted Status Codes", ACCEPTED);
    add(OPTIONS, "Method", "GET");
    add(OPTIONS, "Headers", "(empty)");
    add(AUTHENTICATION, "Method", "OAuth2: Client Credentials");
    add(AUTHENTICATION, "Authentication Method", settings.method.label());
    add(AUTHENTICATION, "OAuth Token URL", &settings.token_url);
    add(AUTHENTICATION, "Client ID", &settings.client_id);
    add(AUTHENTICATION, SECRET, &settings.secret.text_or(where_it_is));
    add(AUTHENTICATION, "OAuth Scope", &settings.scope);
    if generation == Generation::Two {
        add(AUTHENTICATION, "OAuth Audience", settings.audience.as_deref().unwrap_or("(empty)"));
    }
    fields
}

const GENERAL: &str = "General";
const ADVANCED: &str = "Advanced";
const OPTIONS: &str = "HTTP Options";
const AUTHENTICATION: &str = "Authentication";
const ACCEPTED: &str = "200-299";
const SECRET: &str = "Client Secret";

/// The fields as text, one a line below their sections.
pub(super) fn checklist(settings: &Settings, generation: Generation) -> String {
    let fields = fields(settings, generation);
    let widest = fields.iter().map(|field| field.label.len()).max().unwrap_or_default();
    let mut lines = Vec::new();
    let mut section = "";
    for field in &fields {
        if field.section != section {
            lines.extend((!lines.is_empty()).then(String::new));
            lines.push(field.section.to_owned());
            section = field.section;
        }
        // A secret is written as it is, for it would be another one.
        let is_secret = field.label == SECRET && matches!(settings.secret, SecretReference::Inline(_));
        let value = if is_secret { field.value.clone() } else { printable_line(&field.value) };
        lines.push(format!("  {:widest$}  {value}", field.label));
    }
    lines.join("\n") + "\n"
}

/// The object that the server takes with its `add` event. 1.23 refuses what it does not know.
pub fn event(settings: &Settings, generation: Generation) -> Value {
    let mut monitor = json!({
        "type": if settings.keyword.is_some() { "keyword" } else { "http" },
        "name": settings.name,
        "url": settings.url,
        "method": "GET",
        "interval": settings.interval,
        "retryInterval": settings.interval,
        "maxretries": settings.retries,
        "timeout": settings.timeout(),
        "maxredirects": 0,
        "accepted_statuscodes": [ACCEPTED],
        "ignoreTls": false,
        "upsideDown": false,
        "authMethod": "oauth2-cc",
        "oauth_auth_method": settings.method.name(),
        "oauth_token_url": settings.token_url,
        "oauth_client_id": settings.client_id,
        "oauth_client_secret": placeholder(settings),
        "oauth_scopes": settings.scope,
        "notificationIDList": {},
    });
    if let Some(keyword) = &settings.keyword {
        monitor["keyword"] = json!(keyword);
    }
    if generation == Generation::Two {
        monitor["conditions"] = json!([]);
        if let Some(audience) = &settings.audience {
            monitor["oauth_audience"] = json!(audience);
        }
    }
    monitor
}

/// The secret, or what `envsubst` replaces by it.
pub(super) fn placeholder(settings: &Settings) -> String {
    settings.secret.text_or(|reference| format!("${{{}}}", reference.variable()))
}

fn where_it_is(reference: &SecretReference) -> String {
    match reference {
        SecretReference::File(path) => format!("(the first line of {path}, nothing before or behind it)"),
        other => format!("(the value of {}, nothing before or behind it)", other.variable()),
    }
}
