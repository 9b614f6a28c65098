//! HMAC with SHA-2 (RFC 7518 §3.2).

use core::fmt;

use ::hmac::{Hmac, KeyInit, Mac};
use base64ct::Encoding as _;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::{KeyError, Signer, Verifier, key_form};
use crate::Algorithm;
use crate::error::{InvalidSignature, SignError};

/// An HMAC key, for one of [`Hs256`], [`Hs384`] and [`Hs512`]. Both signs and verifies.
///
/// Holds the state after the key has been hashed, not the secret; it is cloned for each token and overwritten when
/// dropped.
///
/// ```
/// use jwt_core::{HmacKey, Hs256};
/// let key = HmacKey::<Hs256>::new(b"a secret of thirty-two bytes, ok")?;
/// # Ok::<(), jwt_core::KeyError>(())
/// ```
#[derive(Clone)]
pub struct HmacKey<A: HmacAlgorithm> {
    keyed: A::Mac,
}

impl<A: HmacAlgorithm> HmacKey<A> {
    /// A key from a secret of at least as many bytes as the hash puts out: 32, 48 or 64.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if the secret is shorter, or is a key of another kind ([`KeyForm`](crate::KeyForm)).
    pub fn new(secret: &[u8]) -> Result<Self, KeyError> {
        let key = Self::new_allowing_weak(secret)?;
        if secret.len() < A::MIN_SECRET_LEN {
            return Err(KeyError::KeyTooShort { len: secret.len(), min: A::MIN_SECRET_LEN });
        }
        Ok(key)
    }

    /// As [`new`](Self::new), for a secret of any length but none.
    ///
    /// # Security
    ///
    /// Who has one token can try secrets until one fits; a short one falls quickly.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if the secret is empty or nothing but white space, or is a key of another kind.
    pub fn new_allowing_weak(secret: &[u8]) -> Result<Self, KeyError> {
        if secret.iter().all(|byte| matches!(byte, b' ' | b'\t'..=b'\r')) {
            return Err(KeyError::EmptySecret);
        }
        if let Some(form) = key_form(secret) {
            return Err(KeyError::NotASecret { form });
        }
        A::keyed(secret).map(|keyed| Self { keyed })
    }

    /// A key from a secret in base64url without padding, as in the `k` member of a JWK (RFC 7518 §6.4.1); at most 512
    /// bytes. Decoded in constant time.
    ///
    /// # Errors
    ///
    /// [`KeyError`] as for [`new`](Self::new), or if the text is not base64url.
    pub fn from_base64url(secret: &str) -> Result<Self, KeyError> {
        if secret.is_empty() {
            return Err(KeyError::EmptySecret);
        }
        let mut buffer = Zeroizing::new([0; MAX_DECODED_LEN]);
        match base64ct::Base64UrlUnpadded::decode(secret, &mut *buffer) {
            Ok(secret) => Self::new(secret),
            Err(base64ct::Error::InvalidLength) => Err(KeyError::TooLong),
            Err(base64ct::Error::InvalidEncoding) => Err(KeyError::Base64),
        }
    }
}

impl<A: HmacAlgorithm> Signer for HmacKey<A> {
    fn algorithm(&self) -> Algorithm {
        A::ALGORITHM
    }

    fn signature_len(&self) -> usize {
        A::MIN_SECRET_LEN
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        let needed = A::MIN_SECRET_LEN;
        A::authenticate(&self.keyed, signing_input, out).ok_or(SignError::BufferTooSmall { needed })
    }
}

impl<A: HmacAlgorithm> Verifier for HmacKey<A> {
    fn algorithm(&self) -> Algorithm {
        A::ALGORITHM
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        // Compared in constant time; a length other than the whole output is refused.
        if A::is_authentic(&self.keyed, signing_input, signature) { Ok(()) } else { Err(InvalidSignature) }
    }
}

impl<A: HmacAlgorithm> fmt::Debug for HmacKey<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HmacKey").field("algorithm", &A::ALGORITHM).finish_non_exhaustive()
    }
}

/// Longest secret that is decoded from text, in bytes.
const MAX_DECODED_LEN: usize = 512;

/// The HMAC algorithms. Each is its own type, so that firmware links the hash it uses and no other.
pub trait HmacAlgorithm: sealed::Sealed {}

/// HMAC with SHA-256.
#[derive(Debug, Clone, Copy)]
pub enum Hs256 {}

/// HMAC with SHA-384.
#[derive(Debug, Clone, Copy)]
pub enum Hs384 {}

/// HMAC with SHA-512.
#[derive(Debug, Clone, Copy)]
pub enum Hs512 {}

mod sealed {
    use super::{Algorithm, KeyError};

    pub trait Sealed {
        type Mac: Clone;
        const ALGORITHM: Algorithm;
        /// Length of the hash output in bytes, so of the signature and of the shortest secret.
        const MIN_SECRET_LEN: usize;
        fn keyed(secret: &[u8]) -> Result<Self::Mac, KeyError>;
        fn authenticate(keyed: &Self::Mac, input: &[u8], out: &mut [u8]) -> Option<usize>;
        fn is_authentic(keyed: &Self::Mac, input: &[u8], signature: &[u8]) -> bool;
    }
}

/// Does not compile if the hash, and with it the keyed state, were not overwritten when dropped.
const fn overwritten_when_dropped<T: ZeroizeOnDrop>() {}

macro_rules! hmac_algorithm {
    ($marker:ident, $algorithm:ident, $hash:ty, $len:literal) => {
        impl HmacAlgorithm for $marker {}

        const _: () = overwritten_when_dropped::<$hash>();

        impl sealed::Sealed for $marker {
            type Mac = Hmac<$hash>;
            const ALGORITHM: Algorithm = Algorithm::$algorithm;
            const MIN_SECRET_LEN: usize = $len;

            fn keyed(secret: &[u8]) -> Result<Self::Mac, KeyError> {
                // HMAC takes keys of any length: this does not fail.
                Hmac::new_from_slice(secret).map_err(|_| KeyError::EmptySecret)
            }

            fn authenticate(keyed: &Self::Mac, input: &[u8], out: &mut [u8]) -> Option<usize> {
                let place = out.first_chunk_mut::<$len>()?;
                *place = keyed.clone().chain_update(input).finalize().into_bytes().into();
                Some($len)
            }

            fn is_authentic(keyed: &Self::Mac, input: &[u8], signature: &[u8]) -> bool {
                keyed.clone().chain_update(input).verify_slice(signature).is_ok()
            }
        }
    };
}

hmac_algorithm!(Hs256, HS256, sha2::Sha256, 32);
hmac_algorithm!(Hs384, HS384, sha2::Sha384, 48);
hmac_algorithm!(Hs512, HS512, sha2::Sha512, 64);
