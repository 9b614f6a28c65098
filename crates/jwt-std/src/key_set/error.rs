//! Errors of key sets.

use std::fmt;
use std::io;
use std::path::PathBuf;

use jwt_core::Algorithm;
use jwt_core::json::JsonError;

use crate::{KeyError, io_words};

/// Why a JWK Set was not read, or has no key for a token.
#[derive(Debug)]
#[non_exhaustive]
pub enum KeySetError {
    /// The file could not be read.
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is longer than a JWK Set may be.
    TooLarge {
        /// The limit, in bytes.
        max: usize,
    },
    /// It is not strict JSON.
    Json(JsonError),
    /// It is JSON, and has no array `keys`.
    NotASet,
    /// It has more keys than a JWK Set may have.
    TooManyKeys {
        /// The limit.
        max: usize,
    },
    /// The token's algorithm is none that the application accepts.
    AlgorithmNotAllowed {
        /// The token's `alg`.
        found: String,
        /// What is accepted.
        allowed: Vec<Algorithm>,
    },
    /// No key has the token's `kid`.
    UnknownKid {
        /// The token's `kid`.
        kid: String,
    },
    /// No key that the token may be signed with is for its algorithm.
    NoFittingKey {
        /// The token's `kid`.
        kid: Option<String>,
        /// The token's algorithm.
        algorithm: Algorithm,
    },
    /// The token may be signed with any of too many keys to try them all.
    TooManyFit {
        /// The `kid` of each of these keys.
        kids: Vec<Option<String>>,
        /// Most that are tried.
        max: usize,
    },
    /// There is no set to choose from: it could not be fetched.
    #[cfg(feature = "remote")]
    Unavailable(crate::FetchError),
}

impl KeySetError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "key_set_io",
            Self::TooLarge { .. } => "key_set_too_large",
            Self::Json(error) => error.code(),
            Self::NotASet => "not_a_key_set",
            Self::TooManyKeys { .. } => "too_many_keys",
            Self::AlgorithmNotAllowed { .. } => "algorithm_not_allowed",
            Self::UnknownKid { .. } => "unknown_kid",
            Self::NoFittingKey { .. } => "no_fitting_key",
            Self::TooManyFit { .. } => "too_many_fitting_keys",
            #[cfg(feature = "remote")]
            Self::Unavailable(error) => error.code(),
        }
    }
}

impl fmt::Display for KeySetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, error } => write!(f, "{}: {}", path.display(), io_words(error)),
            Self::TooLarge { max } => write!(f, "the JWK Set is longer than {max} bytes"),
            Self::Json(error) => write!(f, "the JWK Set is not strict JSON: {error}"),
            Self::NotASet => f.write_str("this is no JWK Set: it has no array \"keys\""),
            Self::TooManyKeys { max } => write!(f, "the JWK Set has more than {max} keys"),
            Self::AlgorithmNotAllowed { found, allowed } => {
                write!(f, "the token says it is signed with {found:?}, accepted is ")?;
                list(f, allowed.iter().map(ToString::to_string))
            }
            Self::UnknownKid { kid } => write!(f, "no usable key of the JWK Set has the kid {kid:?}"),
            Self::NoFittingKey { kid: Some(kid), algorithm } => {
                write!(f, "the key with the kid {kid:?} is not for {algorithm}")
            }
            Self::NoFittingKey { kid: None, algorithm } => {
                write!(f, "no usable key of the JWK Set is for {algorithm}")
            }
            Self::TooManyFit { kids, max } => {
                write!(f, "{} keys of the JWK Set fit the token, at most {max} are tried: ", kids.len())?;
                list(
                    f,
                    kids.iter()
                        .map(|kid| kid.as_ref().map_or("one without kid".into(), |kid| format!("{kid:?}"))),
                )
            }
            #[cfg(feature = "remote")]
            Self::Unavailable(error) => write!(f, "the JWK Set could not be fetched: {error}"),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, mut items: impl Iterator<Item = String>) -> fmt::Result {
    f.write_str(items.next().as_deref().unwrap_or("nothing"))?;
    items.try_for_each(|item| write!(f, ", {item}"))
}

impl std::error::Error for KeySetError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Json(error) => Some(error),
            #[cfg(feature = "remote")]
            Self::Unavailable(error) => Some(error),
            _ => None,
        }
    }
}

/// A key of a JWK Set that is not used.
#[derive(Debug)]
#[non_exhaustive]
pub struct SkippedKey {
    /// Its place in the set, from 0.
    pub index: usize,
    /// Its `kid`, if it could be read.
    pub kid: Option<String>,
    /// Why it is not used.
    pub reason: SkipReason,
}

impl fmt::Display for SkippedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key {} of the JWK Set", self.index + 1)?;
        if let Some(kid) = &self.kid {
            write!(f, ", {kid:?},")?;
        }
        write!(f, " is skipped: {}", self.reason)
    }
}

/// Why a key of a JWK Set is not used.
#[derive(Debug)]
#[non_exhaustive]
pub enum SkipReason {
    /// It is not even a JSON object.
    NotAnObject,
    /// It is symmetric, and the set may be public.
    Symmetric,
    /// It is private, and came from a server: whoever could read it can sign with it.
    Private,
    /// It is not known, not well-formed, too weak, or not for verifying.
    Key(KeyError),
}

impl SkipReason {
    /// The stable, machine-readable name of this reason.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAnObject => "not_an_object",
            Self::Symmetric => "symmetric_key",
            Self::Private => "private_key",
            Self::Key(error) => error.code(),
        }
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => f.write_str("it is not a JSON object"),
            Self::Symmetric => {
                f.write_str("it is symmetric, and whoever can read the set could sign with it")
            }
            Self::Private => {
                f.write_str("it is private and was handed out by a server: others may have it, too")
            }
            Self::Key(error) => error.fmt(f),
        }
    }
}
