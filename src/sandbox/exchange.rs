//! One request from its arrival to its line in the log, with what goes wrong on purpose.

use std::time::Instant;

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;

use super::answer::Answer;
use super::asked::Asked;
use super::journal::Entry;
use super::listener::{HangUp, Peer};
use super::reply::{Reply, plain};
use super::state::Sandbox;

/// A request that is to be answered.
pub(super) struct Incoming {
    pub asked: Asked,
    pub body: Body,
    /// Whether its token counts as expired.
    pub expired: bool,
}

/// Answers a request by `answer` and writes it down. `place` names where it came in; the portal has no name.
pub(super) async fn exchange<F>(sandbox: &Sandbox, place: &str, request: Request, answer: impl FnOnce(Incoming) -> F) -> Reply
where
    F: Future<Output = Answer>,
{
    let started = Instant::now();
    let mishap = sandbox.draw.next();
    if let Some(delay) = mishap.delay {
        tokio::time::sleep(delay).await;
    }
    let (parts, body) = request.into_parts();
    let Some(Peer(peer)) = parts.extensions.get::<Peer>().copied() else { return plain(StatusCode::INTERNAL_SERVER_ERROR) };
    let asked = Asked::new(&parts, peer.ip(), sandbox.tls);
    let write = |status: StatusCode, note: &str| {
        let (method, path, status) = (parts.method.as_str(), parts.uri.path(), status.as_u16());
        sandbox.journal.write(&Entry { place, method, path, status, took: started.elapsed(), note });
    };
    if mishap.drop
        && let Some(hang_up) = parts.extensions.get::<HangUp>()
    {
        write(StatusCode::INTERNAL_SERVER_ERROR, "fault: the connection is dropped");
        hang_up.now().await;
    }
    if mishap.error {
        write(StatusCode::INTERNAL_SERVER_ERROR, "fault: error");
        return plain(StatusCode::INTERNAL_SERVER_ERROR);
    }
    let Answer { reply, note } = answer(Incoming { asked, body, expired: mishap.expired }).await;
    write(reply.status(), &note);
    reply
}
