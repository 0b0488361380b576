//! Answers in the server's forms.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde::Serialize;

/// An answer under way.
pub(super) type Reply = Response<Body>;

/// The status and its name as plain text, which is how the server answers most things.
pub(super) fn plain(status: StatusCode) -> Reply {
    let name = status.canonical_reason().unwrap_or("Unknown Status Code");
    text(status, "text/plain; charset=utf-8", format!("{} {name}", status.as_u16()))
}

/// A document for a browser.
pub(super) fn html(status: StatusCode, document: impl Into<Body>) -> Reply {
    secured(text(status, "text/html; charset=utf-8", document))
}

/// A JSON document.
pub(super) fn json(status: StatusCode, document: &impl Serialize) -> Reply {
    match serde_json::to_string(document) {
        Ok(document) => unstored(text(status, "application/json; charset=utf-8", document)),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// No document at all, which is how the revocation endpoint says yes.
pub(super) fn empty() -> Reply {
    unstored(Response::new(Body::empty()))
}

/// The answer to a verb that is asked about and not taken.
pub(super) fn verbs(status: StatusCode, allowed: &str) -> Reply {
    let reply = if status == StatusCode::OK { Response::new(Body::empty()) } else { plain(status) };
    with(reply, header::ALLOW, allowed)
}

/// The same answer marked as not to be stored and to be taken for nothing else.
fn unstored(reply: Reply) -> Reply {
    let reply = with(secured(reply), header::CONTENT_SECURITY_POLICY, "default-src 'none'");
    with(with(reply, header::CACHE_CONTROL, "no-store"), header::PRAGMA, "no-cache")
}

/// The same answer with the server's security headers, which its plain answers lack.
fn secured(mut reply: Reply) -> Reply {
    for (name, value) in SECURITY {
        reply.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    reply
}

const SECURITY: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), keyboard-map=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), sync-xhr=(), xr-spatial-tracking=(), interest-cohort=()",
    ),
    ("x-frame-options", "DENY"),
    ("x-dns-prefetch-control", "off"),
];

/// The same answer with one more header. A value that no header can hold is left out.
pub(super) fn with(mut reply: Reply, name: HeaderName, value: &str) -> Reply {
    if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
        reply.headers_mut().insert(name, value);
    }
    reply
}

/// A text of any type.
pub(super) fn text(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Reply {
    let mut reply = Response::new(body.into());
    *reply.status_mut() = status;
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    reply
}
