//! JWS Unencoded Payload Option, <https://www.rfc-editor.org/rfc/rfc7797>: the examples of §4.1 and §4.2, the rules of
//! §5.2 and §6, and with them detached content, <https://www.rfc-editor.org/rfc/rfc7515#appendix-F>.

#![cfg(feature = "hmac")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic: that is how it fails")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{
    Bytes, DetachedToken, Header, HmacKey, Hs256, Hs384, SignError, Signer as _, UnverifiedToken,
    VerifyError, sign, sign_detached, sign_unencoded, sign_unencoded_detached, token_len,
};

/// The key of both examples, which is that of RFC 7515 A.1.
const KEY: &str = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
const PAYLOAD: &[u8] = b"$.02";
/// §4.1, with its payload and without.
const ENCODED: &str = "eyJhbGciOiJIUzI1NiJ9.JC4wMg.5mvfOroL-g7HyqJoozehmsaqmvTYGEq5jTI1gVvoEoQ";
const ENCODED_DETACHED: &str = "eyJhbGciOiJIUzI1NiJ9..5mvfOroL-g7HyqJoozehmsaqmvTYGEq5jTI1gVvoEoQ";
/// §4.2.
const UNENCODED_DETACHED: &str =
    "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY";

fn key() -> HmacKey<Hs256> {
    HmacKey::from_base64url(KEY).unwrap()
}

fn detached(token: &str, payload: &[u8]) -> Result<Vec<u8>, &'static str> {
    let token = DetachedToken::parse(token).map_err(|error| error.code())?;
    refused_and_wiped(token.scratch_len(payload.len()), |scratch| {
        token.verify(&key(), payload, scratch).map(|verified| verified.payload().to_vec())
    })
}

fn unencoded_detached(token: &str, payload: &[u8]) -> Result<Vec<u8>, &'static str> {
    let token = DetachedToken::parse(token).map_err(|error| error.code())?;
    refused_and_wiped(token.scratch_len_unencoded(payload.len()), |scratch| {
        token.verify_unencoded(&key(), payload, scratch).map(|verified| verified.payload().to_vec())
    })
}

fn unencoded(token: &str) -> Result<Vec<u8>, &'static str> {
    let unverified = UnverifiedToken::parse(token).map_err(|error| error.code())?;
    refused_and_wiped(token.len(), |scratch| {
        unverified.verify_unencoded(&key(), scratch).map(|verified| verified.payload().to_vec())
    })
}

fn refused_and_wiped(
    len: usize,
    verify: impl FnOnce(&mut [u8]) -> Result<Vec<u8>, VerifyError>,
) -> Result<Vec<u8>, &'static str> {
    let mut scratch = vec![0; len];
    verify(&mut scratch).map_err(|error| {
        assert!(scratch.iter().all(|&byte| byte == 0), "{error}");
        error.code()
    })
}

/// A token with this header and this payload part, over which its signature holds.
fn forged_by_the_key_holder(header: &str, payload_part: &str, keep: bool) -> String {
    let header = URL_SAFE_NO_PAD.encode(header);
    let mut signature = [0; 32];
    key().sign(format!("{header}.{payload_part}").as_bytes(), &mut signature).unwrap();
    format!("{header}.{}.{}", if keep { payload_part } else { "" }, URL_SAFE_NO_PAD.encode(signature))
}

#[test]
fn section_4_1_encoded() {
    let mut scratch = [0; 128];
    let token = UnverifiedToken::parse(ENCODED).unwrap();
    assert_eq!(token.verify(&key(), &mut scratch).unwrap().payload(), PAYLOAD);
    assert_eq!(detached(ENCODED_DETACHED, PAYLOAD).as_deref(), Ok(PAYLOAD));
    let header = Header::new().without_typ();
    assert_eq!(sign(&header, &Bytes(PAYLOAD), &key(), &mut scratch), Ok(ENCODED));
    assert_eq!(sign_detached(&header, PAYLOAD, &key(), &mut scratch), Ok(ENCODED_DETACHED));
}

#[test]
fn section_4_2_unencoded() {
    assert_eq!(unencoded_detached(UNENCODED_DETACHED, PAYLOAD).as_deref(), Ok(PAYLOAD));
    let mut out = [0; 256];
    let header = Header::new().without_typ();
    assert_eq!(sign_unencoded_detached(&header, PAYLOAD, &key(), &mut out), Ok(UNENCODED_DETACHED));
}

