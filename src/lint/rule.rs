//! What a rule is: its documentation and facts as data, and a check.

use super::monitored::Monitored;
use crate::bearer::Target;
use crate::config::{Config, Path};
use crate::diagnostic::{Authelia, Diagnostic, Fix, Label, Safety, Severity};
use crate::source::Span;

/// One thing that `lint` can say. Its page, its SARIF entry and its first tests are made from this.
pub struct Rule {
    /// Kebab-case; equals the file's name; names what is flagged and reads well after "allow".
    pub id: &'static str,
    /// How bad a finding usually is.
    pub severity: Severity,
    /// What the server's own check says to it, usually.
    pub authelia: Authelia,
    /// Whether findings carry a fix, and whether it is safe.
    pub fix: Option<Safety>,
    /// What it finds: one sentence.
    pub summary: &'static str,
    /// Why it matters: what the server answers, what the monitor will see, what an attacker gains.
    pub why: &'static str,
    /// How to mend it: one imperative sentence.
    pub help: &'static str,
    /// YAML that it flags, after a line break. A second file, merged over the first, begins after a line `# second file`.
    pub bad: &'static str,
    /// The same YAML mended; nothing in it is flagged by this rule.
    pub good: &'static str,
    /// Where the fact can be read.
    pub reference: &'static str,
    /// Looks at a configuration.
    pub check: fn(&mut Context<'_>),
}

/// A configuration on its way through one rule.
pub struct Context<'a> {
    /// What is looked at.
    pub config: &'a Config,
    /// Whether a missing section is a fault.
    pub whole: bool,
    /// The server release whose behaviour is assumed.
    pub target: Target,
    /// What it means to the monitors.
    pub(super) monitored: &'a Monitored<'a>,
    pub(super) rule: &'static Rule,
    pub(super) found: &'a mut Vec<Diagnostic>,
}

impl Context<'_> {
    /// The rule that looks.
    pub(super) fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// Whether the access rules are known, so that a request without one is a fault.
    pub fn knows_rules(&self) -> bool {
        self.whole || self.config.tree.has(&Path::of("access_control"))
    }

    /// Whether the registered clients are known, so that a client that is not among them is a fault.
    pub fn knows_clients(&self) -> bool {
        self.whole || self.config.tree.has(&Path::of("identity_providers.oidc.clients"))
    }

    /// Starts a finding at a path; it is recorded when the [`Finding`] is dropped.
    pub fn flag(&mut self, path: &Path, message: impl Into<String>) -> Finding<'_> {
        let located = self.config.locate(path);
        let span = located.value.or(located.key).unwrap_or(located.nearest);
        self.flag_at(path, span, message)
    }

    /// Starts a finding whose caret stands under the key of a path.
    pub fn flag_key(&mut self, path: &Path, message: impl Into<String>) -> Finding<'_> {
        let located = self.config.locate(path);
        let span = located.key.or(located.value).unwrap_or(located.nearest);
        self.flag_at(path, span, message)
    }

    /// Starts a finding at a place that the path alone does not name.
    pub fn flag_at(&mut self, path: &Path, span: Span, message: impl Into<String>) -> Finding<'_> {
        let diagnostic = Diagnostic {
            rule: self.rule.id,
            severity: self.rule.severity,
            authelia: self.rule.authelia,
            message: message.into(),
            path: path.to_string(),
            label: Label { span, text: String::new() },
            related: Vec::new(),
            why: self.rule.why.into(),
            help: self.rule.help.into(),
            fix: None,
        };
        Finding { diagnostic: Some(diagnostic), config: self.config, found: self.found }
    }
}

/// A finding under construction.
pub struct Finding<'a> {
    diagnostic: Option<Diagnostic>,
    config: &'a Config,
    found: &'a mut Vec<Diagnostic>,
}

impl Finding<'_> {
    /// Words under the caret.
    #[must_use]
    pub fn label(self, text: impl Into<String>) -> Self {
        self.change(|diagnostic, _| diagnostic.label.text = text.into())
    }

    /// Help of its own in place of the rule's.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        self.change(|diagnostic, _| diagnostic.help = help.into().into())
    }

    /// A reason of its own in place of the rule's.
    #[must_use]
    pub fn why(self, why: impl Into<String>) -> Self {
        self.change(|diagnostic, _| diagnostic.why = why.into().into())
    }

    /// What the server says, where it differs from the rule's usual.
    #[must_use]
    pub fn authelia(self, authelia: Authelia) -> Self {
        self.change(|diagnostic, _| diagnostic.authelia = authelia)
    }

    /// A severity of its own.
    #[must_use]
    pub fn severity(self, severity: Severity) -> Self {
        self.change(|diagnostic, _| diagnostic.severity = severity)
    }

    /// Another place that matters.
    #[must_use]
    pub fn related(self, path: &Path, text: impl Into<String>) -> Self {
        self.change(|diagnostic, config| {
            let located = config.locate(path);
            let span = located.value.or(located.key).unwrap_or(located.nearest);
            diagnostic.related.push(Label { span, text: text.into() });
        })
    }

    /// Another place that matters, by its span.
    #[must_use]
    pub fn related_at(self, span: Span, text: impl Into<String>) -> Self {
        self.change(|diagnostic, _| diagnostic.related.push(Label { span, text: text.into() }))
    }

    /// Names the path as the server's decoder does, whose complaint this is.
    #[must_use]
    pub fn decoder_path(self, path: &Path) -> Self {
        self.change(|diagnostic, config| diagnostic.path = config.decoder_path(path))
    }

    /// The mend, where it can be made.
    #[must_use]
    pub fn fix(self, fix: Option<Fix>) -> Self {
        self.change(|diagnostic, _| diagnostic.fix = fix)
    }

    fn change(mut self, change: impl FnOnce(&mut Diagnostic, &Config)) -> Self {
        let config = self.config;
        if let Some(diagnostic) = &mut self.diagnostic {
            change(diagnostic, config);
        }
        self
    }

    /// Records it.
    pub fn emit(self) {}
}

impl Drop for Finding<'_> {
    fn drop(&mut self) {
        self.found.extend(self.diagnostic.take());
    }
}
