//! Prometheus, by itself and through its `blackbox_exporter`.

use serde_json::{Map, Value, json};
use url::Url;

use super::{Emitted, SecretReference, Settings, yaml};

/// A module of `blackbox_exporter` that asks as the monitor would.
pub fn blackbox_module(settings: &Settings) -> Value {
    let mut http = json!({
        "method": "GET",
        "valid_status_codes": [200],
        "follow_redirects": false,
        "headers": { "Accept": "text/html,*/*;q=0.8" },
        "oauth2": oauth2(settings),
    });
    if let Some(keyword) = &settings.keyword {
        http["fail_if_body_not_matches_regexp"] = json!([escaped(keyword)]);
    }
    let module = json!({ "prober": "http", "timeout": format!("{}s", settings.timeout()), "http": http });
    json!({ "modules": Map::from_iter([(module_name(settings), module)]) })
}

/// A job of Prometheus that scrapes the URL itself.
pub fn scrape_job(settings: &Settings) -> Value {
    let mut job = json!({
        "job_name": settings.name,
        "scrape_interval": format!("{}s", settings.interval),
        "scrape_timeout": format!("{}s", settings.timeout()),
        "follow_redirects": false,
        "oauth2": oauth2(settings),
    });
    if let Ok(url) = Url::parse(&settings.url) {
        let host = url.host_str().unwrap_or_default();
        let target = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        job["scheme"] = json!(url.scheme());
        job["metrics_path"] = json!(url.path());
        let mut parameters = Map::new();
        for (name, value) in url.query_pairs() {
            let values = parameters.entry(name.into_owned()).or_insert_with(|| json!([]));
            if let Value::Array(values) = values {
                values.push(json!(value));
            }
        }
        if !parameters.is_empty() {
            job["params"] = Value::Object(parameters);
        }
        job["static_configs"] = json!([{ "targets": [target] }]);
    }
    json!({ "scrape_configs": [job] })
}

pub(super) fn emitted(settings: &Settings, document: &Value) -> Emitted {
    let mut notes = Vec::new();
    if let SecretReference::Environment(name) = &settings.secret {
        notes.push(format!("Prometheus takes a secret from a file, not from {name}: write it to {}", settings.secret.file()));
    }
    Emitted { text: yaml(document), notes }
}

fn oauth2(settings: &Settings) -> Value {
    let mut oauth2 = json!({ "client_id": settings.client_id });
    match &settings.secret {
        SecretReference::Inline(_) => oauth2["client_secret"] = json!(settings.secret.text_or(|_| String::new())),
        other => oauth2["client_secret_file"] = json!(other.file()),
    }
    oauth2["token_url"] = json!(settings.token_url);
    oauth2["scopes"] = json!([settings.scope]);
    if let Some(audience) = &settings.audience {
        oauth2["endpoint_params"] = json!({ "audience": audience });
    }
    oauth2
}

/// A text as a pattern that matches it and nothing else.
fn escaped(text: &str) -> String {
    let special = |character: char| r"\.+*?()|[]{}^$".contains(character);
    text.chars().flat_map(|character| special(character).then_some('\\').into_iter().chain([character])).collect()
}

fn module_name(settings: &Settings) -> String {
    let plain = |character: char| if character.is_ascii_alphanumeric() { character.to_ascii_lowercase() } else { '_' };
    settings.name.chars().map(plain).collect()
}
