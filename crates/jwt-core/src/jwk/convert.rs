//! From a JSON Web Key to a key of this crate, for one algorithm and one operation.

#![cfg_attr(
    not(any(
        feature = "hmac",
        feature = "rsa",
        feature = "es256",
        feature = "es384",
        feature = "es512",
        feature = "es256k",
        feature = "ed25519",
        feature = "ml-dsa"
    )),
    allow(unused_imports, dead_code, reason = "a build without any algorithm")
)]

use super::{Jwk, JwkError, KeyOperation};
use crate::Algorithm;

#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
use crate::key::{EcdsaAlgorithm, EcdsaSigningKey, EcdsaVerifyingKey};
#[cfg(feature = "ed25519")]
use crate::key::{Ed25519SigningKey, Ed25519VerifyingKey};
#[cfg(feature = "hmac")]
use crate::key::{HmacAlgorithm, HmacKey, Signer, Verifier};
#[cfg(feature = "ml-dsa")]
use crate::key::{MlDsaAlgorithm, MlDsaSigningKey, MlDsaVerifyingKey};
#[cfg(feature = "rsa")]
use crate::key::{ModulusSize, RsaAlgorithm, RsaVerifyingKey};
#[cfg(feature = "alloc")]
use crate::key::{RsaComponents, RsaSigningKey};

#[cfg(feature = "hmac")]
impl Jwk<'_> {
    /// The HMAC key that an `oct` key is. It both signs and verifies, and so `key_ops`, if it is there, must have both;
    /// a key for one of them is an [`hmac_signing_key`](Self::hmac_signing_key) or an
    /// [`hmac_verifying_key`](Self::hmac_verifying_key).
    ///
    /// # Errors
    ///
    /// [`JwkError`] if the key is not for this, is shorter than the hash output, or is a key of another kind in disguise.
    pub fn hmac_key<A: HmacAlgorithm>(&self) -> Result<HmacKey<A>, JwkError> {
        self.for_operation(A::ALGORITHM, KeyOperation::Sign)?;
        self.hmac::<A>(KeyOperation::Verify)
    }

    /// As [`hmac_key`](Self::hmac_key), for signing only.
    ///
    /// # Errors
    ///
    /// As for [`hmac_key`](Self::hmac_key).
    pub fn hmac_signing_key<A: HmacAlgorithm>(
        &self,
    ) -> Result<impl Signer + core::fmt::Debug + use<A>, JwkError> {
        self.hmac::<A>(KeyOperation::Sign)
    }

    /// As [`hmac_key`](Self::hmac_key), for verifying only.
    ///
    /// # Errors
    ///
    /// As for [`hmac_key`](Self::hmac_key).
    pub fn hmac_verifying_key<A: HmacAlgorithm>(
        &self,
    ) -> Result<impl Verifier + core::fmt::Debug + use<A>, JwkError> {
        self.hmac::<A>(KeyOperation::Verify)
    }

    /// As [`hmac_key`](Self::hmac_key), for a secret of any length but none.
    ///
    /// # Security
    ///
    /// Who has one token can try secrets until one fits; a short one falls quickly.
    ///
    /// # Errors
    ///
    /// As for [`hmac_key`](Self::hmac_key), but for the length.
    pub fn hmac_key_allowing_weak<A: HmacAlgorithm>(&self) -> Result<HmacKey<A>, JwkError> {
        self.for_operation(A::ALGORITHM, KeyOperation::Sign)?;
        self.for_operation(A::ALGORITHM, KeyOperation::Verify)?;
        Ok(HmacKey::new_allowing_weak(self.required("k")?)?)
    }

    fn hmac<A: HmacAlgorithm>(&self, operation: KeyOperation) -> Result<HmacKey<A>, JwkError> {
        self.for_operation(A::ALGORITHM, operation)?;
        Ok(HmacKey::new(self.required("k")?)?)
    }
}

