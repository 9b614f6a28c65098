//! Why a token in the JSON serialization is not accepted.

use std::fmt;

use jwt_core::json::{JsonError, JsonKind};
use jwt_core::{MAX_TOKEN_LEN, SignError, VerifyError};

use super::MAX_SIGNATURES;

/// Why a token in the JSON serialization was not accepted, or not made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonTokenError {
    /// It is not a strict JSON object.
    Json(JsonError),
    /// It is an encrypted token (RFC 7516 §7.2), which this library does not read, or has parts of one.
    Encrypted,
    /// Longer than [`MAX_TOKEN_LEN`].
    TooLong {
        /// Length found, in bytes.
        len: usize,
    },
    /// A member that every token needs is absent.
    Missing {
        /// Which.
        member: &'static str,
    },
    /// A member has the wrong JSON type.
    WrongType {
        /// Which.
        member: &'static str,
        /// The type found.
        found: JsonKind,
    },
    /// General and flattened at once.
    Mixed,
    /// No signature at all.
    NoSignatures,
    /// More signatures than [`MAX_SIGNATURES`].
    TooManySignatures {
        /// How many.
        count: usize,
    },
    /// Fewer signatures hold than are required.
    Refused {
        /// The result of each.
        signatures: Vec<Result<(), SignatureError>>,
    },
    /// Signing failed.
    Sign(SignError),
}

impl JsonTokenError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::Encrypted => "encrypted_token",
            Self::TooLong { .. } => "token_too_long",
            Self::Missing { .. } => "missing_member",
            Self::WrongType { .. } => "member_wrong_type",
            Self::Mixed => "mixed_serializations",
            Self::NoSignatures => "no_signatures",
            Self::TooManySignatures { .. } => "too_many_signatures",
            Self::Refused { .. } => "signatures_refused",
            Self::Sign(error) => error.code(),
        }
    }
}

impl fmt::Display for JsonTokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "the token: {error}"),
            Self::Encrypted => f.write_str(
                "this is an encrypted token (JWE), or has parts of one; only signed tokens (JWS) can be read",
            ),
            Self::TooLong { len } => write!(f, "the token is {len} bytes long; the limit is {MAX_TOKEN_LEN}"),
            Self::Missing { member } => write!(f, "the token has no `{member}`"),
            Self::WrongType { member, found } => write!(f, "the token's `{member}` must not be {found}"),
            Self::Mixed => f.write_str("the token mixes the general and the flattened JSON serialization"),
            Self::NoSignatures => f.write_str("the token has no signatures"),
            Self::TooManySignatures { count } => {
                write!(f, "the token has {count} signatures; the limit is {MAX_SIGNATURES}")
            }
            Self::Refused { signatures } => {
                f.write_str("too few signatures hold")?;
                for (index, error) in signatures.iter().enumerate() {
                    if let Err(error) = error {
                        write!(f, "; signature {}: {error}", index + 1)?;
                    }
                }
                Ok(())
            }
            Self::Sign(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for JsonTokenError {}

impl From<SignError> for JsonTokenError {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

/// Why one signature does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The caller has no key for it.
    NoKey,
    /// A parameter that decides how to verify is not under the signature.
    Unprotected {
        /// Its name.
        name: &'static str,
    },
    /// A parameter is in both headers (RFC 7515 §4).
    Duplicate {
        /// Its name.
        name: String,
    },
    /// As for a token in the compact serialization.
    Verify(VerifyError),
}

impl SignatureError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoKey => "no_key",
            Self::Unprotected { .. } => "unprotected_parameter",
            Self::Duplicate { .. } => "duplicate_parameter",
            Self::Verify(error) => error.code(),
        }
    }
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey => f.write_str("there is no key for it"),
            Self::Unprotected { name } => write!(f, "`{name}` must be in the protected header"),
            Self::Duplicate { name } => {
                write!(f, "{name:?} is in the protected and in the unprotected header")
            }
            Self::Verify(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SignatureError {}

impl From<VerifyError> for SignatureError {
    fn from(error: VerifyError) -> Self {
        Self::Verify(error)
    }
}
