//! Every error says what is wrong, in one line, in lower case, with its evidence, and has a code that stays. Both are part
//! of the crate's interface.

use core::fmt::Display;

use jwt_core::base64url::DecodeError;
use jwt_core::json::{JsonError, JsonErrorKind, JsonKind};
use jwt_core::{
    Algorithm, ClaimError, CritFault, Error, Excerpt, HeaderError, InvalidSignature, KeyError, KeyForm,
    Malformed, NumericDate, Part, RegisteredClaim, SignError, UnknownAlgorithm, VerifyError,
};

/// An error, its code and its text.
type Case<E> = (E, &'static str, &'static str);

#[test]
fn decode_error() {
    check::<DecodeError, 7>(
        DecodeError::code,
        &[
            (
                DecodeError::Padding { position: 2 },
                "base64_padding",
                "padding `=` at offset 2: base64url in a token is written without it",
            ),
            (
                DecodeError::Whitespace { position: 3 },
                "base64_whitespace",
                "white space or line break at offset 3",
            ),
            (
                DecodeError::StandardAlphabet { position: 4 },
                "base64_alphabet",
                "`+` or `/` at offset 4: a token uses the URL-safe alphabet (`-` and `_`)",
            ),
            (
                DecodeError::InvalidByte { position: 5, byte: 0 },
                "base64_byte",
                "byte 0x00 at offset 5 is not base64url",
            ),
            (
                DecodeError::Length { len: 5 },
                "base64_length",
                "5 base64url characters cannot be decoded: one is missing",
            ),
            (
                DecodeError::TrailingBits,
                "base64_trailing_bits",
                "the last base64url character has unused bits that are not zero",
            ),
            (
                DecodeError::BufferTooSmall { needed: 6 },
                "buffer_too_small",
                "the buffer is too small: 6 bytes are needed",
            ),
        ],
    );
}

#[test]
fn malformed() {
    check::<Malformed, 8>(
        Malformed::code,
        &[
            (Malformed::Empty, "empty_token", "the token is empty"),
            (
                Malformed::TooLong { len: 131_073 },
                "token_too_long",
                "the token is 131073 bytes long; the limit is 131072",
            ),
            (
                Malformed::HeaderTooLong { len: 16_385 },
                "header_too_long",
                "the token's header is 16385 characters long; the limit is 16384",
            ),
            (
                Malformed::PartCount { found: 1 },
                "part_count",
                "not a signed token: expected three parts separated by dots, found 1 part",
            ),
            (
                Malformed::Encrypted,
                "encrypted_token",
                "this is an encrypted token (JWE, five parts); only signed tokens (JWS, three parts) can be read",
            ),
            (Malformed::EmptyPart { part: Part::Signature }, "empty_part", "the token's signature is empty"),
            (
                Malformed::NotDetached,
                "not_detached",
                "the token has a payload of its own, and its content was expected to be apart from it",
            ),
            (
                Malformed::Base64 { part: Part::Payload, error: DecodeError::TrailingBits },
                "base64_trailing_bits",
                "the token's payload is not base64url: the last base64url character has unused bits that are not zero",
            ),
        ],
    );
    assert_eq!(
        Malformed::PartCount { found: 4 }.to_string(),
        "not a signed token: expected three parts separated by dots, found 4 parts"
    );
    assert_eq!(
        [Part::Header, Part::Payload, Part::Signature].map(|part| part.to_string()),
        ["header", "payload", "signature"]
    );
}

