//! Connections: accepted without delay, bounded in number, size and time, and ended gracefully.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

/// Connections at a time; more wait in the system's queue.
const CONNECTIONS: usize = 1_024;
/// How long a peer may take to send a request's headers, and how long a connection may be idle.
const HEADER_TIME: Duration = Duration::from_secs(30);
/// How long a peer may take over the TLS handshake.
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// The most bytes of a request's headers.
const HEADER_BYTES: usize = 8 * 1024;
/// How long requests that are under way may take once the server is stopped.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait when the system has no more descriptors.
const RECOVERY: Duration = Duration::from_millis(100);

/// Where connections come in and what answers them.
pub(super) struct Listener {
    pub socket: TcpListener,
    pub tls: Option<TlsAcceptor>,
    pub router: Router,
}

/// Who is on the other side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub SocketAddr);

/// Ends the connection without an answer.
#[derive(Clone, Debug)]
pub(super) struct HangUp(Arc<Notify>);

impl HangUp {
    /// Does it. There is nothing to come back to.
    pub(super) async fn now(&self) -> ! {
        self.0.notify_one();
        std::future::pending().await
    }
}

impl Listener {
    /// Accepts and answers until `stop` says so, then lets what is under way come to its end.
    pub(super) async fn serve(self, mut stop: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut connections = JoinSet::new();
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
            let accepted = tokio::select! {
                accepted = self.socket.accept() => accepted,
                _ = stop.wait_for(|stopped| *stopped) => break,
            };
            match accepted {
                Ok((stream, peer)) => {
                    let (router, tls, stop) = (self.router.clone(), self.tls.clone(), stop.clone());
                    connections.spawn(async move {
                        let _place = place;
                        // A connection that breaks is the peer's affair.
                        let _ = converse(stream, peer, tls, router, stop).await;
                    });
                }
                Err(_) => sleep(RECOVERY).await,
            }
            while connections.try_join_next().is_some() {}
        }
        drop(self.socket);
        let _ = timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
    }
}

async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    router: Router,
    stop: watch::Receiver<bool>,
) -> io::Result<()> {
    // Without this an answer may wait 40 ms for the peer to acknowledge its first half.
    stream.set_nodelay(true)?;
    match tls {
        None => answer(stream, peer, router, stop).await,
        Some(tls) => {
            let stream = timeout(HANDSHAKE_TIME, tls.accept(stream)).await??;
            answer(stream, peer, router, stop).await
        }
    }
}

async fn answer<S>(stream: S, peer: SocketAddr, router: Router, mut stop: watch::Receiver<bool>) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let hang_up = HangUp(Arc::new(Notify::new()));
    let service = router.layer(Extension(Peer(peer))).layer(Extension(hang_up.clone()));
    let mut builder = auto::Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(HEADER_BYTES);
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => return ended.map_err(io::Error::other),
        () = hang_up.0.notified() => return Ok(()),
        _ = stop.wait_for(|stopped| *stopped) => {}
    }
    connection.as_mut().graceful_shutdown();
    connection.await.map_err(io::Error::other)
}
