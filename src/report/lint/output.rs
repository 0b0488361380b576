//! Where further forms of the answer go: `sarif:results.sarif`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::{Form, UnknownForm};

/// One form written to one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Output {
    /// The form.
    pub form: Form,
    /// The file; replaced when it exists.
    pub path: PathBuf,
}

/// Why a text is no [`Output`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UnreadableOutput {
    /// It has no colon, or nothing behind it.
    NoPath(String),
    /// The word before the colon is no form.
    Form(UnknownForm),
}

impl FromStr for Output {
    type Err = UnreadableOutput;

    fn from_str(text: &str) -> Result<Output, UnreadableOutput> {
        match text.split_once(':') {
            Some((form, path)) if !path.is_empty() => {
                Ok(Output { form: form.parse().map_err(UnreadableOutput::Form)?, path: path.into() })
            }
            _ => Err(UnreadableOutput::NoPath(text.to_owned())),
        }
    }
}

impl fmt::Display for UnreadableOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnreadableOutput::NoPath(text) => write!(f, "'{text}' is not of the form FORMAT:PATH, such as sarif:results.sarif"),
            UnreadableOutput::Form(unknown) => unknown.fmt(f),
        }
    }
}

impl std::error::Error for UnreadableOutput {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_and_a_path_are_read() {
        assert_eq!("sarif:a:b.sarif".parse(), Ok(Output { form: Form::Sarif, path: "a:b.sarif".into() }));
        for (text, reason) in [
            ("sarif", "'sarif' is not of the form FORMAT:PATH, such as sarif:results.sarif"),
            ("sarif:", "'sarif:' is not of the form FORMAT:PATH, such as sarif:results.sarif"),
            ("xml:a", "'xml' is none of plain, json, sarif, github, junit"),
        ] {
            assert_eq!(text.parse::<Output>().unwrap_err().to_string(), reason);
        }
    }
}
