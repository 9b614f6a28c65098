//! Every algorithm: an example that verifies, one bit of it changed that does not, and a payload that is signed again.

#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod common;

use common::{NOW, asked, exampled, inspected, pair, signed, verdict};
use jwt_std::Algorithm;
use serde_json::{Value, json};

#[test]
fn examples_verify_until_they_are_changed() {
    let mut ran = 0;
    for algorithm in Algorithm::ALL {
        let made = exampled(algorithm.name());
        let (token, key) = (made["token"].as_str().unwrap(), &made["key"]);
        let report = inspected(token, key);
        assert_eq!(verdict(&report, "signature"), pair("valid", "valid"), "{algorithm}");
        assert_eq!(verdict(&report, "time"), pair("valid", "valid"), "{algorithm}");
        assert_eq!(report["header_rows"][0]["value"], algorithm.name());
        assert_eq!(report["problem"], Value::Null);

        // The last character may have bits that must be zero; the first of the signature has none.
        let dot = token.rfind('.').unwrap();
        let other = if token.as_bytes()[dot + 1] == b'A' { "B" } else { "A" };
        let altered = format!("{}{other}{}", &token[..=dot], &token[dot + 2..]);
        let report = inspected(&altered, key);
        assert_eq!(verdict(&report, "signature"), pair("invalid", "invalid_signature"), "{algorithm}");
        assert_eq!(verdict(&report, "all").0, "invalid");
        ran += 1;
    }
    assert_eq!(ran, 18);
}

#[test]
fn a_changed_payload_is_signed_again() {
    for algorithm in ["HS256", "RS256", "ES256", "Ed25519", "ML-DSA-44"] {
        let key = common::generated(algorithm);
        let header = json!({ "typ": "JWT", "alg": algorithm });
        let made = signed(&header, &json!({ "sub": "1", "exp": NOW + 60 }), &key);
        let report = inspected(made["token"].as_str().unwrap(), &key);
        assert_eq!(verdict(&report, "signature"), pair("valid", "valid"), "{algorithm}");
        assert_eq!(report["claim_rows"][0]["value"], "1");
    }
}

#[test]
fn the_public_half_verifies_in_every_form() {
    for (algorithm, openssh) in [("RS256", true), ("ES384", true), ("EdDSA", true), ("ES256K", false)] {
        let made = exampled(algorithm);
        let token = made["token"].as_str().unwrap();
        let public = inspected(token, &made["key"])["key"]["public"].clone();
        assert_eq!(public["openssh"].is_string(), openssh, "{algorithm}");
        for form in ["pem", "jwk", "openssh"] {
            let Some(text) = public[form].as_str() else { continue };
            assert!(!text.contains("PRIVATE") && !text.contains("\"d\""), "{text}");
            let report = inspected(token, &json!({ "text": text }));
            assert_eq!(verdict(&report, "signature"), pair("valid", "valid"), "{algorithm} {form}");
            assert_eq!(report["key"]["signs"], false);
        }
    }
}

#[test]
fn there_is_no_none() {
    for algorithm in ["none", "None", "HS1", ""] {
        let made = asked(jwt_web::generate, &json!({ "alg": algorithm }));
        assert_eq!(made["problem"]["code"], "unknown_algorithm");
        let key = json!({ "text": "a secret of thirty-two bytes, ok" });
        let made = signed(&json!({ "alg": algorithm }), &json!({}), &key);
        assert_eq!(made["problem"]["code"], "unknown_algorithm");
        assert_eq!(made["token"], Value::Null);
    }
    // {"alg":"none"}.{"exp":1790000060}.
    let report = inspected("eyJhbGciOiJub25lIn0.eyJleHAiOjE3OTAwMDAwNjB9.", &json!({ "text": "secret" }));
    assert_eq!(verdict(&report, "signature"), pair("invalid", "unknown_algorithm"));
    assert_eq!(verdict(&report, "all").0, "invalid");
}
