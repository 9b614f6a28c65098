//! What is counted.

use std::hint::black_box;

use hmac::{Hmac, KeyInit as _, Mac as _};
use jwt_core::json::{JsonWriter, Members};
use jwt_core::{
    Bits2048, Bytes, ClaimsSet, Header, JsonClaims, Now, NumericDate, Part, Payload, Rs256, RsaVerifyingKey,
    Signer, UnverifiedToken, Validation, Verifier, base64url,
};
use sha2::Sha256;

use crate::tokens::{Free, PERSON, Person, SECRET, SMALL, claims, hs256_key, token};

type Case = (&'static str, fn(u32));

/// A `mac` is HMAC alone over what is signed in the case beside it. A `token` is what the token costs without its
/// signature, with the claims as the application's own type; an `HS256` is all of it.
pub(crate) const CASES: &[Case] = &[
    ("mac/small", |count| mac(SMALL, count)),
    ("mac/1k", |count| mac(&claims(1024), count)),
    ("mac/8k", |count| mac(&claims(8192), count)),
    ("HS256/verify/small", |count| verify(SMALL, &hs256_key(), count)),
    ("HS256/verify/1k", |count| verify(&claims(1024), &hs256_key(), count)),
    ("HS256/verify/8k", |count| verify(&claims(8192), &hs256_key(), count)),
    ("HS256/sign/small", |count| sign(&SET, &hs256_key(), count)),
    ("HS256/sign/1k", |count| sign(&set_with_text(&claims(1024)), &hs256_key(), count)),
    ("HS256/sign/8k", |count| sign(&set_with_text(&claims(8192)), &hs256_key(), count)),
    ("token/verify/small", |count| verify(SMALL, &Free, count)),
    ("token/verify/1k", |count| verify(&claims(1024), &Free, count)),
    ("token/verify/8k", |count| verify(&claims(8192), &Free, count)),
    ("token/verify-typed/small", |count| verify_typed(SMALL, &Free, count)),
    ("token/verify-typed/1k", |count| verify_typed(&claims(1024), &Free, count)),
    ("token/verify-typed/8k", |count| verify_typed(&claims(8192), &Free, count)),
    ("token/sign/small", |count| sign(&SET, &Free, count)),
    ("token/sign/8k", |count| sign(&set_with_text(&claims(8192)), &Free, count)),
    ("token/sign-typed/small", |count| sign(&ClaimsSet::new().with(&PERSON), &Free, count)),
    ("token/sign-typed/8k", |count| {
        let text = claims(8192).replace('"', "'");
        sign(&ClaimsSet::new().with(&Person { name: &text, ..PERSON }), &Free, count);
    }),
    ("base64url/decode/8k", |count| decode(8192, count)),
    ("base64url/encode/8k", |count| sign(&Bytes(claims(8192).as_bytes()), &Free, count)),
    ("header/common", |count| header(&Header::new(), count)),
    ("header/with-kid", |count| header(&Header::new().kid("2026-11"), count)),
    ("json/read/small", |count| read(SMALL, count)),
    ("json/read/8k", |count| read(&claims(8192), count)),
    ("json/write/8k", |count| write(&claims(8192).replace('"', "'"), count)),
    ("RS256-2048/verify", rs256),
    ("RS256-2048/signature", rs256_signature),
];

const POLICY: Validation<'static> = Validation::new().subject("4242");
const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));
const EXP: NumericDate = NumericDate::from_secs(4_102_444_800);

/// What a service issues: registered claims, and two of its own.
const SET: ClaimsSet<'static> =
    ClaimsSet::new().subject("4242").audience("pump-7").issued_at(EXP).expires_at(EXP);

fn set_with_text(text: &str) -> ClaimsSet<'_> {
    SET.issuer(text)
}

fn mac(json: &str, count: u32) {
    let token = token(json, &hs256_key());
    let (signing_input, signature) = parts(&token);
    let keyed = Hmac::<Sha256>::new_from_slice(SECRET).expect("HMAC takes any key");
    for _ in 0..count {
        let computed = keyed.clone().chain_update(black_box(signing_input));
        computed.verify_slice(&signature).expect("the MAC is right");
    }
}

