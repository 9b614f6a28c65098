//! Key files in every form: no input does harm, and a key that is read survives being written in each form that has it.

#![no_main]

use jwt_std::Key;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let read = Key::from_bytes(input, None).or_else(|_| Key::from_bytes(input, Some(b"correct horse")));
    let Ok(key) = read else { return };
    let again = |form: &str, bytes: &[u8]| {
        let key_again = Key::from_bytes(bytes, None).unwrap_or_else(|error| panic!("as {form}: {error}"));
        assert_eq!(key_again.thumbprint(), key.thumbprint(), "as {form} it is the same key");
        assert_eq!(key_again.kind().contains("private"), form.contains("private"), "{form}");
    };
    if let Some(pem) = key.public_key_pem() {
        again("public PEM", pem.as_bytes());
    }
    if let Some(der) = key.public_key_der() {
        again("public DER", &der);
    }
    if let Ok(pem) = key.to_pkcs8_pem() {
        again("private PKCS#8", pem.as_bytes());
    }
    if let Ok(openssh) = key.to_openssh_private() {
        again("private OpenSSH", openssh.as_bytes());
    }
    if let Ok(jwk) = key.to_jwk(true) {
        assert!(Key::from_bytes(jwk.to_json().as_bytes(), None).is_ok(), "as JWK");
    }
    for algorithm in key.algorithms() {
        let _ = key.verifying_key(algorithm);
        let _ = key.signing_key(algorithm);
    }
});
