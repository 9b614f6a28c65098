//! The JWS JSON serialization: <https://www.rfc-editor.org/rfc/rfc7515> §7.2 with the examples of appendices A.6 and A.7,
//! <https://www.rfc-editor.org/rfc/rfc7520> §4.6 to §4.8, and what must be refused.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use jwt_core::json::JsonKind;
use jwt_core::{Bytes, VerifyError};
use jwt_std::Signer as _;
use jwt_std::{
    Algorithm, Header, JsonToken, JsonTokenError, Required, SignatureError, SigningKey, VerifyingKey,
    sign_json, sign_json_flattened,
};
use serde_json::json;

/// The payload of RFC 7515 A.6, its two signatures and the first one's key.
const JOE: &str = "\
    eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const JOE_RS256: &str = "\
    cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9\
    uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB\
    _eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rq\
    Vt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const JOE_ES256: &str = "\
    DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const JOE_N: &str = "\
    ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR\
    T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB\
    dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia\
    GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

/// The payload of RFC 7520 §4, the keys of its figures 1 and 4, the signatures of §4.6 to §4.8.
const FRODO: &str = "\
    SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUg\
    cm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0\
    IGJlIHN3ZXB0IG9mZiB0by4";
const BILBO_N: &str = "\
    n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRB\
    SFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD\
    1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_\
    qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw";
const BILBO_X: &str = "\
    AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt";
const BILBO_Y: &str = "\
    AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1";
const HMAC_KID: &str = "018c0ae5-4d9b-471b-bfd6-eef314bc7037";
const FRODO_HS256_NO_KID: &str = "\
    bWUSVaxorn7bEF1djytBd0kHv70Ly5pvbomzMWSOr20";
const FRODO_HS256_NO_HEADER: &str = "\
    xuLifqLGiblpv9zBpuZczWhNj1gARaLV3UxvxhJxZuk";
const FRODO_RS256: &str = "\
    MIsjqtVlOpa71KE-Mss8_Nq2YH4FGhiocsqrgi5NvyG53uoimic1tcMdSg-qptrzZc7CG6Svw2Y13TDIqHzTUrL_lR2ZFcryNFiH\
    kSw129EghGpwkpxaTn_THJTCglNbADko1MZBCdwzJxwqZc-1RlpO2HibUYyXSwO97BSe0_evZKdjvvKSgsIqjytKSeAMbhMBdMma\
    622_BG5t4sdbuCHtFjp9iJmkio47AIwqkZV1aIZsv33uPUqBBCXbYoQJwt7mxPftHmNlGoOSMxR_3thmXTCm4US-xiNOyhbm8afK\
    K64jU6_TPtQHiJeQJxz9G3Tx-083B745_AfYOnlC9w";
const FRODO_ES512: &str = "\
    ARcVLnaJJaUWG8fG-8t5BREVAuTY8n8YHjwDO1muhcdCoFZFFjfISu0Cdkn9Ybdlmi54ho0x924DUz8sK7ZXkhc7AFM8ObLfTvNC\
    rqcI3Jkl2U5IX3utNhODH6v7xgy1Qahsn0fyb4zSAkje8bAWz4vIfj5pCMYxxm4fgV3q7ZYhm5eD";

fn key(jwk: &serde_json::Value, algorithm: Algorithm) -> VerifyingKey {
    VerifyingKey::from_bytes(jwk.to_string().as_bytes(), algorithm).unwrap()
}

fn hobbit_hmac() -> VerifyingKey {
    key(&json!({"kty": "oct", "k": "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"}), Algorithm::HS256)
}

fn codes(error: JsonTokenError) -> Vec<&'static str> {
    match error {
        JsonTokenError::Refused { signatures } => signatures
            .iter()
            .map(|result| result.as_ref().map_or_else(SignatureError::code, |()| "ok"))
            .collect(),
        other => vec![other.code()],
    }
}

/// The payload, or the codes of what is wrong.
fn verify(
    text: &str,
    required: Required,
    keys: &[(&str, &VerifyingKey)],
) -> Result<Vec<u8>, Vec<&'static str>> {
    let token = JsonToken::parse(text).map_err(codes)?;
    let key_of = |kid: Option<&str>| keys.iter().find(|(name, _)| Some(*name) == kid).map(|(_, key)| *key);
    token
        .verify(required, |signature| key_of(signature.kid()))
        .map(|verified| verified.payload)
        .map_err(codes)
}

