//! jwt-compact.

use std::hint::black_box;

use jwt_compact::Algorithm;
use jwt_compact::alg::{Ed25519, Es256, Es256k, Hs256, Hs256Key, Hs384, Hs384Key, Hs512, Hs512Key, Rsa};
use jwt_compact::jwk::JsonWebKey;
use jwt_compact::prelude::*;
use serde::Deserialize;

use super::Peer;
use crate::subject::{EXP, Subject, check};

/// `exp` is jwt-compact's own.
#[derive(Deserialize)]
struct Rest {
    sub: String,
    name: String,
    nickname: String,
}

pub(super) fn peer(subject: &Subject) -> Option<Peer> {
    let secret = subject.secret();
    let mut peer = match subject.name.as_str() {
        "HS256" => of(subject, Hs256, Hs256Key::new(secret), Hs256Key::new(secret)),
        "HS384" => of(subject, Hs384, Hs384Key::new(secret), Hs384Key::new(secret)),
        "HS512" => of(subject, Hs512, Hs512Key::new(secret), Hs512Key::new(secret)),
        "ES256" => of_jwk(subject, Es256),
        "ES256K" => of_jwk(subject, <Es256k>::default()),
        "EdDSA" => of_jwk(subject, Ed25519),
        name if subject.is_rsa() => of_jwk(subject, Rsa::with_name(name.split('-').next().unwrap_or(name))),
        _ => return None,
    };
    peer.parse = Some(Box::new(|token| {
        let token = UntrustedToken::new(token).expect("it is a token");
        let claims = token.deserialize_claims_unchecked::<Rest>().expect("it has these claims");
        check_claims(&claims);
    }));
    Some(peer)
}

fn of_jwk<A>(subject: &Subject, algorithm: A) -> Peer
where
    A: Algorithm + Send + Sync + 'static,
    A::SigningKey: for<'a, 'b> TryFrom<&'a JsonWebKey<'b>> + Send + Sync,
    A::VerifyingKey: for<'a, 'b> TryFrom<&'a JsonWebKey<'b>> + Send + Sync,
{
    let (private, public) = (subject.jwk(true), subject.jwk(false));
    let mut peer = of(subject, algorithm, key::<A::SigningKey>(&private), key::<A::VerifyingKey>(&public));
    if subject.is_loaded() {
        peer.load_jwk = Some(Box::new(move || drop(key::<A::VerifyingKey>(black_box(&public)))));
    }
    peer
}

fn key<K: for<'a, 'b> TryFrom<&'a JsonWebKey<'b>>>(jwk: &str) -> K {
    let jwk: JsonWebKey<'_> = serde_json::from_str(jwk).expect("it is a JWK");
    K::try_from(&jwk).ok().expect("it is a key")
}

fn of<A>(subject: &Subject, algorithm: A, signing: A::SigningKey, verifying: A::VerifyingKey) -> Peer
where
    A: Algorithm + Send + Sync + 'static,
    A::SigningKey: Send + Sync + 'static,
    A::VerifyingKey: Send + Sync + 'static,
{
    let algorithm = std::sync::Arc::new(algorithm);
    let (header, of_claims) = (Header::empty().with_token_type("JWT"), subject.claims.clone());
    let signer = algorithm.clone();
    Peer {
        name: "jwt-compact",
        sign: Some(Box::new(move || {
            let claims = Claims::new(black_box(&*of_claims));
            signer.token(&header, &claims, &signing).expect("it can be signed")
        })),
        verify: Some(Box::new(move |token| {
            let token = UntrustedToken::new(token).expect("it is a token");
            let token = algorithm.validator::<Rest>(&verifying).validate(&token);
            let token = token.expect("its signature is right");
            token.claims().validate_expiration(&TimeOptions::default()).expect("it is not expired");
            check_claims(token.claims());
        })),
        ..Peer::default()
    }
}

fn check_claims(claims: &Claims<Rest>) {
    let (exp, rest) = (claims.expiration.expect("it expires"), &claims.custom);
    check(
        &rest.sub,
        &rest.name,
        &rest.nickname,
        if exp.timestamp().cast_unsigned() == EXP { EXP } else { 0 },
    );
}
