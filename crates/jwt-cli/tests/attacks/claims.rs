//! Times, issuers, audiences and kinds of tokens, as the options of `jwt verify` ask for them.

use crate::tokens::{signed, signed_payload};
use crate::{SECRET, rejection, verify};

#[test]
fn times_at_their_edges() {
    let folder = tempfile::tempdir().unwrap();
    let mut ran = 0;
    for (payload, now, leeway, code) in [
        (r#"{"exp":1516239022}"#, "1516239021", "0", ""),
        (r#"{"exp":1516239022}"#, "1516239022", "0", "expired"),
        (r#"{"exp":1516239022}"#, "1516239022", "1", ""),
        (r#"{"exp":1516239022.9999999999}"#, "1516239022", "0", ""),
        (r#"{"exp":0}"#, "-1", "0", ""),
        (r#"{"exp":0}"#, "-9223372036854775808", "0", ""),
        (r#"{"exp":0}"#, "9223372036854775807", "9223372036854775807", "expired"),
        (r#"{"exp":0}"#, "9223372036854775807", "9223372036854775808", ""),
        (r#"{"exp":9223372036854775807.9}"#, "9223372036854775806", "0", ""),
        // The end of time is the end of every token.
        (r#"{"exp":9223372036854775807}"#, "9223372036854775807", "0", "expired"),
        (r#"{"exp":9223372037}"#, "9223372036", "0", ""),
        (r#"{"exp":9223372037}"#, "9223372037", "0", "expired"),
        (r#"{"nbf":1516239022}"#, "1516239021", "0", "not_yet_valid"),
        (r#"{"nbf":1516239022}"#, "1516239021", "1", ""),
        (r#"{"nbf":0}"#, "-1", "0", "not_yet_valid"),
        (r#"{"nbf":9223372036854775807}"#, "0", "18446744073709551615", ""),
        (r#"{"nbf":9223372036854775807}"#, "-9223372036854775808", "9223372036854775807", "not_yet_valid"),
    ] {
        let arguments = ["--secret", SECRET, "--allow-missing-exp", "--now", now, "--leeway", leeway];
        let outcome = verify(&arguments, &signed_payload(payload.as_bytes()), folder.path());
        if code.is_empty() {
            assert_eq!(outcome.assert_ok(), payload, "{now} {leeway}");
        } else {
            assert_eq!(rejection(&outcome), code, "{payload} {now} {leeway}");
        }
        ran += 1;
    }
    assert_eq!(ran, 17);
}

/// What is configured is required, and compared whole.
#[test]
fn what_the_options_ask_for() {
    let folder = tempfile::tempdir().unwrap();
    let (iss, aud, sub) = (["--iss", "https://issuer.example"], ["--aud", "pump-7"], ["--sub", "4242"]);
    for (option, payload, code) in [
        (iss, r#"{"iss":"https://issuer.example"}"#, ""),
        (iss, r#"{"iss":"https:\/\/issuer.example"}"#, ""),
        (iss, r#"{"iss":"https://issuer.example.attacker.example"}"#, "issuer_mismatch"),
        (iss, r#"{"iss":"https://issuer.exampl"}"#, "issuer_mismatch"),
        (iss, r#"{"iss":"https://issuer.example\u0000"}"#, "issuer_mismatch"),
        (iss, r#"{"iss":["https://issuer.example"]}"#, "issuer_wrong_type"),
        (iss, "{}", "missing_claim"),
        (aud, r#"{"aud":"pump-7"}"#, ""),
        (aud, r#"{"aud":["a","pump-7"]}"#, ""),
        (aud, r#"{"aud":"pump-70"}"#, "audience_mismatch"),
        (aud, r#"{"aud":"a pump-7"}"#, "audience_mismatch"),
        (aud, r#"{"aud":[]}"#, "audience_mismatch"),
        (aud, r#"{"aud":[["pump-7"]]}"#, "audience_wrong_type"),
        (aud, "{}", "missing_claim"),
        (sub, r#"{"sub":"4242"}"#, ""),
        (sub, r#"{"sub":"42"}"#, "subject_mismatch"),
        (sub, r#"{"sub":4242}"#, "subject_wrong_type"),
        (["--require", "jti"], r#"{"jti":"1"}"#, ""),
        (["--require", "jti"], r#"{"JTI":"1"}"#, "missing_claim"),
    ] {
        let arguments = [&["--secret", SECRET, "--allow-missing-exp"], &option[..]].concat();
        let outcome = verify(&arguments, &signed_payload(payload.as_bytes()), folder.path());
        if code.is_empty() {
            assert_eq!(outcome.assert_ok(), payload);
        } else {
            assert_eq!(rejection(&outcome), code, "{payload}");
        }
    }
    // Nobody asked for an end, and there is none.
    let outcome = verify(&["--secret", SECRET], &signed_payload(b"{}"), folder.path());
    assert_eq!(rejection(&outcome), "missing_claim");
}

#[test]
fn a_token_of_another_kind() {
    let folder = tempfile::tempdir().unwrap();
    for (member, code) in [
        (r#","typ":"at+jwt""#, ""),
        (r#","typ":"application/AT+JWT""#, ""),
        ("", "missing_typ"),
        (r#","typ":"JWT""#, "typ_mismatch"),
        (r#","typ":"at+jwts""#, "typ_mismatch"),
        (r#","typ":"application/application/at+jwt""#, "typ_mismatch"),
    ] {
        let token = signed(format!(r#"{{"alg":"HS256"{member}}}"#).as_bytes(), b"{}");
        let arguments: [&[&str]; 2] = [&["--allow-missing-exp"], &["--jws"]];
        for more in arguments {
            let arguments = [&["--secret", SECRET, "--typ", "at+jwt"], more].concat();
            let outcome = verify(&arguments, &token, folder.path());
            if code.is_empty() {
                assert_eq!(outcome.assert_ok(), "{}", "{member}");
            } else {
                assert_eq!(rejection(&outcome), code, "{member}");
            }
        }
    }
}

/// A token inside of a token is bytes: `--jws` hands them out, and no claims are read from them.
#[test]
fn a_nested_token_is_not_unwrapped() {
    let folder = tempfile::tempdir().unwrap();
    let inner = signed_payload(br#"{"exp":4102444800}"#);
    let outer = signed(br#"{"alg":"HS256","cty":"JWT"}"#, &inner);
    let outcome = verify(&["--secret", SECRET], &outer, folder.path());
    assert_eq!(rejection(&outcome), "json_unexpected_byte");
    let outcome = verify(&["--secret", SECRET, "--jws"], &outer, folder.path());
    assert_eq!((outcome.status, outcome.stdout.as_bytes()), (0, &*inner));
}
