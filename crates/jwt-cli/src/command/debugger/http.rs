//! As much of HTTP/1.1 (RFC 9112) as one page needs, strictly: whatever is not the one request gets an error.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Longest request that is read, in bytes.
const MAX_REQUEST_LEN: usize = 16 * 1024;
/// Most requests that are read at a time.
const MAX_CONNECTIONS: usize = 32;
/// How long a request or an answer may take in all.
const PATIENCE: Duration = Duration::from_secs(10);

/// Answers requests until accepting fails for good.
pub(super) fn serve(listener: &TcpListener, page: &'static [u8]) -> io::Result<()> {
    static CONNECTIONS: AtomicUsize = AtomicUsize::new(0);
    let port = listener.local_addr()?.port();
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // Whoever it was has gone again, or too many files are open.
            thread::sleep(Duration::from_millis(10));
            continue;
        };
        if CONNECTIONS.load(Ordering::Relaxed) >= MAX_CONNECTIONS {
            continue;
        }
        CONNECTIONS.fetch_add(1, Ordering::Relaxed);
        let answer = move || {
            // Whoever does not read the answer does not get it.
            let _ = handle(stream, port, page);
            CONNECTIONS.fetch_sub(1, Ordering::Relaxed);
        };
        if thread::Builder::new().spawn(answer).is_err() {
            // No threads are to be had: this one asks again.
            CONNECTIONS.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

fn handle(mut stream: TcpStream, port: u16, page: &[u8]) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let answer = match read_head(&mut stream)? {
        Some(head) => answer(&head, port),
        None => Answer::HeadTooLong,
    };
    let body = if answer == Answer::Page { page } else { answer.reason().as_bytes() };
    stream.write_all(answer.head(body.len()).as_bytes())?;
    stream.write_all(body)?;
    stream.flush()?;
    stream.shutdown(std::net::Shutdown::Write)
}

/// Reads up to the empty line; `None` if that does not come in time or within the limit.
fn read_head(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let deadline = Instant::now() + PATIENCE;
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        stream.set_read_timeout(Some(left))?;
        let len = stream.read(&mut buffer)?;
        head.extend_from_slice(buffer.get(..len).unwrap_or_default());
        if let Some(end) = head.windows(4).position(|window| window == b"\r\n\r\n") {
            head.truncate(end);
            return Ok(Some(head));
        }
        if len == 0 || head.len() > MAX_REQUEST_LEN {
            return Ok(None);
        }
    }
}

/// What a request gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Page,
    BadRequest,
    NotFound,
    MethodNotAllowed,
    MisdirectedRequest,
    HeadTooLong,
}

impl Answer {
    const fn reason(self) -> &'static str {
        match self {
            Self::Page => "200 OK",
            Self::BadRequest => "400 Bad Request",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::MisdirectedRequest => "421 Misdirected Request",
            Self::HeadTooLong => "431 Request Header Fields Too Large",
        }
    }

    fn head(self, body_len: usize) -> String {
        let kind = if self == Self::Page { "text/html" } else { "text/plain" };
        let allow = if self == Self::MethodNotAllowed { "Allow: GET\r\n" } else { "" };
        format!(
            "HTTP/1.1 {}\r\n\
             Content-Type: {kind}; charset=utf-8\r\n\
             Content-Length: {body_len}\r\n\
             {allow}\
             Connection: close\r\n\
             Cache-Control: no-store\r\n\
             Content-Security-Policy: frame-ancestors 'none'\r\n\
             Cross-Origin-Opener-Policy: same-origin\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\n\
             Referrer-Policy: no-referrer\r\n\
             X-Content-Type-Options: nosniff\r\n\
             X-Frame-Options: DENY\r\n\r\n",
            self.reason()
        )
    }
}

