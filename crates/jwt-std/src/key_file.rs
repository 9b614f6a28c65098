//! Reading key files: the content decides what a file is, never its name.
//!
//! | form | plain | encrypted |
//! | --- | --- | --- |
//! | OpenSSH private key | yes | every cipher of `ssh-keygen -Z` |
//! | OpenSSH public key, one line or RFC 4716 | yes | |
//! | PKCS#1 (RSA), SEC1 (EC) | PEM, DER | `Proc-Type: 4,ENCRYPTED` PEM: AES-CBC, DES-EDE3-CBC |
//! | PKCS#8 | PEM, DER | PBES2: PBKDF2 or scrypt; AES-CBC, DES-EDE3-CBC |
//! | SubjectPublicKeyInfo | PEM, DER | |
//! | X.509 certificate, for its public key | PEM, DER | |
//! | JWK: `oct`, `RSA`, `EC`, `OKP`, `AKP` | yes | |
//!
//! The keys are RSA keys, EC keys on P-256, P-384, P-521 and secp256k1 with a named curve, Ed25519 keys and ML-DSA
//! keys with their seed, as far as a form can hold them.
//!
//! Text around a PEM block, any line ending, a byte order mark, a literal `\n` from an environment variable, a PEM
//! file on one line, base64 without its armour, and base64 of a whole file are read too. Text that begins with `{` is a
//! JWK or no key, whatever stands in its members. Whatever is not read is named: see [`KeyFileError`] and [`Foreign`].
//!
//! # Security
//!
//! A certificate is a container here: its signature, its names and its issuer are not looked at, and whoever
//! passes one says that its key is trusted. Its validity is handed back as a note, for the caller's clock.
//!
//! Key files can be hostile. The work is bounded: a file has at most [`MAX_KEY_FILE_LEN`] bytes and at most
//! [`MAX_PEM_BLOCKS`](bundle::MAX_PEM_BLOCKS) PEM blocks, of which one encrypted one is opened; the key derivations
//! stop at [`MAX_BCRYPT_ROUNDS`](openssh::MAX_BCRYPT_ROUNDS), [`MAX_PBKDF2_ITERATIONS`](pbes2::MAX_PBKDF2_ITERATIONS)
//! and [`MAX_SCRYPT_MEMORY`](pbes2::MAX_SCRYPT_MEMORY); an RSA modulus has at most
//! [`MAX_MODULUS_BITS`](rsa::MAX_MODULUS_BITS).
//!
//! Private members are checked against the public ones. Buffers that held secrets are overwritten, and secrets are
//! decoded from base64 in constant time. The length of a secret is not hidden.

mod asn1;
mod bundle;
mod cbc;
mod certificate;
mod contents;
mod ec;
mod error;
mod foreign;
mod form;
mod jwk;
mod key_type;
mod legacy_pem;
mod ml_dsa;
mod name;
mod octets;
mod openssh;
mod openssh_public;
mod pbes2;
mod pem;
mod rsa;
mod rsa_scheme;
mod ssh_wire;
#[cfg(test)]
mod tests;

use jwt_core::KeyKind;
use zeroize::Zeroizing;

pub(crate) use self::jwk::{JwkHints, JwkOutline};
pub(crate) use self::octets::{PrivateOctets, PublicOctets, field_len};
pub(crate) use self::openssh_public::curve_name as openssh_curve_name;
pub(crate) use self::rsa::{RsaPrivateParts, RsaPublicParts};
pub(crate) use self::rsa_scheme::RsaScheme;
pub use self::{
    error::KeyFileError,
    foreign::Foreign,
    form::{Encoding, KeyForm},
    name::Name,
};

/// Reads the public half of a JWK, or a symmetric one, and nothing else: no form of key file is looked for in it.
pub(crate) fn read_public_jwk(text: &str) -> Result<KeyFile, KeyFileError> {
    jwk::read_public(text.as_bytes())
}

/// Says what a JWK is about, without reading a key.
pub(crate) fn jwk_outline(text: &str) -> Result<JwkOutline, KeyFileError> {
    jwk::outline(text.as_bytes())
}

/// The longest key file that is read, in bytes. The largest key files in use have about 15 KiB.
pub(crate) const MAX_KEY_FILE_LEN: usize = 256 * 1024;

