//! jwt-std: keys from secrets, JWK and key files.

use jwt_std::{Algorithm, Key, Signer as _, SigningKey};
use secrets::mark;

use crate::{Case, must_depend};

pub(crate) const ALL: &[(&str, Case)] = &[
    ("std-secret", secret),
    ("std-jwk-oct", || jwk(OCT, &["k"], Algorithm::HS256)),
    ("std-jwk-ec", || jwk(EC, &["d"], Algorithm::ES256)),
    ("std-jwk-okp", || jwk(OKP, &["d"], Algorithm::EdDSA)),
    ("std-jwk-rsa", jwk_rsa),
];

const OCT: &str = r#"{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}"#;
/// RFC 7517 A.2.
const EC: &str = r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}"#;
/// RFC 8037 A.1.
const OKP: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#;

fn secret() -> Result<(), String> {
    let secret = b"a secret of thirty-two bytes, ok".to_vec();
    mark(&secret);
    sign(&SigningKey::from_secret(&secret, Algorithm::HS256).map_err(|error| error.to_string())?)
}

fn jwk(text: &str, members: &[&str], algorithm: Algorithm) -> Result<(), String> {
    let text = text.to_owned();
    let place = |member: &&str| {
        let start = text.find(&format!("\"{member}\":\""))? + member.len() + 4;
        Some(start..start + text[start..].find('"')?)
    };
    // All are found before any is marked.
    let places: Option<Vec<_>> = members.iter().map(place).collect();
    places.ok_or("no such member")?.into_iter().for_each(|place| mark(&text.as_bytes()[place]));
    sign(&SigningKey::from_bytes(text.as_bytes(), algorithm).map_err(|error| error.to_string())?)
}

fn jwk_rsa() -> Result<(), String> {
    let key =
        Key::from_bytes(secrets::RSA_2048_PRIVATE.as_bytes(), None).map_err(|error| error.to_string())?;
    let text = key.to_jwk(true).map_err(|error| error.to_string())?.to_json();
    jwk(&text, &["d", "p", "q", "dp", "dq", "qi"], Algorithm::RS256)
}

fn sign(key: &SigningKey) -> Result<(), String> {
    let mut signature = vec![0; key.signature_len()];
    secrets::unreported(|| key.sign(b"eyJhbGciOiJ4In0.e30", &mut signature))
        .map_err(|error| error.to_string())?;
    must_depend("the signature", &signature)
}
