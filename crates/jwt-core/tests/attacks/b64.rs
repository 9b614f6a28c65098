//! `b64` without `crit`, without the consent of who verifies, or not a boolean.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::tokens::{Rule, key, signed_headers};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    vec![(
        "unencoded_payload",
        signed_headers([
            r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#,
            r#"{"alg":"HS256","b64":false}"#,
            r#"{"alg":"HS256","b64":true}"#,
            r#"{"alg":"HS256","b64":"false"}"#,
        ]),
    )]
}

/// With `crit`, and signed so: only who asks for an unencoded payload gets one, and `crit` must be there (RFC 7797 §6).
#[test]
fn only_who_asks_reads_an_unencoded_payload() {
    use jwt_core::{Signer as _, UnverifiedToken};

    let code = |header: &str| {
        let input = format!("{}.payload", URL_SAFE_NO_PAD.encode(header));
        let mut mac = [0; 32];
        key().sign(input.as_bytes(), &mut mac).unwrap();
        let token = format!("{input}.{}", URL_SAFE_NO_PAD.encode(mac));
        let mut scratch = vec![0; token.len()];
        UnverifiedToken::parse(&token).unwrap().verify_unencoded(&key(), &mut scratch).map_or_else(
            |error| error.code(),
            |content| if content.payload() == b"payload" { "" } else { "?" },
        )
    };
    assert_eq!(code(r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#), "");
    for header in [
        r#"{"alg":"HS256"}"#,
        r#"{"alg":"HS256","b64":false}"#,
        r#"{"alg":"HS256","b64":true,"crit":["b64"]}"#,
        r#"{"alg":"HS256","b64":"false","crit":["b64"]}"#,
        r#"{"alg":"HS256","b64":null,"crit":["b64"]}"#,
        r#"{"alg":"HS256","b64":0,"crit":["b64"]}"#,
        r#"{"alg":"HS256","crit":["b64"]}"#,
        r#"{"alg":"HS256","b64":false,"crit":["b64","x"],"x":1}"#,
        r#"{"alg":"HS256","b64":false,"crit":["b64","b64"]}"#,
    ] {
        assert!(!matches!(code(header), "" | "?"), "{header}");
    }
}