#[test]
fn section_5_2_an_unencoded_payload_may_stand_in_the_token_without_a_dot() {
    let mut out = [0; 256];
    let token = sign_unencoded(&Header::new(), "two cents: ¢¢", &key(), &mut out).unwrap().to_string();
    assert!(token.contains(".two cents: ¢¢."), "{token}");
    assert_eq!(unencoded(&token).unwrap(), "two cents: ¢¢".as_bytes());

    for (payload, error) in
        [("$.02", SignError::DotInPayload), (".", SignError::DotInPayload), ("", SignError::EmptyPayload)]
    {
        let mut out = [1; 256];
        assert_eq!(sign_unencoded(&Header::new(), payload, &key(), &mut out), Err(error));
        assert_eq!(out, [0; 256]);
    }
    // What a signer that does not look would make of it has too many parts.
    assert_eq!(unencoded(&UNENCODED_DETACHED.replace("..", ".$.02.")), Err("part_count"));
}

#[test]
fn every_form_is_refused_where_it_was_not_asked_for() {
    let mut out = [0; 256];
    let attached = sign_unencoded(&Header::new(), "JC4wMg", &key(), &mut out).unwrap().to_string();
    let plain = |token: &str| {
        let mut scratch = [0; 256];
        let verified = UnverifiedToken::parse(token).unwrap().verify(&key(), &mut scratch).map(|_| ());
        verified.map_err(|error| error.code())
    };
    assert_eq!(plain(&attached), Err("unencoded_payload"));
    assert_eq!(unencoded(ENCODED), Err("encoded_payload"));
    assert_eq!(detached(UNENCODED_DETACHED, PAYLOAD), Err("unencoded_payload"));
    assert_eq!(unencoded_detached(ENCODED_DETACHED, PAYLOAD), Err("encoded_payload"));
    // The bytes that are signed with `b64: false` for this payload are those signed without for another.
    assert_eq!(unencoded_detached(ENCODED_DETACHED, b"JC4wMg"), Err("encoded_payload"));
    assert_eq!(detached(ENCODED, PAYLOAD), Err("not_detached"));
    assert_eq!(detached(&attached, PAYLOAD), Err("not_detached"));
    assert_eq!(UnverifiedToken::parse(ENCODED_DETACHED).unwrap_err().code(), "empty_part");
}

