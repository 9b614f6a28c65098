//! A signature that is stripped, truncated, extended, from another token, or over other bytes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::VerifyError;

use crate::tokens::{HEADER, PAYLOAD, Rule, SIGNATURE, key, signed_payload, texts, verify};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    vec![(
        "invalid_signature",
        texts([
            &format!("{HEADER}.{PAYLOAD}.{SIGNATURE}"),
            &format!("{HEADER}.{PAYLOAD}.AA"),
            &format!("{HEADER}.{PAYLOAD}.{SIGNATURE}AAAA"),
            &format!("{HEADER}.{PAYLOAD}.{}", "A".repeat(100_000)),
            // A payload that is no claims set is not looked into.
            &format!("{HEADER}.AAAA.{SIGNATURE}"),
        ]),
    )]
}

/// Every prefix of a token, every bit of its signature, every signature of another token: no detail, and nothing accepted.
#[test]
fn nothing_but_what_was_signed() {
    let token = |payload: &[u8]| String::from_utf8(signed_payload(payload)).unwrap();
    let (one, other) = (token(br#"{"sub":"1"}"#), token(br#"{"sub":"2"}"#));
    verify(&one, &key()).unwrap();
    for len in 0..one.len() {
        assert!(verify(&one[..len], &key()).is_err(), "{len}");
    }
    let (input, signature) = one.rsplit_once('.').unwrap();
    let (other_input, other_signature) = other.rsplit_once('.').unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let mut forged = vec![other_signature.to_owned()];
    forged.extend((0..bytes.len() * 8).map(|bit| {
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        URL_SAFE_NO_PAD.encode(bytes)
    }));
    forged.extend((0..bytes.len()).skip(1).map(|len| URL_SAFE_NO_PAD.encode(&bytes[..len])));
    forged.extend(
        [&[&bytes[..], &[0]].concat(), &[&[0], &bytes[..]].concat()].map(|b| URL_SAFE_NO_PAD.encode(b)),
    );
    assert_eq!(forged.len(), 1 + 256 + 31 + 2);
    for signature in forged {
        assert_eq!(verify(&format!("{input}.{signature}"), &key()), Err(VerifyError::InvalidSignature));
    }
    assert_eq!(verify(&format!("{other_input}.{signature}"), &key()), Err(VerifyError::InvalidSignature));
}
