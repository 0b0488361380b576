//! A shell script that asks for a token and then for the page, as the monitor does. Neither the secret nor the token is ever an argument.

use std::fmt::Write as _;

use super::{SecretReference, Settings};
use crate::monitor::EndpointMethod;
use crate::terminal::{printable, steers};

/// The script; it prints the status of the page.
pub fn script(settings: &Settings) -> String {
    let mut data = vec![("grant_type", "client_credentials")];
    data.extend(Some(("scope", settings.scope.as_str())).filter(|(_, scope)| !scope.is_empty()));
    data.extend(settings.audience.as_deref().map(|audience| ("audience", audience)));
    let data: Vec<String> = data.iter().map(|(name, value)| quoted(&format!("{name}={value}"))).collect();
    let data = data.join(" \\\n  --data-urlencode ");
    let credentials = match settings.method {
        EndpointMethod::Basic => BASIC,
        EndpointMethod::Post => POST,
    };
    format!(
        "\
#!/bin/sh
# Asks for a token and with it for the page, and prints the page's status.
set -eu
client_id={id}
client_secret={secret}
ask() {{ curl --silent --show-error --max-time {timeout} --config - \"$@\"; }}
{credentials}
answer=$(credentials | ask {token_url} \\
  --data-urlencode {data})
token=$(printf '%s' \"$answer\" | sed -n 's/.*\"access_token\": *\"\\([^\"]*\\)\".*/\\1/p')
if [ -z \"$token\" ]; then
  printf 'no token: %s\\n' \"$answer\" >&2
  exit 1
fi
printf 'header = \"Authorization: Bearer %s\"\\n' \"$token\" |
  ask --header 'Accept: text/html' --output /dev/null --write-out '%{{http_code}} %{{redirect_url}}\\n' {url}
",
        id = quoted(&settings.client_id),
        secret = secret(settings),
        timeout = settings.timeout(),
        token_url = quoted(&settings.token_url),
        url = quoted(&settings.url),
    )
}

/// The server decodes both halves, so `%` and `+` have to be encoded.
const BASIC: &str = "\
credentials() {
  encoded=$(printf '%s' \"$client_secret\" | sed 's/%/%25/g; s/+/%2B/g; s/[\\\\\"]/\\\\&/g')
  printf 'user = \"%s:%s\"\\n' \"$client_id\" \"$encoded\"
}";

const POST: &str = "\
credentials() {
  escaped=$(printf '%s' \"$client_secret\" | sed 's/[\\\\\"]/\\\\&/g')
  printf 'data-urlencode = \"client_id=%s\"\\ndata-urlencode = \"client_secret=%s\"\\n' \"$client_id\" \"$escaped\"
}";

fn secret(settings: &Settings) -> String {
    match &settings.secret {
        SecretReference::Environment(name) => format!("${{{name}:?}}"),
        SecretReference::File(path) => format!("$(head -n 1 {})", quoted(path)),
        SecretReference::Inline(_) => quoted(&settings.secret.text_or(|_| String::new())),
    }
}

/// A text as one word of a POSIX shell. What could steer a terminal is left to the shell to write.
fn quoted(text: &str) -> String {
    if !steers(text) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut word = String::new();
    for character in text.chars() {
        match character {
            '%' => word.push_str("%%"),
            '\\' => word.push_str(r"\\"),
            '\'' => word.push_str(r"'\''"),
            plain if plain != '\n' && printable(plain) == plain => word.push(plain),
            other => other.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| _ = write!(word, "\\{byte:03o}")),
        }
    }
    format!("\"$(printf '{word}')\"")
}
