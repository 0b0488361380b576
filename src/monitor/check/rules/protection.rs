//! Monitors that ask without a token of their own, and pages that want none.

use crate::diagnostic::Severity;
use crate::monitor::check::rule::{Context, Rule};
use crate::monitor::{Authentication, Kind};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "open-page",
        severity: Severity::Warning,
        field: "URL",
        summary: "The page is open to everybody.",
        why: "A rule lets every request pass, so the monitor is green with any token and with none, and never shows that the protection fails.",
        help: "keep it if the page is meant to be public; else give its rule the policy one_factor and the client as its subject",
        check: open_page,
    },
    Rule {
        id: "unused-credentials",
        severity: Severity::Warning,
        field: "Monitor Type",
        summary: "Client credentials are filled in and the monitor's type sends none.",
        why: "The page is not asked with a token, so the monitor says nothing about whether people and tokens get in.",
        help: "choose the type 'HTTP(s)' or 'HTTP(s) - Keyword'",
        check: unused_credentials,
    },
    Rule {
        id: "unauthenticated-monitor",
        severity: Severity::Note,
        field: "Authentication",
        summary: "A protected host is watched without a token.",
        why: "Such a monitor sees the login page, a refusal, or that a port is open, and never the application.",
        help: "choose 'OAuth2: Client Credentials' and a client with a rule of its own; 'authkuma generate client' makes both",
        check: unauthenticated,
    },
];

fn open_page(context: &mut Context<'_, '_>) {
    if context.credentials().is_none() {
        return;
    }
    if let Some(page) = context.outlook.stranger.as_ref().filter(|page| page.status == 200) {
        context.flag("the page is given without a token too").path(page.decided_by.clone()).emit();
    }
}

fn unused_credentials(context: &mut Context<'_, '_>) {
    let kind = &context.monitor.kind;
    if context.credentials().is_some() && !kind.sends_token() && *kind != Kind::Group {
        context.flag(format!("a monitor of the type '{}' sends no token", kind.label())).emit();
    }
}

fn unauthenticated(context: &mut Context<'_, '_>) {
    if context.credentials().is_some() || matches!(context.monitor.kind, Kind::Group) {
        return;
    }
    let Some(page) = context.outlook.stranger.as_ref().filter(|page| page.status != 200 && page.is_protected) else { return };
    let path = page.decided_by.clone();
    if !context.monitor.kind.sends_token() {
        let message =
            format!("a monitor of the type '{}' does not see whether the application answers", context.monitor.kind.label());
        context.flag(message).path(path).field("Monitor Type").emit();
        return;
    }
    let how = match &context.monitor.authentication {
        Authentication::None => "without credentials".to_owned(),
        Authentication::Bearer => "with a token that never changes, which a client's token does not outlive".to_owned(),
        other => format!("with '{}'", other.label()),
    };
    let is_green = page.redirects && context.monitor.kind == Kind::Http && context.monitor.max_redirects > 0;
    let is_plain = matches!(context.monitor.authentication, Authentication::None);
    if is_green && is_plain {
        let message = format!("a protected page is watched {how}, and the login page counts as up");
        context.flag(message).path(path).severity(Severity::Warning).emit();
    } else {
        context.flag(format!("a protected page is watched {how}")).path(path).emit();
    }
}
