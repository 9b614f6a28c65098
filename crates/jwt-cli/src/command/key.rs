//! `jwt key`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jwt_std::{Algorithm, Key, KeyKind};
use serde_json::json;
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use crate::arguments::{KeyArguments, KeyCommand, KeyFormat, PassphraseChoice};
use crate::failure::{Failure, Status};
use crate::{key, terminal};

pub(crate) fn run(arguments: &KeyArguments) -> Result<(), Failure> {
    match &arguments.command {
        KeyCommand::Gen { alg, bits: Some(_), .. } if !alg.is_rsa() => {
            Err(Failure::usage(format!("--bits is for RSA keys; a key for {alg} has one length")))
        }
        KeyCommand::Gen { alg, bits, out, force, .. } => {
            generate(*alg, bits.map_or(3072, usize::from), out.as_deref(), *force)
        }
        KeyCommand::Convert { to, public, out, force, passphrase, key, .. } => {
            let found = key::read(key, passphrase)?;
            // A restriction to PSS is kept, or refused.
            let algorithm = found.declared_algorithm().filter(|alg| !alg.starts_with("PS"));
            if !matches!(to, KeyFormat::Jwk)
                && (algorithm.or(found.declared_use()).is_some() || found.declared_operations().is_some())
            {
                terminal::warn(&format!("{key}: what it says of its use and algorithm is lost in this form"));
            }
            convert(&found, *to, *public, out.as_deref(), *force)
        }
        KeyCommand::Thumbprint { uri, passphrase, key, .. } => {
            let source = key;
            let key = key::read(key, passphrase)?;
            if key.key_kind() == KeyKind::Secret {
                terminal::warn(&format!(
                    "{source}: a thumbprint of a secret that can be guessed tells who guesses it (RFC 7638 §7)"
                ));
            }
            terminal::out_line(&if *uri { key.thumbprint_uri() } else { key.thumbprint() })
        }
        KeyCommand::Show { json, passphrase, key } => show(key, passphrase, *json),
    }
}

fn generate(algorithm: Algorithm, bits: usize, out: Option<&Path>, force: bool) -> Result<(), Failure> {
    let public_path = out.filter(|_| !algorithm.is_hmac()).map(public_path);
    // Seen before the work of making a key, and before either file is written.
    for path in [out, public_path.as_deref()].into_iter().flatten() {
        check_place(path, force)?;
    }
    let (secret, public) = if algorithm.is_hmac() {
        (jwt_std::generate_secret(algorithm)?, None)
    } else {
        let key = Key::generate(algorithm, algorithm.is_rsa().then_some(bits))?;
        (key.to_pkcs8_pem()?, key.public_key_pem())
    };
    let Some(path) = out else {
        return terminal::out_line(secret.trim_end());
    };
    // Both are written before either appears.
    let private = prepare(path, secret.as_bytes(), 0o600)?;
    if let (Some(public), Some(public_path)) = (public, public_path) {
        let public = prepare(&public_path, public.as_bytes(), 0o644)?;
        publish(private, path, force)?;
        publish(public, &public_path, force)?;
        return terminal::out_line(&format!(
            "{}: private key, readable by you alone\n{}: public key",
            path.display(),
            public_path.display()
        ));
    }
    publish(private, path, force)?;
    terminal::out_line(&format!(
        "{0}: secret, readable by you alone; use it with --secret @{0}",
        path.display()
    ))
}

fn public_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    name.into()
}

/// Writes a file that will appear whole or not at all, with its mode from the beginning.
fn prepare(path: &Path, content: &[u8], mode: u32) -> Result<NamedTempFile, Failure> {
    let failed = |error: std::io::Error| cannot_write(path, &error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".jwt-key-").tempfile_in(folder).map_err(failed)?;
    set_mode(file.as_file(), mode).map_err(failed)?;
    file.write_all(content).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    Ok(file)
}

/// Writes a file that everybody may read.
#[cfg(feature = "remote")]
pub(super) fn write_public(path: &Path, content: &[u8], force: bool) -> Result<(), Failure> {
    check_place(path, force)?;
    publish(prepare(path, content, 0o644)?, path, force)
}

