//! RSASSA-PKCS1-v1_5 (RFC 7518 §3.3, RFC 8017 §8.2) and RSASSA-PSS (RFC 7518 §3.5, RFC 8017 §8.1).

use core::fmt;
use core::iter::{once, repeat_n};
use core::marker::PhantomData;

use sha2::Digest as _;

use super::{KeyError, Verifier};
use crate::Algorithm;
use crate::error::InvalidSignature;

mod der;
#[cfg(feature = "rsa-sign-heapless")]
mod heapless;
mod modulus;
mod montgomery;
mod pss;
#[cfg(feature = "alloc")]
mod signing;
mod stepwise;

#[cfg(feature = "rsa-sign-heapless")]
pub use heapless::{HeaplessRsaAlgorithm, HeaplessRsaSigningKey};
pub use modulus::{Bits2048, Bits3072, Bits4096, Bits8192, ModulusError, ModulusSize};
#[cfg(feature = "alloc")]
pub use signing::{BlindedRsaSigner, RsaComponents, RsaSigningKey};

use modulus::PublicKey;
pub(crate) use stepwise::StepwiseRsa;

/// An RSA public key that verifies one of [`Rs256`], [`Rs384`], [`Rs512`], [`Ps256`], [`Ps384`] and [`Ps512`], without
/// a heap.
///
/// `S` is the size class: a key takes as much memory as the longest modulus of its class. Moduli are 2048 to 8192 bits
/// long in steps of 8, exponents odd and below 2^33.
///
/// ```no_run
/// use jwt_core::{Bits3072, Rs256, RsaVerifyingKey};
/// # let der = &[];
/// let key = RsaVerifyingKey::<Rs256, Bits3072>::from_spki_der(der)?;
/// # Ok::<(), jwt_core::KeyError>(())
/// ```
#[derive(Clone)]
pub struct RsaVerifyingKey<A: RsaAlgorithm, S: ModulusSize> {
    public: PublicKey<S>,
    algorithm: PhantomData<A>,
}

impl<A: RsaAlgorithm, S: ModulusSize> RsaVerifyingKey<A, S> {
    /// A key from its modulus and exponent, both unsigned and big-endian; leading zero bytes do not matter. Computes
    /// once what every verification needs.
    ///
    /// # Errors
    ///
    /// [`KeyError::Modulus`] if one of the numbers is not acceptable, or the modulus is not of this size class.
    pub fn from_components(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        Ok(Self { public: PublicKey::new(modulus, exponent)?, algorithm: PhantomData })
    }

    /// As [`from_components`](Self::from_components), for moduli from 1024 bits on.
    ///
    /// # Security
    ///
    /// RFC 7518 §3.3 forbids moduli under 2048 bits: 1024 bits are within reach of a determined attacker.
    ///
    /// # Errors
    ///
    /// As for [`from_components`](Self::from_components).
    pub fn from_components_allowing_weak(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        Ok(Self { public: PublicKey::new_allowing_weak(modulus, exponent)?, algorithm: PhantomData })
    }

    /// A key from a DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7): `openssl rsa -pubout -outform DER`.
    ///
    /// # Errors
    ///
    /// [`KeyError::Der`] if it is another structure or another kind of key, else as for
    /// [`from_components`](Self::from_components).
    pub fn from_spki_der(der: &[u8]) -> Result<Self, KeyError> {
        Self::from_pkcs1_der(der::rsa_public_key_of_spki(der).ok_or(KeyError::Der)?)
    }

    /// A key from a DER PKCS#1 RSAPublicKey (RFC 8017 §A.1.1): `openssl rsa -RSAPublicKey_out -outform DER`.
    ///
    /// # Errors
    ///
    /// As for [`from_spki_der`](Self::from_spki_der).
    pub fn from_pkcs1_der(der: &[u8]) -> Result<Self, KeyError> {
        let (modulus, exponent) = der::rsa_public_key(der).ok_or(KeyError::Der)?;
        Self::from_components(modulus, exponent)
    }

    /// Length of the modulus in bytes, and so of a signature.
    pub fn modulus_len(&self) -> usize {
        self.public.modulus_len()
    }

    /// The modulus: its big-endian bytes, without leading zeros.
    pub fn modulus(&self) -> impl Iterator<Item = u8> {
        self.public.modulus_bytes()
    }

    /// The public exponent.
    pub fn public_exponent(&self) -> u64 {
        self.public.exponent()
    }
}

impl<A: RsaAlgorithm, S: ModulusSize> Verifier for RsaVerifyingKey<A, S> {
    fn algorithm(&self) -> Algorithm {
        A::ALGORITHM
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let opened = self.public.public_op(signature).ok_or(InvalidSignature)?;
        if A::verifies(opened.bytes(), self.modulus_len(), signing_input) {
            Ok(())
        } else {
            Err(InvalidSignature)
        }
    }
}

impl<A: RsaAlgorithm, S: ModulusSize> fmt::Debug for RsaVerifyingKey<A, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RsaVerifyingKey")
            .field("algorithm", &A::ALGORITHM)
            .field("modulus_len", &self.modulus_len())
            .finish_non_exhaustive()
    }
}

/// The bare public-key operation into `out`, which is as long as the modulus; whether there was one. For the fuzzer alone.
#[cfg(fuzzing)]
pub fn rsa_public_op(modulus: &[u8], exponent: &[u8], signature: &[u8], out: &mut [u8]) -> bool {
    let Ok(key) = PublicKey::<Bits8192>::new_allowing_weak(modulus, exponent) else { return false };
    let Some(opened) = key.public_op(signature) else { return false };
    out.iter_mut().zip(opened.bytes()).for_each(|(place, byte)| *place = byte);
    true
}

