//! JSON Web Token, <https://www.rfc-editor.org/rfc/rfc7519>: the examples of §3.1 and §6.1, and what §4.1 says of each
//! registered claim. Tokens other than the examples are signed here, with the key of RFC 7515 A.1.

#![cfg(feature = "hmac")]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use jwt_core::{Bytes, ClaimReport, Header, HmacKey, Hs256, Now, NumericDate, UnverifiedToken, Validation};

const SECRET: &str = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
const CLAIMS: &str =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

#[test]
fn section_3_1_example() {
    let token = format!(
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{CLAIMS}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
    let mut scratch = [0; 256];
    let claims = UnverifiedToken::parse(&token)
        .unwrap()
        .verify(&key(), &mut scratch)
        .unwrap()
        .validate(&Validation::new().issuer("joe").typ("JWT"), now(1_300_819_379))
        .unwrap();
    assert!(claims.issuer().is_some_and(|issuer| issuer == "joe"));
    assert_eq!(claims.expires_at(), Some(NumericDate::from_secs(1_300_819_380)));
    assert_eq!(claims.members().count(), 3);
}

#[test]
fn section_6_1_unsecured_token_is_rejected() {
    let token = format!("eyJhbGciOiJub25lIn0.{CLAIMS}.");
    let error =
        UnverifiedToken::parse(&token).unwrap().verify(&key(), &mut [0; 512]).map(|_| ()).unwrap_err();
    assert_eq!(error.code(), "unknown_algorithm");
}

/// §4.1: every registered claim, right and wrong. The policy names what a claim is compared with.
#[test]
fn section_4_1_registered_claims() {
    let plain = Validation::new().allow_missing_exp().any_audience();
    let cases: &[(&str, Validation<'_>, &[&str])] = &[
        // §4.1.1, §4.1.2: a case-sensitive StringOrURI, compared exactly (§7.3: no transformation).
        (r#"{"iss":"joe"}"#, plain.issuer("joe"), &[]),
        (r#"{"iss":"j\u006fe"}"#, plain.issuer("joe"), &[]),
        (r#"{"iss":"Joe"}"#, plain.issuer("joe"), &["issuer_mismatch"]),
        (r#"{"iss":"joe "}"#, plain.issuer("joe"), &["issuer_mismatch"]),
        (r#"{"iss":"jo"}"#, plain.issuer("joe"), &["issuer_mismatch"]),
        (r#"{"iss":"joe\u0000"}"#, plain.issuer("joe"), &["issuer_mismatch"]),
        (r#"{"iss":"cafe\u0301"}"#, plain.issuer("caf\u{e9}"), &["issuer_mismatch"]),
        (r#"{"iss":""}"#, plain.issuer(""), &[]),
        (r#"{"iss":["joe"]}"#, plain.issuer("joe"), &["issuer_wrong_type"]),
        (r#"{"iss":null}"#, plain, &["issuer_wrong_type"]),
        (r#"{"sub":"a"}"#, plain.subject("a"), &[]),
        (r#"{"sub":"b"}"#, plain.subject("a"), &["subject_mismatch"]),
        (r#"{"sub":42}"#, plain, &["subject_wrong_type"]),
        (r"{}", plain.subject("a").issuer("b"), &["missing_claim", "missing_claim"]),
        // §4.1.3: a string or an array of strings; who is not named must reject.
        (r#"{"aud":"pump"}"#, plain.audience("pump"), &[]),
        (r#"{"aud":["valve","pump"]}"#, plain.audience("pump"), &[]),
        (r#"{"aud":["valve","pump"]}"#, plain.audiences(&["tank", "valve"]), &[]),
        (r#"{"aud":"pump-7"}"#, plain.audience("pump"), &["audience_mismatch"]),
        (r#"{"aud":"pum"}"#, plain.audience("pump"), &["audience_mismatch"]),
        (r#"{"aud":["valve"]}"#, plain.audience("pump"), &["audience_mismatch"]),
        (r#"{"aud":[]}"#, plain.audience("pump"), &["audience_mismatch"]),
        (r#"{"aud":"pump"}"#, plain.audiences(&[]), &["audience_mismatch"]),
        (r#"{"aud":["pump",1]}"#, plain.audience("pump"), &["audience_wrong_type"]),
        (r#"{"aud":["pump",["pump"]]}"#, plain.audience("pump"), &["audience_wrong_type"]),
        (r#"{"aud":{"pump":true}}"#, plain.audience("pump"), &["audience_wrong_type"]),
        (r#"{"aud":null}"#, plain, &["audience_wrong_type"]),
        (r"{}", plain.audience("pump"), &["missing_claim"]),
        (r#"{"aud":"pump"}"#, Validation::new().allow_missing_exp(), &["unexpected_audience"]),
        (r#"{"aud":[]}"#, Validation::new().allow_missing_exp(), &["unexpected_audience"]),
        // §4.1.4: "on or after"; a fraction counts.
        (r#"{"exp":1001}"#, plain, &[]),
        (r#"{"exp":1000.000000001}"#, plain, &[]),
        (r#"{"exp":1000.0000000001}"#, plain, &["expired"]),
        (r#"{"exp":1000}"#, plain, &["expired"]),
        (r#"{"exp":1e3}"#, plain, &["expired"]),
        (r#"{"exp":999}"#, plain, &["expired"]),
        (r#"{"exp":0}"#, plain, &["expired"]),
        (r#"{"exp":990}"#, plain.leeway_secs(10), &["expired"]),
        (r#"{"exp":991}"#, plain.leeway_secs(10), &[]),
        (r#"{"exp":"1001"}"#, plain, &["exp_wrong_type"]),
        (r#"{"exp":-1}"#, plain, &["exp_out_of_range"]),
        (r"{}", Validation::new(), &["missing_claim"]),
        // §4.1.5: "on or after" as well, the other way round.
        (r#"{"nbf":1000}"#, plain, &[]),
        (r#"{"nbf":1000.0000000001}"#, plain, &["not_yet_valid"]),
        (r#"{"nbf":1001}"#, plain, &["not_yet_valid"]),
        (r#"{"nbf":1010}"#, plain.leeway_secs(10), &[]),
        (r#"{"nbf":1011}"#, plain.leeway_secs(10), &["not_yet_valid"]),
        (r#"{"nbf":true}"#, plain, &["nbf_wrong_type"]),
        (r"{}", plain.require(&["nbf"]), &["missing_claim"]),
        // §4.1.6: its type, and nothing else unless asked.
        (r#"{"iat":5000}"#, plain, &[]),
        (r#"{"iat":5000}"#, plain.reject_future_iat(), &["issued_in_future"]),
        (r#"{"iat":1000}"#, plain.reject_future_iat(), &[]),
        (r#"{"iat":900}"#, plain.max_age_secs(100), &[]),
        (r#"{"iat":899}"#, plain.max_age_secs(100), &["too_old"]),
        (r#"{"iat":899}"#, plain.max_age_secs(100).leeway_secs(1), &[]),
        (r#"{"iat":[900]}"#, plain, &["iat_wrong_type"]),
        (r"{}", plain.max_age_secs(100), &["missing_claim"]),
        // §4.1.7.
        (r#"{"jti":"a"}"#, plain.require(&["jti"]), &[]),
        (r#"{"jti":7}"#, plain, &["jti_wrong_type"]),
        (r#"{"jti":null}"#, plain.require(&["jti"]), &["jti_wrong_type"]),
        // §4.2, §4.3: public and private claims are the application's.
        (r#"{"http://example.com/is_root":true}"#, plain.require(&["http://example.com/is_root"]), &[]),
        (r#"{"role":null}"#, plain.require(&["role"]), &["missing_claim"]),
        (r#"{"Role":1}"#, plain.require(&["role"]), &["missing_claim"]),
        // §4: names must be unique, and the claims set is an object.
        (r#"{"exp":1,"exp":5000}"#, plain, &["json_duplicate_name"]),
        ("[]", plain, &["json_not_an_object"]),
    ];
    for &(payload, policy, codes) in cases {
        let found: Vec<&str> =
            report(payload, &policy).failures().iter().map(jwt_core::ClaimError::code).collect();
        assert_eq!(found, codes, "{payload}");
    }
    assert_eq!(cases.len(), 64);
}

/// What a policy at time 1000 says of a payload that is signed as it stands.
fn report(payload: &str, policy: &Validation<'_>) -> ClaimReport {
    let mut out = [0; 512];
    let token = jwt_core::sign(&Header::new(), &Bytes(payload.as_bytes()), &key(), &mut out).unwrap();
    let mut scratch = [0; 512];
    let verified = UnverifiedToken::parse(token).unwrap().verify(&key(), &mut scratch).unwrap();
    let report = verified.report(policy, now(1000));
    assert_eq!(verified.validate(policy, now(1000)).err(), report.failures().first().copied(), "{payload}");
    report
}

fn key() -> HmacKey<Hs256> {
    HmacKey::from_base64url(SECRET).unwrap()
}

fn now(secs: i64) -> Now {
    Now::At(NumericDate::from_secs(secs))
}
