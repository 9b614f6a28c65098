//! ML-DSA (RFC 9964, FIPS 204): signatures that a quantum computer does not forge.

use core::fmt;

use super::{KeyError, Signer, Verifier};
use crate::Algorithm;
use crate::error::{InvalidSignature, SignError};

/// An ML-DSA public key, for one of [`MlDsa44`], [`MlDsa65`] and [`MlDsa87`].
///
/// It holds the expanded matrix, which makes it large: 24, 42 or 72 KiB. Making it takes several times as much stack.
#[derive(Clone)]
pub struct MlDsaVerifyingKey<A: MlDsaAlgorithm> {
    key: A::Verifying,
}

impl<A: MlDsaAlgorithm> MlDsaVerifyingKey<A> {
    /// A key from its encoding (FIPS 204 §7.2), the `pub` of a JWK: 1312, 1952 or 2592 bytes.
    ///
    /// # Errors
    ///
    /// [`KeyError::CoordinateLength`] for another length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let wrong = KeyError::CoordinateLength { expected: A::PUBLIC_LEN, found: bytes.len() };
        A::verifying(bytes).map(|key| Self { key }).ok_or(wrong)
    }

    /// Writes the encoding. Returns the written prefix, or `None` if `out` is too short; 2592 bytes always suffice.
    pub fn to_bytes<'out>(&self, out: &'out mut [u8]) -> Option<&'out [u8]> {
        let out = out.get_mut(..A::PUBLIC_LEN)?;
        A::encode(&self.key, out)?;
        Some(out)
    }
}

impl<A: MlDsaAlgorithm> Verifier for MlDsaVerifyingKey<A> {
    fn algorithm(&self) -> Algorithm {
        A::ALGORITHM
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        if A::verifies(&self.key, signing_input, signature) { Ok(()) } else { Err(InvalidSignature) }
    }
}

impl<A: MlDsaAlgorithm> fmt::Debug for MlDsaVerifyingKey<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MlDsaVerifyingKey").field("algorithm", &A::ALGORITHM).finish_non_exhaustive()
    }
}

/// An ML-DSA private key, for one of [`MlDsa44`], [`MlDsa65`] and [`MlDsa87`].
///
/// Signing is deterministic (FIPS 204 §3.4): it needs no random numbers.
#[derive(Clone)]
pub struct MlDsaSigningKey<A: MlDsaAlgorithm> {
    key: A::Signing,
    /// The expanded key does not lead back to it, and a JWK is written with it.
    #[cfg(feature = "jwk")]
    seed: zeroize::Zeroizing<[u8; 32]>,
}

impl<A: MlDsaAlgorithm> MlDsaSigningKey<A> {
    /// A key from its 32-byte seed, the `priv` of a JWK (RFC 9964).
    ///
    /// # Errors
    ///
    /// [`KeyError::CoordinateLength`] for another length.
    pub fn from_seed(seed: &[u8]) -> Result<Self, KeyError> {
        let seed =
            seed.try_into().map_err(|_| KeyError::CoordinateLength { expected: 32, found: seed.len() })?;
        Ok(Self {
            key: A::signing(seed),
            #[cfg(feature = "jwk")]
            seed: zeroize::Zeroizing::new(*seed),
        })
    }

    /// The public half of this key.
    pub fn verifying_key(&self) -> MlDsaVerifyingKey<A> {
        MlDsaVerifyingKey { key: A::public(&self.key) }
    }

    /// The seed, the `priv` of a JWK.
    #[cfg(feature = "jwk")]
    pub(crate) fn expose_seed(&self) -> &[u8; 32] {
        &self.seed
    }
}

impl<A: MlDsaAlgorithm> Signer for MlDsaSigningKey<A> {
    fn algorithm(&self) -> Algorithm {
        A::ALGORITHM
    }

    fn signature_len(&self) -> usize {
        A::ALGORITHM.signature_len().unwrap_or_default()
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        let needed = self.signature_len();
        let place = out.get_mut(..needed).ok_or(SignError::BufferTooSmall { needed })?;
        A::sign(&self.key, signing_input, place).map(|()| needed).ok_or(SignError::Key)
    }
}

impl<A: MlDsaAlgorithm> fmt::Debug for MlDsaSigningKey<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MlDsaSigningKey").field("algorithm", &A::ALGORITHM).finish_non_exhaustive()
    }
}

/// The parameter sets of ML-DSA. Each is its own type, so that firmware links the one it uses and no other.
pub trait MlDsaAlgorithm: sealed::Sealed {}

mod sealed {
    use super::Algorithm;

    pub trait Sealed {
        type Signing: Clone;
        type Verifying: Clone;
        const ALGORITHM: Algorithm;
        const PUBLIC_LEN: usize;
        fn signing(seed: &[u8; 32]) -> Self::Signing;
        fn public(key: &Self::Signing) -> Self::Verifying;
        fn sign(key: &Self::Signing, input: &[u8], out: &mut [u8]) -> Option<()>;
        fn verifying(bytes: &[u8]) -> Option<Self::Verifying>;
        fn encode(key: &Self::Verifying, out: &mut [u8]) -> Option<()>;
        fn verifies(key: &Self::Verifying, input: &[u8], signature: &[u8]) -> bool;
    }
}

macro_rules! ml_dsa_algorithm {
    ($marker:ident, $algorithm:ident, $len:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Debug, Clone, Copy)]
        pub enum $marker {}

        impl MlDsaAlgorithm for $marker {}

        impl sealed::Sealed for $marker {
            type Signing = ::ml_dsa::ExpandedSigningKey<::ml_dsa::$marker>;
            type Verifying = ::ml_dsa::VerifyingKey<::ml_dsa::$marker>;
            const ALGORITHM: Algorithm = Algorithm::$algorithm;
            const PUBLIC_LEN: usize = $len;

            fn signing(seed: &[u8; 32]) -> Self::Signing {
                Self::Signing::from_seed(&(*seed).into())
            }

            fn public(key: &Self::Signing) -> Self::Verifying {
                key.verifying_key()
            }

            fn sign(key: &Self::Signing, input: &[u8], out: &mut [u8]) -> Option<()> {
                // RFC 9964: the context is empty.
                let signature = key.sign_deterministic(input, &[]).ok()?.encode();
                (signature.len() == out.len()).then(|| out.copy_from_slice(&signature))
            }

            fn verifying(bytes: &[u8]) -> Option<Self::Verifying> {
                bytes.try_into().ok().map(Self::Verifying::decode)
            }

            fn encode(key: &Self::Verifying, out: &mut [u8]) -> Option<()> {
                let encoded = key.encode();
                (encoded.len() == out.len()).then(|| out.copy_from_slice(&encoded))
            }

            fn verifies(key: &Self::Verifying, input: &[u8], signature: &[u8]) -> bool {
                ::ml_dsa::Signature::<::ml_dsa::$marker>::try_from(signature)
                    .is_ok_and(|signature| key.verify_with_context(input, &[], &signature))
            }
        }
    };
}

ml_dsa_algorithm!(MlDsa44, MlDsa44, 1312, "ML-DSA-44.");
ml_dsa_algorithm!(MlDsa65, MlDsa65, 1952, "ML-DSA-65.");
ml_dsa_algorithm!(MlDsa87, MlDsa87, 2592, "ML-DSA-87.");
