//! What is left of a secret in memory after its key is dropped: nothing in the value's own place, and nothing in any block
//! that went back to the allocator meanwhile.
//!
//! What moves left behind on the stack is not seen here.

use std::mem::MaybeUninit;

use jwt_core::{
    Bits2048, EcdsaAlgorithm, EcdsaSigningKey, Ed25519SigningKey, Es256, Es256K, Es384, Es512,
    HeaplessRsaSigningKey, HmacAlgorithm, HmacKey, Hs256, Hs384, Hs512, Jwk, MlDsa44, MlDsa65, MlDsa87,
    MlDsaAlgorithm, MlDsaSigningKey, Rs256, RsaSigningKey, Signer as _,
};
use jwt_std::{Algorithm, Key, SigningKey};
use secrets::RSA_2048_PRIVATE;
use secrets::memory::{Watch, before_and_after, copy, leaks, left_over};

#[global_allocator]
static ALLOCATOR: Watch = Watch;

const MESSAGE: &[u8] = b"eyJhbGciOiJ4In0.e30";
/// No part of it repeats.
const SECRET: [u8; 66] = *b"\0Fq8zW!pXc2mLs7vRb4nKt9yHd3gJf6hTa5eUw1iOo0PSDxQZ-CVBrMNGlkjEYI+u8";

/// What a value's place has after the drop is zero, public, or other than before.
#[track_caller]
fn assert_wiped<T>(name: &str, public: &[u8], make: impl FnOnce() -> T) {
    let (before, after) = before_and_after(make);
    let left = left_over(&before, &after, public);
    let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
    assert!(changed >= 24, "{name}: only {changed} bytes of {} changed", before.len());
    assert_eq!(left, 0, "{name}: words left of {}", before.len() / 8);
}

fn memory_of<T>(value: T) -> Vec<u8> {
    copy(&MaybeUninit::new(value))
}

fn hmac<A: HmacAlgorithm>(name: &str) {
    assert_wiped(name, &[], || HmacKey::<A>::new_allowing_weak(&SECRET).unwrap());
}

fn ecdsa<A: EcdsaAlgorithm>(name: &str, len: usize) {
    let key = || EcdsaSigningKey::<A>::from_bytes(&SECRET[..len]).unwrap();
    assert_wiped(name, &memory_of(key().verifying_key()), key);
}

/// A key that keeps its seed as it is. All words cannot be compared: Ed25519 has padding, ML-DSA expands public numbers.
fn seed_is_wiped<T>(name: &str, make: impl FnOnce() -> T) {
    let (before, after) = before_and_after(make);
    let seed = &SECRET[1..33];
    assert!(before.windows(32).any(|found| found == seed), "{name}: the seed is seen while the key lives");
    assert!(!after.windows(8).any(|found| seed.windows(8).any(|part| part == found)), "{name}: the seed");
}

/// The matrix A, `elements` polynomials of 256 numbers of four bytes, is public and stays.
fn ml_dsa<A: MlDsaAlgorithm>(name: &str, elements: usize) {
    seed_is_wiped(name, || MlDsaSigningKey::<A>::from_seed(&SECRET[1..33]).unwrap());
    let (before, after) = before_and_after(|| MlDsaSigningKey::<A>::from_seed(&SECRET[1..33]).unwrap());
    assert_eq!(left_over(&before, &after, &[]), elements * 256 / 2, "{name}: words left");
}

/// d, p and q.
fn rsa_secrets() -> [Vec<u8>; 3] {
    use base64ct::Encoding as _;
    let key = Key::from_bytes(RSA_2048_PRIVATE.as_bytes(), None).unwrap();
    let jwk: serde_json::Value = serde_json::from_str(&key.to_jwk(true).unwrap().to_json()).unwrap();
    ["d", "p", "q"].map(|name| base64ct::Base64UrlUnpadded::decode_vec(jwk[name].as_str().unwrap()).unwrap())
}

