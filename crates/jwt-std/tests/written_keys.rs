//! Keys that are made and written here: `openssl` and `ssh-keygen` read them, and we read them again as the same key.

mod kinds;
mod tools;

use jwt_std::{Algorithm, Key, KeyError, KeyKind};

use kinds::{KINDS, generate};
use tools::{Keys, assert_same, assert_tokens};

fn read(bytes: impl AsRef<[u8]>) -> Key {
    Key::from_bytes(bytes.as_ref(), None).unwrap()
}

/// Whether the `openssl` and `ssh-keygen` that run here have such keys.
fn is_ml_dsa(key: &Key) -> bool {
    matches!(key.key_kind(), KeyKind::MlDsa44 | KeyKind::MlDsa65 | KeyKind::MlDsa87)
}

#[test]
fn every_key_is_read_again() {
    for algorithm in KINDS {
        let key = generate(algorithm);
        assert_eq!(key.key_kind(), algorithm.key_kind());
        assert_eq!(key.default_algorithm(), Some(algorithm));
        assert_eq!((key.form(), key.notes()), (None, &[][..]));
        assert_same(&key, &read(key.to_jwk(true).unwrap().to_json().as_bytes()));
        assert_tokens(&key.signing_key(algorithm).unwrap(), &key.verifying_key(algorithm).unwrap());
        if algorithm.is_hmac() {
            continue;
        }
        assert_same(&key, &read(key.to_pkcs8_pem().unwrap().as_bytes()));
        assert_same(&key, &read(&*key.to_pkcs8_der().unwrap()));
        let public = read(key.public_key_der().unwrap());
        for other in [key.public_key_pem().unwrap(), key.to_jwk(false).unwrap().to_json().to_string()] {
            assert_same(&public, &read(other));
        }
        assert_eq!(public.public_key_der(), key.public_key_der());
        assert_eq!(public.thumbprint(), key.thumbprint());
        if let Ok(openssh) = key.to_openssh_private() {
            assert_same(&key, &read(openssh.as_bytes()));
            assert_same(&public, &read(key.public_openssh_line("me@example.org").unwrap()));
        }
    }
}

#[test]
fn openssl_reads_what_is_written() {
    for algorithm in KINDS {
        let (key, keys) = (generate(algorithm), Keys::new());
        let Ok(pem) = key.to_pkcs8_pem() else { continue };
        if is_ml_dsa(&key) {
            continue;
        }
        keys.write("key.pem", pem.as_bytes());
        keys.write("key.der", &*key.to_pkcs8_der().unwrap());
        keys.write("spki.der", key.public_key_der().unwrap());
        if key.key_kind() != KeyKind::Ed25519 {
            // openssl 3.0 has no such check for Ed25519.
            keys.openssl("pkey -in key.pem -check -noout");
            keys.openssl("pkey -in spki.der -inform DER -pubin -pubcheck -noout");
        }
        assert_eq!(keys.openssl("pkey -in key.der -inform DER"), pem.as_bytes());
        let public = key.public_key_pem().unwrap().into_bytes();
        assert_eq!(keys.openssl("pkey -in key.pem -pubout"), public);
        assert_eq!(keys.openssl("pkey -in spki.der -inform DER -pubin"), public);
    }
}

#[test]
fn ssh_keygen_reads_what_is_written() {
    let mut count = 0;
    for algorithm in KINDS {
        let (key, keys) = (generate(algorithm), Keys::new());
        let Ok(private) = key.to_openssh_private() else { continue };
        keys.write("id", private.as_bytes());
        let line = key.public_openssh_line("").unwrap();
        assert_eq!(keys.run("ssh-keygen", &["-y", "-f", "id"]).trim_ascii_end(), line.as_bytes());
        keys.write("id.pub", key.public_openssh_line("me@example.org").unwrap());
        let shown = String::from_utf8(keys.run("ssh-keygen", &["-l", "-f", "id.pub"])).unwrap();
        assert!(shown.starts_with(&format!("{} SHA256:", key.bits())), "{shown}");
        assert!(shown.contains(" me@example.org ("), "{shown}");
        // It is rewritten by `ssh-keygen`, encrypted.
        keys.run("ssh-keygen", &["-q", "-p", "-f", "id", "-N", "correct horse", "-a", "1"]);
        assert_same(&key, &Key::from_bytes(&keys.read("id"), Some(b"correct horse")).unwrap());
        count += 1;
    }
    assert_eq!(count, 5);
}

