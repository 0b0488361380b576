//! What counts as up: the ways in which a refused token, or the login page, turns a monitor green.

use crate::diagnostic::Severity;
use crate::monitor::check::rule::{Context, Rule};
use crate::monitor::{Kind, State};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "followed-redirects",
        severity: Severity::Warning,
        field: "Max. Redirects",
        summary: "Redirects are followed and the status alone decides.",
        why: "When the token is not accepted, Authelia sends the request to its login page, which answers 200: the monitor stays green.",
        help: "set 'Max. Redirects' to 0, or watch for a keyword that only the application shows",
        check: followed_redirects,
    },
    Rule {
        id: "accepted-refusals",
        severity: Severity::Error,
        field: "Accepted Status Codes",
        summary: "A refusal counts as up.",
        why: "302 is the login page, 401 a refused token, 403 a denying rule. Where 401 is accepted a token that has run out is not renewed either.",
        help: "accept 200-299 only",
        check: accepted_refusals,
    },
    Rule {
        id: "unaccepted-success",
        severity: Severity::Warning,
        field: "Accepted Status Codes",
        summary: "No status of success counts as up.",
        why: "An application that answers 200 counts as down then. Where errors are accepted in its place the monitor is green while Authelia or the application \
              cannot be reached, which a proxy answers with 500 to 504.",
        help: "accept 200-299, unless the page is meant to answer so",
        check: unaccepted_success,
    },
    Rule {
        id: "contentless-method",
        severity: Severity::Error,
        field: "Method",
        summary: "The monitor looks into an answer that has no content.",
        why: "The answer to HEAD has no content: a keyword is never found in it and a JSON query never passes, so the monitor is down however well the \
              application is. A keyword that must be absent always is, and the monitor is green on every accepted status.",
        help: "set 'Method' to GET",
        check: contentless_method,
    },
    Rule {
        id: "keyword-on-portal",
        severity: Severity::Warning,
        field: "Keyword",
        summary: "The login page holds the keyword too.",
        why: "Redirects are followed, so a token that is not accepted leads to the login page, where the keyword is found: the monitor stays green.",
        help: "choose a word that only the application shows, and set 'Max. Redirects' to 0",
        check: keyword_on_portal,
    },
    Rule {
        id: "inverted-keyword",
        severity: Severity::Warning,
        field: "Invert Keyword",
        summary: "The absence of a keyword counts as up.",
        why: "The login page does not hold the keyword either, so a token that is not accepted leaves the monitor green as long as redirects are followed.",
        help: "set 'Max. Redirects' to 0",
        check: inverted_keyword,
    },
    Rule {
        id: "upside-down-monitor",
        severity: Severity::Warning,
        field: "Upside Down Mode",
        summary: "Failures count as up.",
        why: "Every refused token, and every outage, turns the monitor green.",
        help: "switch it off, unless the page is meant to be refused",
        check: upside_down,
    },
];

fn followed_redirects(context: &mut Context<'_, '_>) {
    if context.credentials().is_none() || context.monitor.kind != Kind::Http || context.monitor.max_redirects <= 0 {
        return;
    }
    let count = context.monitor.max_redirects;
    if context.outlook.redirects() {
        let was_up = context.monitor.heartbeat.as_ref().is_some_and(|heartbeat| heartbeat.state == State::Up);
        let more = if was_up { ", and the last check was up" } else { "" };
        context.flag(format!("the login page answers in place of the application{more}")).severity(Severity::Error).emit();
    } else {
        context.flag(format!("up to {count} redirects are followed, to the login page too")).emit();
    }
}

fn accepted_refusals(context: &mut Context<'_, '_>) {
    if context.credentials().is_none() || !matches!(context.monitor.kind, Kind::Http | Kind::Keyword | Kind::JsonQuery) {
        return;
    }
    let accepted = &context.monitor.accepted;
    let takes_redirects = accepted.overlap(&(300..=399));
    let takes_refusals = accepted.contain(401) || accepted.contain(403);
    if takes_refusals || takes_redirects {
        // A redirect that is followed is never the answer, and the content of one is not the application's.
        let is_decisive = takes_refusals || context.monitor.max_redirects <= 0;
        let severity = if is_decisive && context.monitor.kind == Kind::Http { Severity::Error } else { Severity::Warning };
        context.flag(format!("these statuses count as up: {accepted}")).severity(severity).emit();
    }
}

