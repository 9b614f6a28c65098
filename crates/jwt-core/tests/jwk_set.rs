//! JWK Sets: what is chosen, what is skipped, where the bounds are.

#![cfg(all(feature = "jwk", feature = "hmac", feature = "es256", feature = "ed25519"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]

mod jwks;

use jwks::{ED25519, OCT, P256, P521, rsa_public};
use jwt_core::{
    Algorithm, Bytes, Es256, Header, JwkError, JwkSet, KeyError, MAX_JWK_SET_LEN, MAX_KEYS, UnverifiedToken,
    sign,
};

/// The key with one more member.
fn with(jwk: &str, member: &str) -> String {
    format!("{},{member}}}", jwk.strip_suffix('}').unwrap())
}

fn set(keys: &[String]) -> String {
    format!(r#"{{"keys":[{}]}}"#, keys.join(", "))
}

#[test]
fn unknown_and_malformed_keys_are_skipped() {
    let text = set(&[
        r#"{"kty":"XYZ","kid":"a"}"#.into(),
        r#"{"kty":"OKP","crv":"Ed448","x":"AA","kid":"a"}"#.into(),
        r#"{"kty":"EC","crv":"P-256","kid":"a"}"#.into(),
        with(&rsa_public(), r#""alg":"RSA-OAEP","kid":"a""#),
        with(P256, r#""kid":7"#),
        with(P521, r#""alg":"ES256""#),
        "17".into(),
        "null".into(),
        r#"["kty"]"#.into(),
        "{}".into(),
        with(OCT, r#""kid":"a""#),
        with(P256, r#""kid":"a""#),
        with(ED25519, r#""kid":"a","unknown":{"deep":[1,2]}"#),
    ]);
    let parsed = JwkSet::parse(&text).unwrap();
    assert_eq!((parsed.len(), parsed.skipped()), (2, 11));
    let codes: Vec<_> =
        parsed.entries().map(|entry| entry.map_or_else(|error| error.code(), |_| "")).collect();
    assert_eq!(
        codes,
        [
            "jwk_unknown_kty",
            "jwk_unsupported_crv",
            "jwk_missing_member",
            "jwk_unsupported_alg",
            "jwk_wrong_type",
            "jwk_alg_of_other_kind",
            "jwk_wrong_type",
            "jwk_wrong_type",
            "jwk_wrong_type",
            "jwk_missing_member",
            "jwk_symmetric",
            "",
            ""
        ]
    );
    assert_eq!(parsed.find(Some("a"), Algorithm::ES256).count(), 1);
    assert_eq!(parsed.find(Some("a"), Algorithm::HS256).count(), 0, "never a symmetric key");
    assert_eq!(parsed.find(None, Algorithm::HS512).count(), 0);
    // By name only.
    let parsed = JwkSet::parse_allowing_symmetric(&text).unwrap();
    assert_eq!((parsed.len(), parsed.skipped()), (3, 10));
    assert_eq!(parsed.find(Some("a"), Algorithm::HS256).count(), 1);
}

#[test]
fn keys_are_chosen_by_kid_and_algorithm() {
    let text = set(&[
        with(P256, r#""kid":"a","use":"sig""#),
        with(P256, r#""kid":"a","use":"enc""#),
        with(P256, r#""kid":"a","key_ops":["sign"]"#),
        with(P256, r#""kid":"a","key_ops":["verify"],"alg":"ES256""#),
        with(ED25519, r#""kid":"\u0061""#),
        with(&rsa_public(), r#""kid":"b","alg":"RS256""#),
        with(&rsa_public(), r#""kid":"b","alg":"PS256""#),
        rsa_public(),
        P521.into(),
    ]);
    let parsed = JwkSet::parse(&text).unwrap();
    assert_eq!((parsed.len(), parsed.skipped()), (9, 0));
    for (kid, algorithm, count) in [
        (Some("a"), Algorithm::ES256, 2),
        (Some("a"), Algorithm::EdDSA, 1),
        (Some("a"), Algorithm::Ed25519, 1),
        (Some("a"), Algorithm::ES384, 0),
        (Some("a"), Algorithm::RS256, 0),
        (Some("b"), Algorithm::RS256, 1),
        (Some("b"), Algorithm::PS256, 1),
        (Some("b"), Algorithm::RS384, 0),
        (Some("c"), Algorithm::RS256, 0),
        (Some(""), Algorithm::RS256, 0),
        (Some("A"), Algorithm::ES256, 0),
        (None, Algorithm::RS256, 2),
        (None, Algorithm::RS512, 1),
        (None, Algorithm::ES512, 1),
        (None, Algorithm::ES256, 2),
        (None, Algorithm::HS256, 0),
    ] {
        assert_eq!(parsed.find(kid, algorithm).count(), count, "{kid:?} {algorithm}");
    }
}

/// The keys of a set are tried one after the other; one that turns out to be unusable is passed over.
#[test]
fn a_token_finds_its_key_among_several() {
    let off = P256.replace("x_FEz", "x_FEy");
    let other = r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#;
    let kid = r#""kid":"\u00e9\"a""#;
    let text = set(&[with(&off, kid), with(other, kid), with(P256, r#""kid":"x""#), with(P256, kid)]);
    let set = JwkSet::parse(&text).unwrap();

    let mut buffer = [0; 128];
    let key = set.find(Some("x"), Algorithm::ES256).next().unwrap();
    let key = key.decode(&mut buffer).unwrap().ecdsa_signing_key::<Es256>().unwrap();
    let mut out = [0; 256];
    let token = sign(&Header::new().kid("é\"a"), &Bytes(b"payload"), &key, &mut out).unwrap();

    let token = UnverifiedToken::parse(token).unwrap();
    let mut header = [0; 256];
    let mut tried = Vec::new();
    for candidate in set.find_for(&token.header(&mut header).unwrap(), Algorithm::ES256) {
        let jwk = candidate.decode(&mut buffer).unwrap();
        let outcome = match jwk.ecdsa_verifying_key::<Es256>() {
            Ok(key) => token.verify(&key, &mut [0; 256]).map(drop).map_err(|error| error.code()),
            Err(error) => Err(error.code()),
        };
        tried.push(outcome);
    }
    assert_eq!(tried, [Err(KeyError::PointNotOnCurve.code()), Err("invalid_signature"), Ok(())]);
}

#[test]
fn the_number_of_keys_is_bounded() {
    let many = |count| set(&vec![ED25519.to_owned(); count]);
    assert_eq!(JwkSet::parse(&many(MAX_KEYS)).unwrap().len(), MAX_KEYS);
    assert_eq!(JwkSet::parse(&many(MAX_KEYS + 1)).unwrap_err(), JwkError::TooManyKeys);
    // Skipped ones count, too.
    let text = set(&vec!["1".to_owned(); MAX_KEYS + 1]);
    assert_eq!(JwkSet::parse(&text).unwrap_err(), JwkError::TooManyKeys);
    assert!(JwkSet::parse(r#"{"keys":[]}"#).unwrap().is_empty());

    let padded = |len: usize| format!(r#"{{"keys":[]{}}}"#, " ".repeat(len - 11));
    assert!(JwkSet::parse(&padded(MAX_JWK_SET_LEN)).is_ok());
    assert_eq!(
        JwkSet::parse(&padded(MAX_JWK_SET_LEN + 1)).unwrap_err().to_string(),
        "the JWK Set is 1048577 bytes long; the limit is 1048576"
    );
}

/// Of two keys of the same name it is the one for verifying, and a token without `kid` has every key to choose from.
#[test]
fn what_is_chosen_is_for_verifying() {
    let text = set(&[
        with(P256, r#""kid":"a","key_ops":["sign"]"#),
        with(P256, r#""kid":"b","key_ops":["verify"]"#),
    ]);
    let parsed = JwkSet::parse(&text).unwrap();
    let kids: Vec<_> =
        parsed.find(None, Algorithm::ES256).map(|key| key.kid().unwrap().to_string()).collect();
    assert_eq!(kids, ["b"]);

    let mut buffer = [0; 128];
    let header = r#"{"alg":"ES256"}"#;
    let token = format!("{}.eA.eA", base64url(header));
    let header = UnverifiedToken::parse(&token).unwrap();
    assert_eq!(parsed.find_for(&header.header(&mut buffer).unwrap(), Algorithm::ES256).count(), 1);
}

fn base64url(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

/// An object that is costly to check, affordable by virtue of the white space around it, hides no member that follows it
/// when it is read again.
#[test]
fn nothing_is_hidden_by_what_is_costly_to_read() {
    // Names of the same length, first and last letter: for each, all that stands before it is read again.
    let names: Vec<_> = (0..255).map(|index| format!(r#""a{index:04}z":1"#)).collect();
    let costly = format!(r#""other":{{"axxxxz":"{}",{}}}"#, "x".repeat(20_000), names.join(","));
    let key = with(P256, &format!(r#"{costly},"use":"enc""#));
    let keys = format!(r#"{{"keys":[{key},{ED25519}]}}"#);
    assert_eq!(JwkSet::parse(&keys).unwrap_err().code(), "json_too_costly");
    let padded = format!("{}{keys}", " ".repeat(keys.len()));
    let set = JwkSet::parse(&padded).unwrap();
    assert_eq!((set.len(), set.skipped()), (2, 0));
    assert_eq!(set.find(None, Algorithm::ES256).count(), 0, "use: enc");
    assert_eq!(set.find(None, Algorithm::EdDSA).count(), 1);
}
