//! Making keys.

use ::rsa::pkcs1::EncodeRsaPrivateKey as _;
use getrandom::SysRng;
use jwt_core::{Algorithm, KeyError as CoreKeyError, KeyKind, ModulusError};
use zeroize::Zeroizing;

use super::Key;
use super::signing::min_secret_len;
use crate::KeyError;
use crate::key_file::{KeyMaterial, OctSecret, PrivateOctets, RsaPrivateParts, field_len};

/// The length of an RSA modulus that nobody asked for, in bits: that of a 128-bit symmetric key (NIST SP 800-57).
const DEFAULT_MODULUS_BITS: usize = 3072;

/// The longest secret that is made, in bits. The hash of HMAC adds nothing to longer ones than its block.
const MAX_SECRET_BITS: usize = 1024;

impl Key {
    /// Makes a key for `algorithm` with the random numbers of the operating system.
    ///
    /// `bits` is the length of an RSA modulus, 2048 to 8192 in steps of 8 (default: 3072), or of a secret, from the hash
    /// output on to 1024 in steps of 8 (default: the hash output). Every other kind of key has one length, and `None`
    /// asks for it.
    ///
    /// ```
    /// use jwt_std::{Algorithm, Key};
    ///
    /// let key = Key::generate(Algorithm::ES256, None)?;
    /// assert!(key.to_pkcs8_pem()?.starts_with("-----BEGIN PRIVATE KEY-----"));
    /// # Ok::<(), jwt_std::KeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError`] if there are no such `bits`, or the operating system's random number generator fails.
    pub fn generate(algorithm: Algorithm, bits: Option<usize>) -> Result<Self, KeyError> {
        let material = match algorithm.key_kind() {
            KeyKind::Secret => KeyMaterial::Oct(OctSecret(secret(algorithm, bits)?)),
            KeyKind::Rsa => KeyMaterial::RsaPrivate(rsa(bits.unwrap_or(DEFAULT_MODULUS_BITS))?),
            kind => KeyMaterial::Private(octets(kind)?),
        };
        let key = Self::new(material);
        match bits {
            Some(bits) if bits != key.bits() => Err(KeyError::Bits { algorithm, bits }),
            _ => Ok(key),
        }
    }
}

/// Makes an RSA key pair with the public exponent 65537 and returns the private key as PKCS#8 PEM (RFC 7468 §10);
/// [`Key::public_key_pem`](crate::Key::public_key_pem) has the public one.
///
/// `bits` is the length of the modulus: 2048 to 8192, in steps of 8.
///
/// # Errors
///
/// [`KeyError`] if `bits` is none of these, or the operating system's random number generator fails.
pub fn generate_rsa_pkcs8_pem(bits: usize) -> Result<Zeroizing<String>, KeyError> {
    Key::generate(Algorithm::RS256, Some(bits))?.to_pkcs8_pem()
}

/// Makes a random secret for an HMAC algorithm, as long as its hash output, written as base64url text: the text itself
/// is the secret, so that it can be put into a file or an environment variable.
///
/// # Errors
///
/// [`KeyError`] if the algorithm is not HMAC, or the operating system's random number generator fails.
pub fn generate_secret(algorithm: Algorithm) -> Result<Zeroizing<String>, KeyError> {
    use base64ct::Encoding as _;
    // As many characters as the algorithm needs bytes, at least; as much randomness, too.
    let random = secret(algorithm, None)?;
    Ok(Zeroizing::new(base64ct::Base64UrlUnpadded::encode_string(&random)))
}

fn secret(algorithm: Algorithm, bits: Option<usize>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let min = min_secret_len(algorithm).ok_or(KeyError::wrong_algorithm(KeyKind::Secret, algorithm))?;
    let len = match bits {
        None => min,
        Some(bits) if bits.is_multiple_of(8) && (min * 8..=MAX_SECRET_BITS).contains(&bits) => bits / 8,
        Some(bits) => return Err(KeyError::Bits { algorithm, bits }),
    };
    random(len)
}

fn rsa(bits: usize) -> Result<RsaPrivateParts, KeyError> {
    match bits {
        0..2048 => return Err(CoreKeyError::from(ModulusError::TooShort { bits }).into()),
        2048..=8192 if bits.is_multiple_of(8) => {}
        2048..=8192 => return Err(CoreKeyError::from(ModulusError::NotWholeBytes { bits }).into()),
        _ => return Err(CoreKeyError::from(ModulusError::TooLong { bits, max: 8192 }).into()),
    }
    let key = ::rsa::PrivateKey::new(&mut SysRng, bits).map_err(|_| KeyError::Generate)?;
    let der = key.to_pkcs1_der().map_err(|_| KeyError::Generate)?;
    RsaPrivateParts::from_pkcs1(der.as_bytes()).map_err(|_| KeyError::Generate)
}

/// A key on a curve, an Ed25519 key or an ML-DSA key.
fn octets(kind: KeyKind) -> Result<PrivateOctets, KeyError> {
    /// The order of no curve is so far below a power of two that half of all numbers are out of range.
    const MOST_TRIES: usize = 128;
    for _ in 0..MOST_TRIES {
        let mut secret = random(field_len(kind).unwrap_or(32))?;
        if let (KeyKind::P521, Some(first)) = (kind, secret.first_mut()) {
            // 521 bits are 65 bytes and one bit.
            *first &= 1;
        }
        match PrivateOctets::new(kind, &secret) {
            Err(CoreKeyError::PrivateKeyOutOfRange) => {}
            other => return Ok(other?),
        }
    }
    Err(KeyError::Generate)
}

fn random(len: usize) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut random = Zeroizing::new(vec![0; len]);
    getrandom::fill(&mut random).map_err(|_| KeyError::Generate)?;
    Ok(random)
}