fn answer(head: &[u8], port: u16) -> Answer {
    let Some(head) = str::from_utf8(head).ok().filter(|head| head.is_ascii()) else {
        return Answer::BadRequest;
    };
    let mut lines = head.split("\r\n");
    let line: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, path, "HTTP/1.1"] = line.as_slice() else { return Answer::BadRequest };
    let mut hosts = Vec::new();
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { return Answer::BadRequest };
        // A field name has no white space around it; a line that begins with some would continue the one before.
        if name.is_empty()
            || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        {
            return Answer::BadRequest;
        }
        match name.to_ascii_lowercase().as_str() {
            "host" => hosts.push(value.trim()),
            "transfer-encoding" => return Answer::BadRequest,
            "content-length" if value.trim() != "0" => return Answer::BadRequest,
            _ => {}
        }
    }
    // A page of others, which a name of theirs leads here (DNS rebinding), has that name as its host.
    let ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    match hosts.as_slice() {
        [host] if ours.iter().any(|ours| ours == host) => {}
        [_] => return Answer::MisdirectedRequest,
        _ => return Answer::BadRequest,
    }
    match (*method, *path) {
        ("GET", "/") => Answer::Page,
        ("GET", _) => Answer::NotFound,
        _ => Answer::MethodNotAllowed,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

    use super::*;
    use std::net::{Ipv4Addr, SocketAddr};

    #[test]
    fn one_request_gets_the_page() {
        let ok = "GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nAccept: */*";
        for (head, expected) in [
            (ok, Answer::Page),
            ("GET / HTTP/1.1\r\nhost:localhost:8000", Answer::Page),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Length: 0", Answer::Page),
            ("GET /?token=a HTTP/1.1\r\nHost: 127.0.0.1:8000", Answer::NotFound),
            ("GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:8000", Answer::NotFound),
            ("GET http://127.0.0.1:8000/ HTTP/1.1\r\nHost: 127.0.0.1:8000", Answer::NotFound),
            ("HEAD / HTTP/1.1\r\nHost: 127.0.0.1:8000", Answer::MethodNotAllowed),
            ("POST / HTTP/1.1\r\nHost: 127.0.0.1:8000", Answer::MethodNotAllowed),
            ("OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1:8000", Answer::MethodNotAllowed),
            ("get / HTTP/1.1\r\nHost: 127.0.0.1:8000", Answer::MethodNotAllowed),
            ("GET / HTTP/1.1\r\nHost: attacker.example:8000", Answer::MisdirectedRequest),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1", Answer::MisdirectedRequest),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:80", Answer::MisdirectedRequest),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8000.attacker.example", Answer::MisdirectedRequest),
            ("GET / HTTP/1.1", Answer::BadRequest),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nHost: attacker.example", Answer::BadRequest),
            ("GET / HTTP/1.1\r\nHost : 127.0.0.1:8000", Answer::BadRequest),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n continued: x", Answer::BadRequest),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nno colon", Answer::BadRequest),
            ("GET / HTTP/1.0\r\nHost: 127.0.0.1:8000", Answer::BadRequest),
            ("GET  / HTTP/1.1\r\nHost: 127.0.0.1:8000", Answer::BadRequest),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nTransfer-Encoding: chunked", Answer::BadRequest),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Length: 1", Answer::BadRequest),
            ("", Answer::BadRequest),
        ] {
            assert_eq!(answer(head.as_bytes(), 8000), expected, "{head}");
        }
        assert_eq!(answer(b"GET / HTTP/1.1\r\nHost: \xff", 8000), Answer::BadRequest);
    }

    fn exchange(address: SocketAddr, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        // The answer may come before all of it is written.
        let _ = stream.write_all(request);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    }

    #[test]
    fn over_a_socket() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || serve(&listener, b"<!doctype html>"));
        let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n");
        // One that says nothing does not keep others waiting.
        let silent = TcpStream::connect(address).unwrap();
        for _ in 0..2 {
            let answer = exchange(address, request.as_bytes());
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
            assert!(answer.contains("\r\nContent-Length: 15\r\n"), "{answer}");
            assert!(answer.contains("\r\nContent-Security-Policy: frame-ancestors 'none'\r\n"), "{answer}");
            assert!(answer.ends_with("\r\n\r\n<!doctype html>"), "{answer}");
        }
        drop(silent);
        assert!(exchange(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 421 "));
        assert!(exchange(address, b"GET / HTTP/1.1\r\n").starts_with("HTTP/1.1 431 "));
        let long = format!("GET / HTTP/1.1\r\nHost: {address}\r\nX: {}\r\n\r\n", "x".repeat(64 * 1024));
        let answer = exchange(address, long.as_bytes());
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
    }
}
