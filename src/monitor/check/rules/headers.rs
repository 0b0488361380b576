//! What replaces the token, or the server's answer to it.

use url::Url;

use crate::diagnostic::Severity;
use crate::monitor::check::rule::{Context, Rule};
use crate::monitor::{Generation, HeaderFault, Kind};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "unreadable-monitor-headers",
        severity: Severity::Error,
        field: "Headers",
        summary: "The custom headers are no JSON object.",
        why: "Uptime Kuma reads them when it asks for the page. Where they are no JSON every check fails there, with the token in hand; where they are JSON and \
              no object, what is sent is not what was meant.",
        help: "write them as a JSON object, such as {\"X-Name\": \"value\"}, or empty the field",
        check: unreadable_headers,
    },
    Rule {
        id: "replaced-monitor-token",
        severity: Severity::Error,
        field: "Headers",
        summary: "Something else is sent in place of the token.",
        why: "Custom headers are added last, and a name and password in the URL become an Authorization header of their own. The token that was asked for is not sent.",
        help: "remove it",
        check: replaced_token,
    },
    Rule {
        id: "unusual-monitor-accept",
        severity: Severity::Note,
        field: "Headers",
        summary: "A custom Accept header does not name text/html.",
        why: "Authelia then answers an unread token with 401 instead of a redirect to the login page. That makes failures visible, but differs from what a browser sees.",
        help: "keep it if that is meant",
        check: unusual_accept,
    },
];

fn unreadable_headers(context: &mut Context<'_, '_>) {
    let monitor = context.monitor;
    let Some(fault) = monitor.header_fault.filter(|_| context.credentials().is_some() && monitor.kind.sends_token()) else {
        return;
    };
    match (fault, &monitor.kind) {
        (HeaderFault::NoJson, Kind::Websocket) => {
            context.flag("the custom headers are no JSON and are left out").severity(Severity::Warning).emit();
        }
        (HeaderFault::NoJson, _) => context.flag("the custom headers are no JSON, so the page is never asked for").emit(),
        (HeaderFault::NoObject, _) => {
            context.flag("the custom headers are JSON and no object").severity(Severity::Warning).emit();
        }
    }
}

fn replaced_token(context: &mut Context<'_, '_>) {
    // A websocket's token is added after the headers, and before it is looked for a name in the URL.
    let is_replaceable = context.monitor.kind.sends_token() && context.monitor.kind != Kind::Websocket;
    if context.credentials().is_none() || !is_replaceable {
        return;
    }
    let header = context.monitor.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    if let Some((name, _)) = header {
        let is_mended = context.generation == Generation::Two && name == "Authorization";
        let more =
            if is_mended { "; after a 401 it is tried again with the token, so the monitor may be up by accident" } else { "" };
        context.flag(format!("the custom header '{name}' takes the token's place{more}")).emit();
    }
    let has_user = Url::parse(context.monitor.url.trim()).is_ok_and(|url| !url.username().is_empty() || url.password().is_some());
    if has_user {
        context.flag("the name and password in the URL take the token's place").field("URL").emit();
    }
}

fn unusual_accept(context: &mut Context<'_, '_>) {
    let Some(accept) = context.monitor.accept().filter(|_| context.credentials().is_some()) else { return };
    if !accept.contains("text/html") {
        context.flag("the Accept header does not name text/html").emit();
    }
}
