//! From `--key` and `--secret` to keys.

use jwt_std::{Algorithm, JwkSet, Key, KeyError, KeyFileError, SigningKey, VerifyingKey, jwt_core};
use zeroize::Zeroizing;

use crate::arguments::{KeyChoice, PassphraseChoice};
use crate::failure::{Failure, Status};
use crate::{input, terminal};

/// The key that was chosen on the command line. Whatever there is to say about it goes to standard error.
pub(crate) fn load(choice: &KeyChoice) -> Result<Key, Failure> {
    match (&choice.source.key, &choice.source.secret) {
        (Some(source), _) => {
            let key = read(source, &choice.passphrase)?;
            warn_of(&key, source);
            Ok(key)
        }
        (None, Some(source)) => {
            let (secret, warnings) = input::secret(source)?;
            let key = Key::from_secret(&secret)?;
            for warning in &warnings {
                terminal::warn(warning);
            }
            Ok(key)
        }
        (None, None) => Err(Failure::usage("no key given: pass --key or --secret")),
    }
}

/// A key, or a JWK Set to choose from.
pub(crate) enum KeyOrSet {
    Key(Box<Key>),
    Set(JwkSet),
}

/// As [`load`], where a JWK Set will do. Its symmetric keys are skipped: whoever published it could be anybody.
pub(crate) fn load_or_set(choice: &KeyChoice) -> Result<KeyOrSet, Failure> {
    let Some(source) = &choice.source.key else { return Ok(KeyOrSet::Key(Box::new(load(choice)?))) };
    refuse_key_itself(source)?;
    let bytes = match input::key_bytes(source)? {
        // A pipe can be read only once.
        None if input::is_pipe(source) => Some(Zeroizing::new(input::file(source.as_ref())?)),
        other => other,
    };
    let failure = match open(source, bytes.as_ref().map(|bytes| bytes.as_slice()), &choice.passphrase) {
        Ok(key) => {
            warn_of(&key, source);
            return Ok(KeyOrSet::Key(Box::new(key)));
        }
        // A JWK Set may be longer than any key file.
        Err(failure) if matches!(failure.code(), "jwk_set" | "key_file_too_large") => failure,
        Err(failure) => return Err(failure),
    };
    let set = match &bytes {
        Some(bytes) => JwkSet::parse(bytes),
        None => JwkSet::from_file(source),
    };
    match set {
        Ok(set) => Ok(KeyOrSet::Set(set)),
        Err(error) if failure.code() == "jwk_set" => {
            Err(Failure::new(Status::Key, error.code(), error.to_string()))
        }
        Err(_) => Err(failure),
    }
}

/// Reads a key file, asking for its passphrase if it needs one and nobody gave it.
pub(crate) fn read(source: &str, passphrase: &PassphraseChoice) -> Result<Key, Failure> {
    refuse_key_itself(source)?;
    let bytes = input::key_bytes(source)?;
    open(source, bytes.as_ref().map(|bytes| bytes.as_slice()), passphrase)
}

/// Opens what was read already, or else the file.
fn open(source: &str, bytes: Option<&[u8]>, passphrase: &PassphraseChoice) -> Result<Key, Failure> {
    let given = input::passphrase(passphrase)?;
    let open = |passphrase: Option<&[u8]>| match bytes {
        Some(bytes) => Key::from_bytes(bytes, passphrase),
        None => Key::from_file(source, passphrase),
    };
    match open(given.as_ref().map(|passphrase| passphrase.as_slice())) {
        Err(error @ KeyError::File(KeyFileError::NeedsPassphrase { .. })) => {
            let failure = || Failure::from(error).with_hint("use --passphrase or --passphrase-file");
            let asked: Zeroizing<Vec<u8>> = input::ask_for_passphrase(source).ok_or_else(failure)?;
            Ok(open(Some(&asked))?)
        }
        other => Ok(other?),
    }
}

/// A key where a path should be must not end up in an error message.
fn refuse_key_itself(source: &str) -> Result<(), Failure> {
    let is_path = !source.contains(['\n', '\r', '{'])
        && source.len() < 256
        && jwt_core::key_form(source.as_bytes()).is_none();
    if is_path || source.starts_with("env:") || std::path::Path::new(source).exists() {
        return Ok(());
    }
    Err(Failure::usage(
        "this is a key itself, where its file was expected: put it into a file, or pass it as env:NAME or -",
    ))
}

/// The algorithm to sign with: the one asked for, else the key's own.
pub(crate) fn algorithm(key: &Key, asked: Option<Algorithm>) -> Result<Algorithm, Failure> {
    asked.or_else(|| key.default_algorithm()).ok_or_else(|| {
        let declared = key.declared_algorithm().unwrap_or_default();
        let message = format!("this JWK is for {declared:?} only (its alg), which is not known here");
        Failure::new(Status::Key, "jwk_algorithm", message)
    })
}

/// The key to sign with. Weak secrets work, and are spoken of; weak RSA keys do not.
pub(crate) fn signing(key: &Key, algorithm: Algorithm) -> Result<SigningKey, Failure> {
    if warn_of_weak_secret(key, algorithm) {
        return Ok(key.signing_key_allowing_weak(algorithm)?);
    }
    Ok(key.signing_key(algorithm)?)
}

/// The key to verify with; as [`signing`].
pub(crate) fn verifying(key: &Key, algorithm: Algorithm) -> Result<VerifyingKey, Failure> {
    if warn_of_weak_secret(key, algorithm) {
        return Ok(key.verifying_key_allowing_weak(algorithm)?);
    }
    Ok(key.verifying_key(algorithm)?)
}

fn warn_of_weak_secret(key: &Key, algorithm: Algorithm) -> bool {
    let Some(jwt_core::KeyError::KeyTooShort { len, min }) = key.weakness(algorithm) else { return false };
    let plural = if len == 1 { "" } else { "s" };
    terminal::warn(&format!(
        "the secret is {len} byte{plural} long, {algorithm} needs at least {min} (RFC 7518 section 3.2): whoever has a \
         token can guess it; make one with `jwt key gen --alg {algorithm}`"
    ));
    true
}

fn warn_of(key: &Key, source: &str) {
    let now = jwt_std::now();
    for note in key.notes() {
        if let Some(text) = note.warning(source, now) {
            terminal::warn(&text);
        }
    }
}
