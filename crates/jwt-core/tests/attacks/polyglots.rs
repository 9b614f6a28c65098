//! Signed read as encrypted: five parts, or a header that says it belongs to an encrypted token.

use crate::tokens::{HEADER, PAYLOAD, Rule, SIGNATURE, signed_headers, texts};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    vec![("encrypted_token", {
        let mut cases = texts(["....", &format!("{HEADER}.{PAYLOAD}.{SIGNATURE}.{SIGNATURE}.{SIGNATURE}")]);
        cases.extend(signed_headers([
            r#"{"alg":"HS256","enc":"A128GCM"}"#,
            r#"{"alg":"HS256","\u0065nc":null}"#,
            r#"{"enc":"A128GCM","alg":"dir"}"#,
        ]));
        cases
    })]
}
