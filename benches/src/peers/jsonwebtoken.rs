//! jsonwebtoken, twice: its features for AWS-LC and for Rust alone exclude each other within one version.

macro_rules! peer {
    ($module:ident, $krate:ident, $name:literal, $secret:ident) => {
        pub(super) mod $module {
            use std::hint::black_box;

            use ::$krate::jwk::Jwk;
            use ::$krate::{Algorithm, DecodingKey, EncodingKey, Header, Validation};

            use super::super::Peer;
            use crate::subject::{Person, Subject};

            pub(in crate::peers) fn peer(subject: &Subject) -> Option<Peer> {
                // It takes the names of RFC 7518, and has neither ES512 nor ES256K nor ML-DSA.
                let algorithm: Algorithm = subject.algorithm.name().parse().ok()?;
                let (encoding, decoding) = keys(subject);
                let mut policy = Validation::new(algorithm);
                policy.validate_exp = true;
                let (claims, header) = (subject.claims.clone(), Header::new(algorithm));
                let mut peer = Peer {
                    name: $name,
                    sign: Some(Box::new(move || {
                        ::$krate::encode(&header, black_box(&*claims), &encoding).expect("it can be signed")
                    })),
                    verify: Some(Box::new(move |token| {
                        let data = ::$krate::decode::<Person>(token, &decoding, &policy);
                        data.expect("the token is accepted").claims.check();
                    })),
                    parse: Some(Box::new(|token| {
                        let data = ::$krate::dangerous::insecure_decode::<Person>(token);
                        data.expect("it is a token").claims.check();
                    })),
                    ..Peer::default()
                };
                if subject.is_loaded() {
                    let (private, public) = (subject.private_pem(), subject.public_pem());
                    let (jwk, name) = (subject.jwk(false), subject.name.clone());
                    let of = name.clone();
                    peer.load_private = Some(Box::new(move || drop(private_key(&of, black_box(&private)))));
                    peer.load_public = Some(Box::new(move || drop(public_key(&name, black_box(&public)))));
                    peer.load_jwk = Some(Box::new(move || {
                        let jwk: Jwk = serde_json::from_str(black_box(&jwk)).expect("it is a JWK");
                        drop(DecodingKey::from_jwk(&jwk).expect("it is a key"));
                    }));
                }
                Some(peer)
            }

            fn keys(subject: &Subject) -> (EncodingKey, DecodingKey) {
                if subject.name.starts_with("HS") {
                    let secret = subject.secret();
                    return $secret!(EncodingKey::from_secret(secret), DecodingKey::from_secret(secret));
                }
                (
                    private_key(&subject.name, &subject.private_pem()),
                    public_key(&subject.name, &subject.public_pem()),
                )
            }

            fn private_key(name: &str, pem: &str) -> EncodingKey {
                let pem = pem.as_bytes();
                let key = match name.get(..2) {
                    Some("RS" | "PS") => EncodingKey::from_rsa_pem(pem),
                    Some("ES") => EncodingKey::from_ec_pem(pem),
                    _ => EncodingKey::from_ed_pem(pem),
                };
                key.expect("it is a key")
            }

            fn public_key(name: &str, pem: &str) -> DecodingKey {
                let pem = pem.as_bytes();
                let key = match name.get(..2) {
                    Some("RS" | "PS") => DecodingKey::from_rsa_pem(pem),
                    Some("ES") => DecodingKey::from_ec_pem(pem),
                    _ => DecodingKey::from_ed_pem(pem),
                };
                key.expect("it is a key")
            }
        }
    };
}

/// Since 12 an empty secret is an error.
macro_rules! fallible {
    ($encoding:expr, $decoding:expr) => {
        ($encoding.expect("it is a secret"), $decoding.expect("it is a secret"))
    };
}

macro_rules! infallible {
    ($encoding:expr, $decoding:expr) => {
        ($encoding, $decoding)
    };
}

peer!(aws_lc_rs, jsonwebtoken, "jsonwebtoken 12 (aws_lc_rs)", fallible);
peer!(rust_crypto, jsonwebtoken_rust_crypto, "jsonwebtoken 11 (rust_crypto)", infallible);