#[test]
fn json_error() {
    let at = |kind| JsonError { kind, position: 7 };
    check::<JsonError, 14>(
        JsonError::code,
        &[
            (
                at(JsonErrorKind::UnexpectedEnd),
                "json_unexpected_end",
                "the JSON text ends too early (at offset 7)",
            ),
            (
                at(JsonErrorKind::UnexpectedByte { byte: b'}' }),
                "json_unexpected_byte",
                "unexpected `}` in JSON (at offset 7)",
            ),
            (
                at(JsonErrorKind::NotAnObject { found: JsonKind::Array }),
                "json_not_an_object",
                "expected a JSON object, found an array (at offset 7)",
            ),
            (
                at(JsonErrorKind::TrailingData),
                "json_trailing_data",
                "data after the end of the JSON value (at offset 7)",
            ),
            (at(JsonErrorKind::InvalidUtf8), "json_invalid_utf8", "the JSON text is not UTF-8 (at offset 7)"),
            (
                at(JsonErrorKind::ByteOrderMark),
                "json_byte_order_mark",
                "the JSON text begins with a byte order mark (at offset 7)",
            ),
            (
                at(JsonErrorKind::ControlCharacter { byte: 10 }),
                "json_control_character",
                "control character 0x0a in a JSON string must be escaped (at offset 7)",
            ),
            (
                at(JsonErrorKind::InvalidEscape),
                "json_invalid_escape",
                "invalid escape sequence in a JSON string (at offset 7)",
            ),
            (
                at(JsonErrorKind::LoneSurrogate),
                "json_lone_surrogate",
                "half a surrogate pair in a JSON string (at offset 7)",
            ),
            (at(JsonErrorKind::InvalidNumber), "json_invalid_number", "invalid JSON number (at offset 7)"),
            (
                at(JsonErrorKind::DuplicateName),
                "json_duplicate_name",
                "duplicate member name in a JSON object (at offset 7)",
            ),
            (
                at(JsonErrorKind::TooDeep),
                "json_too_deep",
                "JSON nested deeper than the limit of 32 levels (at offset 7)",
            ),
            (
                at(JsonErrorKind::TooManyMembers { max: 256 }),
                "json_too_many_members",
                "a JSON object with more than the limit of 256 members (at offset 7)",
            ),
            (
                at(JsonErrorKind::TooCostly { max: 128 }),
                "json_too_costly",
                "to look for duplicate names this JSON would have to be read over 128 times (at offset 7)",
            ),
        ],
    );
    assert_eq!(
        at(JsonErrorKind::UnexpectedByte { byte: 0 }).to_string(),
        "unexpected byte 0x00 in JSON (at offset 7)"
    );
    let kinds = [
        JsonKind::String,
        JsonKind::Number,
        JsonKind::Bool,
        JsonKind::Null,
        JsonKind::Array,
        JsonKind::Object,
    ];
    assert_eq!(
        kinds.map(|kind| kind.to_string()),
        ["a string", "a number", "a boolean", "null", "an array", "an object"]
    );
}

#[test]
fn header_error() {
    check::<HeaderError, 12>(
        HeaderError::code,
        &[
            (
                HeaderError::Json(INVALID_NUMBER),
                "json_invalid_number",
                "the token's header: invalid JSON number (at offset 9)",
            ),
            (HeaderError::MissingAlg, "missing_alg", "the token's header has no `alg`"),
            (
                HeaderError::WrongType { member: "kid", found: JsonKind::Number },
                "header_wrong_type",
                "the header's `kid` must be a string, found a number",
            ),
            (
                HeaderError::UnknownAlgorithm { found: Excerpt::new("none") },
                "unknown_algorithm",
                "unknown algorithm \"none\" in the token's header",
            ),
            (
                HeaderError::InvalidCrit { fault: CritFault::Empty },
                "invalid_crit",
                "the header's `crit` is an empty array (RFC 7515 section 4.1.11)",
            ),
            (
                HeaderError::UnsupportedCritical { name: Excerpt::new("exp") },
                "unsupported_crit",
                "the header demands the extension \"exp\", which is not supported",
            ),
            (
                HeaderError::Encrypted,
                "encrypted_token",
                "the header has `enc`: it belongs to an encrypted token, not a signed one",
            ),
            (
                HeaderError::Compressed,
                "compressed_token",
                "the header has `zip`: compressed tokens are not supported",
            ),
            (
                HeaderError::UnencodedPayload,
                "unencoded_payload",
                "the header has `b64`: unencoded payloads (RFC 7797) are not supported here",
            ),
            (
                HeaderError::EncodedPayload,
                "encoded_payload",
                "the header has no `b64: false`, and an unencoded payload (RFC 7797) was expected",
            ),
            (
                HeaderError::InvalidB64 { found: JsonKind::String },
                "invalid_b64",
                "the header's `b64` must be `true` or `false`, found a string",
            ),
            (
                HeaderError::B64NotCritical,
                "b64_not_critical",
                "the header has `b64: false` without a `crit` that names it (RFC 7797 section 6)",
            ),
        ],
    );
    let faults = [
        (CritFault::NotAnArray, "is not an array"),
        (CritFault::Empty, "is an empty array"),
        (CritFault::NotAString, "has an element that is not a string"),
        (CritFault::Duplicate, "names a parameter twice"),
        (CritFault::Registered, "names a parameter that is always understood"),
        (CritFault::Absent, "names a parameter that the header does not have"),
        (CritFault::TooMany, "has more than 16 names"),
    ];
    for (fault, text) in faults {
        assert_eq!(fault.to_string(), text);
    }
}

