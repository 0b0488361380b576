//! How the requests are sent: addresses, limits, certificates.

use crate::config::Path;
use crate::diagnostic::Severity;
use crate::monitor::Kind;
use crate::monitor::address::as_sent;
use crate::monitor::check::rule::{Context, Rule};
use crate::monitor::emit::TOKEN_PATH;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "unsendable-monitor-url",
        severity: Severity::Error,
        field: "URL",
        summary: "An address is none that can be asked.",
        why: "The check fails before anything is sent.",
        help: "write the whole address, from https:// on",
        check: unsendable,
    },
    Rule {
        id: "foreign-token-url",
        severity: Severity::Error,
        field: "OAuth Token URL",
        summary: "The token URL is not the token endpoint.",
        why: "Authelia gives tokens at /api/oidc/token of a portal only. Elsewhere it answers 404, 405 or the login page, and a redirect is not followed, not even \
              the one that takes a final slash away.",
        help: "let it end in /api/oidc/token",
        check: foreign_token_url,
    },
    Rule {
        id: "other-portal-base",
        severity: Severity::Note,
        field: "OAuth Token URL",
        summary: "The token URL uses another base path than the portal's address.",
        why: "Authelia gives tokens with and without the sub-path of server.address, but a token of the one is refused at introspection and revocation below the \
              other.",
        help: "use the portal's address as it stands in authelia_url, with /api/oidc/token behind it",
        check: other_base,
    },
    Rule {
        id: "plain-http-monitor",
        severity: Severity::Error,
        field: "URL",
        summary: "The monitored URL is a plain http one.",
        why: "The token crosses the network readable by everybody on its way. Authelia refuses plain http targets with 400, and where the proxy redirects to https \
              the redirect decides what is seen.",
        help: "monitor the https address",
        check: plain_http,
    },
    Rule {
        id: "unlimited-timeout",
        severity: Severity::Warning,
        field: "Request Timeout",
        summary: "The timeout is 0.",
        why: "Uptime Kuma then waits for hours, and a hanging application is never shown as down. Monitors that were made without the form have it.",
        help: "set 48 seconds, or four fifths of the interval",
        check: unlimited_timeout,
    },
    Rule {
        id: "ignored-certificate",
        severity: Severity::Warning,
        field: "Ignore TLS/SSL errors for HTTPS websites",
        summary: "Certificate errors are ignored, which never applies to the token request.",
        why: "The token is handed to whoever answers in the application's name. If the portal's certificate comes from a private authority too, the token request \
              fails all the same.",
        help: "switch it off, and start Uptime Kuma with NODE_EXTRA_CA_CERTS naming the authority's certificate",
        check: ignored_certificate,
    },
    Rule {
        id: "token-to-strangers",
        severity: Severity::Error,
        field: "Monitor Type",
        summary: "The token is handed to the probes of a public network.",
        why: "Globalping runs the request on other people's machines, with the live token in it.",
        help: "use an HTTP monitor of this Uptime Kuma, and Globalping for public pages only",
        check: token_to_strangers,
    },
];

fn unsendable(context: &mut Context<'_, '_>) {
    let Some(credentials) = context.credentials().filter(|_| context.monitor.kind.sends_token()) else { return };
    if let Err(reason) = &context.outlook.page_url {
        context.flag(reason.to_string()).emit();
    }
    if let Err(reason) = &context.outlook.token_url
        && !credentials.token_url.trim().is_empty()
    {
        context.flag(reason.to_string()).field("OAuth Token URL").emit();
    }
}

fn foreign_token_url(context: &mut Context<'_, '_>) {
    let Ok(url) = &context.outlook.token_url else { return };
    let path = url.path();
    if path.ends_with(TOKEN_PATH) && url.query().is_none() {
        return;
    }
    let message = match path.trim_end_matches('/') {
        trimmed if trimmed.ends_with(TOKEN_PATH) && url.query().is_none() => {
            format!("the token URL ends with a slash, which is answered by a redirect: '{url}'")
        }
        _ => format!("the token URL is not the token endpoint: '{url}'"),
    };
    context.flag(message).emit();
}

fn other_base(context: &mut Context<'_, '_>) {
    let Ok(url) = &context.outlook.token_url else { return };
    let Some(base) = url.path().strip_suffix(TOKEN_PATH) else { return };
    let portals = context.config.session.cookies.iter().filter_map(|cookie| {
        let portal = as_sent(cookie.authelia_url.as_deref()?).ok()?;
        (portal.host_str() == url.host_str())
            .then(|| (portal.path().trim_end_matches('/').to_owned(), cookie.path("authelia_url")))
    });
    let portals: Vec<(String, Path)> = portals.collect();
    if portals.iter().any(|(own, _)| own == base) {
        return;
    }
    if let Some((own, path)) = portals.into_iter().next() {
        context.flag(format!("the token URL lies below '{base}/' and the portal below '{own}/'")).path(Some(path)).emit();
    }
}

fn plain_http(context: &mut Context<'_, '_>) {
    if context.credentials().is_none() || !context.monitor.kind.sends_token() {
        return;
    }
    if let Ok(url) = &context.outlook.page_url
        && matches!(url.scheme(), "http" | "ws")
    {
        context.flag(format!("the token is sent in clear text: '{url}'")).emit();
    }
}

fn unlimited_timeout(context: &mut Context<'_, '_>) {
    let asks = matches!(context.monitor.kind, Kind::Http | Kind::Keyword | Kind::JsonQuery);
    if asks && context.credentials().is_some() && context.monitor.timeout <= 0.0 {
        context.flag("the request has no time limit").emit();
    }
}

fn ignored_certificate(context: &mut Context<'_, '_>) {
    if context.credentials().is_some() && context.monitor.ignore_tls && context.monitor.kind.sends_token() {
        context.flag("certificate errors of the page are ignored, those of the token URL are not").emit();
    }
}

fn token_to_strangers(context: &mut Context<'_, '_>) {
    if context.credentials().is_some() && context.monitor.kind == Kind::Globalping {
        context.flag("the token is sent by the machines of the Globalping network").emit();
    }
}
