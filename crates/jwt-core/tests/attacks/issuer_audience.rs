//! Issuers and audiences matched by a part of them, absent, empty, or of another type.

use jwt_core::Validation;

use crate::tokens::{Rule, signed_payload, validate};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    let payloads =
        |payloads: &[&str]| payloads.iter().map(|payload| signed_payload(payload.as_bytes())).collect();
    vec![
        (
            "issuer_wrong_type",
            payloads(&[r#"{"iss":1}"#, r#"{"iss":["a"]}"#, r#"{"iss":null}"#, r#"{"\u0069ss":{}}"#]),
        ),
        ("subject_wrong_type", payloads(&[r#"{"sub":42}"#, r#"{"sub":false}"#])),
        (
            "audience_wrong_type",
            payloads(&[r#"{"aud":1}"#, r#"{"aud":["a",1]}"#, r#"{"aud":[["a"]]}"#, r#"{"aud":{}}"#]),
        ),
        ("jti_wrong_type", payloads(&[r#"{"jti":1}"#, r#"{"jti":[]}"#])),
    ]
}

#[test]
fn issuers_and_audiences_are_compared_whole() {
    let policy = Validation::new().allow_missing_exp().issuer("https://issuer.example");
    let policy = policy.audience("pump-7");
    let mut ran = 0;
    for (iss, aud, code) in [
        (r#""https://issuer.example""#, r#""pump-7""#, ""),
        (r#""https://issuer.example""#, r#"["a","pump-7"]"#, ""),
        (r#""https:\/\/issuer.example""#, r#""pump\u002d7""#, ""),
        (r#""https://issuer.example.attacker.example""#, r#""pump-7""#, "issuer_mismatch"),
        (r#""https://issuer.exampl""#, r#""pump-7""#, "issuer_mismatch"),
        (r#""https://issuer.example/""#, r#""pump-7""#, "issuer_mismatch"),
        (r#""HTTPS://issuer.example""#, r#""pump-7""#, "issuer_mismatch"),
        (r#""https://issuer.example\u0000""#, r#""pump-7""#, "issuer_mismatch"),
        (r#""""#, r#""pump-7""#, "issuer_mismatch"),
        (r#"["https://issuer.example"]"#, r#""pump-7""#, "issuer_wrong_type"),
        (r#"{"https://issuer.example":1}"#, r#""pump-7""#, "issuer_wrong_type"),
        ("null", r#""pump-7""#, "issuer_wrong_type"),
        (r#""https://issuer.example""#, r#""pump-70""#, "audience_mismatch"),
        (r#""https://issuer.example""#, r#""pump""#, "audience_mismatch"),
        (r#""https://issuer.example""#, r#""a pump-7""#, "audience_mismatch"),
        (r#""https://issuer.example""#, r#""pump-7,a""#, "audience_mismatch"),
        (r#""https://issuer.example""#, r#"["[\"pump-7\"]"]"#, "audience_mismatch"),
        (r#""https://issuer.example""#, r#""""#, "audience_mismatch"),
        (r#""https://issuer.example""#, "[]", "audience_mismatch"),
        (r#""https://issuer.example""#, r#"[["pump-7"]]"#, "audience_wrong_type"),
        (r#""https://issuer.example""#, r#"["pump-7",1]"#, "audience_wrong_type"),
        (r#""https://issuer.example""#, r#"{"pump-7":1}"#, "audience_wrong_type"),
        (r#""https://issuer.example""#, "null", "audience_wrong_type"),
    ] {
        let payload = format!(r#"{{"iss":{iss},"aud":{aud}}}"#);
        assert_eq!(validate(&payload, &policy), code, "{payload}");
        ran += 1;
    }
    assert_eq!(ran, 23);
    assert_eq!(validate(r#"{"aud":"pump-7"}"#, &policy), "missing_claim");
    assert_eq!(validate(r#"{"iss":"https://issuer.example"}"#, &policy), "missing_claim");
    // An audience that nobody configured is not for us.
    let nobody = Validation::new().allow_missing_exp();
    assert_eq!(validate(r#"{"aud":"pump-7"}"#, &nobody), "unexpected_audience");
    assert_eq!(validate(r#"{"aud":[]}"#, &nobody), "unexpected_audience");
}
