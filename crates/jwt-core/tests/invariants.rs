//! The invariants of the design, each with a test that fails when it is broken. The number in a test's name is that of
//! the invariant.

#![cfg(feature = "hmac")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]

#[cfg(feature = "rsa")]
mod keys;

use core::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{
    Algorithm, Bytes, ClaimError, ClaimReport, ClaimsSet, Error, Header, HmacKey, Hs256, Hs384, Hs512,
    InvalidSignature, JsonClaims, KeyError, MAX_HEADER_LEN, MAX_TOKEN_LEN, Now, NumericDate, Payload,
    RegisteredClaim, SignError, Signer, UnverifiedToken, Validation, Verifier, VerifyError, begin_sign,
    dangerous, json, sign,
};
use proptest::prelude::*;

const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";
const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));

#[test]
fn invariant_1_no_std_no_heap_no_unsafe() {
    let sources = sources();
    let crate_root = &sources.iter().find(|(path, _)| path == "lib.rs").unwrap().1;
    assert!(crate_root.starts_with("#![no_std]\n#![forbid(unsafe_code)]\n"));
    for (path, source) in &sources {
        // Where there are unit tests, they come last.
        let product =
            if source.contains("mod tests") { source.split("#[cfg(test)]").next().unwrap() } else { source };
        let test_only = path.ends_with("tests.rs");
        for word in ["extern crate alloc", "alloc::", "std::", "unsafe "] {
            let is_the_exception = path == "key/rsa/signing.rs" && word.contains("alloc");
            assert!(test_only || is_the_exception || !product.contains(word), "{path}: {word}");
        }
    }
    assert!(sources.len() > 20, "{}", sources.len());
}

#[test]
fn invariant_2_limits_hold_and_name_themselves() {
    let too_long = UnverifiedToken::parse(&"A".repeat(MAX_TOKEN_LEN + 1)).unwrap_err();
    assert!(too_long.to_string().contains(&MAX_TOKEN_LEN.to_string()), "{too_long}");
    let header = UnverifiedToken::parse(&format!("{}.A.A", "A".repeat(MAX_HEADER_LEN + 1))).unwrap_err();
    assert!(header.to_string().contains(&MAX_HEADER_LEN.to_string()), "{header}");

    let nested = format!("{{\"x\":{}{}}}", "[".repeat(json::MAX_DEPTH), "]".repeat(json::MAX_DEPTH));
    let members: Vec<String> = (0..=json::MAX_MEMBERS).map(|index| format!("\"{index}\":0")).collect();
    let members = format!("{{{}}}", members.join(","));
    for (payload, limit) in [(nested, json::MAX_DEPTH), (members, json::MAX_MEMBERS)] {
        let error = validate(payload.as_bytes(), &Validation::new(), NOW).unwrap_err();
        assert!(error.to_string().contains(&format!("limit of {limit} ")), "{error}");
    }

    let mut out = vec![0; MAX_TOKEN_LEN * 2];
    let error = sign(&Header::new(), &Bytes(&vec![b'x'; MAX_TOKEN_LEN]), &hs256(), &mut out).unwrap_err();
    assert!(error.to_string().contains(&MAX_TOKEN_LEN.to_string()), "{error}");
}

/// A token is signed up to the last byte that its limits allow.
#[test]
fn invariant_2_what_is_at_a_limit_is_signed_and_read() {
    let mut out = vec![0; MAX_TOKEN_LEN * 2];
    let mut try_sign = |kid: usize, payload: usize| {
        let kid = "k".repeat(kid);
        let header = if kid.is_empty() { Header::new() } else { Header::new().kid(&kid) };
        let token = sign(&header.without_typ(), &Bytes(&vec![b'x'; payload]), &hs256(), &mut out)?;
        let (header, _) = token.split_once('.').unwrap();
        let lengths = (header.len(), token.len());
        verify(token, &hs256()).unwrap();
        Ok::<_, SignError>(lengths)
    };
    // `{"alg":"HS256","kid":""}` is 24 bytes.
    let kid = MAX_HEADER_LEN / 4 * 3 - 24;
    assert_eq!(try_sign(kid, 1).unwrap().0, MAX_HEADER_LEN);
    let error = SignError::HeaderTooLong { len: MAX_HEADER_LEN + 2 };
    assert_eq!(try_sign(kid + 1, 1), Err(error));
    // Twenty characters of header, two dots, 43 of signature.
    let payload = (MAX_TOKEN_LEN - 65) / 4 * 3 + 2;
    assert_eq!(try_sign(0, payload).unwrap().1, MAX_TOKEN_LEN);
    assert_eq!(try_sign(0, payload + 1), Err(SignError::TooLong { len: MAX_TOKEN_LEN + 1 }));
}

