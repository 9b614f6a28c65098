//! RSASSA-PKCS1-v1_5 (RFC 7518 §3.3, RFC 8017 §8.2).

use core::fmt;
use core::iter::{once, repeat_n};
use core::marker::PhantomData;

use sha2::Digest as _;

use super::{KeyError, Verifier};
use crate::Algorithm;
use crate::error::InvalidSignature;

mod der;
mod modulus;
mod montgomery;
#[cfg(feature = "alloc")]
mod signing;

pub use modulus::{Bits2048, Bits3072, Bits4096, Bits8192, ModulusError, ModulusSize};
#[cfg(feature = "alloc")]
pub use signing::{BlindedRsaSigner, RsaComponents, RsaSigningKey};

use modulus::PublicKey;

/// An RSA public key that verifies one of [`Rs256`], [`Rs384`] and [`Rs512`], without a heap.
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

    /// RFC 8017 §8.2.2. The encoded message is built and compared whole, never parsed: there is nothing in it that a
    /// forger could vary.
    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let opened = self.public.public_op(signature).ok_or(InvalidSignature)?;
        let hash = A::hash(signing_input);
        let expected = encoded_message::<A>(self.modulus_len(), hash.as_ref()).ok_or(InvalidSignature)?;
        if opened.is(expected) { Ok(()) } else { Err(InvalidSignature) }
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

/// EMSA-PKCS1-v1_5 (RFC 8017 §9.2): `00 01 FF … FF 00`, the DigestInfo, the hash; `len` bytes in all.
fn encoded_message<A: RsaAlgorithm>(len: usize, hash: &[u8]) -> Option<impl Iterator<Item = u8>> {
    let info = A::DIGEST_INFO;
    let padding = len.checked_sub(3)?.checked_sub(info.len())?.checked_sub(hash.len())?;
    let padded = [0x00, 0x01].into_iter().chain(repeat_n(0xff, padding)).chain(once(0x00));
    Some(padded.chain(info.iter().copied()).chain(hash.iter().copied()))
}

/// The RSASSA-PKCS1-v1_5 algorithms. Each is its own type, so that firmware links the hash it uses and no other.
pub trait RsaAlgorithm: sealed::Sealed {}

/// RSASSA-PKCS1-v1_5 with SHA-256.
#[derive(Debug, Clone, Copy)]
pub enum Rs256 {}

/// RSASSA-PKCS1-v1_5 with SHA-384.
#[derive(Debug, Clone, Copy)]
pub enum Rs384 {}

/// RSASSA-PKCS1-v1_5 with SHA-512.
#[derive(Debug, Clone, Copy)]
pub enum Rs512 {}

mod sealed {
    use super::Algorithm;

    pub trait Sealed {
        type Hash: AsRef<[u8]>;
        const ALGORITHM: Algorithm;
        /// The DER DigestInfo up to the hash (RFC 8017 §9.2, note 1).
        const DIGEST_INFO: &'static [u8];
        fn hash(input: &[u8]) -> Self::Hash;
    }
}

macro_rules! rsa_algorithm {
    ($marker:ident, $algorithm:ident, $hash:ty, $len:literal, $digest_info:expr) => {
        impl RsaAlgorithm for $marker {}

        impl sealed::Sealed for $marker {
            type Hash = [u8; $len];
            const ALGORITHM: Algorithm = Algorithm::$algorithm;
            const DIGEST_INFO: &'static [u8] = $digest_info;

            fn hash(input: &[u8]) -> Self::Hash {
                <$hash>::digest(input).into()
            }
        }
    };
}

rsa_algorithm!(
    Rs256,
    RS256,
    sha2::Sha256,
    32,
    b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"
);
rsa_algorithm!(
    Rs384,
    RS384,
    sha2::Sha384,
    48,
    b"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30"
);
rsa_algorithm!(
    Rs512,
    RS512,
    sha2::Sha512,
    64,
    b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40"
);
