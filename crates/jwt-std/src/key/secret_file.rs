//! Files that hold nothing but a secret.

use std::path::Path;

use zeroize::Zeroizing;

use super::{KeyNote, read_bounded};
use crate::KeyError;
use crate::key_file::MAX_KEY_FILE_LEN;

/// Reads a file that holds a secret or a passphrase and nothing else. One trailing newline is dropped, and a file that
/// others can read is [noted](KeyNote::ReadableByOthers).
///
/// # Errors
///
/// [`KeyError::Io`] if the file cannot be read, or is longer than 256 KiB.
pub fn read_secret_file(path: impl AsRef<Path>) -> Result<(Zeroizing<Vec<u8>>, Vec<KeyNote>), KeyError> {
    let path = path.as_ref();
    let (mut secret, mode) = read_bounded(path, MAX_KEY_FILE_LEN)?;
    if secret.len() > MAX_KEY_FILE_LEN {
        return Err(KeyError::Io { path: path.into(), error: std::io::ErrorKind::FileTooLarge.into() });
    }
    if secret.last() == Some(&b'\n') {
        secret.pop();
        if secret.last() == Some(&b'\r') {
            secret.pop();
        }
    }
    Ok((secret, mode.map(|mode| KeyNote::ReadableByOthers { mode }).into_iter().collect()))
}
