//! Keys: read from whatever form they come in, then bound to one algorithm.

use std::fmt;
use std::io::Read as _;
use std::path::Path;

use jwt_core::{Algorithm, KeyError as CoreKeyError, KeyKind};
use zeroize::Zeroizing;

use crate::key_file::{
    self, JwkHints, KeyFile, KeyMaterial, MAX_KEY_FILE_LEN, OctSecret, PublicHalf, RsaScheme,
};
use crate::{InputFile, KeyError, KeyForm};

#[cfg(feature = "aws-lc")]
mod aws_lc;
mod generate;
mod note;
mod secret_file;
mod signing;
mod thumbprint;
mod verifying;
mod write;

pub use generate::{generate_rsa_pkcs8_pem, generate_secret};
pub use note::KeyNote;
pub use secret_file::read_secret_file;
pub use signing::SigningKey;
pub use verifying::VerifyingKey;
pub use write::Jwk;

/// A key that has been read and is not bound to an algorithm yet.
///
/// [`SigningKey::from_file`] and [`VerifyingKey::from_file`] do in one step what this does in two; the two are for
/// programs that ask the key what it can do.
pub struct Key {
    material: KeyMaterial,
    /// `None` for a key that was not read from a key file.
    form: Option<KeyForm>,
    notes: Vec<KeyNote>,
    jwk: JwkHints,
    rsa_scheme: RsaScheme,
}

impl Key {
    /// Reads a key file. What it is, is seen from its content, never from its name; a FIFO or a device is read, too
    /// ([`InputFile`]). A file with a secret in it that others can read is [noted](KeyNote::ReadableByOthers).
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what the file is and what was wanted.
    pub fn from_file(path: impl AsRef<Path>, passphrase: Option<&[u8]>) -> Result<Self, KeyError> {
        let path = path.as_ref();
        let (bytes, mode) = read_bounded(path, MAX_KEY_FILE_LEN)?;
        let mut key = Self::from_bytes(&bytes, passphrase)?;
        if key.is_secret() {
            key.notes.extend(mode.map(|mode| KeyNote::ReadableByOthers { mode }));
        }
        Ok(key)
    }

