//! Where further forms of the answer go: `sarif:results.sarif`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// One form written to one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Output<Form> {
    /// The form.
    pub form: Form,
    /// The file; replaced when it exists.
    pub path: PathBuf,
}

/// Why a text is no [`Output`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UnreadableOutput<UnknownForm> {
    /// It has no colon, or nothing behind it.
    NoPath(String),
    /// The word before the colon is no form.
    Form(UnknownForm),
}

impl<Form: FromStr> FromStr for Output<Form> {
    type Err = UnreadableOutput<Form::Err>;

    fn from_str(text: &str) -> Result<Output<Form>, UnreadableOutput<Form::Err>> {
        match text.split_once(':') {
            Some((form, path)) if !path.is_empty() => {
                Ok(Output { form: form.parse().map_err(UnreadableOutput::Form)?, path: path.into() })
            }
            _ => Err(UnreadableOutput::NoPath(text.to_owned())),
        }
    }
}

impl<UnknownForm: fmt::Display> fmt::Display for UnreadableOutput<UnknownForm> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnreadableOutput::NoPath(text) => write!(f, "'{text}' is not of the form FORM:PATH, such as json:results.json"),
            UnreadableOutput::Form(unknown) => unknown.fmt(f),
        }
    }
}

impl<UnknownForm: std::error::Error> std::error::Error for UnreadableOutput<UnknownForm> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::lint::Form;

    #[test]
    fn a_form_and_a_path_are_read() {
        assert_eq!("sarif:a:b.sarif".parse(), Ok(Output { form: Form::Sarif, path: "a:b.sarif".into() }));
        for (text, reason) in [
            ("sarif", "'sarif' is not of the form FORM:PATH, such as json:results.json"),
            ("sarif:", "'sarif:' is not of the form FORM:PATH, such as json:results.json"),
            ("xml:a", "'xml' is none of plain, json, sarif, github, junit"),
        ] {
            assert_eq!(text.parse::<Output<Form>>().unwrap_err().to_string(), reason);
        }
    }
}
