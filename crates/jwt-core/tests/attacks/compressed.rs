//! Compressed content: not supported, and said so.

use crate::tokens::{Rule, signed_headers};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    vec![(
        "compressed_token",
        signed_headers([r#"{"alg":"HS256","zip":"DEF"}"#, r#"{"z\u0069p":null,"alg":"HS256"}"#]),
    )]
}