    /// Reads the content of a key file.
    ///
    /// # Errors
    ///
    /// As for [`from_file`](Self::from_file).
    pub fn from_bytes(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<Self, KeyError> {
        Ok(Self::of_file(key_file::read(bytes, passphrase)?))
    }

    /// Reads what a verifier needs of a JWK that others may have written: the public half, or a symmetric key.
    pub(crate) fn from_public_jwk(text: &str) -> Result<Self, KeyError> {
        Ok(Self::of_file(key_file::read_public_jwk(text)?))
    }

    fn of_file(file: KeyFile) -> Self {
        let notes = file.notes.into_iter().map(KeyNote::from).collect();
        let key = Self::new(file.material);
        // A JWK for one PS algorithm is restricted to it, as PKCS#8 can be, and stays so in every form.
        let declared = file.jwk.alg.as_deref().and_then(|alg| alg.parse().ok());
        let rsa_scheme = match declared {
            Some(alg @ (Algorithm::PS256 | Algorithm::PS384 | Algorithm::PS512)) => RsaScheme::PssWith(alg),
            _ => file.rsa_scheme,
        };
        Self { form: Some(file.form), notes, jwk: file.jwk, rsa_scheme, ..key }
    }

    /// A secret for HMAC, its raw bytes.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if it is empty, or is itself a key file: a public key must never become a secret.
    pub fn from_secret(secret: &[u8]) -> Result<Self, KeyError> {
        if let Some(form) = key_file::recognise(secret) {
            return Err(KeyError::NotASecret { form });
        }
        // The core has the last word on what is empty and what is no secret.
        jwt_core::HmacKey::<jwt_core::Hs256>::new_allowing_weak(secret)?;
        Ok(Self::new(KeyMaterial::Oct(OctSecret(Zeroizing::new(secret.to_vec())))))
    }

    /// The key to sign with.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if this is a public key, is for other algorithms or another use, or is shorter than the algorithm
    /// needs.
    pub fn signing_key(&self, algorithm: Algorithm) -> Result<SigningKey, KeyError> {
        self.refuse_weakness(algorithm)?;
        self.signing_key_allowing_weak(algorithm)
    }

    /// As [`signing_key`](Self::signing_key), for keys of any length.
    ///
    /// # Security
    ///
    /// Whoever has a token can guess a short secret.
    ///
    /// # Errors
    ///
    /// As for [`signing_key`](Self::signing_key).
    pub fn signing_key_allowing_weak(&self, algorithm: Algorithm) -> Result<SigningKey, KeyError> {
        self.check_use(algorithm, "sign")?;
        match &self.material {
            KeyMaterial::Oct(secret) => SigningKey::hmac(&secret.0, algorithm),
            KeyMaterial::RsaPrivate(private) => SigningKey::rsa(private, algorithm),
            KeyMaterial::Private(private) => SigningKey::octets(private, algorithm),
            KeyMaterial::RsaPublic(_) | KeyMaterial::Public(_) => {
                // Only what was made here has no form, and no public key is.
                Err(KeyError::PublicOnly { form: self.form.unwrap_or(KeyForm::OpenSshPublic) })
            }
        }
    }

    /// The key to verify with: of a private key, its public half.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if this key is for other algorithms or another use, or is shorter than the algorithm needs.
    pub fn verifying_key(&self, algorithm: Algorithm) -> Result<VerifyingKey, KeyError> {
        self.refuse_weakness(algorithm)?;
        self.verifying_key_allowing_weak(algorithm)
    }

    /// As [`verifying_key`](Self::verifying_key), for keys of any length.
    ///
    /// # Security
    ///
    /// Whoever has a token can guess a short secret.
    ///
    /// # Errors
    ///
    /// As for [`verifying_key`](Self::verifying_key).
    pub fn verifying_key_allowing_weak(&self, algorithm: Algorithm) -> Result<VerifyingKey, KeyError> {
        self.check_use(algorithm, "verify")?;
        match (&self.material, self.material.public()) {
            (KeyMaterial::Oct(secret), _) => VerifyingKey::hmac(&secret.0, algorithm),
            (_, Some(PublicHalf::Rsa(public))) => VerifyingKey::rsa(public, algorithm),
            (_, Some(PublicHalf::Octets(public))) => VerifyingKey::octets(public, algorithm),
            (_, None) => Err(KeyError::wrong_algorithm(self.key_kind(), algorithm)),
        }
    }

    /// Whether [`verifying_key`](Self::verifying_key) would be made, as far as that is seen without making it.
    pub(crate) fn check_verifying(&self, algorithm: Algorithm) -> Result<(), KeyError> {
        self.refuse_weakness(algorithm)?;
        self.check_use(algorithm, "verify")
    }

    /// The algorithms that this key can be used with; of a JWK with `alg`, that one.
    pub fn algorithms(&self) -> Vec<Algorithm> {
        Algorithm::ALL.into_iter().filter(|&algorithm| self.fits(algorithm).is_ok()).collect()
    }

    /// The algorithm that a JWK names, or else the first of [`algorithms`](Self::algorithms): HS256 for a secret, RS256
    /// for an RSA key, EdDSA for an Ed25519 key, and the only one for every other key.
    pub fn default_algorithm(&self) -> Option<Algorithm> {
        let declared = self.jwk.alg.as_deref().and_then(|name| name.parse().ok());
        declared
            .filter(|&algorithm| self.fits(algorithm).is_ok())
            .or_else(|| self.algorithms().first().copied())
    }

    /// The `alg` of a JWK, whatever it says.
    pub fn declared_algorithm(&self) -> Option<&str> {
        self.jwk.alg.as_deref()
    }

    /// What speaks against the key's length for `algorithm`: RFC 7518 §3.2 and §3.3.
    pub fn weakness(&self, algorithm: Algorithm) -> Option<CoreKeyError> {
        match (&self.material, self.material.public()) {
            (KeyMaterial::Oct(secret), _) => {
                let (len, min) = (secret.0.len(), signing::min_secret_len(algorithm)?);
                (len < min).then_some(CoreKeyError::KeyTooShort { len, min })
            }
            (_, Some(PublicHalf::Rsa(public))) => {
                let bits = public.bits();
                (bits < 2048).then_some(jwt_core::ModulusError::TooShort { bits }.into())
            }
            _ => None,
        }
    }

    /// What the file is; `None` for a key that came from no key file.
    pub const fn form(&self) -> Option<KeyForm> {
        self.form
    }

    /// What a user may want to know about the key.
    pub fn notes(&self) -> &[KeyNote] {
        &self.notes
    }

    /// The `use` of a JWK, such as `sig` or `enc`, whatever it says.
    pub fn declared_use(&self) -> Option<&str> {
        self.jwk.use_.as_deref()
    }

    /// The `key_ops` of a JWK, such as `sign` and `verify`, whatever they say.
    pub fn declared_operations(&self) -> Option<&[String]> {
        self.jwk.key_ops.as_deref()
    }

    /// The `kid` of a JWK.
    pub fn kid(&self) -> Option<&str> {
        self.jwk.kid.as_deref()
    }

    /// Whether it holds anything that must not be known to others.
    pub const fn is_secret(&self) -> bool {
        !matches!(self.material, KeyMaterial::RsaPublic(_) | KeyMaterial::Public(_))
    }

    /// The length in bits: of the modulus of an RSA key, of the field of a curve, of a secret, of an ML-DSA public key.
    pub fn bits(&self) -> usize {
        match (&self.material, self.material.public()) {
            (_, Some(PublicHalf::Rsa(public))) => public.bits(),
            (_, Some(PublicHalf::Octets(public))) => match public.kind() {
                KeyKind::P384 => 384,
                KeyKind::P521 => 521,
                KeyKind::P256 | KeyKind::Secp256k1 | KeyKind::Ed25519 => 256,
                _ => public.bytes().len() * 8,
            },
            (KeyMaterial::Oct(secret), _) => secret.0.len() * 8,
            (_, None) => 0,
        }
    }

    /// What kind of key it is, whether private or public.
    pub const fn key_kind(&self) -> KeyKind {
        self.material.kind()
    }

    /// In words: "RSA private key", "P-256 public key" or "secret", for example.
    pub const fn kind(&self) -> &'static str {
        let (private, public) = match self.key_kind() {
            KeyKind::Secret => ("secret", "secret"),
            KeyKind::Rsa => ("RSA private key", "RSA public key"),
            KeyKind::P256 => ("P-256 private key", "P-256 public key"),
            KeyKind::P384 => ("P-384 private key", "P-384 public key"),
            KeyKind::P521 => ("P-521 private key", "P-521 public key"),
            KeyKind::Secp256k1 => ("secp256k1 private key", "secp256k1 public key"),
            KeyKind::Ed25519 => ("Ed25519 private key", "Ed25519 public key"),
            KeyKind::MlDsa44 => ("ML-DSA-44 private key", "ML-DSA-44 public key"),
            KeyKind::MlDsa65 => ("ML-DSA-65 private key", "ML-DSA-65 public key"),
            KeyKind::MlDsa87 => ("ML-DSA-87 private key", "ML-DSA-87 public key"),
            _ => ("private key", "public key"),
        };
        if self.is_secret() { private } else { public }
    }

