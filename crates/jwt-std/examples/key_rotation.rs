//! An issuer changes its key, and no token is refused meanwhile. `cargo run -p jwt-std --example key_rotation`
//!
//! The new key is published before it signs, and the old one stays until its last token has expired.

use std::error::Error;

use jwt_std::{Algorithm, DecodeError, Header, JwkSet, Key, KeySetError, SigningKey, Validation};
use serde_json::{Value, json};

const POLICY: Validation<'static> = Validation::new().issuer("https://issuer.example").audience("shop");

fn main() -> Result<(), Box<dyn Error>> {
    let mut issuer = Issuer { keys: vec![IssuerKey::new()?], signs_with: 0 };
    let first = issuer.token()?;
    println!("before: {}", verify(&issuer, &first)?);

    // A day before: verifiers have it when they meet its `kid`.
    issuer.keys.push(IssuerKey::new()?);
    println!("published: {}", verify(&issuer, &first)?);

    // From now on it signs. The tokens of the old key are good as long as it is in the set.
    issuer.signs_with = 1;
    let second = issuer.token()?;
    println!("changed: {} and {}", verify(&issuer, &first)?, verify(&issuer, &second)?);

    // The last token of the old key has expired.
    issuer.keys.remove(0);
    issuer.signs_with = 0;
    match verify(&issuer, &first) {
        Err(error) if matches!(error, DecodeError::KeySet(KeySetError::UnknownKid { .. })) => {
            println!("taken back: {error}");
        }
        other => return Err(format!("the old key is gone, and yet: {other:?}").into()),
    }
    println!("after: {}", verify(&issuer, &second)?);
    Ok(())
}

/// The side that verifies. In production it keeps a `RemoteJwkSet`, which fetches the set again when it meets a `kid` that
/// it does not know.
fn verify(issuer: &Issuer, token: &str) -> Result<Value, DecodeError> {
    let set = JwkSet::parse(issuer.published()).map_err(DecodeError::KeySet)?;
    Ok(set.decode::<Value>(token, &[Algorithm::ES256], &POLICY)?.claims["sub"].take())
}

struct Issuer {
    keys: Vec<IssuerKey>,
    signs_with: usize,
}

struct IssuerKey {
    /// Its thumbprint (RFC 7638): no two keys share one.
    kid: String,
    /// What is published.
    jwk: Value,
    signing: SigningKey,
}

impl IssuerKey {
    fn new() -> Result<Self, Box<dyn Error>> {
        let key = Key::generate(Algorithm::ES256, None)?;
        let kid = key.thumbprint();
        let mut jwk = serde_json::to_value(key.to_jwk(false)?)?;
        jwk["kid"] = json!(kid);
        jwk["use"] = json!("sig");
        Ok(Self { kid, jwk, signing: key.signing_key(Algorithm::ES256)? })
    }
}

impl Issuer {
    /// What `https://issuer.example/.well-known/jwks.json` says.
    fn published(&self) -> String {
        let keys: Vec<&Value> = self.keys.iter().map(|key| &key.jwk).collect();
        json!({ "keys": keys }).to_string()
    }

    fn token(&self) -> Result<String, Box<dyn Error>> {
        let IssuerKey { kid, signing, .. } = &self.keys[self.signs_with];
        let exp = jwt_std::now().secs() + 900;
        let claims = json!({ "iss": "https://issuer.example", "aud": "shop", "sub": "4242", "exp": exp });
        Ok(jwt_std::encode(&Header::new().kid(kid), &claims, signing)?)
    }
}
