//! `Debug` of everything that has a secret shows nothing of it, however it may be written.

use std::fmt::{Debug, Write as _};

use base64ct::Encoding as _;
use jwt_core::{
    Bits2048, EcdsaSigningKey, Ed25519SigningKey, Es256, Es256K, Es384, Es512, HeaplessRsaSigningKey,
    HmacKey, Hs256, Hs384, Hs512, Jwk, JwkMembers, JwkWriter, MlDsa44, MlDsaSigningKey, Rs256, RsaComponents,
    RsaSigningKey,
};
use jwt_std::{Algorithm, JwkSet, Key};
use secrets::RSA_2048_PRIVATE;

/// No three bytes in a row of it, as numbers or in hexadecimal, no four characters of its base64, and no eight of its text.
#[track_caller]
fn assert_hidden(secret: &[u8], value: &dyn Debug) {
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        let packed: String = shown.chars().filter(|found| !found.is_whitespace()).collect();
        for part in secret.windows(3) {
            let [a, b, c] = part else { unreachable!("three") };
            let decimal = format!("{a},{b},{c}");
            assert!(!packed.contains(&decimal), "{decimal} in {shown}");
        }
        let mut hex = String::new();
        for byte in secret {
            write!(hex, "{byte:02x}").unwrap();
        }
        let lower = packed.to_lowercase();
        assert!(
            hex.as_bytes().windows(8).all(|part| !lower.contains(str::from_utf8(part).unwrap())),
            "{shown}"
        );
        for text in [
            base64ct::Base64UrlUnpadded::encode_string(secret),
            base64ct::Base64Unpadded::encode_string(secret),
        ] {
            let mut parts = text.as_bytes().windows(6);
            assert!(parts.all(|part| !packed.contains(str::from_utf8(part).unwrap())), "{shown}");
        }
        let mut parts = secret.windows(8).filter_map(|part| str::from_utf8(part).ok());
        assert!(parts.all(|part| !shown.contains(part)), "{shown}");
    }
}

const SECRET: &[u8; 66] = b"\0Fq8zW!pXc2mLs7vRb4nKt9yHd3gJf6hTa5eUw1iOo0PSDxQZ-CVBrMNGlkjEYI+u8";

#[test]
fn keys_of_jwt_core() {
    let seed = &SECRET[1..33];
    assert_hidden(SECRET, &HmacKey::<Hs256>::new(SECRET).unwrap());
    assert_hidden(SECRET, &HmacKey::<Hs384>::new(SECRET).unwrap());
    assert_hidden(SECRET, &HmacKey::<Hs512>::new(SECRET).unwrap());
    assert_hidden(&SECRET[..32], &EcdsaSigningKey::<Es256>::from_bytes(&SECRET[..32]).unwrap());
    assert_hidden(&SECRET[..48], &EcdsaSigningKey::<Es384>::from_bytes(&SECRET[..48]).unwrap());
    assert_hidden(SECRET, &EcdsaSigningKey::<Es512>::from_bytes(SECRET).unwrap());
    assert_hidden(&SECRET[..32], &EcdsaSigningKey::<Es256K>::from_bytes(&SECRET[..32]).unwrap());
    assert_hidden(seed, &Ed25519SigningKey::from_seed(seed).unwrap());
    assert_hidden(seed, &MlDsaSigningKey::<MlDsa44>::from_seed(seed).unwrap());
    let ed25519 = Ed25519SigningKey::from_seed(seed).unwrap();
    assert_hidden(seed, &JwkWriter::private(&ed25519));
    assert_hidden(SECRET, &JwkWriter::secret::<Hs256>(SECRET));
    let k = base64ct::Base64UrlUnpadded::encode_string(SECRET);
    let text = format!(r#"{{"kty":"oct","k":"{k}","kid":"a"}}"#);
    let mut buffer = [0; 128];
    assert_hidden(SECRET, &JwkMembers::parse(&text).unwrap());
    assert_hidden(SECRET, &Jwk::parse(&text, &mut buffer).unwrap());
}

#[test]
#[expect(clippy::many_single_char_names, reason = "the names of RFC 7518")]
fn rsa_keys() {
    let key = Key::from_bytes(RSA_2048_PRIVATE.as_bytes(), None).unwrap();
    let jwk: serde_json::Value = serde_json::from_str(&key.to_jwk(true).unwrap().to_json()).unwrap();
    let [n, e, d, p, q] = ["n", "e", "d", "p", "q"]
        .map(|name| base64ct::Base64UrlUnpadded::decode_vec(jwk[name].as_str().unwrap()).unwrap());
    let components =
        RsaComponents { modulus: &n, public_exponent: &e, private_exponent: &d, primes: [&p, &q] };
    let signing = RsaSigningKey::<Rs256>::from_components(&components).unwrap();
    let heapless = HeaplessRsaSigningKey::<Rs256, Bits2048>::from_components(&n, &e, &d).unwrap();
    let written = key.to_jwk(true).unwrap();
    let shared = key.signing_key(Algorithm::RS256).unwrap();
    for secret in [&d, &p, &q] {
        let all: [&dyn Debug; 6] = [&components, &signing, &heapless, &key, &written, &shared];
        for value in all {
            assert_hidden(secret, value);
        }
    }
}

#[test]
fn keys_of_jwt_std() {
    for algorithm in
        [Algorithm::ES256, Algorithm::ES512, Algorithm::EdDSA, Algorithm::MlDsa65, Algorithm::HS512]
    {
        let key = Key::generate(algorithm, None).unwrap();
        let text = key.to_jwk(true).unwrap().to_json().to_string();
        let jwk: serde_json::Value = serde_json::from_str(&text).unwrap();
        let secret = ["k", "d", "priv"].iter().find_map(|name| jwk[name].as_str()).unwrap();
        let secret = base64ct::Base64UrlUnpadded::decode_vec(secret).unwrap();
        assert_hidden(&secret, &key);
        assert_hidden(&secret, &key.signing_key(algorithm).unwrap());
        assert_hidden(&secret, &key.verifying_key(algorithm).unwrap());
        assert_hidden(&secret, &key.to_jwk(true).unwrap());
        let set = JwkSet::parse_allowing_symmetric(format!(r#"{{"keys":[{text}]}}"#)).unwrap();
        assert_hidden(&secret, &set);
    }
    assert_hidden(SECRET, &Key::from_secret(SECRET).unwrap());
}

/// Errors about a secret have nothing of it either.
#[test]
fn errors() {
    let text = "{\"kty\":\"oct\",\"k\":\"Fq8zW-pXc2mLs7vRb4nKt9yHd3gJf6hTa5eUw1iOo0PSDxQZ!\"}";
    let error = Key::from_bytes(text.as_bytes(), None).unwrap_err();
    assert_hidden(b"Fq8zW-pXc2mLs7vRb4nKt9yHd3gJf6hTa5eUw1iOo0PSDxQZ!", &error);
    assert!(!error.to_string().contains("Xc2mLs7v"), "{error}");
}
