//! Errors of keys, of making tokens and of reading them.

use std::path::PathBuf;
use std::{fmt, io};

use jwt_core::{Algorithm, ClaimError, KeyKind, Malformed, SignError, VerifyError};

use crate::{KeyFileError, KeyForm, KeySetError};

/// Why a token was not accepted.
#[derive(Debug)]
#[non_exhaustive]
pub enum DecodeError {
    /// It is malformed, or not signed with the key.
    Verify(VerifyError),
    /// It is authentic; its claims do not fit the policy.
    Claim(ClaimError),
    /// It is valid; its claims do not fit the application's type.
    Deserialize(serde_json::Error),
    /// The key set has no key for it, or could not be had.
    KeySet(KeySetError),
}

impl DecodeError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Verify(error) => error.code(),
            Self::Claim(error) => error.code(),
            Self::Deserialize(_) => "claims_mismatch",
            Self::KeySet(error) => error.code(),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verify(error) => error.fmt(f),
            Self::Claim(error) => error.fmt(f),
            Self::Deserialize(error) => write!(f, "the claims do not fit the application's type: {error}"),
            Self::KeySet(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Deserialize(error) => Some(error),
            Self::KeySet(error) => Some(error),
            Self::Verify(_) | Self::Claim(_) => None,
        }
    }
}

impl From<KeySetError> for DecodeError {
    fn from(error: KeySetError) -> Self {
        Self::KeySet(error)
    }
}

impl From<Malformed> for DecodeError {
    fn from(error: Malformed) -> Self {
        Self::Verify(error.into())
    }
}

impl From<VerifyError> for DecodeError {
    fn from(error: VerifyError) -> Self {
        Self::Verify(error)
    }
}

impl From<ClaimError> for DecodeError {
    fn from(error: ClaimError) -> Self {
        Self::Claim(error)
    }
}

/// Why no token was made.
#[derive(Debug)]
#[non_exhaustive]
pub enum EncodeError {
    /// The claims do not serialize to JSON.
    Serialize(serde_json::Error),
    /// Signing failed, or a verifier would refuse the header or the claims.
    Sign(SignError),
}

impl EncodeError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Serialize(_) => "claims_not_serializable",
            Self::Sign(error) => error.code(),
        }
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Serialize(error) => write!(f, "the claims do not serialize to JSON: {error}"),
            Self::Sign(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EncodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Serialize(error) => Some(error),
            Self::Sign(_) => None,
        }
    }
}

