//! The linter's findings in every form.

mod github;
mod json;
mod junit;
mod plain;
mod sarif;

pub use plain::summary;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use super::Look;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::Rule;
use crate::source::Sources;

/// What one run of the linter came to.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The files that were looked at.
    pub sources: &'a Sources,
    /// What was found, sorted by file and place.
    pub findings: &'a [Diagnostic],
    /// Every rule that could have spoken, sorted by id.
    pub rules: &'a [&'static Rule],
    /// The server release that was assumed.
    pub target: &'a str,
}

impl Report<'_> {
    /// Writes the findings in a form; `look` is for people only.
    pub fn write(&self, form: Form, look: Look, out: &mut dyn Write) -> io::Result<()> {
        match form {
            Form::Plain => plain::write(self, look, out),
            Form::Json => json::write(self, out),
            Form::Sarif => sarif::write(self, out),
            Form::Github => github::write(self, out),
            Form::Junit => junit::write(self, out),
        }
    }

    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// The forms of the answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// For people.
    Plain,
    /// Our own document.
    Json,
    /// Static analysis results, version 2.1.0.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// Test results, as most forges read them.
    Junit,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 5] = [Form::Plain, Form::Json, Form::Sarif, Form::Github, Form::Junit];

    /// The word for it on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Form::Plain => "plain",
            Form::Json => "json",
            Form::Sarif => "sarif",
            Form::Github => "github",
            Form::Junit => "junit",
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No form has this name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownForm(String);

impl fmt::Display for UnknownForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is none of {}", self.0, Form::ALL.map(Form::name).join(", "))
    }
}

impl std::error::Error for UnknownForm {}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(text: &str) -> Result<Form, UnknownForm> {
        Form::ALL.into_iter().find(|form| form.name() == text).ok_or_else(|| UnknownForm(text.to_owned()))
    }
}

#[cfg(test)]
pub(super) mod sample {
    //! Two findings that every form is tried on.

    use super::*;
    use crate::diagnostic::{Authelia, Edit, Fix, Label, Safety};
    use crate::source::{Source, Span};

    pub(in crate::report) const TEXT: &str = "clients:\n  - client_id: 'é x'\n    client_secret: 'insecure'\n    public: true\n";

    const RULE: Rule = Rule {
        id: "client-id-charset",
        severity: Severity::Error,
        authelia: Authelia::Rejects,
        fix: None,
        summary: "A `client_id` holds characters outside the unreserved ones of RFC 3986.",
        why: "The server refuses to start.",
        help: "use letters, digits and '-._~' only",
        bad: "",
        good: "",
        reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_id",
        check: |_| {},
    };

    const PLAINTEXT: Rule = Rule { id: "plaintext-client-secret", severity: Severity::Warning, ..RULE };

    pub(in crate::report) const RULES: [&Rule; 2] = [&RULE, &PLAINTEXT];

    pub(in crate::report) fn sources() -> Sources {
        Sources::from(Source::new("some folder/configuration.yml", TEXT.to_owned()))
    }

    /// What a form writes of the two findings.
    pub(in crate::report) fn written(form: Form) -> String {
        let sources = sources();
        let findings = findings(&sources);
        let report = Report { sources: &sources, findings: &findings, rules: &RULES, target: "4.39.20" };
        let mut out = Vec::new();
        report.write(form, Look { color: false, width: 80, is_terminal: true }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    pub(in crate::report) fn findings(sources: &Sources) -> Vec<Diagnostic> {
        let (source, _) = sources.iter().next().unwrap();
        let place = |part: &str| {
            let start = u32::try_from(TEXT.find(part).unwrap()).unwrap();
            Span { source, start, end: start + u32::try_from(part.len()).unwrap() }
        };
        vec![
            Diagnostic {
                rule: "client-id-charset",
                severity: Severity::Error,
                authelia: Authelia::Rejects,
                message: "client_id holds characters outside RFC 3986 unreserved: 'é' ' '".to_owned(),
                path: "identity_providers.oidc.clients[0].client_id".to_owned(),
                label: Label { span: place("'é x'"), text: String::new() },
                related: Vec::new(),
                why: RULE.why.into(),
                help: RULE.help.into(),
                fix: None,
            },
            Diagnostic {
                rule: "plaintext-client-secret",
                severity: Severity::Warning,
                authelia: Authelia::Warns,
                message: "the client_secret is stored in plain text: 100 %, a,b".to_owned(),
                path: "identity_providers.oidc.clients[0].client_secret".to_owned(),
                label: Label { span: place("'insecure'"), text: "plain text".to_owned() },
                related: vec![Label { span: place("public: true"), text: "though public".to_owned() }],
                why: "Whoever reads the file has the secret.\nSo does its backup.".into(),
                help: "store a digest: `authkuma hash`".into(),
                fix: Some(Fix {
                    title: "remove the secret".to_owned(),
                    safety: Safety::Unsafe,
                    edits: vec![Edit { span: place("    client_secret: 'insecure'\n"), text: String::new() }],
                }),
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_names() {
        for form in Form::ALL {
            assert_eq!(form.name().parse(), Ok(form));
        }
        assert_eq!("xml".parse::<Form>().unwrap_err().to_string(), "'xml' is none of plain, json, sarif, github, junit");
    }
}
