//! JWK Sets (RFC 7517 §5): what is read, what is skipped, which key is chosen.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use jwt_std::{
    Algorithm, DecodeError, Header, JwkSet, Key, KeySetError, Signer as _, SigningKey, SkipReason,
    Validation, VerifyError, encode, generate_secret,
};
use serde_json::{Value, json};

/// RFC 8037 A.1 and A.2.
const ED25519_D: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
const ED25519_X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const EDDSA: &[Algorithm] = &[Algorithm::EdDSA];

fn ed25519() -> SigningKey {
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "d": ED25519_D, "x": ED25519_X });
    SigningKey::from_bytes(jwk.to_string().as_bytes(), Algorithm::EdDSA).unwrap()
}

fn public(more: &Value) -> Value {
    let mut jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": ED25519_X });
    jwk.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    jwk
}

/// Another key for EdDSA than [`ed25519`].
fn other(more: &Value) -> Value {
    let key = Key::generate(Algorithm::EdDSA, None).unwrap();
    let Value::Object(mut jwk) = serde_json::from_str(&key.to_jwk(false).unwrap().to_json()).unwrap() else {
        panic!("a JWK is an object")
    };
    jwk.extend(more.as_object().unwrap().clone());
    jwk.into()
}

fn set(keys: &[Value]) -> JwkSet {
    JwkSet::parse(json!({ "keys": keys }).to_string()).unwrap()
}

fn token(kid: Option<&str>, key: &SigningKey) -> String {
    let header = kid.map_or_else(Header::default, |kid| Header::default().kid(kid));
    encode(&header, &json!({ "sub": "me", "exp": 32_503_680_000_u64 }), key).unwrap()
}

fn decode(set: &JwkSet, token: &str, allowed: &[Algorithm]) -> Result<(), DecodeError> {
    set.decode::<Value>(token, allowed, &Validation::new()).map(|data| assert_eq!(data.claims["sub"], "me"))
}

fn code(set: &JwkSet, token: &str, allowed: &[Algorithm]) -> &'static str {
    decode(set, token, allowed).unwrap_err().code()
}

#[test]
fn the_kid_names_the_key() {
    let keys = set(&[other(&json!({ "kid": "a" })), public(&json!({ "kid": "b" }))]);
    decode(&keys, &token(Some("b"), &ed25519()), EDDSA).unwrap();
    assert_eq!(code(&keys, &token(Some("a"), &ed25519()), EDDSA), "invalid_signature");
    assert_eq!(code(&keys, &token(Some("c"), &ed25519()), EDDSA), "unknown_kid");
}

#[test]
fn a_kid_is_not_met_by_a_key_without_one() {
    let keys = set(&[public(&json!({}))]);
    assert_eq!(code(&keys, &token(Some("a"), &ed25519()), EDDSA), "unknown_kid");
}

#[test]
fn without_a_kid_each_fitting_key_is_tried() {
    let keys = set(&[other(&json!({ "kid": "a" })), other(&json!({})), public(&json!({ "kid": "b" }))]);
    decode(&keys, &token(None, &ed25519()), EDDSA).unwrap();
    let stranger = Key::generate(Algorithm::EdDSA, None).unwrap().signing_key(Algorithm::EdDSA).unwrap();
    assert_eq!(code(&keys, &token(None, &stranger), EDDSA), "invalid_signature");
}

#[test]
fn too_many_fitting_keys_are_listed_and_none_is_tried() {
    let mut keys = vec![public(&json!({ "kid": "first" }))];
    keys.extend((0..7).map(|_| other(&json!({}))));
    decode(&set(&keys), &token(None, &ed25519()), EDDSA).unwrap();
    keys.push(other(&json!({ "kid": "ninth" })));
    let error = decode(&set(&keys), &token(None, &ed25519()), EDDSA).unwrap_err();
    assert_eq!(error.code(), "too_many_fitting_keys");
    let DecodeError::KeySet(KeySetError::TooManyFit { kids, max: 8 }) = &error else { panic!("{error}") };
    assert_eq!((kids.len(), kids[0].as_deref(), kids[1].as_deref()), (9, Some("first"), None));
    assert!(error.to_string().ends_with("one without kid, \"ninth\""), "{error}");
}

