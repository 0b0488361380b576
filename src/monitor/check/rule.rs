//! What a rule about monitors is, and one monitor on its way through the rules.

use super::Outlook;
use crate::bearer::{Check, Step, Target};
use crate::config::client::Client;
use crate::config::{Config, Path};
use crate::diagnostic::Severity;
use crate::monitor::{ClientCredentials, Generation, Monitor};
use crate::scrub::blank_urls;

/// One thing that `monitor check` can say.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case; names what is flagged.
    pub id: &'static str,
    /// How bad a finding usually is.
    pub severity: Severity,
    /// The field of Uptime Kuma's form that it is about, by its label.
    pub field: &'static str,
    /// What it finds: one sentence.
    pub summary: &'static str,
    /// Why it matters: what the server answers and what the monitor will show.
    pub why: &'static str,
    /// How to mend it: one imperative sentence.
    pub help: &'static str,
    /// Looks at one monitor.
    pub check: fn(&mut Context<'_, '_>),
}

/// What one rule says of one monitor.
#[derive(Clone, Debug)]
pub struct Finding<'m> {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is.
    pub severity: Severity,
    /// The monitor.
    pub monitor: &'m Monitor,
    /// The label of the field that it is about.
    pub field: &'static str,
    /// One sentence, without full stop.
    pub message: String,
    /// Why it matters, as sentences.
    pub why: &'static str,
    /// How to mend it, as an imperative sentence.
    pub help: String,
    /// The part of Authelia's configuration that decides; may name an option that is absent.
    pub path: Option<Path>,
}

/// One monitor with all that is known of it, on its way through one rule.
pub struct Context<'c, 'm> {
    /// The monitor.
    pub monitor: &'m Monitor,
    /// The Uptime Kuma that it is stored in.
    pub generation: Generation,
    /// The configuration that it is held against.
    pub config: &'c Config,
    /// The release whose behaviour is assumed.
    pub target: Target,
    /// What it is answered.
    pub outlook: &'c Outlook,
    rule: &'static Rule,
    found: &'c mut Vec<Finding<'m>>,
}

/// What is looked at, whatever the rule.
#[derive(Clone, Copy)]
pub(super) struct Subject<'c, 'm> {
    pub(super) monitor: &'m Monitor,
    pub(super) generation: Generation,
    pub(super) config: &'c Config,
    pub(super) target: Target,
    pub(super) outlook: &'c Outlook,
}

impl<'c, 'm> Context<'c, 'm> {
    pub(super) fn new(subject: Subject<'c, 'm>, rule: &'static Rule, found: &'c mut Vec<Finding<'m>>) -> Context<'c, 'm> {
        let Subject { monitor, generation, config, target, outlook } = subject;
        Context { monitor, generation, config, target, outlook, rule, found }
    }

    /// Its client credentials.
    pub fn credentials(&self) -> Option<&'m ClientCredentials> {
        self.monitor.credentials()
    }

    /// The client that it names, when the configuration has it.
    pub fn client(&self) -> Option<&'c Client> {
        let id = &*self.credentials()?.client_id;
        self.config.clients().iter().find(|client| &*client.id == id)
    }

    /// What refuses the token, when this check does.
    pub fn token_refusal(&self, check: Check) -> Option<&'c Step> {
        self.outlook.token_refusals().find(|step| step.check == check)
    }

    /// The check at which the page is refused, when it is this one.
    pub fn page_refusal(&self, check: Check) -> Option<&'c Step> {
        self.outlook.page_refusal().filter(|step| step.check == check)
    }

    /// Starts a finding, its message without the monitor's secrets; it is recorded when the [`Flag`] is dropped.
    pub fn flag(&mut self, message: impl Into<String>) -> Flag<'_, 'm> {
        let finding = Finding {
            rule: self.rule,
            severity: self.rule.severity,
            monitor: self.monitor,
            field: self.rule.field,
            message: self.monitor.redact(&message.into()),
            why: self.rule.why,
            help: self.rule.help.to_owned(),
            path: None,
        };
        Flag { finding: Some(finding), found: self.found }
    }
}

/// A finding under construction.
pub struct Flag<'f, 'm> {
    finding: Option<Finding<'m>>,
    found: &'f mut Vec<Finding<'m>>,
}

impl Flag<'_, '_> {
    /// Help of its own in place of the rule's, without the secrets of the URLs that it names.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        self.change(|finding| finding.help = blank_urls(&help.into()))
    }

    /// A reason of its own in place of the rule's.
    #[must_use]
    pub fn why(self, why: &'static str) -> Self {
        self.change(|finding| finding.why = why)
    }

    /// A severity of its own.
    #[must_use]
    pub fn severity(self, severity: Severity) -> Self {
        self.change(|finding| finding.severity = severity)
    }

    /// Another field than the rule's usual.
    #[must_use]
    pub fn field(self, label: &'static str) -> Self {
        self.change(|finding| finding.field = label)
    }

    /// The part of the configuration that decides.
    #[must_use]
    pub fn path(self, path: Option<Path>) -> Self {
        self.change(|finding| finding.path = path)
    }

    fn change(mut self, change: impl FnOnce(&mut Finding<'_>)) -> Self {
        if let Some(finding) = &mut self.finding {
            change(finding);
        }
        self
    }

    /// Records it.
    pub fn emit(self) {}
}

impl Drop for Flag<'_, '_> {
    fn drop(&mut self) {
        self.found.extend(self.finding.take());
    }
}
