//! What is signed comes back: any claims, through signing, verifying, validating and reading, compared with serde_json.

#![cfg(all(feature = "hmac", feature = "serde"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]

#[cfg(feature = "alloc")]
mod keys;

use jwt_core::{
    Algorithm, Bytes, ClaimsSet, CustomClaimsError, Header, HmacKey, Hs256, Hs384, Hs512, JsonClaims, Now,
    NumericDate, Payload, SignError, Signer, UnverifiedToken, ValidClaims, Validation, Verifier, sign,
};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Accepts whatever is authentic.
const ANY: Validation<'static> = Validation::new().allow_missing_exp().any_audience().accept_unproven_time();

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn registered_claims(
        texts in proptest::array::uniform4(any::<Option<String>>()),
        audiences in proptest::collection::vec(any::<String>(), 0..4),
        dates in proptest::array::uniform3(proptest::option::of((0..=i64::MAX, 0_u32..1_000_000_000))),
        kid in any::<String>(),
    ) {
        let [iss, sub, aud, jti] = texts.each_ref().map(|text| text.as_deref());
        let [exp, nbf, iat] = dates.map(|date| date.map(|(secs, nanos)| NumericDate::new(secs, nanos)));
        let audiences: Vec<&str> = audiences.iter().map(String::as_str).collect();
        let mut claims = ClaimsSet::new();
        claims = iss.map_or(claims, |iss| claims.issuer(iss));
        claims = sub.map_or(claims, |sub| claims.subject(sub));
        claims = jti.map_or(claims, |jti| claims.jwt_id(jti));
        claims = aud.map_or(claims, |aud| claims.audience(aud));
        claims = if aud.is_none() { claims.audiences(&audiences) } else { claims };
        claims = exp.map_or(claims, |exp| claims.expires_at(exp));
        claims = nbf.map_or(claims, |nbf| claims.not_before(nbf));
        claims = iat.map_or(claims, |iat| claims.issued_at(iat));

        through(&Header::new().kid(&kid), &claims, &hs256(), &hs256(), |read| {
            assert!(read.header().kid().is_some_and(|found| found == *kid));
            for (found, sent) in [(read.issuer(), iss), (read.subject(), sub), (read.jwt_id(), jti)] {
                assert_eq!(found.map(|found| found.to_string()).as_deref(), sent);
            }
            assert_eq!([read.expires_at(), read.not_before(), read.issued_at()], [exp, nbf, iat]);
            let mut named = Vec::new();
            if let Some(audience) = read.audience() {
                audience.for_each(|recipient| named.push(recipient.to_string()));
            }
            let sent = aud.map_or(audiences.clone(), |aud| vec![aud]);
            assert_eq!(named, sent);
            assert!(sent.iter().all(|recipient| read.audience().unwrap().contains(recipient)));
        });
    }

    #[test]
    fn claims_of_any_shape(claims in object()) {
        let text = claims.to_string();
        through(&Header::new(), &JsonClaims(&text), &hs256(), &hs256(), |read| {
            assert_eq!(read.json(), text);
            assert_eq!(&serde_json::from_str::<Value>(read.json()).unwrap(), &claims);
            for (name, value) in claims.as_object().unwrap() {
                let found = read.get(name).unwrap();
                if let (Some(found), Value::String(sent)) = (found.as_string(), value) {
                    assert_eq!(found.to_string(), *sent);
                    assert_eq!(found.unescape(&mut vec![0; found.raw().len()]), Some(&**sent));
                }
            }
        });
        through(&Header::new(), &ClaimsSet::new().extra(&text), &hs256(), &hs256(), |read| {
            assert_eq!(serde_json::from_str::<Value>(read.json()).unwrap(), claims);
        });
    }

    /// Every string of the claims spelled in escapes alone, with members before and behind that nobody asks for.
    #[test]
    fn typed_claims_of_any_spelling(name in any::<String>(), noise in object(), level in any::<i32>()) {
        let escaped = |text: &str| text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<Vec<String>>().concat();
        let spellings = [
            serde_json::to_string(&name).unwrap(),
            format!("\"{}\"", escaped(&name)),
        ];
        let noise_name = escaped("noise \"}{\\");
        for spelling in spellings {
            let text = format!(
                "{{\"{noise_name}\":{noise},\"{}\":{spelling},\"level\":{level},\"more\":[{noise}]}}",
                escaped("name"),
            );
            through(&Header::new(), &JsonClaims(&text), &hs256(), &hs256(), |read| {
                let mut buffer = vec![0; read.json().len() * 2];
                let mine: Owned = read.custom_with(&mut buffer).unwrap();
                assert_eq!((mine.name.as_str(), mine.level), (&*name, level));
                assert_eq!(read.custom::<Owned>(), Err(CustomClaimsError::EscapedString));
            });
        }
    }

    #[test]
    fn typed_claims_written_and_read(name in any::<String>(), level in any::<i32>(), tags in proptest::collection::vec("[a-z]{0,8}", 0..4)) {
        let mine = Mine { name: &name, level, tags: tags.clone(), nested: Nested { ok: level > 0, none: None } };
        let claims = ClaimsSet::new().subject("4242").expires_at(NumericDate::from_secs(4_102_444_800));
        through(&Header::new(), &claims.with(&mine), &hs256(), &hs256(), |read| {
            let mut expected = serde_json::to_value(&mine).unwrap();
            expected.as_object_mut().unwrap().insert("sub".into(), "4242".into());
            expected.as_object_mut().unwrap().insert("exp".into(), 4_102_444_800_u64.into());
            assert_eq!(serde_json::from_str::<Value>(read.json()).unwrap(), expected);
            let owned: Owned = read.custom_with(&mut vec![0; read.json().len() * 2]).unwrap();
            assert_eq!((owned.name.as_str(), owned.level), (&*name, level));
        });
    }

    #[test]
    fn bytes_of_any_kind(payload in proptest::collection::vec(any::<u8>(), 1..300)) {
        let mut out = [0; 1024];
        let token = sign(&Header::new(), &Bytes(&payload), &hs256(), &mut out).unwrap();
        let mut scratch = [0; 1024];
        let verified = UnverifiedToken::parse(token).unwrap().verify(&hs256(), &mut scratch).unwrap();
        prop_assert_eq!(verified.payload(), payload);
    }

    #[test]
    fn a_change_of_any_character_is_noticed(at in any::<proptest::sample::Index>(), character in "[A-Za-z0-9_.-]") {
        let token = sign(&Header::new(), &JsonClaims("{\"sub\":\"4242\"}"), &hs256(), &mut [0; 256]).unwrap().to_owned();
        let mut changed = token.clone();
        let at = at.index(token.len());
        changed.replace_range(at..=at, &character);
        prop_assume!(changed != token);
        let mut scratch = [0; 256];
        let result = UnverifiedToken::parse(&changed).map_err(Into::into).and_then(|token| token.verify(&hs256(), &mut scratch));
        prop_assert!(result.is_err(), "{}", changed);
    }
}

