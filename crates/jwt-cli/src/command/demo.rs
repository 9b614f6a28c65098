//! `jwt demo`: the tutorial, live.

use std::fs;

use jwt_std::jwt_core::{Header, base64url};
use jwt_std::{Algorithm, DecodeError, SigningKey, Validation, VerifyingKey};
use serde_json::Value;

use super::sign;
use crate::failure::{Failure, Status};
use crate::{json_text, terminal, time};

const SECRET: &[u8] = b"my_super_secret, of thirty-two bytes or more";

pub(crate) fn run() -> Result<(), Failure> {
    let now = jwt_std::now().secs();
    let claims = |exp: i64| {
        format!(r#"{{"sub":"4242","name":"Jessica Temporal","nickname":"Jess","iat":{now},"exp":{exp}}}"#)
    };
    let valid_claims = claims(now + 900);

    step("1. Create a token with a shared secret (HS256)")?;
    let secret = SigningKey::from_secret(SECRET, Algorithm::HS256)?;
    let hs256 = sign::token(&Header::new(), &valid_claims, &secret)?;
    terminal::out_line(&hs256)?;
    show_parts(&hs256)?;

    step("2. Verify it")?;
    expect_valid(&hs256, &secret.verifying_key())?;

    step("3. Make an RSA key pair, sign with the private key (RS256), verify with the public key")?;
    let folder = tempfile::tempdir().map_err(|error| Failure::io(format!("temporary folder: {error}")))?;
    let (private_path, public_path) = (folder.path().join("id_rsa"), folder.path().join("id_rsa.pub"));
    let pem = jwt_std::generate_rsa_pkcs8_pem(2048)?;
    let written = |error: std::io::Error| Failure::io(format!("{}: {error}", folder.path().display()));
    fs::write(&private_path, pem.as_bytes()).map_err(written)?;
    let public_pem = jwt_std::Key::from_bytes(pem.as_bytes(), None)?.public_key_pem().unwrap_or_default();
    fs::write(&public_path, public_pem).map_err(written)?;

    let private = SigningKey::from_file(&private_path, Algorithm::RS256)?;
    let public = VerifyingKey::from_file(&public_path, Algorithm::RS256)?;
    let rs256 = sign::token(&Header::new().kid("demo"), &valid_claims, &private)?;
    terminal::out_line(&rs256)?;
    show_parts(&rs256)?;
    expect_valid(&rs256, &public)?;

    step("4. Read the unverified header, to learn the algorithm")?;
    let header = jwt_std::decode_header(&rs256)?;
    terminal::out_line(&format!("alg {}, kid {}", header.alg(), header.kid().unwrap_or("-")))?;

    step("5. A tampered token: somebody made Jess an administrator")?;
    expect_refused(&tampered(&hs256), &secret.verifying_key(), "invalid_signature")?;

    step("6. A token for the wrong algorithm: the verifier has an RSA key, the token says HS256")?;
    expect_refused(&hs256, &public, "algorithm_mismatch")?;
    let confused = SigningKey::from_bytes(&fs::read(&public_path).map_err(written)?, Algorithm::HS256);
    match confused {
        Err(error) => terminal::out_line(&format!("and the public key as HMAC secret?  refused: {error}"))?,
        Ok(_) => return Err(unexpected("a public key was taken for a secret")),
    }

    step("7. An expired token")?;
    let expired = sign::token(&Header::new(), &claims(now - 60), &secret)?;
    if let Some(described) = time::describe(jwt_std::NumericDate::from_secs(now - 60), jwt_std::now()) {
        terminal::out_line(&format!("exp: {described}"))?;
    }
    expect_refused(&expired, &secret.verifying_key(), "expired")
}

fn step(title: &str) -> Result<(), Failure> {
    terminal::out_line(&format!("\n== {title}"))
}

fn show_parts(token: &str) -> Result<(), Failure> {
    for (name, part) in ["header ", "payload"].into_iter().zip(token.split('.')) {
        let mut buffer = vec![0; base64url::decoded_len(part.len())];
        let json =
            base64url::decode(part.as_bytes(), &mut buffer).map_err(|_| unexpected("not base64url"))?;
        terminal::out_line(&format!("  {name}  {}", String::from_utf8_lossy(json)))?;
    }
    Ok(())
}

fn expect_valid(token: &str, key: &VerifyingKey) -> Result<(), Failure> {
    let data = jwt_std::decode::<Value>(token, key, &Validation::new())?;
    terminal::out_line(&format!("valid: {}", data.claims["name"].as_str().unwrap_or_default()))
}

fn expect_refused(token: &str, key: &VerifyingKey, code: &str) -> Result<(), Failure> {
    match jwt_std::decode::<Value>(token, key, &Validation::new()) {
        Err(error) if error.code() == code => terminal::out_line(&format!("refused: {error} [{code}]")),
        Err(error) => Err(DecodeError::into(error)),
        Ok(_) => Err(unexpected("a token was accepted that must be refused")),
    }
}

/// The token with another claims set and its old signature.
fn tampered(token: &str) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let claims = json_text::with_members(
        r#"{"sub":"4242","name":"Jessica Temporal"}"#,
        &[("admin".into(), "true".into())],
    );
    // Signed with another secret only to have its payload written as base64url.
    let other = SigningKey::from_secret_allowing_weak(b"another", Algorithm::HS256)
        .ok()
        .and_then(|other| sign::token(&Header::new(), &claims, &other).ok())
        .unwrap_or_default();
    if let (Some(payload), Some(part)) = (other.split('.').nth(1), parts.get_mut(1)) {
        payload.clone_into(part);
    }
    parts.join(".")
}

fn unexpected(what: &str) -> Failure {
    Failure::new(Status::Io, "demo_failed", what)
}
