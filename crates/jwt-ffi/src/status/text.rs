//! The name and the words of each status.

use core::ffi::CStr;

use super::JwtStatus;

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn name(status: JwtStatus) -> &'static CStr {
    match status {
        JwtStatus::Ok => c"ok",
        JwtStatus::NullPointer => c"null_pointer",
        JwtStatus::MisalignedPointer => c"misaligned_pointer",
        JwtStatus::LengthOverflow => c"length_overflow",
        JwtStatus::OverlappingBuffers => c"overlapping_buffers",
        JwtStatus::NotReady => c"not_ready",
        JwtStatus::InvalidArgument => c"invalid_argument",
        JwtStatus::NotUtf8 => c"not_utf8",
        JwtStatus::TooManyNames => c"too_many_names",
        JwtStatus::KeyCannotSign => c"key_cannot_sign",
        JwtStatus::KeyCannotVerify => c"key_cannot_verify",
        JwtStatus::NoSuchMember => c"no_such_member",
        JwtStatus::NotAString => c"not_a_string",
        JwtStatus::NotAnInteger => c"not_an_integer",
        JwtStatus::NotABoolean => c"not_a_boolean",
        JwtStatus::EmbeddedNul => c"embedded_nul",
        JwtStatus::BufferTooSmall => c"buffer_too_small",
        JwtStatus::UnknownError => c"unknown_error",
        JwtStatus::EmptyToken => c"empty_token",
        JwtStatus::TokenTooLong => c"token_too_long",
        JwtStatus::HeaderTooLong => c"header_too_long",
        JwtStatus::PartCount => c"part_count",
        JwtStatus::EncryptedToken => c"encrypted_token",
        JwtStatus::EmptyPart => c"empty_part",
        JwtStatus::NotDetached => c"not_detached",
        JwtStatus::Base64Padding => c"base64_padding",
        JwtStatus::Base64Whitespace => c"base64_whitespace",
        JwtStatus::Base64Alphabet => c"base64_alphabet",
        JwtStatus::Base64Byte => c"base64_byte",
        JwtStatus::Base64Length => c"base64_length",
        JwtStatus::Base64TrailingBits => c"base64_trailing_bits",
        JwtStatus::JsonUnexpectedEnd => c"json_unexpected_end",
        JwtStatus::JsonUnexpectedByte => c"json_unexpected_byte",
        JwtStatus::JsonNotAnObject => c"json_not_an_object",
        JwtStatus::JsonTrailingData => c"json_trailing_data",
        JwtStatus::JsonInvalidUtf8 => c"json_invalid_utf8",
        JwtStatus::JsonByteOrderMark => c"json_byte_order_mark",
        JwtStatus::JsonControlCharacter => c"json_control_character",
        JwtStatus::JsonInvalidEscape => c"json_invalid_escape",
        JwtStatus::JsonLoneSurrogate => c"json_lone_surrogate",
        JwtStatus::JsonInvalidNumber => c"json_invalid_number",
        JwtStatus::JsonDuplicateName => c"json_duplicate_name",
        JwtStatus::JsonTooDeep => c"json_too_deep",
        JwtStatus::JsonTooManyMembers => c"json_too_many_members",
        JwtStatus::JsonTooCostly => c"json_too_costly",
        JwtStatus::MissingAlg => c"missing_alg",
        JwtStatus::HeaderWrongType => c"header_wrong_type",
        JwtStatus::UnknownAlgorithm => c"unknown_algorithm",
        JwtStatus::InvalidCrit => c"invalid_crit",
        JwtStatus::UnsupportedCrit => c"unsupported_crit",
        JwtStatus::CompressedToken => c"compressed_token",
        JwtStatus::UnencodedPayload => c"unencoded_payload",
        JwtStatus::EncodedPayload => c"encoded_payload",
        JwtStatus::InvalidB64 => c"invalid_b64",
        JwtStatus::B64NotCritical => c"b64_not_critical",
        JwtStatus::AlgorithmMismatch => c"algorithm_mismatch",
        JwtStatus::InvalidSignature => c"invalid_signature",
        JwtStatus::Expired => c"expired",
        JwtStatus::NotYetValid => c"not_yet_valid",
        JwtStatus::IssuedInFuture => c"issued_in_future",
        JwtStatus::TooOld => c"too_old",
        JwtStatus::UnprovenTime => c"unproven_time",
        JwtStatus::MissingClaim => c"missing_claim",
        JwtStatus::IssuerMismatch => c"issuer_mismatch",
        JwtStatus::SubjectMismatch => c"subject_mismatch",
        JwtStatus::AudienceMismatch => c"audience_mismatch",
        JwtStatus::UnexpectedAudience => c"unexpected_audience",
        JwtStatus::MissingTyp => c"missing_typ",
        JwtStatus::TypMismatch => c"typ_mismatch",
        JwtStatus::MissingCty => c"missing_cty",
        JwtStatus::CtyMismatch => c"cty_mismatch",
        JwtStatus::IssuerWrongType => c"issuer_wrong_type",
        JwtStatus::SubjectWrongType => c"subject_wrong_type",
        JwtStatus::AudienceWrongType => c"audience_wrong_type",
        JwtStatus::ExpWrongType => c"exp_wrong_type",
        JwtStatus::NbfWrongType => c"nbf_wrong_type",
        JwtStatus::IatWrongType => c"iat_wrong_type",
        JwtStatus::JtiWrongType => c"jti_wrong_type",
        JwtStatus::ExpOutOfRange => c"exp_out_of_range",
        JwtStatus::NbfOutOfRange => c"nbf_out_of_range",
        JwtStatus::IatOutOfRange => c"iat_out_of_range",
        JwtStatus::ClaimWrongType => c"claim_wrong_type",
        JwtStatus::ClaimMismatch => c"claim_mismatch",
        JwtStatus::AuthTimeOutOfRange => c"auth_time_out_of_range",
        JwtStatus::AuthenticationTooOld => c"authentication_too_old",
        JwtStatus::AuthenticatedInFuture => c"authenticated_in_future",
        JwtStatus::UnprovenAuthTime => c"unproven_auth_time",
        JwtStatus::NoTokenHash => c"no_token_hash",
        JwtStatus::UnexpectedClaim => c"unexpected_claim",
        JwtStatus::DotInPayload => c"dot_in_payload",
        JwtStatus::ClaimsNotSerializable => c"claims_not_serializable",
        JwtStatus::RngFailed => c"rng_failed",
        JwtStatus::SigningFailed => c"signing_failed",
        JwtStatus::SignatureLength => c"signature_length",
        JwtStatus::DeviceFailed => c"device_failed",
        JwtStatus::EmptySecret => c"empty_secret",
        JwtStatus::KeyTooShort => c"key_too_short",
        JwtStatus::KeyIsNotASecret => c"key_is_not_a_secret",
        JwtStatus::KeyBase64 => c"key_base64",
        JwtStatus::KeyTooLong => c"key_too_long",
        JwtStatus::KeyDer => c"key_der",
        JwtStatus::KeyModulus => c"key_modulus",
        JwtStatus::KeyInconsistent => c"key_inconsistent",
        JwtStatus::KeyLength => c"key_length",
        JwtStatus::KeyPoint => c"key_point",
        JwtStatus::KeyOutOfRange => c"key_out_of_range",
        JwtStatus::JwkIsASet => c"jwk_is_a_set",
        JwtStatus::JwkWrongType => c"jwk_wrong_type",
        JwtStatus::JwkMissingMember => c"jwk_missing_member",
        JwtStatus::JwkUnknownKty => c"jwk_unknown_kty",
        JwtStatus::JwkUnsupportedCrv => c"jwk_unsupported_crv",
        JwtStatus::JwkUnsupportedAlg => c"jwk_unsupported_alg",
        JwtStatus::JwkAlgOfOtherKind => c"jwk_alg_of_other_kind",
        JwtStatus::JwkEscapedValue => c"jwk_escaped_value",
        JwtStatus::JwkLeadingZeros => c"jwk_leading_zeros",
        JwtStatus::JwkEmptyValue => c"jwk_empty_value",
        JwtStatus::JwkMultiPrime => c"jwk_multi_prime",
        JwtStatus::JwkDuplicateOperation => c"jwk_duplicate_operation",
        JwtStatus::JwkWrongKind => c"jwk_wrong_kind",
        JwtStatus::JwkAlgorithmMismatch => c"jwk_algorithm_mismatch",
        JwtStatus::JwkUse => c"jwk_use",
        JwtStatus::JwkKeyOps => c"jwk_key_ops",
        JwtStatus::JwkNotPrivate => c"jwk_not_private",
        JwtStatus::JwkPrivateMismatch => c"jwk_private_mismatch",
        JwtStatus::JwkSymmetric => c"jwk_symmetric",
        JwtStatus::JwkTooManyKeys => c"jwk_too_many_keys",
        JwtStatus::JwkSetTooLong => c"jwk_set_too_long",
    }
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn text(status: JwtStatus) -> &'static CStr {
    match status {
        JwtStatus::Ok => c"no error",
        JwtStatus::NullPointer => c"a pointer is null that must not be",
        JwtStatus::MisalignedPointer => c"a pointer to an object is not aligned as the object's type must be",
        JwtStatus::LengthOverflow => c"a length is greater than any object can be",
        JwtStatus::OverlappingBuffers => c"a buffer that is written overlaps another argument",
        JwtStatus::NotReady => {
            c"the object has not been initialised, was cleared, or what should have initialised it failed"
        }
        JwtStatus::InvalidArgument => c"an argument has none of the values that it may have",
        JwtStatus::NotUtf8 => c"a text argument is not UTF-8",
        JwtStatus::TooManyNames => c"the policy names more claims than there is room for",
        JwtStatus::KeyCannotSign => c"the key only verifies",
        JwtStatus::KeyCannotVerify => c"the key only signs",
        JwtStatus::NoSuchMember => c"there is no claim or header parameter of that name",
        JwtStatus::NotAString => c"the claim or header parameter is not a string",
        JwtStatus::NotAnInteger => c"the claim is not a whole number between -2^63 and 2^63 - 1",
        JwtStatus::NotABoolean => c"the claim is neither true nor false",
        JwtStatus::EmbeddedNul => c"the text has a NUL character, where a C string would end",
        JwtStatus::BufferTooSmall => c"the buffer is too small",
        JwtStatus::UnknownError => c"an error that this version of the C interface has no number for",
        JwtStatus::EmptyToken => c"the token is empty",
        JwtStatus::TokenTooLong => c"the token is too long: the limit is 131072 bytes",
        JwtStatus::HeaderTooLong => c"the token's header is too long: the limit is 16384 characters",
        JwtStatus::PartCount => c"not a signed token: expected three parts separated by dots",
        JwtStatus::EncryptedToken => {
            c"this is an encrypted token (JWE); only signed tokens (JWS) can be read"
        }
        JwtStatus::EmptyPart => c"a part of the token is empty",
        JwtStatus::NotDetached => {
            c"the token has a payload of its own, and its content was expected to be apart from it"
        }
        JwtStatus::Base64Padding => c"padding in base64url: in a token it is written without",
        JwtStatus::Base64Whitespace => c"white space or a line break in base64url",
        JwtStatus::Base64Alphabet => {
            c"`+` or `/` in base64url: a token uses the URL-safe alphabet (`-` and `_`)"
        }
        JwtStatus::Base64Byte => c"a byte that is not base64url",
        JwtStatus::Base64Length => c"base64url characters that cannot be decoded: one is missing",
        JwtStatus::Base64TrailingBits => c"the last base64url character has unused bits that are not zero",
        JwtStatus::JsonUnexpectedEnd => c"the JSON text ends too early",
        JwtStatus::JsonUnexpectedByte => c"unexpected byte in JSON",
        JwtStatus::JsonNotAnObject => c"expected a JSON object",
        JwtStatus::JsonTrailingData => c"data after the end of the JSON value",
        JwtStatus::JsonInvalidUtf8 => c"the JSON text is not UTF-8",
        JwtStatus::JsonByteOrderMark => c"the JSON text begins with a byte order mark",
        JwtStatus::JsonControlCharacter => c"a control character in a JSON string must be escaped",
        JwtStatus::JsonInvalidEscape => c"invalid escape sequence in a JSON string",
        JwtStatus::JsonLoneSurrogate => c"half a surrogate pair in a JSON string",
        JwtStatus::JsonInvalidNumber => c"invalid JSON number",
        JwtStatus::JsonDuplicateName => c"duplicate member name in a JSON object",
        JwtStatus::JsonTooDeep => c"JSON nested deeper than the limit of 32 levels",
        JwtStatus::JsonTooManyMembers => c"a JSON object with too many members",
        JwtStatus::JsonTooCostly => {
            c"to look for duplicate names this JSON would have to be read over too often"
        }
        JwtStatus::MissingAlg => c"the token's header has no `alg`",
        JwtStatus::HeaderWrongType => c"a header parameter must be a string",
        JwtStatus::UnknownAlgorithm => c"unknown algorithm in the token's header",
        JwtStatus::InvalidCrit => c"the header's `crit` is not what it must be (RFC 7515 section 4.1.11)",
        JwtStatus::UnsupportedCrit => c"the header demands an extension that is not supported",
        JwtStatus::CompressedToken => c"the header has `zip`: compressed tokens are not supported",
        JwtStatus::UnencodedPayload => {
            c"the header has `b64`: unencoded payloads (RFC 7797) are not supported here"
        }
        JwtStatus::EncodedPayload => {
            c"the header has no `b64: false`, and an unencoded payload (RFC 7797) was expected"
        }
        JwtStatus::InvalidB64 => c"the header's `b64` must be `true` or `false`",
        JwtStatus::B64NotCritical => {
            c"the header has `b64: false` without a `crit` that names it (RFC 7797 section 6)"
        }
        JwtStatus::AlgorithmMismatch => {
            c"the token says it is signed with another algorithm than the key is for"
        }
        JwtStatus::InvalidSignature => {
            c"the signature is invalid: the token was altered, or signed with another key"
        }
        JwtStatus::Expired => c"the token expired",
        JwtStatus::NotYetValid => c"the token is not valid yet",
        JwtStatus::IssuedInFuture => c"the token was issued in the future",
        JwtStatus::TooOld => c"the token was issued too long ago",
        JwtStatus::UnprovenTime => c"without an exact clock a claim about time cannot be checked",
        JwtStatus::MissingClaim => c"a required claim is missing",
        JwtStatus::IssuerMismatch => c"the issuer is not the expected one",
        JwtStatus::SubjectMismatch => c"the subject is not the expected one",
        JwtStatus::AudienceMismatch => c"the token is for another audience",
        JwtStatus::UnexpectedAudience => {
            c"the token is for an audience, and no audience was configured to compare it with"
        }
        JwtStatus::MissingTyp => c"the header has no `typ`",
        JwtStatus::TypMismatch => c"the header's `typ` is not the expected one",
        JwtStatus::MissingCty => c"the header has no `cty`",
        JwtStatus::CtyMismatch => c"the header's `cty` is not the expected one",
        JwtStatus::IssuerWrongType => c"the claim `iss` must be a string",
        JwtStatus::SubjectWrongType => c"the claim `sub` must be a string",
        JwtStatus::AudienceWrongType => c"the claim `aud` must be a string or an array of strings",
        JwtStatus::ExpWrongType => c"the claim `exp` must be a number of seconds",
        JwtStatus::NbfWrongType => c"the claim `nbf` must be a number of seconds",
        JwtStatus::IatWrongType => c"the claim `iat` must be a number of seconds",
        JwtStatus::JtiWrongType => c"the claim `jti` must be a string",
        JwtStatus::ExpOutOfRange => {
            c"the claim `exp` must be between 0 and 9223372036854775807 seconds since 1970"
        }
        JwtStatus::NbfOutOfRange => {
            c"the claim `nbf` must be between 0 and 9223372036854775807 seconds since 1970"
        }
        JwtStatus::IatOutOfRange => {
            c"the claim `iat` must be between 0 and 9223372036854775807 seconds since 1970"
        }
        JwtStatus::ClaimWrongType => c"a claim has another JSON type than was expected",
        JwtStatus::ClaimMismatch => c"a claim is not what was expected",
        JwtStatus::AuthTimeOutOfRange => {
            c"the claim `auth_time` must be between 0 and 9223372036854775807 seconds since 1970"
        }
        JwtStatus::AuthenticationTooOld => c"the user was authenticated too long ago",
        JwtStatus::AuthenticatedInFuture => c"the user was authenticated in the future",
        JwtStatus::UnprovenAuthTime => c"without an exact clock the claim `auth_time` cannot be checked",
        JwtStatus::NoTokenHash => c"no hash of another token is defined for a token of this algorithm",
        JwtStatus::UnexpectedClaim => c"a claim makes this another kind of token than the one expected",
        JwtStatus::DotInPayload => c"an unencoded payload must not have a dot, which would end it",
        JwtStatus::ClaimsNotSerializable => c"the claims do not serialize to a JSON object",
        JwtStatus::RngFailed => c"the random number generator failed; nothing was signed",
        JwtStatus::SigningFailed => c"the private-key operation failed; nothing was signed",
        JwtStatus::SignatureLength => c"the signature has another length than the algorithm's signatures",
        JwtStatus::DeviceFailed => c"the signing device failed",
        JwtStatus::EmptySecret => c"the HMAC secret is empty",
        JwtStatus::KeyTooShort => {
            c"the key is too short: an HMAC secret must be as long as the hash, an RSA modulus 2048 bits"
        }
        JwtStatus::KeyIsNotASecret => {
            c"this is a key of another kind, not an HMAC secret; it may be known to everybody"
        }
        JwtStatus::KeyBase64 => c"the secret is not base64url without padding",
        JwtStatus::KeyTooLong => c"the secret is longer than 512 bytes",
        JwtStatus::KeyDer => c"this is not the DER encoding of an RSA key",
        JwtStatus::KeyModulus => c"the numbers of the RSA public key are not acceptable",
        JwtStatus::KeyInconsistent => {
            c"the numbers of this RSA private key do not belong together: the key is damaged"
        }
        JwtStatus::KeyLength => c"a key or coordinate has another length than keys of its kind",
        JwtStatus::KeyPoint => c"the public key is not a valid point of its curve",
        JwtStatus::KeyOutOfRange => c"the private key is zero, or not below the order of its curve",
        JwtStatus::JwkIsASet => c"this is a JSON Web Key Set, not a single key",
        JwtStatus::JwkWrongType => c"a member of the JSON Web Key has the wrong JSON type",
        JwtStatus::JwkMissingMember => c"the JSON Web Key lacks a member",
        JwtStatus::JwkUnknownKty => c"unknown key type; known are oct, RSA, EC, OKP and AKP",
        JwtStatus::JwkUnsupportedCrv => c"keys on this curve are not supported",
        JwtStatus::JwkUnsupportedAlg => c"the JSON Web Key is for an algorithm that does not sign here",
        JwtStatus::JwkAlgOfOtherKind => {
            c"the JSON Web Key says it is for an algorithm that needs another kind of key"
        }
        JwtStatus::JwkEscapedValue => {
            c"a value of the JSON Web Key is spelled with escapes, which base64url never needs"
        }
        JwtStatus::JwkLeadingZeros => c"a number of the JSON Web Key has leading zeros (RFC 7518 section 2)",
        JwtStatus::JwkEmptyValue => c"a value of the JSON Web Key is empty",
        JwtStatus::JwkMultiPrime => c"RSA keys of more than two primes (`oth`) are not supported",
        JwtStatus::JwkDuplicateOperation => {
            c"the JSON Web Key's `key_ops` has a value twice (RFC 7517 section 4.3)"
        }
        JwtStatus::JwkWrongKind => c"the JSON Web Key is of another kind than is needed",
        JwtStatus::JwkAlgorithmMismatch => c"the JSON Web Key is for another algorithm",
        JwtStatus::JwkUse => c"the JSON Web Key's `use` says that it is not for signatures",
        JwtStatus::JwkKeyOps => c"the JSON Web Key's `key_ops` does not have the operation",
        JwtStatus::JwkNotPrivate => c"the JSON Web Key is a public key: it can verify, not sign",
        JwtStatus::JwkPrivateMismatch => {
            c"the private members of the JSON Web Key do not belong to its public ones"
        }
        JwtStatus::JwkSymmetric => {
            c"a symmetric key, which is a secret and nothing that a set or thumbprint may show"
        }
        JwtStatus::JwkTooManyKeys => c"a JSON Web Key Set with too many keys",
        JwtStatus::JwkSetTooLong => c"the JSON Web Key Set is too long",
    }
}