fn unaccepted_success(context: &mut Context<'_, '_>) {
    let reads_status = matches!(context.monitor.kind, Kind::Http | Kind::Keyword | Kind::JsonQuery | Kind::Globalping);
    let accepted = &context.monitor.accepted;
    if context.credentials().is_none() || !reads_status || accepted.overlap(&(200..=299)) {
        return;
    }
    if !accepted.is_list() {
        context
            .flag("the accepted statuses are no JSON list, so nothing counts as up")
            .severity(Severity::Error)
            .help(ACCEPT)
            .emit();
    } else if accepted.is_empty() {
        context.flag("no status counts as up").severity(Severity::Error).help(ACCEPT).emit();
    } else {
        context.flag(format!("of all statuses only these count as up: {accepted}")).emit();
    }
}

const ACCEPT: &str = "choose 200-299, and save";

fn contentless_method(context: &mut Context<'_, '_>) {
    let monitor = context.monitor;
    if context.credentials().is_none() || monitor.method != "HEAD" {
        return;
    }
    match monitor.kind {
        Kind::Keyword if monitor.keyword.is_empty() => {}
        Kind::Keyword if monitor.invert_keyword => {
            context.flag("a keyword that must be absent is looked for in the answer to HEAD, which has no content").emit();
        }
        Kind::Keyword => context.flag("a keyword is looked for in the answer to HEAD, which has no content").emit(),
        Kind::JsonQuery => context.flag("JSON is looked for in the answer to HEAD, which has no content").emit(),
        _ => {}
    }
}

fn keyword_on_portal(context: &mut Context<'_, '_>) {
    let monitor = context.monitor;
    let follows = monitor.kind == Kind::Keyword && !monitor.invert_keyword && monitor.max_redirects > 0;
    if context.credentials().is_none() || !follows || !is_on_portal(&monitor.keyword) {
        return;
    }
    let severity = if context.outlook.redirects() { Severity::Error } else { Severity::Warning };
    context.flag(format!("the login page holds '{}' too", monitor.keyword)).severity(severity).emit();
}

fn inverted_keyword(context: &mut Context<'_, '_>) {
    let monitor = context.monitor;
    let follows = monitor.kind == Kind::Keyword && monitor.invert_keyword && monitor.max_redirects > 0;
    if context.credentials().is_none() || !follows || is_on_portal(&monitor.keyword) {
        return;
    }
    let severity = if context.outlook.redirects() { Severity::Error } else { Severity::Warning };
    context.flag(format!("the login page does not hold '{}' either", monitor.keyword)).severity(severity).emit();
}

fn upside_down(context: &mut Context<'_, '_>) {
    if context.credentials().is_some() && context.monitor.upside_down {
        context.flag("up and down are swapped").emit();
    }
}

/// Whether the source of the login page holds a text. Its scripts draw more, but Uptime Kuma runs none.
fn is_on_portal(keyword: &str) -> bool {
    PORTAL.iter().any(|part| part.contains(keyword))
}

/// Pieces that the source of the login page is made of, of the releases from 4.38 on.
const PORTAL: [&str; 12] = [
    "<!doctype html>",
    "<html lang=\"en\">",
    "<head>",
    "</head>",
    "<title>Login - Authelia</title>",
    "<title></title>",
    "<meta charset=\"utf-8\" />",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />",
    "<body data-theme=\"light\" data-resetpassword=\"true\" data-rememberme=\"true\">",
    "<noscript>You need to enable JavaScript to run this app.</noscript>",
    "<div id=\"root\"></div>",
    "</body></html>",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_page_are_on_the_portal_and_names_are_not() {
        for keyword in ["", "html", "Authelia", "Login", "JavaScript", "viewport", "<title>"] {
            assert!(is_on_portal(keyword), "{keyword}");
        }
        for keyword in ["Grafana", "Healthy", "authelia", "Z"] {
            assert!(!is_on_portal(keyword), "{keyword}");
        }
    }
}
