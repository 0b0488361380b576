//! A small HTTP/1.1 server in a thread, which can be as bad as it is told to be.

use std::collections::HashMap;
use std::io::{BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The header lines as they came, in order.
    pub(crate) lines: Vec<String>,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

impl Asked {
    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// An answer: status line's rest, header lines, body.
    Answer(u16, Vec<(&'static str, String)>, String),
    /// These bytes and no more.
    Raw(Vec<u8>),
    /// Nothing, with the connection open.
    Hang,
    /// The connection is cut.
    Cut,
    /// Headers, and a body of a gigabyte.
    Gigabyte,
    /// A head that never ends.
    EndlessHead,
    /// This, and then a letter twenty times a second.
    Drip(&'static str),
}

impl Reply {
    pub(crate) fn text(status: u16, body: &str) -> Reply {
        Reply::Answer(status, vec![("content-type", "text/plain".to_owned())], body.to_owned())
    }

    pub(crate) fn html(status: u16, body: &str) -> Reply {
        Reply::Answer(status, vec![("content-type", "text/html".to_owned())], body.to_owned())
    }

    pub(crate) fn json(status: u16, body: &str) -> Reply {
        Reply::Answer(status, vec![("content-type", "application/json".to_owned())], body.to_owned())
    }

    pub(crate) fn redirect(status: u16, to: &str) -> Reply {
        Reply::Answer(status, vec![("location", to.to_owned())], String::new())
    }

    /// The same answer with a header more.
    pub(crate) fn with(self, name: &'static str, value: &str) -> Reply {
        match self {
            Reply::Answer(status, mut headers, body) => {
                headers.push((name, value.to_owned()));
                Reply::Answer(status, headers, body)
            }
            other => other,
        }
    }
}

type Handler = dyn Fn(&Asked) -> Reply + Send + Sync;

/// The server. It ends with its value.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    stopped: Arc<AtomicBool>,
}

impl Server {
    pub(crate) fn start(handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Server {
        Server::serve(None, handler)
    }

    pub(crate) fn start_tls(tls: rustls::ServerConfig, handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Server {
        Server::serve(Some(Arc::new(tls)), handler)
    }

    /// What was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    fn serve(tls: Option<Arc<rustls::ServerConfig>>, handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (asked, stopped) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (log, stop): (Arc<Mutex<Vec<Asked>>>, _) = (asked.clone(), stopped.clone());
        let handler: Arc<Handler> = Arc::new(handler);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let (handler, log, tls) = (handler.clone(), log.clone(), tls.clone());
                std::thread::spawn(move || {
                    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                    let raw = stream.try_clone().unwrap();
                    match tls {
                        Some(tls) => {
                            let connection = rustls::ServerConnection::new(tls).unwrap();
                            converse(rustls::StreamOwned::new(connection, stream), &raw, &*handler, &log);
                        }
                        None => converse(stream, &raw, &*handler, &log),
                    }
                });
            }
        });
        Server { address, asked, stopped }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

/// Answers the requests of one connection.
fn converse(stream: impl Read + Write, raw: &TcpStream, handler: &Handler, log: &Mutex<Vec<Asked>>) {
    let mut stream = BufReader::new(stream);
    while let Some(asked) = read(&mut stream) {
        log.lock().unwrap().push(asked.clone());
        let written = match handler(&asked) {
            Reply::Answer(status, headers, body) => {
                let headers: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
                let headers = headers.concat();
                let length = body.len();
                let body = if asked.method == "HEAD" { "" } else { &body };
                write!(stream.get_mut(), "HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\n\r\n{body}")
            }
            Reply::Raw(bytes) => {
                let _ = stream.get_mut().write_all(&bytes);
                let _ = stream.get_mut().flush();
                return;
            }
            Reply::Hang => {
                std::thread::sleep(Duration::from_secs(30));
                return;
            }
            Reply::Cut => {
                let _ = raw.shutdown(std::net::Shutdown::Both);
                return;
            }
            Reply::Gigabyte => gigabyte(stream.get_mut()),
            Reply::EndlessHead => endless_head(stream.get_mut()),
            Reply::Drip(begin) => drip(stream.get_mut(), begin),
        };
        if written.and_then(|()| stream.get_mut().flush()).is_err() || asked.header("connection") == "close" {
            return;
        }
    }
}

fn gigabyte(stream: &mut impl Write) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 1073741824\r\n\r\n<html>")?;
    let block = vec![b'x'; 65536];
    (0..16384).try_for_each(|_| stream.write_all(&block))
}

fn endless_head(stream: &mut impl Write) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\n")?;
    (0..10_000_000).try_for_each(|at| write!(stream, "x-{at}: y\r\n"))
}

fn drip(stream: &mut impl Write, begin: &str) -> std::io::Result<()> {
    stream.write_all(begin.as_bytes())?;
    (0..600).try_for_each(|_| {
        stream.write_all(b"x")?;
        stream.flush()?;
        std::thread::sleep(Duration::from_millis(50));
        Ok(())
    })
}

fn read(stream: &mut impl std::io::BufRead) -> Option<Asked> {
    let mut line = String::new();
    stream.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut lines, mut headers) = (Vec::new(), HashMap::new());
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        lines.push(line);
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(Asked { method, path, lines, headers, body: String::from_utf8_lossy(&body).into_owned() })
}
