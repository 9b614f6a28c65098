//! RSA signing, through the `rsa` crate: the one thing here that needs an allocator.

use core::cell::RefCell;
use core::fmt;
use core::marker::PhantomData;

use ::rsa::rand_core::{TryCryptoRng, TryRng};
use ::rsa::traits::{PrivateKeyParts as _, PublicKeyParts as _};
use ::rsa::{BoxedUint, PrivateKey};
#[cfg(feature = "jwk")]
use zeroize::Zeroize as _;

use super::{DeterministicRsaAlgorithm, ModulusError, ModulusSize, RsaAlgorithm, RsaVerifyingKey, der};
use crate::Algorithm;
use crate::error::SignError;
use crate::key::{KeyError, Signer};

extern crate alloc;
#[cfg(feature = "jwk")]
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

/// The bytes of a signature, as the `rsa` crate hands them out.
pub(super) type Signature = Vec<u8>;

/// An RSA private key that signs one of [`Rs256`](crate::Rs256), [`Rs384`](crate::Rs384), [`Rs512`](crate::Rs512),
/// [`Ps256`](crate::Ps256), [`Ps384`](crate::Ps384) and [`Ps512`](crate::Ps512).
///
/// Its private-key operation is the `rsa` crate's, constant-time since 0.10. [`blinded`](Self::blinded) adds blinding,
/// where there is a random number generator; without one the key signs all the same, RSASSA-PKCS1-v1_5 only.
#[derive(Clone)]
pub struct RsaSigningKey<A: RsaAlgorithm> {
    key: PrivateKey,
    algorithm: PhantomData<A>,
}

/// The numbers of a two-prime RSA private key, each unsigned and big-endian; leading zero bytes do not matter.
#[derive(Clone, Copy)]
pub struct RsaComponents<'a> {
    /// The modulus, n.
    pub modulus: &'a [u8],
    /// The public exponent, e.
    pub public_exponent: &'a [u8],
    /// The private exponent, d.
    pub private_exponent: &'a [u8],
    /// The prime factors, p and q.
    pub primes: [&'a [u8]; 2],
}

impl fmt::Debug for RsaComponents<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RsaComponents").finish_non_exhaustive()
    }
}

impl<A: RsaAlgorithm> RsaSigningKey<A> {
    /// A key from its numbers, which are checked to belong together.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if the modulus is not 2048 to 8192 bits long in steps of 8, or the numbers do not belong together.
    pub fn from_components(components: &RsaComponents<'_>) -> Result<Self, KeyError> {
        Self::with_minimum(components, 2048)
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
    pub fn from_components_allowing_weak(components: &RsaComponents<'_>) -> Result<Self, KeyError> {
        Self::with_minimum(components, 1024)
    }

    /// A key from a DER PKCS#8 PrivateKeyInfo (RFC 5958 §2): `openssl pkcs8 -topk8 -nocrypt -outform DER`.
    ///
    /// # Errors
    ///
    /// [`KeyError::Der`] if it is another structure or another kind of key, else as for
    /// [`from_components`](Self::from_components).
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        Self::from_pkcs1_der(der::rsa_private_key_of_pkcs8(der).ok_or(KeyError::Der)?)
    }

    /// A key from a DER PKCS#1 RSAPrivateKey (RFC 8017 §A.1.2): `openssl rsa -traditional -outform DER`.
    ///
    /// # Errors
    ///
    /// As for [`from_pkcs8_der`](Self::from_pkcs8_der).
    pub fn from_pkcs1_der(der: &[u8]) -> Result<Self, KeyError> {
        Self::from_components(&der::rsa_private_key(der).ok_or(KeyError::Der)?)
    }

