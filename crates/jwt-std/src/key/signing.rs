//! Keys that sign.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use getrandom::SysRng;
use jwt_core::{
    Algorithm, EcdsaSigningKey, Ed25519SigningKey, Es256, Es256K, Es384, Es512, HmacKey, Hs256, Hs384, Hs512,
    KeyKind, MlDsa44, MlDsa65, MlDsa87, MlDsaAlgorithm, MlDsaSigningKey, Ps256, Ps384, Ps512, Rs256, Rs384,
    Rs512, RsaAlgorithm, RsaComponents, RsaSigningKey, SignError, Signer,
};

use super::{Key, VerifyingKey};
use crate::KeyError;
use crate::key_file::{PrivateOctets, RsaPrivateParts};

pub(super) type Shared = Arc<dyn Signer + Send + Sync>;

/// A key that signs with one algorithm.
///
/// Load it once and share it by reference: it is `Send` and `Sync`, and cloning it is cheap. RSA signing is blinded
/// with the random numbers of the operating system, which also make the salt of RSASSA-PSS. ECDSA, Ed25519 and ML-DSA
/// signatures are deterministic, but for those of ES256, ES384 and ES512 with the feature `aws-lc`.
#[derive(Clone)]
pub struct SigningKey {
    signer: Shared,
    /// The public half, or the same secret.
    verifying_key: VerifyingKey,
}

impl SigningKey {
    /// Reads a private key, or a JWK with a secret.
    ///
    /// Whether others can read the file is not looked at here; [`Key::from_file`] tells.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what the file is and what was wanted.
    pub fn from_file(path: impl AsRef<Path>, algorithm: Algorithm) -> Result<Self, KeyError> {
        Key::from_file(path, None)?.signing_key(algorithm)
    }

    /// Reads a private key that is encrypted with a passphrase.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what the file is and what was wanted.
    pub fn from_encrypted_file(
        path: impl AsRef<Path>,
        passphrase: impl AsRef<[u8]>,
        algorithm: Algorithm,
    ) -> Result<Self, KeyError> {
        Key::from_file(path, Some(passphrase.as_ref()))?.signing_key(algorithm)
    }

    /// Reads the content of a key file.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what the content is and what was wanted.
    pub fn from_bytes(bytes: &[u8], algorithm: Algorithm) -> Result<Self, KeyError> {
        Key::from_bytes(bytes, None)?.signing_key(algorithm)
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
        Key::from_bytes(bytes, Some(passphrase.as_ref()))?.signing_key(algorithm)
    }

    /// Takes the raw bytes of a secret for HMAC, at least as many as the hash puts out (RFC 7518 §3.2).
    ///
    /// # Errors
    ///
    /// [`KeyError`] if it is shorter, is itself a key file, or the algorithm is not HMAC.
    pub fn from_secret(secret: &[u8], algorithm: Algorithm) -> Result<Self, KeyError> {
        Key::from_secret(secret)?.signing_key(algorithm)
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
        Key::from_secret(secret)?.signing_key_allowing_weak(algorithm)
    }

    /// The key that verifies what this one signs.
    pub fn verifying_key(&self) -> VerifyingKey {
        self.verifying_key.clone()
    }

    pub(super) fn hmac(secret: &[u8], algorithm: Algorithm) -> Result<Self, KeyError> {
        let signer: Shared = match algorithm {
            Algorithm::HS256 => Arc::new(HmacKey::<Hs256>::new_allowing_weak(secret)?),
            Algorithm::HS384 => Arc::new(HmacKey::<Hs384>::new_allowing_weak(secret)?),
            Algorithm::HS512 => Arc::new(HmacKey::<Hs512>::new_allowing_weak(secret)?),
            other => return Err(KeyError::wrong_algorithm(KeyKind::Secret, other)),
        };
        Ok(Self { signer, verifying_key: VerifyingKey::hmac(secret, algorithm)? })
    }

