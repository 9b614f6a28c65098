//! One input in three places: as a token, as the payload of a token that is validly signed, and as a header and claims
//! to be signed. Whatever it is, nothing panics, what this crate signs it verifies, and what it refuses leaves nothing
//! behind.

#![no_main]

use std::sync::LazyLock;

use jwt_core::{
    Bytes, ClaimsSet, Header, HmacKey, Hs256, JsonClaims, Now, NumericDate, Part, Payload, SignError,
    Signer as _, UnverifiedToken, Validation, VerifiedToken, base64url, dangerous,
};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value};

/// What a buffer holds before it is handed over.
const CANARY: u8 = 0xa5;

static KEY: LazyLock<HmacKey<Hs256>> =
    LazyLock::new(|| HmacKey::new(b"a secret of thirty-two bytes, ok").expect("the secret is long enough"));

fuzz_target!(|input: &[u8]| {
    let key = &*KEY;
    read(input, key);
    read_behind_signature(input, key);
    if let Ok(text) = core::str::from_utf8(input) {
        sign_and_verify(&Header::new(), &JsonClaims(text), key);
        sign_and_verify(&Header::new(), &ClaimsSet::new().issuer(text).extra(text), key);
        sign_and_verify(&Header::new().extra(text), &ClaimsSet::new().subject(text), key);
        sign_and_verify(&Header::new().kid(text).typ(text), &ClaimsSet::new().audiences(&[text, ""]), key);
    }
});

/// The input as a token, which nobody with the key has signed, unless it is a seed.
fn read(input: &[u8], key: &HmacKey<Hs256>) {
    let Ok(token) = UnverifiedToken::parse(input) else { return };
    let needed = token.scratch_len();
    assert!(needed <= input.len(), "a buffer as long as the token always suffices");
    let mut scratch = vec![CANARY; needed + 1];
    let _ = token.header(&mut scratch);
    let _ = dangerous::decode_unverified(&token, &mut scratch);
    let mut too_short = vec![CANARY; needed.saturating_sub(1)];
    assert!(token.verify(key, &mut too_short).is_err(), "a buffer that is too short is an error");

    scratch.fill(CANARY);
    let outcome = token.verify(key, &mut scratch);
    if let Ok(verified) = &outcome {
        let mut mac = [0; 32];
        let len = key.sign(token.signing_input(), &mut mac).expect("a MAC fits");
        let signature = decoded(token.part(Part::Signature));
        assert_eq!(mac.get(..len), Some(&signature[..]), "what verifies has the right signature");
        check_claims(verified);
    }
    assert_eq!(scratch.last(), Some(&CANARY), "nothing is written beyond what is needed");
}

/// The input as a payload that the signature covers: what an issuer, or a careless one, could send.
fn read_behind_signature(input: &[u8], key: &HmacKey<Hs256>) {
    // RFC 7515 allows an empty payload; this crate neither makes nor reads one.
    if input.is_empty() {
        return;
    }
    let mut out = vec![CANARY; input.len() * 2 + 128];
    let token =
        jwt_core::sign(&Header::new(), &Bytes(input), key, &mut out).expect("any bytes can be signed");
    let token = UnverifiedToken::parse(token).expect("what was signed is a token");
    let mut scratch = vec![CANARY; token.scratch_len()];
    let verified = token.verify(key, &mut scratch).expect("what was signed verifies");
    assert_eq!(verified.payload(), input, "the payload survives");
    check_claims(&verified);
}

/// What was signed verifies; what was not signed leaves a buffer of zeros.
fn sign_and_verify(header: &Header<'_>, claims: &(impl Payload + ?Sized), key: &HmacKey<Hs256>) {
    let mut out = vec![CANARY; 1024];
    let error = match jwt_core::sign(header, claims, key, &mut out) {
        Ok(token) => {
            let token = UnverifiedToken::parse(token).expect("what was signed is a token");
            let mut scratch = vec![CANARY; token.scratch_len()];
            let verified = token.verify(key, &mut scratch).expect("what was signed verifies");
            return check_claims(&verified);
        }
        Err(error) => error,
    };
    assert!(out.iter().all(|byte| *byte == 0), "nothing of a token is left");
    if let SignError::BufferTooSmall { needed } = error {
        assert!(needed > out.len(), "a buffer that suffices is not called too small");
    }
}

fn check_claims(verified: &VerifiedToken<'_>) {
    let lenient = Validation::new().allow_missing_exp().any_audience();
    compare_with_reference(verified, &lenient);
    let strict = Validation::new().issuer("a").audience("b").subject("c").typ("JWT").max_age_secs(60);
    let times = [0, 1_516_239_022, 4_102_444_800, i64::MAX].map(NumericDate::from_secs);
    for policy in [lenient, strict, strict.reject_future_iat().require(&["jti", "x"]).leeway_secs(u64::MAX)] {
        let unknown = is_valid(verified, &policy, Now::Unknown);
        for time in times {
            let (exact, at_least) = (Now::At(time), Now::AtLeast(time));
            let exact = is_valid(verified, &policy, exact);
            let at_least = is_valid(verified, &policy, at_least);
            assert!(exact || !at_least, "a lower bound of the time proves no more than the time");
            assert!(at_least || !unknown, "an unknown time proves no more than a lower bound");
        }
    }
}

fn is_valid(verified: &VerifiedToken<'_>, policy: &Validation<'_>, now: Now) -> bool {
    let report = verified.report(policy, now);
    let outcome = verified.validate(policy, now);
    assert_eq!(report.failures().first(), outcome.as_ref().err(), "the report begins with the same failure");
    outcome.is_ok()
}

/// The claims as serde_json reads them, if they are claims at all.
fn compare_with_reference(verified: &VerifiedToken<'_>, policy: &Validation<'_>) {
    let claims = match verified.validate(policy, Now::At(NumericDate::from_secs(0))) {
        Ok(claims) => claims,
        Err(failure) => {
            return assert!(!failure.to_string().contains(char::is_control), "it is safe to print");
        }
    };
    let reference: Map<String, Value> =
        serde_json::from_str(claims.json()).expect("serde_json reads it, too");
    assert_eq!(claims.members().count(), reference.len(), "the members are the same");
    for (name, value) in claims.members() {
        let name: String = name.chars().collect();
        let reference = reference.get(&name).expect("a member of the same name");
        let text = value.as_string().map(|text| text.chars().collect::<String>());
        assert_eq!(text.as_deref(), reference.as_str(), "the texts are the same");
    }
}

fn decoded(part: &[u8]) -> Vec<u8> {
    let mut out = vec![0; base64url::decoded_len(part.len())];
    base64url::decode(part, &mut out).expect("a part that verified is base64url").to_vec()
}
