//! The verdicts on time and policy, and on what is no token.

#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod common;

use common::{NOW, asked, inspected, pair, signed, verdict};
use serde_json::{Value, json};

const SECRET: &str = "a secret of thirty-two bytes, ok";

fn token(payload: &Value) -> String {
    let made = signed(&json!({ "alg": "HS256" }), payload, &json!({ "text": SECRET }));
    made["token"].as_str().unwrap().to_owned()
}

fn with_policy(payload: &Value, policy: &Value) -> Value {
    let request = json!({ "token": token(payload), "key": { "text": SECRET }, "policy": policy, "now": NOW });
    asked(jwt_web::inspect, &request)
}

#[test]
fn time() {
    for (payload, state, code, words) in [
        (json!({ "exp": NOW + 300 }), "valid", "valid", "valid: expires in 5 minutes (2026-09-21T14:18:20Z)"),
        (
            json!({ "exp": NOW - 3 * 86_400 }),
            "invalid",
            "expired",
            "expired 3 days ago (2026-09-18T14:13:20Z)",
        ),
        (json!({ "exp": NOW }), "invalid", "expired", "expired now (2026-09-21T14:13:20Z)"),
        (
            json!({ "exp": NOW + 300, "nbf": NOW + 60 }),
            "invalid",
            "not_yet_valid",
            "not valid yet, but from in 1 minute (2026-09-21T14:14:20Z) on",
        ),
        (json!({}), "invalid", "missing_claim", "never expires: it has no exp, which most verifiers refuse"),
        (
            json!({ "exp": "soon" }),
            "invalid",
            "exp_wrong_type",
            "the claim `exp` must be a number of seconds, found a string",
        ),
        (
            json!({ "exp": NOW + 300, "iat": NOW + 60 }),
            "warning",
            "valid",
            "valid: expires in 5 minutes (2026-09-21T14:18:20Z); it says that it was made in the future, in 1 minute (2026-09-21T14:14:20Z) (a clock is wrong?)",
        ),
        (
            json!({ "exp": 9_000_000_000_000_000_000_u64 }),
            "valid",
            "valid",
            "valid for longer than any calendar",
        ),
    ] {
        let report = with_policy(&payload, &json!({}));
        assert_eq!(verdict(&report, "time"), pair(state, code), "{payload}");
        assert_eq!(report["verdicts"]["time"]["message"], words);
    }
    let report = with_policy(&json!({}), &json!({ "allow_missing_exp": true }));
    assert_eq!(verdict(&report, "time"), pair("warning", "no_exp"));
    let report = with_policy(&json!({ "exp": NOW - 10 }), &json!({ "leeway": 60 }));
    assert_eq!(verdict(&report, "time"), pair("valid", "valid"));
}

#[test]
fn policy() {
    let payload = json!({ "exp": NOW + 60, "iss": "a", "aud": ["b", "c"], "sub": "d" });
    for (policy, state, code) in [
        (json!({}), "unknown", "no_policy"),
        (json!({ "issuer": "a" }), "warning", "audience_not_compared"),
        (json!({ "issuer": "a", "audience": "c", "subject": "d" }), "valid", "valid"),
        (json!({ "issuer": "x", "audience": "c" }), "invalid", "issuer_mismatch"),
        (json!({ "audience": "x" }), "invalid", "audience_mismatch"),
        (json!({ "subject": "x" }), "invalid", "subject_mismatch"),
    ] {
        assert_eq!(verdict(&with_policy(&payload, &policy), "policy"), pair(state, code), "{policy}");
    }
    let report = with_policy(&json!({ "exp": NOW + 60 }), &json!({ "issuer": "a", "audience": "b" }));
    assert_eq!(verdict(&report, "policy"), pair("invalid", "missing_claim"));
    assert_eq!(verdict(&report, "time"), pair("valid", "valid"));
    let message = report["verdicts"]["policy"]["message"].as_str().unwrap();
    assert!(message.contains("\"iss\"") && message.contains("\"aud\""), "{message}");
}

#[test]
fn nobody_has_vouched_for_a_token_without_a_key() {
    let report = inspected(&token(&json!({ "exp": NOW + 60 })), &json!({}));
    assert_eq!(verdict(&report, "signature"), pair("unknown", "no_key"));
    assert_eq!(verdict(&report, "time"), pair("valid", "valid"));
    assert_eq!(verdict(&report, "all"), pair("unknown", "unverified"));
}

