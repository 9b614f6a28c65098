//! Keys that verify.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use jwt_core::{
    Algorithm, Bits4096, Bits8192, EcdsaVerifyingKey, Ed25519VerifyingKey, Es256, Es256K, Es384, Es512,
    HmacKey, Hs256, Hs384, Hs512, InvalidSignature, KeyKind, MlDsa44, MlDsa65, MlDsa87, MlDsaAlgorithm,
    MlDsaVerifyingKey, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512, RsaAlgorithm, RsaVerifyingKey, Verifier,
};

use super::Key;
use crate::KeyError;
use crate::key_file::{PublicOctets, RsaPublicParts};

pub(super) type Shared = Arc<dyn Verifier + Send + Sync>;

/// A key that verifies tokens of one algorithm, and of no other; an Ed25519 key goes by both names, EdDSA and Ed25519.
///
/// Load it once and share it by reference: it is `Send` and `Sync`, and cloning it is cheap.
#[derive(Clone)]
pub struct VerifyingKey {
    verifier: Shared,
}

impl VerifyingKey {
    /// Reads a public key, a certificate, a private key (its public half is used), or a JWK.
    ///
    /// # Security
    ///
    /// A certificate is only a container here: nothing in it is checked but its key.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what the file is and what was wanted.
    pub fn from_file(path: impl AsRef<Path>, algorithm: Algorithm) -> Result<Self, KeyError> {
        Key::from_file(path, None)?.verifying_key(algorithm)
    }

    /// Reads the public half of a private key that is encrypted with a passphrase.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what the file is and what was wanted.
    pub fn from_encrypted_file(
        path: impl AsRef<Path>,
        passphrase: impl AsRef<[u8]>,
        algorithm: Algorithm,
    ) -> Result<Self, KeyError> {
        Key::from_file(path, Some(passphrase.as_ref()))?.verifying_key(algorithm)
    }

    /// Reads the content of a key file.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what the content is and what was wanted.
    pub fn from_bytes(bytes: &[u8], algorithm: Algorithm) -> Result<Self, KeyError> {
        Key::from_bytes(bytes, None)?.verifying_key(algorithm)
    }

    /// Reads the content of a key file that is encrypted with a passphrase.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what the content is and what was wanted.
    pub fn from_encrypted_bytes(
        bytes: &[u8],
        passphrase: impl AsRef<[u8]>,
        algorithm: Algorithm,
    ) -> Result<Self, KeyError> {
        Key::from_bytes(bytes, Some(passphrase.as_ref()))?.verifying_key(algorithm)
    }

    /// Takes the raw bytes of a secret for HMAC, at least as many as the hash puts out (RFC 7518 §3.2).
    ///
    /// # Errors
    ///
    /// [`KeyError`] if it is shorter, is itself a key file, or the algorithm is not HMAC.
    pub fn from_secret(secret: &[u8], algorithm: Algorithm) -> Result<Self, KeyError> {
        Key::from_secret(secret)?.verifying_key(algorithm)
    }

    /// As [`from_secret`](Self::from_secret), for secrets of any length but none.
    ///
    /// # Security
    ///
    /// Whoever has a token can guess a short secret.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if it is empty, is itself a key file, or the algorithm is not HMAC.
    pub fn from_secret_allowing_weak(secret: &[u8], algorithm: Algorithm) -> Result<Self, KeyError> {
        Key::from_secret(secret)?.verifying_key_allowing_weak(algorithm)
    }

    pub(super) fn hmac(secret: &[u8], algorithm: Algorithm) -> Result<Self, KeyError> {
        let verifier: Shared = match algorithm {
            Algorithm::HS256 => Arc::new(HmacKey::<Hs256>::new_allowing_weak(secret)?),
            Algorithm::HS384 => Arc::new(HmacKey::<Hs384>::new_allowing_weak(secret)?),
            Algorithm::HS512 => Arc::new(HmacKey::<Hs512>::new_allowing_weak(secret)?),
            other => return Err(KeyError::wrong_algorithm(KeyKind::Secret, other)),
        };
        Ok(Self { verifier })
    }