    pub(super) fn rsa(private: &RsaPrivateParts, algorithm: Algorithm) -> Result<Self, KeyError> {
        let signer: Shared = match algorithm {
            Algorithm::RS256 => Arc::new(Blinded::<Rs256>::new(private)?),
            Algorithm::RS384 => Arc::new(Blinded::<Rs384>::new(private)?),
            Algorithm::RS512 => Arc::new(Blinded::<Rs512>::new(private)?),
            Algorithm::PS256 => Arc::new(Blinded::<Ps256>::new(private)?),
            Algorithm::PS384 => Arc::new(Blinded::<Ps384>::new(private)?),
            Algorithm::PS512 => Arc::new(Blinded::<Ps512>::new(private)?),
            other => return Err(KeyError::wrong_algorithm(KeyKind::Rsa, other)),
        };
        #[cfg(feature = "aws-lc")]
        let signer = super::aws_lc::rsa_signer(private, algorithm).unwrap_or(signer);
        Ok(Self { signer, verifying_key: VerifyingKey::rsa(&private.public, algorithm)? })
    }

    /// ECDSA, Ed25519 and ML-DSA.
    pub(super) fn octets(private: &PrivateOctets, algorithm: Algorithm) -> Result<Self, KeyError> {
        let (kind, secret) = (private.public().kind(), private.secret());
        if algorithm.key_kind() != kind {
            return Err(KeyError::wrong_algorithm(kind, algorithm));
        }
        let signer: Shared = match algorithm {
            Algorithm::ES256 => Arc::new(EcdsaSigningKey::<Es256>::from_bytes(secret)?),
            Algorithm::ES384 => Arc::new(EcdsaSigningKey::<Es384>::from_bytes(secret)?),
            Algorithm::ES512 => Arc::new(EcdsaSigningKey::<Es512>::from_bytes(secret)?),
            Algorithm::ES256K => Arc::new(EcdsaSigningKey::<Es256K>::from_bytes(secret)?),
            Algorithm::EdDSA => Arc::new(Ed25519SigningKey::from_seed(secret)?),
            Algorithm::Ed25519 => Arc::new(Ed25519SigningKey::from_seed(secret)?.fully_specified()),
            Algorithm::MlDsa44 => ml_dsa::<MlDsa44>(secret)?,
            Algorithm::MlDsa65 => ml_dsa::<MlDsa65>(secret)?,
            Algorithm::MlDsa87 => ml_dsa::<MlDsa87>(secret)?,
            other => return Err(KeyError::wrong_algorithm(kind, other)),
        };
        #[cfg(feature = "aws-lc")]
        let signer = super::aws_lc::octets_signer(private, algorithm).unwrap_or(signer);
        Ok(Self { signer, verifying_key: VerifyingKey::octets(private.public(), algorithm)? })
    }
}

impl Signer for SigningKey {
    fn algorithm(&self) -> Algorithm {
        self.signer.algorithm()
    }

    fn signature_len(&self) -> usize {
        self.signer.signature_len()
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        self.signer.sign(signing_input, out)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("algorithm", &self.algorithm()).finish_non_exhaustive()
    }
}

/// The key is large. In a function of its own it is on the stack only where there is one.
#[inline(never)]
fn ml_dsa<A: MlDsaAlgorithm + 'static>(seed: &[u8]) -> Result<Shared, KeyError>
where
    MlDsaSigningKey<A>: Send + Sync,
{
    Ok(Arc::new(MlDsaSigningKey::<A>::from_seed(seed)?))
}

/// The least length of a secret in bytes (RFC 7518 §3.2); `None` for an algorithm without one.
pub(super) const fn min_secret_len(algorithm: Algorithm) -> Option<usize> {
    match algorithm {
        Algorithm::HS256 => Some(32),
        Algorithm::HS384 => Some(48),
        Algorithm::HS512 => Some(64),
        _ => None,
    }
}

/// An RSA key that asks the operating system for the numbers to blind with, and for salt.
struct Blinded<A: RsaAlgorithm>(RsaSigningKey<A>);

impl<A: RsaAlgorithm> Blinded<A> {
    fn new(private: &RsaPrivateParts) -> Result<Self, KeyError> {
        let components = RsaComponents {
            modulus: &private.public.n,
            public_exponent: &private.public.e,
            private_exponent: &private.d,
            primes: [&private.p, &private.q],
        };
        Ok(Self(RsaSigningKey::from_components_allowing_weak(&components)?))
    }
}

impl<A: RsaAlgorithm> Signer for Blinded<A> {
    fn algorithm(&self) -> Algorithm {
        self.0.blinded(SysRng).algorithm()
    }

    fn signature_len(&self) -> usize {
        self.0.modulus_len()
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        self.0.blinded(SysRng).sign(signing_input, out)
    }
}
