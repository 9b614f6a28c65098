//! Key files that are cut off anywhere, are no files, are gone, or have no end: an error each, quickly, and no panic.

use std::fs;
use std::time::{Duration, Instant};

use jwt_std::{Algorithm, JwkSet, Key, KeyError, read_secret_file};

/// The private forms of a key, and the public ones.
fn forms(algorithm: Algorithm) -> Vec<Vec<u8>> {
    let key = Key::generate(algorithm, algorithm.is_rsa().then_some(2048)).unwrap();
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
