//! Connections: accepted without delay, bounded in number, size and time, and ended gracefully.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

/// Connections at a time. When there are more, those that ask nothing give up their places, the oldest first.
pub(super) const CONNECTIONS: usize = 1_024;
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
/// Connections that give up theirs then.
const RECOVERED: usize = 32;

/// Where connections come in and what answers them.
pub(super) struct Listener {
    pub socket: TcpListener,
    pub tls: Option<TlsAcceptor>,
    pub router: Router,
    /// Connections at a time.
    pub places: usize,
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

/// The connections that stand, the oldest first.
#[derive(Default)]
struct Crowd(VecDeque<Guest>);

/// A connection, and whether it waits for an answer.
struct Guest {
    connection: AbortHandle,
    asks: Arc<AtomicBool>,
}

impl Crowd {
    fn add(&mut self, guest: Guest) {
        self.0.retain(|guest| !guest.connection.is_finished());
        self.0.push_back(guest);
    }

    /// Ends so many connections that ask nothing, the oldest first.
    fn make_room(&mut self, places: usize) {
        self.0.retain(|guest| !guest.connection.is_finished());
        for guest in self.0.iter().filter(|guest| !guest.asks.load(Ordering::Relaxed)).take(places) {
            guest.connection.abort();
        }
    }
}

/// A request that waits for its answer.
struct Asking(Arc<AtomicBool>);

impl Asking {
    fn begin(asks: Arc<AtomicBool>) -> Asking {
        asks.store(true, Ordering::Relaxed);
        Asking(asks)
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Listener {
    /// Accepts and answers until `stop` says so, then lets what is under way come to its end.
    pub(super) async fn serve(self, mut stop: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(self.places));
        let (mut connections, mut crowd) = (JoinSet::new(), Crowd::default());
        loop {
            if places.available_permits() == 0 {
                crowd.make_room(1);
            }
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
            let accepted = tokio::select! {
                accepted = self.socket.accept() => accepted,
                _ = stop.wait_for(|stopped| *stopped) => break,
            };
            let Ok((stream, peer)) = accepted else {
                crowd.make_room(RECOVERED);
                sleep(RECOVERY).await;
                continue;
            };
            let asks = Arc::new(AtomicBool::new(false));
            let (router, tls, stop) = (telling(&self.router, &asks), self.tls.clone(), stop.clone());
            let connection = connections.spawn(async move {
                let _place = place;
                // A connection that breaks is the peer's affair.
                let _ = converse(stream, peer, tls, router, stop).await;
            });
            crowd.add(Guest { connection, asks });
            while connections.try_join_next().is_some() {}
        }
        drop(self.socket);
        let _ = timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
    }
}

/// The router that tells whether a request waits for its answer.
fn telling(router: &Router, asks: &Arc<AtomicBool>) -> Router {
    let asks = Arc::clone(asks);
    router.clone().layer(from_fn(move |request: Request, next: Next| {
        let asking = Asking::begin(Arc::clone(&asks));
        async move {
            let answer = next.run(request).await;
            drop(asking);
            answer
        }
    }))
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

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    /// Serves with four places, and does something beside it; each slow request tells that it has begun.
    fn beside_four_places<T>(deed: impl FnOnce(SocketAddr, Receiver<()>) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let socket = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = socket.local_addr().unwrap();
        let (begun, begins) = channel();
        let slow = move || {
            let _ = begun.send(());
            async {
                sleep(Duration::from_secs(1)).await;
                "slow"
            }
        };
        let router = Router::new().route("/slow", axum::routing::get(slow)).fallback(async || "here");
        let (_stop, stopped) = watch::channel(false);
        runtime.spawn(Listener { socket, tls: None, router, places: 4 }.serve(stopped));
        deed(address, begins)
    }

    fn ask(address: SocketAddr, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
        stream
    }

    fn answer(mut stream: TcpStream) -> String {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn who_says_nothing_keeps_nobody_out() {
        let answered = beside_four_places(|address, _| {
            let silent: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(address).unwrap()).collect();
            let mut slow = silent.iter().skip(10);
            slow.try_for_each(|mut stream| stream.write_all(b"GET / HTTP/1.1\r\nx: ")).unwrap();
            (0..3).map(|_| answer(ask(address, "/"))).collect::<Vec<_>>()
        });
        assert!(answered.iter().all(|answer| answer.ends_with("here")), "{answered:?}");
    }

    #[test]
    fn who_waits_for_an_answer_keeps_the_place() {
        let answered = beside_four_places(|address, begins| {
            let waiting: Vec<TcpStream> = (0..3).map(|_| ask(address, "/slow")).collect();
            assert_eq!(begins.iter().take(waiting.len()).count(), waiting.len());
            let _silent: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(address).unwrap()).collect();
            waiting.into_iter().map(answer).collect::<Vec<_>>()
        });
        assert!(answered.iter().all(|answer| answer.ends_with("slow")), "{answered:?}");
    }
}
