//! Verification, header and claims validated, beside the primitive that it cannot do without. An id reads
//! `operation/algorithm/implementation`.

#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jwt_benches::{HS256_TOKEN, RS256_TOKEN, RSA_2048_PUBLIC_KEY, SECRET};
use jwt_core::{
    Bits2048, HmacKey, Hs256, Now, NumericDate, Part, Rs256, RsaVerifyingKey, UnverifiedToken, Validation,
    Verifier, base64url,
};
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::DecodePublicKey as _;
use rsa::signature::Verifier as _;
use sha2::Sha256;

const POLICY: Validation<'static> = Validation::new().subject("4242");
const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));

criterion_group!(benches, hs256, rs256);
criterion_main!(benches);

fn hs256(criterion: &mut Criterion) {
    let key = HmacKey::<Hs256>::new(SECRET).expect("the secret is long enough");
    criterion.bench_function("verify/HS256/jwt-core", |bencher| {
        bencher.iter(|| verify(black_box(HS256_TOKEN), &key));
    });

    let keyed = Hmac::<Sha256>::new_from_slice(SECRET).expect("HMAC takes any key");
    let (signing_input, mac) = split(HS256_TOKEN);
    criterion.bench_function("verify/HS256/hmac", |bencher| {
        bencher.iter(|| {
            let computed = keyed.clone().chain_update(black_box(signing_input));
            computed.verify_slice(&mac).expect("the MAC is right");
        });
    });
}

fn rs256(criterion: &mut Criterion) {
    let key =
        RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(RSA_2048_PUBLIC_KEY).expect("the key is valid");
    criterion.bench_function("verify/RS256-2048/jwt-core", |bencher| {
        bencher.iter(|| verify(black_box(RS256_TOKEN), &key));
    });

    let key = VerifyingKey::<Sha256>::from_public_key_der(RSA_2048_PUBLIC_KEY).expect("the key is valid");
    let (signing_input, signature) = split(RS256_TOKEN);
    let signature = Signature::try_from(&signature[..]).expect("the signature has a length");
    criterion.bench_function("verify/RS256-2048/rsa", |bencher| {
        bencher.iter(|| key.verify(black_box(signing_input), &signature).expect("the signature is right"));
    });
}

/// All of it: split, header, signature, payload, claims.
fn verify(token: &str, key: &impl Verifier) {
    let mut scratch = [0; 512];
    let claims = UnverifiedToken::parse(token)
        .expect("it is a token")
        .verify(key, &mut scratch)
        .expect("its signature is right")
        .validate(&POLICY, NOW)
        .expect("its claims fit the policy");
    assert!(
        claims
            .get("nickname")
            .is_some_and(|nickname| nickname.as_string().is_some_and(|name| name == "Jess"))
    );
}

/// The signing input and the raw signature.
fn split(token: &str) -> (&[u8], Vec<u8>) {
    let token = UnverifiedToken::parse(token).expect("it is a token");
    let encoded = token.part(Part::Signature);
    let mut signature = vec![0; base64url::decoded_len(encoded.len())];
    base64url::decode(encoded, &mut signature).expect("it is base64url");
    (token.signing_input(), signature)
}
