//! The private key is elsewhere: in a key service, an HSM, a secure element. `cargo run -p jwt-std --example key_service`
//!
//! Two ways: a `Signer` that asks the service while it signs, and two steps, between which a task may wait for it.

use std::error::Error;

use jwt_std::jwt_core::{self, ClaimsSet, SignError};
use jwt_std::{Algorithm, Header, Key, Signer, SigningKey, Validation, VerifyingKey};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let service = KeyService::new()?;
    let public = VerifyingKey::from_bytes(service.public_pem.as_bytes(), Algorithm::ES256)?;
    let exp = jwt_std::now().saturating_add_secs(900);
    let claims = ClaimsSet::new().subject("4242").expires_at(exp);

    // As any other key.
    let mut out = [0; 512];
    let token = jwt_core::sign(&Header::new(), &claims, &service, &mut out)?;
    println!("{}", jwt_std::decode::<Value>(token, &public, &Validation::new())?.claims);

    // In two steps: what is to be signed goes out, the signature comes back, whenever that is.
    let mut out = [0; 512];
    let pending = jwt_core::begin_sign(&Header::new(), &claims, Algorithm::ES256, &mut out)?;
    let signature = service.answer(pending.signing_input()).ok_or("the service is away")?;
    let token = pending.finish(&signature)?;
    println!("{}", jwt_std::decode::<Value>(token, &public, &Validation::new())?.claims);
    Ok(())
}

/// Stands for the service. It answers as most of them do, with r and s of 32 bytes each; one that answers in DER has to be
/// converted, for a token holds the two numbers (RFC 7518 §3.4).
struct KeyService {
    public_pem: String,
    key: SigningKey,
}

impl KeyService {
    fn new() -> Result<Self, Box<dyn Error>> {
        let key = Key::generate(Algorithm::ES256, None)?;
        let public_pem = key.public_key_pem().ok_or("a key pair has a public key")?;
        Ok(Self { public_pem, key: key.signing_key(Algorithm::ES256)? })
    }

    /// A request to it: the text to sign, or its hash if it takes that. `None` when it cannot be reached.
    fn answer(&self, signing_input: &[u8]) -> Option<[u8; 64]> {
        let mut signature = [0; 64];
        self.key.sign(signing_input, &mut signature).ok()?;
        Some(signature)
    }
}

impl Signer for KeyService {
    fn algorithm(&self) -> Algorithm {
        Algorithm::ES256
    }

    fn signature_len(&self) -> usize {
        64
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        let signature = self.answer(signing_input).ok_or(SignError::Device { code: 1 })?;
        out.get_mut(..64).ok_or(SignError::BufferTooSmall { needed: 64 })?.copy_from_slice(&signature);
        Ok(64)
    }
}