#[test]
fn all_keys_of_one_kid_are_candidates() {
    let keys = set(&[other(&json!({ "kid": "a" })), public(&json!({ "kid": "a" }))]);
    decode(&keys, &token(Some("a"), &ed25519()), EDDSA).unwrap();
}

#[test]
fn the_token_never_widens_what_is_allowed() {
    let keys = set(&[public(&json!({ "kid": "a" }))]);
    let token = token(Some("a"), &ed25519());
    assert_eq!(code(&keys, &token, &[Algorithm::ES256]), "algorithm_not_allowed");
    assert_eq!(code(&keys, &token, &[]), "algorithm_not_allowed");
    // Ed25519 is the other name of EdDSA (RFC 9864).
    decode(&keys, &token, &[Algorithm::ES256, Algorithm::Ed25519]).unwrap();
}

#[test]
fn the_key_has_to_be_for_the_algorithm_too() {
    let secret = generate_secret(Algorithm::HS256).unwrap();
    let hmac = SigningKey::from_secret(secret.as_bytes(), Algorithm::HS256).unwrap();
    let keys = set(&[public(&json!({ "kid": "a" }))]);
    let allowed = [Algorithm::EdDSA, Algorithm::HS256];
    assert_eq!(code(&keys, &token(Some("a"), &hmac), &allowed), "no_fitting_key");
    assert_eq!(code(&keys, &token(None, &hmac), &allowed), "no_fitting_key");
}

#[test]
fn what_is_not_usable_is_skipped_with_its_reason() {
    let keys = set(&[
        json!({ "kty": "unheard of", "kid": "kty" }),
        json!({ "kty": "OKP", "crv": "X25519", "x": ED25519_X, "kid": "crv" }),
        public(&json!({ "alg": "unheard of", "kid": "alg" })),
        public(&json!({ "use": "enc", "kid": "use" })),
        public(&json!({ "key_ops": ["sign"], "kid": "key_ops" })),
        json!({ "kty": "OKP", "crv": "Ed25519", "x": "AA", "kid": "short" }),
        json!({ "kty": "oct", "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75", "kid": "secret" }),
        json!({ "kid": "nothing" }),
        json!(5),
        json!("-----BEGIN PUBLIC KEY-----"),
        public(&json!({ "kid": "good", "x5t": "ignored", "more": { "of": ["it"] } })),
    ]);
    let kids: Vec<_> = keys.keys().map(Key::kid).collect();
    assert_eq!((kids, keys.len(), keys.is_empty()), (vec![Some("good")], 1, false));
    let skipped: Vec<_> = keys
        .skipped()
        .iter()
        .map(|key| (key.index, key.kid.as_deref().unwrap_or("-"), key.reason.code()))
        .collect();
    let expected = [
        (0, "kty", "unsupported_key_type"),
        (1, "crv", "unsupported_key_type"),
        (2, "alg", "jwk_algorithm"),
        (3, "use", "jwk_use"),
        (4, "key_ops", "jwk_use"),
        (5, "short", "malformed_key"),
        (6, "secret", "symmetric_key"),
        (7, "nothing", "not_a_key"),
        (8, "-", "not_an_object"),
        (9, "-", "not_an_object"),
    ];
    assert_eq!(skipped, expected);
    assert_eq!(
        keys.skipped()[6].to_string(),
        "key 7 of the JWK Set, \"secret\", is skipped: it is symmetric, and whoever can read the set could sign with it"
    );
    assert!(matches!(keys.skipped()[8].reason, SkipReason::NotAnObject));
}

