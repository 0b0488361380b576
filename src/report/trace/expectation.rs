//! Whether a result is what a policy test expects.

use serde_json::{Map, Value};

/// One field that is not as it is expected.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct Unmet {
    /// Its name, with dots for what is nested.
    pub field: String,
    /// What is expected.
    pub expected: Value,
    /// What there is; null when there is no such field.
    pub found: Value,
}

/// The expected fields that a result does not have so. Of a mapping only the fields that are named must be equal.
pub fn unmet(expected: &Map<String, Value>, result: &Value) -> Vec<Unmet> {
    let mut all = Vec::new();
    compare("", expected, result, &mut all);
    all
}

fn compare(prefix: &str, expected: &Map<String, Value>, found: &Value, all: &mut Vec<Unmet>) {
    for (key, wanted) in expected {
        let field = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        let there = found.get(key).unwrap_or(&Value::Null);
        match (wanted, there) {
            (Value::Object(inner), Value::Object(_)) => compare(&field, inner, there, all),
            // An absent field is no null: a misspelt one must not pass.
            _ if found.get(key).is_some() && wanted == there => {}
            _ => all.push(Unmet { field, expected: wanted.clone(), found: there.clone() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(expected: &Value, result: &Value) -> Vec<String> {
        unmet(expected.as_object().unwrap(), result).into_iter().map(|unmet| unmet.field).collect()
    }

    #[test]
    fn only_what_is_named_must_be_so() {
        let result = json!({"status": 200, "location": null, "token": {"status": 200, "error": null, "audience": ["a"]}});
        assert!(fields(&json!({"status": 200, "location": null, "token": {"error": null}}), &result).is_empty());
        assert_eq!(fields(&json!({"status": 403, "token": {"audience": []}}), &result), ["status", "token.audience"]);
        assert_eq!(fields(&json!({"statsu": null}), &result), ["statsu"]);
    }
}
