//! What the token endpoint answers.

use url::Url;

use crate::bearer::Check;
use crate::config::client::{BEARER_SCOPE, Client, TOKEN};
use crate::config::session::Cookie;
use crate::config::{Config, Path, Segment};
use crate::diagnostic::Severity;
use crate::monitor::EndpointMethod;
use crate::monitor::address::as_sent;
use crate::monitor::check::Match;
use crate::monitor::check::rule::{Context, Rule};
use crate::monitor::emit::{TOKEN_PATH, covers};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "token-url-outside-portal",
        severity: Severity::Error,
        field: "OAuth Token URL",
        summary: "The token URL is below no portal.",
        why: "Authelia gives tokens only when it is asked by https and by exactly the host of one authelia_url. An internal name, an address, plain http or another \
              port is refused as 'invalid_request'.",
        help: "use the public address of the portal as it stands in session.cookies[].authelia_url, with /api/oidc/token behind it",
        check: outside_portal,
    },
    Rule {
        id: "unregistered-client",
        severity: Severity::Error,
        field: "Client ID",
        summary: "The configuration has no client of this id.",
        why: "The token is refused as 'invalid_client', with the same words as for a wrong secret.",
        help: "write the client_id as it stands in the configuration, in the same case",
        check: unregistered_client,
    },
    Rule {
        id: "other-endpoint-method",
        severity: Severity::Error,
        field: "Authentication Method",
        summary: "The secret is sent in another way than the client is registered for.",
        why: "The token is refused as 'invalid_client'.",
        help: "choose 'Authorization Header', and set token_endpoint_auth_method to 'client_secret_basic' on the client: Authelia takes no other that Uptime Kuma has",
        check: other_method,
    },
    Rule {
        id: "wrong-monitor-secret",
        severity: Severity::Error,
        field: "Client Secret",
        summary: "The secret is not the one that the client's digest was made of.",
        why: "The token is refused as 'invalid_client'. Every check asks again, and the failures use up the rate limit of all monitors behind the same address.",
        help: "paste the client's plain secret, or make a new one with 'authkuma generate secret' and store its digest",
        check: wrong_secret,
    },
    Rule {
        id: "unverified-monitor-secret",
        severity: Severity::Note,
        field: "Client Secret",
        summary: "Whether the secret is the right one was not found out.",
        why: "What is said of this monitor assumes that it is.",
        help: "run 'authkuma verify' with the client's digest",
        check: unverified_secret,
    },
    Rule {
        id: "slow-client-digest",
        severity: Severity::Warning,
        field: "Client Secret",
        summary: "The client's digest takes too long to check.",
        why: "Uptime Kuma gives up on a token request after 10 seconds, whatever 'Request Timeout' says.",
        help: "make a new digest with 'authkuma hash'; its usual work factor is enough for a random secret",
        check: slow_digest,
    },
    Rule {
        id: "refused-monitor-grant",
        severity: Severity::Error,
        field: "Client ID",
        summary: "The client may not use the client-credentials grant.",
        why: "The token is refused as 'unauthorized_client' or 'invalid_grant'.",
        help: "set grant_types to ['client_credentials'] on the client, and keep public false",
        check: refused_grant,
    },
    Rule {
        id: "wrong-monitor-scope",
        severity: Severity::Error,
        field: "OAuth Scope",
        summary: "The scope asked for is not exactly the one that makes a token pass.",
        why: "Without a scope the token is given and then refused at the page with 401; with another one, or one more, it is not given at all.",
        help: "write exactly authelia.bearer.authz, and list it alone in the client's scopes",
        check: wrong_scope,
    },
    Rule {
        id: "refused-monitor-audience",
        severity: Severity::Error,
        field: "OAuth Audience",
        summary: "The client may not ask for this audience.",
        why: "The token is refused as 'invalid_target', up to 4.39.19 as 'invalid_request'.",
        help: "add the monitored URL to the client's audience list and write the same text into 'OAuth Audience'",
        check: refused_audience,
    },
    Rule {
        id: "interval-outlives-token",
        severity: Severity::Note,
        field: "Heartbeat Interval",
        summary: "A token runs out before the next check.",
        why: "Every check asks for a new token, which costs a verification of the secret each time and, from 4.39.17 to 4.39.19, counts against the rate limit.",
        help: "let tokens live for several intervals, as the usual hour does",
        check: short_lifespan,
    },
    Rule {
        id: "refused-monitor-token",
        severity: Severity::Error,
        field: "Authentication",
        summary: "The token is refused for another reason.",
        why: "The monitor cannot pass.",
        help: "run 'authkuma trace' for this client: it shows every check in the server's order",
        check: refused_token,
    },
];

