//! Making keys.

use getrandom::SysRng;
use jwt_core::Algorithm;
use rsa::BoxedUint;
use rsa::pkcs8::{EncodePrivateKey as _, EncodePublicKey as _, LineEnding};
use zeroize::Zeroizing;

use super::signing::min_secret_len;
use crate::KeyError;
use crate::key_file::RsaPublicParts;

/// Makes an RSA key pair with the public exponent 65537 and returns the private key as PKCS#8 PEM (RFC 7468 §10);
/// [`Key::public_key_pem`](crate::Key::public_key_pem) has the public one.
///
/// `bits` is the length of the modulus: 2048 to 8192, in steps of 8.
///
/// # Errors
///
/// [`KeyError`] if `bits` is none of these, or the operating system's random number generator fails.
pub fn generate_rsa_pkcs8_pem(bits: usize) -> Result<Zeroizing<String>, KeyError> {
    use jwt_core::ModulusError;
    match bits {
        0..2048 => return Err(jwt_core::KeyError::from(ModulusError::TooShort { bits }).into()),
        2048..=8192 if bits.is_multiple_of(8) => {}
        2048..=8192 => return Err(jwt_core::KeyError::from(ModulusError::NotWholeBytes { bits }).into()),
        _ => return Err(jwt_core::KeyError::from(ModulusError::TooLong { bits, max: 8192 }).into()),
    }
    let key = rsa::PrivateKey::new(&mut SysRng, bits).map_err(|_| KeyError::Generate)?;
    key.to_pkcs8_pem(LineEnding::LF).map_err(|_| KeyError::Generate)
}

/// Makes a random secret for an HMAC algorithm, as long as its hash output, written as base64url text: the text itself
/// is the secret, so that it can be put into a file or an environment variable.
///
/// # Errors
///
/// [`KeyError`] if the algorithm is not HMAC, or the operating system's random number generator fails.
pub fn generate_secret(algorithm: Algorithm) -> Result<Zeroizing<String>, KeyError> {
    use base64ct::Encoding as _;
    let wrong =
        KeyError::WrongAlgorithm { key: "a secret", requested: algorithm, suggestion: Algorithm::HS256 };
    let len = min_secret_len(algorithm).ok_or(wrong)?;
    // As many characters as the algorithm needs bytes, at least; as much randomness, too.
    let mut random = Zeroizing::new(vec![0; len]);
    getrandom::fill(&mut random).map_err(|_| KeyError::Generate)?;
    Ok(Zeroizing::new(base64ct::Base64UrlUnpadded::encode_string(&random)))
}

/// A public key as PEM, a SubjectPublicKeyInfo.
pub(super) fn public_key_pem(public: &RsaPublicParts) -> Option<String> {
    let number = |bytes: &[u8]| BoxedUint::from_be_slice_vartime(bytes);
    let key = rsa::PublicKey::new_with_size_limits(number(&public.n), number(&public.e), 512..=8192).ok()?;
    key.to_public_key_pem(LineEnding::LF).ok()
}