#[test]
fn section_6_the_header_must_say_it_in_one_way() {
    const CASES: [(&str, &str); 19] = [
        (r#"{"alg":"HS256","b64":false}"#, "b64_not_critical"),
        (r#"{"alg":"HS256","b64":false,"crit":[]}"#, "invalid_crit"),
        (r#"{"alg":"HS256","b64":false,"crit":"b64"}"#, "invalid_crit"),
        (r#"{"alg":"HS256","b64":false,"crit":[null]}"#, "invalid_crit"),
        (r#"{"alg":"HS256","b64":false,"crit":["b64","b64"]}"#, "invalid_crit"),
        (r#"{"alg":"HS256","b64":false,"crit":["b64","\u006264"]}"#, "invalid_crit"),
        (r#"{"alg":"HS256","b64":false,"crit":["b64","alg"]}"#, "invalid_crit"),
        (r#"{"alg":"HS256","b64":false,"crit":["b64","x"]}"#, "invalid_crit"),
        (r#"{"alg":"HS256","b64":false,"x":1,"crit":["b64","x"]}"#, "unsupported_crit"),
        (r#"{"alg":"HS256","b64":false,"x":1,"crit":["x"]}"#, "unsupported_crit"),
        (r#"{"alg":"HS256","b64":"false","crit":["b64"]}"#, "invalid_b64"),
        (r#"{"alg":"HS256","b64":0,"crit":["b64"]}"#, "invalid_b64"),
        (r#"{"alg":"HS256","b64":null,"crit":["b64"]}"#, "invalid_b64"),
        (r#"{"alg":"HS256","b64":true,"crit":["b64"]}"#, "encoded_payload"),
        (r#"{"alg":"HS256","crit":["b64"]}"#, "encoded_payload"),
        (r#"{"alg":"HS256","b64":false,"b64":true,"crit":["b64"]}"#, "json_duplicate_name"),
        (r#"{"alg":"HS256","enc":"A128GCM","b64":false,"crit":["b64"]}"#, "encrypted_token"),
        (r#"{"alg":"HS384","b64":false,"crit":["b64"]}"#, "algorithm_mismatch"),
        (r#"{"alg":"none","b64":false,"crit":["b64"]}"#, "unknown_algorithm"),
    ];
    for (header, code) in CASES {
        let token = forged_by_the_key_holder(header, "cents", false);
        assert_eq!(unencoded_detached(&token, b"cents"), Err(code), "{header}");
        assert!(detached(&token, b"cents").is_err(), "{header}");
        assert_eq!(unencoded(&forged_by_the_key_holder(header, "cents", true)), Err(code), "{header}");
    }
    let escaped = r#"{"alg":"HS256","\u0062\u00364":false,"crit":["b6\u0034"]}"#;
    let token = forged_by_the_key_holder(escaped, "cents", false);
    assert_eq!(unencoded_detached(&token, b"cents").as_deref(), Ok(&b"cents"[..]));
}

#[test]
fn other_content_and_other_signatures_are_refused() {
    for payload in [&b""[..], b"$.03", b"$.02 ", b"$.0", b"JC4wMg"] {
        assert_eq!(detached(ENCODED_DETACHED, payload), Err("invalid_signature"));
        assert_eq!(unencoded_detached(UNENCODED_DETACHED, payload), Err("invalid_signature"));
    }
    let (header, signature) = UNENCODED_DETACHED.split_once("..").unwrap();
    assert_eq!(unencoded_detached(&format!("{header}.."), PAYLOAD), Err("empty_part"));
    assert_eq!(unencoded_detached(&format!("..{signature}"), PAYLOAD), Err("empty_part"));
    assert_eq!(unencoded_detached(&format!("{header}..{signature}="), PAYLOAD), Err("base64_padding"));
    assert_eq!(unencoded_detached(&format!("{header}.{signature}"), PAYLOAD), Err("part_count"));
    assert_eq!(unencoded_detached(&format!("{header}....{signature}"), PAYLOAD), Err("encrypted_token"));
    let (_, other) = ENCODED_DETACHED.split_once("..").unwrap();
    assert_eq!(unencoded_detached(&format!("{header}..{other}"), PAYLOAD), Err("invalid_signature"));

    let other = HmacKey::<Hs384>::new_allowing_weak(b"another key").unwrap();
    let mut scratch = [0; 256];
    let error = DetachedToken::parse(ENCODED_DETACHED).unwrap().verify(&other, PAYLOAD, &mut scratch);
    assert_eq!(error.unwrap_err().code(), "algorithm_mismatch");
}

#[test]
fn every_length_of_content_and_buffer() {
    let header = Header::new().kid("a");
    let content: Vec<u8> = (0..=255).cycle().take(200_000).collect();
    for len in [0, 1, 2, 3, 4, 31, 32, 33, 257, 200_000] {
        let payload = &content[..len];
        let enough = token_len(&header, key().algorithm(), len, 32).unwrap();
        let mut out = vec![1; enough + 36];
        let token = sign_detached(&header, payload, &key(), &mut out[..enough]).unwrap().to_string();
        assert_eq!(detached(&token, payload).as_deref(), Ok(payload));
        assert!(out[token.len()..enough].iter().all(|&byte| byte == 0), "{len}");
        let error = sign_detached(&header, payload, &key(), &mut out[..enough - 1]).unwrap_err();
        assert_eq!(error, SignError::BufferTooSmall { needed: enough });
        assert!(out[..enough - 1].iter().all(|&byte| byte == 0), "{len}");

        let token = sign_unencoded_detached(&header, payload, &key(), &mut out).unwrap().to_string();
        assert_eq!(unencoded_detached(&token, payload).as_deref(), Ok(payload));

        let token = DetachedToken::parse(&token).unwrap();
        let needed = token.scratch_len_unencoded(len);
        let mut short = vec![0; needed - 1];
        let error = token.verify_unencoded(&key(), payload, &mut short).unwrap_err();
        assert_eq!(error, VerifyError::BufferTooSmall { needed });
    }
}

#[test]
fn a_header_cannot_be_made_to_contradict_itself() {
    for extra in [r#"{"b64":true}"#, r#"{"crit":["x"],"x":1}"#, r#"{"crit":["b64"]}"#] {
        let header = Header::new().extra(extra);
        let mut out = [1; 256];
        let error = sign_unencoded_detached(&header, PAYLOAD, &key(), &mut out).unwrap_err();
        assert_eq!(error.code(), "json_duplicate_name", "{extra}");
        assert_eq!(out, [0; 256]);
        assert!(sign_detached(&header, PAYLOAD, &key(), &mut out).is_err(), "{extra}");
    }
}
