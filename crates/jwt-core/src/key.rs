//! Keys: each is for one algorithm, which it carries in its type or its state, and never learns from a token.

use core::fmt;

use crate::Algorithm;
use crate::error::{InvalidSignature, SignError};

#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
mod ecdsa;
#[cfg(feature = "ed25519")]
mod eddsa;
mod form;
#[cfg(feature = "hmac")]
mod hmac;
#[cfg(feature = "ml-dsa")]
mod ml_dsa;
#[cfg(feature = "rsa")]
mod rsa;

#[cfg(feature = "es256")]
pub use ecdsa::Es256;
#[cfg(feature = "es256k")]
pub use ecdsa::Es256K;
#[cfg(feature = "es384")]
pub use ecdsa::Es384;
#[cfg(feature = "es512")]
pub use ecdsa::Es512;
#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
pub use ecdsa::{EcdsaAlgorithm, EcdsaSigningKey, EcdsaVerifyingKey};
#[cfg(feature = "ed25519")]
pub use eddsa::{Ed25519SigningKey, Ed25519VerifyingKey};
pub use form::{KeyForm, key_form};
#[cfg(feature = "hmac")]
pub use hmac::{HmacAlgorithm, HmacKey, Hs256, Hs384, Hs512};
#[cfg(feature = "ml-dsa")]
pub use ml_dsa::{MlDsa44, MlDsa65, MlDsa87, MlDsaAlgorithm, MlDsaSigningKey, MlDsaVerifyingKey};
#[cfg(feature = "rsa")]
pub(crate) use rsa::StepwiseRsa;
#[cfg(all(fuzzing, feature = "rsa"))]
pub use rsa::rsa_public_op;
#[cfg(feature = "rsa")]
pub use rsa::{
    Bits2048, Bits3072, Bits4096, Bits8192, ModulusError, ModulusSize, Ps256, Ps384, Ps512, Rs256, Rs384,
    Rs512, RsaAlgorithm, RsaVerifyingKey,
};
#[cfg(feature = "alloc")]
pub use rsa::{BlindedRsaSigner, DeterministicRsaAlgorithm, RsaComponents, RsaSigningKey};
#[cfg(feature = "rsa-sign-heapless")]
pub use rsa::{HeaplessRsaAlgorithm, HeaplessRsaSigningKey};

/// Something that signs: a key of this crate, a secure element, a crypto peripheral, a key service.
pub trait Signer {
    /// The algorithm that the token's header will name.
    fn algorithm(&self) -> Algorithm;

    /// Length of a signature in bytes; for algorithms whose signatures vary, the greatest.
    fn signature_len(&self) -> usize;

    /// Signs `signing_input` into the beginning of `out`, which is at least [`signature_len`](Self::signature_len)
    /// long, and returns the length of the signature.
    ///
    /// # Errors
    ///
    /// [`SignError`]; what is in `out` is then wiped by the caller.
    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError>;
}

/// Something that verifies.
pub trait Verifier {
    /// The one algorithm whose tokens are accepted.
    fn algorithm(&self) -> Algorithm;

    /// Verifies `signature`, raw and not base64url, over `signing_input`.
    ///
    /// # Errors
    ///
    /// [`InvalidSignature`] if it does not hold, for whatever reason.
    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature>;
}

impl<K: Signer + ?Sized> Signer for &K {
    fn algorithm(&self) -> Algorithm {
        (**self).algorithm()
    }

    fn signature_len(&self) -> usize {
        (**self).signature_len()
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        (**self).sign(signing_input, out)
    }
}

impl<K: Verifier + ?Sized> Verifier for &K {
    fn algorithm(&self) -> Algorithm {
        (**self).algorithm()
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        (**self).verify(signing_input, signature)
    }
}

/// Why bytes are no usable key.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// An HMAC secret of no bytes, or of nothing but white space.
    EmptySecret,
    /// An HMAC secret shorter than the hash output (RFC 7518 §3.2).
    KeyTooShort {
        /// Its length in bytes.
        len: usize,
        /// The least length in bytes.
        min: usize,
    },
    /// What was given as an HMAC secret is a key of another kind, often one that everybody knows.
    NotASecret {
        /// What it is.
        form: KeyForm,
    },
    /// A secret that is not strict base64url.
    Base64,
    /// A secret longer than this crate decodes from text, 512 bytes.
    TooLong,
    /// Not the DER structure it should be.
    Der,
    /// The numbers of an RSA public key are not acceptable.
    #[cfg(feature = "rsa")]
    Modulus(ModulusError),
    /// The numbers of an RSA private key do not belong together.
    InconsistentPrivateKey,
    /// A coordinate, a private key or a seed of the wrong length.
    CoordinateLength {
        /// Length in bytes that keys of this kind have.
        expected: usize,
        /// Length in bytes that was given.
        found: usize,
    },
    /// A public key that is no point of the curve, or one that no honest key has.
    PointNotOnCurve,
    /// An elliptic-curve private key that is zero, or not below the order of the group.
    PrivateKeyOutOfRange,
}

impl KeyError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EmptySecret => "empty_secret",
            Self::KeyTooShort { .. } => "key_too_short",
            Self::NotASecret { .. } => "key_is_not_a_secret",
            Self::Base64 => "key_base64",
            Self::TooLong => "key_too_long",
            Self::Der => "key_der",
            #[cfg(feature = "rsa")]
            Self::Modulus(ModulusError::TooShort { .. }) => "key_too_short",
            #[cfg(feature = "rsa")]
            Self::Modulus(_) => "key_modulus",
            Self::InconsistentPrivateKey => "key_inconsistent",
            Self::CoordinateLength { .. } => "key_length",
            Self::PointNotOnCurve => "key_point",
            Self::PrivateKeyOutOfRange => "key_out_of_range",
        }
    }
}

#[cfg(feature = "rsa")]
impl From<ModulusError> for KeyError {
    fn from(error: ModulusError) -> Self {
        Self::Modulus(error)
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::EmptySecret => f.write_str("the HMAC secret is empty"),
            Self::KeyTooShort { len, min } => write!(
                f,
                "the HMAC secret is {len} bytes long; the algorithm needs at least {min} (RFC 7518 section 3.2)"
            ),
            Self::NotASecret { form } => write!(
                f,
                "this is {form}, not an HMAC secret; load it as a key, for it may be known to everybody"
            ),
            Self::Base64 => f.write_str("the secret is not base64url without padding"),
            Self::TooLong => f.write_str("the secret is longer than 512 bytes"),
            Self::Der => f.write_str("this is not the DER encoding of an RSA key"),
            #[cfg(feature = "rsa")]
            Self::Modulus(error) => error.fmt(f),
            Self::InconsistentPrivateKey => {
                f.write_str("the numbers of this RSA private key do not belong together: the key is damaged")
            }
            Self::CoordinateLength { expected, found } => {
                write!(f, "a key or coordinate of {found} bytes, where keys of this kind have {expected}")
            }
            Self::PointNotOnCurve => f.write_str("the public key is not a valid point of its curve"),
            Self::PrivateKeyOutOfRange => {
                f.write_str("the private key is zero, or not below the order of its curve")
            }
        }
    }
}

impl core::error::Error for KeyError {}