    /// A signer that blinds every operation with `rng`, so that its timing tells nothing even if the arithmetic did.
    pub fn blinded<R: TryCryptoRng>(&self, rng: R) -> BlindedRsaSigner<'_, A, R> {
        BlindedRsaSigner { key: self, rng: RefCell::new(rng) }
    }

    /// The public half of this key.
    ///
    /// # Errors
    ///
    /// [`KeyError::Modulus`] if the modulus is not of the size class `S`.
    pub fn verifying_key<S: ModulusSize>(&self) -> Result<RsaVerifyingKey<A, S>, KeyError> {
        let (modulus, exponent) = (self.key.n().as_ref().to_be_bytes(), self.key.e().to_be_bytes());
        RsaVerifyingKey::from_components_allowing_weak(&modulus, &exponent)
    }

    /// Length of the modulus in bytes, and so of a signature.
    pub fn modulus_len(&self) -> usize {
        self.key.size()
    }

    pub(crate) fn with_minimum(components: &RsaComponents<'_>, min: usize) -> Result<Self, KeyError> {
        let [p, q] = components.primes;
        Self::of_primes(components, vec![number(p)?, number(q)?], min)
    }

    /// `primes` may be empty: they are then found by way of the exponents.
    fn of_primes(
        components: &RsaComponents<'_>,
        primes: Vec<BoxedUint>,
        min: usize,
    ) -> Result<Self, KeyError> {
        let modulus = number(components.modulus)?;
        let bits = usize::try_from(modulus.bit_width()).unwrap_or(usize::MAX);
        if bits < min {
            return Err(ModulusError::TooShort { bits }.into());
        }
        if bits > 8192 {
            return Err(ModulusError::TooLong { bits, max: 8192 }.into());
        }
        if !bits.is_multiple_of(8) {
            return Err(ModulusError::NotWholeBytes { bits }.into());
        }
        let key = PrivateKey::from_components(
            modulus,
            number(components.public_exponent)?,
            number(components.private_exponent)?,
            primes,
        );
        // Bad primes, a private exponent that does not match, a public exponent that no verifier here takes.
        let key = key.map_err(|_| KeyError::InconsistentPrivateKey)?;
        if key.primes().len() != 2 || key.e().bit_width() > 33 {
            return Err(KeyError::InconsistentPrivateKey);
        }
        Ok(Self { key, algorithm: PhantomData })
    }

    fn sign_with<R: TryCryptoRng>(
        &self,
        rng: Option<&mut R>,
        signing_input: &[u8],
        out: &mut [u8],
    ) -> Result<usize, SignError> {
        let needed = self.modulus_len();
        let place = out.get_mut(..needed).ok_or(SignError::BufferTooSmall { needed })?;
        // The `rsa` crate opens the signature again before it lets it out, so that a fault cannot leak the key.
        let signature = A::sign(&self.key, rng, signing_input);
        match signature {
            Ok(signature) if signature.len() == needed => {
                place.copy_from_slice(&signature);
                Ok(needed)
            }
            Err(::rsa::Error::Rng) => Err(SignError::Rng),
            Ok(_) | Err(_) => Err(SignError::Key),
        }
    }
}

/// What reading and writing JSON Web Keys needs.
#[cfg(feature = "jwk")]
impl<A: RsaAlgorithm> RsaSigningKey<A> {
    /// A key from its numbers other than `primes`, which are not looked at but found by way of the exponents.
    pub(crate) fn without_primes(components: &RsaComponents<'_>, min: usize) -> Result<Self, KeyError> {
        Self::of_primes(components, vec![], min)
    }

    /// The modulus and the public exponent, with leading zeros.
    pub(crate) fn public_numbers(&self) -> [Box<[u8]>; 2] {
        [self.key.n().as_ref().to_be_bytes(), self.key.e().to_be_bytes()]
    }

    /// d, p, q, dp, dq and qi (RFC 7518 §6.3.2), with leading zeros. Overwritten when dropped.
    pub(crate) fn expose_private_numbers(&self) -> [SecretNumber; 6] {
        let key = &self.key;
        let prime =
            |index| key.primes().get(index).map(|prime| AsRef::<BoxedUint>::as_ref(prime).to_be_bytes());
        let qi = key.qinv().map(|qinv| {
            let mut retrieved = qinv.retrieve();
            let bytes = retrieved.to_be_bytes();
            retrieved.zeroize();
            bytes
        });
        let crt = [key.dp().map(BoxedUint::to_be_bytes), key.dq().map(BoxedUint::to_be_bytes), qi];
        let [dp, dq, qi] = crt;
        [Some(key.d().to_be_bytes()), prime(0), prime(1), dp, dq, qi]
            .map(|bytes| SecretNumber(bytes.unwrap_or_default()))
    }
}

/// The big-endian bytes of a number that must stay secret.
#[cfg(feature = "jwk")]
pub(crate) struct SecretNumber(Box<[u8]>);

