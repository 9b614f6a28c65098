//! josekit, on OpenSSL. It has no typed claims: they are looked up by name.

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use josekit::jws::alg::{
    ecdsa::EcdsaJwsAlgorithm, eddsa::EddsaJwsAlgorithm, hmac::HmacJwsAlgorithm, rsassa::RsassaJwsAlgorithm,
    rsassa_pss::RsassaPssJwsAlgorithm,
};
use josekit::jws::{JwsHeader, JwsSigner, JwsVerifier};
use josekit::jwt::{self, JwtPayload, JwtPayloadValidator};

use super::Peer;
use crate::subject::{EXP, Subject, check};

type Keys = (Box<dyn JwsSigner + Send + Sync>, Box<dyn JwsVerifier + Send + Sync>);

pub(super) fn peer(subject: &Subject) -> Option<Peer> {
    let (signer, verifier) = keys(subject)?;
    let mut header = JwsHeader::new();
    header.set_token_type("JWT");
    let claims = subject.claims.clone();
    Some(Peer {
        name: "josekit",
        sign: Some(Box::new(move || {
            let claims = black_box(&*claims);
            let mut payload = JwtPayload::new();
            payload.set_subject(&*claims.sub);
            payload.set_expires_at(&(SystemTime::UNIX_EPOCH + Duration::from_secs(claims.exp)));
            payload.set_claim("name", Some((&*claims.name).into())).expect("it is a claim");
            payload.set_claim("nickname", Some((&*claims.nickname).into())).expect("it is a claim");
            if !claims.groups.is_empty() {
                payload.set_claim("groups", Some(claims.groups.clone().into())).expect("it is a claim");
                payload.set_claim("text", Some((&*claims.text).into())).expect("it is a claim");
            }
            jwt::encode_with_signer(&payload, &header, &*signer).expect("it can be signed")
        })),
        verify: Some(Box::new(move |token| {
            let (payload, _) = jwt::decode_with_verifier(token, &*verifier).expect("the signature is right");
            let mut validator = JwtPayloadValidator::new();
            validator.set_base_time(SystemTime::now());
            validator.validate(&payload).expect("the token is accepted");
            let text = |name| payload.claim(name).and_then(|claim| claim.as_str()).unwrap_or_default();
            let exp = payload.expires_at() == Some(SystemTime::UNIX_EPOCH + Duration::from_secs(EXP));
            check(
                payload.subject().unwrap_or_default(),
                text("name"),
                text("nickname"),
                if exp { EXP } else { 0 },
            );
        })),
        ..Peer::default()
    })
}

fn keys(subject: &Subject) -> Option<Keys> {
    macro_rules! pem {
        ($algorithm:expr) => {{
            let algorithm = $algorithm;
            (
                Box::new(algorithm.signer_from_pem(subject.private_pem()).expect("it is a key")),
                Box::new(algorithm.verifier_from_pem(subject.public_pem()).expect("it is a key")),
            )
        }};
    }
    let hmac = |algorithm: HmacJwsAlgorithm| -> Keys {
        (
            Box::new(algorithm.signer_from_bytes(subject.secret()).expect("it is a secret")),
            Box::new(algorithm.verifier_from_bytes(subject.secret()).expect("it is a secret")),
        )
    };
    Some(match subject.name.as_str() {
        "HS256" => hmac(HmacJwsAlgorithm::Hs256),
        "HS384" => hmac(HmacJwsAlgorithm::Hs384),
        "HS512" => hmac(HmacJwsAlgorithm::Hs512),
        "RS256-2048" | "RS256-3072" | "RS256-4096" => pem!(RsassaJwsAlgorithm::Rs256),
        "RS384-2048" => pem!(RsassaJwsAlgorithm::Rs384),
        "RS512-2048" => pem!(RsassaJwsAlgorithm::Rs512),
        // Its keys for PSS are of another kind than rsaEncryption.
        "PS256-2048" | "PS384-2048" | "PS512-2048" => return pss(subject),
        "ES256" => pem!(EcdsaJwsAlgorithm::Es256),
        "ES384" => pem!(EcdsaJwsAlgorithm::Es384),
        "ES512" => pem!(EcdsaJwsAlgorithm::Es512),
        "ES256K" => pem!(EcdsaJwsAlgorithm::Es256k),
        "EdDSA" => pem!(EddsaJwsAlgorithm::Eddsa),
        _ => return None,
    })
}

/// Of a JWK it takes the numbers.
fn pss(subject: &Subject) -> Option<Keys> {
    let algorithm = match subject.name.as_str() {
        "PS256-2048" => RsassaPssJwsAlgorithm::Ps256,
        "PS384-2048" => RsassaPssJwsAlgorithm::Ps384,
        _ => RsassaPssJwsAlgorithm::Ps512,
    };
    let jwk = |private| josekit::jwk::Jwk::from_bytes(subject.jwk(private)).ok();
    Some((
        Box::new(algorithm.signer_from_jwk(&jwk(true)?).ok()?),
        Box::new(algorithm.verifier_from_jwk(&jwk(false)?).ok()?),
    ))
}
