//! Nested JWTs (RFC 7519 §5.2, appendix A.2 without the encryption): `cty: JWT` is never unwrapped silently. Who wants what
//! is inside verifies that, too.

use jwt_core::{
    Bytes, ClaimsSet, Header, HmacKey, Hs256, Now, NumericDate, UnverifiedToken, Validation, sign,
};

const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));

#[test]
fn each_layer_is_verified_with_its_own_key() {
    let inner_key = HmacKey::<Hs256>::new(b"the secret of the inner token...").unwrap();
    let outer_key = HmacKey::<Hs256>::new(b"the secret of the outer token...").unwrap();
    let (mut inner, mut outer) = ([0; 256], [0; 512]);
    let claims = ClaimsSet::new().subject("4242").expires_at(NumericDate::from_secs(4_102_444_800));
    let inner = sign(&Header::new(), &claims, &inner_key, &mut inner).unwrap();
    let outer = sign(&Header::new().cty("JWT"), &Bytes(inner.as_bytes()), &outer_key, &mut outer).unwrap();

    let (mut first, mut second) = ([0; 512], [0; 512]);
    let verified = UnverifiedToken::parse(outer).unwrap().verify(&outer_key, &mut first).unwrap();
    assert!(verified.header().cty().is_some_and(|cty| cty == "JWT"));
    // The payload is a token, and so no claims set: nothing of what is inside is taken for the outer one's.
    assert_eq!(verified.validate(&Validation::new(), NOW).unwrap_err().code(), "json_unexpected_byte");

    let nested = UnverifiedToken::parse(verified.payload()).unwrap();
    assert!(nested.verify(&outer_key, &mut second).is_err());
    let claims = nested.verify(&inner_key, &mut second).unwrap().validate(&Validation::new(), NOW).unwrap();
    assert!(claims.subject().is_some_and(|subject| subject == "4242"));
}