#[test]
fn what_a_form_does_not_hold_is_named() {
    let message = |result: Result<(), KeyError>| {
        let error = result.unwrap_err();
        format!("{}: {error}", error.code())
    };
    let secret = generate(Algorithm::HS256);
    assert_eq!(message(secret.to_pkcs8_pem().map(drop)), "key_form: a secret cannot be written as PKCS#8");
    assert_eq!(
        message(secret.to_jwk(false).map(drop)),
        "key_form: a secret cannot be written as a public key"
    );
    assert_eq!(
        message(secret.public_openssh_line("").map(drop)),
        "key_form: a secret cannot be written as an OpenSSH key"
    );
    assert_eq!((secret.public_key_pem(), secret.public_key_der()), (None, None));
    for algorithm in [Algorithm::ES256K, Algorithm::MlDsa44] {
        let key = generate(algorithm);
        let kind = key.key_kind();
        let expected = format!("key_form: {kind} cannot be written as an OpenSSH key");
        assert_eq!(message(key.to_openssh_private().map(drop)), expected);
        assert_eq!(message(key.public_openssh_line("").map(drop)), expected);
    }
    let public = read(generate(Algorithm::EdDSA).public_key_pem().unwrap());
    for result in [
        public.to_pkcs8_der().map(drop),
        public.to_pkcs8_pem().map(drop),
        public.to_openssh_private().map(drop),
        public.to_jwk(true).map(drop),
    ] {
        assert_eq!(result.unwrap_err().code(), "public_key");
    }
}

#[test]
fn lengths_that_keys_do_not_have_are_refused() {
    let code = |algorithm, bits| Key::generate(algorithm, Some(bits)).unwrap_err().code();
    assert_eq!(code(Algorithm::RS256, 1024), "key_too_short");
    assert_eq!(code(Algorithm::PS256, 2050), "key_modulus");
    assert_eq!(code(Algorithm::RS256, 16384), "key_modulus");
    for (algorithm, bits) in
        [(Algorithm::HS256, 128), (Algorithm::HS256, 257), (Algorithm::HS512, 2048), (Algorithm::ES256, 384)]
    {
        assert_eq!(code(algorithm, bits), "key_bits");
    }
    let error = Key::generate(Algorithm::ES256, Some(384)).unwrap_err();
    assert_eq!(error.to_string(), "a key for ES256 cannot have 384 bits");
    assert_eq!(Key::generate(Algorithm::HS384, None).unwrap().bits(), 384);
    assert_eq!(Key::generate(Algorithm::HS256, Some(512)).unwrap().bits(), 512);
    assert_eq!(Key::generate(Algorithm::ES512, Some(521)).unwrap().bits(), 521);
}

#[test]
fn a_jwk_keeps_what_is_said_about_it() {
    let text = r#"{"kid":"a\u0007b","use":"sig","key_ops":["sign"],"alg":"EdDSA","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","crv":"Ed25519","kty":"OKP"}"#;
    let key = read(text);
    assert_eq!(
        key.to_jwk(true).unwrap().to_json().as_str(),
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","use":"sig","key_ops":["sign"],"alg":"EdDSA","kid":"a\u0007b"}"#
    );
    assert_eq!(
        key.to_jwk(false).unwrap().to_json().as_str(),
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"sig","key_ops":["verify"],"alg":"EdDSA","kid":"a\u0007b"}"#
    );
    assert!(!format!("{:?}", key.to_jwk(true).unwrap()).contains("nWGx"));
    // What stands in a comment stays in its line.
    let line = key.public_openssh_line("me\nssh-rsa AAAA").unwrap();
    assert!(line.ends_with(" messh-rsa AAAA"), "{line}");
    assert!(read(key.to_openssh_private().unwrap().as_bytes()).is_secret());
}
