//! Gatus: one endpoint of its configuration.

use serde_json::{Value, json};

use super::{Emitted, SecretReference, Settings, yaml};

/// The endpoint. Gatus sends no audience, so the client's audience mode has to be implicit.
pub fn endpoint(settings: &Settings) -> Value {
    let mut conditions = vec![json!("[STATUS] == 200")];
    if let Some(keyword) = &settings.keyword {
        conditions.push(json!(format!("[BODY] == pat(*{}*)", literal(keyword))));
    }
    json!({
        "endpoints": [{
            "name": literal(&settings.name),
            "url": literal(&settings.url),
            "interval": format!("{}s", settings.interval),
            "client": {
                "ignore-redirect": true,
                "timeout": format!("{}s", settings.timeout()),
                "oauth2": {
                    "token-url": literal(&settings.token_url),
                    "client-id": literal(&settings.client_id),
                    "client-secret": secret(settings),
                    "scopes": [literal(&settings.scope)],
                },
            },
            "conditions": conditions,
        }],
    })
}

pub(super) fn emitted(settings: &Settings) -> Emitted {
    let mut notes = Vec::new();
    match &settings.secret {
        SecretReference::Inline(_) => {}
        SecretReference::Environment(name) => notes.push(format!("set {name} in Gatus' environment")),
        SecretReference::File(path) => {
            let name = settings.secret.variable();
            notes.push(format!("Gatus reads no secret files: set {name} from {path} in its environment"));
        }
    }
    if settings.audience.is_some() {
        notes.push("Gatus cannot ask for an audience: set requested_audience_mode: implicit on the client".to_owned());
    }
    Emitted { text: yaml(&endpoint(settings)), notes }
}

fn secret(settings: &Settings) -> String {
    match &settings.secret {
        SecretReference::Inline(_) => literal(&settings.secret.text_or(|_| String::new())),
        other => format!("${{{}}}", other.variable()),
    }
}

/// A value in which Gatus finds no variable.
fn literal(value: &str) -> String {
    value.replace('$', "$$")
}
