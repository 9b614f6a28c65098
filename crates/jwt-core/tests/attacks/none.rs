//! `alg: none` in any spelling: no such algorithm exists.

use crate::tokens::{Rule, key, signed_headers, verify};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    vec![(
        "unknown_algorithm",
        signed_headers([
            r#"{"alg":"none"}"#,
            r#"{"alg":"None"}"#,
            r#"{"alg":"NONE"}"#,
            r#"{"alg":"nOnE"}"#,
            r#"{"alg":"\u006eone"}"#,
            r#"{"alg":"none "}"#,
            r#"{"alg":"none\u0000"}"#,
            r#"{"alg":""}"#,
            r#"{"alg":"hs256"}"#,
            r#"{"alg":"HS256 "}"#,
            r#"{"alg":"HS256\u0000"}"#,
            r#"{"alg":"HS25"}"#,
            r#"{"alg":"HS2566"}"#,
            r#"{"alg":"HMAC"}"#,
            r#"{"alg":"HS1"}"#,
            r#"{"alg":"dir"}"#,
            "{\"alg\":\"\u{397}S256\"}",
            r#"{"alg":"es256"}"#,
            r#"{"alg":"ES256k"}"#,
            r#"{"alg":"ES521"}"#,
            r#"{"alg":"Ed448"}"#,
            r#"{"alg":"eddsa"}"#,
            r#"{"alg":"ed25519"}"#,
            r#"{"alg":"ML-DSA"}"#,
            r#"{"alg":"ml-dsa-44"}"#,
            r#"{"alg":"MLDSA44"}"#,
        ]),
    )]
}

/// With an empty signature, as the attack has it, it is no token at all.
#[test]
fn an_empty_signature_is_no_signature() {
    // The first says `none` in its header, the second `HS256`.
    for (header, code) in
        [("eyJhbGciOiJub25lIn0", "unknown_algorithm"), ("eyJhbGciOiJIUzI1NiJ9", "empty_part")]
    {
        assert_eq!(verify(&format!("{header}.e30."), &key()).unwrap_err().code(), code);
    }
    assert!("none".parse::<jwt_core::Algorithm>().is_err());
}