#[test]
fn a_token_that_cannot_be_decoded_is_signed_by_nobody() {
    let token = token(&json!({ "exp": NOW + 60 })).replace('.', ".!");
    for key in [json!({}), json!({ "text": SECRET })] {
        let report = inspected(&token, &key);
        assert_eq!(verdict(&report, "signature"), pair("invalid", "base64_byte"));
        assert_eq!(verdict(&report, "time"), pair("unknown", "no_claims"));
        assert_eq!(verdict(&report, "all").0, "invalid");
    }
}

#[test]
fn a_header_that_no_verifier_may_process_is_signed_and_refused() {
    let header = json!({ "alg": "HS256", "crit": ["exp"], "exp": 1 });
    let made = signed(&header, &json!({ "exp": NOW + 60 }), &json!({ "text": SECRET }));
    assert!(
        made["warning"].as_str().unwrap().starts_with("signed, but a verifier must refuse this"),
        "{made}"
    );
    let report = inspected(made["token"].as_str().unwrap(), &json!({ "text": SECRET }));
    assert_eq!(verdict(&report, "signature"), pair("invalid", "unsupported_crit"));
}

#[test]
fn what_is_typed_wrongly_says_where() {
    let asked = |header: &str, payload: &str| {
        asked(jwt_web::sign, &json!({ "header": header, "payload": payload, "key": { "text": SECRET } }))["problem"]
            .clone()
    };
    let problem = asked(r#"{"alg":"HS256"}"#, "{\n  \"sub\": \"1\",\n}");
    assert_eq!((&problem["place"], &problem["code"]), (&json!("payload"), &json!("json_unexpected_byte")));
    assert!(problem["message"].as_str().unwrap().ends_with("line 3, column 1"), "{problem}");
    assert_eq!(asked("[]", "{}")["place"], "header");
    assert_eq!(asked("{}", "{}")["code"], "missing_alg");
    assert_eq!(asked(r#"{"alg":1}"#, "{}")["place"], "header");
    assert_eq!(asked(r#"{"alg":"HS256"}"#, r#"{"a":1,"a":2}"#)["code"], "json_duplicate_name");
}

#[test]
fn digits_and_escapes_stay_as_they_are_written() {
    let payload =
        r#"{"n": 1.0, "big": 12345678901234567890123, "e": 1e400, "t": "\u0041", "exp": 1790000060}"#;
    let request =
        json!({ "header": r#"{ "alg" : "HS256" }"#, "payload": payload, "key": { "text": SECRET } });
    let made = asked(jwt_web::sign, &request);
    let report = inspected(made["token"].as_str().unwrap(), &json!({ "text": SECRET }));
    assert_eq!(verdict(&report, "signature"), pair("valid", "valid"));
    let shown = report["payload"]["text"].as_str().unwrap();
    for literal in ["1.0", "12345678901234567890123", "1e400", "\\u0041"] {
        assert!(shown.contains(literal), "{shown}");
    }
}

#[test]
fn hostile_texts_do_no_harm() {
    let long = "a".repeat(3 << 20);
    let deep = format!("{}{}", "{\"a\":".repeat(200), "1".to_owned() + &"}".repeat(200));
    for text in ["", ".", "..", "...", "....", "a.b.c", "\u{0}", "😀.😀.😀", long.as_str(), deep.as_str()]
    {
        let report = inspected(text, &json!({ "text": text }));
        assert!(
            report["verdicts"].is_null() || report["verdicts"]["all"]["state"] == "invalid",
            "{text:.20}"
        );
    }
    for request in ["", "{", "1", r#"{"token":1}"#, r#"{"key":{"form":"x"}}"#] {
        for function in [jwt_web::inspect, jwt_web::sign, jwt_web::generate, jwt_web::example] {
            let report: Value = serde_json::from_str(&function(request)).unwrap();
            assert_eq!(report["problem"]["code"], "request", "{request}");
        }
    }
    let pasted = format!("Authorization: Bearer \"{}\"\n", token(&json!({ "exp": NOW + 60 })));
    assert_eq!(verdict(&inspected(&pasted, &json!({ "text": SECRET })), "signature"), pair("valid", "valid"));
}
