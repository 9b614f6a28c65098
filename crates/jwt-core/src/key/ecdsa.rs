//! ECDSA (RFC 7518 §3.4, RFC 8812 §3): signatures of fixed length, r and s one behind the other.

use core::fmt;

use super::{KeyError, Signer, Verifier};
use crate::Algorithm;
use crate::error::{InvalidSignature, SignError};

/// An ECDSA public key, for one of [`Es256`], [`Es384`], [`Es512`] and [`Es256K`].
///
/// A signature with a high s is accepted, as RFC 7518 does not forbid it: a signature has two spellings. Do not use
/// one as the name of a token.
#[derive(Clone)]
pub struct EcdsaVerifyingKey<A: EcdsaAlgorithm> {
    key: A::Verifying,
}

impl<A: EcdsaAlgorithm> EcdsaVerifyingKey<A> {
    /// A key from the coordinates of its point, each unsigned, big-endian and as long as the field (RFC 7518 §6.2.1):
    /// 32, 48 or 66 bytes.
    ///
    /// # Errors
    ///
    /// [`KeyError::CoordinateLength`] or [`KeyError::PointNotOnCurve`].
    pub fn from_coordinates(x: &[u8], y: &[u8]) -> Result<Self, KeyError> {
        let expected = A::FIELD_LEN;
        for coordinate in [x, y] {
            if coordinate.len() != expected {
                return Err(KeyError::CoordinateLength { expected, found: coordinate.len() });
            }
        }
        let mut point = [0x04; 1 + 2 * 66];
        let places = point.get_mut(1..).and_then(|rest| rest.split_at_mut_checked(expected));
        if let Some((x_place, rest)) = places {
            x_place.copy_from_slice(x);
            rest.iter_mut().zip(y).for_each(|(place, &byte)| *place = byte);
        }
        Self::from_sec1_bytes(point.get(..expected.saturating_mul(2).saturating_add(1)).unwrap_or_default())
    }

    /// A key from a point in SEC1 form, compressed or not (SEC 1 §2.3.3), as in a SubjectPublicKeyInfo.
    ///
    /// # Errors
    ///
    /// [`KeyError::PointNotOnCurve`] if it is no point of the curve, or the point at infinity.
    pub fn from_sec1_bytes(point: &[u8]) -> Result<Self, KeyError> {
        // The curve crates also take the tag 05, compact points, which have two readings.
        let key = match point {
            [0x02..=0x04, ..] => A::verifying(point),
            _ => None,
        };
        key.map(|key| Self { key }).ok_or(KeyError::PointNotOnCurve)
    }

    /// Writes the uncompressed point in SEC1 form: `04`, x, y. Returns the written prefix, or `None` if `out` is too
    /// short; 133 bytes always suffice.
    pub fn to_sec1_bytes<'out>(&self, out: &'out mut [u8]) -> Option<&'out [u8]> {
        let len = A::FIELD_LEN.checked_mul(2)?.checked_add(1)?;
        let out = out.get_mut(..len)?;
        A::point(&self.key, out)?;
        Some(out)
    }
}

impl<A: EcdsaAlgorithm> Verifier for EcdsaVerifyingKey<A> {
    fn algorithm(&self) -> Algorithm {
        A::ALGORITHM
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        if A::verifies(&self.key, signing_input, signature) { Ok(()) } else { Err(InvalidSignature) }
    }
}

impl<A: EcdsaAlgorithm> fmt::Debug for EcdsaVerifyingKey<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EcdsaVerifyingKey").field("algorithm", &A::ALGORITHM).finish_non_exhaustive()
    }
}

/// An ECDSA private key, for one of [`Es256`], [`Es384`], [`Es512`] and [`Es256K`].
///
/// Signing is deterministic (RFC 6979): it needs no random numbers.
#[derive(Clone)]
pub struct EcdsaSigningKey<A: EcdsaAlgorithm> {
    key: A::Signing,
}

impl<A: EcdsaAlgorithm> EcdsaSigningKey<A> {
    /// A key from its private scalar: unsigned, big-endian and as long as the group order (RFC 7518 §6.2.2), 32, 48 or
    /// 66 bytes.
    ///
    /// # Errors
    ///
    /// [`KeyError::CoordinateLength`], or [`KeyError::PrivateKeyOutOfRange`] if it is zero or not below the order.
    pub fn from_bytes(scalar: &[u8]) -> Result<Self, KeyError> {
        let expected = A::FIELD_LEN;
        if scalar.len() != expected {
            return Err(KeyError::CoordinateLength { expected, found: scalar.len() });
        }
        A::signing(scalar).map(|key| Self { key }).ok_or(KeyError::PrivateKeyOutOfRange)
    }

    /// The public half of this key.
    pub fn verifying_key(&self) -> EcdsaVerifyingKey<A> {
        EcdsaVerifyingKey { key: A::public(&self.key) }
    }

    /// Writes the private scalar, the `d` of a JWK, into the beginning of `out`.
    #[cfg(feature = "jwk")]
    pub(crate) fn expose_scalar<'out>(&self, out: &'out mut [u8]) -> Option<&'out [u8]> {
        let out = out.get_mut(..A::FIELD_LEN)?;
        A::expose(&self.key, out)?;
        Some(out)
    }
}

impl<A: EcdsaAlgorithm> Signer for EcdsaSigningKey<A> {
    fn algorithm(&self) -> Algorithm {
        A::ALGORITHM
    }

