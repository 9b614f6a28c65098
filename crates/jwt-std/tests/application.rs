//! What an application does: encode, decode, look at headers, share a key between threads.

use jwt_std::{
    Algorithm, DecodeError, EncodeError, Header, KeyError, Now, NumericDate, SigningKey, Validation,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";

fn key() -> SigningKey {
    SigningKey::from_secret(SECRET, Algorithm::HS256).unwrap()
}

#[test]
fn typed_and_untyped_claims_survive() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Mine {
        sub: String,
        name: String,
        roles: Vec<String>,
        nested: Option<Box<Mine>>,
        exp: i64,
    }
    let mine = |nested| Mine {
        sub: "4242".into(),
        name: "José \u{1f600} \"quoted\" \\ \n".into(),
        roles: vec!["admin".into(), String::new()],
        nested,
        exp: jwt_std::now().secs() + 60,
    };
    let claims = mine(Some(Box::new(mine(None))));
    let token = jwt_std::encode(&Header::new().kid("a key").typ("at+jwt"), &claims, &key()).unwrap();
    let policy = Validation::new().typ("at+jwt");
    let data = jwt_std::decode::<Mine>(&token, &key().verifying_key(), &policy).unwrap();
    assert_eq!(data.claims, claims);
    assert_eq!(
        (data.header.alg(), data.header.kid(), data.header.typ()),
        ("HS256", Some("a key"), Some("at+jwt"))
    );
    assert_eq!(data.header.algorithm(), Some(Algorithm::HS256));
    let untyped = jwt_std::decode::<Value>(&token, &key().verifying_key(), &policy).unwrap();
    assert_eq!(untyped.claims["nested"]["name"], mine(None).name);
}

#[test]
fn expired_tokens_have_their_own_error() {
    let token = jwt_std::encode(&Header::new(), &json!({ "exp": 1_516_239_022 }), &key()).unwrap();
    let at = |secs| Now::At(NumericDate::from_secs(secs));
    let decode = |now| jwt_std::decode_at::<Value>(&token, &key().verifying_key(), &Validation::new(), now);
    assert!(decode(at(1_516_239_021)).is_ok());
    for now in [1_516_239_022, 1_516_239_023, 1 << 40] {
        let error = decode(at(now)).unwrap_err();
        assert!(matches!(error, DecodeError::Claim(jwt_std::ClaimError::Expired { .. })));
        assert_eq!(error.code(), "expired");
    }
    assert_eq!(
        jwt_std::decode::<Value>(&token, &key().verifying_key(), &Validation::new()).unwrap_err().code(),
        "expired"
    );
}

#[test]
fn what_no_verifier_would_read_is_not_encoded() {
    let code = |claims: &Value| jwt_std::encode(&Header::new(), claims, &key()).unwrap_err().code();
    assert_eq!(code(&json!([1])), "json_not_an_object");
    assert_eq!(code(&json!({ "exp": "soon" })), "exp_wrong_type");
    assert_eq!(code(&json!({ "sub": 4242 })), "subject_wrong_type");
    let unserializable = std::collections::HashMap::from([(vec![1], 2)]);
    assert!(matches!(
        jwt_std::encode(&Header::new(), &unserializable, &key()),
        Err(EncodeError::Serialize(_))
    ));
}

#[test]
fn the_unverified_can_be_looked_at() {
    let token = jwt_std::encode(&Header::new().kid("k"), &json!({ "sub": "x" }), &key()).unwrap();
    let (signing_input, _) = token.rsplit_once('.').unwrap();
    let forged = format!("{signing_input}.AAAA");
    assert_eq!(jwt_std::decode_header(&forged).unwrap().kid(), Some("k"));
    let looked = jwt_std::dangerous::decode_unverified::<Value>(&forged).unwrap();
    assert_eq!(looked.claims["sub"], "x");
    let error = jwt_std::decode::<Value>(&forged, &key().verifying_key(), &Validation::new()).unwrap_err();
    assert_eq!(error.code(), "invalid_signature");
}

#[test]
fn secrets_must_be_long_enough_unless_told_otherwise() {
    let short = b"my_super_secret";
    let error = SigningKey::from_secret(short, Algorithm::HS256).unwrap_err();
    assert!(matches!(error, KeyError::Key(jwt_core::KeyError::KeyTooShort { len: 15, min: 32 })));
    assert!(SigningKey::from_secret_allowing_weak(short, Algorithm::HS256).is_ok());
    assert_eq!(SigningKey::from_secret(SECRET, Algorithm::HS512).unwrap_err().code(), "key_too_short");
    for nothing in [&b""[..], b"\n", b" \r\n"] {
        let error = SigningKey::from_secret_allowing_weak(nothing, Algorithm::HS256).unwrap_err();
        assert_eq!(error.code(), "empty_secret");
    }
    assert_eq!(SigningKey::from_secret(SECRET, Algorithm::RS256).unwrap_err().code(), "key_algorithm");
}

#[test]
fn a_jwk_keeps_to_what_it_says_it_is_for() {
    let jwk =
        |more: &str| format!(r#"{{"kty":"oct","k":"YSBzZWNyZXQgb2YgdGhpcnR5LXR3byBieXRlcywgb2s"{more}}}"#);
    let signing = |more: &str, algorithm| SigningKey::from_bytes(jwk(more).as_bytes(), algorithm).map(|_| ());
    let code = |more: &str| signing(more, Algorithm::HS256).unwrap_err().code();
    assert!(signing("", Algorithm::HS256).is_ok());
    assert!(
        signing(r#","alg":"HS256","use":"sig","key_ops":["sign","verify"],"kid":"1""#, Algorithm::HS256)
            .is_ok()
    );
    assert_eq!(code(r#","alg":"HS384""#), "jwk_algorithm");
    assert_eq!(code(r#","alg":"A128KW""#), "jwk_algorithm");
    assert_eq!(code(r#","use":"enc""#), "jwk_use");
    assert_eq!(code(r#","key_ops":["verify"]"#), "jwk_use");
    assert_eq!(code(r#","key_ops":[]"#), "jwk_use");
    let verifying =
        jwt_std::VerifyingKey::from_bytes(jwk(r#","key_ops":["sign"]"#).as_bytes(), Algorithm::HS256);
    assert_eq!(verifying.unwrap_err().code(), "jwk_use");
}

#[test]
fn invariant_10_debug_shows_no_secret() {
    let key = jwt_std::Key::from_secret(b"hunter2hunter2").unwrap();
    let signing = key.signing_key_allowing_weak(Algorithm::HS256).unwrap();
    for shown in [format!("{key:?}"), format!("{signing:?}"), format!("{:?}", signing.verifying_key())] {
        assert!(!shown.contains("hunter") && !shown.contains("104"), "{shown}");
    }
}

#[test]
fn one_key_serves_all_threads() {
    let pem = jwt_std::generate_rsa_pkcs8_pem(2048).unwrap();
    let signing = SigningKey::from_bytes(pem.as_bytes(), Algorithm::RS256).unwrap();
    let verifying = signing.verifying_key();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (signing, verifying) = (&signing, &verifying);
            scope.spawn(move || {
                let claims = json!({ "sub": thread.to_string(), "exp": 4_102_444_800_u64 });
                let token = jwt_std::encode(&Header::new(), &claims, signing).unwrap();
                let data = jwt_std::decode::<Value>(&token, verifying, &Validation::new()).unwrap();
                assert_eq!(data.claims, claims);
            });
        }
    });
}