fn outside_portal(context: &mut Context<'_, '_>) {
    let Some(step) = context.token_refusal(Check::Issuer) else { return };
    let url = context.outlook.token_url.as_ref().ok();
    let portal =
        portal(context.config, url.and_then(Url::host_str), context.outlook.page_url.as_ref().ok().and_then(Url::host_str));
    let message = format!("'{}' is no portal's address: {}", url.map_or("", Url::as_str), step.detail);
    let flag = context.flag(message).path(step.path.clone());
    let Some((mut portal, path)) = portal else {
        return flag.help("give a session.cookies entry its authelia_url, and use that with /api/oidc/token behind it").emit();
    };
    let was_plain = portal.scheme() == "http" && portal.set_scheme("https").is_ok();
    let token_url = format!("use {}{TOKEN_PATH}", portal.as_str().trim_end_matches('/'));
    if was_plain {
        flag.help(format!("{token_url}, and write https:// in authelia_url too")).path(Some(path)).emit();
    } else {
        flag.help(token_url).emit();
    }
}

/// The portal that is meant: the one of the host that is asked, else the one of the page, else the first.
fn portal(config: &Config, asked: Option<&str>, page: Option<&str>) -> Option<(Url, Path)> {
    let cookies = &config.session.cookies;
    let portals: Vec<(&Cookie, Url)> =
        cookies.iter().filter_map(|cookie| Some((cookie, as_sent(cookie.authelia_url.as_deref()?).ok()?))).collect();
    let is_of_page = |cookie: &Cookie| page.is_some_and(|page| covers(&cookie.domain, page));
    let found = portals.iter().find(|(_, portal)| portal.host_str() == asked);
    let found = found.or_else(|| portals.iter().find(|(cookie, _)| is_of_page(cookie))).or_else(|| portals.first());
    found.map(|(cookie, portal)| (portal.clone(), cookie.path("authelia_url")))
}

fn unregistered_client(context: &mut Context<'_, '_>) {
    let Some(step) = context.token_refusal(Check::ClientAuthentication) else { return };
    if context.client().is_some() {
        return;
    }
    let given = context.credentials().map_or("", |credentials| &*credentials.client_id);
    let alike = |id: &str| id.eq_ignore_ascii_case(given.trim());
    // One without an id is misspelt, and none that a monitor could name.
    let clients: Vec<_> = context.config.clients().iter().filter(|client| !client.id.is_empty()).collect();
    let near = clients.iter().find(|client| alike(&client.id));
    let mut bearers = clients.iter().filter(|client| client.has_bearer_scope());
    let only = bearers.next().filter(|_| bearers.next().is_none());
    let flag = context.flag(step.detail.clone()).path(step.path.clone());
    match (near, only) {
        (Some(client), _) => flag.help(format!("write '{}', letter by letter", client.id)).emit(),
        (None, Some(client)) => flag.help(format!("write '{}', the only client with the scope {BEARER_SCOPE}", client.id)).emit(),
        (None, None) => flag.emit(),
    }
}

/// Whether the check of the client's authentication fails at one of its options.
fn fails_at(path: Option<&Path>, option: &str) -> bool {
    path.is_some_and(|path| matches!(path.last(), Some(Segment::Key(key)) if **key == *option))
}

fn other_method(context: &mut Context<'_, '_>) {
    let Some(step) = context.token_refusal(Check::ClientAuthentication) else { return refused_method(context) };
    let Some(client) = context.client().filter(|_| fails_at(step.path.as_ref(), "token_endpoint_auth_method")) else { return };
    let is_basic = EndpointMethod::read(client.auth_method(TOKEN)) == Some(EndpointMethod::Basic);
    let flag = context.flag(step.detail.clone()).path(step.path.clone());
    // The scope of the token leaves no other that Uptime Kuma has.
    if is_basic { flag.help("choose 'Authorization Header'").emit() } else { flag.emit() }
}