    fn new(material: KeyMaterial) -> Self {
        Self { material, form: None, notes: Vec::new(), jwk: JwkHints::default(), rsa_scheme: RsaScheme::Any }
    }

    fn refuse_weakness(&self, algorithm: Algorithm) -> Result<(), KeyError> {
        self.fits(algorithm)?;
        self.weakness(algorithm).map_or(Ok(()), |weakness| Err(weakness.into()))
    }

    /// Whether the key is of the kind that the algorithm needs, and not reserved for another one.
    fn fits(&self, algorithm: Algorithm) -> Result<(), KeyError> {
        let kind = self.key_kind();
        if algorithm.key_kind() != kind {
            return Err(KeyError::wrong_algorithm(kind, algorithm));
        }
        if !self.rsa_scheme.permits(algorithm) {
            let suggestion = self.rsa_scheme.suggestion();
            return Err(KeyError::Restricted { requested: algorithm, suggestion });
        }
        match &self.jwk.alg {
            Some(declared) if !declared.parse().is_ok_and(|only: Algorithm| only.accepts(algorithm)) => {
                Err(KeyError::DeclaredAlgorithm { declared: shortened(declared), requested: algorithm })
            }
            _ => Ok(()),
        }
    }

    fn check_use(&self, algorithm: Algorithm, operation: &'static str) -> Result<(), KeyError> {
        self.fits(algorithm)?;
        self.refuse_other_use(operation)
    }

    /// Refuses what the `use` and the `key_ops` of a JWK do not allow.
    fn refuse_other_use(&self, operation: &'static str) -> Result<(), KeyError> {
        if let Some(found) = self.jwk.use_.as_deref().filter(|found| *found != "sig") {
            return Err(KeyError::NotForThisUse {
                found: format!("its use is {:?}", shortened(found)),
                needed: "\"sig\"",
            });
        }
        match &self.jwk.key_ops {
            Some(operations) if !operations.iter().any(|found| found == operation) => {
                let needed = if operation == "sign" { "\"sign\"" } else { "\"verify\"" };
                let found = shortened(&operations.join(", "));
                Err(KeyError::NotForThisUse { found: format!("its key_ops are {found:?}"), needed })
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("kind", &self.kind()).field("bits", &self.bits()).finish_non_exhaustive()
    }
}

/// The beginning of a text of others, short enough for an error.
fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}

/// Reads at most one byte more than `max`, so that what is too long is seen to be; also returns the file's mode, if
/// others can read it.
pub(crate) fn read_bounded(path: &Path, max: usize) -> Result<(Zeroizing<Vec<u8>>, Option<u32>), KeyError> {
    let failed = |error| KeyError::Io { path: path.into(), error };
    let file = InputFile::open(path).map_err(failed)?;
    let mode = note::mode_open_to_others(file.metadata());
    // Room for all of it at once: a buffer that grows leaves copies of the secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(max + 1));
    file.take(max as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok((bytes, mode))
}