fn publish(file: NamedTempFile, path: &Path, force: bool) -> Result<(), Failure> {
    let published = if force { file.persist(path) } else { file.persist_noclobber(path) };
    match published {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => Err(already_there(path)),
        Err(error) => Err(cannot_write(path, &error.error)),
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::io(format!("{}: {}", path.display(), jwt_std::io_words(error)))
}

#[cfg(unix)]
fn set_mode(file: &fs::File, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &fs::File, _: u32) -> std::io::Result<()> {
    Ok(())
}

/// Nothing is replaced without being asked, and a folder or a device never: whoever may do so would lose `/dev/null`.
fn check_place(path: &Path, force: bool) -> Result<(), Failure> {
    if !force && path.symlink_metadata().is_ok() {
        return Err(already_there(path));
    }
    match path.metadata() {
        Ok(found) if found.is_dir() => Err(cannot_write(path, &std::io::ErrorKind::IsADirectory.into())),
        Ok(found) if !found.is_file() => {
            Err(Failure::io(format!("{} is not a file, and is not replaced by one", path.display())))
        }
        // What is not there is made, and what cannot be looked at cannot be written either.
        Ok(_) | Err(_) => Ok(()),
    }
}

fn already_there(path: &Path) -> Failure {
    Failure::io(format!("{} exists; choose another name, or replace it with --force", path.display()))
}

fn convert(key: &Key, to: KeyFormat, public: bool, out: Option<&Path>, force: bool) -> Result<(), Failure> {
    let public = public || !key.is_secret();
    let no_public = || Failure::new(Status::Key, "key_is_a_secret", "a secret has no public key");
    let text = |text: String| Zeroizing::new(text.into_bytes());
    let content = match (to, public) {
        (KeyFormat::Pem, true) => text(key.public_key_pem().ok_or_else(no_public)?),
        (KeyFormat::Pem, false) => Zeroizing::new(key.to_pkcs8_pem()?.as_bytes().to_vec()),
        (KeyFormat::Der, true) => Zeroizing::new(key.public_key_der().ok_or_else(no_public)?),
        (KeyFormat::Der, false) => key.to_pkcs8_der()?,
        (KeyFormat::Openssh, true) => text(key.public_openssh_line("")?.trim_end().to_owned() + "\n"),
        (KeyFormat::Openssh, false) => Zeroizing::new(key.to_openssh_private()?.as_bytes().to_vec()),
        (KeyFormat::Jwk, _) if public && key.key_kind() == KeyKind::Secret => return Err(no_public()),
        (KeyFormat::Jwk, _) => {
            // A `kid` may be anything; escaped it means the same.
            let jwk = Zeroizing::new(terminal::printable(&key.to_jwk(!public)?.to_json()));
            Zeroizing::new([jwk.as_bytes(), b"\n"].concat())
        }
    };
    match out {
        None => terminal::out(&content),
        Some(path) => {
            check_place(path, force)?;
            publish(prepare(path, &content, if public { 0o644 } else { 0o600 })?, path, force)
        }
    }
}

fn show(source: &str, passphrase: &PassphraseChoice, as_json: bool) -> Result<(), Failure> {
    let key = key::read(source, passphrase)?;
    let algorithms: Vec<&str> = key.algorithms().into_iter().map(Algorithm::name).collect();
    let form = key.form().map(|form| form.to_string()).unwrap_or_default();
    let now = jwt_std::now();
    let notes: Vec<String> = key.notes().iter().filter_map(|note| note.warning(source, now)).collect();
    let public = key.public_key_pem();
    if as_json {
        let described = json!({
            "form": form,
            "kind": key.kind(),
            "bits": key.bits(),
            "algorithms": algorithms,
            "kid": key.kid(),
            "use": key.declared_use(),
            "key_ops": key.declared_operations(),
            "public_key_pem": public,
            "notes": notes,
        });
        return terminal::out_line(&terminal::printable(&described.to_string()));
    }
    let mut lines = vec![
        format!("form        {form}"),
        format!("key         {}, {} bits", key.kind(), key.bits()),
        format!("algorithms  {}", algorithms.join(", ")),
    ];
    lines.extend(key.kid().map(|kid| format!("kid         {}", terminal::printable(kid))));
    lines.extend(key.declared_use().map(|use_| format!("use         {}", terminal::printable(use_))));
    let operations = key.declared_operations().map(|operations| operations.join(", "));
    lines.extend(operations.map(|list| format!("operations  {}", terminal::printable(&list))));
    lines.extend(notes.iter().map(|note| format!("note        {note}")));
    lines.extend(public.map(|public| format!("\n{}", public.trim_end())));
    terminal::out_line(&lines.join("\n"))
}
