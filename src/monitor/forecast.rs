//! What Uptime Kuma will show for an answer.

use crate::bearer::{Answer, AuthzDecision, Implementation, TokenDecision};

/// What stands in Uptime Kuma's list of events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forecast {
    /// The message.
    pub message: String,
    /// Whether the monitor is green.
    pub is_up: bool,
    /// What it depends on, and what it hides; a sentence.
    pub remark: Option<&'static str>,
}

/// What Uptime Kuma shows when this is what happens; none when nothing was asked that a monitor would ask.
pub fn forecast(answer: &Answer<'_>) -> Option<Forecast> {
    let refused = answer.token.as_ref().filter(|token| token.status != 200);
    match (&answer.authz, refused) {
        (Some(authz), _) => Some(of_application(authz, answer.endpoint.map(|endpoint| endpoint.implementation))),
        (None, Some(token)) => Some(of_token(token)),
        (None, None) => None,
    }
}

fn of_token(token: &TokenDecision) -> Forecast {
    let (error, description) = (token.error().unwrap_or_default(), token.description().unwrap_or_default());
    Forecast { message: format!("The oauth config is invalid. {error} ({description})"), is_up: false, remark: None }
}

fn of_application(authz: &AuthzDecision, implementation: Option<Implementation>) -> Forecast {
    let is_nginx = implementation == Some(Implementation::AuthRequest);
    match authz.status {
        200 => Forecast {
            message: "200 - OK".to_owned(),
            is_up: true,
            remark: Some("as long as the application itself answers 200"),
        },
        302 | 303 => Forecast {
            message: "200 - OK".to_owned(),
            is_up: true,
            remark: Some(
                "it follows the redirect to the login page and takes that for the application; with Max. Redirects 0 it shows 'Request failed with status code 302'",
            ),
        },
        401 if is_nginx && authz.location.is_some() => Forecast {
            message: failed(401),
            is_up: false,
            remark: Some(
                "but '200 - OK' for the login page where nginx turns a 401 into a redirect to the portal and Max. Redirects is not 0",
            ),
        },
        400 | 404 | 405 | 407 if is_nginx => {
            Forecast { message: failed(500), is_up: false, remark: Some("nginx makes 500 of every answer but 401 and 403") }
        }
        status => Forecast { message: failed(status), is_up: false, remark: None },
    }
}

fn failed(status: u16) -> String {
    format!("Request failed with status code {status}")
}