#[test]
fn rfc7515_a_6_and_a_7() {
    let rsa = key(&json!({"kty": "RSA", "n": JOE_N, "e": "AQAB"}), Algorithm::RS256);
    let (x, y) =
        ("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
    let ec = key(&json!({"kty": "EC", "crv": "P-256", "x": x, "y": y}), Algorithm::ES256);
    let keys = [("2010-12-29", &rsa), ("e9bc097a-ce51-4036-9562-d2ade882db0d", &ec)];
    let second = json!({"protected": "eyJhbGciOiJFUzI1NiJ9",
        "header": {"kid": "e9bc097a-ce51-4036-9562-d2ade882db0d"}, "signature": JOE_ES256});
    let general = json!({"payload": JOE, "signatures": [{"protected": "eyJhbGciOiJSUzI1NiJ9",
        "header": {"kid": "2010-12-29"}, "signature": JOE_RS256}, second]})
    .to_string();
    let payload = verify(&general, Required::All, &keys).unwrap();
    assert_eq!(
        payload,
        b"{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
    );
    assert_eq!(verify(&general, Required::Any, &keys[1..]).unwrap(), payload);
    assert_eq!(verify(&general, Required::All, &keys[1..]), Err(vec!["no_key", "ok"]));
    assert_eq!(verify(&general, Required::Any, &[]), Err(vec!["no_key", "no_key"]));
    let crossed = [(keys[0].0, &ec), (keys[1].0, &rsa)];
    assert_eq!(verify(&general, Required::Any, &crossed), Err(vec!["algorithm_mismatch"; 2]));

    let mut flattened = second;
    flattened["payload"] = json!(JOE);
    assert_eq!(verify(&flattened.to_string(), Required::All, &keys).unwrap(), payload);
    flattened["payload"] = json!("AA");
    assert_eq!(verify(&flattened.to_string(), Required::Any, &keys), Err(vec!["invalid_signature"]));
}

#[test]
fn rfc7520_section_4_6_protects_only_the_algorithm() {
    let token = json!({"payload": FRODO, "protected": "eyJhbGciOiJIUzI1NiJ9", "header": {"kid": HMAC_KID},
        "signature": FRODO_HS256_NO_KID});
    let payload = verify(&token.to_string(), Required::All, &[(HMAC_KID, &hobbit_hmac())]).unwrap();
    assert!(payload.starts_with("It’s a dangerous business".as_bytes()));
}

/// Whoever relays this token can put another algorithm in, so that it takes a word of the caller's.
#[test]
fn rfc7520_section_4_7_protects_no_algorithm() {
    let mut token = json!({"payload": FRODO, "header": {"alg": "HS256", "kid": HMAC_KID},
        "signature": FRODO_HS256_NO_HEADER});
    let hmac = hobbit_hmac();
    let keys = [(HMAC_KID, &hmac)];
    assert_eq!(verify(&token.to_string(), Required::Any, &keys), Err(vec!["unprotected_parameter"]));
    let verified = verify_allowing_unprotected_alg(&token, &hmac).unwrap();
    assert!(verified.payload.starts_with("It’s a dangerous business".as_bytes()));
    assert_eq!(verified.signatures[0].as_ref().unwrap().alg(), "HS256");

    token["header"] = json!({"kid": HMAC_KID});
    assert_eq!(verify(&token.to_string(), Required::Any, &keys), Err(vec!["missing_alg"]));
    assert_eq!(verify_allowing_unprotected_alg(&token, &hmac).map_err(codes).unwrap_err(), ["missing_alg"]);
}

fn verify_allowing_unprotected_alg(
    token: &serde_json::Value,
    key: &VerifyingKey,
) -> Result<jwt_std::VerifiedJson, JsonTokenError> {
    JsonToken::parse(&token.to_string())?.allowing_unprotected_alg().verify(Required::All, |_| Some(key))
}

/// The key decides, and an unprotected `alg` loosens no other rule.
#[test]
fn an_unprotected_algorithm_is_no_more_than_a_word() {
    let secret = SigningKey::from_secret(b"a secret of thirty-two bytes, ok", Algorithm::HS256).unwrap();
    let key = secret.verifying_key();
    let sign = |protected: &[u8]| {
        let protected = Base64UrlUnpadded::encode_string(protected);
        let mut signature = [0; 32];
        secret.sign(format!("{protected}.eA").as_bytes(), &mut signature).unwrap();
        (protected, Base64UrlUnpadded::encode_string(&signature))
    };
    for (protected, header, expected) in [
        (&br#"{"x":1}"#[..], json!({"alg": "HS256"}), Ok(r#"{"alg":"HS256","x":1}"#)),
        (b" { } ", json!({"alg": "HS256"}), Ok(r#"{"alg":"HS256"} "#)),
        (b"", json!({"alg": "HS256"}), Ok(r#"{"alg":"HS256"}"#)),
        (b"", json!({"alg": "none"}), Err("unknown_algorithm")),
        (b"", json!({"alg": "HS512"}), Err("algorithm_mismatch")),
        (b"", json!({"alg": 1}), Err("header_wrong_type")),
        (b"", json!({"alg": "HS256", "crit": ["x"], "x": 1}), Err("unprotected_parameter")),
        (b"", json!({"alg": "HS256", "b64": false}), Err("unprotected_parameter")),
        (br#"{"x":1}"#, json!({"alg": "HS256", "x": 1}), Err("duplicate_parameter")),
        (br#"{"alg":"HS256"}"#, json!({"alg": "HS256"}), Err("json_duplicate_name")),
        (br#"{"crit":["x"],"x":1}"#, json!({"alg": "HS256"}), Err("unsupported_crit")),
        (br#"{"crit":["b64"],"b64":false}"#, json!({"alg": "HS256"}), Err("unencoded_payload")),
        (br#"{"enc":"A128GCM"}"#, json!({"alg": "HS256"}), Err("encrypted_token")),
        (br#""x":1}"#, json!({"alg": "HS256"}), Err("json_not_an_object")),
        (b"[]", json!({"alg": "HS256"}), Err("json_not_an_object")),
        (b"{\"x\":\"\xff\"}", json!({"alg": "HS256"}), Err("json_invalid_utf8")),
    ] {
        let (part, signature) = sign(protected);
        let mut token = json!({"payload": "eA", "header": header, "signature": signature});
        if !protected.is_empty() {
            token["protected"] = json!(part);
        }
        let result = verify_allowing_unprotected_alg(&token, &key);
        let found = match &result {
            Ok(verified) => Ok(verified.signatures[0].as_ref().unwrap().json()),
            Err(JsonTokenError::Refused { signatures }) => Err(signatures[0].as_ref().unwrap_err().code()),
            Err(other) => Err(other.code()),
        };
        assert_eq!(found, expected, "{:?} {token}", String::from_utf8_lossy(protected));
        // What the signature is over is what the token has, not what was put together for the check.
        token["payload"] = json!("eQ");
        let error = verify_allowing_unprotected_alg(&token, &key).map_err(codes).unwrap_err();
        assert_eq!(
            error,
            [expected.err().filter(|code| *code != "duplicate_parameter").unwrap_or("invalid_signature")]
        );
    }
    // A signature that is over the merged header is not one over the protected header.
    let (_, signature) = sign(br#"{"alg":"HS256"}"#);
    let token = json!({"payload": "eA", "header": {"alg": "HS256"}, "signature": signature});
    assert_eq!(
        verify_allowing_unprotected_alg(&token, &key).map_err(codes).unwrap_err(),
        ["invalid_signature"]
    );
}

#[test]
fn rfc7520_section_4_8_three_signatures() {
    const KID: &str = "bilbo.baggins@hobbiton.example";
    let rsa = key(&json!({"kty": "RSA", "n": BILBO_N, "e": "AQAB"}), Algorithm::RS256);
    let ec = key(&json!({"kty": "EC", "crv": "P-521", "x": BILBO_X, "y": BILBO_Y}), Algorithm::ES512);
    let text = json!({"payload": FRODO, "signatures": [
        {"protected": "eyJhbGciOiJSUzI1NiJ9", "header": {"kid": KID}, "signature": FRODO_RS256},
        {"header": {"alg": "ES512", "kid": KID}, "signature": FRODO_ES512},
        {"protected": "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9",
            "signature": "s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0"}]})
    .to_string();
    let hmac = hobbit_hmac();
    let token = JsonToken::parse(&text).unwrap();
    let kids: Vec<_> = token.signatures().iter().map(|signature| signature.kid().unwrap()).collect();
    assert_eq!(kids, [KID, KID, HMAC_KID]);
    assert_eq!(token.signatures()[1].unprotected("alg").unwrap(), "ES512");
    assert_eq!(token.signatures()[2].unprotected_json(), "{}");
    let mut keys = [&rsa, &ec, &hmac].into_iter();
    let verified = token.verify(Required::Any, |_| keys.next()).unwrap();
    assert_eq!(verified.signatures[0].as_ref().unwrap().alg(), "RS256");
    assert_eq!(verified.signatures[1], Err(SignatureError::Unprotected { name: "alg" }));
    assert_eq!(verified.signatures[2].as_ref().unwrap().kid(), Some(HMAC_KID));
    let mut keys = [&rsa, &ec, &hmac].into_iter();
    let error = token.verify(Required::All, |_| keys.next()).unwrap_err();
    assert_eq!(codes(error), ["ok", "unprotected_parameter", "ok"]);

    let token = token.allowing_unprotected_alg();
    let mut keys = [&rsa, &ec, &hmac].into_iter();
    let verified = token.verify(Required::All, |_| keys.next()).unwrap();
    assert!(verified.payload.starts_with("It’s a dangerous business".as_bytes()));
    assert_eq!(verified.signatures[1].as_ref().unwrap().alg(), "ES512");
    let mut keys = [&rsa, &rsa, &hmac].into_iter();
    let error = token.verify(Required::All, |_| keys.next()).unwrap_err();
    assert_eq!(codes(error), ["ok", "algorithm_mismatch", "ok"]);
}

#[test]
fn what_was_signed_verifies() {
    let a = SigningKey::from_secret(b"a secret of thirty-two bytes, ok", Algorithm::HS256).unwrap();
    let b = SigningKey::from_secret(&[7; 64], Algorithm::HS512).unwrap();
    let keys = [("a", &a.verifying_key()), ("b", &b.verifying_key())];
    let content = vec![0xff; 50_000];
    let (first, second) = (Header::new().kid("a"), Header::new().kid("b"));
    let text = sign_json(&Bytes(&content), &[(&first, &a), (&second, &b)]).unwrap();
    assert_eq!(verify(&text, Required::All, &keys).unwrap(), content);
    let text = sign_json_flattened(&second, &Bytes(&content), &b).unwrap();
    assert_eq!(verify(&text, Required::All, &keys).unwrap(), content);

    assert_eq!(sign_json(&Bytes(b"x"), &[]), Err(JsonTokenError::NoSignatures));
    let many = [(&first, &a as &dyn jwt_std::Signer); 17];
    assert_eq!(sign_json(&Bytes(b"x"), &many), Err(JsonTokenError::TooManySignatures { count: 17 }));
    assert_eq!(sign_json_flattened(&first, &Bytes(b""), &a).unwrap_err().code(), "empty_part");
}

#[test]
fn hostile_shapes_are_refused() {
    let good = r#"{"protected":"eyJhbGciOiJIUzI1NiJ9","signature":"AA"}"#;
    let many = vec![good; 17].join(",");
    let general = |signatures: &str| format!(r#"{{"payload":"AA","signatures":{signatures}}}"#);
    let flattened = |more: &str| format!(r#"{{"payload":"AA","protected":"eyJhbGciOiJIUzI1NiJ9"{more}}}"#);
    for (text, code) in [
        ("a.b.c".to_owned(), "json_unexpected_byte"),
        (general("[]"), "no_signatures"),
        (general("{}"), "member_wrong_type"),
        (general("[1]"), "member_wrong_type"),
        (general("[{}]"), "missing_member"),
        (general(&format!("[{many}]")), "too_many_signatures"),
        (general(&format!("[{good}],\"signature\":\"AA\"")), "mixed_serializations"),
        (general(&format!("[{good}],\"header\":{{}}")), "mixed_serializations"),
        (general(r#"[{"signature":"AA","signature":"AA"}]"#), "json_duplicate_name"),
        (general(r#"[{"signature":"AA","header":{"kid":"a","\u006bid":"b"}}]"#), "json_duplicate_name"),
        (flattened(""), "missing_member"),
        (flattened(r#","signature":1"#), "member_wrong_type"),
        (flattened(r#","signature":"AA","header":[]"#), "member_wrong_type"),
        (flattened(r#","signature":"AA","ciphertext":"AA""#), "encrypted_token"),
        (flattened(r#","signature":"AA","\u0072ecipients":[]"#), "encrypted_token"),
        (r#"{"protected":"e30","iv":"AA","ciphertext":"AA","tag":"AA"}"#.to_owned(), "encrypted_token"),
        (
            r#"{"payload":{"$serde_json::private::RawValue":"\"AA\""},"signature":"AA"}"#.to_owned(),
            "member_wrong_type",
        ),
        (r#"{"signature":"AA"}"#.to_owned(), "missing_member"),
        (" ".repeat(jwt_core::MAX_TOKEN_LEN + 1), "token_too_long"),
    ] {
        assert_eq!(JsonToken::parse(&text).unwrap_err().code(), code, "{}", &text[..text.len().min(99)]);
    }
}

#[test]
fn parameters_of_both_headers_are_distinct_and_those_that_decide_are_protected() {
    let key = SigningKey::from_secret(b"a secret of thirty-two bytes, ok", Algorithm::HS256).unwrap();
    let text = sign_json_flattened(&Header::new().kid("a").extra(r#"{"x":1}"#), &Bytes(b"x"), &key).unwrap();
    let verifying = key.verifying_key();
    for (header, code) in [
        (r#"{"y":1}"#, Ok(())),
        (r#"{"kid":"a"}"#, Err("duplicate_parameter")),
        (r#"{"\u0078":1}"#, Err("duplicate_parameter")),
        (r#"{"alg":"HS256"}"#, Err("unprotected_parameter")),
        (r#"{"\u0061lg":"HS256"}"#, Err("unprotected_parameter")),
        (r#"{"crit":["y"],"y":1}"#, Err("unprotected_parameter")),
        (r#"{"b64":false}"#, Err("unprotected_parameter")),
        (r#"{"enc":"A128GCM"}"#, Err("unprotected_parameter")),
        (r#"{"zip":"DEF"}"#, Err("unprotected_parameter")),
    ] {
        let text = text.replacen('{', &format!(r#"{{"header":{header},"#), 1);
        let token = JsonToken::parse(&text).unwrap();
        let result = token.verify(Required::Any, |_| Some(&verifying)).map(|_| ());
        assert_eq!(result.map_err(|error| codes(error)[0]), code, "{header}");
    }
    // The name that the signature is over comes first, whichever key is then taken.
    let both = text.replacen('{', r#"{"header":{"kid":"b"},"#, 1);
    assert_eq!(JsonToken::parse(&both).unwrap().signatures()[0].kid(), Some("a"));
    // Dots in a part do not move the borders between the parts.
    let (payload, more) = (r#""payload":"eA""#, r#""payload":"eA.eA""#);
    let moved = JsonToken::parse(&text.replace(payload, more)).unwrap();
    let error = moved.verify(Required::Any, |_| Some(&verifying)).unwrap_err();
    assert_eq!(codes(error), ["part_count"]);
}

#[test]
fn errors_say_what_is_wrong() {
    use SignatureError::{Duplicate, NoKey, Unprotected, Verify};
    let refused = JsonTokenError::Refused {
        signatures: vec![Ok(()), Err(NoKey), Err(Verify(VerifyError::InvalidSignature))],
    };
    assert_eq!(
        refused.to_string(),
        "too few signatures hold; signature 2: there is no key for it; signature 3: the signature is invalid: the token \
         was altered, or signed with another key"
    );
    for (error, text) in [
        (
            JsonTokenError::Encrypted,
            "this is an encrypted token (JWE), or has parts of one; only signed tokens (JWS) can be read",
        ),
        (JsonTokenError::TooLong { len: 131_073 }, "the token is 131073 bytes long; the limit is 131072"),
        (JsonTokenError::Missing { member: "payload" }, "the token has no `payload`"),
        (
            JsonTokenError::WrongType { member: "payload", found: JsonKind::Null },
            "the token's `payload` must not be null",
        ),
        (JsonTokenError::Mixed, "the token mixes the general and the flattened JSON serialization"),
        (JsonTokenError::NoSignatures, "the token has no signatures"),
        (JsonTokenError::TooManySignatures { count: 17 }, "the token has 17 signatures; the limit is 16"),
    ] {
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(Unprotected { name: "alg" }.to_string(), "`alg` must be in the protected header");
    assert_eq!(
        Duplicate { name: "x\n".into() }.to_string(),
        "\"x\\n\" is in the protected and in the unprotected header"
    );
}

/// With its feature `raw_value`, serde_json reads a string inside such an object as JSON of its own: another meaning than
/// the strict reader has seen, and as deep as it likes.
#[test]
fn no_text_is_read_that_the_strict_reader_has_not_seen() {
    let order = |json: &str| json!({ "$serde_json::private::RawValue": json }).to_string();
    let key = SigningKey::from_secret(b"a secret of thirty-two bytes, ok", Algorithm::HS256).unwrap();
    let text = sign_json_flattened(&Header::new(), &Bytes(b"x"), &key).unwrap();
    let signature = order(&text);
    let smuggled = format!(r#"{{"payload":"eA","signatures":[{signature}]}}"#);
    assert_eq!(JsonToken::parse(&smuggled).unwrap_err().code(), "missing_member");

    let mut deep = "[".repeat(100) + &"]".repeat(100);
    for _ in 0..8 {
        deep = order(&deep).replacen('[', "[[", 1);
    }
    let header = text.replacen('{', &format!(r#"{{"header":{{"x":{deep}}},"#), 1);
    let token = JsonToken::parse(&header);
    assert!(token.is_err() || token.unwrap().signatures()[0].unprotected("x").is_none());

    for claims in [r#"{"exp":4102444800,"role":ORDER}"#, "ORDER"] {
        let claims = claims.replace("ORDER", &order(r#"{"role":"user","role":"admin"}"#));
        let mut out = [0; 1024];
        let token = jwt_core::sign(&Header::new(), &Bytes(claims.as_bytes()), &key, &mut out).unwrap();
        let policy = jwt_std::Validation::new().allow_missing_exp();
        let error = jwt_std::decode::<serde_json::Value>(token, &key.verifying_key(), &policy).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the claims do not fit the application's type: a member name that begins with `$serde_json::private::` is not \
             for tokens"
        );
        assert!(jwt_std::dangerous::decode_unverified::<serde_json::Value>(token).is_err());
    }
}

/// An unprotected header that is too costly to be read by itself, and affordable by virtue of the white space around it,
/// hides nothing that is in it.
#[test]
fn nothing_is_hidden_by_what_is_costly_to_read() {
    let key = SigningKey::from_secret(b"a secret of thirty-two bytes, ok", Algorithm::HS256).unwrap();
    let text = sign_json_flattened(&Header::new().kid("a"), &Bytes(b"x"), &key).unwrap();
    let verifying = key.verifying_key();
    // Names of the same length, first and last letter: for each, all that stands before it is read again.
    let names: Vec<_> = (0..255).map(|index| format!(r#""a{index:04}z":1"#)).collect();
    let costly = format!(r#""other":{{"axxxxz":"{}",{}}}"#, "x".repeat(20_000), names.join(","));
    for (member, code) in [
        (r#""crit":["y"],"y":1"#, "unprotected_parameter"),
        (r#""enc":"A128GCM""#, "unprotected_parameter"),
        (r#""kid":"a""#, "duplicate_parameter"),
    ] {
        let header = format!("{{{costly},{member}}}");
        let padded = text.replacen('{', &format!(r#"{{"header":{header}{},"#, " ".repeat(header.len())), 1);
        let token = JsonToken::parse(&padded).unwrap();
        let error = token.verify(Required::Any, |_| Some(&verifying)).unwrap_err();
        assert_eq!(codes(error), [code], "{member}");
    }
}