#[test]
fn verify_error() {
    let (expected, found) = (Algorithm::RS256, Algorithm::HS256);
    check::<VerifyError, 5>(
        VerifyError::code,
        &[
            (VerifyError::Malformed(Malformed::Empty), "empty_token", "the token is empty"),
            (VerifyError::Header(HeaderError::MissingAlg), "missing_alg", "the token's header has no `alg`"),
            (
                VerifyError::AlgorithmMismatch { expected, found },
                "algorithm_mismatch",
                "the token says it is signed with HS256, the key is for RS256",
            ),
            (
                VerifyError::InvalidSignature,
                "invalid_signature",
                "the signature is invalid: the token was altered, or signed with another key",
            ),
            (
                VerifyError::BufferTooSmall { needed: 300 },
                "buffer_too_small",
                "the buffer is too small for this token: 300 bytes are needed",
            ),
        ],
    );
    assert_eq!(InvalidSignature.to_string(), VerifyError::InvalidSignature.to_string());
    assert_eq!(VerifyError::from(InvalidSignature), VerifyError::InvalidSignature);
}

#[expect(clippy::too_many_lines, reason = "a table")]
#[test]
fn claim_error() {
    let (earlier, later) =
        (NumericDate::from_secs(1_516_239_022), NumericDate::new(1_516_239_023, 500_000_000));
    let (expected, found) = (Excerpt::new("a"), Excerpt::new("b"));
    let wrong = |claim, found| ClaimError::WrongType { claim, found };
    check::<ClaimError, 33>(
        ClaimError::code,
        &[
            (
                ClaimError::Json(INVALID_NUMBER),
                "json_invalid_number",
                "the token's payload: invalid JSON number (at offset 9)",
            ),
            (
                wrong(RegisteredClaim::Iss, JsonKind::Null),
                "issuer_wrong_type",
                "the claim `iss` must be a string, found null",
            ),
            (
                wrong(RegisteredClaim::Sub, JsonKind::Number),
                "subject_wrong_type",
                "the claim `sub` must be a string, found a number",
            ),
            (
                wrong(RegisteredClaim::Aud, JsonKind::Object),
                "audience_wrong_type",
                "the claim `aud` must be a string or an array of strings, found an object",
            ),
            (
                wrong(RegisteredClaim::Exp, JsonKind::String),
                "exp_wrong_type",
                "the claim `exp` must be a number of seconds, found a string",
            ),
            (
                wrong(RegisteredClaim::Nbf, JsonKind::Bool),
                "nbf_wrong_type",
                "the claim `nbf` must be a number of seconds, found a boolean",
            ),
            (
                wrong(RegisteredClaim::Iat, JsonKind::Array),
                "iat_wrong_type",
                "the claim `iat` must be a number of seconds, found an array",
            ),
            (
                wrong(RegisteredClaim::Jti, JsonKind::Number),
                "jti_wrong_type",
                "the claim `jti` must be a string, found a number",
            ),
            (
                ClaimError::OutOfRange { claim: RegisteredClaim::Exp },
                "exp_out_of_range",
                "the claim `exp` must be between 0 and 9223372036854775807 seconds since 1970",
            ),
            (
                ClaimError::OutOfRange { claim: RegisteredClaim::Nbf },
                "nbf_out_of_range",
                "the claim `nbf` must be between 0 and 9223372036854775807 seconds since 1970",
            ),
            (
                ClaimError::OutOfRange { claim: RegisteredClaim::Iat },
                "iat_out_of_range",
                "the claim `iat` must be between 0 and 9223372036854775807 seconds since 1970",
            ),
            (
                ClaimError::MissingClaim { claim: Excerpt::new("exp") },
                "missing_claim",
                "the required claim \"exp\" is missing",
            ),
            (
                ClaimError::Expired { expired_at: earlier, now: later },
                "expired",
                "the token expired at 1516239022; it is now 1516239023 (seconds since 1970)",
            ),
            (
                ClaimError::NotYetValid { not_before: later, now: earlier },
                "not_yet_valid",
                "the token is not valid before 1516239023.5; it is now 1516239022 (seconds since 1970)",
            ),
            (
                ClaimError::IssuedInFuture { issued_at: later, now: earlier },
                "issued_in_future",
                "the token was issued in the future, at 1516239023.5; it is now 1516239022 (seconds since 1970)",
            ),
            (
                ClaimError::TooOld { issued_at: earlier, max_age_secs: 60, now: later },
                "too_old",
                "the token was issued at 1516239022, longer than 60 seconds ago; it is now 1516239023.5 (seconds since 1970)",
            ),
            (
                ClaimError::UnprovenTime { claim: RegisteredClaim::Nbf },
                "unproven_time",
                "without an exact clock the claim `nbf` cannot be checked",
            ),
            (ClaimError::MissingCty { expected }, "missing_cty", "the header has no `cty`, expected \"a\""),
            (
                ClaimError::CtyMismatch { expected, found },
                "cty_mismatch",
                "the header's `cty` is \"b\", expected \"a\"",
            ),
            (
                ClaimError::ClaimWrongType {
                    claim: Excerpt::new("nonce"),
                    expected: JsonKind::String,
                    found: JsonKind::Bool,
                },
                "claim_wrong_type",
                "the claim \"nonce\" must be a string, found a boolean",
            ),
            (
                ClaimError::ClaimMismatch { claim: Excerpt::new("nonce"), found },
                "claim_mismatch",
                "the claim \"nonce\" is \"b\", which is not what was expected",
            ),
            (
                ClaimError::UnexpectedClaim { claim: Excerpt::new("events") },
                "unexpected_claim",
                "the claim \"events\" makes this another kind of token than the one expected",
            ),
            (
                ClaimError::AuthTimeOutOfRange,
                "auth_time_out_of_range",
                "the claim `auth_time` must be between 0 and 9223372036854775807 seconds since 1970",
            ),
            (
                ClaimError::AuthenticationTooOld { authenticated_at: earlier, max_age_secs: 1, now: later },
                "authentication_too_old",
                "the user was authenticated at 1516239022, longer than 1 seconds ago; it is now 1516239023.5 (seconds \
                 since 1970)",
            ),
            (
                ClaimError::AuthenticatedInFuture { authenticated_at: later, now: earlier },
                "authenticated_in_future",
                "the user was authenticated in the future, at 1516239023.5; it is now 1516239022 (seconds since 1970)",
            ),
            (
                ClaimError::UnprovenAuthTime,
                "unproven_auth_time",
                "without an exact clock the claim `auth_time` cannot be checked",
            ),
            (
                ClaimError::NoTokenHash { algorithm: Algorithm::MlDsa44 },
                "no_token_hash",
                "no hash of another token is defined for a token signed with ML-DSA-44",
            ),
            (
                ClaimError::IssuerMismatch { expected, found },
                "issuer_mismatch",
                "the issuer is \"b\", expected \"a\"",
            ),
            (
                ClaimError::SubjectMismatch { expected, found },
                "subject_mismatch",
                "the subject is \"b\", expected \"a\"",
            ),
            (
                ClaimError::AudienceMismatch { expected, found },
                "audience_mismatch",
                "the token is for the audience \"b\", expected \"a\"",
            ),
            (
                ClaimError::UnexpectedAudience { found },
                "unexpected_audience",
                "the token is for the audience \"b\", and no audience was configured to compare it with",
            ),
            (ClaimError::MissingTyp { expected }, "missing_typ", "the header has no `typ`, expected \"a\""),
            (
                ClaimError::TypMismatch { expected, found },
                "typ_mismatch",
                "the header's `typ` is \"b\", expected \"a\"",
            ),
        ],
    );
}

