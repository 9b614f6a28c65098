//! What is no JSON Web Key, each rejected by name; and how every error reads.

#![cfg(all(
    feature = "jwk",
    feature = "hmac",
    feature = "alloc",
    feature = "es256",
    feature = "ed25519",
    feature = "ml-dsa"
))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]
#![allow(clippy::too_many_lines, reason = "tables")]

mod jwks;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwks::{D, DP, DQ, ED25519, N, OCT, P, P256, Q, QI};
use jwt_core::base64url::DecodeError;
use jwt_core::json::{JsonError, JsonErrorKind, JsonKind};
use jwt_core::{
    Algorithm, Bits2048, Bits4096, Error, Es256, Excerpt, Hs256, Hs512, Jwk, JwkError, JwkSet, KeyError,
    KeyForm, KeyKind, KeyOperation, MlDsa44, ModulusError, Rs256,
};

fn refused(text: &str) -> JwkError {
    Jwk::parse(text, &mut vec![0; text.len()]).map(drop).unwrap_err()
}

#[test]
fn malformed_keys_are_refused_by_name() {
    let (string, array) = (JsonKind::String, JsonKind::Array);
    let wrong = |member, expected, found| JwkError::WrongType { member, expected, found };
    let missing = |member| JwkError::MissingMember { member };
    let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    let okp = |x: &str| format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#);
    let rsa = |rest: &str| format!(r#"{{"kty":"RSA",{rest}}}"#);
    let rows: Vec<(String, JwkError)> = vec![
        (r"{}".into(), missing("kty")),
        (r#"{"keys":[]}"#.into(), JwkError::IsSet),
        (r#"{"kty":1}"#.into(), wrong("kty", string, JsonKind::Number)),
        (r#"{"kty":null}"#.into(), wrong("kty", string, JsonKind::Null)),
        (r#"{"kty":"rsa"}"#.into(), JwkError::UnknownKeyType { found: Excerpt::new("rsa") }),
        (r#"{"kty":"EC"}"#.into(), missing("crv")),
        (r#"{"kty":"EC","crv":["P-256"]}"#.into(), wrong("crv", string, array)),
        (
            r#"{"kty":"EC","crv":"P-256","x":"AA"}"#.into(),
            JwkError::Length { member: "x", expected: 32, found: 1 },
        ),
        (r#"{"kty":"OKP","crv":"Ed25519"}"#.into(), missing("x")),
        (r#"{"kty":"oct"}"#.into(), missing("k")),
        (r#"{"kty":"oct","k":"A"}"#.into(), JwkError::SecretBase64 { member: "k" }),
        (r#"{"kty":"oct","k":"AB"}"#.into(), JwkError::SecretBase64 { member: "k" }),
        (r#"{"kty":"oct","k":"AAAA=="}"#.into(), JwkError::SecretBase64 { member: "k" }),
        (r#"{"kty":"oct","k":"AA+/"}"#.into(), JwkError::SecretBase64 { member: "k" }),
        (r#"{"kty":"AKP","pub":""}"#.into(), missing("alg")),
        (
            r#"{"kty":"AKP","alg":"ES256"}"#.into(),
            JwkError::UnsupportedAlgorithm { found: Excerpt::new("ES256") },
        ),
        (
            r#"{"kty":"AKP","alg":"SLH-DSA-SHA2-128s"}"#.into(),
            JwkError::UnsupportedAlgorithm { found: Excerpt::new("SLH-DSA-SHA2-128s") },
        ),
        (r#"{"kty":"AKP","alg":"ML-DSA-44"}"#.into(), missing("pub")),
        (
            r#"{"kty":"AKP","alg":"ML-DSA-44","pub":"AAAA"}"#.into(),
            JwkError::Length { member: "pub", expected: 1312, found: 3 },
        ),
        (okp("11qY"), JwkError::Length { member: "x", expected: 32, found: 3 }),
        (okp(&format!("{x}AAAA")), JwkError::Length { member: "x", expected: 32, found: 35 }),
        (
            okp(&x.replace("URo", "UR=")),
            JwkError::Base64 { member: "x", error: DecodeError::Padding { position: 42 } },
        ),
        (okp(&x.replace("URo", "URp")), JwkError::Base64 { member: "x", error: DecodeError::TrailingBits }),
        (
            okp(&x.replace('_', "/")),
            JwkError::Base64 { member: "x", error: DecodeError::StandardAlphabet { position: 13 } },
        ),
        (okp(&x.replace('_', r"\u005f")), JwkError::Escaped { member: "x" }),
        (with(ED25519, r#""use":7"#), wrong("use", string, JsonKind::Number)),
        (with(ED25519, r#""kid":{}"#), wrong("kid", string, JsonKind::Object)),
        (with(ED25519, r#""alg":true"#), wrong("alg", string, JsonKind::Bool)),
        (with(ED25519, r#""key_ops":"sign""#), wrong("key_ops", array, string)),
        (with(ED25519, r#""key_ops":["sign",1]"#), wrong("key_ops", string, JsonKind::Number)),
        (with(ED25519, r#""key_ops":["sign","verify","sign"]"#), JwkError::DuplicateOperation),
        (
            with(ED25519, r#""alg":"ES256""#),
            JwkError::AlgorithmOfOtherKind { algorithm: Algorithm::ES256, kind: KeyKind::Ed25519 },
        ),
        (
            with(P256, r#""alg":"ES384""#),
            JwkError::AlgorithmOfOtherKind { algorithm: Algorithm::ES384, kind: KeyKind::P256 },
        ),
        (
            with(P256, r#""alg":"HS256""#),
            JwkError::AlgorithmOfOtherKind { algorithm: Algorithm::HS256, kind: KeyKind::P256 },
        ),
        (
            with(OCT, r#""alg":"RS256""#),
            JwkError::AlgorithmOfOtherKind { algorithm: Algorithm::RS256, kind: KeyKind::Secret },
        ),
        (rsa(r#""n":"AQAB""#), missing("e")),
        (rsa(r#""n":"","e":"AQAB""#), JwkError::Empty { member: "n" }),
        (rsa(r#""n":"AQAB","e":"""#), JwkError::Empty { member: "e" }),
        // The most common mistake: the sign byte of a DER integer, left in.
        (rsa(&format!(r#""n":"AN{}","e":"AQAB""#, &N[..6])), JwkError::LeadingZeros { member: "n" }),
        (rsa(&format!(r#""n":"{N}","e":"AAEAAQ""#)), JwkError::LeadingZeros { member: "e" }),
        (rsa(&format!(r#""n":"{N}","e":"AQAB","d":"AAAA""#)), JwkError::LeadingZeros { member: "d" }),
        (
            rsa(&format!(r#""n":"{N}","e":"AQAB","p":"{P}","q":"{Q}","dp":"{DP}","dq":"{DQ}","qi":"{QI}""#)),
            missing("d"),
        ),
        (
            rsa(&format!(r#""n":"{N}","e":"AQAB","d":"{D}","q":"{Q}","dp":"{DP}","dq":"{DQ}","qi":"{QI}""#)),
            missing("p"),
        ),
        (rsa(&format!(r#""n":"{N}","e":"AQAB","d":"{D}","p":"{P}","q":"{Q}""#)), missing("dp")),
        (with(&jwks::rsa_private(), r#""oth":[]"#), JwkError::MultiPrime),
    ];
    let mut ran = 0;
    for (text, error) in rows {
        assert_eq!(refused(&text), error, "{text}");
        ran += 1;
    }
    assert_eq!(ran, 45);
}

#[test]
fn what_is_no_strict_json_is_no_key() {
    for (text, code) in [
        ("", "json_unexpected_end"),
        ("[]", "json_not_an_object"),
        (r#""kty""#, "json_not_an_object"),
        (r#"{"kty":"oct","k":"AAAA"} x"#, "json_trailing_data"),
        (r#"{"kty":"oct","kty":"RSA","k":"AAAA"}"#, "json_duplicate_name"),
        (r#"{"kty":"oct","k":"AAAA","\u006b":"BBBB"}"#, "json_duplicate_name"),
        (r#"{"kty":"oct","k":"AAAA","x5c":[{"a":1,"a":2}]}"#, "json_duplicate_name"),
        ("\u{feff}{\"kty\":\"oct\"}", "json_byte_order_mark"),
        (r#"{"kty":"oct","k":"AA"#, "json_unexpected_end"),
    ] {
        let error = refused(text);
        assert!(matches!(error, JwkError::Json(_)) && error.code() == code, "{text}: {error:?}");
    }
}

#[test]
fn a_buffer_as_long_as_the_text_suffices() {
    for text in [OCT, P256, ED25519, &jwks::rsa_private()] {
        let needed = jwt_core::JwkMembers::parse(text).unwrap().decoded_len();
        assert!(needed < text.len());
        assert!(Jwk::parse(text, &mut vec![0; needed]).is_ok());
        let error = Jwk::parse(text, &mut vec![0; needed - 1]).map(drop);
        assert_eq!(error, Err(JwkError::BufferTooSmall { needed }));
    }
}

/// Well-formed values that make no key.
#[test]
fn unusable_keys_are_refused_by_name() {
    let mut buffer = [0; 4096];
    let off = P256.replace("x_FEz", "x_FEy");
    let jwk = Jwk::parse(&off, &mut buffer).unwrap();
    let error = JwkError::Key(KeyError::PointNotOnCurve);
    assert_eq!(jwk.ecdsa_verifying_key::<Es256>().unwrap_err(), error);
    assert_eq!(jwk.ecdsa_signing_key::<Es256>().unwrap_err(), error);
    drop(jwk);
    let zero = P256.replace("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI", &"A".repeat(43));
    let jwk = Jwk::parse(&zero, &mut buffer).unwrap();
    assert_eq!(jwk.ecdsa_signing_key::<Es256>().unwrap_err(), JwkError::Key(KeyError::PrivateKeyOutOfRange));
    drop(jwk);
    // A point of small order.
    let weak = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"AQ{}"}}"#, "A".repeat(41));
    let jwk = Jwk::parse(&weak, &mut buffer).unwrap();
    assert_eq!(jwk.ed25519_verifying_key().unwrap_err(), error);
    drop(jwk);

    let rsa = jwks::rsa_public();
    let jwk = Jwk::parse(&rsa, &mut buffer).unwrap();
    assert!(jwk.rsa_verifying_key::<Rs256, Bits4096>().is_ok());
    drop(jwk);
    let short = format!(r#"{{"kty":"RSA","n":"{}","e":"AQAB"}}"#, &N[..172]);
    let jwk = Jwk::parse(&short, &mut buffer).unwrap();
    let error = jwk.rsa_verifying_key::<Rs256, Bits2048>().unwrap_err();
    assert_eq!(error, JwkError::Key(KeyError::Modulus(ModulusError::TooShort { bits: 1032 })));
    assert_eq!(error.code(), "key_too_short");
    drop(jwk);

    for (k, code) in [("", "empty_secret"), ("CgoK", "empty_secret"), ("c2hvcnQ", "key_too_short")] {
        let text = format!(r#"{{"kty":"oct","k":"{k}"}}"#);
        let jwk = Jwk::parse(&text, &mut buffer).unwrap();
        assert_eq!(jwk.hmac_key::<Hs256>().unwrap_err().code(), code);
        assert_eq!(jwk.hmac_key_allowing_weak::<Hs512>().is_ok(), code == "key_too_short");
    }
}

/// A public key in an `oct` key is no secret, in whatever form.
#[test]
fn no_public_key_hides_in_an_oct_key() {
    let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n";
    let ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    let set = format!(r#"{{"keys":[{P256}]}}"#);
    for (public, form) in [
        (pem, KeyForm::Pem),
        (&pem[27..], KeyForm::Der),
        (ssh, KeyForm::OpenSsh),
        (P256, KeyForm::Jwk),
        (&set, KeyForm::JwkSet),
    ] {
        let text = format!(r#"{{"kty":"oct","k":"{}"}}"#, URL_SAFE_NO_PAD.encode(public));
        let mut buffer = vec![0; text.len()];
        let jwk = Jwk::parse(&text, &mut buffer).unwrap();
        let error = JwkError::Key(KeyError::NotASecret { form });
        assert_eq!(jwk.hmac_key::<Hs256>().unwrap_err(), error);
        assert_eq!(jwk.hmac_verifying_key::<Hs256>().map(drop), Err(error));
        assert_eq!(jwk.hmac_signing_key::<Hs256>().map(drop), Err(error));
        assert_eq!(jwk.hmac_key_allowing_weak::<Hs256>().unwrap_err(), error);
    }
}

#[test]
fn public_keys_do_not_sign() {
    let mut buffer = [0; 4096];
    let public = P256.split(r#","d""#).next().unwrap().to_owned() + "}";
    let jwk = Jwk::parse(&public, &mut buffer).unwrap();
    assert!(!jwk.is_private() && jwk.expose_secret().is_none());
    assert_eq!(jwk.ecdsa_signing_key::<Es256>().unwrap_err(), JwkError::NotPrivate);
    drop(jwk);
    let public = ED25519.split(r#","d""#).next().unwrap().to_owned() + "}";
    let jwk = Jwk::parse(&public, &mut buffer).unwrap();
    assert_eq!(jwk.ed25519_signing_key().unwrap_err(), JwkError::NotPrivate);
    drop(jwk);
    let public = jwks::rsa_public();
    let jwk = Jwk::parse(&public, &mut buffer).unwrap();
    assert_eq!(jwk.rsa_signing_key::<Rs256>().unwrap_err(), JwkError::NotPrivate);
    drop(jwk);
    let public =
        format!(r#"{{"kty":"AKP","alg":"ML-DSA-44","pub":"{}"}}"#, URL_SAFE_NO_PAD.encode([5; 1312]));
    let jwk = Jwk::parse(&public, &mut buffer).unwrap();
    assert_eq!(jwk.ml_dsa_signing_key::<MlDsa44>().unwrap_err(), JwkError::NotPrivate);
}

#[test]
fn private_members_belong_to_the_public_ones() {
    let mut buffer = [0; 4096];
    let other = P256.replace("jpsQnn", "kpsQnn");
    let jwk = Jwk::parse(&other, &mut buffer).unwrap();
    assert_eq!(jwk.ecdsa_signing_key::<Es256>().unwrap_err(), JwkError::PrivateMismatch);
    drop(jwk);
    let other = ED25519.replace("nWGxne", "oWGxne");
    let jwk = Jwk::parse(&other, &mut buffer).unwrap();
    assert_eq!(jwk.ed25519_signing_key().unwrap_err(), JwkError::PrivateMismatch);
    drop(jwk);
    let seed = URL_SAFE_NO_PAD.encode([1; 32]);
    let public = URL_SAFE_NO_PAD.encode([5; 1312]);
    let other = format!(r#"{{"kty":"AKP","alg":"ML-DSA-44","pub":"{public}","priv":"{seed}"}}"#);
    let jwk = Jwk::parse(&other, &mut buffer).unwrap();
    assert_eq!(jwk.ml_dsa_signing_key::<MlDsa44>().unwrap_err(), JwkError::PrivateMismatch);
    drop(jwk);

    // Every number of an RSA key, changed in its last byte but one, so that primes stay odd.
    let rsa = jwks::rsa_private();
    for value in [D, P, Q, DP, DQ, QI] {
        let mut bytes = URL_SAFE_NO_PAD.decode(value).unwrap();
        let last_but_one = bytes.len() - 2;
        *bytes.get_mut(last_but_one).unwrap() ^= 1;
        let other = rsa.replace(value, &URL_SAFE_NO_PAD.encode(&bytes));
        let jwk = Jwk::parse(&other, &mut buffer).unwrap();
        assert_eq!(jwk.rsa_signing_key::<Rs256>().unwrap_err(), JwkError::PrivateMismatch, "{value}");
    }
    // p and q exchanged are a key again only if qi follows.
    let swapped = rsa.replace(P, "?").replace(Q, P).replace('?', Q);
    let jwk = Jwk::parse(&swapped, &mut buffer).unwrap();
    assert_eq!(jwk.rsa_signing_key::<Rs256>().unwrap_err(), JwkError::PrivateMismatch);
    drop(jwk);
    // `d` alone leads to the primes (RFC 7518 §6.3.2), and a wrong one does not.
    let alone = format!(r#"{{"kty":"RSA","n":"{N}","e":"AQAB","d":"{D}"}}"#);
    assert!(Jwk::parse(&alone, &mut buffer).unwrap().rsa_signing_key::<Rs256>().is_ok());
    let wrong = alone.replace("X4cTte", "Y4cTte");
    let jwk = Jwk::parse(&wrong, &mut buffer).unwrap();
    assert_eq!(jwk.rsa_signing_key::<Rs256>().unwrap_err(), JwkError::PrivateMismatch);
}

#[test]
fn every_error_reads_well() {
    let found = Excerpt::new("x\ny");
    let json = JsonError { kind: JsonErrorKind::TrailingData, position: 9 };
    let rows = [
        (
            JwkError::Json(json),
            "json_trailing_data",
            "the JSON Web Key: data after the end of the JSON value (at offset 9)",
        ),
        (
            JwkError::IsSet,
            "jwk_is_a_set",
            "this is a JSON Web Key Set, not a single key; choose one of its keys",
        ),
        (
            JwkError::WrongType { member: "kid", expected: JsonKind::String, found: JsonKind::Number },
            "jwk_wrong_type",
            "the JSON Web Key's `kid` must be a string, found a number",
        ),
        (JwkError::MissingMember { member: "n" }, "jwk_missing_member", "the JSON Web Key has no `n`"),
        (
            JwkError::UnknownKeyType { found },
            "jwk_unknown_kty",
            "unknown key type \"x\\u{a}y\"; known are oct, RSA, EC, OKP and AKP",
        ),
        (
            JwkError::UnsupportedCurve { found },
            "jwk_unsupported_crv",
            "keys on the curve \"x\\u{a}y\" are not supported; EC has P-256, P-384, P-521 and secp256k1, OKP has Ed25519",
        ),
        (
            JwkError::UnsupportedAlgorithm { found },
            "jwk_unsupported_alg",
            "the JSON Web Key is for the algorithm \"x\\u{a}y\", which does not sign here",
        ),
        (
            JwkError::AlgorithmOfOtherKind { algorithm: Algorithm::ES256, kind: KeyKind::Rsa },
            "jwk_alg_of_other_kind",
            "the JSON Web Key says it is for ES256, but it is an RSA key",
        ),
        (
            JwkError::Base64 { member: "x", error: DecodeError::TrailingBits },
            "base64_trailing_bits",
            "the JSON Web Key's `x` is not base64url: the last base64url character has unused bits that are not zero",
        ),
        (
            JwkError::SecretBase64 { member: "d" },
            "key_base64",
            "the JSON Web Key's `d` is not base64url without padding",
        ),
        (
            JwkError::Escaped { member: "x" },
            "jwk_escaped_value",
            "the JSON Web Key's `x` is spelled with escapes, which base64url never needs",
        ),
        (
            JwkError::LeadingZeros { member: "n" },
            "jwk_leading_zeros",
            "the JSON Web Key's `n` has leading zeros (RFC 7518 section 2)",
        ),
        (JwkError::Empty { member: "n" }, "jwk_empty_value", "the JSON Web Key's `n` is empty"),
        (
            JwkError::Length { member: "x", expected: 32, found: 31 },
            "key_length",
            "the JSON Web Key's `x` is 31 bytes long, 32 were expected",
        ),
        (
            JwkError::MultiPrime,
            "jwk_multi_prime",
            "RSA keys of more than two primes (`oth`) are not supported",
        ),
        (
            JwkError::DuplicateOperation,
            "jwk_duplicate_operation",
            "the JSON Web Key's `key_ops` has a value twice (RFC 7517 section 4.3)",
        ),
        (
            JwkError::BufferTooSmall { needed: 64 },
            "buffer_too_small",
            "the buffer is too small for this key: 64 bytes are needed",
        ),
        (
            JwkError::WrongKind { expected: KeyKind::Rsa, found: KeyKind::P256 },
            "jwk_wrong_kind",
            "an RSA key is needed, the JSON Web Key is a P-256 key",
        ),
        (
            JwkError::AlgorithmMismatch { expected: Algorithm::PS256, found: Algorithm::RS256 },
            "jwk_algorithm_mismatch",
            "the JSON Web Key is for RS256, not for PS256",
        ),
        (
            JwkError::NotForSignatures { found: Excerpt::new("enc") },
            "jwk_use",
            "the JSON Web Key's `use` is \"enc\": it is not for signatures",
        ),
        (
            JwkError::OperationNotAllowed { operation: KeyOperation::Verify },
            "jwk_key_ops",
            "the JSON Web Key's `key_ops` does not have \"verify\"",
        ),
        (
            JwkError::OperationNotAllowed { operation: KeyOperation::Sign },
            "jwk_key_ops",
            "the JSON Web Key's `key_ops` does not have \"sign\"",
        ),
        (
            JwkError::NotPrivate,
            "jwk_not_private",
            "the JSON Web Key is a public key: it can verify, not sign",
        ),
        (
            JwkError::PrivateMismatch,
            "jwk_private_mismatch",
            "the private members of the JSON Web Key do not belong to its public ones",
        ),
        (
            JwkError::Symmetric,
            "jwk_symmetric",
            "a symmetric key, which is a secret and nothing that a set or thumbprint may show",
        ),
        (
            JwkError::TooManyKeys,
            "jwk_too_many_keys",
            "a JSON Web Key Set with more than the limit of 256 keys",
        ),
        (
            JwkError::Key(KeyError::PointNotOnCurve),
            "key_point",
            "the public key is not a valid point of its curve",
        ),
    ];
    for (error, code, text) in rows {
        assert_eq!((error.code(), error.to_string().as_str()), (code, text));
        let umbrella = Error::from(error);
        assert_eq!((umbrella.code(), umbrella.to_string().as_str()), (code, text));
    }
    assert!(size_of::<JwkError>() <= 48, "{}", size_of::<JwkError>());
}

#[test]
fn what_is_no_set_is_refused_by_name() {
    for (text, error) in [
        (r"{}", JwkError::MissingMember { member: "keys" }),
        (P256, JwkError::MissingMember { member: "keys" }),
        (
            r#"{"keys":{}}"#,
            JwkError::WrongType { member: "keys", expected: JsonKind::Array, found: JsonKind::Object },
        ),
    ] {
        assert_eq!(JwkSet::parse(text).unwrap_err(), error);
    }
    assert_eq!(JwkSet::parse(r#"{"keys":[{"a":1,"a":2}]}"#).unwrap_err().code(), "json_duplicate_name");
    assert_eq!(JwkSet::parse(r#"{"keys":[],"keys":[]}"#).unwrap_err().code(), "json_duplicate_name");
}

/// The key with one more member.
fn with(jwk: &str, member: &str) -> String {
    format!("{},{member}}}", jwk.strip_suffix('}').unwrap())
}