#[cfg(feature = "jwk")]
impl core::ops::Deref for SecretNumber {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(feature = "jwk")]
impl Drop for SecretNumber {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Signs without blinding, and so only what needs no random numbers.
impl<A: DeterministicRsaAlgorithm> Signer for RsaSigningKey<A> {
    fn algorithm(&self) -> Algorithm {
        A::ALGORITHM
    }

    fn signature_len(&self) -> usize {
        self.modulus_len()
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        self.sign_with(None::<&mut Impatient<'_, NoRng>>, signing_input, out)
    }
}

impl<A: RsaAlgorithm> fmt::Debug for RsaSigningKey<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RsaSigningKey")
            .field("algorithm", &A::ALGORITHM)
            .field("modulus_len", &self.modulus_len())
            .finish_non_exhaustive()
    }
}

/// An RSA signer that blinds; made by [`RsaSigningKey::blinded`].
pub struct BlindedRsaSigner<'k, A: RsaAlgorithm, R> {
    key: &'k RsaSigningKey<A>,
    rng: RefCell<R>,
}

impl<A: RsaAlgorithm, R: TryCryptoRng> Signer for BlindedRsaSigner<'_, A, R> {
    fn algorithm(&self) -> Algorithm {
        A::ALGORITHM
    }

    fn signature_len(&self) -> usize {
        self.key.modulus_len()
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        // Borrowed already only if the generator itself signs with this signer.
        let mut rng = self.rng.try_borrow_mut().map_err(|_| SignError::Rng)?;
        let patience = self.key.modulus_len().saturating_mul(64);
        self.key.sign_with(Some(&mut Impatient { rng: &mut *rng, patience }), signing_input, out)
    }
}

impl<A: RsaAlgorithm, R> fmt::Debug for BlindedRsaSigner<'_, A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlindedRsaSigner").field("key", &self.key).finish_non_exhaustive()
    }
}

/// A generator that fails once it has been asked for more bytes than blinding can need. The `rsa` crate draws until
/// it has a number that has an inverse, and would draw for ever from one that is stuck.
struct Impatient<'r, R> {
    rng: &'r mut R,
    patience: usize,
}

/// The generator failed, or never gave a usable number.
#[derive(Debug)]
struct RngFailed;

impl fmt::Display for RngFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the random number generator failed")
    }
}

impl core::error::Error for RngFailed {}

impl<R: TryRng> Impatient<'_, R> {
    fn spend(&mut self, bytes: usize) -> Result<&mut R, RngFailed> {
        self.patience = self.patience.checked_sub(bytes).ok_or(RngFailed)?;
        Ok(self.rng)
    }
}

impl<R: TryRng> TryRng for Impatient<'_, R> {
    type Error = RngFailed;

    fn try_next_u32(&mut self) -> Result<u32, RngFailed> {
        self.spend(4)?.try_next_u32().map_err(|_| RngFailed)
    }

    fn try_next_u64(&mut self) -> Result<u64, RngFailed> {
        self.spend(8)?.try_next_u64().map_err(|_| RngFailed)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), RngFailed> {
        self.spend(bytes.len())?.try_fill_bytes(bytes).map_err(|_| RngFailed)
    }
}

impl<R: TryCryptoRng> TryCryptoRng for Impatient<'_, R> {}

/// No generator at all; never made.
enum NoRng {}

impl TryRng for NoRng {
    type Error = RngFailed;

    fn try_next_u32(&mut self) -> Result<u32, RngFailed> {
        match *self {}
    }

    fn try_next_u64(&mut self) -> Result<u64, RngFailed> {
        match *self {}
    }

    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), RngFailed> {
        match *self {}
    }
}

impl TryCryptoRng for NoRng {}

/// An unsigned big-endian number of at most 8192 bits.
fn number(bytes: &[u8]) -> Result<BoxedUint, KeyError> {
    let first = bytes.iter().position(|&byte| byte != 0).unwrap_or(bytes.len());
    let bytes = bytes.get(first..).unwrap_or_default();
    let bits = bytes.len().saturating_mul(8);
    if bytes.is_empty() {
        return Err(KeyError::InconsistentPrivateKey);
    }
    if bits > 8192 {
        return Err(ModulusError::TooLong { bits, max: 8192 }.into());
    }
    let bits = u32::try_from(bits).unwrap_or(u32::MAX);
    BoxedUint::from_be_slice(bytes, bits).map_err(|_| KeyError::InconsistentPrivateKey)
}
