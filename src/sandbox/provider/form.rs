//! The form in a request's body, as Go's `ParseMultipartForm` reads it.

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart};
use axum::http::{Request, header};

use crate::go::escape::query_escape;
use crate::go::query::Query;

/// A body that is said to be a form and cannot be read.
#[derive(Debug)]
pub(super) struct Unreadable;

/// Reads a body by its content type. What is no form has no parameters; neither does the query count.
pub(super) async fn read(content_type: Option<&str>, body: Vec<u8>) -> Result<Query, Unreadable> {
    let media_type = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match &*media_type {
        "application/x-www-form-urlencoded" => Ok(Query::parse(&String::from_utf8_lossy(&body))),
        "multipart/form-data" => multipart(content_type.unwrap_or_default(), body).await,
        _ => Ok(Query::default()),
    }
}

async fn multipart(content_type: &str, body: Vec<u8>) -> Result<Query, Unreadable> {
    let request = Request::post("/").header(header::CONTENT_TYPE, content_type).body(Body::from(body)).map_err(|_| Unreadable)?;
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Unreadable)?;
    let mut settings = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(|_| Unreadable)? {
        let name = part.name().filter(|name| !name.is_empty()).map(query_escape);
        let is_file = part.file_name().is_some_and(|file| !file.is_empty());
        let value = part.bytes().await.map_err(|_| Unreadable)?;
        if let (Some(name), false) = (name, is_file) {
            settings.push(format!("{name}={}", query_escape(&String::from_utf8_lossy(&value))));
        }
    }
    Ok(Query::parse(&settings.join("&")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(content_type: &str, body: &str, key: &str) -> Option<String> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let form = runtime.block_on(read(Some(content_type), body.as_bytes().to_vec())).unwrap();
        form.get(key).map(|value| String::from_utf8_lossy(value).into_owned())
    }

    #[test]
    fn both_kinds_of_form_are_read_and_nothing_else() {
        let form = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
        assert_eq!(value(form, "grant_type=client_credentials&scope=a+b", "scope").as_deref(), Some("a b"));
        assert_eq!(value("application/json", "{\"scope\":\"a\"}", "scope"), None);
        let body = "--x\r\nContent-Disposition: form-data; name=\"scope\"\r\n\r\na b&c\r\n--x--\r\n";
        assert_eq!(value("multipart/form-data; boundary=x", body, "scope").as_deref(), Some("a b&c"));
    }

    #[test]
    fn a_bad_escape_costs_its_parameter_alone() {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(value(form, "scope=%zz&grant_type=x", "scope"), None);
        assert_eq!(value(form, "scope=%zz&grant_type=x", "grant_type").as_deref(), Some("x"));
    }

    #[test]
    fn a_multipart_body_without_its_end_is_unreadable() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for content_type in ["multipart/form-data", "multipart/form-data; boundary=x"] {
            assert!(runtime.block_on(read(Some(content_type), b"--x\r\n".to_vec())).is_err(), "{content_type}");
        }
    }
}