/// A client that gives tokens by the method and that the server does not start with.
fn refused_method(context: &mut Context<'_, '_>) {
    let posts = |client: &&Client| client.has_bearer_scope() && client.auth_method(TOKEN) == EndpointMethod::Post.name();
    let Some(client) = context.client().filter(posts) else { return };
    if context.credentials().is_some_and(|credentials| credentials.method == Some(EndpointMethod::Post)) {
        let path = Some(client.path("token_endpoint_auth_method"));
        let message = "the client is registered with client_secret_post, which Authelia does not start with for this scope";
        context.flag(message).path(path).why("Authelia refuses the configuration, so no monitor passes.").emit();
    }
}

fn wrong_secret(context: &mut Context<'_, '_>) {
    let Some(step) = context.token_refusal(Check::ClientAuthentication) else { return };
    let is_method = fails_at(step.path.as_ref(), "token_endpoint_auth_method");
    // An empty secret is found before anything is sent.
    if context.client().is_none() || is_method || context.outlook.secret.is_empty {
        return;
    }
    context.flag(step.detail.clone()).path(step.path.clone()).emit();
}

fn unverified_secret(context: &mut Context<'_, '_>) {
    let path = context.client().map(|client| client.path("client_secret"));
    if context.outlook.matched == Some(Match::OutOfBudget) {
        context.flag("the secret was not compared: the other monitors' took the time that there is for it").path(path).emit();
    }
}

fn slow_digest(context: &mut Context<'_, '_>) {
    if context.outlook.matched != Some(Match::TooCostly) {
        return;
    }
    let Some(client) = context.client() else { return };
    let cost = client.secret.as_ref().and_then(crate::digest::ClientSecret::digest).map(|digest| digest.cost().to_string());
    let message = format!("the secret was not compared: that takes {}", cost.unwrap_or_default());
    context.flag(message).path(Some(client.path("client_secret"))).emit();
}

fn refused_grant(context: &mut Context<'_, '_>) {
    if let Some(step) = context.token_refusal(Check::Grant) {
        context.flag(step.detail.clone()).path(step.path.clone()).emit();
    }
}

fn wrong_scope(context: &mut Context<'_, '_>) {
    let Some(credentials) = context.credentials() else { return };
    let refused = context.token_refusal(Check::Scope);
    let unfit = context.page_refusal(Check::TokenScope).or_else(|| context.page_refusal(Check::ClientScope));
    if credentials.scope.trim().is_empty() && context.outlook.token.is_some() {
        context.flag("no scope is asked for, so the token is given none").path(unfit.and_then(|step| step.path.clone())).emit();
    } else if let Some(step) = refused.or(unfit) {
        context.flag(step.detail.clone()).path(step.path.clone()).emit();
    } else if context.outlook.token.is_some() && credentials.scope.trim() != BEARER_SCOPE {
        context.flag(format!("the scope asked for is '{}'", credentials.scope.trim())).emit();
    }
}

fn refused_audience(context: &mut Context<'_, '_>) {
    let Some(step) = context.token_refusal(Check::Audience) else { return };
    let url = context.outlook.covering_audience().unwrap_or_default();
    let help = format!("write '{url}' into 'OAuth Audience' and into the client's audience list");
    context.flag(step.detail.clone()).path(step.path.clone()).help(help).emit();
}

fn short_lifespan(context: &mut Context<'_, '_>) {
    let Some(grant) = context.outlook.grant() else { return };
    let interval = context.monitor.interval;
    #[expect(clippy::cast_precision_loss, reason = "a lifespan of centuries may lose seconds")]
    let lifetime = grant.lifetime as f64;
    if interval >= lifetime {
        let path = context.client().map(|client| client.path("lifespan"));
        let message = format!("a token lives for {} seconds and the next check comes after {interval}", grant.lifetime);
        context.flag(message).path(path).emit();
    }
}

fn refused_token(context: &mut Context<'_, '_>) {
    let has_rule =
        |check| matches!(check, Check::Issuer | Check::ClientAuthentication | Check::Grant | Check::Scope | Check::Audience);
    let outlook = context.outlook;
    for step in outlook.token_refusals().filter(|step| !has_rule(step.check)) {
        context.flag(step.detail.clone()).path(step.path.clone()).emit();
    }
}
