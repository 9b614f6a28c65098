//! Tokens, payloads and claims in strings and vectors of `heapless`.

#![cfg(all(feature = "heapless", feature = "hmac"))]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use jwt_core::{
    Header, HmacKey, Hs256, JsonClaims, Now, SignError, UnverifiedToken, Validation, sign, sign_to_string,
};

const CLAIMS: JsonClaims<'static> = JsonClaims(r#"{"name":"J\u00fcrg"}"#);

fn key() -> HmacKey<Hs256> {
    HmacKey::new(b"a secret of thirty-two bytes, ok").unwrap()
}

#[test]
fn a_token_fits_exactly_or_not_at_all() {
    let mut out = [0; 256];
    let expected = sign(&Header::new(), &CLAIMS, &key(), &mut out).unwrap();
    assert_eq!(expected.len(), 108);
    assert_eq!(sign_to_string::<108, _, _>(&Header::new(), &CLAIMS, &key()).unwrap(), expected);
    assert_eq!(sign_to_string::<256, _, _>(&Header::new(), &CLAIMS, &key()).unwrap(), expected);
    let error = sign_to_string::<107, _, _>(&Header::new(), &CLAIMS, &key()).unwrap_err();
    assert_eq!(error, SignError::BufferTooSmall { needed: 108 });
    assert!(sign_to_string::<0, _, _>(&Header::new(), &CLAIMS, &key()).is_err());
}

#[test]
fn payload_and_claims_outlive_the_scratch() {
    let token: heapless::String<128> = sign_to_string(&Header::new(), &CLAIMS, &key()).unwrap();
    let mut scratch = [0; 128];
    let verified = UnverifiedToken::parse(token.as_str()).unwrap().verify(&key(), &mut scratch).unwrap();
    let payload: heapless::Vec<u8, 64> = verified.payload_to_vec().unwrap();
    assert_eq!(verified.payload_to_vec::<4>(), None);
    let claims = verified.validate(&Validation::new().allow_missing_exp(), Now::Unknown).unwrap();
    let name = claims.get("name").unwrap().as_string().unwrap();
    assert_eq!(name.to_heapless_string::<5>().unwrap(), "Jürg");
    assert_eq!(name.to_heapless_string::<4>(), None);
    scratch.fill(0);
    assert_eq!(payload, CLAIMS.0.as_bytes());
}
