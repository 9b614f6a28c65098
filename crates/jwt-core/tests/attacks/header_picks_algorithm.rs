//! The token's `alg` picks the algorithm: the key decides, and any other is a mismatch, even under a right signature.

use crate::tokens::{Rule, signed_headers};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    vec![
        (
            "algorithm_mismatch",
            signed_headers([
                r#"{"alg":"HS384"}"#,
                r#"{"alg":"HS512"}"#,
                r#"{"alg":"RS256"}"#,
                r#"{"alg":"RS384"}"#,
                r#"{"alg":"RS512","kid":"HS256"}"#,
                r#"{"alg":"RS\u003256"}"#,
                r#"{"alg":"PS256"}"#,
                r#"{"alg":"PS384"}"#,
                r#"{"alg":"PS512"}"#,
                r#"{"alg":"ES256"}"#,
                r#"{"alg":"ES384"}"#,
                r#"{"alg":"ES512"}"#,
                r#"{"alg":"ES256K"}"#,
                r#"{"alg":"EdDSA"}"#,
                r#"{"alg":"Ed25519"}"#,
                r#"{"alg":"ML-DSA-44"}"#,
                r#"{"alg":"ML-DSA-65"}"#,
                r#"{"alg":"ML-DSA\u002d87"}"#,
            ]),
        ),
        (
            "missing_alg",
            signed_headers(["{}", r#"{"typ":"JWT"}"#, r#"{"Alg":"HS256"}"#, r#"{"x":{"alg":"HS256"}}"#]),
        ),
        (
            "header_wrong_type",
            signed_headers([
                r#"{"alg":null}"#,
                r#"{"alg":256}"#,
                r#"{"alg":true}"#,
                r#"{"alg":["HS256"]}"#,
                r#"{"alg":{"HS256":1}}"#,
                r#"{"alg":"HS256","typ":1}"#,
                r#"{"alg":"HS256","typ":null}"#,
                r#"{"alg":"HS256","cty":[]}"#,
                r#"{"alg":"HS256","kid":{}}"#,
                r#"{"alg":"HS256","kid":7}"#,
            ]),
        ),
    ]
}
