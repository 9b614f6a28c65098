//! The crate jsonwebtoken as a reference: what we accept it accepts, and where it accepts more, the stricter rule is
//! listed here.

#![no_main]

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, Validation as TheirPolicy};
use jwt_core::{HmacKey, Hs256, Now, NumericDate, Signer as _, UnverifiedToken, Validation};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";

static KEY: LazyLock<HmacKey<Hs256>> = LazyLock::new(|| HmacKey::new(SECRET).expect("long enough"));

/// The codes of rules that jsonwebtoken has not, or has otherwise.
const STRICTER: &[&str] = &[
    // JSON: duplicate names, and limits of depth, count and work.
    "json_duplicate_name",
    "json_too_deep",
    "json_too_many_members",
    "json_too_costly",
    "json_trailing_data",
    // An array, which it reads as claims by their position: `[exp, nbf, sub, iss, aud]`.
    "json_not_an_object",
    // JOSE header: extensions are refused, and parameters have their type.
    "unsupported_crit",
    "invalid_crit",
    "encrypted_token",
    "compressed_token",
    "unencoded_payload",
    "header_wrong_type",
    "header_too_long",
    "unknown_algorithm",
    // Claims of the wrong type, which it ignores if its policy does not ask for them.
    "issuer_wrong_type",
    "subject_wrong_type",
    "audience_wrong_type",
    "jti_wrong_type",
    "iat_wrong_type",
    "iat_out_of_range",
    "exp_wrong_type",
    "exp_out_of_range",
    "nbf_wrong_type",
    "nbf_out_of_range",
    // Its clock has whole seconds, and `exp` equal to now passes there.
    "expired",
    // RFC 7515 allows an empty payload; a claims set it cannot be.
    "empty_part",
];

fuzz_target!(|input: &[u8]| {
    jsonwebtoken_agrees(input);
    // The same bytes as header and payload under a signature that holds.
    let (header, payload) = input.split_at(input.iter().position(|byte| *byte == 0).unwrap_or(0));
    let header: &[u8] = if header.is_empty() { br#"{"alg":"HS256"}"# } else { header };
    let payload = payload.strip_prefix(b"\0").unwrap_or(payload);
    let mut text = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let mut mac = [0; 32];
    KEY.sign(text.as_bytes(), &mut mac).expect("it fits");
    text += ".";
    text += &URL_SAFE_NO_PAD.encode(mac);
    jsonwebtoken_agrees(text.as_bytes());
});

fn jsonwebtoken_agrees(token: &[u8]) {
    let Ok(text) = str::from_utf8(token) else { return };
    let policy = Validation::new().any_audience();
    let ours = ours(text, &policy);
    let mut their_policy = TheirPolicy::new(jsonwebtoken::Algorithm::HS256);
    their_policy.leeway = 0;
    their_policy.validate_aud = false;
    their_policy.validate_nbf = true;
    let theirs = jsonwebtoken::decode::<Value>(text, &DecodingKey::from_secret(SECRET), &their_policy);
    match (ours, theirs) {
        (Ok(()), Err(error)) => {
            use jsonwebtoken::errors::ErrorKind;
            // It reads the numbers of claims as floats, and headers into types of its own.
            assert!(
                matches!(
                    error.kind(),
                    ErrorKind::Json(_) | ErrorKind::InvalidClaimFormat(_) | ErrorKind::ExpiredSignature
                ),
                "we accept what it refuses: {error:?} {text}"
            );
        }
        (Err(code), Ok(_)) => assert!(STRICTER.contains(&code), "we refuse what it accepts: {code} {text}"),
        _ => {}
    }
}

fn ours(text: &str, policy: &Validation<'_>) -> Result<(), &'static str> {
    let now =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
    let now = Now::At(NumericDate::from_secs(i64::try_from(now).expect("before the end of time")));
    let token = UnverifiedToken::parse(text).map_err(|error| error.code())?;
    let mut scratch = vec![0; token.scratch_len()];
    let verified = token.verify(&*KEY, &mut scratch).map_err(|error| error.code())?;
    verified.validate(policy, now).map(drop).map_err(|error| error.code())
}
