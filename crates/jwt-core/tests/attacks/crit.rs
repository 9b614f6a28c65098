//! `crit` that is empty, names a parameter twice, one that is absent or registered, is no array, or is not understood.

use crate::tokens::{Rule, signed_headers};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    vec![
        (
            "invalid_crit",
            signed_headers([
                r#"{"alg":"HS256","crit":[]}"#,
                r#"{"alg":"HS256","crit":null}"#,
                r#"{"alg":"HS256","crit":"x","x":1}"#,
                r#"{"alg":"HS256","crit":{"x":1},"x":1}"#,
                r#"{"alg":"HS256","crit":[1]}"#,
                r#"{"alg":"HS256","crit":["x"]}"#,
                r#"{"alg":"HS256","crit":["x","x"],"x":1}"#,
                r#"{"alg":"HS256","crit":["alg"]}"#,
                r#"{"alg":"HS256","crit":["x","typ"],"x":1,"typ":"JWT"}"#,
            ]),
        ),
        (
            "unsupported_crit",
            signed_headers([
                r#"{"alg":"HS256","crit":["x"],"x":1}"#,
                r#"{"crit":["\u0078"],"x":null,"alg":"HS256"}"#,
                r#"{"alg":"HS256","crit":["http://example.invalid/a"],"http://example.invalid/a":true}"#,
                r#"{"alg":"none","crit":["x"],"x":1}"#,
            ]),
        ),
    ]
}
