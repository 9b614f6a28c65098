//! CFRG elliptic curves in JOSE, <https://www.rfc-editor.org/rfc/rfc8037>: appendices A.4 and A.5, with the key of A.1.
//! Ed25519 is deterministic: the token that is made is the token that is printed.

#![cfg(feature = "ed25519")]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod keys;

use jwt_core::{Bytes, Ed25519SigningKey, Ed25519VerifyingKey, Header, UnverifiedToken};
use keys::base64url;

/// A.1.
const D: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
/// A.4.
const PAYLOAD: &[u8] = b"Example of Ed25519 signing";
const TOKEN: &str = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.\
    hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

#[test]
fn appendix_a_1_the_private_key_belongs_to_the_public_one() {
    let key = Ed25519SigningKey::from_seed(&base64url(D)).unwrap();
    assert_eq!(key.verifying_key().as_bytes(), &*base64url(X));
}

#[test]
fn appendix_a_4_signs_exactly_this_token() {
    let key = Ed25519SigningKey::from_seed(&base64url(D)).unwrap();
    let mut out = [0; 256];
    assert_eq!(jwt_core::sign(&Header::new().without_typ(), &Bytes(PAYLOAD), &key, &mut out), Ok(TOKEN));
}

#[test]
fn appendix_a_5_verifies() {
    let key = Ed25519VerifyingKey::from_bytes(&base64url(X)).unwrap();
    let mut scratch = [0; 256];
    let verified = UnverifiedToken::parse(TOKEN).unwrap().verify(&key, &mut scratch).unwrap();
    assert_eq!(verified.header().json(), r#"{"alg":"EdDSA"}"#);
    assert_eq!(verified.payload(), PAYLOAD);
}
