/*
 * Firmware in C that checks and makes tokens: an update is accepted if its manifest is signed by the vendor, for this
 * device and not older than the firmware; a request is authenticated with a shared secret; an attestation is signed by a
 * secure element. Nothing is allocated.
 */
#include "jwt.h"
#include "vectors.h"

#include <string.h>

void print(const char *text);

/* No clock, but the firmware knows when it was built: no token that had expired by then is accepted. */
static const struct jwt_now build_date = {1790000000, JWT_NOW_AT_LEAST};

static struct jwt_rsa2048_key vendor_key;
static struct jwt_hs256_key shared_key;
static struct jwt_es256_private_key element_key;
static uint8_t scratch[512];
static char token[512];

static int report(const char *what, jwt_status status)
{
    print(what);
    print(": ");
    print(jwt_error_name(status));
    print("\n");
    return status == JWT_STATUS_OK ? 0 : 1;
}

static int update(const char *manifest)
{
    /* Who cannot tell whether `exp` has passed must say that he takes the risk. */
    const struct jwt_policy policy = {.issuer = "https://issuer.example", .audience = "pump-7",
                                      .flags = JWT_ACCEPT_UNPROVEN_TIME};
    struct jwt_claims claims;
    char subject[32];
    int failed = report("update", jwt_check(&vendor_key.key, &policy, build_date, manifest, strlen(manifest), scratch,
                                            sizeof scratch, &claims));
    if (failed)
        return failed;
    if (report("subject", jwt_claim_string(&claims, "sub", subject, sizeof subject, NULL)))
        return 1;
    print(subject);
    print("\n");
    return 0;
}

static int request(void)
{
    const struct jwt_policy policy = {.audience = "pump-7", .flags = JWT_ACCEPT_UNPROVEN_TIME};
    const struct jwt_claims_set set = {.audience = "pump-7", .expires_at = 4102444800, .extra = "{\"rate\":12}"};
    struct jwt_claims claims;
    int64_t rate = 0;
    size_t len;
    int failed = report("request", jwt_sign(&shared_key.key, NULL, &set, token, sizeof token, &len));
    print(token);
    print("\n");
    failed |= report("answer", jwt_check(&shared_key.key, &policy, build_date, token, len, scratch, sizeof scratch,
                                         &claims));
    failed |= report("rate", jwt_claim_integer(&claims, "rate", &rate));
    return failed | (rate != 12);
}

/* Stands for a secure element on a bus: it gets the bytes and gives back r and s. */
static jwt_status element_sign(const uint8_t *input, size_t len, uint8_t signature[64])
{
    /* The driver of a real one would hash `input` and send the hash. */
    (void)input;
    memset(signature, (int)len, 64);
    return JWT_STATUS_OK;
}

static int attestation(void)
{
    const struct jwt_claims_set set = {.subject = "pump-7", .issued_at = 1790000000};
    struct jwt_pending pending;
    const uint8_t *input;
    uint8_t signature[64];
    size_t len = 0;
    int failed = report("begin", jwt_begin_sign("ES256", NULL, &set, token, sizeof token, &pending));
    failed |= report("input", jwt_signing_input(&pending, &input, &len));
    failed |= report("element", element_sign(input, len, signature));
    failed |= report("finish", jwt_finish_sign(&pending, signature, sizeof signature, &len));
    print(token);
    print("\n");
    return failed;
}

/* Without a secure element: the key in memory, and overwritten when it is no longer needed. */
static int software_signature(void)
{
    static const uint8_t scalar[32] = {[31] = 1};
    const struct jwt_claims_set set = {.subject = "pump-7", .issued_at = 1790000000};
    int failed = report("private key", jwt_es256_private_key_init(&element_key, scalar, sizeof scalar));
    failed |= report("es256", jwt_sign(&element_key.key, NULL, &set, token, sizeof token, NULL));
    jwt_key_clear(&element_key.key);
    print(token);
    print("\n");
    return failed | (jwt_sign(&element_key.key, NULL, &set, token, sizeof token, NULL) != JWT_STATUS_NOT_READY);
}

int main(void)
{
    static const uint8_t secret[] = "a secret of thirty-two bytes, ok";
    static char altered[sizeof rs256_2048];
    int failed = jwt_abi_version() != JWT_ABI_VERSION;

    failed |= report("vendor key", jwt_rsa2048_key_init_spki(&vendor_key, &JWT_RS256_2048, rsa2048_spki,
                                                             sizeof rsa2048_spki));
    failed |= report("shared key", jwt_hs256_key_init(&shared_key, secret, sizeof secret - 1));
    failed |= update(rs256_2048);
    memcpy(altered, rs256_2048, sizeof altered);
    altered[sizeof altered - 20] ^= 1;
    failed |= !update(altered);
    failed |= !update("no token");
    failed |= request();
    failed |= attestation();
    failed |= software_signature();
    print(failed ? "failed\n" : "done\n");
    return failed;
}
