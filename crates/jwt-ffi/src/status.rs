//! The numbers that functions return, and what they mean.

use core::ffi::{CStr, c_char};

mod of;
mod text;

/// What a function returns: 0 if it did what it says, else why not. Numbers are stable: new ones are added, none changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
#[must_use]
pub enum JwtStatus {
    /// No error.
    Ok = 0,
    // The caller of this interface made a mistake.
    /// A pointer is null that must not be.
    NullPointer = 1,
    /// A pointer to an object is not aligned as the object's type must be.
    MisalignedPointer = 2,
    /// A length is greater than any object can be.
    LengthOverflow = 3,
    /// A buffer that is written overlaps another argument.
    OverlappingBuffers = 4,
    /// The object has not been initialised, was cleared, or what should have initialised it failed.
    NotReady = 5,
    /// An argument has none of the values that it may have.
    InvalidArgument = 6,
    /// A text argument is not UTF-8.
    NotUtf8 = 7,
    /// The policy names more claims than there is room for.
    TooManyNames = 8,
    /// The key only verifies.
    KeyCannotSign = 9,
    /// The key only signs.
    KeyCannotVerify = 10,
    /// There is no claim or header parameter of that name.
    NoSuchMember = 11,
    /// The claim or header parameter is not a string.
    NotAString = 12,
    /// The claim is not a whole number between -2^63 and 2^63 - 1.
    NotAnInteger = 13,
    /// The claim is neither true nor false.
    NotABoolean = 14,
    /// The text has a NUL character, where a C string would end.
    EmbeddedNul = 15,
    /// The buffer is too small.
    BufferTooSmall = 16,
    /// An error that this version of the C interface has no number for.
    UnknownError = 17,
    // The text is not a token.
    /// The token is empty.
    EmptyToken = 32,
    /// The token is too long: the limit is 131072 bytes.
    TokenTooLong = 33,
    /// The token's header is too long: the limit is 16384 characters.
    HeaderTooLong = 34,
    /// Not a signed token: expected three parts separated by dots.
    PartCount = 35,
    /// This is an encrypted token (JWE); only signed tokens (JWS) can be read.
    EncryptedToken = 36,
    /// A part of the token is empty.
    EmptyPart = 37,
    /// The token has a payload of its own, and its content was expected to be apart from it.
    NotDetached = 38,
    /// Padding in base64url: in a token it is written without.
    Base64Padding = 39,
    /// White space or a line break in base64url.
    Base64Whitespace = 40,
    /// `+` or `/` in base64url: a token uses the URL-safe alphabet (`-` and `_`).
    Base64Alphabet = 41,
    /// A byte that is not base64url.
    Base64Byte = 42,
    /// Base64url characters that cannot be decoded: one is missing.
    Base64Length = 43,
    /// The last base64url character has unused bits that are not zero.
    Base64TrailingBits = 44,
    // The JSON of a header, a payload or a key is not acceptable.
    /// The JSON text ends too early.
    JsonUnexpectedEnd = 48,
    /// Unexpected byte in JSON.
    JsonUnexpectedByte = 49,
    /// Expected a JSON object.
    JsonNotAnObject = 50,
    /// Data after the end of the JSON value.
    JsonTrailingData = 51,
    /// The JSON text is not UTF-8.
    JsonInvalidUtf8 = 52,
    /// The JSON text begins with a byte order mark.
    JsonByteOrderMark = 53,
    /// A control character in a JSON string must be escaped.
    JsonControlCharacter = 54,
    /// Invalid escape sequence in a JSON string.
    JsonInvalidEscape = 55,
    /// Half a surrogate pair in a JSON string.
    JsonLoneSurrogate = 56,
    /// Invalid JSON number.
    JsonInvalidNumber = 57,
    /// Duplicate member name in a JSON object.
    JsonDuplicateName = 58,
    /// JSON nested deeper than the limit of 32 levels.
    JsonTooDeep = 59,
    /// A JSON object with too many members.
    JsonTooManyMembers = 60,
    /// To look for duplicate names this JSON would have to be read over too often.
    JsonTooCostly = 61,
    // The header is not acceptable, or the signature does not hold.
    /// The token's header has no `alg`.
    MissingAlg = 64,
    /// A header parameter must be a string.
    HeaderWrongType = 65,
    /// Unknown algorithm in the token's header.
    UnknownAlgorithm = 66,
    /// The header's `crit` is not what it must be (RFC 7515 section 4.1.11).
    InvalidCrit = 67,
    /// The header demands an extension that is not supported.
    UnsupportedCrit = 68,
    /// The header has `zip`: compressed tokens are not supported.
    CompressedToken = 69,
    /// The header has `b64`: unencoded payloads (RFC 7797) are not supported here.
    UnencodedPayload = 70,
    /// The header has no `b64: false`, and an unencoded payload (RFC 7797) was expected.
    EncodedPayload = 71,
    /// The header's `b64` must be `true` or `false`.
    InvalidB64 = 72,
    /// The header has `b64: false` without a `crit` that names it (RFC 7797 section 6).
    B64NotCritical = 73,
    /// The token says it is signed with another algorithm than the key is for.
    AlgorithmMismatch = 74,
    /// The signature is invalid: the token was altered, or signed with another key.
    InvalidSignature = 75,
    // The signature holds; the claims do not fit the policy.
    /// The token expired.
    Expired = 80,
    /// The token is not valid yet.
    NotYetValid = 81,
    /// The token was issued in the future.
    IssuedInFuture = 82,
    /// The token was issued too long ago.
    TooOld = 83,
    /// Without an exact clock a claim about time cannot be checked.
    UnprovenTime = 84,
    /// A required claim is missing.
    MissingClaim = 85,
    /// The issuer is not the expected one.
    IssuerMismatch = 86,
    /// The subject is not the expected one.
    SubjectMismatch = 87,
    /// The token is for another audience.
    AudienceMismatch = 88,
    /// The token is for an audience, and no audience was configured to compare it with.
    UnexpectedAudience = 89,
    /// The header has no `typ`.
    MissingTyp = 90,
    /// The header's `typ` is not the expected one.
    TypMismatch = 91,
    /// The header has no `cty`.
    MissingCty = 92,
    /// The header's `cty` is not the expected one.
    CtyMismatch = 93,
    /// The claim `iss` must be a string.
    IssuerWrongType = 94,
    /// The claim `sub` must be a string.
    SubjectWrongType = 95,
    /// The claim `aud` must be a string or an array of strings.
    AudienceWrongType = 96,
    /// The claim `exp` must be a number of seconds.
    ExpWrongType = 97,
    /// The claim `nbf` must be a number of seconds.
    NbfWrongType = 98,
    /// The claim `iat` must be a number of seconds.
    IatWrongType = 99,
    /// The claim `jti` must be a string.
    JtiWrongType = 100,
    /// The claim `exp` must be between 0 and 9223372036854775807 seconds since 1970.
    ExpOutOfRange = 101,
    /// The claim `nbf` must be between 0 and 9223372036854775807 seconds since 1970.
    NbfOutOfRange = 102,
    /// The claim `iat` must be between 0 and 9223372036854775807 seconds since 1970.
    IatOutOfRange = 103,
    /// A claim has another JSON type than was expected.
    ClaimWrongType = 104,
    /// A claim is not what was expected.
    ClaimMismatch = 105,
    /// The claim `auth_time` must be between 0 and 9223372036854775807 seconds since 1970.
    AuthTimeOutOfRange = 106,
    /// The user was authenticated too long ago.
    AuthenticationTooOld = 107,
    /// The user was authenticated in the future.
    AuthenticatedInFuture = 108,
    /// Without an exact clock the claim `auth_time` cannot be checked.
    UnprovenAuthTime = 109,
    /// No hash of another token is defined for a token of this algorithm.
    NoTokenHash = 110,
    /// A claim makes this another kind of token than the one expected.
    UnexpectedClaim = 111,
    // The token could not be signed.
    /// An unencoded payload must not have a dot, which would end it.
    DotInPayload = 112,
    /// The claims do not serialize to a JSON object.
    ClaimsNotSerializable = 113,
    /// The random number generator failed; nothing was signed.
    RngFailed = 114,
    /// The private-key operation failed; nothing was signed.
    SigningFailed = 115,
    /// The signature has another length than the algorithm's signatures.
    SignatureLength = 116,
    /// The signing device failed.
    DeviceFailed = 117,
    // The key cannot be used.
    /// The HMAC secret is empty.
    EmptySecret = 128,
    /// The key is too short: an HMAC secret must be as long as the hash, an RSA modulus 2048 bits.
    KeyTooShort = 129,
    /// This is a key of another kind, not an HMAC secret; it may be known to everybody.
    KeyIsNotASecret = 130,
    /// The secret is not base64url without padding.
    KeyBase64 = 131,
    /// The secret is longer than 512 bytes.
    KeyTooLong = 132,
    /// This is not the DER encoding of an RSA key.
    KeyDer = 133,
    /// The numbers of the RSA public key are not acceptable.
    KeyModulus = 134,
    /// The numbers of this RSA private key do not belong together: the key is damaged.
    KeyInconsistent = 135,
    /// A key or coordinate has another length than keys of its kind.
    KeyLength = 136,
    /// The public key is not a valid point of its curve.
    KeyPoint = 137,
    /// The private key is zero, or not below the order of its curve.
    KeyOutOfRange = 138,
    // The JSON Web Key cannot be used.
    /// This is a JSON Web Key Set, not a single key.
    JwkIsASet = 144,
    /// A member of the JSON Web Key has the wrong JSON type.
    JwkWrongType = 145,
    /// The JSON Web Key lacks a member.
    JwkMissingMember = 146,
    /// Unknown key type; known are oct, RSA, EC, OKP and AKP.
    JwkUnknownKty = 147,
    /// Keys on this curve are not supported.
    JwkUnsupportedCrv = 148,
    /// The JSON Web Key is for an algorithm that does not sign here.
    JwkUnsupportedAlg = 149,
    /// The JSON Web Key says it is for an algorithm that needs another kind of key.
    JwkAlgOfOtherKind = 150,
    /// A value of the JSON Web Key is spelled with escapes, which base64url never needs.
    JwkEscapedValue = 151,
    /// A number of the JSON Web Key has leading zeros (RFC 7518 section 2).
    JwkLeadingZeros = 152,
    /// A value of the JSON Web Key is empty.
    JwkEmptyValue = 153,
    /// RSA keys of more than two primes (`oth`) are not supported.
    JwkMultiPrime = 154,
    /// The JSON Web Key's `key_ops` has a value twice (RFC 7517 section 4.3).
    JwkDuplicateOperation = 155,
    /// The JSON Web Key is of another kind than is needed.
    JwkWrongKind = 156,
    /// The JSON Web Key is for another algorithm.
    JwkAlgorithmMismatch = 157,
    /// The JSON Web Key's `use` says that it is not for signatures.
    JwkUse = 158,
    /// The JSON Web Key's `key_ops` does not have the operation.
    JwkKeyOps = 159,
    /// The JSON Web Key is a public key: it can verify, not sign.
    JwkNotPrivate = 160,
    /// The private members of the JSON Web Key do not belong to its public ones.
    JwkPrivateMismatch = 161,
    /// A symmetric key, which is a secret and nothing that a set or thumbprint may show.
    JwkSymmetric = 162,
    /// A JSON Web Key Set with too many keys.
    JwkTooManyKeys = 163,
    /// The JSON Web Key Set is too long.
    JwkSetTooLong = 164,
}

