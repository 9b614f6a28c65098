//! JWK Thumbprint, <https://www.rfc-editor.org/rfc/rfc7638>: the example of §3.1, and its URI (RFC 9278).

#![cfg(feature = "jwk")]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod jwks;

use jwks::N;
use jwt_core::{JwkError, JwkMembers, Thumbprint};

const THUMBPRINT: &str = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

#[test]
fn section_3_1_rsa() {
    let text = format!(r#"{{"kty":"RSA","n":"{N}","e":"AQAB","alg":"RS256","kid":"2011-04-29"}}"#);
    let thumbprint = JwkMembers::parse(&text).unwrap().thumbprint().unwrap();
    assert_eq!(thumbprint.to_string(), THUMBPRINT);
    // The bytes that the RFC prints.
    assert_eq!(thumbprint.as_bytes()[..8], [55, 54, 203, 177, 120, 124, 184, 48]);
    // Nothing but the required members matters, nor their order or the white space.
    let other = format!("{{ \"e\": \"AQAB\",\n \"n\" : \"{N}\", \"use\":\"enc\", \"kty\":\"RSA\" }}");
    assert_eq!(JwkMembers::parse(&other).unwrap().thumbprint().unwrap(), thumbprint);
}

#[test]
fn text_and_uri_need_43_and_88_bytes() {
    let text = format!(r#"{{"kty":"RSA","n":"{N}","e":"AQAB"}}"#);
    let thumbprint = JwkMembers::parse(&text).unwrap().thumbprint().unwrap();
    assert_eq!(thumbprint.to_text(&mut [0; 43]), Some(THUMBPRINT));
    assert_eq!(thumbprint.to_text(&mut [0; 42]), None);
    let uri = format!("urn:ietf:params:oauth:jwk-thumbprint:sha-256:{THUMBPRINT}");
    assert_eq!(thumbprint.to_uri(&mut [0; 88]), Some(&*uri));
    assert_eq!(thumbprint.to_uri(&mut [0; 87]), None);
    assert_eq!(format!("{thumbprint:?}"), format!("Thumbprint({THUMBPRINT})"));
}

/// Computed with OpenSSL: the SHA-256 of `{"k":"…","kty":"oct"}`.
#[test]
fn a_secret_has_one_only_on_request() {
    let text = r#"{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}"#;
    assert_eq!(JwkMembers::parse(text).unwrap().thumbprint(), Err(JwkError::Symmetric));
    let secret: Vec<u8> = (0..32).collect();
    assert_eq!(Thumbprint::of_secret(&secret).to_string(), "WqjPPRvAP8oYbAqCwMErhzTg-Quaz-vLx_cef07yhOs");
}
