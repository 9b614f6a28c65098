/*
 * JSON Web Tokens for firmware and applications in C: no heap, caller's buffers.
 *
 * Every function asks the same of its caller, beside what it says itself:
 *
 * - A pointer is null, or points to as much memory as the argument beside it says, or to one object of its type; a C
 *   string ends with a NUL. Which arguments may be null is said; else null is JWT_STATUS_NULL_POINTER.
 * - Nobody else writes to that memory during the call, nor reads what the call writes.
 * - An object is zero, or uninitialised and about to be initialised, or has been initialised by these functions. Keys may
 *   be copied and shared between threads once they are initialised; each copy of a secret one is to be cleared.
 * - What is written must not overlap anything else: that is JWT_STATUS_OVERLAPPING_BUFFERS.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0
 */

#ifndef JWT_H
#define JWT_H

/* Made by `cargo xtask ffi --write` from the sources of jwt-ffi. Changes belong there. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef JWT_ALIGNED
#  if defined(__GNUC__) || defined(__clang__) || defined(__ICCARM__) || defined(__ARMCC_VERSION)
#    define JWT_ALIGNED(n) __attribute__((aligned(n)))
#  else
#    error "define JWT_ALIGNED(n) to what aligns a struct to n bytes with this compiler"
#  endif
#endif

#ifndef JWT_MUST_USE
#  if defined(__GNUC__) || defined(__clang__)
#    define JWT_MUST_USE __attribute__((warn_unused_result))
#  else
#    define JWT_MUST_USE
#  endif
#endif

// The version of this interface: it rises when a function, an object or a number changes its meaning.
#define JWT_ABI_VERSION 1

// Accepts tokens that never expire. Such a token is good until its key is replaced.
#define JWT_ALLOW_MISSING_EXP 1

// Accepts tokens whatever audience they name.
#define JWT_ANY_AUDIENCE 2

// Accepts a claim about time that what is known of the time does not decide. An expired token may then pass.
#define JWT_ACCEPT_UNPROVEN_TIME 4

// Refuses a token whose `iat` is in the future.
#define JWT_REJECT_FUTURE_IAT 8

// Most names in `required`.
#define JWT_MAX_REQUIRED 8

// There is no clock: a claim about time cannot hold, unless the policy says otherwise.
#define JWT_NOW_UNKNOWN 0

// A clock that is right.
#define JWT_NOW_AT 1

// It is this late or later: the build date of the firmware, or the last time that was stored.
#define JWT_NOW_AT_LEAST 2

// Leaves `typ` out.
#define JWT_HEADER_WITHOUT_TYP 1

// What a function returns: 0 if it did what it says, else why not. Numbers are stable: new ones are added, none changes.
enum jwt_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // No error.
  JWT_STATUS_OK = 0,
  // A pointer is null that must not be.
  JWT_STATUS_NULL_POINTER = 1,
  // A pointer to an object is not aligned as the object's type must be.
  JWT_STATUS_MISALIGNED_POINTER = 2,
  // A length is greater than any object can be.
  JWT_STATUS_LENGTH_OVERFLOW = 3,
  // A buffer that is written overlaps another argument.
  JWT_STATUS_OVERLAPPING_BUFFERS = 4,
  // The object has not been initialised, was cleared, or what should have initialised it failed.
  JWT_STATUS_NOT_READY = 5,
  // An argument has none of the values that it may have.
  JWT_STATUS_INVALID_ARGUMENT = 6,
  // A text argument is not UTF-8.
  JWT_STATUS_NOT_UTF8 = 7,
  // The policy names more claims than there is room for.
  JWT_STATUS_TOO_MANY_NAMES = 8,
  // The key only verifies.
  JWT_STATUS_KEY_CANNOT_SIGN = 9,
  // The key only signs.
  JWT_STATUS_KEY_CANNOT_VERIFY = 10,
  // There is no claim or header parameter of that name.
  JWT_STATUS_NO_SUCH_MEMBER = 11,
  // The claim or header parameter is not a string.
  JWT_STATUS_NOT_A_STRING = 12,
  // The claim is not a whole number between -2^63 and 2^63 - 1.
  JWT_STATUS_NOT_AN_INTEGER = 13,
  // The claim is neither true nor false.
  JWT_STATUS_NOT_A_BOOLEAN = 14,
  // The text has a NUL character, where a C string would end.
  JWT_STATUS_EMBEDDED_NUL = 15,
  // The buffer is too small.
  JWT_STATUS_BUFFER_TOO_SMALL = 16,
  // An error that this version of the C interface has no number for.
  JWT_STATUS_UNKNOWN_ERROR = 17,
  // The token is empty.
  JWT_STATUS_EMPTY_TOKEN = 32,
  // The token is too long: the limit is 131072 bytes.
  JWT_STATUS_TOKEN_TOO_LONG = 33,
  // The token's header is too long: the limit is 16384 characters.
  JWT_STATUS_HEADER_TOO_LONG = 34,
  // Not a signed token: expected three parts separated by dots.
  JWT_STATUS_PART_COUNT = 35,
  // This is an encrypted token (JWE); only signed tokens (JWS) can be read.
  JWT_STATUS_ENCRYPTED_TOKEN = 36,
  // A part of the token is empty.
  JWT_STATUS_EMPTY_PART = 37,
  // The token has a payload of its own, and its content was expected to be apart from it.
  JWT_STATUS_NOT_DETACHED = 38,
  // Padding in base64url: in a token it is written without.
  JWT_STATUS_BASE64_PADDING = 39,
  // White space or a line break in base64url.
  JWT_STATUS_BASE64_WHITESPACE = 40,
  // `+` or `/` in base64url: a token uses the URL-safe alphabet (`-` and `_`).
  JWT_STATUS_BASE64_ALPHABET = 41,
  // A byte that is not base64url.
  JWT_STATUS_BASE64_BYTE = 42,
  // Base64url characters that cannot be decoded: one is missing.
  JWT_STATUS_BASE64_LENGTH = 43,
  // The last base64url character has unused bits that are not zero.
  JWT_STATUS_BASE64_TRAILING_BITS = 44,
  // The JSON text ends too early.
  JWT_STATUS_JSON_UNEXPECTED_END = 48,
  // Unexpected byte in JSON.
  JWT_STATUS_JSON_UNEXPECTED_BYTE = 49,
  // Expected a JSON object.
  JWT_STATUS_JSON_NOT_AN_OBJECT = 50,
  // Data after the end of the JSON value.
  JWT_STATUS_JSON_TRAILING_DATA = 51,
  // The JSON text is not UTF-8.
  JWT_STATUS_JSON_INVALID_UTF8 = 52,
  // The JSON text begins with a byte order mark.
  JWT_STATUS_JSON_BYTE_ORDER_MARK = 53,
  // A control character in a JSON string must be escaped.
  JWT_STATUS_JSON_CONTROL_CHARACTER = 54,
  // Invalid escape sequence in a JSON string.
  JWT_STATUS_JSON_INVALID_ESCAPE = 55,
  // Half a surrogate pair in a JSON string.
  JWT_STATUS_JSON_LONE_SURROGATE = 56,
  // Invalid JSON number.
  JWT_STATUS_JSON_INVALID_NUMBER = 57,
  // Duplicate member name in a JSON object.
  JWT_STATUS_JSON_DUPLICATE_NAME = 58,
  // JSON nested deeper than the limit of 32 levels.
  JWT_STATUS_JSON_TOO_DEEP = 59,
  // A JSON object with too many members.
  JWT_STATUS_JSON_TOO_MANY_MEMBERS = 60,
  // To look for duplicate names this JSON would have to be read over too often.
  JWT_STATUS_JSON_TOO_COSTLY = 61,
  // The token's header has no `alg`.
  JWT_STATUS_MISSING_ALG = 64,
  // A header parameter must be a string.
  JWT_STATUS_HEADER_WRONG_TYPE = 65,
  // Unknown algorithm in the token's header.
  JWT_STATUS_UNKNOWN_ALGORITHM = 66,
  // The header's `crit` is not what it must be (RFC 7515 section 4.1.11).
  JWT_STATUS_INVALID_CRIT = 67,
  // The header demands an extension that is not supported.
  JWT_STATUS_UNSUPPORTED_CRIT = 68,
  // The header has `zip`: compressed tokens are not supported.
  JWT_STATUS_COMPRESSED_TOKEN = 69,
  // The header has `b64`: unencoded payloads (RFC 7797) are not supported here.
  JWT_STATUS_UNENCODED_PAYLOAD = 70,
  // The header has no `b64: false`, and an unencoded payload (RFC 7797) was expected.
  JWT_STATUS_ENCODED_PAYLOAD = 71,
  // The header's `b64` must be `true` or `false`.
  JWT_STATUS_INVALID_B64 = 72,
  // The header has `b64: false` without a `crit` that names it (RFC 7797 section 6).
  JWT_STATUS_B64_NOT_CRITICAL = 73,
  // The token says it is signed with another algorithm than the key is for.
  JWT_STATUS_ALGORITHM_MISMATCH = 74,
  // The signature is invalid: the token was altered, or signed with another key.
  JWT_STATUS_INVALID_SIGNATURE = 75,
  // The token expired.
  JWT_STATUS_EXPIRED = 80,
  // The token is not valid yet.
  JWT_STATUS_NOT_YET_VALID = 81,
  // The token was issued in the future.
  JWT_STATUS_ISSUED_IN_FUTURE = 82,
  // The token was issued too long ago.
  JWT_STATUS_TOO_OLD = 83,
  // Without an exact clock a claim about time cannot be checked.
  JWT_STATUS_UNPROVEN_TIME = 84,
  // A required claim is missing.
  JWT_STATUS_MISSING_CLAIM = 85,
  // The issuer is not the expected one.
  JWT_STATUS_ISSUER_MISMATCH = 86,
  // The subject is not the expected one.
  JWT_STATUS_SUBJECT_MISMATCH = 87,
  // The token is for another audience.
  JWT_STATUS_AUDIENCE_MISMATCH = 88,
  // The token is for an audience, and no audience was configured to compare it with.
  JWT_STATUS_UNEXPECTED_AUDIENCE = 89,
  // The header has no `typ`.
  JWT_STATUS_MISSING_TYP = 90,
  // The header's `typ` is not the expected one.
  JWT_STATUS_TYP_MISMATCH = 91,
  // The header has no `cty`.
  JWT_STATUS_MISSING_CTY = 92,
  // The header's `cty` is not the expected one.
  JWT_STATUS_CTY_MISMATCH = 93,
  // The claim `iss` must be a string.
  JWT_STATUS_ISSUER_WRONG_TYPE = 94,
  // The claim `sub` must be a string.
  JWT_STATUS_SUBJECT_WRONG_TYPE = 95,
  // The claim `aud` must be a string or an array of strings.
  JWT_STATUS_AUDIENCE_WRONG_TYPE = 96,
  // The claim `exp` must be a number of seconds.
  JWT_STATUS_EXP_WRONG_TYPE = 97,
  // The claim `nbf` must be a number of seconds.
  JWT_STATUS_NBF_WRONG_TYPE = 98,
  // The claim `iat` must be a number of seconds.
  JWT_STATUS_IAT_WRONG_TYPE = 99,
  // The claim `jti` must be a string.
  JWT_STATUS_JTI_WRONG_TYPE = 100,
  // The claim `exp` must be between 0 and 9223372036854775807 seconds since 1970.
  JWT_STATUS_EXP_OUT_OF_RANGE = 101,
  // The claim `nbf` must be between 0 and 9223372036854775807 seconds since 1970.
  JWT_STATUS_NBF_OUT_OF_RANGE = 102,
  // The claim `iat` must be between 0 and 9223372036854775807 seconds since 1970.
  JWT_STATUS_IAT_OUT_OF_RANGE = 103,
  // A claim has another JSON type than was expected.
  JWT_STATUS_CLAIM_WRONG_TYPE = 104,
  // A claim is not what was expected.
  JWT_STATUS_CLAIM_MISMATCH = 105,
  // The claim `auth_time` must be between 0 and 9223372036854775807 seconds since 1970.
  JWT_STATUS_AUTH_TIME_OUT_OF_RANGE = 106,
  // The user was authenticated too long ago.
  JWT_STATUS_AUTHENTICATION_TOO_OLD = 107,
  // The user was authenticated in the future.
  JWT_STATUS_AUTHENTICATED_IN_FUTURE = 108,
  // Without an exact clock the claim `auth_time` cannot be checked.
  JWT_STATUS_UNPROVEN_AUTH_TIME = 109,
  // No hash of another token is defined for a token of this algorithm.
  JWT_STATUS_NO_TOKEN_HASH = 110,
  // A claim makes this another kind of token than the one expected.
  JWT_STATUS_UNEXPECTED_CLAIM = 111,
  // An unencoded payload must not have a dot, which would end it.
  JWT_STATUS_DOT_IN_PAYLOAD = 112,
  // The claims do not serialize to a JSON object.
  JWT_STATUS_CLAIMS_NOT_SERIALIZABLE = 113,
  // The random number generator failed; nothing was signed.
  JWT_STATUS_RNG_FAILED = 114,
  // The private-key operation failed; nothing was signed.
  JWT_STATUS_SIGNING_FAILED = 115,
  // The signature has another length than the algorithm's signatures.
  JWT_STATUS_SIGNATURE_LENGTH = 116,
  // The signing device failed.
  JWT_STATUS_DEVICE_FAILED = 117,
  // The HMAC secret is empty.
  JWT_STATUS_EMPTY_SECRET = 128,
  // The key is too short: an HMAC secret must be as long as the hash, an RSA modulus 2048 bits.
  JWT_STATUS_KEY_TOO_SHORT = 129,
  // This is a key of another kind, not an HMAC secret; it may be known to everybody.
  JWT_STATUS_KEY_IS_NOT_A_SECRET = 130,
  // The secret is not base64url without padding.
  JWT_STATUS_KEY_BASE64 = 131,
  // The secret is longer than 512 bytes.
  JWT_STATUS_KEY_TOO_LONG = 132,
  // This is not the DER encoding of an RSA key.
  JWT_STATUS_KEY_DER = 133,
  // The numbers of the RSA public key are not acceptable.
  JWT_STATUS_KEY_MODULUS = 134,
  // The numbers of this RSA private key do not belong together: the key is damaged.
  JWT_STATUS_KEY_INCONSISTENT = 135,
  // A key or coordinate has another length than keys of its kind.
  JWT_STATUS_KEY_LENGTH = 136,
  // The public key is not a valid point of its curve.
  JWT_STATUS_KEY_POINT = 137,
  // The private key is zero, or not below the order of its curve.
  JWT_STATUS_KEY_OUT_OF_RANGE = 138,
  // This is a JSON Web Key Set, not a single key.
  JWT_STATUS_JWK_IS_A_SET = 144,
  // A member of the JSON Web Key has the wrong JSON type.
  JWT_STATUS_JWK_WRONG_TYPE = 145,
  // The JSON Web Key lacks a member.
  JWT_STATUS_JWK_MISSING_MEMBER = 146,
  // Unknown key type; known are oct, RSA, EC, OKP and AKP.
  JWT_STATUS_JWK_UNKNOWN_KTY = 147,
  // Keys on this curve are not supported.
  JWT_STATUS_JWK_UNSUPPORTED_CRV = 148,
  // The JSON Web Key is for an algorithm that does not sign here.
  JWT_STATUS_JWK_UNSUPPORTED_ALG = 149,
  // The JSON Web Key says it is for an algorithm that needs another kind of key.
  JWT_STATUS_JWK_ALG_OF_OTHER_KIND = 150,
  // A value of the JSON Web Key is spelled with escapes, which base64url never needs.
  JWT_STATUS_JWK_ESCAPED_VALUE = 151,
  // A number of the JSON Web Key has leading zeros (RFC 7518 section 2).
  JWT_STATUS_JWK_LEADING_ZEROS = 152,
  // A value of the JSON Web Key is empty.
  JWT_STATUS_JWK_EMPTY_VALUE = 153,
  // RSA keys of more than two primes (`oth`) are not supported.
  JWT_STATUS_JWK_MULTI_PRIME = 154,
  // The JSON Web Key's `key_ops` has a value twice (RFC 7517 section 4.3).
  JWT_STATUS_JWK_DUPLICATE_OPERATION = 155,
  // The JSON Web Key is of another kind than is needed.
  JWT_STATUS_JWK_WRONG_KIND = 156,
  // The JSON Web Key is for another algorithm.
  JWT_STATUS_JWK_ALGORITHM_MISMATCH = 157,
  // The JSON Web Key's `use` says that it is not for signatures.
  JWT_STATUS_JWK_USE = 158,
  // The JSON Web Key's `key_ops` does not have the operation.
  JWT_STATUS_JWK_KEY_OPS = 159,
  // The JSON Web Key is a public key: it can verify, not sign.
  JWT_STATUS_JWK_NOT_PRIVATE = 160,
  // The private members of the JSON Web Key do not belong to its public ones.
  JWT_STATUS_JWK_PRIVATE_MISMATCH = 161,
  // A symmetric key, which is a secret and nothing that a set or thumbprint may show.
  JWT_STATUS_JWK_SYMMETRIC = 162,
  // A JSON Web Key Set with too many keys.
  JWT_STATUS_JWK_TOO_MANY_KEYS = 163,
  // The JSON Web Key Set is too long.
  JWT_STATUS_JWK_SET_TOO_LONG = 164,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jwt_status jwt_status;
#else
typedef int32_t jwt_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// The JSON type of a claim.
enum jwt_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // There is no such claim.
  JWT_KIND_ABSENT = 0,
  // `null`.
  JWT_KIND_NULL = 1,
  // `true` or `false`.
  JWT_KIND_BOOLEAN = 2,
  // A number.
  JWT_KIND_NUMBER = 3,
  // A string.
  JWT_KIND_STRING = 4,
  // An array.
  JWT_KIND_ARRAY = 5,
  // An object.
  JWT_KIND_OBJECT = 6,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jwt_kind jwt_kind;
#else
typedef int32_t jwt_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// What a key can do. For the library alone.
typedef struct jwt_key_methods jwt_key_methods;

// An RSA algorithm for keys of up to 2048 bits: `JWT_RS256_2048` and its sisters. What a program does not name is not
// linked.
typedef struct jwt_rsa2048_algorithm jwt_rsa2048_algorithm;

// An RSA algorithm for keys of up to 4096 bits: `JWT_RS256_4096` and its sisters.
typedef struct jwt_rsa4096_algorithm jwt_rsa4096_algorithm;

// The claims of a token that is valid: what an application may act on. They refer to the scratch that the token was
// decoded into, which must stay as it is for as long as they are used.
typedef struct jwt_claims {
  // For the library alone.
  uint32_t ready;
  // For the library alone.
  uint64_t opaque[36];
} jwt_claims;

// What every key begins with: the functions that verify and sign take a pointer to this part of one.
typedef struct jwt_key {
  // For the library alone.
  const struct jwt_key_methods *methods;
  // For the library alone.
  uint32_t ready;
} jwt_key;

// A key that functions of the caller's sign or verify with.
typedef struct jwt_device_key {
  // For the functions that take a key.
  struct jwt_key key;
  // For the library alone.
  uint64_t opaque[4];
} jwt_device_key;

// Signs `input` into the beginning of `signature`, which has room for the length that the key was initialised with, and
// sets `signature_len`. The signature is raw: for ES256 r and s, 32 bytes each, and not DER. Returns 0, or an error number
// of its own: then no token is made, and the caller gets `JWT_STATUS_DEVICE_FAILED`. It must return, without `longjmp`.
typedef uint32_t (*jwt_device_sign)(void *context,
                                    const uint8_t *input,
                                    size_t input_len,
                                    uint8_t *signature,
                                    size_t *signature_len);

// Verifies a raw `signature` over `input`. Returns 0 if, and only if, it holds. It must return, without `longjmp`.
typedef uint32_t (*jwt_device_verify)(void *context,
                                      const uint8_t *input,
                                      size_t input_len,
                                      const uint8_t *signature,
                                      size_t signature_len);

// A public key for ES256. It verifies.
typedef struct jwt_es256_public_key {
  // For the functions that take a key.
  struct jwt_key key;
  // For the library alone.
  uint64_t opaque[18];
} jwt_es256_public_key;

// A private key for ES256. It signs, without random numbers (RFC 6979). Clear it with `jwt_key_clear`.
typedef struct jwt_es256_private_key {
  // For the functions that take a key.
  struct jwt_key key;
  // For the library alone.
  uint64_t opaque[32];
} jwt_es256_private_key;

// A public key for EdDSA on Ed25519. It verifies, strictly, tokens whose `alg` is `EdDSA` or `Ed25519`.
typedef struct jwt_ed25519_public_key {
  // For the functions that take a key.
  struct jwt_key key;
  // For the library alone.
  uint64_t opaque[28];
} jwt_ed25519_public_key;

// A private key for EdDSA on Ed25519. It signs; its tokens say `EdDSA`. Clear it with `jwt_key_clear`.
typedef struct jwt_ed25519_private_key {
  // For the functions that take a key.
  struct jwt_key key;
  // For the library alone.
  uint64_t opaque[32];
} jwt_ed25519_private_key;

// A key for HS256. It both signs and verifies. Clear it with `jwt_key_clear` when it is no longer needed.
typedef struct JWT_ALIGNED(16) jwt_hs256_key {
  // For the functions that take a key.
  struct jwt_key key;
  // For the library alone.
  uint64_t opaque[20];
} jwt_hs256_key;

// A key for HS384 or HS512. It both signs and verifies. Clear it with `jwt_key_clear` when it is no longer needed.
typedef struct JWT_ALIGNED(16) jwt_hs512_key {
  // For the functions that take a key.
  struct jwt_key key;
  // For the library alone.
  uint64_t opaque[38];
} jwt_hs512_key;

// An RSA public key with a modulus of 2048 bits. It verifies.
typedef struct jwt_rsa2048_key {
  // For the functions that take a key.
  struct jwt_key key;
  // For the library alone.
  uint64_t opaque[72];
} jwt_rsa2048_key;

// An RSA public key with a modulus of 2048 to 4096 bits. It verifies.
typedef struct jwt_rsa4096_key {
  // For the functions that take a key.
  struct jwt_key key;
  // For the library alone.
  uint64_t opaque[136];
} jwt_rsa4096_key;

// The header of a token to be signed. All zero, or null instead of a pointer to one: `typ` is `JWT`, and nothing else is
// set. `alg` comes from the key.
typedef struct jwt_header {
  // `typ`, such as `at+jwt`. Null: `JWT`.
  const char *typ;
  // `cty`. Null: none.
  const char *cty;
  // `kid`, the name of the key. Null: none.
  const char *kid;
  // Further members, as the text of a JSON object. Null: none.
  const char *extra;
  // `JWT_HEADER_WITHOUT_TYP` or 0.
  uint32_t flags;
} jwt_header;

// The claims of a token to be signed. All zero: none.
typedef struct jwt_claims_set {
  // `iss`. Null: left out.
  const char *issuer;
  // `sub`. Null: left out.
  const char *subject;
  // `aud`, one recipient. Null: left out.
  const char *audience;
  // `jti`. Null: left out.
  const char *jwt_id;
  // `exp` in seconds since 1970. 0: left out.
  int64_t expires_at;
  // `nbf` in seconds since 1970. 0: left out.
  int64_t not_before;
  // `iat` in seconds since 1970. 0: left out.
  int64_t issued_at;
  // Further members, as the text of a JSON object. Null: none.
  const char *extra;
} jwt_claims_set;

// A token that lacks only its signature. It refers to the buffer of the token, which nobody may write until the token is
// finished or abandoned. It must not be copied.
typedef struct jwt_pending {
  // For the library alone.
  uint32_t ready;
  // For the library alone.
  char *token;
  // For the library alone.
  size_t size;
  // For the library alone.
  uint64_t opaque[4];
} jwt_pending;

// A token whose signature holds. Whether it is for this recipient, and for now, is not known yet: `jwt_validate` tells.
// It refers to the scratch that it was decoded into, which must stay as it is for as long as this is used.
typedef struct jwt_verified {
  // For the library alone.
  uint32_t ready;
  // For the library alone.
  uint64_t opaque[4];
} jwt_verified;

// What an application demands of a token. All zero it is the strictest: `exp` must be there, and a token that names an
// audience is refused. Configured means required: a token that lacks what is named here is refused.
typedef struct jwt_policy {
  // `iss` must be exactly this. Null: not looked at.
  const char *issuer;
  // `aud` must name exactly this. Null: a token with `aud` is refused, unless `JWT_ANY_AUDIENCE` is set.
  const char *audience;
  // `sub` must be exactly this. Null: not looked at.
  const char *subject;
  // The header's `typ` must be this media type, such as `at+jwt`. Null: not looked at.
  const char *typ;
  // Names of further claims that must be there and not null: an array of C strings that ends with a null pointer, at
  // most `JWT_MAX_REQUIRED` of them. Null: none.
  const char *const *required;
  // By how many seconds clocks may differ; at most 2^63 - 1.
  uint64_t leeway_secs;
  // Greatest age in seconds, by `iat`, which must then be there. 0: not looked at.
  uint64_t max_age_secs;
  // Any of `JWT_ALLOW_MISSING_EXP`, `JWT_ANY_AUDIENCE`, `JWT_ACCEPT_UNPROVEN_TIME` and `JWT_REJECT_FUTURE_IAT`.
  uint32_t flags;
} jwt_policy;

// What is known of the time. All zero: nothing.
typedef struct jwt_now {
  // Seconds since 1970-01-01T00:00:00Z. 64 bits: there is no year 2038 here.
  int64_t secs;
  // One of `JWT_NOW_UNKNOWN`, `JWT_NOW_AT` and `JWT_NOW_AT_LEAST`.
  uint32_t kind;
} jwt_now;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// RSASSA-PKCS1-v1_5 with SHA-256, for keys of up to 2048 bits.
extern const struct jwt_rsa2048_algorithm JWT_RS256_2048;

// RSASSA-PKCS1-v1_5 with SHA-384, for keys of up to 2048 bits.
extern const struct jwt_rsa2048_algorithm JWT_RS384_2048;

// RSASSA-PKCS1-v1_5 with SHA-512, for keys of up to 2048 bits.
extern const struct jwt_rsa2048_algorithm JWT_RS512_2048;

// RSASSA-PSS with SHA-256, for keys of up to 2048 bits.
extern const struct jwt_rsa2048_algorithm JWT_PS256_2048;

// RSASSA-PSS with SHA-384, for keys of up to 2048 bits.
extern const struct jwt_rsa2048_algorithm JWT_PS384_2048;

// RSASSA-PSS with SHA-512, for keys of up to 2048 bits.
extern const struct jwt_rsa2048_algorithm JWT_PS512_2048;

// RSASSA-PKCS1-v1_5 with SHA-256, for keys of up to 4096 bits.
extern const struct jwt_rsa4096_algorithm JWT_RS256_4096;

// RSASSA-PKCS1-v1_5 with SHA-384, for keys of up to 4096 bits.
extern const struct jwt_rsa4096_algorithm JWT_RS384_4096;

// RSASSA-PKCS1-v1_5 with SHA-512, for keys of up to 4096 bits.
extern const struct jwt_rsa4096_algorithm JWT_RS512_4096;

// RSASSA-PSS with SHA-256, for keys of up to 4096 bits.
extern const struct jwt_rsa4096_algorithm JWT_PS256_4096;

// RSASSA-PSS with SHA-384, for keys of up to 4096 bits.
extern const struct jwt_rsa4096_algorithm JWT_PS384_4096;

// RSASSA-PSS with SHA-512, for keys of up to 4096 bits.
extern const struct jwt_rsa4096_algorithm JWT_PS512_4096;

// The version of the interface that the library was built with, to compare with `JWT_ABI_VERSION` of the header.
uint32_t jwt_abi_version(void);

// Sets `kind` to the JSON type of a claim.
//
// # Safety
//
// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
JWT_MUST_USE
jwt_status jwt_claim_kind(const struct jwt_claims *claims,
                          const char *name,
                          jwt_kind *kind);

// Copies a claim that is a string, decoded, into `buffer`, with a NUL behind it. `len`, unless it is null, is set to its
// length without the NUL, or, if the buffer is too small, to the size that is needed. A string that has a NUL in it is
// refused: C would see its beginning only.
//
// # Safety
//
// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
JWT_MUST_USE
jwt_status jwt_claim_string(const struct jwt_claims *claims,
                            const char *name,
                            char *buffer,
                            size_t size,
                            size_t *len);

// Sets `value` to a claim that is a whole number, spelled without fraction and exponent.
//
// # Safety
//
// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
JWT_MUST_USE
jwt_status jwt_claim_integer(const struct jwt_claims *claims,
                             const char *name,
                             int64_t *value);

// Sets `value` to a claim that is a boolean.
//
// # Safety
//
// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
JWT_MUST_USE
jwt_status jwt_claim_boolean(const struct jwt_claims *claims,
                             const char *name,
                             bool *value);

// Sets `secs` to `exp`, `nbf` or `iat`, however the number is spelled: `exp` and `iat` in whole seconds rounded down,
// `nbf` rounded up. Other names are `JWT_STATUS_INVALID_ARGUMENT`.
//
// # Safety
//
// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
JWT_MUST_USE
jwt_status jwt_claim_date(const struct jwt_claims *claims,
                          const char *name,
                          int64_t *secs);

// Sets `contains` to whether `aud` names this recipient, exactly and as a whole.
//
// # Safety
//
// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
JWT_MUST_USE
jwt_status jwt_audience_contains(const struct jwt_claims *claims,
                                 const char *recipient,
                                 bool *contains);

// Sets `json` to the JSON text of a claim as it stands in the token, in the scratch, without a NUL: for arrays, objects
// and numbers that are not whole. A string is there without its quotes, escapes and all.
//
// # Safety
//
// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
JWT_MUST_USE
jwt_status jwt_claim_json(const struct jwt_claims *claims,
                          const char *name,
                          const char **json,
                          size_t *json_len);

// Sets `json` to the JSON text of all claims, in the scratch, without a NUL.
//
// # Safety
//
// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
JWT_MUST_USE
jwt_status jwt_claims_json(const struct jwt_claims *claims,
                           const char **json,
                           size_t *json_len);

// Overwrites a key with zeros; call it when a key that signs, or an HMAC key, is no longer needed. The object can be
// initialised again. A key that is not initialised, or null, is left alone.
//
// # Safety
//
// As for every function: see the crate.
void jwt_key_clear(struct jwt_key *key);

// Initialises a key that signs in hardware. `algorithm` is a name such as `ES256`; `signature_len` the length of
// a raw signature. `context` is handed to `sign`, and must live as long as the key.
//
// # Safety
//
// As for every function: see the crate. `sign` does as its type says.
JWT_MUST_USE
jwt_status jwt_device_signing_key_init(struct jwt_device_key *key,
                                       const char *algorithm,
                                       size_t signature_len,
                                       jwt_device_sign sign,
                                       void *context);

// Initialises a key that verifies in hardware. Else as `jwt_device_signing_key_init`.
//
// # Safety
//
// As for every function: see the crate. `verify` does as its type says.
JWT_MUST_USE
jwt_status jwt_device_verifying_key_init(struct jwt_device_key *key,
                                         const char *algorithm,
                                         jwt_device_verify verify,
                                         void *context);

// Initialises a public key for ES256 from its point in SEC1 form (SEC 1 section 2.3.3): `04`, x, y (65 bytes), or `02` or
// `03`, x (33 bytes).
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_es256_public_key_init(struct jwt_es256_public_key *key,
                                     const uint8_t *point,
                                     size_t point_len);

// Initialises a public key for ES256 from a JSON Web Key (RFC 7517): `kty` is `EC`, `crv` is `P-256`. Its `alg`, `use` and `key_ops`, if it has
// them, must permit verifying. `scratch` takes its decoded values and is overwritten afterwards; `jwk_len` bytes always suffice.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_es256_public_key_init_jwk(struct jwt_es256_public_key *key,
                                         const char *jwk,
                                         size_t jwk_len,
                                         uint8_t *scratch,
                                         size_t scratch_size);

// Initialises a private key for ES256 from its scalar: 32 bytes, big-endian.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_es256_private_key_init(struct jwt_es256_private_key *key,
                                      const uint8_t *scalar,
                                      size_t scalar_len);

// Initialises a private key for ES256 from a JSON Web Key (RFC 7517): as for the public one, with `d`. Its `alg`, `use` and `key_ops`, if it has
// them, must permit signing. `scratch` takes its decoded values and is overwritten afterwards; `jwk_len` bytes always suffice.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_es256_private_key_init_jwk(struct jwt_es256_private_key *key,
                                          const char *jwk,
                                          size_t jwk_len,
                                          uint8_t *scratch,
                                          size_t scratch_size);

// Initialises an Ed25519 public key from its 32 bytes (RFC 8032 section 5.1.5).
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_ed25519_public_key_init(struct jwt_ed25519_public_key *key,
                                       const uint8_t *bytes,
                                       size_t bytes_len);

// Initialises an Ed25519 public key from a JSON Web Key (RFC 7517): `kty` is `OKP`, `crv` is `Ed25519`. Its `alg`, `use` and `key_ops`, if it has
// them, must permit verifying. `scratch` takes its decoded values and is overwritten afterwards; `jwk_len` bytes always suffice.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_ed25519_public_key_init_jwk(struct jwt_ed25519_public_key *key,
                                           const char *jwk,
                                           size_t jwk_len,
                                           uint8_t *scratch,
                                           size_t scratch_size);

// Initialises an Ed25519 private key from its seed of 32 bytes (RFC 8032 section 5.1.5).
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_ed25519_private_key_init(struct jwt_ed25519_private_key *key,
                                        const uint8_t *seed,
                                        size_t seed_len);

// Initialises an Ed25519 private key from a JSON Web Key (RFC 7517): as for the public one, with `d`. Its `alg`, `use` and `key_ops`, if it has
// them, must permit signing. `scratch` takes its decoded values and is overwritten afterwards; `jwk_len` bytes always suffice.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_ed25519_private_key_init_jwk(struct jwt_ed25519_private_key *key,
                                            const char *jwk,
                                            size_t jwk_len,
                                            uint8_t *scratch,
                                            size_t scratch_size);

// Initialises an HS256 key from a secret of at least 32 bytes, which is not needed afterwards. What is a PEM, DER,
// OpenSSH or JWK key is refused: it may be known to everybody.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_hs256_key_init(struct jwt_hs256_key *key,
                              const uint8_t *secret,
                              size_t secret_len);

// Initialises an HS384 key from a secret of at least 48 bytes. Else as `jwt_hs256_key_init`.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_hs384_key_init(struct jwt_hs512_key *key,
                              const uint8_t *secret,
                              size_t secret_len);

// Initialises an HS512 key from a secret of at least 64 bytes. Else as `jwt_hs256_key_init`.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_hs512_key_init(struct jwt_hs512_key *key,
                              const uint8_t *secret,
                              size_t secret_len);

// As `jwt_hs256_key_init`, for a secret shorter than RFC 7518 allows, but not empty. Who has one token can try secrets
// until one fits; a short one falls quickly.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_hs256_key_init_allowing_weak(struct jwt_hs256_key *key,
                                            const uint8_t *secret,
                                            size_t secret_len);

// Initialises an RSA key from its modulus and exponent, both unsigned and big-endian; leading zero bytes do not matter.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_rsa2048_key_init(struct jwt_rsa2048_key *key,
                                const struct jwt_rsa2048_algorithm *algorithm,
                                const uint8_t *modulus,
                                size_t modulus_len,
                                const uint8_t *exponent,
                                size_t exponent_len);

// Initialises an RSA key from a DER SubjectPublicKeyInfo: `openssl rsa -pubout -outform DER`.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_rsa2048_key_init_spki(struct jwt_rsa2048_key *key,
                                     const struct jwt_rsa2048_algorithm *algorithm,
                                     const uint8_t *der,
                                     size_t der_len);

// Initialises an RSA key from a DER PKCS#1 RSAPublicKey: `openssl rsa -RSAPublicKey_out -outform DER`.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_rsa2048_key_init_pkcs1(struct jwt_rsa2048_key *key,
                                      const struct jwt_rsa2048_algorithm *algorithm,
                                      const uint8_t *der,
                                      size_t der_len);

// Initialises an RSA key from its modulus and exponent, both unsigned and big-endian; leading zero bytes do not matter.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_rsa4096_key_init(struct jwt_rsa4096_key *key,
                                const struct jwt_rsa4096_algorithm *algorithm,
                                const uint8_t *modulus,
                                size_t modulus_len,
                                const uint8_t *exponent,
                                size_t exponent_len);

// Initialises an RSA key from a DER SubjectPublicKeyInfo: `openssl rsa -pubout -outform DER`.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_rsa4096_key_init_spki(struct jwt_rsa4096_key *key,
                                     const struct jwt_rsa4096_algorithm *algorithm,
                                     const uint8_t *der,
                                     size_t der_len);

// Initialises an RSA key from a DER PKCS#1 RSAPublicKey: `openssl rsa -RSAPublicKey_out -outform DER`.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_rsa4096_key_init_pkcs1(struct jwt_rsa4096_key *key,
                                      const struct jwt_rsa4096_algorithm *algorithm,
                                      const uint8_t *der,
                                      size_t der_len);

// The application defines it: reset, stop the motor, light the lamp. It need not return.
extern void jwt_on_panic(void);

// Signs a token into `token`, with a NUL behind it. `token_len`, unless it is null, is set to its length without the NUL,
// or, if the buffer is too small, to a size that is needed at least. If signing fails, nothing of a token is left in the
// buffer. `header` may be null.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_sign(const struct jwt_key *key,
                    const struct jwt_header *header,
                    const struct jwt_claims_set *claims,
                    char *token,
                    size_t size,
                    size_t *token_len);

// As `jwt_sign`, for claims that are the text of a JSON object already. They are signed as they stand, after the strict
// reader has accepted them.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_sign_json(const struct jwt_key *key,
                         const struct jwt_header *header,
                         const char *claims,
                         size_t claims_len,
                         char *token,
                         size_t size,
                         size_t *token_len);

// Writes what is to be signed into `token`, for a signer that is reached in its own way, or later: a secure element, an
// interrupt, another task. `algorithm` is the name of the signer's, such as `ES256`. `jwt_signing_input` says what to
// sign, and `jwt_finish_sign` takes the signature.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_begin_sign(const char *algorithm,
                          const struct jwt_header *header,
                          const struct jwt_claims_set *claims,
                          char *token,
                          size_t size,
                          struct jwt_pending *pending);

// As `jwt_begin_sign`, for claims that are the text of a JSON object already.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_begin_sign_json(const char *algorithm,
                               const struct jwt_header *header,
                               const char *claims,
                               size_t claims_len,
                               char *token,
                               size_t size,
                               struct jwt_pending *pending);

// Sets `input` to what is to be signed: bytes in the buffer of the token.
//
// # Safety
//
// As for every function: see the crate. The buffer of the token is as `jwt_begin_sign` has left it.
JWT_MUST_USE
jwt_status jwt_signing_input(const struct jwt_pending *pending,
                             const uint8_t **input,
                             size_t *input_len);

// Appends the raw signature: for ES256 r and s, 32 bytes each, and not DER. The token stands in its buffer then, with a
// NUL behind it. If that fails, nothing of it is left. Either way `pending` is done with.
//
// # Safety
//
// As for every function: see the crate. The buffer of the token is as `jwt_begin_sign` has left it.
JWT_MUST_USE
jwt_status jwt_finish_sign(struct jwt_pending *pending,
                           const uint8_t *signature,
                           size_t signature_len,
                           size_t *token_len);

// Overwrites what is in the buffer of a token that will not be signed. `pending` is done with.
//
// # Safety
//
// As for every function: see the crate. The buffer of the token is as `jwt_begin_sign` has left it.
void jwt_abandon(struct jwt_pending *pending);

// What a status means, in one line for a person or a log: jwt-core's own words, without the values of the token at hand.
// Never null; for a number that is no status, it says so.
const char *jwt_strerror(int32_t status);

// The stable, machine-readable name of a status, such as `expired`: the same in every interface of this project. Never
// null.
const char *jwt_error_name(int32_t status);

// Verifies the signature of a token, and only then decodes its payload. `scratch` takes the decoded header and payload;
// `token_len` bytes always suffice. If the token is refused, nothing of it is left in `scratch`, and `verified` holds
// nothing.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_verify(const struct jwt_key *key,
                      const char *token,
                      size_t token_len,
                      uint8_t *scratch,
                      size_t scratch_size,
                      struct jwt_verified *verified);

// Checks the claims of a token whose signature holds.
//
// # Safety
//
// As for every function: see the crate. The scratch of `verified` is as `jwt_verify` has left it.
JWT_MUST_USE
jwt_status jwt_validate(const struct jwt_verified *verified,
                        const struct jwt_policy *policy,
                        struct jwt_now now,
                        struct jwt_claims *claims);

// `jwt_verify` and `jwt_validate` in one. `claims` refers to `scratch`, which must stay as it is for as long as it is
// used.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_check(const struct jwt_key *key,
                     const struct jwt_policy *policy,
                     struct jwt_now now,
                     const char *token,
                     size_t token_len,
                     uint8_t *scratch,
                     size_t scratch_size,
                     struct jwt_claims *claims);

// The payload of a token whose signature holds: any bytes, for a JSON Web Signature that need not be a token. They stand
// in the scratch.
//
// # Safety
//
// As for every function: see the crate. The scratch of `verified` is as `jwt_verify` has left it.
JWT_MUST_USE
jwt_status jwt_verified_payload(const struct jwt_verified *verified,
                                const uint8_t **payload,
                                size_t *payload_len);

// Copies a header parameter that is a string, decoded, into `buffer`, with a NUL behind it. `len`, unless it is null, is
// set to its length without the NUL, or, if the buffer is too small, to the size that is needed.
//
// # Safety
//
// As for every function: see the crate. The scratch of `verified` is as `jwt_verify` has left it.
JWT_MUST_USE
jwt_status jwt_header_string(const struct jwt_verified *verified,
                             const char *name,
                             char *buffer,
                             size_t size,
                             size_t *len);

// Copies the `kid` of a token that nobody has verified, to find the key to verify it with and for nothing else: who sent
// the token wrote it. `scratch` takes the decoded header and is overwritten afterwards; `token_len` bytes always suffice.
// `buffer`, `size` and `len` are as for `jwt_header_string`.
//
// # Safety
//
// As for every function: see the crate.
JWT_MUST_USE
jwt_status jwt_unverified_kid(const char *token,
                              size_t token_len,
                              uint8_t *scratch,
                              size_t scratch_size,
                              char *buffer,
                              size_t size,
                              size_t *len);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* JWT_H */
