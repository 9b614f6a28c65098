//! An allow-list wider than the key, and a key taken from the token: list, key and header must all agree.

use jwt_std::{Algorithm, Header, JwkSet, Key, SigningKey, Validation, encode};
use serde_json::{Value, json};

fn set_and_key(algorithm: Algorithm) -> (JwkSet, Key) {
    let key = Key::generate(algorithm, None).unwrap();
    let mut jwk: Value = serde_json::from_str(&key.to_jwk(false).unwrap().to_json()).unwrap();
    jwk["kid"] = "a".into();
    (JwkSet::parse(json!({ "keys": [jwk] }).to_string()).unwrap(), key)
}

fn token(header: &Header<'_>, key: &SigningKey) -> String {
    encode(header, &json!({ "exp": 32_503_680_000_u64 }), key).unwrap()
}

fn code(set: &JwkSet, token: &str, allowed: &[Algorithm]) -> &'static str {
    set.decode::<Value>(token, allowed, &Validation::new()).map_or_else(|error| error.code(), |_| "")
}

#[test]
fn a_wide_list_widens_no_key() {
    let (set, key) = set_and_key(Algorithm::ES256);
    let own = token(&Header::default().kid("a"), &key.signing_key(Algorithm::ES256).unwrap());
    assert_eq!(code(&set, &own, &Algorithm::ALL), "");
    assert_eq!(code(&set, &own, &[Algorithm::RS256, Algorithm::EdDSA]), "algorithm_not_allowed");
    assert_eq!(code(&set, &own, &[]), "algorithm_not_allowed");

    // The public key as a secret cannot be had; the attacker's own secret is no key of the set.
    let public = key.public_key_pem().unwrap();
    let refused = SigningKey::from_secret_allowing_weak(public.as_bytes(), Algorithm::HS256).unwrap_err();
    assert_eq!(refused.code(), "key_is_not_a_secret");
    let secret = SigningKey::from_secret(&[1; 64], Algorithm::HS256).unwrap();
    for header in [Header::default(), Header::default().kid("a")] {
        assert_eq!(code(&set, &token(&header, &secret), &Algorithm::ALL), "no_fitting_key");
    }
}

#[test]
fn a_key_in_the_token_is_no_key_of_the_set() {
    let (set, _) = set_and_key(Algorithm::EdDSA);
    let attacker = Key::generate(Algorithm::EdDSA, None).unwrap();
    let jwk = attacker.to_jwk(false).unwrap().to_json();
    let extra = format!(r#"{{"jwk":{},"jku":"https://attacker.example/"}}"#, *jwk);
    let signing = attacker.signing_key(Algorithm::EdDSA).unwrap();
    for header in [Header::default().extra(&extra), Header::default().kid("a").extra(&extra)] {
        assert_eq!(code(&set, &token(&header, &signing), &Algorithm::ALL), "invalid_signature");
    }
}