fn verify<K: Signer + Verifier>(json: &str, key: &K, count: u32) {
    let token = token(json, key);
    let mut scratch = vec![0; token.len()];
    for _ in 0..count {
        let claims = verified(black_box(&token), key, &mut scratch);
        assert!(claims.expires_at() == Some(EXP));
    }
}

fn verify_typed<K: Signer + Verifier>(json: &str, key: &K, count: u32) {
    let token = token(json, key);
    let mut scratch = vec![0; token.len()];
    for _ in 0..count {
        let claims = verified(black_box(&token), key, &mut scratch);
        let person: Person<'_> = claims.custom().expect("the claims fit the type");
        assert!(person.nickname == "Jess");
        black_box(person.name);
    }
}

/// All of it: split, header, signature, payload, claims.
fn verified<'b>(token: &str, key: &impl Verifier, scratch: &'b mut [u8]) -> jwt_core::ValidClaims<'b> {
    UnverifiedToken::parse(token)
        .expect("it is a token")
        .verify(key, scratch)
        .expect("its signature is right")
        .validate(&POLICY, NOW)
        .expect("its claims fit the policy")
}

fn sign(payload: &impl Payload, key: &impl Signer, count: u32) {
    let mut out = vec![0; 16 * 1024];
    for _ in 0..count {
        let token = jwt_core::sign(&Header::new(), black_box(payload), key, &mut out).expect("it fits");
        black_box(token);
    }
}

fn decode(len: usize, count: u32) {
    let token = token(&claims(len), &Free);
    let payload = UnverifiedToken::parse(&token).expect("it is a token").part(Part::Payload);
    let mut out = vec![0; len];
    for _ in 0..count {
        let bytes = base64url::decode(black_box(payload), &mut out).expect("it is base64url");
        assert!(bytes.len() == len);
    }
}

fn header(header: &Header<'_>, count: u32) {
    let mut out = [0; 256];
    let token = jwt_core::sign(header, &JsonClaims(SMALL), &Free, &mut out).expect("it fits");
    let mut scratch = [0; 128];
    for _ in 0..count {
        let token = UnverifiedToken::parse(black_box(token)).expect("it is a token");
        let header = token.header(&mut scratch).expect("the header is strict JSON");
        assert!(header.alg() == "HS256");
    }
}

fn read(json: &str, count: u32) {
    for _ in 0..count {
        let members = Members::parse(black_box(json)).expect("it is strict JSON");
        black_box(members);
    }
}

fn write(text: &str, count: u32) {
    let mut out = vec![0; text.len() + 64];
    for _ in 0..count {
        let mut writer = JsonWriter::new(&mut out);
        writer.begin_object();
        writer.name("text");
        writer.string(black_box(text));
        writer.name("number");
        writer.integer(black_box(4_102_444_800));
        writer.end_object();
        assert!(writer.fits());
    }
}

fn rsa_key() -> RsaVerifyingKey<Rs256, Bits2048> {
    let key = include_bytes!("../../data/rsa2048.spki.der");
    RsaVerifyingKey::from_spki_der(key).expect("the key is valid")
}

const RS256_TOKEN: &str = include_str!("../../data/rs256.jwt");

fn rs256(count: u32) {
    let key = rsa_key();
    let mut scratch = [0; 512];
    for _ in 0..count {
        let claims = verified(black_box(RS256_TOKEN), &key, &mut scratch);
        assert!(claims.expires_at() == Some(EXP));
    }
}

fn rs256_signature(count: u32) {
    let key = rsa_key();
    let (signing_input, signature) = parts(RS256_TOKEN);
    for _ in 0..count {
        key.verify(black_box(signing_input), &signature).expect("the signature is right");
    }
}

/// The signing input and the raw signature.
fn parts(token: &str) -> (&[u8], Vec<u8>) {
    let token = UnverifiedToken::parse(token).expect("it is a token");
    let encoded = token.part(Part::Signature);
    let mut signature = vec![0; base64url::decoded_len(encoded.len())];
    base64url::decode(encoded, &mut signature).expect("it is base64url");
    (token.signing_input(), signature)
}
