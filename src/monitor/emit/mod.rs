//! What to write to have a page watched, in the form that each program reads.
//!
//! Uptime Kuma cannot refer to a secret, so where the others name a variable or a file its forms hold a placeholder.

mod autokuma;
mod curl;
mod form;
mod gatus;
mod kuma;
mod prometheus;
mod secret;
mod settings;

use crate::document::write_document;
use crate::terminal::steers;

pub use autokuma::{document as autokuma_document, labels as docker_labels, toml as autokuma_toml};
pub use curl::script as curl_script;
pub use form::{Form, UnknownForm};
pub use gatus::endpoint as gatus_endpoint;
pub use kuma::{Field, event as kuma_event, fields as kuma_fields};
pub use prometheus::{blackbox_module, scrape_job};
pub use secret::{FILE, SecretReference, VARIABLE};
pub(super) use settings::covers;
pub use settings::{DEFAULT_INTERVAL, DEFAULT_RETRIES, Settings, TOKEN_PATH, UnfitSettings, token_url};

/// What a form came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Emitted {
    /// The text, which ends with a line break.
    pub text: String,
    /// What its reader has to do or to know, as sentences.
    pub notes: Vec<String>,
}

/// Writes a monitor's settings in a form.
pub fn emit(settings: &Settings, form: Form) -> Emitted {
    match form {
        Form::Kuma1 | Form::Kuma2 => Emitted { text: kuma::checklist(settings, form.generation()), notes: Vec::new() },
        Form::Kuma1Json | Form::Kuma2Json => {
            with_placeholder(pretty(&kuma_event(settings, form.generation())), settings, "uptime.json")
        }
        Form::KumaCli => with_placeholder(pretty(&autokuma::plain_document(settings)), settings, "monitor.json"),
        Form::AutokumaJson => autokuma::emitted(settings, pretty(&autokuma_document(settings))),
        Form::AutokumaToml => autokuma::emitted(settings, autokuma_toml(settings)),
        Form::DockerLabels => autokuma::emitted(settings, docker_labels(settings)),
        Form::Gatus => gatus::emitted(settings),
        Form::Blackbox => prometheus::emitted(settings, &blackbox_module(settings)),
        Form::Prometheus => prometheus::emitted(settings, &scrape_job(settings)),
        Form::Curl => Emitted { text: curl_script(settings), notes: Vec::new() },
    }
}

fn pretty(value: &serde_json::Value) -> String {
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = write_document(value, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// A document that cannot refer to a secret, with the way to put one in.
fn with_placeholder(text: String, settings: &Settings, file: &str) -> Emitted {
    let notes = match &settings.secret {
        SecretReference::Inline(_) => Vec::new(),
        SecretReference::Environment(name) => {
            vec![format!("fill the placeholder in before use: envsubst '${{{name}}}' < {file}")]
        }
        SecretReference::File(path) => {
            let name = settings.secret.variable();
            vec![format!("fill the placeholder in before use: {name}=$(cat '{path}') envsubst '${{{name}}}' < {file}")]
        }
    };
    Emitted { text, notes }
}

/// A value as YAML, which ends with a line break. What could steer a terminal is written as JSON, which is YAML too, by its number.
fn yaml(value: &serde_json::Value) -> String {
    // Maps of text, numbers and lists always serialize.
    let text = serde_yaml::to_string(value).unwrap_or_default();
    if steers(&text) { pretty(value) } else { text }
}

#[cfg(test)]
mod tests;