/// What a key file holds, and what it is.
#[derive(Debug)]
pub(crate) struct KeyFile {
    /// The key, still independent of any algorithm.
    pub(crate) material: KeyMaterial,
    /// What the file, or the part of it that was used, is.
    pub(crate) form: KeyForm,
    /// What a user may want to know about it.
    pub(crate) notes: Vec<KeyNote>,
    /// What a JWK says about its use; empty for every other form.
    pub(crate) jwk: JwkHints,
    /// What the file says an RSA key is for.
    pub(crate) rsa_scheme: RsaScheme,
}

/// A key, still independent of any algorithm.
///
/// Its `Debug` output shows public members only.
#[derive(Debug)]
pub(crate) enum KeyMaterial {
    /// An RSA private key, checked against its public half.
    RsaPrivate(RsaPrivateParts),
    /// An RSA public key.
    RsaPublic(RsaPublicParts),
    /// An EC, Ed25519 or ML-DSA private key, checked against its public half.
    Private(PrivateOctets),
    /// An EC, Ed25519 or ML-DSA public key.
    Public(PublicOctets),
    /// A secret for HMAC, from a JWK.
    Oct(OctSecret),
}

/// The public half of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PublicHalf<'a> {
    /// An RSA public key.
    Rsa(&'a RsaPublicParts),
    /// An EC, Ed25519 or ML-DSA public key.
    Octets(&'a PublicOctets),
}

/// The bytes of a symmetric secret.
pub(crate) struct OctSecret(pub(crate) Zeroizing<Vec<u8>>);

/// Something about a key file that is no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyNote {
    /// A passphrase was given, and the file is not encrypted.
    PassphraseNotNeeded,
    /// When the certificate is valid, in seconds since 1970-01-01T00:00:00Z, both ends included.
    CertificateValidity {
        /// `notBefore`.
        not_before: u64,
        /// `notAfter`.
        not_after: u64,
    },
    /// The file is a certificate chain; the key is that of its first certificate.
    FirstOfChain {
        /// The number of certificates.
        certificates: usize,
    },
    /// A public key or certificate stands beside the private key, which was taken.
    PublicBeside {
        /// Whether it, or one of them, belongs to the private key.
        matches: bool,
    },
    /// Keys of a type that is not supported were passed over.
    OtherKeysSkipped {
        /// How many.
        keys: usize,
    },
}

/// Reads a key file.
///
/// A passphrase for a file that is not encrypted is accepted, with a [note](KeyNote::PassphraseNotNeeded).
///
/// # Errors
///
/// [`KeyFileError`] says what was found and what to do.
pub(crate) fn read(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<KeyFile, KeyFileError> {
    if bytes.len() > MAX_KEY_FILE_LEN {
        return Err(KeyFileError::TooLarge { max: MAX_KEY_FILE_LEN });
    }
    let mut file = contents::read(bytes, passphrase)?;
    if passphrase.is_some() && !file.form.is_encrypted() {
        file.notes.push(KeyNote::PassphraseNotNeeded);
    }
    Ok(file)
}

/// Says what kind of key file `bytes` are, without opening it: `None` when they are none, such as a secret.
///
/// Bytes that only look like a key file, truncated or damaged ones, count as one: this guards HMAC secrets against
/// public keys (RFC 8725 §2.1), so a doubt is a yes.
pub(crate) fn recognise(bytes: &[u8]) -> Option<KeyForm> {
    contents::recognise(bytes)
}

impl KeyFile {
    fn new(material: KeyMaterial, form: KeyForm) -> Self {
        Self { material, form, notes: Vec::new(), jwk: JwkHints::default(), rsa_scheme: RsaScheme::Any }
    }
}

impl KeyMaterial {
    /// The public half, or `None` for a symmetric secret.
    pub(crate) const fn public(&self) -> Option<PublicHalf<'_>> {
        match self {
            Self::RsaPrivate(private) => Some(PublicHalf::Rsa(&private.public)),
            Self::RsaPublic(public) => Some(PublicHalf::Rsa(public)),
            Self::Private(private) => Some(PublicHalf::Octets(private.public())),
            Self::Public(public) => Some(PublicHalf::Octets(public)),
            Self::Oct(_) => None,
        }
    }

    /// What kind of key it is.
    pub(crate) const fn kind(&self) -> KeyKind {
        match self.public() {
            Some(PublicHalf::Rsa(_)) => KeyKind::Rsa,
            Some(PublicHalf::Octets(public)) => public.kind(),
            None => KeyKind::Secret,
        }
    }
}

impl std::fmt::Debug for OctSecret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OctSecret").finish_non_exhaustive()
    }
}
