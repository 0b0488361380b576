//! What came of a probe, told to an Uptime Kuma push monitor. Its URL holds a token, so it is a secret.

use std::fmt;
use std::time::Duration;

use url::Url;

use super::fault::Fault;
use super::network::{DOCUMENT_LIMIT, Network, Request};
use crate::secret::Secret;

/// Why a push monitor was not told.
#[derive(Debug)]
pub enum PushError {
    /// The text is no URL of the web.
    NoUrl,
    /// Nothing came back.
    Unanswered(Fault),
    /// Uptime Kuma knows no such monitor, or it is paused.
    Refused(u16),
}

/// The longest message that is sent, in characters.
const LONGEST_MESSAGE: usize = 250;

/// Tells a push monitor. The time is shown as its ping, in milliseconds.
pub async fn push(
    network: &Network,
    url: &Secret,
    is_up: bool,
    message: &str,
    milliseconds: f64,
    time_limit: Duration,
) -> Result<(), PushError> {
    let mut url = Url::parse(url.expose()).map_err(|_| PushError::NoUrl)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(PushError::NoUrl);
    }
    // The form shows the URL with the parameters of an example.
    let message: String = message.chars().take(LONGEST_MESSAGE).collect();
    url.query_pairs_mut()
        .clear()
        .append_pair("status", if is_up { "up" } else { "down" })
        .append_pair("msg", &message)
        .append_pair("ping", &format!("{milliseconds:.0}"));
    let request =
        Request { method: "GET".to_owned(), url: &url, headers: Vec::new(), body: None, limit: DOCUMENT_LIMIT, time_limit };
    let received = network.send(request).await.1.map_err(PushError::Unanswered)?;
    // A wrong path answers 200 with the page of the dashboard.
    let answer: Option<serde_json::Value> = serde_json::from_slice(&received.body).ok();
    let is_ok = answer.is_some_and(|answer| answer["ok"] == true);
    if received.status == 200 && is_ok { Ok(()) } else { Err(PushError::Refused(received.status)) }
}

impl fmt::Display for PushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PushError::NoUrl => f.write_str("the push URL is no URL"),
            PushError::Unanswered(fault) => write!(f, "the push monitor does not answer: {}", fault.detail),
            PushError::Refused(status) => write!(f, "Uptime Kuma did not take the push: status {status}"),
        }
    }
}

impl std::error::Error for PushError {}
