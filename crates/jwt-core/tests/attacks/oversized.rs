//! Tokens and headers beyond the limits, and time that grows with the length alone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{MAX_HEADER_LEN, MAX_TOKEN_LEN};

use crate::tokens::{HEADER, PAYLOAD, Rule, SIGNATURE, outcome, short_name, signed_payload, texts};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    vec![
        (
            "token_too_long",
            texts([
                &format!("{HEADER}.{}.{SIGNATURE}", "A".repeat(1024 * 1024)),
                &".".repeat(1024 * 1024),
                &"A".repeat(MAX_TOKEN_LEN + 1),
                // A hundred thousand members.
                &format!("{HEADER}.{}.{SIGNATURE}", URL_SAFE_NO_PAD.encode(r#""":0,"#.repeat(100_000))),
            ]),
        ),
        (
            "header_too_long",
            texts([
                &format!("{}.{PAYLOAD}.{SIGNATURE}", "A".repeat(MAX_HEADER_LEN + 1)),
                &format!("{}.A.A", "A".repeat(MAX_TOKEN_LEN - 4)),
            ]),
        ),
    ]
}

/// A token at its limit costs no more, byte for byte, than a short one: what is counted is what the reader does, not time,
/// which no test can rely on. The reader's own count of comparisons is its limit of work.
#[test]
fn many_names_are_an_error_and_not_quadratic_work() {
    // As many members of as many objects as there is room for, each object at its own limit.
    let members: Vec<String> = (0..256).map(|index| format!("\"{}\":0", short_name(index))).collect();
    let object = format!("{{{}}}", members.join(","));
    let objects = vec![object.as_str(); 50].join(",");
    let token = signed_payload(format!("{{\"x\":[{objects}]}}").as_bytes());
    assert!(token.len() <= MAX_TOKEN_LEN, "{}", token.len());
    assert_eq!(outcome(&token).map_err(|error| error.code()), Err("json_too_costly"));
}