    fn signature_len(&self) -> usize {
        A::FIELD_LEN.saturating_mul(2)
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        let needed = self.signature_len();
        let place = out.get_mut(..needed).ok_or(SignError::BufferTooSmall { needed })?;
        A::sign(&self.key, signing_input, place).map(|()| needed).ok_or(SignError::Key)
    }
}

impl<A: EcdsaAlgorithm> fmt::Debug for EcdsaSigningKey<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EcdsaSigningKey").field("algorithm", &A::ALGORITHM).finish_non_exhaustive()
    }
}

/// The ECDSA algorithms. Each is its own type, so that firmware links the curve it uses and no other.
pub trait EcdsaAlgorithm: sealed::Sealed {}

mod sealed {
    use super::Algorithm;

    pub trait Sealed {
        type Signing: Clone;
        type Verifying: Clone;
        const ALGORITHM: Algorithm;
        /// Length of a coordinate and of a scalar in bytes.
        const FIELD_LEN: usize;
        fn signing(scalar: &[u8]) -> Option<Self::Signing>;
        fn public(key: &Self::Signing) -> Self::Verifying;
        #[cfg(feature = "jwk")]
        fn expose(key: &Self::Signing, out: &mut [u8]) -> Option<()>;
        fn sign(key: &Self::Signing, input: &[u8], out: &mut [u8]) -> Option<()>;
        fn verifying(point: &[u8]) -> Option<Self::Verifying>;
        fn point(key: &Self::Verifying, out: &mut [u8]) -> Option<()>;
        fn verifies(key: &Self::Verifying, input: &[u8], signature: &[u8]) -> bool;
    }
}

#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
macro_rules! ecdsa_algorithm {
    ($marker:ident, $algorithm:ident, $curve:ident, $hash:ty, $len:literal, $spelled:expr, $doc:literal) => {
        #[doc = $doc]
        #[derive(Debug, Clone, Copy)]
        pub enum $marker {}

        impl EcdsaAlgorithm for $marker {}

        impl sealed::Sealed for $marker {
            type Signing = ::$curve::ecdsa::SigningKey;
            type Verifying = ::$curve::ecdsa::VerifyingKey;
            const ALGORITHM: Algorithm = Algorithm::$algorithm;
            const FIELD_LEN: usize = $len;

            fn signing(scalar: &[u8]) -> Option<Self::Signing> {
                Self::Signing::from_slice(scalar).ok()
            }

            fn public(key: &Self::Signing) -> Self::Verifying {
                *key.verifying_key()
            }

            #[cfg(feature = "jwk")]
            fn expose(key: &Self::Signing, out: &mut [u8]) -> Option<()> {
                let scalar = zeroize::Zeroizing::new(key.to_bytes());
                (scalar.len() == out.len()).then(|| out.copy_from_slice(&scalar))
            }

            fn sign(key: &Self::Signing, input: &[u8], out: &mut [u8]) -> Option<()> {
                use ::$curve::ecdsa::signature::hazmat::PrehashSigner as _;
                use sha2::Digest as _;
                let signature: ::$curve::ecdsa::Signature = key.sign_prehash(&<$hash>::digest(input)).ok()?;
                let bytes = signature.to_bytes();
                (bytes.len() == out.len()).then(|| out.copy_from_slice(&bytes))
            }

            fn verifying(point: &[u8]) -> Option<Self::Verifying> {
                Self::Verifying::from_sec1_bytes(point).ok()
            }

            fn point(key: &Self::Verifying, out: &mut [u8]) -> Option<()> {
                let point = key.to_sec1_point(false);
                let bytes = point.as_bytes();
                (bytes.len() == out.len()).then(|| out.copy_from_slice(bytes))
            }

            fn verifies(key: &Self::Verifying, input: &[u8], signature: &[u8]) -> bool {
                use ::$curve::ecdsa::signature::hazmat::PrehashVerifier as _;
                use sha2::Digest as _;
                // Refuses another length than r and s have, and r or s that is zero or not below the order.
                ::$curve::ecdsa::Signature::from_slice(signature).is_ok_and(|signature| {
                    key.verify_prehash(&<$hash>::digest(input), &$spelled(signature)).is_ok()
                })
            }
        }
    };
}

// k256 refuses a high s by itself; the two spellings are treated alike on every curve. The others take both as they come,
// and changing one into the other costs a fortieth of the verification.
#[cfg(feature = "es256")]
ecdsa_algorithm!(
    Es256,
    ES256,
    p256,
    sha2::Sha256,
    32,
    core::convert::identity,
    "ECDSA on P-256 with SHA-256."
);
#[cfg(feature = "es384")]
ecdsa_algorithm!(
    Es384,
    ES384,
    p384,
    sha2::Sha384,
    48,
    core::convert::identity,
    "ECDSA on P-384 with SHA-384."
);
#[cfg(feature = "es512")]
ecdsa_algorithm!(
    Es512,
    ES512,
    p521,
    sha2::Sha512,
    66,
    core::convert::identity,
    "ECDSA on P-521 with SHA-512."
);
#[cfg(feature = "es256k")]
ecdsa_algorithm!(
    Es256K,
    ES256K,
    k256,
    sha2::Sha256,
    32,
    |signature: ::k256::ecdsa::Signature| signature.normalize_s(),
    "ECDSA on secp256k1 with SHA-256."
);
