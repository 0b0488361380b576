//! The option of commands whose answer is for people or a document.

use clap::builder::{PossibleValuesParser, TypedValueParser};

pub(super) use crate::report::PlainOrJson as Form;

/// Reads `plain` and `json`.
pub(super) fn form() -> impl TypedValueParser<Value = Form> {
    PossibleValuesParser::new(["plain", "json"]).map(|name| if name == "json" { Form::Json } else { Form::Plain })
}
