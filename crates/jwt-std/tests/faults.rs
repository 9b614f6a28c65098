//! Key files that are cut off anywhere, are no files, are gone, have no end or no beginning: an error each, quickly, and no panic.

mod kinds;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use jwt_std::{Algorithm, JwkSet, Key, KeyError, read_secret_file};
use kinds::generate;

/// The passphrase of the encrypted seeds.
const PASSPHRASE: &[u8] = b"correct horse";

/// The private forms of a key, and the public ones.
fn forms(algorithm: Algorithm) -> Vec<Vec<u8>> {
    let key = generate(algorithm);
    let mut forms = vec![
        key.to_jwk(true).unwrap().to_json().as_bytes().to_vec(),
        key.to_pkcs8_der().unwrap().to_vec(),
        key.to_pkcs8_pem().unwrap().trim_end().as_bytes().to_vec(),
        key.to_jwk(false).unwrap().to_json().as_bytes().to_vec(),
        key.public_key_der().unwrap(),
        key.public_key_pem().unwrap().trim_end().as_bytes().to_vec(),
    ];
    forms.extend(key.to_openssh_private().map(|text| text.trim_end().as_bytes().to_vec()));
    forms
}

/// Every prefix of every form: of the long ones of ML-DSA, each of the beginning and the end and every 31st between.
#[test]
fn a_key_file_that_is_cut_off_anywhere_is_an_error() {
    let mut cuts = 0;
    for algorithm in [
        Algorithm::RS256,
        Algorithm::ES256,
        Algorithm::ES384,
        Algorithm::ES512,
        Algorithm::ES256K,
        Algorithm::EdDSA,
        Algorithm::MlDsa44,
    ] {
        for (form, whole) in forms(algorithm).iter().enumerate() {
            assert!(Key::from_bytes(whole, None).is_ok(), "{algorithm} {form}");
            for len in (0..whole.len()).filter(|&len| len < 600 || len + 100 > whole.len() || len % 31 == 0) {
                let read = Key::from_bytes(&whole[..len], None);
                assert!(read.is_err(), "{algorithm} {form}: {len} of {}", whole.len());
                cuts += 1;
            }
        }
    }
    assert!(cuts > 10_000, "{cuts}");
}

/// Every form that is read, with its passphrase where it has one (fuzz/seeds/key_file), cut off at every byte: an error, or the
/// very same key where all that is missing is a line break, a comment or another key. Encrypted keys are long done with
/// before their key derivation, if anything is missing.
#[test]
fn every_form_that_is_cut_off_anywhere_is_an_error_or_the_same_key() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/key_file");
    let (mut files, mut encrypted, mut cuts) = (0, 0, 0);
    let start = Instant::now();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let whole = fs::read(entry.path()).unwrap();
        let key = Key::from_bytes(&whole, Some(PASSPHRASE));
        encrypted += usize::from(
            Key::from_bytes(&whole, None).is_err_and(|error| error.code() == "passphrase_needed"),
        );
        let mut same = 0;
        for len in 0..whole.len() {
            let Ok(cut) = Key::from_bytes(&whole[..len], Some(PASSPHRASE)) else { continue };
            match &key {
                Ok(key) => assert_eq!(cut.thumbprint(), key.thumbprint(), "{name}: {len} of {}", whole.len()),
                // Two keys, of which one is left.
                Err(error) => assert_eq!(error.code(), "several_keys", "{name}: {len} of {}", whole.len()),
            }
            same += 1;
        }
        let text_behind =
            ["bundle.pem", "several.pem", "authorized_keys"].contains(&&*name) || name.contains(".pub");
        assert!(text_behind || same <= 2, "{name}: {same} prefixes are the key");
        files += 1;
        cuts += whole.len();
    }
    assert!(files > 50 && encrypted > 10 && cuts > 20_000, "{files} {encrypted} {cuts}");
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

#[test]
fn a_jwk_set_that_is_cut_off_anywhere_is_an_error() {
    let jwks = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA, Algorithm::MlDsa44].map(|algorithm| {
        let key = generate(algorithm);
        key.to_jwk(algorithm == Algorithm::ES256).unwrap().to_json().to_string()
    });
    let set = format!("{{\"keys\":[{}]}}", jwks.join(", "));
    assert_eq!(JwkSet::parse(&set).unwrap().len(), 4);
    for len in 0..set.len() {
        assert!(JwkSet::parse(&set[..len]).is_err(), "{len} of {}", set.len());
    }
}

#[test]
fn what_is_no_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    fs::write(&file, Key::generate(Algorithm::ES256, None).unwrap().to_pkcs8_pem().unwrap()).unwrap();
    assert!(Key::from_file(&file, None).is_ok());
    fs::remove_file(&file).unwrap();
    for path in [folder.path(), &file] {
        assert!(matches!(Key::from_file(path, None), Err(KeyError::Io { .. })));
        assert!(matches!(read_secret_file(path), Err(KeyError::Io { .. })));
        assert_eq!(JwkSet::from_file(path).unwrap_err().code(), "key_set_io");
    }
}

/// A FIFO is read as long as somebody has it open for writing; without one it is an error, soon.
#[test]
#[cfg(unix)]
fn a_fifo_that_nobody_writes_to_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (sender, receiver) = std::sync::mpsc::channel();
    let path = pipe.clone();
    // On a thread: what waits for ever must not make the test wait, too.
    std::thread::spawn(move || {
        let errors = [
            Key::from_file(&path, None).unwrap_err().to_string(),
            read_secret_file(&path).unwrap_err().to_string(),
            JwkSet::from_file(&path).unwrap_err().to_string(),
        ];
        sender.send(errors).unwrap();
    });
    let errors = receiver.recv_timeout(Duration::from_secs(30)).unwrap();
    for error in errors {
        assert_eq!(error, format!("{}: nobody writes to this FIFO", pipe.display()));
    }

    let secret = vec![b'x'; 200_000];
    let (path, sent) = (pipe.clone(), secret.clone());
    // More than a pipe holds at a time, from a writer that is there first or comes later.
    let writer = std::thread::spawn(move || fs::write(path, sent).unwrap());
    let (read, notes) = read_secret_file(&pipe).unwrap();
    writer.join().unwrap();
    assert!(*read == secret && notes.is_empty(), "{} {notes:?}", read.len());
}

/// A gigabyte of nothing, and a device that never ends.
#[test]
fn what_has_no_end_is_refused_after_what_a_key_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("long");
    fs::File::create(&long).unwrap().set_len(1 << 30).unwrap();
    let start = Instant::now();
    let mut paths = vec![long];
    paths.extend(fs::exists("/dev/zero").unwrap().then(|| "/dev/zero".into()));
    for path in paths {
        assert_eq!(Key::from_file(&path, None).unwrap_err().code(), "key_file_too_large");
        assert!(matches!(read_secret_file(&path), Err(KeyError::Io { .. })));
        assert_eq!(JwkSet::from_file(&path).unwrap_err().code(), "key_set_too_large");
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}
