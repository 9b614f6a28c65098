//! Tokens and headers beyond the limits, and time that grows with the length alone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{MAX_HEADER_LEN, MAX_TOKEN_LEN, json};

use crate::tokens::{HEADER, PAYLOAD, Rule, SIGNATURE, outcome, signed_payload, texts};

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

/// Names that are hard to tell apart, at every depth: the work is counted and has its limit, whatever a clock would say.
#[test]
fn looking_for_duplicates_is_bounded() {
    let names: Vec<String> = (0..250).map(|index| format!("\"a{index:03}z\":0")).collect();
    let names = names.join(",");
    let nested = |depth| (0..depth).fold("{}".to_owned(), |text, _| format!("{{\"n\":{text},{names}}}"));
    assert_eq!(outcome(&signed_payload(nested(1).as_bytes())), Ok(()));
    let token = signed_payload(nested(json::MAX_DEPTH - 1).as_bytes());
    assert_eq!(outcome(&token).map_err(|error| error.code()), Err("json_too_costly"));
}