#[test]
fn symmetric_keys_are_for_local_sets() {
    // RFC 7515 A.1.
    let k = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    let text = json!({ "keys": [{ "kty": "oct", "k": k, "kid": "a" }] }).to_string();
    let key =
        SigningKey::from_bytes(json!({ "kty": "oct", "k": k }).to_string().as_bytes(), Algorithm::HS256);
    let token = token(Some("a"), &key.unwrap());
    let local = JwkSet::parse_allowing_symmetric(&text).unwrap();
    decode(&local, &token, &[Algorithm::HS256]).unwrap();
    assert_eq!(code(&JwkSet::parse(&text).unwrap(), &token, &[Algorithm::HS256]), "unknown_kid");
    // A name spelled with an escape is the same name.
    let text = text.replace("\"kty\"", "\"\\u006bty\"");
    assert_eq!(JwkSet::parse(&text).unwrap().skipped()[0].reason.code(), "symmetric_key");
}

/// The private half is none of a verifier's business: nothing is computed with it, be it right or wrong.
#[test]
fn only_the_public_half_of_a_key_is_read() {
    let n = format!("{}w", "_".repeat(341));
    let rsa = |more: Value| {
        let mut jwk = json!({ "kty": "RSA", "n": n, "e": "AQAB" });
        jwk.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        jwk
    };
    let keys = [
        rsa(json!({ "d": "Aw" })),
        rsa(json!({ "d": "Aw", "p": "AQ" })),
        rsa(json!({ "d": 1, "p": 2, "q": 3, "dp": 4, "dq": 5, "qi": 6, "oth": 7 })),
        public(&json!({ "d": ED25519_D, "kid": "a" })),
        public(&json!({ "d": "AA" })),
    ];
    let text = json!({ "keys": keys }).to_string();
    for set in [JwkSet::parse(&text).unwrap(), JwkSet::parse_allowing_symmetric(&text).unwrap()] {
        assert_eq!(set.len(), 5, "{:?}", set.skipped());
        assert!(set.keys().all(|key| !key.is_secret()));
        decode(&set, &token(Some("a"), &ed25519()), EDDSA).unwrap();
    }
}

/// A token that is refused for anything but its signature is refused, and no other key is asked.
#[test]
fn only_a_wrong_signature_has_the_next_key_tried() {
    // The payload is not canonical base64url, which is seen when the signature has been found to hold.
    let whole = token(Some("a"), &ed25519());
    let input = format!("{}.e31", whole.split_once('.').unwrap().0);
    let mut signature = [0; 64];
    ed25519().sign(input.as_bytes(), &mut signature).unwrap();
    let token = format!("{input}.{}", Base64UrlUnpadded::encode_string(&signature));
    let single = set(&[public(&json!({ "kid": "a" }))]);
    assert_ne!(code(&single, &token, EDDSA), "invalid_signature");
    let keys = set(&[public(&json!({ "kid": "a" })), other(&json!({ "kid": "a" }))]);
    assert_eq!(code(&keys, &token, EDDSA), code(&single, &token, EDDSA));
}