/// What is signed can be read: a limit of the reader is a limit of the writer.
#[test]
fn invariant_2_what_is_over_a_limit_is_not_signed() {
    let mut out = vec![0; MAX_TOKEN_LEN * 2];
    let kid = "k".repeat(MAX_HEADER_LEN);
    let mut unreadable = Vec::new();
    for (what, header, payload) in [
        ("header over its limit", Header::new().kid(&kid), &br#"{"exp":4102444800}"#[..]),
        ("empty payload", Header::new(), b""),
    ] {
        if let Ok(token) = sign(&header, &Bytes(payload), &hs256(), &mut out)
            && let Err(error) = UnverifiedToken::parse(token)
        {
            unreadable.push((what, error.code()));
        }
    }
    assert_eq!(unreadable, []);
}

/// A date before 1970 is refused by the reader, whichever of them it is.
#[test]
fn invariant_2_no_date_that_cannot_be_read_is_signed() {
    let set = ClaimsSet::new();
    let (before, epoch) = (NumericDate::new(-1, 999_999_999), secs(0));
    for (claims, code) in [
        (set.expires_at(before).not_before(epoch).issued_at(epoch), Err("exp_out_of_range")),
        (set.expires_at(epoch).not_before(before).issued_at(epoch), Err("nbf_out_of_range")),
        (set.expires_at(epoch).not_before(epoch).issued_at(before), Err("iat_out_of_range")),
        (set.expires_at(epoch).not_before(epoch).issued_at(epoch), Ok(())),
    ] {
        let result = sign(&Header::new(), &claims, &hs256(), &mut [0; 256]).map(|_| ());
        assert_eq!(result.map_err(|error| error.code()), code);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn invariant_2_no_bytes_panic(token in proptest::collection::vec(any::<u8>(), 0..200)) {
        exercise(&token);
    }

    #[test]
    fn invariant_2_no_near_token_panics(token in "[A-Za-z0-9_=+/ \n-]{0,30}(\\.[A-Za-z0-9_-]{0,30}){0,6}") {
        exercise(token.as_bytes());
    }

    #[test]
    fn invariant_2_no_signed_bytes_panic(
        header in proptest::collection::vec(any::<u8>(), 0..60),
        payload in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        exercise(signed(&header, &payload).as_bytes());
        exercise(signed(br#"{"alg":"HS256"}"#, &payload).as_bytes());
    }

    #[test]
    fn invariant_2_no_signed_near_json_panics(
        member in r#"[\[\]{}":,\\u0-9a-f.eE+ -]{0,40}"#,
        claim in proptest::sample::select(&["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "x"][..]),
    ) {
        exercise(signed(br#"{"alg":"HS256"}"#, format!("{{\"{claim}\":{member}}}").as_bytes()).as_bytes());
        exercise(signed(format!("{{\"alg\":\"HS256\",\"crit\":{member}}}").as_bytes(), b"{}").as_bytes());
    }

    #[test]
    fn invariant_2_no_number_panics(number in "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,25})?") {
        for claim in ["exp", "nbf", "iat"] {
            exercise(signed(br#"{"alg":"HS256"}"#, format!("{{\"{claim}\":{number}}}").as_bytes()).as_bytes());
        }
    }
}

#[test]
fn invariant_3_the_signature_comes_before_the_payload() {
    let valid = signed(br#"{"alg":"HS256"}"#, b"not JSON");
    let forged =
        |payload: &str| format!("eyJhbGciOiJIUzI1NiJ9.{payload}.{}", URL_SAFE_NO_PAD.encode([0; 32]));
    // No claim is looked at, however bad.
    for payload in ["not JSON", "{\"exp\":0}", "\u{feff}{}", "[[[["] {
        let error = verify(&forged(&URL_SAFE_NO_PAD.encode(payload)), &hs256()).unwrap_err();
        assert_eq!(error, VerifyError::InvalidSignature, "{payload}");
    }
    // A payload that cannot have been signed in this spelling is called malformed, and that is all that is said of it.
    assert_eq!(verify(&forged("e30="), &hs256()).unwrap_err().code(), "base64_padding");
    verify(&valid, &hs256()).unwrap();
}

#[test]
fn invariant_3_nothing_of_the_payload_is_decoded_when_the_signature_is_checked() {
    const MARK: u8 = 0xa5;

    /// A verifier that leaves the scratch buffer as it found it: by unwinding.
    struct Interrupting;
    impl Verifier for Interrupting {
        fn algorithm(&self) -> Algorithm {
            Algorithm::HS256
        }
        fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
            std::panic::resume_unwind(Box::new(()))
        }
    }

    let payload = [b'p'; 300];
    let token = signed(br#"{"alg":"HS256"}"#, &payload);
    let mut scratch = [MARK; 400];
    let unwound = std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| {
        UnverifiedToken::parse(&token).unwrap().verify(&Interrupting, &mut scratch).map(|_| ())
    }));
    assert!(unwound.is_err());
    // The header and the signature, and not a byte more.
    assert_eq!(&scratch[..15], br#"{"alg":"HS256"}"#);
    assert!(scratch[15 + 32..].iter().all(|&byte| byte == MARK));
}

#[test]
fn invariant_9_a_token_that_is_refused_leaves_nothing_in_the_scratch_buffer() {
    let token = signed(br#"{"alg":"HS256"}"#, &[b'p'; 300]);
    let mut scratch = [0xa5; 400];
    let other = HmacKey::<Hs256>::new(b"another secret of 32 bytes, okay").unwrap();
    assert!(UnverifiedToken::parse(&token).unwrap().verify(&other, &mut scratch).is_err());
    // What was needed is wiped, what was not is untouched.
    let (used, unused) = scratch.split_at(15 + 300);
    assert!(used.iter().all(|&byte| byte == 0));
    assert!(unused.iter().all(|&byte| byte == 0xa5));
}

#[test]
fn invariant_3_the_key_is_not_asked_about_a_header_that_is_refused() {
    struct Counting(Cell<u32>);
    impl Verifier for Counting {
        fn algorithm(&self) -> Algorithm {
            Algorithm::HS256
        }
        fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
            self.0.set(self.0.get() + 1);
            Ok(())
        }
    }
    let key = Counting(Cell::new(0));
    for header in [
        "{}",
        r#"{"alg":"none"}"#,
        r#"{"alg":"RS256"}"#,
        r#"{"alg":"HS256","crit":["x"],"x":1}"#,
        r#"{"alg":"HS256","enc":"A128GCM"}"#,
        r#"{"alg":"HS256","alg":"HS256"}"#,
        "not JSON",
    ] {
        assert!(verify(&signed(header.as_bytes(), b"{}"), &key).is_err(), "{header}");
    }
    assert_eq!(key.0.get(), 0);
    verify(&signed(br#"{"alg":"HS256"}"#, b"{}"), &key).unwrap();
    assert_eq!(key.0.get(), 1);
}

#[test]
fn invariant_4_the_key_decides_the_algorithm() {
    let secret = [7; 64];
    let (hs256, hs384, hs512) = (
        HmacKey::<Hs256>::new(&secret).unwrap(),
        HmacKey::<Hs384>::new(&secret).unwrap(),
        HmacKey::<Hs512>::new(&secret).unwrap(),
    );
    // The same secret, a token honestly signed with it, and another of its algorithms.
    let signers: [&dyn Signer; 3] = [&hs256, &hs384, &hs512];
    let verifiers: [&dyn Verifier; 3] = [&hs256, &hs384, &hs512];
    for signer in signers {
        let mut out = [0; 512];
        let token = sign(&Header::new(), &Bytes(b"{}"), signer, &mut out).unwrap();
        for verifier in verifiers {
            let result = verify(token, verifier);
            if verifier.algorithm() == signer.algorithm() {
                assert_eq!(result, Ok(()));
            } else {
                let (expected, found) = (verifier.algorithm(), signer.algorithm());
                assert_eq!(result, Err(VerifyError::AlgorithmMismatch { expected, found }));
            }
        }
    }
}

#[test]
fn invariant_4_there_is_no_none() {
    for name in ["none", "None", "NONE", ""] {
        assert!(name.parse::<Algorithm>().is_err());
        let header = format!("{{\"alg\":\"{name}\"}}");
        let error = verify(&signed(header.as_bytes(), b"{}"), &hs256()).unwrap_err();
        assert_eq!(error.code(), "unknown_algorithm");
    }
    assert!(Algorithm::ALL.iter().all(|algorithm| !algorithm.name().eq_ignore_ascii_case("none")));
}

#[test]
fn invariant_4_weak_and_empty_secrets() {
    fn weak<A: jwt_core::HmacAlgorithm>(min: usize) {
        for len in [1, min - 1] {
            assert_eq!(HmacKey::<A>::new(&vec![7; len]).err(), Some(KeyError::KeyTooShort { len, min }));
            assert!(HmacKey::<A>::new_allowing_weak(&vec![7; len]).is_ok());
        }
        assert!(HmacKey::<A>::new(&vec![7; min]).is_ok());
        let blanks = [b" ".repeat(64), b"\n".repeat(64)];
        for empty in [&b""[..], b"\n", b"\r\n", b" \t\n", &blanks[0], &blanks[1]] {
            assert_eq!(HmacKey::<A>::new(empty).err(), Some(KeyError::EmptySecret));
            assert_eq!(HmacKey::<A>::new_allowing_weak(empty).err(), Some(KeyError::EmptySecret));
        }
        assert_eq!(HmacKey::<A>::from_base64url("").err(), Some(KeyError::EmptySecret));
        assert_eq!(HmacKey::<A>::from_base64url("Cg").err(), Some(KeyError::EmptySecret));
        assert_eq!(HmacKey::<A>::from_base64url("AAAA").err(), Some(KeyError::KeyTooShort { len: 3, min }));
        for not_base64url in ["AA==", "A", "AAA A", "AA+/", "AB", "\nAAAA", "AAAA "] {
            assert_eq!(
                HmacKey::<A>::from_base64url(not_base64url).err(),
                Some(KeyError::Base64),
                "{not_base64url}"
            );
        }
        assert!(HmacKey::<A>::from_base64url(&"A".repeat(512 / 3 * 4 + 3)).is_ok());
        assert_eq!(HmacKey::<A>::from_base64url(&"A".repeat(512 / 3 * 4 + 4)).err(), Some(KeyError::TooLong));
    }
    weak::<Hs256>(32);
    weak::<Hs384>(48);
    weak::<Hs512>(64);
}

/// One line break too many is white space, not base64url.
#[test]
fn invariant_12_a_secret_in_base64url_has_one_spelling() {
    let secret = URL_SAFE_NO_PAD.encode(SECRET);
    assert!(HmacKey::<Hs256>::from_base64url(&secret).is_ok());
    for end in ["\n", "\r\n", "\r", "\n\n", " ", "="] {
        let found = HmacKey::<Hs256>::from_base64url(&format!("{secret}{end}")).err();
        assert_eq!(found, Some(KeyError::Base64), "{end:?}");
    }
}

#[cfg(feature = "rsa")]
#[test]
fn invariant_4_weak_rsa_keys() {
    use jwt_core::{Bits2048, ModulusError, Rs256, RsaVerifyingKey};

    let short = KeyError::Modulus(ModulusError::TooShort { bits: 1024 });
    let public = keys::der(keys::RSA_1024_PUBLIC);
    assert_eq!(RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(&public).err(), Some(short));
    // The modulus stands behind 29 bytes of DER.
    let modulus = &public[29..29 + 128];
    assert_eq!(RsaVerifyingKey::<Rs256, Bits2048>::from_components(modulus, &[1, 0, 1]).err(), Some(short));
    assert!(RsaVerifyingKey::<Rs256, Bits2048>::from_components_allowing_weak(modulus, &[1, 0, 1]).is_ok());
    #[cfg(feature = "alloc")]
    {
        let private = keys::der(keys::RSA_1024_PRIVATE);
        assert_eq!(jwt_core::RsaSigningKey::<Rs256>::from_pkcs8_der(&private).err(), Some(short));
    }
}

#[test]
fn invariant_5_a_key_in_the_header_is_not_trusted() {
    // The attacker's own secret, in every place where a header can carry a key or say where one lies.
    let attacker = HmacKey::<Hs256>::new(&[1; 32]).unwrap();
    let jwk = format!(r#"{{"kty":"oct","k":"{}"}}"#, URL_SAFE_NO_PAD.encode([1; 32]));
    for extra in [
        format!(r#"{{"jwk":{jwk}}}"#),
        format!(
            r#"{{"jwk":{jwk},"jku":"https://attacker.example/jwks.json","x5u":"https://attacker.example/x.pem"}}"#
        ),
        String::from(r#"{"x5c":["MIIB"],"x5t":"AA","x5t#S256":"AA"}"#),
    ] {
        let mut out = [0; 512];
        let token =
            sign(&Header::new().kid("../../dev/null").extra(&extra), &Bytes(b"{}"), &attacker, &mut out);
        assert_eq!(verify(token.unwrap(), &hs256()).unwrap_err(), VerifyError::InvalidSignature, "{extra}");
    }
}

#[test]
fn invariant_5_unknown_crit_rejects() {
    let token = signed(br#"{"alg":"HS256","crit":["http://example.com/x"],"http://example.com/x":1}"#, b"{}");
    assert_eq!(verify(&token, &hs256()).unwrap_err().code(), "unsupported_crit");
    // A name of no characters is one as well.
    let token = signed(br#"{"alg":"HS256","crit":[""],"":1}"#, b"{}");
    assert_eq!(verify(&token, &hs256()).unwrap_err().code(), "unsupported_crit");
    // As many names as may be are looked at one by one.
    for (count, code) in [(16, "unsupported_crit"), (17, "invalid_crit")] {
        let names: Vec<String> = (0..count).map(|index| format!("\"x{index}\"")).collect();
        let header = format!("{{\"alg\":\"HS256\",\"crit\":[{}],{}:1}}", names.join(","), names.join(":1,"));
        assert_eq!(verify(&signed(header.as_bytes(), b"{}"), &hs256()).unwrap_err().code(), code, "{count}");
    }
    for extra in [r#"{"crit":["x"],"x":1}"#, r#"{"crit":[]}"#, r#"{"b64":false}"#, r#"{"enc":"A128GCM"}"#] {
        let result = sign(&Header::new().extra(extra), &Bytes(b"{}"), &hs256(), &mut [0; 512]).map(|_| ());
        assert!(
            matches!(result, Err(SignError::Header(_))),
            "{extra}: it would not be verified here, so it is not signed"
        );
    }
}

#[test]
fn invariant_6_configured_means_required() {
    let none = Validation::new().allow_missing_exp();
    let policies: [(&str, Validation<'_>, &str, &str); 8] = [
        ("iss", none.issuer("a"), "missing_claim", "issuer_wrong_type"),
        ("iss", none.issuers(&["b", "a"]), "missing_claim", "issuer_wrong_type"),
        ("sub", none.subject("a"), "missing_claim", "subject_wrong_type"),
        ("aud", none.audience("a"), "missing_claim", "audience_wrong_type"),
        ("aud", none.audiences(&["b", "a"]), "missing_claim", "audience_wrong_type"),
        ("aud", none.audience("a").any_audience(), "missing_claim", "audience_wrong_type"),
        ("jti", none.require(&["jti"]), "missing_claim", "jti_wrong_type"),
        ("role", none.require(&["role"]), "missing_claim", "missing_claim"),
    ];
    for (claim, policy, when_absent, when_null) in policies {
        let code = |payload: &str| validate(payload.as_bytes(), &policy, NOW).err().map(|error| error.code());
        assert_eq!(code("{}"), Some(when_absent), "{claim}");
        assert_eq!(code(&format!(r#"{{"{claim}":null}}"#)), Some(when_null), "{claim}");
        assert_eq!(code(&format!(r#"{{"{claim}":"a"}}"#)), None, "{claim}");
        assert_eq!(
            code(&format!(r#"{{"x":{{"{claim}":"a"}}}}"#)),
            Some(when_absent),
            "{claim}: not at the top"
        );
    }

    let typ = none.typ("at+jwt");
    for (header, code) in [
        (r#"{"alg":"HS256"}"#, Some("missing_typ")),
        (r#"{"alg":"HS256","typ":"JWT"}"#, Some("typ_mismatch")),
        (r#"{"alg":"HS256","typ":"at+jwt2"}"#, Some("typ_mismatch")),
        (r#"{"alg":"HS256","typ":"text/at+jwt"}"#, Some("typ_mismatch")),
        (r#"{"alg":"HS256","typ":"at+jwt"}"#, None),
        (r#"{"alg":"HS256","typ":"application/AT+JWT"}"#, None),
    ] {
        let token = signed(header.as_bytes(), b"{}");
        let mut scratch = [0; 256];
        let verified = UnverifiedToken::parse(&token).unwrap().verify(&hs256(), &mut scratch).unwrap();
        assert_eq!(verified.validate(&typ, NOW).err().map(|error| error.code()), code, "{header}");
    }
}

#[test]
fn invariant_6_exp_and_aud_without_configuration() {
    let code = |payload: &str, policy: Validation<'_>| {
        validate(payload.as_bytes(), &policy, NOW).err().map(|error| error.code())
    };
    let default = Validation::default();
    assert_eq!(default, Validation::new());
    assert_eq!(code("{}", default), Some("missing_claim"));
    assert_eq!(code("{}", default.allow_missing_exp()), None);
    assert_eq!(code("{}", default.allow_missing_exp().require(&["exp"])), Some("missing_claim"));
    assert_eq!(code(r#"{"exp":1790000000}"#, default), Some("expired"));
    assert_eq!(code(r#"{"exp":1790000001}"#, default), None);
    assert_eq!(code(r#"{"exp":1790000000}"#, default.leeway_secs(1)), None);
    assert_eq!(code(r#"{"nbf":1790000001,"exp":1790000009}"#, default), Some("not_yet_valid"));
    assert_eq!(code(r#"{"aud":"a","exp":1790000001}"#, default), Some("unexpected_audience"));
    assert_eq!(code(r#"{"aud":"a","exp":1790000001}"#, default.any_audience()), None);
    assert_eq!(code(r#"{"iat":9e18,"exp":1790000001}"#, default), None);
}

/// The table in the documentation of [`Now`], and its edges.
#[test]
fn invariant_7_time_is_known_or_bounded_or_unknown() {
    const T: i64 = 1000;
    let base = Validation::new().allow_missing_exp();
    let (aged, future) = (base.max_age_secs(10), base.reject_future_iat());
    // A payload, a policy, and the verdict at 1000, at 1000 or later, and without a clock.
    let cases = [
        (r#"{"exp":999}"#, base, ["expired", "expired", "unproven_time"]),
        (r#"{"exp":1000}"#, base, ["expired", "expired", "unproven_time"]),
        (r#"{"exp":1001}"#, base, ["", "unproven_time", "unproven_time"]),
        (r#"{"exp":1000}"#, base.leeway_secs(1), ["", "unproven_time", "unproven_time"]),
        (r#"{"nbf":1000}"#, base, ["", "", "unproven_time"]),
        (r#"{"nbf":1001}"#, base, ["not_yet_valid", "unproven_time", "unproven_time"]),
        (r#"{"nbf":1001}"#, base.leeway_secs(1), ["", "", "unproven_time"]),
        (r#"{"iat":990}"#, aged, ["", "unproven_time", "unproven_time"]),
        (r#"{"iat":989}"#, aged, ["too_old", "too_old", "unproven_time"]),
        (r#"{"iat":1000}"#, future, ["", "", "unproven_time"]),
        (r#"{"iat":1001}"#, future, ["issued_in_future", "unproven_time", "unproven_time"]),
        (r#"{"iat":1001}"#, base, ["", "", ""]),
        ("{}", base, ["", "", ""]),
    ];
    for (payload, policy, verdicts) in cases {
        let times = [Now::At(secs(T)), Now::AtLeast(secs(T)), Now::Unknown];
        for (now, verdict) in times.into_iter().zip(verdicts) {
            let code = |policy: &Validation<'_>| {
                validate(payload.as_bytes(), policy, now).err().map_or("", |e| e.code())
            };
            assert_eq!(code(&policy), verdict, "{payload} {now:?}");
            // Opting out forgives what cannot be decided, and nothing that can.
            let forgiven = if verdict == "unproven_time" { "" } else { verdict };
            assert_eq!(code(&policy.accept_unproven_time()), forgiven, "{payload} {now:?}");
        }
    }
}

#[test]
fn invariant_7_nothing_wraps_at_the_ends_of_time() {
    let base = Validation::new()
        .allow_missing_exp()
        .max_age_secs(u64::MAX)
        .leeway_secs(u64::MAX)
        .reject_future_iat();
    let strict = Validation::new().allow_missing_exp().max_age_secs(0).reject_future_iat();
    for value in ["0", "9223372036854775807", "9223372036854775807.9999999999"] {
        let payload = format!(r#"{{"exp":{value},"nbf":{value},"iat":{value}}}"#);
        for now in [secs(i64::MIN + 1), secs(0), secs(i64::MAX), NumericDate::MAX] {
            let lenient = validate(payload.as_bytes(), &base, Now::At(now)).err().map(|error| error.code());
            // With endless leeway only the end of time itself is too late.
            assert_eq!(lenient, (now == NumericDate::MAX).then_some("expired"), "{payload} {now}");
            assert!(validate(payload.as_bytes(), &strict, Now::At(now)).is_err(), "{payload} {now}");
        }
    }
}

#[test]
fn invariant_8_the_report_has_every_failure() {
    let payload =
        br#"{"iss":"i","sub":"s","aud":["a","b"],"exp":10,"nbf":4102444800,"iat":4102444800,"jti":7}"#;
    let policy = Validation::new()
        .issuer("issuer")
        .subject("subject")
        .audience("audience")
        .typ("at+jwt")
        .require(&["role", "scope"])
        .reject_future_iat();
    let report = report(payload, &policy, NOW);
    let codes: Vec<&str> = report.failures().iter().map(ClaimError::code).collect();
    assert_eq!(
        codes,
        [
            "jti_wrong_type",
            "typ_mismatch",
            "missing_claim",
            "missing_claim",
            "issuer_mismatch",
            "subject_mismatch",
            "audience_mismatch",
            "expired",
            "not_yet_valid",
            "issued_in_future",
        ]
    );
    assert_eq!((report.omitted(), report.is_valid()), (0, false));
    let text = report.to_string();
    for evidence in [
        "\"role\"",
        "\"scope\"",
        "\"i\"",
        "\"issuer\"",
        "\"s\"",
        "\"subject\"",
        "\"a\"",
        "\"audience\"",
        "at 10;",
        "4102444800",
    ] {
        assert!(text.contains(evidence), "{evidence}: {text}");
    }
}

#[test]
fn invariant_8_every_value_that_would_do_is_evidence() {
    let policy = Validation::new().allow_missing_exp().issuers(&["a", "b", "c"]).audiences(&[]);
    let report = report(br#"{"iss":"x","aud":["y","z"]}"#, &policy, NOW);
    assert_eq!(
        report.to_string(),
        r#"the issuer is "x", expected "a | b | c"; the token is for the audience "y", expected """#
    );
}

#[test]
fn invariant_8_more_failures_than_fit_are_counted() {
    let names: Vec<String> = (0..20).map(|index| format!("claim{index}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let report = report(b"{}", &Validation::new().allow_missing_exp().require(&names), NOW);
    assert_eq!((report.failures().len(), report.omitted()), (ClaimReport::CAPACITY, 4));
    assert!(report.to_string().ends_with("; and 4 more"));
    assert!(!report.is_valid());
}

#[test]
fn invariant_8_a_signature_failure_has_no_detail() {
    let valid = signed(br#"{"alg":"HS256"}"#, b"{}");
    let (input, signature) = valid.rsplit_once('.').unwrap();
    let mut seen: Vec<String> = Vec::new();
    for forged in
        ["AA", &signature[..40], &format!("{signature}AAAA"), &signature.replace(&signature[..1], "_")]
    {
        let error = verify(&format!("{input}.{forged}"), &hs256()).unwrap_err();
        seen.push(format!("{error:?} {error}"));
    }
    seen.dedup();
    assert_eq!(seen.len(), 1);
}

#[test]
fn invariant_9_signing_fits_or_leaves_nothing() {
    let header = Header::new().kid("a");
    let claims = ClaimsSet::new().subject("4242").expires_at(secs(4_102_444_800)).extra(r#"{"name":"Jess"}"#);
    let whole = sign(&header, &claims, &hs256(), &mut [0; 512]).unwrap().to_owned();
    let mut sizes = 0;
    for size in 0..=whole.len() + 3 {
        let mut out = vec![0xa5; size];
        match sign(&header, &claims, &hs256(), &mut out) {
            Ok(token) => {
                assert!(size >= whole.len());
                assert_eq!(token, whole);
                assert_eq!(
                    &out[whole.len()..],
                    &[0xa5; 3][..size - whole.len()],
                    "behind the token nothing is written"
                );
            }
            Err(SignError::BufferTooSmall { needed }) => {
                assert!(size < whole.len() && needed > size && needed <= whole.len(), "{size} {needed}");
                assert!(out.iter().all(|&byte| byte == 0), "{size}");
            }
            Err(error) => panic!("{size}: {error}"),
        }
        sizes += 1;
    }
    assert_eq!(sizes, whole.len() + 4);
}

#[test]
fn invariant_9_failures_of_every_kind_leave_nothing() {
    struct Failing(Result<usize, SignError>);
    impl Signer for Failing {
        fn algorithm(&self) -> Algorithm {
            Algorithm::HS256
        }
        fn signature_len(&self) -> usize {
            32
        }
        fn sign(&self, _: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
            out.fill(0x77);
            self.0
        }
    }

    let device = SignError::Device { code: 7 };
    let failing = Failing(Err(device));
    let failures: [(&Header<'_>, &dyn Payload, &dyn Signer, &str); 8] = [
        (&Header::new(), &Bytes(b"{}"), &failing, "device_failed"),
        (&Header::new(), &JsonClaims("{\"a\":1,\"a\":1}"), &hs256(), "json_duplicate_name"),
        (&Header::new(), &JsonClaims("{\"exp\":\"1\"}"), &hs256(), "exp_wrong_type"),
        (&Header::new(), &JsonClaims("[]"), &hs256(), "json_not_an_object"),
        (&Header::new(), &ClaimsSet::new().extra("{\"a\":1"), &hs256(), "json_unexpected_end"),
        (
            &Header::new(),
            &ClaimsSet::new().subject("a").extra("{\"sub\":\"b\"}"),
            &hs256(),
            "json_duplicate_name",
        ),
        (&Header::new().extra("{\"alg\":\"none\"}"), &Bytes(b"{}"), &hs256(), "json_duplicate_name"),
        (&Header::new().extra("{\"crit\":[]}"), &Bytes(b"{}"), &hs256(), "invalid_crit"),
    ];
    for (header, payload, key, code) in failures {
        let mut out = [0xa5; 512];
        assert_eq!(sign(header, payload, key, &mut out).unwrap_err().code(), code);
        assert_eq!(out, [0; 512], "{code}");
    }
}

/// A signer is open to anybody: what it claims to have written is not believed.
#[test]
fn invariant_9_a_signer_that_lies_about_its_length_leaves_nothing() {
    struct Lying(usize);
    impl Signer for Lying {
        fn algorithm(&self) -> Algorithm {
            Algorithm::HS256
        }
        fn signature_len(&self) -> usize {
            32
        }
        fn sign(&self, _: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
            out.fill(0x77);
            Ok(self.0)
        }
    }
    let mut believed = Vec::new();
    for len in [0, 33, 100, usize::MAX] {
        let mut out = [0xa5; 512];
        match sign(&Header::new(), &Bytes(b"{}"), &Lying(len), &mut out) {
            Ok(token) => believed.push((len, token.to_owned())),
            Err(_) => assert_eq!(out, [0; 512], "{len}"),
        }
    }
    assert_eq!(believed, []);
}

/// How long a signature of RSA is, its key alone knows, which may write less than it announced; but something it must write.
#[test]
fn invariant_9_a_signature_is_a_prefix_of_its_place_and_never_empty() {
    struct Announcing(usize);
    impl Signer for Announcing {
        fn algorithm(&self) -> Algorithm {
            Algorithm::RS256
        }
        fn signature_len(&self) -> usize {
            300
        }
        fn sign(&self, _: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
            out.fill(0x77);
            Ok(self.0)
        }
    }
    let mut out = [0xa5; 600];
    for len in [1, 256, 300] {
        let token = sign(&Header::new(), &Bytes(b"{}"), &Announcing(len), &mut out).unwrap();
        let signature = token.rsplit_once('.').unwrap().1;
        assert_eq!(URL_SAFE_NO_PAD.decode(signature).unwrap(), vec![0x77; len]);
    }
    for (len, expected) in [(0, 1), (301, 300)] {
        let error = sign(&Header::new(), &Bytes(b"{}"), &Announcing(len), &mut out).unwrap_err();
        assert_eq!(error, SignError::SignatureLength { expected, found: len });
        assert!(out.iter().all(|&byte| byte == 0), "{len}");
    }
    for algorithm in Algorithm::ALL {
        let pending = begin_sign(&Header::new(), &Bytes(b"{}"), algorithm, &mut out).unwrap();
        assert_eq!(pending.finish(&[]).unwrap_err().code(), "signature_length", "{algorithm}");
    }
}

#[test]
fn invariant_9_a_pending_token_that_is_dropped_leaves_nothing() {
    /// A payload that panics half-way.
    struct Panicking;
    impl Payload for Panicking {
        fn write(&self, out: &mut json::JsonWriter<'_>) -> Result<(), SignError> {
            out.string("the beginning");
            std::panic::resume_unwind(Box::new(()))
        }
    }

    let mut out = [0xa5; 128];
    let pending =
        begin_sign(&Header::new(), &Bytes(b"{\"sub\":\"4242\"}"), Algorithm::HS256, &mut out).unwrap();
    assert!(pending.signing_input().starts_with(b"eyJ"));
    drop(pending);
    assert_eq!(out, [0; 128]);

    for (signature, code) in [(&[][..], "signature_length"), (&[7; 100], "buffer_too_small")] {
        let mut out = [0xa5; 128];
        let pending = begin_sign(&Header::new(), &Bytes(b"{}"), Algorithm::HS256, &mut out).unwrap();
        assert_eq!(pending.finish(signature).unwrap_err().code(), code);
        assert_eq!(out, [0; 128], "{code}");
    }

    let mut out = [0xa5; 128];
    let unwound = std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| {
        begin_sign(&Header::new(), &Panicking, Algorithm::HS256, &mut out).map(|_| ())
    }));
    assert!(unwound.is_err());
    assert_eq!(out, [0; 128]);
}

#[test]
fn invariant_9_split_signing_gives_the_same_token() {
    let claims = ClaimsSet::new().subject("4242").expires_at(secs(4_102_444_800));
    let whole = sign(&Header::new(), &claims, &hs256(), &mut [0; 256]).unwrap().to_owned();
    let mut out = [0; 256];
    let pending = begin_sign(&Header::new(), &claims, Algorithm::HS256, &mut out).unwrap();
    let mut signature = [0; 32];
    hs256().sign(pending.signing_input(), &mut signature).unwrap();
    assert_eq!(pending.finish(&signature), Ok(&*whole));
}

/// What only the source shows: a MAC is compared by the `hmac` crate, in constant time, and a decoded secret lies in a
/// buffer that is overwritten. That the hashes are overwritten, too, `key/hmac.rs` does not compile without.
#[test]
fn invariant_10_secrets_are_compared_and_wiped_by_what_was_made_for_it() {
    let source = include_str!("../src/key/hmac.rs");
    assert!(source.contains(".verify_slice(signature)"));
    assert!(source.contains("Zeroizing::new([0; MAX_DECODED_LEN])"));
    assert!(source.contains("overwritten_when_dropped::<$hash>()"));
    assert!(!source.contains("into_bytes() =="));
    let manifest = include_str!("../Cargo.toml");
    for line in manifest.lines().filter(|line| line.starts_with("hmac = {") || line.starts_with("sha2 = {")) {
        assert!(line.contains("\"zeroize\""), "{line}");
    }
}

#[test]
fn invariant_10_debug_shows_no_secret() {
    let secret = b"Zq9#Xk2$Wv7%Tm4&Rj8*Pf3(Ld6)Hb1+";
    let hmac = HmacKey::<Hs256>::new(secret).unwrap();
    shows_nothing_of(&format!("{hmac:?} {hmac:#?}"), secret);
    assert_eq!(format!("{hmac:?}"), "HmacKey { algorithm: HS256, .. }");

    let token = signed(br#"{"alg":"HS256"}"#, b"{\"sub\":\"4242\"}");
    let unverified = UnverifiedToken::parse(&token).unwrap();
    assert_eq!(
        format!("{unverified:?}"),
        "UnverifiedToken { header_len: 20, payload_len: 19, signature_len: 43 }"
    );
    let mut out = [0; 128];
    let pending =
        begin_sign(&Header::new(), &Bytes(b"{\"sub\":\"4242\"}"), Algorithm::HS256, &mut out).unwrap();
    assert_eq!(format!("{pending:?}"), "PendingToken { signing_input_len: 56, .. }");
    // An error about a secret tells its length at most.
    let error = HmacKey::<Hs256>::new(&secret[..20]).unwrap_err();
    shows_nothing_of(&format!("{error} {error:?}"), &secret[..20]);
}

#[cfg(feature = "alloc")]
#[test]
fn invariant_10_debug_shows_no_rsa_key() {
    use jwt_core::{Bits2048, Rs256, RsaComponents, RsaSigningKey};

    struct NoRng;
    impl rsa::rand_core::TryRng for NoRng {
        type Error = core::convert::Infallible;
        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            Ok(0)
        }
        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            Ok(0)
        }
        fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Self::Error> {
            Ok(())
        }
    }
    impl rsa::rand_core::TryCryptoRng for NoRng {}

    let der = keys::der(keys::RSA_2048_PRIVATE);
    let key = RsaSigningKey::<Rs256>::from_pkcs8_der(&der).unwrap();
    let public = key.verifying_key::<Bits2048>().unwrap();
    assert_eq!(format!("{key:?}"), "RsaSigningKey { algorithm: RS256, modulus_len: 256, .. }");
    assert_eq!(format!("{public:?}"), "RsaVerifyingKey { algorithm: RS256, modulus_len: 256, .. }");
    assert_eq!(
        format!("{:?}", key.blinded(NoRng)),
        "BlindedRsaSigner { key: RsaSigningKey { algorithm: RS256, modulus_len: 256, .. }, .. }"
    );
    let bytes: &[u8] = &[0xab; 256];
    let components = RsaComponents {
        modulus: bytes,
        public_exponent: bytes,
        private_exponent: bytes,
        primes: [bytes, bytes],
    };
    assert_eq!(format!("{components:?}"), "RsaComponents { .. }");
}

#[cfg(any(feature = "es256", feature = "ed25519", feature = "ml-dsa"))]
#[test]
fn invariant_10_debug_shows_no_private_key() {
    let secret: [u8; 32] = *b"Zq9#Xk2$Wv7%Tm4&Rj8*Pf3(Ld6)Hb1+";
    #[cfg(feature = "es256")]
    {
        let key = jwt_core::EcdsaSigningKey::<jwt_core::Es256>::from_bytes(&secret).unwrap();
        assert_eq!(format!("{key:?}"), "EcdsaSigningKey { algorithm: ES256, .. }");
        assert_eq!(format!("{:?}", key.verifying_key()), "EcdsaVerifyingKey { algorithm: ES256, .. }");
        shows_nothing_of(&format!("{key:?} {key:#?}"), &secret);
    }
    #[cfg(feature = "ed25519")]
    {
        let key = jwt_core::Ed25519SigningKey::from_seed(&secret).unwrap();
        assert_eq!(format!("{key:?}"), "Ed25519SigningKey { algorithm: EdDSA, .. }");
        assert_eq!(format!("{:?}", key.verifying_key()), "Ed25519VerifyingKey { .. }");
        shows_nothing_of(&format!("{key:?} {key:#?}"), &secret);
        let key = key.fully_specified();
        assert_eq!(format!("{key:?}"), "Ed25519SigningKey { algorithm: Ed25519, .. }");
    }
    #[cfg(feature = "ml-dsa")]
    {
        let key = jwt_core::MlDsaSigningKey::<jwt_core::MlDsa44>::from_seed(&secret).unwrap();
        assert_eq!(format!("{key:?}"), "MlDsaSigningKey { algorithm: MlDsa44, .. }");
        assert_eq!(format!("{:?}", key.verifying_key()), "MlDsaVerifyingKey { algorithm: MlDsa44, .. }");
        shows_nothing_of(&format!("{key:?} {key:#?}"), &secret);
    }
}

/// That a feature adds and never changes is tested by running these tests with each feature alone. The names of the
/// algorithms, which decide what an unknown `alg` is, are there without any.
#[test]
fn invariant_11_every_name_is_known_whatever_the_features() {
    let names = Algorithm::ALL.map(Algorithm::name);
    let expected = [
        "HS256",
        "HS384",
        "HS512",
        "RS256",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
        "ES256",
        "ES384",
        "ES512",
        "ES256K",
        "EdDSA",
        "Ed25519",
        "ML-DSA-44",
        "ML-DSA-65",
        "ML-DSA-87",
    ];
    assert_eq!(names, expected);
    for found in Algorithm::ALL.into_iter().filter(|&algorithm| algorithm != Algorithm::HS256) {
        let error = verify(&signed(format!(r#"{{"alg":"{found}"}}"#).as_bytes(), b"{}"), &hs256());
        assert_eq!(error, Err(VerifyError::AlgorithmMismatch { expected: Algorithm::HS256, found }));
    }
}

/// `attacks` has every rule; these are the ones the invariant names.
#[test]
fn invariant_12_each_leniency_has_its_own_code() {
    let header = |header: &[u8]| signed(header, b"{}");
    let valid = header(br#"{"alg":"HS256"}"#);
    let (input, signature) = valid.rsplit_once('.').unwrap();
    let tokens = [
        header(br#"{"alg":"HS256","alg":"HS256"}"#),
        header(br#"{"alg":"HS256","x":"\q"}"#),
        header(br#"{"alg":"HS256","x":"\ud800"}"#),
        header(b"{\"alg\":\"HS256\",\"x\":\"\xff\"}"),
        header(br#"{"alg":"HS256"}{}"#),
        format!("{valid}="),
        format!("{valid}\n"),
        // 43 characters carry 258 bits: the last character has two that no byte takes.
        format!("{input}.{}{}", &signature[..42], next_character(&signature[42..])),
    ];
    let mut codes: Vec<&str> =
        tokens.iter().map(|token| verify(token, &hs256()).unwrap_err().code()).collect();
    assert_eq!(
        codes,
        [
            "json_duplicate_name",
            "json_invalid_escape",
            "json_lone_surrogate",
            "json_invalid_utf8",
            "json_trailing_data",
            "base64_padding",
            "base64_whitespace",
            "base64_trailing_bits",
        ]
    );
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), tokens.len());
}

/// Reads a token in every way there is. Whatever it is, nothing panics.
fn exercise(token: &[u8]) {
    let Ok(parsed) = UnverifiedToken::parse(token) else { return };
    let mut buffer = vec![0; token.len()];
    if let Ok(header) = parsed.header(&mut buffer) {
        header.members().for_each(drop);
        let _ = (header.algorithm(), header.get("kid"), header.kid().map(|kid| kid.chars().count()));
    }
    let _ = dangerous::decode_unverified(&parsed, &mut buffer).map(|(header, _)| header.json().len());
    for size in [0, buffer.len() / 2, buffer.len()] {
        let Ok(verified) = parsed.verify(&hs256(), &mut buffer[..size]) else { continue };
        for now in [NOW, Now::AtLeast(NumericDate::MAX), Now::At(NumericDate::MIN), Now::Unknown] {
            let policy =
                Validation::new().issuer("a").max_age_secs(1).leeway_secs(u64::MAX).reject_future_iat();
            let _ = verified.report(&policy, now).to_string();
            let lenient = Validation::new().allow_missing_exp().any_audience().accept_unproven_time();
            if let Ok(claims) = verified.validate(&lenient, now) {
                claims.members().for_each(drop);
                let _ = claims.audience().map(|audience| (audience.contains("a"), audience.first()));
                for claim in RegisteredClaim::ALL {
                    let _ = claims.get(claim.name());
                }
            }
        }
    }
}

fn verify<K: Verifier + ?Sized>(token: &str, key: &K) -> Result<(), VerifyError> {
    let mut scratch = vec![0; token.len()];
    UnverifiedToken::parse(token)?.verify(key, &mut scratch).map(|_| ())
}

fn validate(payload: &[u8], policy: &Validation<'_>, now: Now) -> Result<(), ClaimError> {
    report(payload, policy, now).failures().first().map_or(Ok(()), |failure| Err(*failure))
}

/// What `policy` says of a payload that is signed as it stands. `validate` must say the first of it.
fn report(payload: &[u8], policy: &Validation<'_>, now: Now) -> ClaimReport {
    let mut out = vec![0; payload.len() * 2 + 200];
    let token = sign(&Header::new(), &Bytes(payload), &hs256(), &mut out).unwrap();
    let mut scratch = vec![0; token.len()];
    let verified = UnverifiedToken::parse(token).unwrap().verify(&hs256(), &mut scratch).unwrap();
    let report = verified.report(policy, now);
    assert_eq!(verified.validate(policy, now).err(), report.failures().first().copied());
    assert_eq!(report.is_valid(), report.failures().is_empty());
    report
}

/// A token with exactly these bytes as header and payload, validly signed.
fn signed(header: &[u8], payload: &[u8]) -> String {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let mut signature = [0; 32];
    hs256().sign(input.as_bytes(), &mut signature).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn hs256() -> HmacKey<Hs256> {
    HmacKey::new(SECRET).unwrap()
}

const fn secs(secs: i64) -> NumericDate {
    NumericDate::from_secs(secs)
}

/// The base64url character whose value is one more.
fn next_character(character: &str) -> char {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char::from(ALPHABET.as_bytes()[ALPHABET.find(character).unwrap() + 1])
}

/// Neither the bytes nor their usual spellings stand in `text`.
fn shows_nothing_of(text: &str, secret: &[u8]) {
    for window in secret.windows(4) {
        let spelled = [
            String::from_utf8_lossy(window).into_owned(),
            window.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<String>>().concat(),
            window.iter().map(ToString::to_string).collect::<Vec<String>>().join(", "),
            URL_SAFE_NO_PAD.encode(&window[..3]),
        ];
        assert!(spelled.iter().all(|spelling| !text.contains(spelling)), "{text}");
    }
}

/// Every source file of the crate, by its path below `src`.
fn sources() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut sources) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                sources.push((name, std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n")));
            }
        }
    }
    sources
}

/// One error type takes them all.
#[test]
fn invariant_8_every_error_has_a_code() {
    let errors: [Error; 4] = [
        VerifyError::InvalidSignature.into(),
        ClaimError::MissingTyp { expected: jwt_core::Excerpt::new("JWT") }.into(),
        SignError::Rng.into(),
        KeyError::EmptySecret.into(),
    ];
    assert_eq!(
        errors.map(|error| error.code()),
        ["invalid_signature", "missing_typ", "rng_failed", "empty_secret"]
    );
}
