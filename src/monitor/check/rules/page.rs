//! What Authelia answers when the proxy asks about the page, the token in hand.

use crate::bearer::Check;
use crate::diagnostic::Severity;
use crate::monitor::Generation;
use crate::monitor::check::rule::{Context, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "missing-monitor-audience",
        severity: Severity::Error,
        field: "OAuth Audience",
        summary: "No audience is asked for, and the client is given none by itself.",
        why: "The token is given without an audience and refused at every page with 401. Nothing in the token request fails.",
        help: "write the monitored URL into 'OAuth Audience', or set requested_audience_mode: implicit on the client",
        check: missing_audience,
    },
    Rule {
        id: "audience-misses-url",
        severity: Severity::Error,
        field: "OAuth Audience",
        summary: "The token's audience does not cover the monitored URL.",
        why: "The page answers 401. Up to 4.39.20 an audience covers the URLs below it, by scheme, host, port and whole path segments; from 4.39.21 on it has to be \
              the monitored URL itself, query and final slash included.",
        help: "list the monitored URL, letter by letter, in the client's audience",
        check: audience_misses_url,
    },
    Rule {
        id: "cache-busting-monitor",
        severity: Severity::Error,
        field: "Add the uptime_kuma_cachebuster parameter",
        summary: "A random parameter makes the URL another one at every check.",
        why: "From 4.39.21 on the audience has to be the whole URL, which no list can hold then: the page answers 401. Rules with a pattern that ends after the path \
              do not match either, and the page answers 403.",
        help: "switch it off",
        check: cache_bust,
    },
    Rule {
        id: super::BREAKS_ON_UPGRADE,
        severity: Severity::Warning,
        field: "OAuth Audience",
        summary: "The monitor passes now and is refused by a later release.",
        why: "From 4.39.21 on an audience covers no URL but its own. A monitor that passes because its audience is a part of the monitored URL, the final slash of the \
              root included, is refused with 401 after the upgrade.",
        help: "add --upgrade FROM:TO in the place of --target, such as --upgrade 4.39.20:4.39.23: it shows the audience list that works under both",
        check: breaks_on_upgrade,
    },
    Rule {
        id: "url-outside-cookie-domain",
        severity: Severity::Error,
        field: "URL",
        summary: "The monitored host belongs to no session cookie domain that has a portal.",
        why: "Authelia answers 400 to everything that is asked about it, with or without a token.",
        help: "add the domain with its authelia_url to session.cookies, or correct the URL",
        check: outside_cookie_domain,
    },
    Rule {
        id: "unread-monitor-token",
        severity: Severity::Error,
        field: "Authentication",
        summary: "No authz endpoint looks at the token.",
        why: "The request counts as anonymous and is sent to the login page, which answers 200: a monitor that follows redirects turns green on it.",
        help: "give the authz endpoint that the proxy asks the strategy HeaderAuthorization with the scheme Bearer, above CookieSession",
        check: unread_token,
    },
    Rule {
        id: "denied-monitor",
        severity: Severity::Error,
        field: "URL",
        summary: "The access rules deny the page to the client.",
        why: "The token is accepted and the page answers 403. The first rule that matches host, path, query, method, network and subject decides; without one the \
              default policy does.",
        help: "put a rule with the subject 'oauth2:client:<client_id>' and the policy one_factor above the one that decides",
        check: denied,
    },
    Rule {
        id: "second-factor-for-monitor",
        severity: Severity::Error,
        field: "URL",
        summary: "The access rules ask for two factors, which a client never has.",
        why: "The page answers 401 with a Basic challenge, however good the token is.",
        help: "put a rule with the subject 'oauth2:client:<client_id>' and the policy one_factor above the one that decides",
        check: second_factor,
    },
    Rule {
        id: "address-dependent-monitor",
        severity: Severity::Note,
        field: "URL",
        summary: "Whether the page is opened depends on the address that Uptime Kuma asks from.",
        why: "A rule with networks stands in the way, and the address that the proxy reports is not known here.",
        help: "name the address with --ip",
        check: address_dependent,
    },
    Rule {
        id: "refused-monitor-page",
        severity: Severity::Error,
        field: "URL",
        summary: "The page is refused for another reason.",
        why: "The monitor cannot pass.",
        help: "run 'authkuma trace' for this client and URL: it shows every check in the server's order",
        check: refused_page,
    },
];

/// Whether the audience decides the answer of the page.
fn audience_step<'c>(context: &Context<'c, '_>) -> Option<&'c crate::bearer::Step> {
    context.page_refusal(Check::TokenAudience).or_else(|| context.page_refusal(Check::ClientAudience))
}

