//! EdDSA on Ed25519 (RFC 8037, RFC 9864), verified strictly.

use core::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use super::{KeyError, Signer, Verifier};
use crate::Algorithm;
use crate::error::{InvalidSignature, SignError};

/// An Ed25519 public key. It verifies tokens whose `alg` is `EdDSA` or `Ed25519`: two names for the same thing (RFC
/// 9864 §2.2).
///
/// Verification is strict: points of small order, points and scalars that are not written canonically are refused, so
/// that a signature has one spelling. A key with a component of small order beside an honest one is accepted, as RFC 8032
/// allows.
#[derive(Clone)]
pub struct Ed25519VerifyingKey {
    key: VerifyingKey,
}

impl Ed25519VerifyingKey {
    /// A key from the 32 bytes of RFC 8032 §5.1.5.
    ///
    /// # Errors
    ///
    /// [`KeyError::CoordinateLength`] for another length; [`KeyError::PointNotOnCurve`] if it is no point, not written
    /// canonically, or a point of small order, under which anybody could sign.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let bytes =
            bytes.try_into().map_err(|_| KeyError::CoordinateLength { expected: 32, found: bytes.len() })?;
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::PointNotOnCurve)?;
        // Decompression reduces y: only a canonical one is compressed to the same bytes again.
        let is_canonical = key.to_edwards().compress().as_bytes() == bytes;
        if is_canonical && !key.is_weak() { Ok(Self { key }) } else { Err(KeyError::PointNotOnCurve) }
    }

    /// The 32 bytes of RFC 8032 §5.1.5.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }
}

impl Verifier for Ed25519VerifyingKey {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let signature = Signature::from_slice(signature).map_err(|_| InvalidSignature)?;
        self.key.verify_strict(signing_input, &signature).map_err(|_| InvalidSignature)
    }
}

impl fmt::Debug for Ed25519VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ed25519VerifyingKey").finish_non_exhaustive()
    }
}

/// An Ed25519 private key. The tokens it signs say `EdDSA`, the name that every verifier knows, unless
/// [`fully_specified`](Self::fully_specified) asks for `Ed25519`.
#[derive(Clone)]
pub struct Ed25519SigningKey {
    key: SigningKey,
    algorithm: Algorithm,
}

impl Ed25519SigningKey {
    /// A key from its 32-byte seed (RFC 8032 §5.1.5), which is the `d` of a JWK.
    ///
    /// # Errors
    ///
    /// [`KeyError::CoordinateLength`] for another length.
    pub fn from_seed(seed: &[u8]) -> Result<Self, KeyError> {
        let seed =
            seed.try_into().map_err(|_| KeyError::CoordinateLength { expected: 32, found: seed.len() })?;
        Ok(Self { key: SigningKey::from_bytes(seed), algorithm: Algorithm::EdDSA })
    }

    /// The same key, whose tokens say `Ed25519` (RFC 9864).
    pub fn fully_specified(mut self) -> Self {
        self.algorithm = Algorithm::Ed25519;
        self
    }

    /// The public half of this key.
    pub fn verifying_key(&self) -> Ed25519VerifyingKey {
        Ed25519VerifyingKey { key: self.key.verifying_key() }
    }

    /// The seed, the `d` of a JWK.
    #[cfg(feature = "jwk")]
    pub(crate) fn expose_seed(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }
}

impl Signer for Ed25519SigningKey {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn signature_len(&self) -> usize {
        64
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        let place = out.first_chunk_mut::<64>().ok_or(SignError::BufferTooSmall { needed: 64 })?;
        *place = self.key.try_sign(signing_input).map_err(|_| SignError::Key)?.to_bytes();
        Ok(place.len())
    }
}

impl fmt::Debug for Ed25519SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ed25519SigningKey").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}
