//! `jwt debugger`: one page, for the browsers of this machine.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Stdio};
use std::thread;

use crate::failure::{Failure, Status};
use crate::terminal;

mod http;

/// What the build script found.
const PAGE: Option<&[u8]> = include!(concat!(env!("OUT_DIR"), "/debugger_page.rs"));

pub(crate) fn run(open: bool) -> Result<(), Failure> {
    let Some(page) = PAGE else {
        let message = "this jwt was built without the debugger's page: run `cargo xtask web --build`, and build it again";
        return Err(Failure::new(Status::Io, "no_page", message));
    };
    let failed = |error: std::io::Error| Failure::io(format!("127.0.0.1: {}", jwt_std::io_words(&error)));
    // Any free port, and no other interface.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
    let address = format!("http://{}/", listener.local_addr().map_err(failed)?);
    terminal::out_line(&address)?;
    terminal::err_line("the token debugger is served to this machine alone; Ctrl+C ends it");
    if open {
        // The opener may stay until the browser ends, which meanwhile asks for the page.
        let opener = move || {
            if !open_browser(&address) {
                terminal::warn("no browser could be started: open the address yourself");
            }
        };
        thread::Builder::new().spawn(opener).map_err(failed)?;
    }
    http::serve(&listener, page).map_err(failed)
}

fn open_browser(address: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}
