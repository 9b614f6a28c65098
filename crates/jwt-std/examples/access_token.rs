//! Access tokens as RFC 9068 has them: made, verified, and what is refused. `cargo run -p jwt-std --example access_token`

use std::error::Error;

use jwt_std::{Algorithm, DecodeError, Header, Key, Validation};
use serde::{Deserialize, Serialize};

const ISSUER: &str = "https://issuer.example";
const API: &str = "https://api.example";

/// `typ` is `at+jwt`; `iss`, `aud`, `exp`, `iat`, `jti`, `sub` and `client_id` are required (RFC 9068 §4).
const POLICY: Validation<'static> = Validation::access_token(ISSUER, API).leeway_secs(5);

#[derive(Serialize, Deserialize)]
struct AccessToken {
    iss: String,
    sub: String,
    aud: String,
    client_id: String,
    scope: String,
    jti: String,
    iat: i64,
    exp: i64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let key = Key::generate(Algorithm::EdDSA, None)?;
    let (signing, verifying) = (key.signing_key(Algorithm::EdDSA)?, key.verifying_key(Algorithm::EdDSA)?);
    let now = jwt_std::now().secs();
    let claims = AccessToken {
        iss: ISSUER.into(),
        sub: "4242".into(),
        aud: API.into(),
        client_id: "shop".into(),
        scope: "orders:read orders:write".into(),
        jti: "4f2c".into(),
        iat: now,
        exp: now + 600,
    };
    let token = jwt_std::encode(&Header::new().typ("at+jwt"), &claims, &signing)?;

    let caller = jwt_std::decode::<AccessToken>(&token, &verifying, &POLICY)?.claims;
    let may_write = caller.scope.split(' ').any(|scope| scope == "orders:write");
    println!("{} by {} may write: {may_write}", caller.sub, caller.client_id);

    // The same claims in a token of another kind, an ID token for example, are no access token (RFC 8725 §3.11).
    let other_kind = jwt_std::encode(&Header::new(), &claims, &signing)?;
    refused(jwt_std::decode::<AccessToken>(&other_kind, &verifying, &POLICY), "typ_mismatch")?;
    // Nor is one for another interface.
    let elsewhere = Validation::access_token(ISSUER, "https://other.example");
    refused(jwt_std::decode::<AccessToken>(&token, &verifying, &elsewhere), "audience_mismatch")
}

fn refused<T>(result: Result<T, DecodeError>, code: &str) -> Result<(), Box<dyn Error>> {
    match result {
        Err(error) if error.code() == code => {
            println!("refused: {error} [{code}]");
            Ok(())
        }
        Err(error) => Err(format!("{code} was expected, not: {error}").into()),
        Ok(_) => Err(format!("{code} was expected, and it was accepted").into()),
    }
}