fn rsa_heapless() {
    use base64ct::Encoding as _;
    let key = Key::from_bytes(RSA_2048_PRIVATE.as_bytes(), None).unwrap();
    let jwk: serde_json::Value = serde_json::from_str(&key.to_jwk(true).unwrap().to_json()).unwrap();
    let [n, e, d] = ["n", "e", "d"]
        .map(|name| base64ct::Base64UrlUnpadded::decode_vec(jwk[name].as_str().unwrap()).unwrap());
    let make = || HeaplessRsaSigningKey::<Rs256, Bits2048>::from_components(&n, &e, &d).unwrap();
    let (before, after) = before_and_after(make);
    let reversed: Vec<u8> = d.iter().rev().copied().collect();
    let has =
        |memory: &[u8]| reversed.windows(8).filter(|part| memory.windows(8).any(|at| at == *part)).count();
    assert!(has(&before) > 200, "the exponent is found while the key lives");
    assert_eq!(has(&after), 0, "HeaplessRsaSigningKey");
}

#[track_caller]
fn assert_no_leak<T>(name: &str, secrets: &[&[u8]], run: impl FnOnce() -> T) {
    assert_eq!(leaks(secrets, run), 0, "{name}: blocks freed with a secret in them");
}

/// What makes a key of the crate `rsa` frees blocks with parts of it, all of them in that crate and under it; none may be
/// added.
#[track_caller]
fn assert_leaks_of_others<T>(name: &str, at_most: usize, secrets: &[&[u8]], run: impl FnOnce() -> T) {
    let found = leaks(secrets, run);
    println!("{name}: {found} blocks freed with a secret in them, by the crate rsa");
    assert!(found <= at_most, "{name}: {found} blocks, known are {at_most}");
}

fn signs(key: &SigningKey) {
    let mut signature = vec![0; key.signature_len()];
    key.sign(MESSAGE, &mut signature).unwrap();
}

fn heap_keys() {
    // That leaks are seen at all.
    assert_eq!(leaks(&[&SECRET], || SECRET.to_vec()), 1);
    let secret = &SECRET[1..];
    assert_no_leak("secret", &[secret], || {
        signs(&SigningKey::from_secret(secret, Algorithm::HS256).unwrap());
    });
    for (kind, algorithm) in [
        ("secret", Algorithm::HS256),
        ("EC", Algorithm::ES256),
        ("EC", Algorithm::ES512),
        ("OKP", Algorithm::EdDSA),
        ("AKP", Algorithm::MlDsa44),
        ("RSA", Algorithm::RS256),
    ] {
        each_form(kind, algorithm);
    }
}

/// Reads the key from each form, signs, writes it in each form, and drops it all.
fn each_form(kind: &str, algorithm: Algorithm) {
    use base64ct::Encoding as _;
    let key = match algorithm {
        Algorithm::RS256 => Key::from_bytes(RSA_2048_PRIVATE.as_bytes(), None).unwrap(),
        _ => Key::generate(algorithm, None).unwrap(),
    };
    let jwk = key.to_jwk(true).unwrap().to_json().to_string();
    let json: serde_json::Value = serde_json::from_str(&jwk).unwrap();
    let texts: Vec<&str> =
        ["k", "d", "priv", "p", "q"].iter().filter_map(|name| json[name].as_str()).collect();
    let decoded: Vec<Vec<u8>> =
        texts.iter().map(|text| base64ct::Base64UrlUnpadded::decode_vec(text).unwrap()).collect();
    let mut secrets: Vec<&[u8]> = decoded.iter().map(Vec::as_slice).collect();
    secrets.extend(texts.iter().map(|text| text.as_bytes()));
    let name = |what: &str| format!("{kind} {algorithm} {what}");
    assert_no_leak(&name("from a JWK"), &secrets, || Key::from_bytes(jwk.as_bytes(), None).unwrap());
    if algorithm == Algorithm::RS256 {
        return rsa_forms(&key, &secrets);
    }
    assert_no_leak(&name("to sign"), &secrets, || signs(&key.signing_key(algorithm).unwrap()));
    assert_no_leak(&name("to a JWK"), &secrets, || key.to_jwk(true).unwrap().to_json());
    if key.public_key_pem().is_some() {
        let pem = key.to_pkcs8_pem().unwrap();
        assert_no_leak(&name("from PKCS#8 PEM"), &secrets, || Key::from_bytes(pem.as_bytes(), None).unwrap());
        assert_no_leak(&name("to PKCS#8"), &secrets, || {
            (key.to_pkcs8_pem().unwrap(), key.to_pkcs8_der().unwrap())
        });
        if let Ok(openssh) = key.to_openssh_private() {
            assert_no_leak(&name("from OpenSSH"), &secrets, || {
                Key::from_bytes(openssh.as_bytes(), None).unwrap()
            });
            assert_no_leak(&name("to OpenSSH"), &secrets, || key.to_openssh_private().unwrap());
        }
    }
}