#[test]
fn a_set_is_strict_json_and_bounded() {
    let code = |text: &str| JwkSet::parse(text).unwrap_err().code();
    assert_eq!(code("{}"), "not_a_key_set");
    assert_eq!(code(r#"{"keys":{}}"#), "not_a_key_set");
    assert_eq!(code(r#"{"keys":[],"keys":[]}"#), "json_duplicate_name");
    assert_eq!(code(r#"{"keys":[{"kty":"EC","kty":"oct"}]}"#), "json_duplicate_name");
    assert_eq!(code(r#"{"keys":[]"#), "json_unexpected_end");
    assert_eq!(JwkSet::parse(b"{\"keys\":[\"\xff\"]}").unwrap_err().code(), "json_invalid_utf8");
    assert!(JwkSet::parse(r#"{"keys":[]}"#).unwrap().is_empty());
    let many = |count| json!({ "keys": vec![json!({}); count] }).to_string();
    assert_eq!(JwkSet::parse(many(256)).unwrap().skipped().len(), 256);
    assert_eq!(code(&many(257)), "too_many_keys");
    let padded = |len: usize| format!("{}{}", r#"{"keys":[]}"#, " ".repeat(len - 11));
    assert!(JwkSet::parse(padded(1024 * 1024)).is_ok());
    assert_eq!(code(&padded(1024 * 1024 + 1)), "key_set_too_large");
}

#[test]
fn a_set_is_read_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    assert_eq!(JwkSet::from_file(&path).unwrap_err().code(), "key_set_io");
    std::fs::write(&path, json!({ "keys": [public(&json!({}))] }).to_string()).unwrap();
    decode(&JwkSet::from_file(&path).unwrap(), &token(None, &ed25519()), EDDSA).unwrap();
    std::fs::write(&path, " ".repeat(1024 * 1024 + 1)).unwrap();
    assert_eq!(JwkSet::from_file(&path).unwrap_err().code(), "key_set_too_large");
}

#[test]
fn a_broken_token_is_what_it_is() {
    let keys = set(&[public(&json!({}))]);
    assert_eq!(code(&keys, "a.b", EDDSA), jwt_std::decode_header("a.b").unwrap_err().code());
    let none = "eyJhbGciOiJub25lIn0.e30.";
    assert!(decode(&keys, none, EDDSA).is_err());
    let mut forged = token(None, &ed25519());
    forged.replace_range(forged.len() - 4.., "AAAA");
    assert!(matches!(
        decode(&keys, &forged, EDDSA),
        Err(DecodeError::Verify(VerifyError::InvalidSignature | VerifyError::Malformed(_)))
    ));
}

#[test]
fn every_error_says_what_it_is() {
    let shown = |error: KeySetError| error.to_string();
    let (kid, algorithm) = ("a".to_owned(), Algorithm::ES256);
    assert_eq!(shown(KeySetError::TooLarge { max: 9 }), "the JWK Set is longer than 9 bytes");
    assert_eq!(shown(KeySetError::NotASet), "this is no JWK Set: it has no array \"keys\"");
    assert_eq!(shown(KeySetError::TooManyKeys { max: 9 }), "the JWK Set has more than 9 keys");
    let allowed = vec![Algorithm::ES256, Algorithm::EdDSA];
    assert_eq!(
        shown(KeySetError::AlgorithmNotAllowed { found: "none".into(), allowed }),
        "the token says it is signed with \"none\", accepted is ES256, EdDSA"
    );
    assert_eq!(shown(KeySetError::UnknownKid { kid }), "no usable key of the JWK Set has the kid \"a\"");
    assert_eq!(
        shown(KeySetError::NoFittingKey { kid: Some("a".into()), algorithm }),
        "the key with the kid \"a\" is not for ES256"
    );
    assert_eq!(
        shown(KeySetError::NoFittingKey { kid: None, algorithm }),
        "no usable key of the JWK Set is for ES256"
    );
}

/// A key that is too costly to be read strictly by itself, and affordable by virtue of the white space around it, is no less
/// symmetric.
#[test]
fn nothing_is_hidden_by_what_is_costly_to_read() {
    // Names of the same length, first and last letter: for each, all that stands before it is read again.
    let names: Vec<_> = (0..255).map(|index| format!(r#""a{index:04}z":1"#)).collect();
    let costly = format!(r#""other":{{"axxxxz":"{}",{}}}"#, "x".repeat(20_000), names.join(","));
    let key =
        format!(r#"{{{costly},"kty":"oct","kid":"a","k":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"}}"#);
    let set = JwkSet::parse(format!(r#"{{"keys":[{key}]{}}}"#, " ".repeat(key.len()))).unwrap();
    assert_eq!((set.len(), set.skipped().len()), (0, 1));
    assert_eq!(set.skipped()[0].reason.code(), "symmetric_key");
    assert_eq!(set.skipped()[0].kid.as_deref(), Some("a"));
}