#[test]
fn sign_error() {
    check::<SignError, 12>(
        SignError::code,
        &[
            (
                SignError::BufferTooSmall { needed: 300 },
                "buffer_too_small",
                "the buffer is too small for the token: at least 300 bytes are needed",
            ),
            (
                SignError::DotInPayload,
                "dot_in_payload",
                "an unencoded payload must not have a dot, which would end it; detach it instead",
            ),
            (
                SignError::TooLong { len: 131_073 },
                "token_too_long",
                "the token would be 131073 bytes long; the limit is 131072",
            ),
            (
                SignError::HeaderTooLong { len: 16_385 },
                "header_too_long",
                "the token's header would be 16385 characters long; the limit is 16384",
            ),
            (
                SignError::EmptyPayload,
                "empty_part",
                "the payload is empty, and no verifier would accept that",
            ),
            (SignError::Header(HeaderError::MissingAlg), "missing_alg", "the token's header has no `alg`"),
            (
                SignError::Claims(ClaimError::Json(INVALID_NUMBER)),
                "json_invalid_number",
                "the token's payload: invalid JSON number (at offset 9)",
            ),
            (SignError::Serialize, "claims_not_serializable", "the claims do not serialize to a JSON object"),
            (SignError::Rng, "rng_failed", "the random number generator failed; nothing was signed"),
            (SignError::Key, "signing_failed", "the private-key operation failed; nothing was signed"),
            (
                SignError::SignatureLength { expected: 32, found: 31 },
                "signature_length",
                "the signature is 31 bytes long, 32 were expected",
            ),
            (SignError::Device { code: 7 }, "device_failed", "the signing device failed with its error 7"),
        ],
    );
}