#[cfg(feature = "rsa")]
impl Jwk<'_> {
    /// The public half of an `RSA` key.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if the key is not for this, or its numbers are not acceptable.
    pub fn rsa_verifying_key<A: RsaAlgorithm, S: ModulusSize>(
        &self,
    ) -> Result<RsaVerifyingKey<A, S>, JwkError> {
        self.for_operation(A::ALGORITHM, KeyOperation::Verify)?;
        Ok(RsaVerifyingKey::from_components(self.required("n")?, self.required("e")?)?)
    }

    /// As [`rsa_verifying_key`](Self::rsa_verifying_key), for moduli from 1024 bits on.
    ///
    /// # Security
    ///
    /// RFC 7518 §3.3 forbids moduli under 2048 bits: 1024 bits are within reach of a determined attacker.
    ///
    /// # Errors
    ///
    /// As for [`rsa_verifying_key`](Self::rsa_verifying_key).
    pub fn rsa_verifying_key_allowing_weak<A: RsaAlgorithm, S: ModulusSize>(
        &self,
    ) -> Result<RsaVerifyingKey<A, S>, JwkError> {
        self.for_operation(A::ALGORITHM, KeyOperation::Verify)?;
        Ok(RsaVerifyingKey::from_components_allowing_weak(self.required("n")?, self.required("e")?)?)
    }
}

#[cfg(feature = "alloc")]
impl Jwk<'_> {
    /// The private key that an `RSA` key with `d` is.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if the key is not for this, is public, or its numbers are not acceptable or do not belong together.
    pub fn rsa_signing_key<A: RsaAlgorithm>(&self) -> Result<RsaSigningKey<A>, JwkError> {
        self.rsa_signing_key_of(2048)
    }

    /// As [`rsa_signing_key`](Self::rsa_signing_key), for moduli from 1024 bits on.
    ///
    /// # Security
    ///
    /// RFC 7518 §3.3 forbids moduli under 2048 bits: 1024 bits are within reach of a determined attacker.
    ///
    /// # Errors
    ///
    /// As for [`rsa_signing_key`](Self::rsa_signing_key).
    pub fn rsa_signing_key_allowing_weak<A: RsaAlgorithm>(&self) -> Result<RsaSigningKey<A>, JwkError> {
        self.rsa_signing_key_of(1024)
    }

    fn rsa_signing_key_of<A: RsaAlgorithm>(&self, min: usize) -> Result<RsaSigningKey<A>, JwkError> {
        self.for_operation(A::ALGORITHM, KeyOperation::Sign)?;
        let numbers = |primes| -> Result<RsaComponents<'_>, JwkError> {
            Ok(RsaComponents {
                modulus: self.required("n")?,
                public_exponent: self.required("e")?,
                private_exponent: self.private("d")?,
                primes,
            })
        };
        let (Some(p), Some(q)) = (self.value("p"), self.value("q")) else {
            return Ok(RsaSigningKey::without_primes(&numbers([&[], &[]])?, min)?);
        };
        let key = RsaSigningKey::with_minimum(&numbers([p, q])?, min)?;
        // What is not used is checked all the same: a key whose numbers contradict each other is damaged, or made.
        let computed = key.expose_private_numbers();
        let given = ["d", "p", "q", "dp", "dq", "qi"].map(|name| self.value(name).unwrap_or_default());
        if computed.iter().zip(given).all(|(computed, given)| is_same_number(computed, given)) {
            Ok(key)
        } else {
            Err(JwkError::PrivateMismatch)
        }
    }
}

#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
impl Jwk<'_> {
    /// The public half of an `EC` key.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if the key is not for this, or its point is not on the curve.
    pub fn ecdsa_verifying_key<A: EcdsaAlgorithm>(&self) -> Result<EcdsaVerifyingKey<A>, JwkError> {
        self.for_operation(A::ALGORITHM, KeyOperation::Verify)?;
        self.ecdsa_point()
    }

    /// The private key that an `EC` key with `d` is.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if the key is not for this, is public, or `d` does not belong to `x` and `y`.
    pub fn ecdsa_signing_key<A: EcdsaAlgorithm>(&self) -> Result<EcdsaSigningKey<A>, JwkError> {
        self.for_operation(A::ALGORITHM, KeyOperation::Sign)?;
        let scalar = self.private("d")?;
        let public = self.ecdsa_point::<A>()?;
        let key = EcdsaSigningKey::<A>::from_bytes(scalar)?;
        let (mut computed, mut given) = ([0; 133], [0; 133]);
        if key.verifying_key().to_sec1_bytes(&mut computed) == public.to_sec1_bytes(&mut given) {
            Ok(key)
        } else {
            Err(JwkError::PrivateMismatch)
        }
    }

    fn ecdsa_point<A: EcdsaAlgorithm>(&self) -> Result<EcdsaVerifyingKey<A>, JwkError> {
        Ok(EcdsaVerifyingKey::from_coordinates(self.required("x")?, self.required("y")?)?)
    }
}

