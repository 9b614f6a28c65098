//! RSA, ECDSA and Ed25519 signing by AWS-LC (feature `aws-lc`).
//!
//! Keys come here once our own code has read, checked and made them: which keys there are, and every error about one, is
//! decided without AWS-LC. A function here hands back `None` for what AWS-LC does not do, or not with this key, and the
//! caller keeps the key that it has. HMAC and the verification of Ed25519 stay where they are: they are faster there, and
//! strict verification is not AWS-LC's. So do ES256K and ML-DSA.

use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED,
    ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED, ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384,
    RSA_PKCS1_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512,
    RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding, VerificationAlgorithm,
};
use jwt_core::{Algorithm, InvalidSignature, SignError, Signer, Verifier};

use super::write::{rsa_private_key, rsa_public_key};
use super::{signing, verifying};
use crate::key_file::{PrivateOctets, PublicOctets, RsaPrivateParts, RsaPublicParts};

/// The shortest and the longest modulus that AWS-LC's algorithms take, in bits.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// An RSA public key, unless it is weak.
pub(super) fn rsa_verifier(public: &RsaPublicParts, algorithm: Algorithm) -> Option<verifying::Shared> {
    let verification: &'static dyn VerificationAlgorithm = match algorithm {
        Algorithm::RS256 => &RSA_PKCS1_2048_8192_SHA256,
        Algorithm::RS384 => &RSA_PKCS1_2048_8192_SHA384,
        Algorithm::RS512 => &RSA_PKCS1_2048_8192_SHA512,
        Algorithm::PS256 => &RSA_PSS_2048_8192_SHA256,
        Algorithm::PS384 => &RSA_PSS_2048_8192_SHA384,
        Algorithm::PS512 => &RSA_PSS_2048_8192_SHA512,
        _ => return None,
    };
    if !MODULUS_BITS.contains(&public.bits()) {
        // It would be read all the same, and would then verify nothing.
        return None;
    }
    let key = ParsedPublicKey::new(verification, rsa_public_key(public)?).ok()?;
    Some(Arc::new(Public { algorithm, key }))
}

/// A public key on P-256, P-384 or P-521.
pub(super) fn octets_verifier(public: &PublicOctets, algorithm: Algorithm) -> Option<verifying::Shared> {
    let verification: &'static dyn VerificationAlgorithm = match algorithm {
        Algorithm::ES256 => &ECDSA_P256_SHA256_FIXED,
        Algorithm::ES384 => &ECDSA_P384_SHA384_FIXED,
        Algorithm::ES512 => &ECDSA_P521_SHA512_FIXED,
        _ => return None,
    };
    let key = ParsedPublicKey::new(verification, public.bytes()).ok()?;
    Some(Arc::new(Public { algorithm, key }))
}

/// An RSA private key, unless it is weak.
pub(super) fn rsa_signer(private: &RsaPrivateParts, algorithm: Algorithm) -> Option<signing::Shared> {
    let encoding: &'static dyn RsaEncoding = match algorithm {
        Algorithm::RS256 => &RSA_PKCS1_SHA256,
        Algorithm::RS384 => &RSA_PKCS1_SHA384,
        Algorithm::RS512 => &RSA_PKCS1_SHA512,
        Algorithm::PS256 => &RSA_PSS_SHA256,
        Algorithm::PS384 => &RSA_PSS_SHA384,
        Algorithm::PS512 => &RSA_PSS_SHA512,
        _ => return None,
    };
    let key = rsa::KeyPair::from_der(rsa_private_key(private)?.as_bytes()).ok()?;
    let len = key.public_modulus_len();
    Some(Arc::new(Private { algorithm, len, key: PrivateKey::Rsa(key, encoding) }))
}

/// A private key on P-256, P-384 or P-521, or an Ed25519 key.
pub(super) fn octets_signer(private: &PrivateOctets, algorithm: Algorithm) -> Option<signing::Shared> {
    let (secret, public) = (private.secret(), private.public().bytes());
    let ecdsa = |signing: &'static EcdsaSigningAlgorithm, len| {
        let key = EcdsaKeyPair::from_private_key_and_public_key(signing, secret, public).ok()?;
        Some(Arc::new(Private { algorithm, len, key: PrivateKey::Ecdsa(key) }) as signing::Shared)
    };
    match algorithm {
        Algorithm::ES256 => ecdsa(&ECDSA_P256_SHA256_FIXED_SIGNING, 64),
        Algorithm::ES384 => ecdsa(&ECDSA_P384_SHA384_FIXED_SIGNING, 96),
        Algorithm::ES512 => ecdsa(&ECDSA_P521_SHA512_FIXED_SIGNING, 132),
        Algorithm::EdDSA | Algorithm::Ed25519 => {
            let key = Ed25519KeyPair::from_seed_and_public_key(secret, public).ok()?;
            Some(Arc::new(Private { algorithm, len: 64, key: PrivateKey::Ed25519(key) }))
        }
        _ => None,
    }
}