#[test]
fn key_error() {
    check::<KeyError, 10>(
        KeyError::code,
        &[
            (KeyError::EmptySecret, "empty_secret", "the HMAC secret is empty"),
            (
                KeyError::KeyTooShort { len: 15, min: 32 },
                "key_too_short",
                "the HMAC secret is 15 bytes long; the algorithm needs at least 32 (RFC 7518 section 3.2)",
            ),
            (
                KeyError::NotASecret { form: KeyForm::Pem },
                "key_is_not_a_secret",
                "this is a PEM file, not an HMAC secret; load it as a key, for it may be known to everybody",
            ),
            (KeyError::Base64, "key_base64", "the secret is not base64url without padding"),
            (KeyError::TooLong, "key_too_long", "the secret is longer than 512 bytes"),
            (KeyError::Der, "key_der", "this is not the DER encoding of an RSA key"),
            (
                KeyError::InconsistentPrivateKey,
                "key_inconsistent",
                "the numbers of this RSA private key do not belong together: the key is damaged",
            ),
            (
                KeyError::CoordinateLength { expected: 32, found: 31 },
                "key_length",
                "a key or coordinate of 31 bytes, where keys of this kind have 32",
            ),
            (KeyError::PointNotOnCurve, "key_point", "the public key is not a valid point of its curve"),
            (
                KeyError::PrivateKeyOutOfRange,
                "key_out_of_range",
                "the private key is zero, or not below the order of its curve",
            ),
        ],
    );
    let forms = [KeyForm::Pem, KeyForm::Der, KeyForm::OpenSsh, KeyForm::Ssh2, KeyForm::Jwk, KeyForm::JwkSet];
    assert_eq!(
        forms.map(|form| form.to_string()),
        [
            "a PEM file",
            "a DER-encoded key or certificate",
            "an OpenSSH key",
            "an SSH2 public key",
            "a JSON Web Key",
            "a JSON Web Key Set",
        ]
    );
}

#[cfg(feature = "rsa")]
#[test]
fn modulus_error() {
    use jwt_core::ModulusError;

    let cases = [
        (
            ModulusError::TooShort { bits: 1024 },
            "key_too_short",
            "RSA modulus of 1024 bits is too short: 2048 are needed (RFC 7518 section 3.3)",
        ),
        (
            ModulusError::TooLong { bits: 4096, max: 2048 },
            "key_modulus",
            "RSA modulus of 4096 bits is too long: this key type holds 2048",
        ),
        (
            ModulusError::NotWholeBytes { bits: 2047 },
            "key_modulus",
            "RSA modulus of 2047 bits is not a whole number of bytes",
        ),
        (ModulusError::Even, "key_modulus", "RSA modulus is even"),
        (ModulusError::EvenExponent, "key_modulus", "RSA public exponent is even"),
        (ModulusError::ExponentTooSmall, "key_modulus", "RSA public exponent is below 3"),
        (ModulusError::ExponentTooLarge, "key_modulus", "RSA public exponent is 2^33 or above"),
    ];
    for (error, code, text) in cases {
        assert_eq!(error.to_string(), text);
        assert_eq!(KeyError::from(error).to_string(), text);
        assert_eq!(KeyError::from(error).code(), code);
    }
}