#[cfg(feature = "ed25519")]
impl Jwk<'_> {
    /// The public half of an `OKP` key on Ed25519. Its `alg` may be `EdDSA` or `Ed25519`, two names for the same thing.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if the key is not for this, or not a point that an honest key has.
    pub fn ed25519_verifying_key(&self) -> Result<Ed25519VerifyingKey, JwkError> {
        self.for_operation(Algorithm::EdDSA, KeyOperation::Verify)?;
        Ok(Ed25519VerifyingKey::from_bytes(self.required("x")?)?)
    }

    /// The private key that an `OKP` key on Ed25519 with `d` is. Its tokens say `Ed25519` if the `alg` of the key does,
    /// else `EdDSA`.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if the key is not for this, is public, or `d` does not belong to `x`.
    pub fn ed25519_signing_key(&self) -> Result<Ed25519SigningKey, JwkError> {
        self.for_operation(Algorithm::EdDSA, KeyOperation::Sign)?;
        let key = Ed25519SigningKey::from_seed(self.private("d")?)?;
        if key.verifying_key().as_bytes() != self.required("x")? {
            return Err(JwkError::PrivateMismatch);
        }
        Ok(if self.algorithm() == Some(Algorithm::Ed25519) { key.fully_specified() } else { key })
    }
}

#[cfg(feature = "ml-dsa")]
impl Jwk<'_> {
    /// The public half of an `AKP` key for ML-DSA.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if the key is not for this.
    pub fn ml_dsa_verifying_key<A: MlDsaAlgorithm>(&self) -> Result<MlDsaVerifyingKey<A>, JwkError> {
        self.for_operation(A::ALGORITHM, KeyOperation::Verify)?;
        Ok(MlDsaVerifyingKey::from_bytes(self.required("pub")?)?)
    }

    /// The private key that an `AKP` key for ML-DSA with `priv` is.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if the key is not for this, is public, or `priv` does not belong to `pub`.
    pub fn ml_dsa_signing_key<A: MlDsaAlgorithm>(&self) -> Result<MlDsaSigningKey<A>, JwkError> {
        self.for_operation(A::ALGORITHM, KeyOperation::Sign)?;
        let key = MlDsaSigningKey::<A>::from_seed(self.private("priv")?)?;
        let public = self.required("pub")?;
        if key.verifying_key().to_bytes(&mut [0; 2592]).is_some_and(|computed| computed == public) {
            Ok(key)
        } else {
            Err(JwkError::PrivateMismatch)
        }
    }
}

impl Jwk<'_> {
    fn for_operation(&self, algorithm: Algorithm, operation: KeyOperation) -> Result<(), JwkError> {
        self.members().permits(algorithm, operation)
    }

    /// A value that keys of this kind always have.
    fn required(&self, member: &'static str) -> Result<&[u8], JwkError> {
        self.value(member).ok_or(JwkError::MissingMember { member })
    }

    #[cfg(any(
        feature = "alloc",
        feature = "es256",
        feature = "es384",
        feature = "es512",
        feature = "es256k",
        feature = "ed25519",
        feature = "ml-dsa"
    ))]
    fn private(&self, name: &str) -> Result<&[u8], JwkError> {
        self.value(name).ok_or(JwkError::NotPrivate)
    }
}

/// Compares secret numbers, big-endian, of which the first may have more leading zeros; in a time that depends on their
/// lengths alone.
#[cfg(feature = "alloc")]
fn is_same_number(longer: &[u8], shorter: &[u8]) -> bool {
    let Some(zeros) = longer.len().checked_sub(shorter.len()) else { return false };
    let padded = core::iter::repeat_n(&0, zeros).chain(shorter);
    longer.iter().zip(padded).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}
