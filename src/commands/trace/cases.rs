//! Questions from a file: a list of cases in YAML or JSON, each read by itself.

use std::net::IpAddr;

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::bearer::{Credential, Engine, Login, Question, UPTIME_KUMA_ACCEPT, Unchosen};
use crate::config::client::BEARER_SCOPE;

/// One question with what is expected of its answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Case {
    /// What the case is called.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub(super) client: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub(super) endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub(super) method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub(super) scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub(super) audience: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub(super) resource: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) secret: Option<SecretIs>,
    #[serde(skip_serializing_if = "Option::is_none", with = "credential")]
    pub(super) credential: Option<Credential>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ip: Option<IpAddr>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub(super) accept: Option<String>,
    /// A person who is logged in, in place of a client.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub(super) user: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) groups: Vec<String>,
    /// How many factors that person has given: 1 or 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) factors: Option<u8>,
    /// Nobody in particular, in place of a client.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) nobody: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expect: Option<Map<String, Value>>,
}

/// Whether the monitor has the right secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SecretIs {
    Right,
    Wrong,
}

/// A case that was read, or the text of what was not with the reason.
pub(super) type Read = Result<Case, (Value, String)>;

/// Reads a list of cases. What is no case is said of that one; what is no list is the reason why there is none.
pub(super) fn read(text: &str) -> Result<Vec<Read>, String> {
    let document: Value = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(_) => serde_yaml::from_str(text).map_err(|error| error.to_string())?,
    };
    match document {
        Value::Array(items) => Ok(items.into_iter().map(read_case).collect()),
        Value::Object(_) => Ok(vec![read_case(document)]),
        _ => Err("it holds no list of cases".to_owned()),
    }
}

fn read_case(item: Value) -> Read {
    let case: Case = serde_json::from_value(item.clone()).map_err(|error| (item.clone(), error.to_string()))?;
    match case.factors {
        None | Some(1 | 2) => Ok(case),
        Some(other) => Err((item, format!("factors is {other}, and only 1 and 2 are there"))),
    }
}

impl Case {
    /// Who is logged in, when the case is about a person.
    pub(super) fn login(&self) -> Option<Login> {
        let user = self.user.clone()?;
        Some(Login { user, groups: self.groups.clone(), has_second_factor: self.factors != Some(1) })
    }

    /// Whether the case is about a person or nobody rather than a client.
    pub(super) fn is_about_people(&self) -> bool {
        self.user.is_some() || self.nobody
    }

    /// The client that it names, the only one there is, or the one that its URL tells.
    pub(super) fn client_of<'c>(&'c self, engine: &'c Engine) -> Result<&'c str, Unchosen> {
        match (&self.client, engine.clients()) {
            (Some(client), _) => Ok(client),
            (None, [only]) => Ok(&only.id),
            (None, _) => engine.client_for(self.url.as_deref().or(self.audience.as_deref())).map(|client| &*client.id),
        }
    }

    /// The question that it puts, or why it puts none. `login` is its own, kept by the caller.
    pub(super) fn question<'c>(&'c self, engine: &'c Engine, login: Option<&'c Login>) -> Result<Question<'c>, String> {
        let accept = self.accept.as_deref().unwrap_or(UPTIME_KUMA_ACCEPT);
        let method = self.method.as_deref().unwrap_or("GET");
        let endpoint = self.endpoint.as_deref();
        if self.is_about_people() {
            if self.client.is_some() {
                return Err("a client and a person are named, and a request comes from one of them".to_owned());
            }
            let url = self.url.as_deref().ok_or("a question about a person needs a url")?;
            let question = Question::of_person(login, url);
            return Ok(Question { endpoint, method, address: self.ip, accept, ..question });
        }
        let client = self.client_of(engine).map_err(|unchosen| unchosen.to_string())?;
        Ok(Question {
            endpoint,
            method,
            scope: Some(self.scope.as_deref().unwrap_or(BEARER_SCOPE)),
            audience: self.audience.as_deref(),
            resource: self.resource.as_deref(),
            has_right_secret: self.secret != Some(SecretIs::Wrong),
            credential: self.credential.unwrap_or(Credential::Token),
            address: self.ip,
            accept,
            ..Question::of_monitor(client, self.url.as_deref())
        })
    }
}

/// Text, or a number or flag that YAML takes an unquoted text for.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        Value::Bool(flag) => Ok(Some(flag.to_string())),
        Value::Number(number) => Ok(Some(number.to_string())),
        _ => Err(D::Error::custom("a text is expected where there is a list or a mapping")),
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// The credential by its name.
mod credential {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use crate::bearer::Credential;

    #[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
    pub(super) fn serialize<S: Serializer>(credential: &Option<Credential>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(credential.map_or("", Credential::name))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Credential>, D::Error> {
        let Some(name) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        let found = Credential::ALL.into_iter().find(|(_, known)| *known == name);
        let names = || Credential::ALL.map(|(_, name)| name).join(", ");
        found
            .map(|(credential, _)| Some(credential))
            .ok_or_else(|| D::Error::custom(format!("credential '{name}' is none of {}", names())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_case_spoils_no_other() {
        let read =
            read("- {client: 12345, url: 'https://a.b/', credential: foreign}\n- {clinet: x}\n- {credential: gold}\n- 5\n")
                .unwrap();
        let first = read[0].as_ref().unwrap();
        assert_eq!((first.client.as_deref(), first.credential), (Some("12345"), Some(Credential::Foreign)));
        let reasons: Vec<&str> = read[1..].iter().map(|read| read.as_ref().unwrap_err().1.as_str()).collect();
        assert!(reasons[0].contains("unknown field `clinet`"), "{reasons:?}");
        assert!(reasons[1].contains("none of token, none, unknown-token"), "{reasons:?}");
        assert_eq!(read.len(), 4);
    }

    #[test]
    fn json_is_read_and_what_is_no_list_is_said() {
        assert_eq!(read("[{\"scope\": \"\"}]").unwrap()[0].as_ref().unwrap().scope.as_deref(), Some(""));
        assert!(read("text").is_err() && read("a: [").is_err() && read("").is_err());
    }
}