fn missing_audience(context: &mut Context<'_, '_>) {
    let Some(step) = audience_step(context).filter(|_| context.outlook.has_no_audience()) else { return };
    let path = context.client().map(|client| client.path("requested_audience_mode"));
    let url = context.outlook.covering_audience().unwrap_or_default();
    let help = match context.generation {
        Generation::One => {
            "set requested_audience_mode: implicit on the client: Uptime Kuma 1.23 cannot ask for an audience".to_owned()
        }
        Generation::Two => format!("write '{url}' into 'OAuth Audience', or set requested_audience_mode: implicit on the client"),
    };
    context.flag(format!("the token is given no audience: {}", step.detail)).path(path).help(help).emit();
}

fn audience_misses_url(context: &mut Context<'_, '_>) {
    if context.outlook.has_no_audience() || context.outlook.fails_by_cache_bust() {
        return;
    }
    let Some(step) = audience_step(context) else { return };
    let url = context.outlook.covering_audience().unwrap_or_default();
    let is_asked_for = context.credentials().is_some_and(|credentials| !credentials.audience.trim().is_empty());
    let help = if is_asked_for {
        format!("write '{url}' into 'OAuth Audience' and into the client's audience list")
    } else {
        format!("list '{url}' in the client's audience")
    };
    context.flag(step.detail.clone()).path(step.path.clone()).help(help).emit();
}

fn cache_bust(context: &mut Context<'_, '_>) {
    if !context.monitor.cache_bust || context.credentials().is_none() {
        return;
    }
    let outlook = context.outlook;
    if outlook.fails_by_cache_bust() {
        let path = outlook.page_refusal().and_then(|step| step.path.clone());
        context.flag("the random parameter is what keeps the monitor from passing").path(path).emit();
    } else if outlook.passes() && outlook.later_refusal().is_none() {
        context.flag("a random parameter is added to the URL").severity(Severity::Note).emit();
    }
}

fn breaks_on_upgrade(context: &mut Context<'_, '_>) {
    if !context.outlook.passes() {
        return;
    }
    let Some((target, step)) = context.outlook.later_refusal() else { return };
    let message = format!("refused by {target}: {}", step.detail);
    context.flag(message).path(step.path.clone()).emit();
}

fn outside_cookie_domain(context: &mut Context<'_, '_>) {
    let Some(step) = context.page_refusal(Check::CookieDomain).or_else(|| context.page_refusal(Check::Portal)) else { return };
    context.flag(step.detail.clone()).path(step.path.clone()).emit();
}

fn unread_token(context: &mut Context<'_, '_>) {
    let outlook = context.outlook;
    let Some(page) = outlook.page.as_ref().filter(|page| page.unread.is_some()) else { return };
    let Some(step) = &page.unread else { return };
    context.flag(format!("the token is not looked at: {}", step.detail)).path(step.path.clone()).emit();
}

fn denied(context: &mut Context<'_, '_>) {
    let Some(step) = context.page_refusal(Check::AccessControl) else { return };
    if context.outlook.page_status() == Some(403) && !context.outlook.fails_by_cache_bust() {
        let help = client_rule_help(context);
        context.flag(step.detail.clone()).path(step.path.clone()).help(help).emit();
    }
}

fn second_factor(context: &mut Context<'_, '_>) {
    let Some(step) = context.page_refusal(Check::AccessControl) else { return };
    if context.outlook.page_status() != Some(403) {
        let help = client_rule_help(context);
        context.flag(step.detail.clone()).path(step.path.clone()).help(help).emit();
    }
}

fn client_rule_help(context: &Context<'_, '_>) -> String {
    let id = context.credentials().map_or("<client_id>", |credentials| &*credentials.client_id);
    format!("put a rule with the subject 'oauth2:client:{id}' and the policy one_factor above the one that decides")
}

fn address_dependent(context: &mut Context<'_, '_>) {
    if context.outlook.page.as_ref().is_some_and(|page| page.depends_on_address) {
        context.flag("a rule with networks decides, and the address is not known").emit();
    }
}

fn refused_page(context: &mut Context<'_, '_>) {
    let Some(step) = context.outlook.page_refusal() else { return };
    let has_rule = matches!(
        step.check,
        Check::TokenAudience
            | Check::ClientAudience
            | Check::TokenScope
            | Check::ClientScope
            | Check::CookieDomain
            | Check::Portal
            | Check::AccessControl
            | Check::SecureScheme
    );
    if !has_rule {
        context.flag(step.detail.clone()).path(step.path.clone()).emit();
    }
}
