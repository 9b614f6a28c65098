//! What reading takes of memory: a stated multiple of what is read, however hostile it is, and no more than that.

use base64ct::{Base64, Encoding as _};
use jwt_std::{Algorithm, JwkSet, Key, SigningKey, Validation, VerifyingKey};
use peak_alloc::PeakAlloc;
use serde::de::IgnoredAny;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The longest key file that is read.
const KEY_FILE: usize = 256 * 1024;
/// The longest JWK Set that is read.
const KEY_SET: usize = 1024 * 1024;
/// The longest token that is read.
const TOKEN: usize = 128 * 1024;

/// What goes on top of a multiple of the input: the numbers of keys that are checked.
const KEYS: usize = 256 * 1024;

/// The most bytes at a time that are allocated while `run` runs, beyond those before.
fn peak<T>(run: impl FnOnce() -> T) -> usize {
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    drop(run());
    ALLOCATOR.peak_usage().saturating_sub(before)
}

/// `unit`, again and again, between a beginning and an end, as long as may be.
fn filled(begin: &str, unit: &str, end: &str, len: usize) -> Vec<u8> {
    let count = (len - begin.len() - end.len()) / unit.len();
    [begin, &unit.repeat(count), end].concat().into_bytes()
}

/// One test, as there is one allocator.
#[test]
fn memory_is_bounded_by_a_multiple_of_the_input() {
    let mut too_much = Vec::new();
    let mut check = |what: &str, len: usize, times: usize, took: usize| {
        println!("{what}: {took} bytes for {len}");
        if took > times * len + KEYS {
            too_much.push(format!("{what}: {took} bytes for {len}, which may take {times} times as many"));
        }
    };
    for (what, file) in key_files() {
        assert!(file.len() <= KEY_FILE, "{what}");
        // Of each: the text, its base64 decoded, its members copied.
        check(what, KEY_FILE, 4, peak(|| Key::from_bytes(&file, Some(b"passphrase")).err()));
        check(what, KEY_FILE, 4, peak(|| Key::from_secret(&file).err()));
    }
    for (what, set) in key_sets() {
        assert!(set.len() <= KEY_SET, "{what}");
        check(what, KEY_SET, 4, peak(|| JwkSet::parse(&set).map(|set| set.len()).ok()));
    }
    let key = SigningKey::from_secret(b"a secret of thirty-two bytes, ok", Algorithm::HS256).unwrap();
    for (what, token) in tokens(&key) {
        check(what, TOKEN, 2, peak(|| decode(&token, &key.verifying_key())));
        check(what, TOKEN, 2, peak(|| jwt_std::decode_header(&token).is_ok()));
    }
    assert!(too_much.is_empty(), "{}", too_much.join("\n"));
}

/// The claims go to a type that keeps nothing: what the application's own type keeps is the application's.
fn decode(token: &str, key: &VerifyingKey) -> bool {
    let policy = Validation::new().allow_missing_exp();
    jwt_std::decode::<IgnoredAny>(token, key, &policy).is_ok()
}

