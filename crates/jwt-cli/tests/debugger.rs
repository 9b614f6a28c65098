//! `jwt debugger`, as far as it goes without a browser: `cargo xtask web` goes on from there.

#![cfg(feature = "debugger")]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Debugger {
    child: Child,
    address: String,
}

impl Debugger {
    /// `None` for a command that was built without its page.
    fn start() -> Option<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jwt"))
            .arg("debugger")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if line.is_empty() {
            let output = child.wait_with_output().unwrap();
            let message = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(4), "{message}");
            assert!(
                message.contains("run `cargo xtask web --build`, and build it again [no_page]"),
                "{message}"
            );
            return None;
        }
        let address =
            line.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/\n")).unwrap().to_owned();
        Some(Self { child, address })
    }

    fn get(&self, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Debugger {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_page_is_served_to_this_machine_alone() {
    let Some(debugger) = Debugger::start() else { return };
    assert!(debugger.address.starts_with("127.0.0.1:"), "{}", debugger.address);
    let page = debugger.get("/", &debugger.address);
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page:.200}");
    assert!(page.contains("<!doctype html>") && page.trim_end().ends_with("</html>"));
    assert!(page.contains("default-src 'none'; script-src 'sha256-"));
    assert!(debugger.get("/", "attacker.example").starts_with("HTTP/1.1 421 "));
    assert!(debugger.get("/?token=a", &debugger.address).starts_with("HTTP/1.1 404 "));
}
