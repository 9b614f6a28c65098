//! One kind of token taken for another (RFC 8725 §3.11): `typ` is checked when the policy names one, by the rule for media
//! types.

use jwt_core::{Now, NumericDate, UnverifiedToken, Validation};

use crate::tokens::{key, signed};

#[test]
fn a_token_of_another_kind() {
    let policy = Validation::new().typ("at+jwt");
    for (member, code) in [
        (r#","typ":"at+jwt""#, ""),
        (r#","typ":"AT+JWT""#, ""),
        (r#","typ":"application/at+jwt""#, ""),
        (r#","typ":"APPLICATION/at+JWT""#, ""),
        ("", "missing_typ"),
        (r#","typ":"JWT""#, "typ_mismatch"),
        (r#","typ":"""#, "typ_mismatch"),
        (r#","typ":"at+jwt ""#, "typ_mismatch"),
        (r#","typ":"at+jwts""#, "typ_mismatch"),
        (r#","typ":"at+jw""#, "typ_mismatch"),
        (r#","typ":"dpop+jwt""#, "typ_mismatch"),
        (r#","typ":"application/""#, "typ_mismatch"),
        (r#","typ":"application/application/at+jwt""#, "typ_mismatch"),
        (r#","typ":"text/at+jwt""#, "typ_mismatch"),
        (r#","typ":"at+jwt;a=b""#, "typ_mismatch"),
        (r#","cty":"at+jwt""#, "missing_typ"),
    ] {
        let token = signed(format!(r#"{{"alg":"HS256"{member}}}"#).as_bytes(), br#"{"exp":4102444800}"#);
        let mut scratch = vec![0; token.len()];
        let verified = UnverifiedToken::parse(&token).unwrap().verify(&key(), &mut scratch).unwrap();
        let outcome = verified.validate(&policy, Now::At(NumericDate::from_secs(1_790_000_000)));
        assert_eq!(outcome.map_or_else(|failure| failure.code(), |_| ""), code, "{member}");
    }
}
