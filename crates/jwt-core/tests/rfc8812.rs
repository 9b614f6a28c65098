//! ECDSA on secp256k1 in JOSE, <https://www.rfc-editor.org/rfc/rfc8812>: §3.2 has no example, so the signatures were made
//! with OpenSSL, through Python's cryptography package, and the token with PyJWT 2.15.1.

#![cfg(feature = "es256k")]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod keys;

use jwt_core::{
    EcdsaSigningKey, EcdsaVerifyingKey, Es256K, Header, JsonClaims, Signer as _, UnverifiedToken,
    Verifier as _,
};
use keys::{base64url, hex};

/// `{"sub": "José", "exp": 4102444800}`, as Python spells it.
const CLAIMS: &str = r#"{"sub":"Jos\u00e9","exp":4102444800}"#;
const TOKEN: &str = "eyJhbGciOiJFUzI1NksiLCJ0eXAiOiJKV1QifQ.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
    y33r2GBMd3HhBg8qOUYFVpVntPoMHYRUywQAgFb-VyMqQzQs7OKZaG9Tmf826w98ocarIpChbPnmKCwzw1tu7w";

#[test]
fn a_token_of_another_implementation_verifies() {
    let mut scratch = [0; 256];
    let verified =
        UnverifiedToken::parse(TOKEN).unwrap().verify(&key().verifying_key(), &mut scratch).unwrap();
    assert_eq!(verified.header().json(), r#"{"alg":"ES256K","typ":"JWT"}"#);
    assert_eq!(verified.payload(), CLAIMS.as_bytes());
}

#[test]
fn a_token_of_ours_goes_round() {
    let mut out = [0; 256];
    let token = jwt_core::sign(&Header::new(), &JsonClaims(CLAIMS), &key(), &mut out).unwrap();
    // The same header and payload; another nonce.
    assert_eq!(token.rsplit_once('.').unwrap().0, TOKEN.rsplit_once('.').unwrap().0);
    let mut scratch = [0; 256];
    UnverifiedToken::parse(token).unwrap().verify(&key().verifying_key(), &mut scratch).unwrap();
}

#[test]
fn deterministic_signatures_are_those_of_openssl() {
    let key = EcdsaSigningKey::<Es256K>::from_bytes(&hex(
        "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
    ))
    .unwrap();
    let public = EcdsaVerifyingKey::<Es256K>::from_coordinates(
        &hex("2C8C31FC9F990C6B55E3865A184A4CE50E09481F2EAEB3E60EC1CEA13A6AE645"),
        &hex("64B95E4FDB6948C0386E189B006A29F686769B011704275E4459822DC3328085"),
    )
    .unwrap();
    let cases = [
        (
            "sample",
            "432310E32CB80EB6503A26CE83CC165C783B870845FB8AAD6D970889FCD7A6C8\
             530128B6B81C548874A6305D93ED071CA6E05074D85863D4056CE89B02BFAB69",
        ),
        (
            "test",
            "F2ADCEA7139057BE6409855EE96D008E0E5B5F532333EC17448E26A36F47BCB2\
             570C9D342779B40F513C0D75CBF93E3F3DE7B01F6593F17BFC2EE87151414D64",
        ),
    ];
    for (message, expected) in cases {
        let mut signature = [0; 64];
        assert_eq!(key.sign(message.as_bytes(), &mut signature), Ok(64));
        assert_eq!(signature, *hex(expected));
        assert_eq!(public.verify(message.as_bytes(), &signature), Ok(()));
    }
}

/// P-256 has numbers of the same length: a key of the one is not a key of the other.
#[cfg(feature = "es256")]
#[test]
fn the_two_curves_of_256_bits_keep_apart() {
    use jwt_core::{Bytes, Es256};

    let p256 = EcdsaSigningKey::<Es256>::from_bytes(&[7; 32]).unwrap();
    let mut point = [0; 65];
    let point = p256.verifying_key().to_sec1_bytes(&mut point).unwrap().to_vec();
    assert_eq!(
        EcdsaVerifyingKey::<Es256K>::from_sec1_bytes(&point).err(),
        Some(jwt_core::KeyError::PointNotOnCurve)
    );

    let mut out = [0; 256];
    let es256 = jwt_core::sign(&Header::new(), &Bytes(b"{}"), &p256, &mut out).unwrap();
    let error =
        UnverifiedToken::parse(es256).unwrap().verify(&key().verifying_key(), &mut [0; 256]).unwrap_err();
    assert_eq!(error.to_string(), "the token says it is signed with ES256, the key is for ES256K");
}

fn key() -> EcdsaSigningKey<Es256K> {
    let key = EcdsaSigningKey::<Es256K>::from_bytes(&[7; 32]).unwrap();
    let mut point = [0; 65];
    let expected = "BJicC3bLVjlx_cm-8x7AbDVg8ySdbunl2DxXYlWW4F9vYx9NBbOuUYd27gh1WncD5ksuvDJUdQTeC1WhQtTs34A";
    assert_eq!(key.verifying_key().to_sec1_bytes(&mut point).unwrap(), base64url(expected));
    key
}
