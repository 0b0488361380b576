//! HTTP by hand: bytes out, an answer in, nothing added.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Sends a request with these headers to `http://ADDRESS` and reads the answer.
pub(crate) fn ask(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut request = format!("{method} {path} HTTP/1.1\r\n");
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        write!(request, "Host: {}\r\n", host(address)).unwrap();
    }
    for (name, value) in headers {
        write!(request, "{name}: {value}\r\n").unwrap();
    }
    if !body.is_empty() {
        write!(request, "Content-Length: {}\r\n", body.len()).unwrap();
    }
    request.push_str("Connection: close\r\n\r\n");
    request.push_str(body);
    send(address, request.as_bytes()).expect("an answer")
}

/// Sends bytes as they are. None when the connection ends without an answer.
pub(crate) fn send(address: &str, request: &[u8]) -> Option<Reply> {
    let mut stream = TcpStream::connect(host(address)).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    // A server may refuse before it has read everything.
    let _ = stream.write_all(request);
    read(&mut stream)
}

/// Reads one answer.
fn read(stream: &mut TcpStream) -> Option<Reply> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        more(stream, &mut bytes)?;
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> =
        lines.map(|line| line.split_once(": ").unwrap()).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut reply = Reply { status, headers, body: String::new() };
    let mut body = bytes.split_off(end + 4);
    let length = reply.header("content-length").map(|length| length.parse::<usize>().unwrap());
    while length.is_none_or(|length| body.len() < length) && more(stream, &mut body).is_some() {}
    reply.body = String::from_utf8_lossy(&body).into_owned();
    Some(reply)
}

fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 4096];
    let count = stream.read(&mut chunk).ok().filter(|count| *count > 0)?;
    bytes.extend_from_slice(&chunk[..count]);
    Some(())
}

fn host(address: &str) -> &str {
    address.trim_start_matches("http://")
}