fn rsa_forms(key: &Key, secrets: &[&[u8]]) {
    let (pem, openssh) = (key.to_pkcs8_pem().unwrap(), key.to_openssh_private().unwrap());
    assert_no_leak("RSA from PKCS#8", secrets, || Key::from_bytes(pem.as_bytes(), None).unwrap());
    assert_no_leak("RSA from OpenSSH", secrets, || Key::from_bytes(openssh.as_bytes(), None).unwrap());
    assert_leaks_of_others("RSA to sign", 15, secrets, || {
        signs(&key.signing_key(Algorithm::RS256).unwrap());
    });
    assert_leaks_of_others("RSA to a JWK", 18, secrets, || key.to_jwk(true).unwrap().to_json());
    assert_leaks_of_others("RSA to PKCS#8", 18, secrets, || key.to_pkcs8_der().unwrap());
    assert_leaks_of_others("RSA to OpenSSH", 18, secrets, || key.to_openssh_private().unwrap());
}

fn rsa() {
    let secrets = rsa_secrets();
    let secrets: Vec<&[u8]> = secrets.iter().map(Vec::as_slice).collect();
    let der = Key::from_bytes(RSA_2048_PRIVATE.as_bytes(), None).unwrap().to_pkcs8_der().unwrap();
    assert_leaks_of_others("RsaSigningKey", 15, &secrets, || {
        let key = RsaSigningKey::<Rs256>::from_pkcs8_der(&der).unwrap();
        key.sign(MESSAGE, &mut [0; 256]).unwrap();
    });
}

fn jwk_buffer() {
    let k = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    let text = format!(r#"{{"kty":"oct","k":"{k}"}}"#);
    let mut buffer = [0; 128];
    drop(Jwk::parse(&text, &mut buffer).unwrap());
    assert_eq!(buffer, [0; 128], "the buffer of a dropped Jwk");
    // A secret whose last character is not base64url: what was decoded before is gone.
    let text = format!(r#"{{"kty":"oct","k":"{}!"}}"#, &k[..k.len() - 1]);
    Jwk::parse(&text, &mut buffer).unwrap_err();
    assert_eq!(buffer, [0; 128], "the buffer of a Jwk that failed");
}

/// One test: what watches the heap is for one thread.
#[test]
fn nothing_is_left() {
    hmac::<Hs256>("HS256");
    hmac::<Hs384>("HS384");
    hmac::<Hs512>("HS512");
    ecdsa::<Es256>("ES256", 32);
    ecdsa::<Es384>("ES384", 48);
    ecdsa::<Es512>("ES512", 66);
    ecdsa::<Es256K>("ES256K", 32);
    seed_is_wiped("Ed25519", || Ed25519SigningKey::from_seed(&SECRET[1..33]).unwrap());
    ml_dsa::<MlDsa44>("ML-DSA-44", 16);
    ml_dsa::<MlDsa65>("ML-DSA-65", 30);
    ml_dsa::<MlDsa87>("ML-DSA-87", 56);
    rsa_heapless();
    jwk_buffer();
    rsa();
    heap_keys();
}
