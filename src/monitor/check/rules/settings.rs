//! What stands in the fields of the form's section "Authentication".

use crate::diagnostic::Severity;
use crate::monitor::check::rule::{Context, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "missing-monitor-setting",
        severity: Severity::Error,
        field: "Authentication",
        summary: "A field without which no token can be asked for is empty.",
        why: "The check fails before anything is sent. Monitors that were not made in the form, and those of an imported backup of 1.23, lack such fields.",
        help: "fill the field in",
        check: missing_setting,
    },
    Rule {
        id: "padded-monitor-value",
        severity: Severity::Error,
        field: "Client Secret",
        summary: "A value begins or ends with white space.",
        why: "Uptime Kuma sends the client's id and secret as they are typed, and Authelia takes the blank for a part of them: the token is refused as \
              'invalid_client'.",
        help: "paste the value again without what stands before or behind it",
        check: padded_value,
    },
    Rule {
        id: "digest-as-monitor-secret",
        severity: Severity::Error,
        field: "Client Secret",
        summary: "The digest of the secret is given as the secret.",
        why: "Authelia keeps the digest so that nobody can learn the secret from its files; the monitor has to send the secret itself. The token is refused as \
              'invalid_client'.",
        help: "paste the plain secret; if it is lost, make a new one with 'authkuma generate secret'",
        check: digest_as_secret,
    },
    Rule {
        id: "guessable-monitor-secret",
        severity: Severity::Warning,
        field: "Client Secret",
        summary: "The secret is the one of the documentation's examples, or too short to be one.",
        why: "Whoever guesses it is given a token and passes wherever the client may.",
        help: "make a new one with 'authkuma generate secret'",
        check: guessable_secret,
    },
    Rule {
        id: "secret-needs-encoding",
        severity: Severity::Note,
        field: "Client Secret",
        summary: "The secret holds characters that not every client encodes.",
        why: "Uptime Kuma encodes them, so this monitor works. curl and many libraries do not, and are refused with the same secret, which makes every test by \
              hand misleading.",
        help: "prefer letters, digits and '-._~', as 'authkuma generate secret' does",
        check: needs_encoding,
    },
];

fn missing_setting(context: &mut Context<'_, '_>) {
    let Some(credentials) = context.credentials() else { return };
    for (label, is_missing, help) in [
        ("OAuth Token URL", credentials.token_url.trim().is_empty(), "fill in https://<portal>/api/oidc/token"),
        ("Client ID", credentials.client_id.is_empty(), "fill in the client_id"),
        ("Client Secret", context.outlook.secret.is_empty, "fill in the plain secret, not its digest"),
        ("Authentication Method", credentials.method.is_none(), "choose 'Authorization Header', and save"),
    ] {
        if is_missing {
            context.flag(format!("'{label}' is empty")).field(label).help(help).emit();
        }
    }
}

fn padded_value(context: &mut Context<'_, '_>) {
    let Some(credentials) = context.credentials() else { return };
    if context.outlook.secret.is_padded {
        context.flag("the secret begins or ends with white space").emit();
    }
    if is_padded(&credentials.client_id) {
        context
            .flag(format!("the client id '{}' begins or ends with white space", credentials.client_id))
            .field("Client ID")
            .emit();
    }
    for (label, value) in [
        ("OAuth Token URL", &credentials.token_url),
        ("OAuth Scope", &credentials.scope),
        ("OAuth Audience", &credentials.audience),
    ] {
        if is_padded(value) && !value.trim().is_empty() {
            let message = format!("'{label}' begins or ends with white space, which is left out before it counts");
            context.flag(message).field(label).severity(Severity::Note).emit();
        }
    }
}

fn is_padded(value: &str) -> bool {
    value.trim() != value
}

fn digest_as_secret(context: &mut Context<'_, '_>) {
    if context.outlook.secret.is_digest {
        context.flag("the secret is a digest").emit();
    }
}

/// A random text of fewer characters can be tried out.
const SHORTEST_SECRET: usize = 16;

fn guessable_secret(context: &mut Context<'_, '_>) {
    if context.credentials().is_none() {
        return;
    }
    let secret = context.outlook.secret;
    if secret.is_example {
        context.flag("the secret is the one that stands in Authelia's documentation").emit();
    } else if !secret.is_empty && !secret.is_digest && secret.length < SHORTEST_SECRET {
        context.flag(format!("the secret has fewer than {SHORTEST_SECRET} characters")).emit();
    }
}

fn needs_encoding(context: &mut Context<'_, '_>) {
    let secret = context.outlook.secret;
    if secret.needs_encoding && !secret.is_digest {
        context.flag("the secret holds other characters than letters, digits and '-._~'").emit();
    }
}
