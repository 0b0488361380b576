//! What a proxy's request asks for: target and method, and the portal that it may name.

use super::authz::AuthzRequest;
use super::endpoint::Implementation;
use super::engine::Engine;
use crate::access::Object;
use crate::go::url::Url;

impl Engine {
    /// The target as the implementation reads it, or the server's reason why there is none.
    pub(super) fn target_of(&self, implementation: Implementation, request: &AuthzRequest) -> Result<Object, String> {
        let url = match implementation {
            Implementation::ForwardAuth => {
                let (host, uri) = (text(request.forwarded_host.as_ref()), text(request.forwarded_uri.as_ref()));
                self.forwarded(request, host, uri)?
            }
            Implementation::AuthRequest => match text(request.original_url.as_ref()) {
                "" => return Err("missing required X-Original-URL header".to_owned()),
                url => original(url)?,
            },
            // The server's HTTP library puts the host of the request line in lower case.
            Implementation::ExtAuthz => {
                self.forwarded(request, &request.host.to_ascii_lowercase(), text(request.rest.as_ref()))?
            }
            Implementation::Legacy => self.legacy(request)?,
        };
        let method = match implementation {
            Implementation::ForwardAuth => named("X-Forwarded-Method", request.forwarded_method.as_ref())?,
            Implementation::AuthRequest => named("X-Original-Method", request.original_method.as_ref())?,
            Implementation::ExtAuthz => method(&request.verb, "start line value 'Method'")?,
            Implementation::Legacy => match text(request.forwarded_method.as_ref()) {
                "" => method(&request.verb, "start line value 'Method'")?,
                forwarded => method(forwarded, "header 'X-Forwarded-Method'")?,
            },
        };
        Ok(Object::new(url, method))
    }

    fn forwarded(&self, request: &AuthzRequest, host: &str, uri: &str) -> Result<Url, String> {
        if host.is_empty() {
            return Err("failed to get target URL: missing host value".to_owned());
        }
        let url = format!("{}://{host}{uri}", self.scheme(request.forwarded_proto.as_deref()));
        Url::parse_request(&url).map_err(|error| format!("failed to get target URL: failed to parse forwarded headers: {error}"))
    }

    fn legacy(&self, request: &AuthzRequest) -> Result<Url, String> {
        if let Some(url) = &request.original_url {
            return original(url).map_err(|reason| format!("failed to get target URL: {reason}"));
        }
        let lower = request.host.to_ascii_lowercase();
        let host = Some(text(request.forwarded_host.as_ref())).filter(|host| !host.is_empty()).unwrap_or(&lower);
        let uri = Some(text(request.forwarded_uri.as_ref())).filter(|uri| !uri.is_empty()).unwrap_or(&request.uri);
        self.forwarded(request, host, uri)
    }
}

/// The portal that the request names, if it names one.
pub(super) fn named_portal(implementation: Implementation, request: &AuthzRequest) -> Result<Option<Url>, String> {
    let named = match implementation {
        Implementation::ForwardAuth | Implementation::AuthRequest => request.authelia_url.as_ref(),
        Implementation::ExtAuthz => request.authelia_url_header.as_ref(),
        Implementation::Legacy => request.rd.as_ref().or(request.authelia_url_header.as_ref()),
    };
    let read =
        |url: &String| Url::parse_request(url).map_err(|error| format!("the proxy names a portal that is no URL: {error}"));
    named.map(read).transpose()
}

fn text(header: Option<&String>) -> &str {
    header.map(String::as_str).unwrap_or_default()
}

fn original(url: &str) -> Result<Url, String> {
    Url::parse_request(url).map_err(|error| format!("failed to parse X-Original-URL header: {error}"))
}

fn named(header: &str, value: Option<&String>) -> Result<String, String> {
    match text(value) {
        "" => Err(format!("header '{header}' is empty")),
        value => method(value, &format!("header '{header}'")),
    }
}

/// A method: capital letters only.
fn method(value: &str, source: &str) -> Result<String, String> {
    if value.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(value.to_owned());
    }
    Err(format!("{source} with value '{value}' has invalid characters"))
}
