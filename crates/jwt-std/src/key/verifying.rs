//! Keys that verify.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use jwt_core::{
    Algorithm, Bits4096, Bits8192, HmacKey, Hs256, Hs384, Hs512, InvalidSignature, ModulusSize, Rs256, Rs384,
    Rs512, RsaVerifyingKey, Verifier,
};

use super::Key;
use crate::KeyError;
use crate::key_file::RsaPublicParts;

/// A key that verifies tokens of one algorithm, and of no other.
///
/// Load it once and share it by reference: it is `Send` and `Sync`, and cloning it is cheap.
#[derive(Clone)]
pub struct VerifyingKey {
    verifier: Arc<dyn Verifier + Send + Sync>,
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
        let verifier: Arc<dyn Verifier + Send + Sync> = match algorithm {
            Algorithm::HS384 => Arc::new(HmacKey::<Hs384>::new_allowing_weak(secret)?),
            Algorithm::HS512 => Arc::new(HmacKey::<Hs512>::new_allowing_weak(secret)?),
            _ => Arc::new(HmacKey::<Hs256>::new_allowing_weak(secret)?),
        };
        Ok(Self { verifier })
    }

    pub(super) fn rsa(public: &RsaPublicParts, algorithm: Algorithm) -> Result<Self, KeyError> {
        let verifier = if public.bits() <= 4096 {
            rsa_of_size::<Bits4096>(public, algorithm)
        } else {
            rsa_of_size::<Bits8192>(public, algorithm)
        };
        Ok(Self { verifier: verifier? })
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

fn rsa_of_size<S: ModulusSize + Send + Sync + 'static>(
    public: &RsaPublicParts,
    algorithm: Algorithm,
) -> Result<Arc<dyn Verifier + Send + Sync>, KeyError>
where
    RsaVerifyingKey<Rs256, S>: Send + Sync,
    RsaVerifyingKey<Rs384, S>: Send + Sync,
    RsaVerifyingKey<Rs512, S>: Send + Sync,
{
    let (n, e) = (&public.n, &public.e);
    Ok(match algorithm {
        Algorithm::RS384 => Arc::new(RsaVerifyingKey::<Rs384, S>::from_components_allowing_weak(n, e)?),
        Algorithm::RS512 => Arc::new(RsaVerifyingKey::<Rs512, S>::from_components_allowing_weak(n, e)?),
        _ => Arc::new(RsaVerifyingKey::<Rs256, S>::from_components_allowing_weak(n, e)?),
    })
}

const fn shared_between_threads<T: Send + Sync>() {}
const _: () = shared_between_threads::<VerifyingKey>();
const _: () = shared_between_threads::<super::SigningKey>();