/// EMSA-PKCS1-v1_5 (RFC 8017 §9.2): `00 01 FF … FF 00`, the DigestInfo, the hash; `len` bytes in all. It is built and
/// compared whole, never parsed: there is nothing in it that a forger could vary.
fn pkcs1_v1_5(len: usize, digest_info: &[u8], hash: &[u8]) -> Option<impl Iterator<Item = u8>> {
    let padding = len.checked_sub(3)?.checked_sub(digest_info.len())?.checked_sub(hash.len())?;
    let padded = [0x00, 0x01].into_iter().chain(repeat_n(0xff, padding)).chain(once(0x00));
    Some(padded.chain(digest_info.iter().copied()).chain(hash.iter().copied()))
}

/// The RSA algorithms: RSASSA-PKCS1-v1_5 and RSASSA-PSS. Each is its own type, so that firmware links the hash it uses
/// and no other, and a key for one never verifies the other.
pub trait RsaAlgorithm: sealed::Sealed {}

/// An RSA algorithm that signs without random numbers: RSASSA-PKCS1-v1_5. RSASSA-PSS needs them for its salt.
#[cfg(feature = "alloc")]
pub trait DeterministicRsaAlgorithm: RsaAlgorithm {}

mod sealed {
    use super::Algorithm;

    pub trait Sealed {
        const ALGORITHM: Algorithm;
        /// Whether `encoded`, `len` bytes, encodes `input`.
        fn verifies(encoded: impl Iterator<Item = u8> + Clone, len: usize, input: &[u8]) -> bool;
        #[cfg(feature = "alloc")]
        fn sign<R: ::rsa::rand_core::TryCryptoRng>(
            key: &::rsa::PrivateKey,
            rng: Option<&mut R>,
            input: &[u8],
        ) -> ::rsa::Result<super::signing::Signature>;
    }
}

macro_rules! pkcs1_v1_5_algorithm {
    ($marker:ident, $algorithm:ident, $hash:ty, $doc:literal, $digest_info:literal) => {
        #[doc = $doc]
        #[derive(Debug, Clone, Copy)]
        pub enum $marker {}

        impl RsaAlgorithm for $marker {}

        #[cfg(feature = "alloc")]
        impl DeterministicRsaAlgorithm for $marker {}

        impl sealed::Sealed for $marker {
            const ALGORITHM: Algorithm = Algorithm::$algorithm;

            fn verifies(encoded: impl Iterator<Item = u8> + Clone, len: usize, input: &[u8]) -> bool {
                let hash = <$hash>::digest(input);
                // The DER DigestInfo up to the hash: RFC 8017 §9.2, note 1.
                pkcs1_v1_5(len, $digest_info, &hash).is_some_and(|expected| encoded.eq(expected))
            }

            #[cfg(feature = "alloc")]
            fn sign<R: ::rsa::rand_core::TryCryptoRng>(
                key: &::rsa::PrivateKey,
                rng: Option<&mut R>,
                input: &[u8],
            ) -> ::rsa::Result<signing::Signature> {
                let hash = <$hash>::digest(input);
                let scheme =
                    ::rsa::Pkcs1v15Sign { hash_len: Some(hash.len()), prefix: (*$digest_info).into() };
                match rng {
                    Some(rng) => key.sign_with_rng(rng, scheme, &hash),
                    None => key.sign(scheme, &hash),
                }
            }
        }
    };
}

macro_rules! pss_algorithm {
    ($marker:ident, $algorithm:ident, $hash:ty, $doc:literal) => {
        #[doc = $doc]
        #[derive(Debug, Clone, Copy)]
        pub enum $marker {}

        impl RsaAlgorithm for $marker {}

        impl sealed::Sealed for $marker {
            const ALGORITHM: Algorithm = Algorithm::$algorithm;

            fn verifies(encoded: impl Iterator<Item = u8> + Clone, len: usize, input: &[u8]) -> bool {
                pss::verifies::<$hash>(encoded, len, &<$hash>::digest(input))
            }

            #[cfg(feature = "alloc")]
            fn sign<R: ::rsa::rand_core::TryCryptoRng>(
                key: &::rsa::PrivateKey,
                rng: Option<&mut R>,
                input: &[u8],
            ) -> ::rsa::Result<signing::Signature> {
                key.pss_sign_with_rng::<$hash, R>(rng.ok_or(::rsa::Error::Rng)?, input)
            }
        }
    };
}

pkcs1_v1_5_algorithm!(
    Rs256,
    RS256,
    sha2::Sha256,
    "RSASSA-PKCS1-v1_5 with SHA-256.",
    b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"
);
pkcs1_v1_5_algorithm!(
    Rs384,
    RS384,
    sha2::Sha384,
    "RSASSA-PKCS1-v1_5 with SHA-384.",
    b"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30"
);
pkcs1_v1_5_algorithm!(
    Rs512,
    RS512,
    sha2::Sha512,
    "RSASSA-PKCS1-v1_5 with SHA-512.",
    b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40"
);
pss_algorithm!(Ps256, PS256, sha2::Sha256, "RSASSA-PSS with SHA-256 and a salt of 32 bytes.");
pss_algorithm!(Ps384, PS384, sha2::Sha384, "RSASSA-PSS with SHA-384 and a salt of 48 bytes.");
pss_algorithm!(Ps512, PS512, sha2::Sha512, "RSASSA-PSS with SHA-512 and a salt of 64 bytes.");
