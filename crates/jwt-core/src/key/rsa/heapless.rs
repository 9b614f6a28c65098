//! RSASSA-PKCS1-v1_5 signing without a heap, through `rsa_heapless`.

use core::fmt;

use fixed_bigint::FixedUInt;
use heapless_rsa::modmath_support::{ModMathParams, ModMathValue, public_key_ct_from_be_bytes, wrap};
use heapless_rsa::pkcs1v15::GenericSigningKey;
use heapless_rsa::traits::FixedWidthUnsignedInt as _;
use heapless_rsa::{Ct, GenericRsaPrivateKey, GenericRsaPublicKey};

use super::{
    Bits2048, Bits3072, Bits4096, ModulusError, ModulusSize, Rs256, Rs384, Rs512, RsaAlgorithm,
    RsaVerifyingKey,
};
use crate::Algorithm;
use crate::error::SignError;
use crate::key::{KeyError, Signer, Verifier as _};

/// An RSA private key that signs RS256, RS384 or RS512 without a heap, for moduli of exactly 2048, 3072 or 4096 bits.
///
/// It takes the exponent d alone, not the primes, which costs time; and about 30 KiB of stack for 2048 bits (measured on
/// x86-64). A key in a secure element, or ES256, is cheaper.
///
/// # Security
///
/// The private operation has no branch and no address that depends on the key. It is not blinded. Each signature is opened
/// again before it is handed out, with this crate's own arithmetic, so that a fault, or a d that does not belong to the
/// modulus, is an error and leaks nothing.
///
/// ```no_run
/// use jwt_core::{Bits2048, HeaplessRsaSigningKey, Rs256};
/// # let (n, e, d) = ([0; 256], [1, 0, 1], [0; 256]);
/// let key = HeaplessRsaSigningKey::<Rs256, Bits2048>::from_components(&n, &e, &d)?;
/// # Ok::<(), jwt_core::KeyError>(())
/// ```
pub struct HeaplessRsaSigningKey<A: HeaplessRsaAlgorithm<S>, S: ModulusSize> {
    key: A::Key,
    public: RsaVerifyingKey<A, S>,
}

impl<A: HeaplessRsaAlgorithm<S>, S: ModulusSize> HeaplessRsaSigningKey<A, S> {
    /// A key from its modulus, public exponent and private exponent d, each unsigned and big-endian; leading zero bytes do
    /// not matter.
    ///
    /// # Errors
    ///
    /// [`KeyError::Modulus`] if a public number is not acceptable, or the modulus is shorter than its class;
    /// [`KeyError::InconsistentPrivateKey`] if d is zero, one or longer than the modulus, or the public exponent has more
    /// than 32 bits.
    pub fn from_components(modulus: &[u8], exponent: &[u8], d: &[u8]) -> Result<Self, KeyError> {
        let public = RsaVerifyingKey::from_components(modulus, exponent)?;
        let bits = public.modulus_len().saturating_mul(8);
        if bits != A::BITS {
            return Err(ModulusError::TooShort { bits }.into());
        }
        let exponent =
            u32::try_from(public.public_exponent()).map_err(|_| KeyError::InconsistentPrivateKey)?;
        let padding = d.len().saturating_sub(public.modulus_len());
        let (padding, d) = d.split_at_checked(padding).unwrap_or_default();
        let is_zero_or_one =
            d.split_last().is_none_or(|(last, rest)| *last < 2 && rest.iter().all(|byte| *byte == 0));
        if is_zero_or_one || padding.iter().any(|byte| *byte != 0) {
            return Err(KeyError::InconsistentPrivateKey);
        }
        let modulus = modulus.get(modulus.len().saturating_sub(public.modulus_len())..).unwrap_or_default();
        let key = A::load(modulus, exponent, d).ok_or(KeyError::InconsistentPrivateKey)?;
        Ok(Self { key, public })
    }

    /// The public half of this key.
    pub fn verifying_key(&self) -> &RsaVerifyingKey<A, S> {
        &self.public
    }
}

impl<A: HeaplessRsaAlgorithm<S>, S: ModulusSize> Signer for HeaplessRsaSigningKey<A, S> {
    fn algorithm(&self) -> Algorithm {
        A::ALGORITHM
    }

    fn signature_len(&self) -> usize {
        self.public.modulus_len()
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        let needed = self.signature_len();
        let out = out.get_mut(..needed).ok_or(SignError::BufferTooSmall { needed })?;
        A::sign_with(&self.key, signing_input, out).ok_or(SignError::Key)?;
        self.public.verify(signing_input, out).map_err(|_| SignError::Key)?;
        Ok(needed)
    }
}

impl<A: HeaplessRsaAlgorithm<S>, S: ModulusSize> fmt::Debug for HeaplessRsaSigningKey<A, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeaplessRsaSigningKey").field("public", &self.public).finish_non_exhaustive()
    }
}

/// An algorithm that signs without a heap with a modulus of the class `S`: [`Rs256`], [`Rs384`], [`Rs512`] with
/// [`Bits2048`], [`Bits3072`], [`Bits4096`].
pub trait HeaplessRsaAlgorithm<S: ModulusSize>: RsaAlgorithm + sealed::Sign<S> {}

mod sealed {
    pub trait Sign<S> {
        /// A private key, which overwrites itself when dropped.
        type Key;
        /// Bits of the modulus.
        const BITS: usize;
        fn load(modulus: &[u8], exponent: u32, d: &[u8]) -> Option<Self::Key>;
        /// Signs into `out`, which is as long as the modulus.
        fn sign_with(key: &Self::Key, input: &[u8], out: &mut [u8]) -> Option<()>;
    }
}

macro_rules! signs {
    ($($algorithm:ident with $hash:ident: $($size:ident of $bits:literal),*;)*) => { $($(
        impl HeaplessRsaAlgorithm<$size> for $algorithm {}

        impl sealed::Sign<$size> for $algorithm {
            type Key = GenericSigningKey<sha2::$hash, Value<{ $bits / 32 }>, Params<{ $bits / 32 }>>;
            const BITS: usize = $bits;

            fn load(modulus: &[u8], exponent: u32, d: &[u8]) -> Option<Self::Key> {
                let public: GenericRsaPublicKey<_, _> =
                    public_key_ct_from_be_bytes::<Number<{ $bits / 32 }>>(modulus, exponent).ok()?;
                let d = wrap(Number::<{ $bits / 32 }>::try_from_be_bytes_vartime(d).ok()?);
                Some(GenericSigningKey::new(GenericRsaPrivateKey::from_public_and_d(public, d)))
            }

            fn sign_with(key: &Self::Key, input: &[u8], out: &mut [u8]) -> Option<()> {
                key.try_sign_into(input, &mut [0; $bits / 8], out).ok().map(|_| ())
            }
        }
    )*)* };
}

type Number<const WORDS: usize> = FixedUInt<u32, WORDS, Ct>;
type Value<const WORDS: usize> = ModMathValue<Number<WORDS>>;
type Params<const WORDS: usize> = ModMathParams<Number<WORDS>, Ct>;

signs! {
    Rs256 with Sha256: Bits2048 of 2048, Bits3072 of 3072, Bits4096 of 4096;
    Rs384 with Sha384: Bits2048 of 2048, Bits3072 of 3072, Bits4096 of 4096;
    Rs512 with Sha512: Bits2048 of 2048, Bits3072 of 3072, Bits4096 of 4096;
}
