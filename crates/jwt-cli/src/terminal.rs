//! Writing to the terminal: colour only there, nothing that it would obey.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};

use crate::failure::Failure;

/// Writes bytes to standard output.
pub(crate) fn out(bytes: &[u8]) -> Result<(), Failure> {
    out_is_read(bytes).map(|_| ())
}

/// As [`out`]; `false` if whoever reads has seen enough, as with `| head`.
pub(crate) fn out_is_read(bytes: &[u8]) -> Result<bool, Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::io(format!("standard output: {}", jwt_std::io_words(&error)))),
        Ok(()) => Ok(true),
    }
}

/// Writes a line to standard output.
pub(crate) fn out_line(line: &str) -> Result<(), Failure> {
    out(format!("{line}\n").as_bytes())
}

/// Writes a line to standard error; if even that fails, there is nobody left to tell.
pub(crate) fn err_line(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes a warning to standard error; with `--json` it waits for the one document that is written there.
pub(crate) fn warn(message: &str) {
    if is_json() {
        warnings().push(message.into());
    } else {
        err_line(&format!("{} {}", yellow("warning:"), printable(message)));
    }
}

/// With `--json`, writes what there is to say of a run that did not fail.
pub(crate) fn flush_warnings() {
    let (mut document, warnings) = (take_attached(), take_warnings());
    if !warnings.is_empty() {
        document.insert("warnings".into(), warnings.into());
    }
    if !document.is_empty() {
        err_line(&printable(&Value::Object(document).to_string()));
    }
}

/// With `--json`, adds a member to the document that is written to standard error at the end.
pub(crate) fn attach(name: &str, value: Value) {
    attached().insert(name.into(), value);
}

/// What was attached so far, for an error report.
pub(crate) fn take_attached() -> Map<String, Value> {
    std::mem::take(&mut *attached())
}

static ATTACHED: LazyLock<Mutex<Map<String, Value>>> = LazyLock::new(Mutex::default);

fn attached() -> MutexGuard<'static, Map<String, Value>> {
    ATTACHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The warnings so far, for an error report.
pub(crate) fn take_warnings() -> Vec<String> {
    std::mem::take(&mut *warnings())
}

static WARNINGS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn warnings() -> MutexGuard<'static, Vec<String>> {
    WARNINGS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether errors and warnings are JSON: `--json`, set once, before anything is written.
static JSON: AtomicBool = AtomicBool::new(false);

pub(crate) fn set_json(json: bool) {
    JSON.store(json, Ordering::Relaxed);
}

pub(crate) fn is_json() -> bool {
    JSON.load(Ordering::Relaxed)
}

/// Whether standard output is a terminal.
pub(crate) fn out_is_terminal() -> bool {
    io::stdout().is_terminal()
}

pub(crate) fn red(text: &str) -> String {
    painted(text, "31;1")
}

pub(crate) fn yellow(text: &str) -> String {
    painted(text, "33;1")
}

/// Text of others, in which nothing is left that a terminal or a reader's eye would be misled by: control and
/// invisible formatting characters, line breaks among them, become `\u…` escapes, which in JSON mean the same.
pub(crate) fn printable(text: &str) -> String {
    escaped(text, is_misleading)
}

/// As [`printable`], for text that was laid out here: its line breaks stay.
pub(crate) fn printable_lines(text: &str) -> String {
    escaped(text, |character| character != '\n' && is_misleading(character))
}

fn escaped(text: &str, is_misleading: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if is_misleading(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

const fn is_misleading(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// Colours what goes to standard error.
fn painted(text: &str, colour: &str) -> String {
    let wanted =
        std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && io::stderr().is_terminal();
    if wanted { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.into() }
}