fn key_files() -> Vec<(&'static str, Vec<u8>)> {
    let pem = Key::generate(Algorithm::ES256, None).unwrap().to_pkcs8_pem().unwrap();
    let block = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    let whole = |begin: &str, unit: &str, end: &str| filled(begin, unit, end, KEY_FILE);
    let zeros = |len: usize| vec![0; len];
    vec![
        ("zeros", zeros(KEY_FILE)),
        ("white space", whole(" ", "\n", "x")),
        ("letters", whole("", "A", "")),
        ("base64 of zeros", Base64::encode_string(&zeros(KEY_FILE / 4 * 3)).into_bytes()),
        ("base64 of PEM", Base64::encode_string(&filled("", block, "", KEY_FILE / 4 * 3)).into_bytes()),
        ("one long block", whole("-----BEGIN PRIVATE KEY-----\n", "MIIB", "\n-----END PRIVATE KEY-----")),
        ("many blocks", whole("", block, "")),
        ("64 blocks", filled("", block, "", 64 * block.len())),
        ("text behind a key", whole(&pem, "x", "")),
        ("BEGIN lines", whole("", "-----BEGIN ", "")),
        ("escaped line breaks", whole("-----BEGIN A-----", "\\n", "-----END A-----")),
        ("public keys by the line", whole("", "ssh-ed25519 AAAA x\n", "")),
        ("a long line", whole("ssh-rsa ", "AAAA", "")),
        ("RFC 4716", whole("---- BEGIN SSH2 PUBLIC KEY ----\n", "x: \\\n", "")),
        ("DER, nested", [0x30, 0x84, 0, 0, 0, 0].repeat(KEY_FILE / 6)),
        ("DER, long", [&[0x30, 0x83, 3, 0xff, 0xfa][..], &zeros(KEY_FILE - 6)].concat()),
        (
            "an OpenSSH key with long strings",
            [b"openssh-key-v1\0", &b"\xff\xff\xff\xff".repeat(60_000)[..]].concat(),
        ),
        ("a long modulus", whole("{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"", "v", "\"}")),
        (
            "a long private exponent",
            whole("{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"vv\",\"d\":\"", "v", "\"}"),
        ),
        ("a long secret", whole("{\"kty\":\"oct\",\"k\":\"", "v", "\"}")),
        ("a secret in escapes", whole("{\"kty\":\"oct\",\"k\":\"", "\\u0041", "\"}")),
        ("many operations", whole("{\"kty\":\"oct\",\"k\":\"AAAA\",\"key_ops\":[\"x\"", ",\"\"", "]}")),
        ("many names", whole("{\"kty\":\"oct\"", ",\"a\":1", "}")),
        ("the same name", whole("{\"kty\":\"oct\"", ",\"k\":\"AAAA\"", "}")),
        ("nesting", whole("{\"kty\":", "[", "")),
        ("nested objects", whole("", "{\"kty\":", "")),
    ]
}

fn key_sets() -> Vec<(&'static str, Vec<u8>)> {
    let whole = |begin: &str, unit: &str, end: &str| filled(begin, unit, end, KEY_SET);
    let key = Key::generate(Algorithm::EdDSA, None).unwrap().to_jwk(false).unwrap();
    let key = format!(",{}", key.to_json().as_str());
    vec![
        ("empty objects", whole("{\"keys\":[{}", ",{}", "]}")),
        ("numbers", whole("{\"keys\":[1", ",1", "]}")),
        ("unknown types", whole("{\"keys\":[{}", ",{\"kty\":\"x\"}", "]}")),
        ("the same key", whole(&format!("{{\"keys\":[{}", &key[1..]), &key, "]}")),
        ("256 keys", filled("{\"keys\":[{}", &key, "]}", 255 * key.len() + 13)),
        ("one long kid", whole("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"", "k", "\"}]}")),
        ("other members", whole("{\"keys\":[]", ",\"a\":1", "}")),
        ("nesting", whole("{\"keys\":", "[", "")),
    ]
}

fn tokens(key: &SigningKey) -> Vec<(&'static str, String)> {
    let sign = |payload: Vec<u8>| {
        let mut out = vec![0; TOKEN];
        let payload = jwt_core::Bytes(&payload);
        jwt_core::sign(&jwt_std::Header::new(), &payload, key, &mut out).unwrap().to_owned()
    };
    let whole = |begin: &str, unit: &str, end: &str| sign(filled(begin, unit, end, 98_000));
    vec![
        ("dots", ".".repeat(TOKEN)),
        ("letters", "A".repeat(TOKEN)),
        ("a long header", format!("{}.e30.AAAA", "A".repeat(TOKEN - 9))),
        ("a long signature", format!("eyJhbGciOiJIUzI1NiJ9.e30.{}", "A".repeat(TOKEN - 25))),
        ("a long payload", whole("{\"x\":\"", "x", "\"}")),
        ("numbers", whole("{\"x\":[1", ",1", "]}")),
        ("names", whole("{\"x\":1", ",\"a\":1", "}")),
        ("audiences", whole("{\"aud\":[\"\"", ",\"\"", "]}")),
        ("escapes", whole("{\"sub\":\"", "\\u0041", "\"}")),
        ("nesting", whole("{\"x\":", "[", "")),
    ]
}
