//! Where texts, secrets and passphrases come from.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use base64ct::Encoding as _;
use zeroize::Zeroizing;

use crate::arguments::PassphraseChoice;
use crate::failure::{Failure, Status};
use crate::{pasted, terminal};

/// Most bytes that are read of anything. More than any limit behind it, so that the limit's own error is seen.
const MAX_INPUT_LEN: u64 = 16 * 1024 * 1024;

/// Literal text, `@FILE`, or `-`; by default standard input, unless that is a terminal. One trailing newline of a file
/// or of standard input is dropped.
pub(crate) fn text(source: Option<&str>, what: &str) -> Result<Vec<u8>, Failure> {
    match source {
        None if io::stdin().is_terminal() => Err(Failure::usage(format!(
            "no {what} given: pass it as the last argument, as @FILE, or on standard input"
        ))),
        None | Some("-") => stdin(what).map(without_newline),
        Some(literal) => match literal.strip_prefix('@') {
            Some(path) => file(Path::new(path)).map(without_newline),
            None => Ok(literal.as_bytes().to_vec()),
        },
    }
}

/// A token: as [`text`]. As an argument or on standard input it may be as somebody pasted it; a file is a program's.
pub(crate) fn token(source: Option<&str>) -> Result<Vec<u8>, Failure> {
    let token = text(source, "token")?;
    if source.is_some_and(|source| source.starts_with('@')) { Ok(token) } else { pasted::token(token) }
}

/// A secret: literal text, `@file`, `env:NAME`, `hex:…`, `b64:…` or `b64u:…`; and what to warn of, if it is one.
pub(crate) fn secret(source: &str) -> Result<(Zeroizing<Vec<u8>>, Vec<String>), Failure> {
    if let Some(path) = source.strip_prefix('@') {
        return secret_file(Path::new(path));
    }
    if let Some(name) = source.strip_prefix("env:") {
        return Ok((environment(name)?, Vec::new()));
    }
    // Constant-time decoders: no branch tells what the secret is.
    let (decoded, what) = if let Some(hex) = source.strip_prefix("hex:") {
        (base16ct::mixed::decode_vec(hex).ok(), "hexadecimal")
    } else if let Some(text) = source.strip_prefix("b64:") {
        let unpadded = text.trim_end_matches('=');
        (base64ct::Base64Unpadded::decode_vec(unpadded).ok(), "base64")
    } else if let Some(text) = source.strip_prefix("b64u:") {
        let unpadded = text.trim_end_matches('=');
        (base64ct::Base64UrlUnpadded::decode_vec(unpadded).ok(), "base64url")
    } else {
        return Ok((Zeroizing::new(source.as_bytes().to_vec()), Vec::new()));
    };
    let secret =
        decoded.ok_or_else(|| Failure::usage(format!("--secret: what follows the colon is not {what}")))?;
    Ok((Zeroizing::new(secret), Vec::new()))
}

/// The bytes of a key: a path, `-` or `env:NAME`.
pub(crate) fn key_bytes(source: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    if source == "-" {
        return stdin("key").map(|bytes| Some(Zeroizing::new(bytes)));
    }
    source.strip_prefix("env:").map(environment).transpose()
}

/// The passphrase that was given, if one was.
pub(crate) fn passphrase(choice: &PassphraseChoice) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    if let Some(path) = &choice.passphrase_file {
        let (passphrase, warnings) = secret_file(path)?;
        for warning in &warnings {
            terminal::warn(warning);
        }
        return Ok(Some(passphrase));
    }
    match choice.passphrase.as_deref() {
        None => Ok(None),
        Some(text) => match text.strip_prefix("env:") {
            Some(name) => environment(name).map(Some),
            None => Ok(Some(Zeroizing::new(text.as_bytes().to_vec()))),
        },
    }
}

/// Asks for a passphrase, if there is somebody to ask.
pub(crate) fn ask_for_passphrase(file: &str) -> Option<Zeroizing<Vec<u8>>> {
    if !io::stderr().is_terminal() {
        return None;
    }
    rpassword::prompt_password(format!("passphrase of {file}: "))
        .ok()
        .map(|passphrase| Zeroizing::new(passphrase.into_bytes()))
}

fn environment(name: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    // What is no name may be a secret that was put in its place.
    let is_name = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let shown = if is_name { name } else { "after env:" };
    let failed = |what| {
        Failure::new(Status::Key, "environment", format!("the environment variable {shown} is {what}"))
    };
    match std::env::var(name) {
        Ok(value) => Ok(Zeroizing::new(value.into_bytes())),
        Err(std::env::VarError::NotPresent) => Err(failed("not set")),
        Err(std::env::VarError::NotUnicode(_)) => Err(failed("not UTF-8")),
    }
}

/// Whether it is there, and is something that is read but not a file.
pub(crate) fn is_pipe(path: &str) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

pub(crate) fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: io::Error| Failure::io(format!("{}: {}", path.display(), jwt_std::io_words(&error)));
    let file = jwt_std::InputFile::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(MAX_INPUT_LEN).read_to_end(&mut bytes).map_err(failed)?;
    bounded(bytes, &path.display().to_string())
}

fn stdin(what: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_INPUT_LEN).read_to_end(&mut bytes).map_err(|error| {
        Failure::io(format!("standard input, for the {what}: {}", jwt_std::io_words(&error)))
    })?;
    bounded(bytes, &format!("standard input, for the {what}"))
}

/// What was cut off is not passed on.
fn bounded(bytes: Vec<u8>, what: &str) -> Result<Vec<u8>, Failure> {
    if bytes.len() as u64 == MAX_INPUT_LEN {
        return Err(Failure::io(format!(
            "{what}: longer than {MAX_INPUT_LEN} bytes, which is no token and no claims"
        )));
    }
    Ok(bytes)
}

fn without_newline(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
    bytes
}

fn secret_file(path: &Path) -> Result<(Zeroizing<Vec<u8>>, Vec<String>), Failure> {
    let (secret, notes) = jwt_std::read_secret_file(path)?;
    let name = path.display().to_string();
    Ok((secret, notes.iter().filter_map(|note| note.warning(&name, jwt_std::now())).collect()))
}