struct Public {
    algorithm: Algorithm,
    key: ParsedPublicKey,
}

impl Verifier for Public {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.key.verify_sig(signing_input, signature).map_err(|_| InvalidSignature)
    }
}

struct Private {
    algorithm: Algorithm,
    /// Length of a signature in bytes.
    len: usize,
    key: PrivateKey,
}

enum PrivateKey {
    /// AWS-LC blinds, makes the salt of RSASSA-PSS, and opens each signature again before it lets it out.
    Rsa(rsa::KeyPair, &'static dyn RsaEncoding),
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer for Private {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn signature_len(&self) -> usize {
        self.len
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        let place = out.get_mut(..self.len).ok_or(SignError::BufferTooSmall { needed: self.len })?;
        // Without random numbers AWS-LC would abort the process: asked for here, their lack is an error as ever.
        let need_random = || getrandom::fill(&mut [0]).map_err(|_| SignError::Rng);
        // This generator is only there for its type: AWS-LC has its own.
        let random = SystemRandom::new();
        let signature = match &self.key {
            PrivateKey::Rsa(key, encoding) => {
                need_random()?;
                let signed = key.sign(*encoding, &random, signing_input, place);
                return signed.map(|()| self.len).map_err(|_| SignError::Key);
            }
            PrivateKey::Ecdsa(key) => {
                need_random()?;
                key.sign(&random, signing_input)
            }
            PrivateKey::Ed25519(key) => key.try_sign(signing_input),
        };
        put(signature.map_err(|_| SignError::Key)?.as_ref(), place)
    }
}

/// The signature into its place, which it fills.
fn put(signature: &[u8], place: &mut [u8]) -> Result<usize, SignError> {
    if signature.len() != place.len() {
        return Err(SignError::Key);
    }
    place.copy_from_slice(signature);
    Ok(place.len())
}

#[cfg(test)]
mod tests {
    use jwt_core::KeyKind;

    use super::*;
    use crate::Key;
    use crate::key_file::KeyMaterial;

    /// Whether AWS-LC takes over, by algorithm, with a key that was made for it: to sign, and to verify.
    fn taken_over(algorithm: Algorithm) -> [bool; 2] {
        let bits = (algorithm.key_kind() == KeyKind::Rsa).then_some(2048);
        match Key::generate(algorithm, bits).unwrap().material {
            KeyMaterial::RsaPrivate(key) => {
                [rsa_signer(&key, algorithm).is_some(), rsa_verifier(&key.public, algorithm).is_some()]
            }
            KeyMaterial::Private(key) => {
                [octets_signer(&key, algorithm).is_some(), octets_verifier(key.public(), algorithm).is_some()]
            }
            _ => [false; 2],
        }
    }

    #[test]
    fn which_algorithms_are_taken_over() {
        for algorithm in Algorithm::ALL {
            let expected = match algorithm.key_kind() {
                KeyKind::Rsa | KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => [true; 2],
                KeyKind::Ed25519 => [true, false],
                _ => [false; 2],
            };
            assert_eq!(taken_over(algorithm), expected, "{algorithm}");
        }
    }

    #[test]
    fn a_key_of_another_kind_is_left_alone() {
        let KeyMaterial::Private(key) = Key::generate(Algorithm::ES256, None).unwrap().material else {
            panic!("a private key was made");
        };
        assert!(octets_signer(&key, Algorithm::ES384).is_none());
        assert!(octets_verifier(key.public(), Algorithm::ES384).is_none());
        assert!(octets_signer(&key, Algorithm::RS256).is_none());
    }

    #[test]
    fn what_does_not_fill_its_place_is_an_error() {
        let mut place = [0; 4];
        assert_eq!(put(&[1; 3], &mut place), Err(SignError::Key));
        assert_eq!(put(&[1; 5], &mut place), Err(SignError::Key));
        assert_eq!(place, [0; 4]);
        assert_eq!(put(&[1; 4], &mut place), Ok(4));
        assert_eq!(place, [1; 4]);
    }
}