#[test]
fn every_hmac_algorithm() {
    let secret = [7; 64];
    let (hs256, hs384, hs512) = (
        HmacKey::<Hs256>::new(&secret).unwrap(),
        HmacKey::<Hs384>::new(&secret).unwrap(),
        HmacKey::<Hs512>::new(&secret).unwrap(),
    );
    let keys: [(&dyn Signer, &dyn Verifier); 3] = [(&hs256, &hs256), (&hs384, &hs384), (&hs512, &hs512)];
    for (signer, verifier) in keys {
        through(&Header::new(), &ClaimsSet::new().subject("José"), signer, verifier, |read| {
            assert_eq!(read.header().algorithm(), Some(verifier.algorithm()));
        });
    }
}

#[test]
fn borrowed_claims_with_and_without_escapes() {
    #[derive(Deserialize, Debug, PartialEq)]
    struct Borrowed<'a> {
        name: &'a str,
        nickname: Option<&'a str>,
    }

    through(
        &Header::new(),
        &JsonClaims(r#"{"name":"José","x":[1,{"y":"z"}]}"#),
        &hs256(),
        &hs256(),
        |read| {
            assert_eq!(read.custom(), Ok(Borrowed { name: "José", nickname: None }));
        },
    );
    let escaped = r#"{"x":"a\"b}","name":"Jos\u00e9 \ud83d\ude00","nickname":"J\u0065ss"}"#;
    through(&Header::new(), &JsonClaims(escaped), &hs256(), &hs256(), |read| {
        assert_eq!(read.custom::<Borrowed<'_>>(), Err(CustomClaimsError::EscapedString));
        let mut buffer = [0; 256];
        assert_eq!(read.custom_with(&mut buffer), Ok(Borrowed { name: "José 😀", nickname: Some("Jess") }));
        assert_eq!(read.custom_with::<Borrowed<'_>>(&mut [0; 16]), Err(CustomClaimsError::BufferTooSmall));
    });
    for not_mine in ["{}", r#"{"name":1}"#, r#"{"name":null}"#, r#"{"name":["Jess"]}"#] {
        through(&Header::new(), &JsonClaims(not_mine), &hs256(), &hs256(), |read| {
            assert_eq!(read.custom::<Borrowed<'_>>(), Err(CustomClaimsError::Mismatch), "{not_mine}");
        });
    }
}

#[test]
fn typed_claims_that_are_no_members_or_double_ones_are_not_signed() {
    #[derive(Serialize)]
    struct Subject {
        sub: &'static str,
    }
    #[derive(Serialize)]
    struct Expiry {
        exp: &'static str,
    }
    #[derive(Serialize)]
    struct Empty {}

    let mut out = [0; 256];
    let mut code = |payload: &dyn Payload| {
        sign(&Header::new(), payload, &hs256(), &mut out).map(|_| ()).map_err(|e| e.code())
    };
    let plain = ClaimsSet::new();
    assert_eq!(code(&plain.with(&Empty {})), Ok(()));
    assert_eq!(code(&plain.subject("a").with(&Empty {})), Ok(()));
    assert_eq!(code(&plain.with(&Subject { sub: "a" })), Ok(()));
    assert_eq!(code(&plain.subject("a").with(&Subject { sub: "a" })), Err("json_duplicate_name"));
    assert_eq!(code(&plain.extra("{\"sub\":1}").with(&Subject { sub: "a" })), Err("json_duplicate_name"));
    assert_eq!(code(&plain.extra("{\"s\\u0075b\":\"a\"}").subject("a")), Err("json_duplicate_name"));
    assert_eq!(code(&plain.with(&Expiry { exp: "soon" })), Err("exp_wrong_type"));
    assert_eq!(code(&plain.with(&[1, 2])), Err("claims_not_serializable"));
    assert_eq!(code(&plain.with(&"text")), Err("claims_not_serializable"));
    assert_eq!(code(&plain.with(&7)), Err("claims_not_serializable"));
    assert_eq!(code(&plain.with(&())), Err("claims_not_serializable"));
    assert_eq!(code(&plain.expires_at(NumericDate::from_secs(-1))), Err("exp_out_of_range"));
}

/// Where there is no room for claims, they are not called wrong.
#[test]
fn typed_claims_into_any_buffer_make_a_token_or_say_that_it_is_too_short() {
    #[derive(Serialize)]
    struct Level {
        level: u32,
    }
    let claims = ClaimsSet::new().subject("a");
    let claims = claims.with(&Level { level: 1_000_000 });
    let whole = sign(&Header::new(), &claims, &hs256(), &mut [0; 256]).unwrap().len();
    for len in 0..whole + 2 {
        let mut out = vec![0xa5; len];
        match sign(&Header::new(), &claims, &hs256(), &mut out).map(str::len) {
            Ok(written) => assert!(written == whole && len >= whole, "{len} of {whole}"),
            Err(SignError::BufferTooSmall { needed }) => {
                assert!(len < needed && needed <= whole, "{len}: {needed}");
            }
            Err(error) => panic!("{len} of {whole}: {error}"),
        }
    }
}

/// The length is known before anything is signed.
#[test]
fn token_len_is_the_length_of_the_token() {
    for payload in ["{}", "{\"a\":1}", "{\"sub\":\"4242\"}"] {
        for header in [
            Header::new(),
            Header::new().kid("José \"").cty("x"),
            Header::new().extra("{\"x\":[1]}").without_typ(),
        ] {
            let mut out = [0; 512];
            let token = sign(&header, &JsonClaims(payload), &hs256(), &mut out).unwrap();
            assert_eq!(jwt_core::token_len(&header, Algorithm::HS256, payload.len(), 32), Ok(token.len()));
        }
    }
}

#[cfg(feature = "alloc")]
mod rsa_keys {
    use super::*;
    use crate::keys::rng::{Broken, Counter, Stuck};
    use jwt_core::{
        Bits2048, Bits3072, Bits4096, DeterministicRsaAlgorithm, KeyError, Rs256, Rs384, Rs512,
        RsaSigningKey, RsaVerifyingKey,
    };

    #[test]
    fn every_algorithm_and_size() {
        sizes::<Rs256>();
        sizes::<Rs384>();
        sizes::<Rs512>();
    }

    fn sizes<A: DeterministicRsaAlgorithm>() {
        let [small, middle, large] = [
            (keys::RSA_2048_PRIVATE, keys::RSA_2048_PUBLIC),
            (keys::RSA_3072_PRIVATE, keys::RSA_3072_PUBLIC),
            (keys::RSA_4096_PRIVATE, keys::RSA_4096_PUBLIC),
        ]
        .map(|(private, public)| {
            (RsaSigningKey::<A>::from_pkcs8_der(&keys::der(private)).unwrap(), keys::der(public))
        });
        let claims = ClaimsSet::new().subject("José");
        let public = RsaVerifyingKey::<A, Bits2048>::from_spki_der(&small.1).unwrap();
        through(&Header::new(), &claims, &small.0, &public, |_| ());
        through(&Header::new(), &claims, &small.0, &small.0.verifying_key::<Bits4096>().unwrap(), |_| ());
        let public = RsaVerifyingKey::<A, Bits3072>::from_spki_der(&middle.1).unwrap();
        through(&Header::new(), &claims, &middle.0, &public, |_| ());
        let public = RsaVerifyingKey::<A, Bits4096>::from_spki_der(&large.1).unwrap();
        through(&Header::new(), &claims, &large.0, &public, |_| ());
        assert!(matches!(middle.0.verifying_key::<Bits2048>(), Err(KeyError::Modulus(_))));
        assert_eq!([small.0.modulus_len(), middle.0.modulus_len(), large.0.modulus_len()], [256, 384, 512]);
    }

    #[test]
    fn another_key_does_not_verify() {
        let token = sign(&Header::new(), &JsonClaims("{}"), &key(), &mut [0; 1024]).unwrap().to_owned();
        let other =
            RsaVerifyingKey::<Rs256, Bits3072>::from_spki_der(&keys::der(keys::RSA_3072_PUBLIC)).unwrap();
        let error = UnverifiedToken::parse(&token).unwrap().verify(&other, &mut [0; 1024]).unwrap_err();
        assert_eq!(error.code(), "invalid_signature");
    }

    #[test]
    fn damaged_private_keys_do_not_load() {
        let der = keys::der(keys::RSA_2048_PRIVATE);
        let loads = |der: &[u8]| RsaSigningKey::<Rs256>::from_pkcs8_der(der);
        assert!(loads(&der).is_ok());
        assert_eq!(loads(&keys::der(keys::RSA_2048_PUBLIC)).err(), Some(KeyError::Der));
        for len in [0, 1, 2, 30, der.len().saturating_sub(1)] {
            assert_eq!(loads(der.get(..len).unwrap()).err(), Some(KeyError::Der), "{len}");
        }
        assert_eq!(loads(&[&der[..], b"\n"].concat()).err(), Some(KeyError::Der));
        // One bit in the modulus, in the private exponent, in a prime.
        for at in [100, 450, 620, 760] {
            let mut damaged = der.clone();
            *damaged.get_mut(at).unwrap() ^= 0x04;
            assert_eq!(loads(&damaged).err(), Some(KeyError::InconsistentPrivateKey), "{at}");
        }
    }

    #[test]
    fn blinding_changes_nothing_but_the_timing() {
        let key = key();
        let plain = sign(&Header::new(), &JsonClaims("{}"), &key, &mut [0; 1024]).unwrap().to_owned();
        let mut out = [0; 1024];
        let blinded = sign(&Header::new(), &JsonClaims("{}"), &key.blinded(Counter(1)), &mut out).unwrap();
        assert_eq!(blinded, plain);
    }

    #[test]
    fn a_generator_that_fails_or_is_stuck_is_an_error() {
        let key = key();
        let results = [
            sign(&Header::new(), &JsonClaims("{}"), &key.blinded(Broken), &mut [0; 1024]).map(|_| ()),
            sign(&Header::new(), &JsonClaims("{}"), &key.blinded(Stuck(0x00)), &mut [0; 1024]).map(|_| ()),
            sign(&Header::new(), &JsonClaims("{}"), &key.blinded(Stuck(0xff)), &mut [0; 1024]).map(|_| ()),
        ];
        assert_eq!(results, [Err(SignError::Rng); 3]);
        let mut out = [0xa5; 1024];
        assert!(sign(&Header::new(), &JsonClaims("{}"), &key.blinded(Broken), &mut out).is_err());
        assert_eq!(out, [0; 1024]);
    }

    fn key() -> RsaSigningKey<Rs256> {
        RsaSigningKey::from_pkcs8_der(&keys::der(keys::RSA_2048_PRIVATE)).unwrap()
    }
}

#[derive(Debug, Serialize)]
struct Mine<'a> {
    name: &'a str,
    level: i32,
    tags: Vec<String>,
    nested: Nested,
}

#[derive(Debug, Serialize)]
struct Nested {
    ok: bool,
    none: Option<u8>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Owned {
    #[serde(deserialize_with = "owned")]
    name: String,
    level: i32,
}

/// Owned without an allocator's help: what comes as a `&str`, decoded, is copied.
fn owned<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Visitor;
    impl serde::de::Visitor<'_> for Visitor {
        type Value = String;
        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str("a string")
        }
        fn visit_str<E>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }
    }
    deserializer.deserialize_str(Visitor)
}

/// Objects of strings, numbers and nesting, without registered names.
fn object() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        any::<String>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    let value = scalar.prop_recursive(4, 20, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    proptest::collection::hash_map("[A-Z\"\\\\\u{0}-\u{1f}é😀]{0,6}", value, 0..6)
        .prop_map(|members| Value::Object(members.into_iter().collect()))
}

/// Signs, verifies and validates, and hands what comes out to `look`.
fn through<P: Payload + ?Sized, K: Signer + ?Sized, V: Verifier + ?Sized>(
    header: &Header<'_>,
    payload: &P,
    signer: &K,
    public: &V,
    look: impl FnOnce(&ValidClaims<'_>),
) {
    let mut out = vec![0; 100_000];
    let token = sign(header, payload, signer, &mut out).unwrap();
    let mut scratch = vec![0; token.len()];
    let verified = UnverifiedToken::parse(token).unwrap().verify(public, &mut scratch).unwrap();
    look(&verified.validate(&ANY, Now::Unknown).unwrap());
}

fn hs256() -> HmacKey<Hs256> {
    HmacKey::new(b"a secret of thirty-two bytes, ok").unwrap()
}
