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
    text(status, "text/html; charset=utf-8", document)
}

/// A JSON document, with the security headers' part that matters to caches.
pub(super) fn json(status: StatusCode, document: &impl Serialize) -> Reply {
    match serde_json::to_string(document) {
        Ok(document) => text(status, "application/json; charset=utf-8", document),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// The same answer marked as not to be stored.
pub(super) fn unstored(reply: Reply) -> Reply {
    with(with(reply, header::CACHE_CONTROL, "no-store"), header::PRAGMA, "no-cache")
}

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