#[cfg(feature = "serde")]
#[test]
fn custom_claims_error() {
    use jwt_core::CustomClaimsError;

    check::<CustomClaimsError, 3>(
        CustomClaimsError::code,
        &[
            (
                CustomClaimsError::EscapedString,
                "claims_escaped_string",
                "the claims hold strings with escapes: read them with `custom_with` and a buffer",
            ),
            (
                CustomClaimsError::BufferTooSmall,
                "buffer_too_small",
                "the buffer is too small for the decoded claims",
            ),
            (
                CustomClaimsError::Mismatch,
                "claims_mismatch",
                "the claims do not fit the application's type: a member is missing or of another type",
            ),
        ],
    );
}

/// The error for all of them adds nothing and loses nothing.
#[test]
fn error() {
    check::<Error, 4>(
        Error::code,
        &[
            (Malformed::Empty.into(), "empty_token", "the token is empty"),
            (
                ClaimError::MissingClaim { claim: Excerpt::new("exp") }.into(),
                "missing_claim",
                "the required claim \"exp\" is missing",
            ),
            (SignError::Rng.into(), "rng_failed", "the random number generator failed; nothing was signed"),
            (KeyError::EmptySecret.into(), "empty_secret", "the HMAC secret is empty"),
        ],
    );
    assert_eq!(
        UnknownAlgorithm.to_string(),
        "unknown algorithm; known are HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, \
         ES256, ES384, ES512, ES256K, EdDSA, Ed25519, ML-DSA-44, ML-DSA-65, ML-DSA-87"
    );
}

/// Evidence from a token is printed so that it can neither forge a line of a log nor steer a terminal.
#[test]
fn excerpts_are_short_and_harmless() {
    let cases = [
        ("plain", "\"plain\""),
        ("", "\"\""),
        ("say \"hi\" \\", "\"say \\\"hi\\\" \\\\\""),
        ("a\nb\0\x1b[31m", "\"a\\u{a}b\\u{0}\\u{1b}[31m\""),
        ("\u{7f}\u{85}\u{202e}\u{feff}", "\"\\u{7f}\\u{85}\\u{202e}\\u{feff}\""),
        ("José 😀", "\"José 😀\""),
        ("0123456789abcdef0123456789abcdef", "\"0123456789abcdef0123456789abcdef\""),
        ("0123456789abcdef0123456789abcdefg", "\"0123456789abcdef0123456789abcdef…\""),
        // 31 bytes and a character of two: it is cut before, not within.
        ("0123456789abcdef0123456789abcdeé", "\"0123456789abcdef0123456789abcde…\""),
    ];
    for (text, printed) in cases {
        let excerpt = Excerpt::new(text);
        assert_eq!(excerpt.to_string(), printed);
        assert_eq!(format!("{excerpt:?}"), printed);
        assert!(text.starts_with(excerpt.as_str()) && excerpt.as_str().len() <= 32);
        assert_eq!(excerpt.is_cut(), excerpt.as_str() != text);
    }
}

const INVALID_NUMBER: JsonError = JsonError { kind: JsonErrorKind::InvalidNumber, position: 9 };

/// Checks the text and the code of each of the `N` errors, and that no two share a code.
fn check<E: Display + core::error::Error + Copy + Send + Sync + 'static, const N: usize>(
    code_of: fn(&E) -> &'static str,
    cases: &[Case<E>; N],
) {
    let mut codes: Vec<&str> = Vec::new();
    for (error, code, text) in cases {
        assert_eq!(error.to_string(), *text);
        assert_eq!(code_of(error), *code);
        assert!(!text.contains('\n') && !text.ends_with('.'), "{text}");
        assert!(code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')), "{code}");
        assert!(!codes.contains(code), "{code}");
        codes.push(code);
    }
}
