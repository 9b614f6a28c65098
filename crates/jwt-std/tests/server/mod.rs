//! An HTTP server on this machine that answers as the test says.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

type Answer = Arc<dyn Fn(&mut TcpStream) + Send + Sync>;

/// Nothing here takes longer, whatever goes wrong.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Server {
    address: SocketAddr,
    answer: Arc<Mutex<Answer>>,
    requests: Arc<AtomicUsize>,
    down: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn new(answer: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let answer: Arc<Mutex<Answer>> = Arc::new(Mutex::new(Arc::new(answer)));
        let (requests, down) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let thread = thread::spawn({
            let (answer, requests, down) = (Arc::clone(&answer), Arc::clone(&requests), Arc::clone(&down));
            move || {
                for stream in listener.incoming() {
                    if down.load(Ordering::SeqCst) {
                        return;
                    }
                    let mut stream = stream.unwrap();
                    if read_request(&mut stream) {
                        requests.fetch_add(1, Ordering::SeqCst);
                        let answer = Arc::clone(&answer.lock().unwrap());
                        answer(&mut stream);
                    }
                }
            }
        });
        Self { address, answer, requests, down, thread: Some(thread) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/keys", self.address)
    }

    pub(crate) fn answer(&self, answer: impl Fn(&mut TcpStream) + Send + Sync + 'static) {
        *self.answer.lock().unwrap() = Arc::new(answer);
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// Nobody listens any more.
    pub(crate) fn stop(&mut self) {
        self.down.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Whether there was a whole one.
fn read_request(stream: &mut TcpStream) -> bool {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    let (mut request, mut buffer) = (Vec::new(), [0; 1024]);
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(len @ 1..) if request.len() < 16 * 1024 => request.extend_from_slice(&buffer[..len]),
            _ => return false,
        }
    }
    assert!(request.starts_with(b"GET /keys HTTP/1.1\r\n"));
    true
}

/// Answers with `head`, the status and other headers, and `body`.
pub(crate) fn reply(head: &str, body: &str) -> impl Fn(&mut TcpStream) + Send + Sync + use<> {
    let answer =
        format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    move |stream| send(stream, answer.as_bytes())
}

/// Sends one byte after the other, each long before the time-out, until nobody listens.
pub(crate) fn drip(stream: &mut TcpStream) {
    let begun = Instant::now();
    send(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    while begun.elapsed() < PATIENCE && stream.write_all(b" ").is_ok() {
        // Waits for the client to leave, not for the time.
        if matches!(stream.read(&mut [0; 16]), Ok(0)) {
            return;
        }
    }
    panic!("the client never left");
}

/// Sends a body without end, until nobody listens.
pub(crate) fn endless(stream: &mut TcpStream) {
    let begun = Instant::now();
    send(stream, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
    while begun.elapsed() < PATIENCE {
        if stream.write_all(chunk.as_bytes()).is_err() {
            return;
        }
    }
    panic!("the client never left");
}

/// That the client has gone is its own affair.
fn send(stream: &mut TcpStream, bytes: &[u8]) {
    drop(stream.write_all(bytes));
}