impl From<SignError> for EncodeError {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

/// Why a key cannot be loaded or used.
#[derive(Debug)]
#[non_exhaustive]
pub enum KeyError {
    /// The file could not be read.
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The bytes are not a key that can be read here.
    File(KeyFileError),
    /// The key was read and is not acceptable.
    Key(jwt_core::KeyError),
    /// What was given as an HMAC secret is a key file, often one that everybody knows.
    NotASecret {
        /// What it is.
        form: KeyForm,
    },
    /// Signing needs a private key or a secret, and this is a public key.
    PublicOnly {
        /// What it is.
        form: KeyForm,
    },
    /// The key is of another kind than the algorithm asked for.
    WrongAlgorithm {
        /// What the key is.
        key: KeyKind,
        /// The algorithm asked for.
        requested: Algorithm,
        /// An algorithm that the key can be used with.
        suggestion: Algorithm,
    },
    /// The file says that its RSA key is for RSASSA-PSS only, or for that with one hash only (RFC 4055 §3.1).
    Restricted {
        /// The algorithm asked for.
        requested: Algorithm,
        /// An algorithm that the key can be used with.
        suggestion: Algorithm,
    },
    /// The JWK says that it is for another algorithm.
    DeclaredAlgorithm {
        /// Its `alg`.
        declared: String,
        /// The algorithm asked for.
        requested: Algorithm,
    },
    /// The JWK says that it is not for this: `use` is not `sig`, or `key_ops` lacks the operation.
    NotForThisUse {
        /// The member that says so, and what it says.
        found: String,
        /// What it would have to say.
        needed: &'static str,
    },
    /// Keys for the algorithm do not have that length.
    Bits {
        /// The algorithm.
        algorithm: Algorithm,
        /// The length asked for, in bits.
        bits: usize,
    },
    /// Keys of that kind are not written in that form.
    NoSuchForm {
        /// What the key is.
        key: KeyKind,
        /// The form: "an OpenSSH key", for example.
        form: &'static str,
    },
    /// A key could not be made: the random number generator of the operating system failed.
    Generate,
}

impl KeyError {
    /// The key is of another kind than the algorithm needs.
    pub(crate) fn wrong_algorithm(key: KeyKind, requested: Algorithm) -> Self {
        let mut fitting = Algorithm::ALL.into_iter().filter(|algorithm| algorithm.key_kind() == key);
        Self::WrongAlgorithm { key, requested, suggestion: fitting.next().unwrap_or(requested) }
    }

    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "key_io",
            Self::File(error) => error.code(),
            Self::Key(error) => error.code(),
            Self::NotASecret { .. } => "key_is_not_a_secret",
            Self::PublicOnly { .. } => "public_key",
            Self::WrongAlgorithm { .. } | Self::Restricted { .. } => "key_algorithm",
            Self::DeclaredAlgorithm { .. } => "jwk_algorithm",
            Self::NotForThisUse { .. } => "jwk_use",
            Self::Bits { .. } => "key_bits",
            Self::NoSuchForm { .. } => "key_form",
            Self::Generate => "rng_failed",
        }
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, error } => write!(f, "{}: {}", path.display(), io_words(error)),
            Self::File(error) => error.fmt(f),
            Self::Key(error) => error.fmt(f),
            Self::NotASecret { form } => {
                let form = form.with_article();
                write!(
                    f,
                    "this is {form}, not an HMAC secret; load it as a key, for it may be known to everybody"
                )
            }
            Self::PublicOnly { form: KeyForm::Jwk } => {
                f.write_str("this is a public JWK; signing needs the private one")
            }
            Self::PublicOnly { form } => {
                write!(f, "this is {}; signing needs the private one", form.with_article())
            }
            Self::WrongAlgorithm { key, requested, suggestion } => {
                write!(
                    f,
                    "{key} cannot be used with {requested}; it can be used with {suggestion}, for example"
                )
            }
            Self::Restricted { requested, suggestion } => {
                write!(
                    f,
                    "this RSA key is restricted to some PSS algorithms and cannot be used with {requested}; it can be \
                     used with {suggestion}"
                )
            }
            Self::DeclaredAlgorithm { declared, requested } => {
                write!(f, "this JWK is for {declared:?} only (its alg), not for {requested}")
            }
            Self::NotForThisUse { found, needed } => {
                write!(f, "this JWK is not for that: {found}, where {needed} is needed")
            }
            Self::Bits { algorithm, bits } => write!(f, "a key for {algorithm} cannot have {bits} bits"),
            Self::NoSuchForm { key, form } => write!(f, "{key} cannot be written as {form}"),
            Self::Generate => {
                f.write_str("no key was made: the operating system's random number generator failed")
            }
        }
    }
}

impl std::error::Error for KeyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::File(error) => Some(error),
            Self::Key(error) => Some(error),
            _ => None,
        }
    }
}

impl From<KeyFileError> for KeyError {
    fn from(error: KeyFileError) -> Self {
        Self::File(error)
    }
}

impl From<jwt_core::KeyError> for KeyError {
    fn from(error: jwt_core::KeyError) -> Self {
        Self::Key(error)
    }
}

/// An I/O error in lower case, without the number that only a programmer can read.
pub fn io_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::IsADirectory => "is a directory".into(),
        io::ErrorKind::NotADirectory => "a part of this path is not a folder".into(),
        io::ErrorKind::StorageFull => "no space is left".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".into(),
        io::ErrorKind::FileTooLarge => "the file is too large".into(),
        _ => error.to_string(),
    }
}
