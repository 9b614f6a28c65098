/*
 * Every function of jwt.h and every kind of error, for a program with an operating system. Run under valgrind by
 * `cargo xtask ffi`.
 */
#include "jwt.h"
#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned checks;

#define CHECK(condition)                                                          \
    do {                                                                          \
        checks++;                                                                 \
        if (!(condition)) {                                                       \
            printf("%s:%d: %s\n", __FILE__, __LINE__, #condition);                \
            exit(1);                                                              \
        }                                                                         \
    } while (0)

static void expect(jwt_status found, jwt_status expected, int line)
{
    checks++;
    if (found != expected) {
        printf("%s:%d: found %s (%s), expected %s\n", __FILE__, line, jwt_error_name(found), jwt_strerror(found),
               jwt_error_name(expected));
        exit(1);
    }
}

#define EXPECT(status, call) expect((call), JWT_STATUS_##status, __LINE__)

static const uint8_t secret[] = "a secret of sixty-four bytes, which is what HS512 asks for, good";
#define SECRET_LEN (sizeof secret - 1)

static const struct jwt_now now = {1790000000, JWT_NOW_AT};
static const struct jwt_policy policy = {.issuer = "https://issuer.example", .audience = "pump-7"};

static const char ec_jwk[] = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                             "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\","
                             "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}";
static const char ed_jwk[] = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\","
                             "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}";

/* Exactly as long as it says, so that valgrind sees each byte behind. */
static char *heap(const char *text)
{
    size_t len = strlen(text);
    char *copy = malloc(len ? len : 1);
    CHECK(copy != NULL);
    memcpy(copy, text, len);
    return copy;
}

static int is_zero(const void *bytes, size_t len)
{
    const uint8_t *byte = bytes;
    while (len > 0 && byte[len - 1] == 0)
        len--;
    return len == 0;
}

static void check_token(const struct jwt_key *key, const char *text)
{
    struct jwt_verified verified;
    struct jwt_claims claims;
    size_t len = strlen(text), at;
    char *token = heap(text);
    uint8_t *scratch = malloc(len);

    EXPECT(OK, jwt_verify(key, token, len, scratch, len, &verified));
    EXPECT(OK, jwt_validate(&verified, &policy, now, &claims));
    EXPECT(OK, jwt_check(key, &policy, now, token, len, scratch, len, &claims));
    /* One bit of the signature. The last character has bits that must be zero, which is another error. */
    at = len - 10;
    token[at] = token[at] == 'A' ? 'B' : 'A';
    EXPECT(INVALID_SIGNATURE, jwt_verify(key, token, len, scratch, len, &verified));
    EXPECT(NOT_READY, jwt_validate(&verified, &policy, now, &claims));
    CHECK(is_zero(scratch, len));
    free(scratch);
    free(token);
}

static void round_trip(struct jwt_key *signer, struct jwt_key *verifier)
{
    struct jwt_claims_set set = {.issuer = "https://issuer.example", .subject = "4242", .audience = "pump-7",
                                 .jwt_id = "a", .expires_at = 4102444800, .not_before = 1700000000,
                                 .issued_at = 1700000000, .extra = "{\"n\":7}"};
    struct jwt_header header = {.typ = "at+jwt", .cty = "x", .kid = "key-1", .extra = "{\"q\":\"w\"}"};
    size_t len = 0, needed = 0;
    char *token = malloc(640), *exact;
    EXPECT(OK, jwt_sign(signer, &header, &set, token, 640, &len));
    CHECK(strlen(token) == len);
    check_token(verifier, token);
    exact = malloc(len + 1);
    EXPECT(OK, jwt_sign(signer, &header, &set, exact, len + 1, NULL));
    CHECK(strcmp(token, exact) == 0);
    EXPECT(BUFFER_TOO_SMALL, jwt_sign(signer, &header, &set, exact, len, &needed));
    CHECK(needed == len + 1);
    CHECK(is_zero(exact, len));
    EXPECT(BUFFER_TOO_SMALL, jwt_sign(signer, NULL, &set, NULL, 0, NULL));
    EXPECT(OK, jwt_sign_json(signer, NULL, CLAIMS, strlen(CLAIMS), token, 640, &len));
    check_token(verifier, token);
    free(exact);
    free(token);
}

static void hmac_keys(void)
{
    static const char pem[] = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA";
    struct jwt_hs256_key key;
    struct jwt_hs512_key wide;
    EXPECT(OK, jwt_hs256_key_init(&key, secret, 32));
    round_trip(&key.key, &key.key);
    EXPECT(OK, jwt_hs384_key_init(&wide, secret, 48));
    round_trip(&wide.key, &wide.key);
    EXPECT(OK, jwt_hs512_key_init(&wide, secret, SECRET_LEN));
    round_trip(&wide.key, &wide.key);
    jwt_key_clear(&wide.key);
    CHECK(is_zero(&wide, sizeof wide));

    EXPECT(KEY_TOO_SHORT, jwt_hs256_key_init(&key, secret, 31));
    CHECK(is_zero(&key, sizeof key));
    EXPECT(KEY_TOO_SHORT, jwt_hs384_key_init(&wide, secret, 47));
    EXPECT(KEY_TOO_SHORT, jwt_hs512_key_init(&wide, secret, 63));
    EXPECT(OK, jwt_hs256_key_init_allowing_weak(&key, secret, 1));
    EXPECT(EMPTY_SECRET, jwt_hs256_key_init_allowing_weak(&key, NULL, 0));
    EXPECT(EMPTY_SECRET, jwt_hs256_key_init_allowing_weak(&key, (const uint8_t *)"\n", 1));
    EXPECT(KEY_IS_NOT_A_SECRET, jwt_hs256_key_init(&key, (const uint8_t *)pem, sizeof pem - 1));
    EXPECT(KEY_IS_NOT_A_SECRET, jwt_hs256_key_init_allowing_weak(&key, rsa2048_spki, sizeof rsa2048_spki));
    EXPECT(NULL_POINTER, jwt_hs256_key_init(&key, NULL, 32));
    EXPECT(NULL_POINTER, jwt_hs256_key_init(NULL, secret, 32));
    EXPECT(LENGTH_OVERFLOW, jwt_hs256_key_init(&key, secret, SIZE_MAX));
    EXPECT(OVERLAPPING_BUFFERS, jwt_hs256_key_init(&key, (const uint8_t *)&key + 8, 32));
    EXPECT(MISALIGNED_POINTER, jwt_hs256_key_init((struct jwt_hs256_key *)((char *)&wide + 1), secret, 32));
    jwt_key_clear(NULL);
    memset(&key, 0, sizeof key);
    jwt_key_clear(&key.key);
}

static void public_keys(void)
{
    static const uint8_t f4[] = {1, 0, 1}, even[] = {2};
    struct jwt_rsa2048_key *key = malloc(sizeof *key);
    struct jwt_rsa4096_key *large = malloc(sizeof *large);
    uint8_t altered[sizeof rsa2048_spki];
    char token[64];

    EXPECT(OK, jwt_rsa2048_key_init(key, &JWT_RS256_2048, rsa2048_n, sizeof rsa2048_n, f4, sizeof f4));
    check_token(&key->key, rs256_2048);
    EXPECT(OK, jwt_rsa2048_key_init_spki(key, &JWT_RS384_2048, rsa2048_spki, sizeof rsa2048_spki));
    check_token(&key->key, rs384_2048);
    EXPECT(OK, jwt_rsa2048_key_init_pkcs1(key, &JWT_RS512_2048, rsa2048_pkcs1, sizeof rsa2048_pkcs1));
    check_token(&key->key, rs512_2048);
    EXPECT(OK, jwt_rsa2048_key_init_spki(key, &JWT_PS256_2048, rsa2048_spki, sizeof rsa2048_spki));
    check_token(&key->key, ps256_2048);
    EXPECT(OK, jwt_rsa2048_key_init_spki(key, &JWT_PS384_2048, rsa2048_spki, sizeof rsa2048_spki));
    check_token(&key->key, ps384_2048);
    EXPECT(OK, jwt_rsa2048_key_init_spki(key, &JWT_PS512_2048, rsa2048_spki, sizeof rsa2048_spki));
    check_token(&key->key, ps512_2048);
    EXPECT(OK, jwt_rsa4096_key_init_spki(large, &JWT_RS256_4096, rsa4096_spki, sizeof rsa4096_spki));
    check_token(&large->key, rs256_4096);
    EXPECT(OK, jwt_rsa4096_key_init_pkcs1(large, &JWT_PS512_4096, rsa4096_pkcs1, sizeof rsa4096_pkcs1));
    check_token(&large->key, ps512_4096);
    EXPECT(OK, jwt_rsa4096_key_init(large, &JWT_PS256_4096, rsa2048_n, sizeof rsa2048_n, f4, sizeof f4));
    check_token(&large->key, ps256_2048);
    EXPECT(OK, jwt_rsa4096_key_init_spki(large, &JWT_RS384_4096, rsa2048_spki, sizeof rsa2048_spki));
    check_token(&large->key, rs384_2048);
    EXPECT(OK, jwt_rsa4096_key_init_spki(large, &JWT_RS512_4096, rsa2048_spki, sizeof rsa2048_spki));
    check_token(&large->key, rs512_2048);
    EXPECT(OK, jwt_rsa4096_key_init_spki(large, &JWT_PS384_4096, rsa2048_spki, sizeof rsa2048_spki));
    check_token(&large->key, ps384_2048);

    /* A key of one algorithm takes no token of another. */
    {
        struct jwt_verified verified;
        uint8_t scratch[1024];
        EXPECT(ALGORITHM_MISMATCH,
               jwt_verify(&large->key, rs256_2048, strlen(rs256_2048), scratch, sizeof scratch, &verified));
    }
    EXPECT(KEY_CANNOT_SIGN, jwt_sign_json(&large->key, NULL, "{}", 2, token, sizeof token, NULL));
    EXPECT(KEY_MODULUS, jwt_rsa2048_key_init_spki(key, &JWT_RS256_2048, rsa4096_spki, sizeof rsa4096_spki));
    CHECK(is_zero(key, sizeof *key));
    EXPECT(KEY_TOO_SHORT, jwt_rsa2048_key_init(key, &JWT_RS256_2048, rsa2048_n, 128, f4, sizeof f4));
    EXPECT(KEY_MODULUS, jwt_rsa2048_key_init(key, &JWT_RS256_2048, rsa2048_n, 256, even, sizeof even));
    EXPECT(KEY_DER, jwt_rsa2048_key_init_spki(key, &JWT_RS256_2048, rsa2048_pkcs1, sizeof rsa2048_pkcs1));
    EXPECT(KEY_DER, jwt_rsa2048_key_init_pkcs1(key, &JWT_RS256_2048, rsa2048_spki, sizeof rsa2048_spki));
    memcpy(altered, rsa2048_spki, sizeof altered);
    altered[1] ^= 1;
    EXPECT(KEY_DER, jwt_rsa2048_key_init_spki(key, &JWT_RS256_2048, altered, sizeof altered));
    EXPECT(NULL_POINTER, jwt_rsa2048_key_init_spki(key, NULL, rsa2048_spki, sizeof rsa2048_spki));
    EXPECT(NULL_POINTER, jwt_rsa2048_key_init_pkcs1(key, NULL, rsa2048_spki, sizeof rsa2048_spki));
    EXPECT(NULL_POINTER, jwt_rsa2048_key_init(key, NULL, rsa2048_n, 256, f4, sizeof f4));
    EXPECT(NULL_POINTER, jwt_rsa4096_key_init(large, NULL, rsa2048_n, 256, f4, sizeof f4));
    EXPECT(NULL_POINTER, jwt_rsa4096_key_init_spki(large, NULL, rsa2048_spki, sizeof rsa2048_spki));
    EXPECT(NULL_POINTER, jwt_rsa4096_key_init_pkcs1(large, NULL, rsa2048_spki, sizeof rsa2048_spki));
    free(large);
    free(key);
}

static void curve_keys(void)
{
    struct jwt_es256_public_key ec_public;
    struct jwt_es256_private_key ec_private;
    struct jwt_ed25519_public_key ed_public;
    struct jwt_ed25519_private_key ed_private;
    uint8_t scratch[256], scalar[32] = {0}, point[65];
    struct jwt_verified verified;
    memset(scratch, 0xaa, sizeof scratch);

    EXPECT(OK, jwt_es256_public_key_init_jwk(&ec_public, ec_jwk, strlen(ec_jwk), scratch, sizeof scratch));
    CHECK(is_zero(scratch, sizeof scratch));
    EXPECT(OK, jwt_es256_private_key_init_jwk(&ec_private, ec_jwk, strlen(ec_jwk), scratch, sizeof scratch));
    CHECK(is_zero(scratch, sizeof scratch));
    round_trip(&ec_private.key, &ec_public.key);
    EXPECT(KEY_CANNOT_VERIFY, jwt_verify(&ec_private.key, rs256_2048, 1, scratch, sizeof scratch, &verified));
    scalar[31] = 1;
    EXPECT(OK, jwt_es256_private_key_init(&ec_private, scalar, sizeof scalar));
    jwt_key_clear(&ec_private.key);
    CHECK(is_zero(&ec_private, sizeof ec_private));
    EXPECT(KEY_LENGTH, jwt_es256_private_key_init(&ec_private, scalar, 31));
    scalar[31] = 0;
    EXPECT(KEY_OUT_OF_RANGE, jwt_es256_private_key_init(&ec_private, scalar, sizeof scalar));
    memset(point, 1, sizeof point);
    point[0] = 4;
    EXPECT(KEY_POINT, jwt_es256_public_key_init(&ec_public, point, sizeof point));
    /* The generator of P-256, compressed. */
    {
        static const uint8_t generator[33] = {0x03, 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc,
                                              0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2, 0x77, 0x03, 0x7d, 0x81, 0x2d,
                                              0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96};
        scalar[31] = 1;
        EXPECT(OK, jwt_es256_private_key_init(&ec_private, scalar, sizeof scalar));
        EXPECT(OK, jwt_es256_public_key_init(&ec_public, generator, sizeof generator));
        round_trip(&ec_private.key, &ec_public.key);
    }
    EXPECT(JWK_WRONG_KIND, jwt_es256_public_key_init_jwk(&ec_public, ed_jwk, strlen(ed_jwk), scratch, sizeof scratch));
    EXPECT(BUFFER_TOO_SMALL, jwt_es256_public_key_init_jwk(&ec_public, ec_jwk, strlen(ec_jwk), scratch, 8));
    EXPECT(JSON_UNEXPECTED_END, jwt_es256_private_key_init_jwk(&ec_private, ec_jwk, 20, scratch, sizeof scratch));
    EXPECT(NOT_UTF8, jwt_es256_private_key_init_jwk(&ec_private, "\xff", 1, scratch, sizeof scratch));
    EXPECT(OVERLAPPING_BUFFERS, jwt_es256_public_key_init_jwk(&ec_public, ec_jwk, strlen(ec_jwk),
                                                             (uint8_t *)&ec_public, sizeof ec_public));
    EXPECT(OVERLAPPING_BUFFERS,
           jwt_es256_public_key_init_jwk(&ec_public, (char *)scratch, 9, scratch + 8, sizeof scratch - 8));

    EXPECT(OK, jwt_ed25519_public_key_init_jwk(&ed_public, ed_jwk, strlen(ed_jwk), scratch, sizeof scratch));
    EXPECT(OK, jwt_ed25519_private_key_init_jwk(&ed_private, ed_jwk, strlen(ed_jwk), scratch, sizeof scratch));
    round_trip(&ed_private.key, &ed_public.key);
    memset(scalar, 0, sizeof scalar);
    EXPECT(OK, jwt_ed25519_private_key_init(&ed_private, scalar, sizeof scalar));
    {
        /* The public key of the seed of zeros. */
        static const uint8_t public_of_zero[32] = {0x3b, 0x6a, 0x27, 0xbc, 0xce, 0xb6, 0xa4, 0x2d, 0x62, 0xa3, 0xa8,
                                                   0xd0, 0x2a, 0x6f, 0x0d, 0x73, 0x65, 0x32, 0x15, 0x77, 0x1d, 0xe2,
                                                   0x43, 0xa6, 0x3a, 0xc0, 0x48, 0xa1, 0x8b, 0x59, 0xda, 0x29};
        EXPECT(OK, jwt_ed25519_public_key_init(&ed_public, public_of_zero, sizeof public_of_zero));
        round_trip(&ed_private.key, &ed_public.key);
    }
    jwt_key_clear(&ed_private.key);
    CHECK(is_zero(&ed_private, sizeof ed_private));
    EXPECT(KEY_LENGTH, jwt_ed25519_private_key_init(&ed_private, scalar, 31));
    EXPECT(KEY_LENGTH, jwt_ed25519_public_key_init(&ed_public, scalar, 33));
    EXPECT(KEY_POINT, jwt_ed25519_public_key_init(&ed_public, scalar, sizeof scalar));
}

static void verifying(void)
{
    struct jwt_hs256_key key;
    struct jwt_verified verified;
    struct jwt_claims claims;
    char token[512], buffer[512];
    uint8_t scratch[512];
    const uint8_t *payload = NULL;
    size_t len = 0, payload_len = 0;
    struct jwt_header header = {.kid = "ring \\ 7"};

    EXPECT(OK, jwt_hs256_key_init(&key, secret, 32));
    EXPECT(OK, jwt_sign_json(&key.key, &header, CLAIMS, strlen(CLAIMS), token, sizeof token, &len));
    EXPECT(OK, jwt_verify(&key.key, token, len, scratch, sizeof scratch, &verified));
    EXPECT(OK, jwt_verified_payload(&verified, &payload, &payload_len));
    CHECK(payload_len == strlen(CLAIMS) && memcmp(payload, CLAIMS, payload_len) == 0);
    EXPECT(NULL_POINTER, jwt_verified_payload(&verified, NULL, &payload_len));
    EXPECT(NULL_POINTER, jwt_verified_payload(&verified, &payload, NULL));
    EXPECT(NULL_POINTER, jwt_verified_payload(NULL, &payload, &payload_len));

    EXPECT(OK, jwt_header_string(&verified, "kid", buffer, sizeof buffer, &payload_len));
    CHECK(strcmp(buffer, "ring \\ 7") == 0 && payload_len == 8);
    EXPECT(OK, jwt_header_string(&verified, "kid", buffer, 9, NULL));
    EXPECT(BUFFER_TOO_SMALL, jwt_header_string(&verified, "kid", buffer, 8, &payload_len));
    CHECK(payload_len == 9 && buffer[0] == 0);
    EXPECT(BUFFER_TOO_SMALL, jwt_header_string(&verified, "kid", NULL, 0, NULL));
    EXPECT(NO_SUCH_MEMBER, jwt_header_string(&verified, "x5u", buffer, sizeof buffer, NULL));
    EXPECT(NULL_POINTER, jwt_header_string(&verified, NULL, buffer, sizeof buffer, NULL));
    EXPECT(NULL_POINTER, jwt_header_string(&verified, "kid", NULL, 8, NULL));
    EXPECT(OVERLAPPING_BUFFERS, jwt_header_string(&verified, "kid", (char *)scratch + 4, 8, NULL));
    EXPECT(NOT_UTF8, jwt_header_string(&verified, "\xc3", buffer, sizeof buffer, NULL));

    EXPECT(OK, jwt_unverified_kid(token, len, scratch, sizeof scratch, buffer, sizeof buffer, &payload_len));
    CHECK(strcmp(buffer, "ring \\ 7") == 0);
    EXPECT(OVERLAPPING_BUFFERS,
           jwt_unverified_kid(token, len, scratch, sizeof scratch, (char *)scratch, sizeof scratch, NULL));
    EXPECT(PART_COUNT, jwt_unverified_kid("a.b", 3, scratch, sizeof scratch, buffer, sizeof buffer, NULL));
    EXPECT(NO_SUCH_MEMBER, jwt_unverified_kid(rs256_2048, strlen(rs256_2048), scratch, sizeof scratch, buffer,
                                              sizeof buffer, NULL));

    EXPECT(EMPTY_TOKEN, jwt_verify(&key.key, token, 0, scratch, sizeof scratch, &verified));
    EXPECT(EMPTY_TOKEN, jwt_verify(&key.key, NULL, 0, scratch, sizeof scratch, &verified));
    EXPECT(NULL_POINTER, jwt_verify(&key.key, NULL, len, scratch, sizeof scratch, &verified));
    EXPECT(NULL_POINTER, jwt_verify(NULL, token, len, scratch, sizeof scratch, &verified));
    EXPECT(NULL_POINTER, jwt_verify(&key.key, token, len, NULL, sizeof scratch, &verified));
    EXPECT(NULL_POINTER, jwt_verify(&key.key, token, len, scratch, sizeof scratch, NULL));
    EXPECT(BUFFER_TOO_SMALL, jwt_verify(&key.key, token, len, scratch, 16, &verified));
    EXPECT(BUFFER_TOO_SMALL, jwt_verify(&key.key, token, len, NULL, 0, &verified));
    EXPECT(LENGTH_OVERFLOW, jwt_verify(&key.key, token, SIZE_MAX, scratch, sizeof scratch, &verified));
    EXPECT(LENGTH_OVERFLOW, jwt_verify(&key.key, token, len, scratch, SIZE_MAX / 2 + 1, &verified));
    EXPECT(OVERLAPPING_BUFFERS, jwt_verify(&key.key, token, len, (uint8_t *)token, sizeof token, &verified));
    EXPECT(OVERLAPPING_BUFFERS, jwt_verify(&key.key, token, len, (uint8_t *)&key, sizeof key, &verified));
    EXPECT(OVERLAPPING_BUFFERS, jwt_verify(&key.key, token, len, (uint8_t *)&verified, sizeof verified, &verified));
    EXPECT(MISALIGNED_POINTER, jwt_verify(&key.key, token, len, scratch, sizeof scratch,
                                          (struct jwt_verified *)((char *)&claims + 1)));
    EXPECT(MISALIGNED_POINTER, jwt_verify((struct jwt_key *)((char *)&key + 1), token, len, scratch, sizeof scratch,
                                          &verified));
    token[4] = '=';
    EXPECT(BASE64_PADDING, jwt_verify(&key.key, token, len, scratch, sizeof scratch, &verified));
    CHECK(is_zero(scratch, sizeof scratch));
    EXPECT(ENCRYPTED_TOKEN, jwt_verify(&key.key, "a.b.c.d.e", 9, scratch, sizeof scratch, &verified));
    jwt_key_clear(&key.key);
    EXPECT(NOT_READY, jwt_verify(&key.key, token, len, scratch, sizeof scratch, &verified));
    memset(&verified, 0, sizeof verified);
    EXPECT(NOT_READY, jwt_validate(&verified, &policy, now, &claims));
}

static jwt_status validated(const char *json, const struct jwt_policy *with, struct jwt_now at)
{
    struct jwt_hs256_key key;
    struct jwt_claims claims;
    char token[1024];
    uint8_t scratch[1024] = {0};
    size_t len;
    jwt_status status;
    EXPECT(OK, jwt_hs256_key_init(&key, secret, 32));
    EXPECT(OK, jwt_sign_json(&key.key, NULL, json, strlen(json), token, sizeof token, &len));
    status = jwt_check(&key.key, with, at, token, len, scratch, sizeof scratch, &claims);
    CHECK(status == JWT_STATUS_OK || (is_zero(scratch, sizeof scratch) && is_zero(&claims, sizeof claims)));
    return status;
}

static void validating(void)
{
    static const char *const required[] = {"scope", "jti", NULL};
    static const char *const many[] = {"a", "a", "a", "a", "a", "a", "a", "a", "a", NULL};
    static const char plain[] = "{\"exp\":2000000000,\"iat\":1000,\"sub\":\"me\"}";
    struct jwt_policy with = {0};
    struct jwt_now at = {1999999999, JWT_NOW_AT};
    struct jwt_verified verified;
    struct jwt_claims claims;

    EXPECT(OK, validated(plain, &with, at));
    at.secs = 2000000000;
    EXPECT(EXPIRED, validated(plain, &with, at));
    with.leeway_secs = 1;
    EXPECT(OK, validated(plain, &with, at));
    with.leeway_secs = 0;
    at.kind = JWT_NOW_AT_LEAST;
    EXPECT(EXPIRED, validated(plain, &with, at));
    at.secs = 0;
    EXPECT(UNPROVEN_TIME, validated(plain, &with, at));
    at.kind = JWT_NOW_UNKNOWN;
    EXPECT(UNPROVEN_TIME, validated(plain, &with, at));
    with.flags = JWT_ACCEPT_UNPROVEN_TIME;
    EXPECT(OK, validated(plain, &with, at));
    with.flags = 0;
    at.kind = 3;
    EXPECT(INVALID_ARGUMENT, validated(plain, &with, at));
    at.kind = JWT_NOW_AT;
    at.secs = 1990000000;
    with.flags = 16;
    EXPECT(INVALID_ARGUMENT, validated(plain, &with, at));
    with.flags = 0;
    with.max_age_secs = 5;
    EXPECT(TOO_OLD, validated(plain, &with, at));
    with.max_age_secs = 0;
    EXPECT(MISSING_CLAIM, validated("{\"sub\":\"me\"}", &with, at));
    with.flags = JWT_ALLOW_MISSING_EXP;
    EXPECT(OK, validated("{\"sub\":\"me\"}", &with, at));
    EXPECT(OK, validated("{\"iat\":1990000001}", &with, at));
    with.flags |= JWT_REJECT_FUTURE_IAT;
    EXPECT(ISSUED_IN_FUTURE, validated("{\"iat\":1990000001}", &with, at));
    EXPECT(NOT_YET_VALID, validated("{\"nbf\":1990000001}", &with, at));
    EXPECT(UNEXPECTED_AUDIENCE, validated("{\"aud\":\"x\"}", &with, at));
    with.flags |= JWT_ANY_AUDIENCE;
    EXPECT(OK, validated("{\"aud\":\"x\"}", &with, at));
    with.audience = "pump-7";
    EXPECT(AUDIENCE_MISMATCH, validated("{\"aud\":[\"pump-70\",\"x\"]}", &with, at));
    EXPECT(MISSING_CLAIM, validated("{}", &with, at));
    with.audience = NULL;
    with.issuer = "i";
    EXPECT(ISSUER_MISMATCH, validated("{\"iss\":\"j\"}", &with, at));
    with.issuer = "\xff";
    EXPECT(NOT_UTF8, validated("{\"iss\":\"j\"}", &with, at));
    with.issuer = NULL;
    with.subject = "s";
    EXPECT(SUBJECT_MISMATCH, validated("{\"sub\":\"t\"}", &with, at));
    with.subject = NULL;
    with.typ = "at+jwt";
    EXPECT(TYP_MISMATCH, validated("{}", &with, at));
    with.typ = "application/jwt";
    EXPECT(OK, validated("{}", &with, at));
    with.required = required;
    EXPECT(MISSING_CLAIM, validated("{\"jti\":\"7\"}", &with, at));
    EXPECT(OK, validated("{\"jti\":\"7\",\"scope\":\"a\"}", &with, at));
    with.required = many;
    EXPECT(TOO_MANY_NAMES, validated("{}", &with, at));
    with.required = many + 1;
    EXPECT(MISSING_CLAIM, validated("{}", &with, at));
    EXPECT(NULL_POINTER, validated("{}", NULL, at));
    memset(&verified, 0, sizeof verified);
    EXPECT(NULL_POINTER, jwt_validate(NULL, &policy, now, &claims));
    EXPECT(NULL_POINTER, jwt_validate(&verified, &policy, now, NULL));
}

static void reading_claims(void)
{
    static const char json[] = "{\"exp\":4102444800.5,\"nbf\":1.5,\"aud\":[\"pump-7\",\"pump-8\"],\"name\":\"J\\u00fcrg\\n\","
                               "\"nul\":\"a\\u0000b\",\"count\":-7,\"big\":9223372036854775807,"
                               "\"huge\":9223372036854775808,\"half\":0.5,\"exp10\":1e3,\"yes\":true,\"no\":false,"
                               "\"none\":null,\"list\":[1, 2],\"map\":{\"a\":{}}}";
    struct jwt_hs256_key key;
    struct jwt_claims claims;
    struct jwt_policy with = {.audience = "pump-7"};
    char token[1024], buffer[64];
    uint8_t scratch[1024];
    const char *text = NULL;
    size_t len = 0;
    int64_t number = 0;
    bool boolean = false;
    jwt_kind kind = JWT_KIND_ABSENT;

    EXPECT(OK, jwt_hs256_key_init(&key, secret, 32));
    EXPECT(OK, jwt_sign_json(&key.key, NULL, json, strlen(json), token, sizeof token, &len));
    EXPECT(OK, jwt_check(&key.key, &with, now, token, len, scratch, sizeof scratch, &claims));

    EXPECT(OK, jwt_claim_string(&claims, "name", buffer, sizeof buffer, &len));
    CHECK(len == 6 && strcmp(buffer, "J\xc3\xbcrg\n") == 0);
    EXPECT(OK, jwt_claim_string(&claims, "name", buffer, 7, NULL));
    EXPECT(BUFFER_TOO_SMALL, jwt_claim_string(&claims, "name", buffer, 6, &len));
    CHECK(len == 7 && buffer[0] == 0);
    EXPECT(EMBEDDED_NUL, jwt_claim_string(&claims, "nul", buffer, sizeof buffer, NULL));
    EXPECT(NOT_A_STRING, jwt_claim_string(&claims, "count", buffer, sizeof buffer, NULL));
    EXPECT(NO_SUCH_MEMBER, jwt_claim_string(&claims, "nam", buffer, sizeof buffer, NULL));
    EXPECT(NULL_POINTER, jwt_claim_string(&claims, NULL, buffer, sizeof buffer, NULL));
    EXPECT(OVERLAPPING_BUFFERS, jwt_claim_string(&claims, "name", (char *)scratch, sizeof scratch, NULL));
    EXPECT(OVERLAPPING_BUFFERS, jwt_claim_string(&claims, "name", (char *)&claims, sizeof claims, NULL));
    memcpy(buffer, "name", 5);
    EXPECT(OVERLAPPING_BUFFERS, jwt_claim_string(&claims, buffer, buffer, sizeof buffer, NULL));

    EXPECT(OK, jwt_claim_integer(&claims, "count", &number));
    CHECK(number == -7);
    EXPECT(OK, jwt_claim_integer(&claims, "big", &number));
    CHECK(number == INT64_MAX);
    EXPECT(NOT_AN_INTEGER, jwt_claim_integer(&claims, "huge", &number));
    EXPECT(NOT_AN_INTEGER, jwt_claim_integer(&claims, "half", &number));
    EXPECT(NOT_AN_INTEGER, jwt_claim_integer(&claims, "exp10", &number));
    EXPECT(NOT_AN_INTEGER, jwt_claim_integer(&claims, "yes", &number));
    EXPECT(NO_SUCH_MEMBER, jwt_claim_integer(&claims, "", &number));
    EXPECT(NULL_POINTER, jwt_claim_integer(&claims, "count", NULL));

    EXPECT(OK, jwt_claim_date(&claims, "exp", &number));
    CHECK(number == 4102444800);
    EXPECT(OK, jwt_claim_date(&claims, "nbf", &number));
    CHECK(number == 2);
    EXPECT(NO_SUCH_MEMBER, jwt_claim_date(&claims, "iat", &number));
    EXPECT(INVALID_ARGUMENT, jwt_claim_date(&claims, "count", &number));

    EXPECT(OK, jwt_claim_boolean(&claims, "yes", &boolean));
    CHECK(boolean);
    EXPECT(OK, jwt_claim_boolean(&claims, "no", &boolean));
    CHECK(!boolean);
    EXPECT(NOT_A_BOOLEAN, jwt_claim_boolean(&claims, "none", &boolean));

    EXPECT(OK, jwt_audience_contains(&claims, "pump-8", &boolean));
    CHECK(boolean);
    EXPECT(OK, jwt_audience_contains(&claims, "pump", &boolean));
    CHECK(!boolean);

    {
        static const struct { const char *name; jwt_kind kind; const char *json; } cases[] = {
            {"none", JWT_KIND_NULL, "null"},          {"yes", JWT_KIND_BOOLEAN, "true"},
            {"no", JWT_KIND_BOOLEAN, "false"},        {"half", JWT_KIND_NUMBER, "0.5"},
            {"name", JWT_KIND_STRING, "J\\u00fcrg\\n"}, {"list", JWT_KIND_ARRAY, "[1, 2]"},
            {"map", JWT_KIND_OBJECT, "{\"a\":{}}"},
        };
        size_t i;
        for (i = 0; i < sizeof cases / sizeof *cases; i++) {
            EXPECT(OK, jwt_claim_kind(&claims, cases[i].name, &kind));
            CHECK(kind == cases[i].kind);
            EXPECT(OK, jwt_claim_json(&claims, cases[i].name, &text, &len));
            CHECK(len == strlen(cases[i].json) && memcmp(text, cases[i].json, len) == 0);
        }
    }
    EXPECT(OK, jwt_claim_kind(&claims, "nothing", &kind));
    CHECK(kind == JWT_KIND_ABSENT);
    EXPECT(NO_SUCH_MEMBER, jwt_claim_json(&claims, "nothing", &text, &len));
    EXPECT(OK, jwt_claims_json(&claims, &text, &len));
    CHECK(len == strlen(json) && memcmp(text, json, len) == 0);
    EXPECT(NULL_POINTER, jwt_claims_json(&claims, NULL, &len));
    memset(&claims, 0, sizeof claims);
    EXPECT(NOT_READY, jwt_claims_json(&claims, &text, &len));
    EXPECT(NOT_READY, jwt_claim_integer(&claims, "count", &number));
}

struct element {
    struct jwt_hs256_key key;
    uint32_t fails;
    size_t says;
    unsigned calls;
};

static uint32_t element_sign(void *context, const uint8_t *input, size_t input_len, uint8_t *signature,
                             size_t *signature_len)
{
    struct element *element = context;
    element->calls++;
    CHECK(input_len > 10 && memchr(input, '.', input_len) != NULL);
    memset(signature, 0x5a, 64);
    *signature_len = element->says;
    return element->fails;
}

static uint32_t element_verify(void *context, const uint8_t *input, size_t input_len, const uint8_t *signature,
                               size_t signature_len)
{
    struct element *element = context;
    element->calls++;
    CHECK(input_len > 10 && input != NULL && signature_len == 64);
    return signature[0] == 0x5a && signature[63] == 0x5a ? 0 : 1;
}

static void devices(void)
{
    struct element element = {.says = 64};
    struct jwt_device_key signer, verifier;
    struct jwt_claims claims;
    char token[512];
    uint8_t scratch[512];
    size_t len = 0;

    EXPECT(OK, jwt_device_signing_key_init(&signer, "ES256", 64, element_sign, &element));
    EXPECT(OK, jwt_device_verifying_key_init(&verifier, "ES256", element_verify, &element));
    EXPECT(OK, jwt_sign_json(&signer.key, NULL, CLAIMS, strlen(CLAIMS), token, sizeof token, &len));
    EXPECT(OK, jwt_check(&verifier.key, &policy, now, token, len, scratch, sizeof scratch, &claims));
    CHECK(element.calls == 2);
    EXPECT(KEY_CANNOT_VERIFY, jwt_check(&signer.key, &policy, now, token, len, scratch, sizeof scratch, &claims));
    element.fails = 7;
    EXPECT(DEVICE_FAILED, jwt_sign_json(&signer.key, NULL, CLAIMS, strlen(CLAIMS), token, sizeof token, &len));
    CHECK(is_zero(token, sizeof token) && len == 0);
    element.fails = 0;
    element.says = 65;
    EXPECT(SIGNATURE_LENGTH, jwt_sign_json(&signer.key, NULL, CLAIMS, strlen(CLAIMS), token, sizeof token, &len));
    element.says = 63;
    EXPECT(SIGNATURE_LENGTH, jwt_sign_json(&signer.key, NULL, CLAIMS, strlen(CLAIMS), token, sizeof token, &len));
    CHECK(is_zero(token, sizeof token));
    EXPECT(UNKNOWN_ALGORITHM, jwt_device_signing_key_init(&signer, "none", 64, element_sign, &element));
    EXPECT(SIGNATURE_LENGTH, jwt_device_signing_key_init(&signer, "ES256", 72, element_sign, &element));
    EXPECT(SIGNATURE_LENGTH, jwt_device_signing_key_init(&signer, "RS256", 0, element_sign, &element));
    EXPECT(NULL_POINTER, jwt_device_signing_key_init(&signer, "ES256", 64, NULL, &element));
    EXPECT(NULL_POINTER, jwt_device_signing_key_init(&signer, NULL, 64, element_sign, &element));
    EXPECT(NULL_POINTER, jwt_device_verifying_key_init(&verifier, "ES256", NULL, &element));
    EXPECT(UNKNOWN_ALGORITHM, jwt_device_verifying_key_init(&verifier, "es256", element_verify, &element));
}

static void split_signing(void)
{
    struct jwt_pending pending;
    struct jwt_claims_set set = {.subject = "4242", .expires_at = 4102444800};
    struct jwt_header header = {.flags = JWT_HEADER_WITHOUT_TYP};
    char token[512];
    const uint8_t *input = NULL;
    uint8_t signature[64];
    size_t len = 0, input_len = 0;
    memset(signature, 0x5a, sizeof signature);

    EXPECT(OK, jwt_begin_sign("ES256", &header, &set, token, sizeof token, &pending));
    EXPECT(OK, jwt_signing_input(&pending, &input, &input_len));
    CHECK((const char *)input == token && memchr(input, '.', input_len) != NULL);
    EXPECT(OK, jwt_finish_sign(&pending, signature, sizeof signature, &len));
    CHECK(strlen(token) == len && len == input_len + 1 + 86);
    EXPECT(NOT_READY, jwt_finish_sign(&pending, signature, sizeof signature, &len));
    EXPECT(NOT_READY, jwt_signing_input(&pending, &input, &input_len));
    jwt_abandon(&pending);
    jwt_abandon(NULL);
    CHECK(strlen(token) == len);

    EXPECT(OK, jwt_begin_sign_json("ES256", NULL, CLAIMS, strlen(CLAIMS), token, sizeof token, &pending));
    EXPECT(SIGNATURE_LENGTH, jwt_finish_sign(&pending, signature, 63, &len));
    CHECK(is_zero(token, sizeof token) && len == 0);
    EXPECT(OK, jwt_begin_sign("ES256", NULL, &set, token, sizeof token, &pending));
    jwt_abandon(&pending);
    CHECK(is_zero(token, sizeof token));
    EXPECT(OK, jwt_begin_sign("ES256", NULL, &set, token, 120, &pending));
    EXPECT(BUFFER_TOO_SMALL, jwt_finish_sign(&pending, signature, sizeof signature, &len));
    CHECK(len > 120 && is_zero(token, 120));
    EXPECT(OK, jwt_begin_sign("ES256", NULL, &set, token, sizeof token, &pending));
    EXPECT(NULL_POINTER, jwt_finish_sign(NULL, signature, 64, &len));
    EXPECT(OK, jwt_finish_sign(&pending, signature, sizeof signature, NULL));
    /* However it fails, nothing is left, and it is done with. */
    EXPECT(OK, jwt_begin_sign("ES256", NULL, &set, token, sizeof token, &pending));
    EXPECT(OVERLAPPING_BUFFERS, jwt_finish_sign(&pending, (uint8_t *)token + 200, 64, &len));
    CHECK(is_zero(token, sizeof token) && is_zero(&pending, sizeof pending));
    EXPECT(OK, jwt_begin_sign("ES256", NULL, &set, token, sizeof token, &pending));
    EXPECT(NULL_POINTER, jwt_finish_sign(&pending, NULL, 64, &len));
    CHECK(is_zero(token, sizeof token));
    EXPECT(NOT_READY, jwt_signing_input(&pending, &input, &input_len));
    EXPECT(OK, jwt_begin_sign("ES256", NULL, &set, token, sizeof token, &pending));
    EXPECT(OVERLAPPING_BUFFERS, jwt_finish_sign(&pending, signature, 64, (size_t *)(void *)&pending));
    CHECK(is_zero(token, sizeof token) && is_zero(&pending, sizeof pending));

    EXPECT(UNKNOWN_ALGORITHM, jwt_begin_sign("none", NULL, &set, token, sizeof token, &pending));
    EXPECT(NULL_POINTER, jwt_begin_sign(NULL, NULL, &set, token, sizeof token, &pending));
    EXPECT(NULL_POINTER, jwt_begin_sign("ES256", NULL, NULL, token, sizeof token, &pending));
    EXPECT(NULL_POINTER, jwt_begin_sign("ES256", NULL, &set, token, sizeof token, NULL));
    EXPECT(NULL_POINTER, jwt_begin_sign("ES256", NULL, &set, NULL, sizeof token, &pending));
    EXPECT(OVERLAPPING_BUFFERS, jwt_begin_sign("ES256", NULL, &set, (char *)&set, sizeof set, &pending));
    EXPECT(OVERLAPPING_BUFFERS, jwt_begin_sign("ES256", NULL, &set, (char *)&pending, sizeof pending, &pending));
    header.typ = "JWT";
    EXPECT(INVALID_ARGUMENT, jwt_begin_sign("ES256", &header, &set, token, sizeof token, &pending));
    header.flags = 2;
    EXPECT(INVALID_ARGUMENT, jwt_begin_sign("ES256", &header, &set, token, sizeof token, &pending));
    CHECK(is_zero(&pending, sizeof pending));
}

static void signing_nonsense(void)
{
    struct jwt_hs256_key key;
    struct jwt_claims_set set = {.subject = "x", .extra = "{\"sub\":\"y\"}"};
    struct jwt_header header = {.extra = "{\"alg\":\"none\"}"};
    char token[256];
    EXPECT(OK, jwt_hs256_key_init(&key, secret, 32));
    EXPECT(JSON_DUPLICATE_NAME, jwt_sign(&key.key, NULL, &set, token, sizeof token, NULL));
    EXPECT(JSON_DUPLICATE_NAME, jwt_sign_json(&key.key, &header, "{}", 2, token, sizeof token, NULL));
    CHECK(is_zero(token, sizeof token));
    header.extra = "{\"crit\":[\"b64\"],\"b64\":false}";
    EXPECT(UNENCODED_PAYLOAD, jwt_sign_json(&key.key, &header, "{}", 2, token, sizeof token, NULL));
    set.extra = NULL;
    set.expires_at = -1;
    EXPECT(EXP_OUT_OF_RANGE, jwt_sign(&key.key, NULL, &set, token, sizeof token, NULL));
    EXPECT(EMPTY_PART, jwt_sign_json(&key.key, NULL, "", 0, token, sizeof token, NULL));
    EXPECT(JSON_NOT_AN_OBJECT, jwt_sign_json(&key.key, NULL, "[]", 2, token, sizeof token, NULL));
    EXPECT(NOT_UTF8, jwt_sign_json(&key.key, NULL, "{\"\xff\":1}", 7, token, sizeof token, NULL));
    set.expires_at = 0;
    set.subject = token;
    memcpy(token, "me", 3);
    EXPECT(OVERLAPPING_BUFFERS, jwt_sign(&key.key, NULL, &set, token, sizeof token, NULL));
    CHECK(strcmp(token, "me") == 0);
    jwt_key_clear(&key.key);
    set.subject = "x";
    EXPECT(NOT_READY, jwt_sign(&key.key, NULL, &set, token, sizeof token, NULL));
}

static void errors(void)
{
    int32_t status;
    CHECK(jwt_abi_version() == JWT_ABI_VERSION);
    CHECK(strcmp(jwt_error_name(JWT_STATUS_OK), "ok") == 0);
    CHECK(strcmp(jwt_error_name(JWT_STATUS_EXPIRED), "expired") == 0);
    CHECK(strcmp(jwt_strerror(JWT_STATUS_EXPIRED), "the token expired") == 0);
    CHECK(strcmp(jwt_error_name(-5), "unknown_error") == 0);
    for (status = -2; status < 300; status++)
        CHECK(strlen(jwt_strerror(status)) > 0 && strlen(jwt_error_name(status)) > 0);
}

/* What an earlier call has left must not pass for the answer of one that fails. */
static void stale_results(void)
{
    struct jwt_hs256_key key, cleared;
    struct jwt_claims_set set = {.issuer = "https://issuer.example", .subject = "alice", .audience = "pump-7",
                                 .expires_at = 4102444800};
    struct jwt_header header = {.kid = "key-A"};
    struct jwt_policy lenient = policy;
    struct jwt_verified verified;
    struct jwt_claims claims;
    struct jwt_pending pending;
    struct element element = {.says = 1};
    struct jwt_device_key signer;
    char token[512], other[512], buffer[64];
    uint8_t scratch[512];
    size_t len = 0, other_len = 0, name_len = 0;

    EXPECT(OK, jwt_hs256_key_init(&key, secret, 32));
    EXPECT(OK, jwt_hs256_key_init(&cleared, secret, 32));
    jwt_key_clear(&cleared.key);
    EXPECT(OK, jwt_sign(&key.key, &header, &set, token, sizeof token, &len));

    /* Claims of another token. */
    EXPECT(OK, jwt_verify(&key.key, token, len, scratch, sizeof scratch, &verified));
    EXPECT(OK, jwt_validate(&verified, &policy, now, &claims));
    EXPECT(OK, jwt_claim_string(&claims, "sub", buffer, sizeof buffer, &name_len));
    CHECK(strcmp(buffer, "alice") == 0);
    EXPECT(NO_SUCH_MEMBER, jwt_claim_string(&claims, "absent", buffer, sizeof buffer, &name_len));
    CHECK(is_zero(buffer, sizeof buffer) && name_len == 0);
    EXPECT(OK, jwt_header_string(&verified, "kid", buffer, sizeof buffer, &name_len));
    EXPECT(NO_SUCH_MEMBER, jwt_header_string(&verified, "absent", buffer, sizeof buffer, &name_len));
    CHECK(is_zero(buffer, sizeof buffer) && name_len == 0);
    /* The header is in the scratch, too: it is not for writing, though the claims are elsewhere. */
    EXPECT(OVERLAPPING_BUFFERS, jwt_claim_string(&claims, "sub", (char *)scratch, 8, NULL));
    EXPECT(OK, jwt_header_string(&verified, "kid", buffer, sizeof buffer, &name_len));
    CHECK(strcmp(buffer, "key-A") == 0);
    EXPECT(NOT_READY, jwt_verify(&cleared.key, token, len, scratch, sizeof scratch, &verified));
    EXPECT(NOT_READY, jwt_validate(&verified, &policy, now, &claims));
    EXPECT(NOT_READY, jwt_claim_string(&claims, "sub", buffer, sizeof buffer, &name_len));
    CHECK(is_zero(buffer, sizeof buffer) && name_len == 0);
    EXPECT(OK, jwt_check(&key.key, &policy, now, token, len, scratch, sizeof scratch, &claims));
    EXPECT(OVERLAPPING_BUFFERS, jwt_check(&key.key, &policy, now, token, len, (uint8_t *)&claims, sizeof claims, &claims));
    EXPECT(NOT_READY, jwt_claim_string(&claims, "sub", buffer, sizeof buffer, NULL));

    /* A name of another token. */
    EXPECT(OK, jwt_sign(&key.key, NULL, &set, other, sizeof other, &other_len));
    EXPECT(OK, jwt_unverified_kid(token, len, scratch, sizeof scratch, buffer, sizeof buffer, &name_len));
    CHECK(strcmp(buffer, "key-A") == 0);
    EXPECT(NO_SUCH_MEMBER,
           jwt_unverified_kid(other, other_len, scratch, sizeof scratch, buffer, sizeof buffer, &name_len));
    CHECK(is_zero(buffer, sizeof buffer) && name_len == 0);

    /* Another token in the buffer of the one that was to be made. */
    EXPECT(NOT_READY, jwt_sign(&cleared.key, NULL, &set, token, sizeof token, &len));
    CHECK(is_zero(token, sizeof token) && len == 0);
    header.kid = "\xff";
    EXPECT(NOT_UTF8, jwt_sign(&key.key, &header, &set, other, sizeof other, &other_len));
    CHECK(is_zero(other, sizeof other) && other_len == 0);
    EXPECT(OK, jwt_sign(&key.key, NULL, &set, other, sizeof other, &other_len));
    EXPECT(UNKNOWN_ALGORITHM, jwt_begin_sign("none", NULL, &set, other, sizeof other, &pending));
    CHECK(is_zero(other, sizeof other));

    /* RSA has no length of its own to check, the key has. */
    EXPECT(OK, jwt_device_signing_key_init(&signer, "RS256", 256, element_sign, &element));
    EXPECT(SIGNATURE_LENGTH, jwt_sign(&signer.key, NULL, &set, token, sizeof token, &len));
    CHECK(is_zero(token, sizeof token));

    /* A leeway below zero. */
    lenient.leeway_secs = (uint64_t)-1;
    EXPECT(OK, jwt_sign(&key.key, NULL, &set, token, sizeof token, &len));
    EXPECT(INVALID_ARGUMENT, jwt_check(&key.key, &lenient, now, token, len, scratch, sizeof scratch, &claims));
    jwt_key_clear(&key.key);
}

int main(void)
{
    errors();
    hmac_keys();
    public_keys();
    curve_keys();
    verifying();
    validating();
    reading_claims();
    devices();
    split_signing();
    signing_nonsense();
    stale_results();
    printf("jwt-ffi: %u checks passed\n", checks);
    return 0;
}