    pub(super) fn rsa(public: &RsaPublicParts, algorithm: Algorithm) -> Result<Self, KeyError> {
        let verifier = match algorithm {
            Algorithm::RS256 => rsa_key::<Rs256>(public)?,
            Algorithm::RS384 => rsa_key::<Rs384>(public)?,
            Algorithm::RS512 => rsa_key::<Rs512>(public)?,
            Algorithm::PS256 => rsa_key::<Ps256>(public)?,
            Algorithm::PS384 => rsa_key::<Ps384>(public)?,
            Algorithm::PS512 => rsa_key::<Ps512>(public)?,
            other => return Err(KeyError::wrong_algorithm(KeyKind::Rsa, other)),
        };
        #[cfg(feature = "aws-lc")]
        let verifier = super::aws_lc::rsa_verifier(public, algorithm).unwrap_or(verifier);
        Ok(Self { verifier })
    }

    /// ECDSA, Ed25519 and ML-DSA.
    pub(super) fn octets(public: &PublicOctets, algorithm: Algorithm) -> Result<Self, KeyError> {
        let (kind, bytes) = (public.kind(), public.bytes());
        if algorithm.key_kind() != kind {
            return Err(KeyError::wrong_algorithm(kind, algorithm));
        }
        let verifier: Shared = match algorithm {
            Algorithm::ES256 => Arc::new(EcdsaVerifyingKey::<Es256>::from_sec1_bytes(bytes)?),
            Algorithm::ES384 => Arc::new(EcdsaVerifyingKey::<Es384>::from_sec1_bytes(bytes)?),
            Algorithm::ES512 => Arc::new(EcdsaVerifyingKey::<Es512>::from_sec1_bytes(bytes)?),
            Algorithm::ES256K => Arc::new(EcdsaVerifyingKey::<Es256K>::from_sec1_bytes(bytes)?),
            Algorithm::EdDSA | Algorithm::Ed25519 => Arc::new(Ed25519VerifyingKey::from_bytes(bytes)?),
            Algorithm::MlDsa44 => ml_dsa::<MlDsa44>(bytes)?,
            Algorithm::MlDsa65 => ml_dsa::<MlDsa65>(bytes)?,
            Algorithm::MlDsa87 => ml_dsa::<MlDsa87>(bytes)?,
            other => return Err(KeyError::wrong_algorithm(kind, other)),
        };
        #[cfg(feature = "aws-lc")]
        let verifier = super::aws_lc::octets_verifier(public, algorithm).unwrap_or(verifier);
        Ok(Self { verifier })
    }
}

impl Verifier for VerifyingKey {
    fn algorithm(&self) -> Algorithm {
        self.verifier.algorithm()
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.verifier.verify(signing_input, signature)
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyingKey").field("algorithm", &self.algorithm()).finish_non_exhaustive()
    }
}

fn rsa_key<A: RsaAlgorithm + Send + Sync + 'static>(public: &RsaPublicParts) -> Result<Shared, KeyError> {
    let (n, e) = (&public.n, &public.e);
    Ok(if public.bits() <= 4096 {
        Arc::new(RsaVerifyingKey::<A, Bits4096>::from_components_allowing_weak(n, e)?)
    } else {
        Arc::new(RsaVerifyingKey::<A, Bits8192>::from_components_allowing_weak(n, e)?)
    })
}

/// The key is large. In a function of its own it is on the stack only where there is one.
#[inline(never)]
fn ml_dsa<A: MlDsaAlgorithm + 'static>(bytes: &[u8]) -> Result<Shared, KeyError>
where
    MlDsaVerifyingKey<A>: Send + Sync,
{
    Ok(Arc::new(MlDsaVerifyingKey::<A>::from_bytes(bytes)?))
}

const fn shared_between_threads<T: Send + Sync>() {}
const _: () = shared_between_threads::<VerifyingKey>();
const _: () = shared_between_threads::<super::SigningKey>();
