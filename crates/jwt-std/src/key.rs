//! Keys: read from whatever form they come in, then bound to one algorithm.

use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use jwt_core::{Algorithm, KeyError as CoreKeyError};
use zeroize::Zeroizing;

use crate::key_file::{self, JwkHints, KeyMaterial, MAX_KEY_FILE_LEN, OctSecret};
use crate::{KeyError, KeyForm};

mod generate;
mod note;
mod secret_file;
mod signing;
mod verifying;

pub use generate::{generate_rsa_pkcs8_pem, generate_secret};
pub use note::KeyNote;
pub use secret_file::read_secret_file;
pub use signing::SigningKey;
pub use verifying::VerifyingKey;

/// A key that has been read and is not bound to an algorithm yet.
///
/// [`SigningKey::from_file`] and [`VerifyingKey::from_file`] do in one step what this does in two; the two are for
/// programs that ask the key what it can do.
pub struct Key {
    material: KeyMaterial,
    /// `None` for a secret that was not read from a key file.
    form: Option<KeyForm>,
    notes: Vec<KeyNote>,
    jwk: JwkHints,
}

impl Key {
    /// Reads a key file. What it is, is seen from its content, never from its name; a FIFO or a device is read, too. A
    /// file with a secret in it that others can read is [noted](KeyNote::ReadableByOthers).
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
        let file = key_file::read(bytes, passphrase)?;
        let notes = file.notes.into_iter().map(KeyNote::from).collect();
        Ok(Self { material: file.material, form: Some(file.form), notes, jwk: file.jwk })
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
        let material = KeyMaterial::Oct(OctSecret(Zeroizing::new(secret.to_vec())));
        Ok(Self { material, form: None, notes: Vec::new(), jwk: JwkHints::default() })
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
            KeyMaterial::RsaPublic(_) => {
                // Only a secret has no form, and a secret is no public key.
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
            (_, Some(public)) => VerifyingKey::rsa(public, algorithm),
            (_, None) => Err(KeyError::Generate),
        }
    }

    /// The algorithms that this key can be used with; of a JWK with `alg`, that one.
    pub fn algorithms(&self) -> Vec<Algorithm> {
        Algorithm::ALL.into_iter().filter(|&algorithm| self.fits(algorithm).is_ok()).collect()
    }

    /// The first of [`algorithms`](Self::algorithms): HS256 for a secret, RS256 for an RSA key, unless a JWK says
    /// otherwise.
    pub fn default_algorithm(&self) -> Option<Algorithm> {
        self.algorithms().first().copied()
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
            (_, Some(public)) => {
                let bits = public.bits();
                (bits < 2048).then_some(jwt_core::ModulusError::TooShort { bits }.into())
            }
            (_, None) => None,
        }
    }

    /// What the file is; `None` for a secret that came from no key file.
    pub const fn form(&self) -> Option<KeyForm> {
        self.form
    }

    /// What a user may want to know about the key.
    pub fn notes(&self) -> &[KeyNote] {
        &self.notes
    }

    /// The `kid` of a JWK.
    pub fn kid(&self) -> Option<&str> {
        self.jwk.kid.as_deref()
    }

    /// Whether it holds anything that must not be known to others.
    pub const fn is_secret(&self) -> bool {
        !matches!(self.material, KeyMaterial::RsaPublic(_))
    }

    /// The length of the modulus of an RSA key, or of a secret, in bits.
    pub fn bits(&self) -> usize {
        match (&self.material, self.material.public()) {
            (_, Some(public)) => public.bits(),
            (KeyMaterial::Oct(secret), _) => secret.0.len() * 8,
            (_, None) => 0,
        }
    }

    /// "RSA private key", "RSA public key" or "secret".
    pub const fn kind(&self) -> &'static str {
        match self.material {
            KeyMaterial::RsaPrivate(_) => "RSA private key",
            KeyMaterial::RsaPublic(_) => "RSA public key",
            KeyMaterial::Oct(_) => "secret",
        }
    }

    /// The public key as PEM, a SubjectPublicKeyInfo (RFC 7468 §13). `None` for a secret.
    pub fn public_key_pem(&self) -> Option<String> {
        self.material.public().and_then(generate::public_key_pem)
    }

    fn refuse_weakness(&self, algorithm: Algorithm) -> Result<(), KeyError> {
        self.fits(algorithm)?;
        self.weakness(algorithm).map_or(Ok(()), |weakness| Err(weakness.into()))
    }

    /// Whether the key is of the kind that the algorithm needs, and not reserved for another one.
    fn fits(&self, algorithm: Algorithm) -> Result<(), KeyError> {
        let (key, fits, suggestion) = match self.material {
            KeyMaterial::Oct(_) => ("a secret", algorithm.is_hmac(), Algorithm::HS256),
            _ => ("an RSA key", algorithm.is_rsa(), Algorithm::RS256),
        };
        match &self.jwk.alg {
            _ if !fits => Err(KeyError::WrongAlgorithm { key, requested: algorithm, suggestion }),
            Some(declared) if declared != algorithm.name() => {
                Err(KeyError::DeclaredAlgorithm { declared: declared.clone(), requested: algorithm })
            }
            _ => Ok(()),
        }
    }

    fn check_use(&self, algorithm: Algorithm, operation: &'static str) -> Result<(), KeyError> {
        self.fits(algorithm)?;
        if let Some(found) = self.jwk.use_.as_deref().filter(|found| *found != "sig") {
            return Err(KeyError::NotForThisUse {
                found: format!("its use is {found:?}"),
                needed: "\"sig\"",
            });
        }
        match &self.jwk.key_ops {
            Some(operations) if !operations.iter().any(|found| found == operation) => {
                let needed = if operation == "sign" { "\"sign\"" } else { "\"verify\"" };
                Err(KeyError::NotForThisUse { found: format!("its key_ops are {operations:?}"), needed })
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

/// Reads at most one byte more than `max`, so that what is too long is seen to be; also returns the file's mode, if
/// others can read it.
fn read_bounded(path: &Path, max: usize) -> Result<(Zeroizing<Vec<u8>>, Option<u32>), KeyError> {
    let failed = |error| KeyError::Io { path: path.into(), error };
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(failed(std::io::ErrorKind::IsADirectory.into()));
    }
    // Room for all of it at once: a buffer that grows leaves copies of the secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(max + 1));
    file.take(max as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok((bytes, note::mode_open_to_others(&metadata)))
}