impl JwtStatus {
    /// The status of this number.
    fn of_number(number: i32) -> Option<Self> {
        // The discriminant of an enum without fields.
        ALL.into_iter().find(|status| *status as i32 == number)
    }

    /// The stable name, as jwt-core has it.
    pub fn name(self) -> &'static CStr {
        text::name(self)
    }

    /// The words for a person.
    pub fn text(self) -> &'static CStr {
        text::text(self)
    }
}

/// What a status means, in one line for a person or a log: jwt-core's own words, without the values of the token at hand.
/// Never null; for a number that is no status, it says so.
#[unsafe(no_mangle)]
pub extern "C" fn jwt_strerror(status: i32) -> *const c_char {
    JwtStatus::of_number(status).unwrap_or(JwtStatus::UnknownError).text().as_ptr()
}

/// The stable, machine-readable name of a status, such as `expired`: the same in every interface of this project. Never
/// null.
#[unsafe(no_mangle)]
pub extern "C" fn jwt_error_name(status: i32) -> *const c_char {
    JwtStatus::of_number(status).unwrap_or(JwtStatus::UnknownError).name().as_ptr()
}

/// Every status.
const ALL: [JwtStatus; 127] = [
    JwtStatus::Ok,
    JwtStatus::NullPointer,
    JwtStatus::MisalignedPointer,
    JwtStatus::LengthOverflow,
    JwtStatus::OverlappingBuffers,
    JwtStatus::NotReady,
    JwtStatus::InvalidArgument,
    JwtStatus::NotUtf8,
    JwtStatus::TooManyNames,
    JwtStatus::KeyCannotSign,
    JwtStatus::KeyCannotVerify,
    JwtStatus::NoSuchMember,
    JwtStatus::NotAString,
    JwtStatus::NotAnInteger,
    JwtStatus::NotABoolean,
    JwtStatus::EmbeddedNul,
    JwtStatus::BufferTooSmall,
    JwtStatus::UnknownError,
    JwtStatus::EmptyToken,
    JwtStatus::TokenTooLong,
    JwtStatus::HeaderTooLong,
    JwtStatus::PartCount,
    JwtStatus::EncryptedToken,
    JwtStatus::EmptyPart,
    JwtStatus::NotDetached,
    JwtStatus::Base64Padding,
    JwtStatus::Base64Whitespace,
    JwtStatus::Base64Alphabet,
    JwtStatus::Base64Byte,
    JwtStatus::Base64Length,
    JwtStatus::Base64TrailingBits,
    JwtStatus::JsonUnexpectedEnd,
    JwtStatus::JsonUnexpectedByte,
    JwtStatus::JsonNotAnObject,
    JwtStatus::JsonTrailingData,
    JwtStatus::JsonInvalidUtf8,
    JwtStatus::JsonByteOrderMark,
    JwtStatus::JsonControlCharacter,
    JwtStatus::JsonInvalidEscape,
    JwtStatus::JsonLoneSurrogate,
    JwtStatus::JsonInvalidNumber,
    JwtStatus::JsonDuplicateName,
    JwtStatus::JsonTooDeep,
    JwtStatus::JsonTooManyMembers,
    JwtStatus::JsonTooCostly,
    JwtStatus::MissingAlg,
    JwtStatus::HeaderWrongType,
    JwtStatus::UnknownAlgorithm,
    JwtStatus::InvalidCrit,
    JwtStatus::UnsupportedCrit,
    JwtStatus::CompressedToken,
    JwtStatus::UnencodedPayload,
    JwtStatus::EncodedPayload,
    JwtStatus::InvalidB64,
    JwtStatus::B64NotCritical,
    JwtStatus::AlgorithmMismatch,
    JwtStatus::InvalidSignature,
    JwtStatus::Expired,
    JwtStatus::NotYetValid,
    JwtStatus::IssuedInFuture,
    JwtStatus::TooOld,
    JwtStatus::UnprovenTime,
    JwtStatus::MissingClaim,
    JwtStatus::IssuerMismatch,
    JwtStatus::SubjectMismatch,
    JwtStatus::AudienceMismatch,
    JwtStatus::UnexpectedAudience,
    JwtStatus::MissingTyp,
    JwtStatus::TypMismatch,
    JwtStatus::MissingCty,
    JwtStatus::CtyMismatch,
    JwtStatus::IssuerWrongType,
    JwtStatus::SubjectWrongType,
    JwtStatus::AudienceWrongType,
    JwtStatus::ExpWrongType,
    JwtStatus::NbfWrongType,
    JwtStatus::IatWrongType,
    JwtStatus::JtiWrongType,
    JwtStatus::ExpOutOfRange,
    JwtStatus::NbfOutOfRange,
    JwtStatus::IatOutOfRange,
    JwtStatus::ClaimWrongType,
    JwtStatus::ClaimMismatch,
    JwtStatus::AuthTimeOutOfRange,
    JwtStatus::AuthenticationTooOld,
    JwtStatus::AuthenticatedInFuture,
    JwtStatus::UnprovenAuthTime,
    JwtStatus::NoTokenHash,
    JwtStatus::UnexpectedClaim,
    JwtStatus::DotInPayload,
    JwtStatus::ClaimsNotSerializable,
    JwtStatus::RngFailed,
    JwtStatus::SigningFailed,
    JwtStatus::SignatureLength,
    JwtStatus::DeviceFailed,
    JwtStatus::EmptySecret,
    JwtStatus::KeyTooShort,
    JwtStatus::KeyIsNotASecret,
    JwtStatus::KeyBase64,
    JwtStatus::KeyTooLong,
    JwtStatus::KeyDer,
    JwtStatus::KeyModulus,
    JwtStatus::KeyInconsistent,
    JwtStatus::KeyLength,
    JwtStatus::KeyPoint,
    JwtStatus::KeyOutOfRange,
    JwtStatus::JwkIsASet,
    JwtStatus::JwkWrongType,
    JwtStatus::JwkMissingMember,
    JwtStatus::JwkUnknownKty,
    JwtStatus::JwkUnsupportedCrv,
    JwtStatus::JwkUnsupportedAlg,
    JwtStatus::JwkAlgOfOtherKind,
    JwtStatus::JwkEscapedValue,
    JwtStatus::JwkLeadingZeros,
    JwtStatus::JwkEmptyValue,
    JwtStatus::JwkMultiPrime,
    JwtStatus::JwkDuplicateOperation,
    JwtStatus::JwkWrongKind,
    JwtStatus::JwkAlgorithmMismatch,
    JwtStatus::JwkUse,
    JwtStatus::JwkKeyOps,
    JwtStatus::JwkNotPrivate,
    JwtStatus::JwkPrivateMismatch,
    JwtStatus::JwkSymmetric,
    JwtStatus::JwkTooManyKeys,
    JwtStatus::JwkSetTooLong,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;
    use std::string::String;
    use std::vec::Vec;
    use std::{format, fs};

    use super::*;

    #[test]
    fn every_status_has_a_number_name_and_text_of_its_own() {
        let numbers: BTreeSet<i32> = ALL.iter().map(|status| *status as i32).collect();
        let names: BTreeSet<&CStr> = ALL.iter().map(|status| status.name()).collect();
        let texts: BTreeSet<&CStr> = ALL.iter().map(|status| status.text()).collect();
        assert_eq!((numbers.len(), names.len(), texts.len()), (ALL.len(), ALL.len(), ALL.len()));
        for status in ALL {
            assert_eq!(JwtStatus::of_number(status as i32), Some(status));
            let text = status.text().to_str().unwrap();
            assert!(!text.ends_with('.') && !text.contains('\n'), "{text}");
        }
        for stranger in [-1, 31, 200, i32::MAX, i32::MIN] {
            assert_eq!(JwtStatus::of_number(stranger), None);
        }
    }

    /// The string literals in the functions named `code` of jwt-core.
    fn codes_of_core() -> BTreeSet<String> {
        let mut codes = BTreeSet::new();
        let mut folders = Vec::from([Path::new(env!("CARGO_MANIFEST_DIR")).join("../jwt-core/src")]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = fs::read_to_string(path).unwrap();
                for function in source.split("const fn code(&self) -> &'static str {").skip(1) {
                    let body = function.split("\n    }\n").next().unwrap();
                    let lines = body.lines().filter(|line| !line.trim_start().starts_with("#["));
                    codes.extend(lines.filter_map(|line| line.split('"').nth(1)).map(String::from));
                }
            }
        }
        codes
    }

    #[test]
    fn every_code_of_jwt_core_has_a_number() {
        let codes = codes_of_core();
        assert!(codes.len() > 100, "{} found", codes.len());
        // Of serde types, which C has none of.
        let not_here = ["claims_mismatch", "claims_escaped_string"];
        for code in codes.iter().filter(|code| !not_here.contains(&code.as_str())) {
            let name = format!("{code}\0");
            let name = CStr::from_bytes_with_nul(name.as_bytes()).unwrap();
            assert!(ALL.iter().any(|status| status.name() == name), "{code} has no number");
        }
    }
}
