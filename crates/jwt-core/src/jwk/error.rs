//! Why a text is no usable JSON Web Key.

use core::fmt;

use super::{KeyOperation, MAX_KEYS};
use crate::base64url::DecodeError;
use crate::error::Excerpt;
use crate::json::{JsonError, JsonKind};
use crate::{Algorithm, KeyError, KeyKind};

/// Why a text is no JSON Web Key, or the key is not for what was asked of it.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwkError {
    /// It is not a strict JSON object.
    Json(JsonError),
    /// It is a JWK Set; one of its keys is wanted.
    IsSet,
    /// A member has a JSON type that it must not have.
    WrongType {
        /// The member.
        member: &'static str,
        /// What it must be; for the elements of an array, what they must be.
        expected: JsonKind,
        /// What it is.
        found: JsonKind,
    },
    /// A member that keys of this type must have is not there.
    MissingMember {
        /// The member.
        member: &'static str,
    },
    /// `kty` is not one of `oct`, `RSA`, `EC`, `OKP` and `AKP`.
    UnknownKeyType {
        /// What it says.
        found: Excerpt,
    },
    /// `crv` is no curve that this crate knows for this `kty`.
    UnsupportedCurve {
        /// What it says.
        found: Excerpt,
    },
    /// `alg` is no signature algorithm of this crate.
    UnsupportedAlgorithm {
        /// What it says.
        found: Excerpt,
    },
    /// `alg` is an algorithm that needs another kind of key than `kty` and `crv` say.
    AlgorithmOfOtherKind {
        /// What `alg` says.
        algorithm: Algorithm,
        /// What `kty` and `crv` say.
        kind: KeyKind,
    },
    /// A public value is not strict base64url.
    Base64 {
        /// The member.
        member: &'static str,
        /// What is wrong with it.
        error: DecodeError,
    },
    /// A secret value is not strict base64url. There is no more detail, on purpose.
    SecretBase64 {
        /// The member.
        member: &'static str,
    },
    /// A value in base64url is spelled with JSON escapes, which its alphabet never needs.
    Escaped {
        /// The member.
        member: &'static str,
    },
    /// A number has leading zeros (RFC 7518 §2).
    LeadingZeros {
        /// The member.
        member: &'static str,
    },
    /// A number, coordinate or key of no bytes.
    Empty {
        /// The member.
        member: &'static str,
    },
    /// A coordinate, a private key or a seed of the wrong length.
    Length {
        /// The member.
        member: &'static str,
        /// Length in bytes that it must have.
        expected: usize,
        /// Length in bytes that it has.
        found: usize,
    },
    /// An RSA key of more than two primes (`oth`).
    MultiPrime,
    /// `key_ops` has a value twice (RFC 7517 §4.3).
    DuplicateOperation,
    /// The caller's buffer is too short.
    BufferTooSmall {
        /// Bytes needed.
        needed: usize,
    },
    /// The key is of another kind than the algorithm needs.
    WrongKind {
        /// The kind that is needed.
        expected: KeyKind,
        /// The kind that it is.
        found: KeyKind,
    },
    /// `alg` says that the key is for another algorithm.
    AlgorithmMismatch {
        /// The algorithm that was asked for.
        expected: Algorithm,
        /// The algorithm that the key is for.
        found: Algorithm,
    },
    /// `use` says that the key is not for signatures.
    NotForSignatures {
        /// What it says.
        found: Excerpt,
    },
    /// `key_ops` does not have the operation.
    OperationNotAllowed {
        /// The operation.
        operation: KeyOperation,
    },
    /// A public key cannot sign.
    NotPrivate,
    /// The private members do not belong to the public ones.
    PrivateMismatch,
    /// A symmetric key, where it must be named to be used.
    Symmetric,
    /// A JWK Set of more than [`MAX_KEYS`] keys.
    TooManyKeys,
    /// A JWK Set is longer than [`MAX_JWK_SET_LEN`](crate::MAX_JWK_SET_LEN).
    SetTooLong {
        /// Length found, in bytes.
        len: usize,
    },
    /// The values are well-formed and make no usable key.
    Key(KeyError),
}

impl JwkError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::IsSet => "jwk_is_a_set",
            Self::WrongType { .. } => "jwk_wrong_type",
            Self::MissingMember { .. } => "jwk_missing_member",
            Self::UnknownKeyType { .. } => "jwk_unknown_kty",
            Self::UnsupportedCurve { .. } => "jwk_unsupported_crv",
            Self::UnsupportedAlgorithm { .. } => "jwk_unsupported_alg",
            Self::AlgorithmOfOtherKind { .. } => "jwk_alg_of_other_kind",
            Self::Base64 { error, .. } => error.code(),
            Self::SecretBase64 { .. } => "key_base64",
            Self::Escaped { .. } => "jwk_escaped_value",
            Self::LeadingZeros { .. } => "jwk_leading_zeros",
            Self::Empty { .. } => "jwk_empty_value",
            Self::Length { .. } => "key_length",
            Self::MultiPrime => "jwk_multi_prime",
            Self::DuplicateOperation => "jwk_duplicate_operation",
            Self::BufferTooSmall { .. } => "buffer_too_small",
            Self::WrongKind { .. } => "jwk_wrong_kind",
            Self::AlgorithmMismatch { .. } => "jwk_algorithm_mismatch",
            Self::NotForSignatures { .. } => "jwk_use",
            Self::OperationNotAllowed { .. } => "jwk_key_ops",
            Self::NotPrivate => "jwk_not_private",
            Self::PrivateMismatch => "jwk_private_mismatch",
            Self::Symmetric => "jwk_symmetric",
            Self::TooManyKeys => "jwk_too_many_keys",
            Self::SetTooLong { .. } => "jwk_set_too_long",
            Self::Key(error) => error.code(),
        }
    }
}

impl From<JsonError> for JwkError {
    fn from(error: JsonError) -> Self {
        Self::Json(error)
    }
}

impl From<KeyError> for JwkError {
    /// A private key whose numbers do not belong together is a [`PrivateMismatch`](Self::PrivateMismatch).
    fn from(error: KeyError) -> Self {
        if error == KeyError::InconsistentPrivateKey { Self::PrivateMismatch } else { Self::Key(error) }
    }
}

impl fmt::Display for JwkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Json(error) => write!(f, "the JSON Web Key: {error}"),
            Self::IsSet => {
                f.write_str("this is a JSON Web Key Set, not a single key; choose one of its keys")
            }
            Self::WrongType { member, expected, found } => {
                write!(f, "the JSON Web Key's `{member}` must be {expected}, found {found}")
            }
            Self::MissingMember { member } => write!(f, "the JSON Web Key has no `{member}`"),
            Self::UnknownKeyType { found } => {
                write!(f, "unknown key type {found}; known are oct, RSA, EC, OKP and AKP")
            }
            Self::UnsupportedCurve { found } => write!(
                f,
                "keys on the curve {found} are not supported; EC has P-256, P-384, P-521 and secp256k1, OKP has Ed25519"
            ),
            Self::UnsupportedAlgorithm { found } => {
                write!(f, "the JSON Web Key is for the algorithm {found}, which does not sign here")
            }
            Self::AlgorithmOfOtherKind { algorithm, kind } => {
                write!(f, "the JSON Web Key says it is for {algorithm}, but it is {kind}")
            }
            Self::Base64 { member, error } => {
                write!(f, "the JSON Web Key's `{member}` is not base64url: {error}")
            }
            Self::SecretBase64 { member } => {
                write!(f, "the JSON Web Key's `{member}` is not base64url without padding")
            }
            Self::Escaped { member } => {
                write!(
                    f,
                    "the JSON Web Key's `{member}` is spelled with escapes, which base64url never needs"
                )
            }
            Self::LeadingZeros { member } => {
                write!(f, "the JSON Web Key's `{member}` has leading zeros (RFC 7518 section 2)")
            }
            Self::Empty { member } => write!(f, "the JSON Web Key's `{member}` is empty"),
            Self::Length { member, expected, found } => {
                write!(f, "the JSON Web Key's `{member}` is {found} bytes long, {expected} were expected")
            }
            Self::MultiPrime => f.write_str("RSA keys of more than two primes (`oth`) are not supported"),
            Self::DuplicateOperation => {
                f.write_str("the JSON Web Key's `key_ops` has a value twice (RFC 7517 section 4.3)")
            }
            Self::BufferTooSmall { needed } => {
                write!(f, "the buffer is too small for this key: {needed} bytes are needed")
            }
            Self::WrongKind { expected, found } => {
                write!(f, "{expected} is needed, the JSON Web Key is {found}")
            }
            Self::AlgorithmMismatch { expected, found } => {
                write!(f, "the JSON Web Key is for {found}, not for {expected}")
            }
            Self::NotForSignatures { found } => {
                write!(f, "the JSON Web Key's `use` is {found}: it is not for signatures")
            }
            Self::OperationNotAllowed { operation } => {
                write!(f, "the JSON Web Key's `key_ops` does not have \"{operation}\"")
            }
            Self::NotPrivate => f.write_str("the JSON Web Key is a public key: it can verify, not sign"),
            Self::PrivateMismatch => {
                f.write_str("the private members of the JSON Web Key do not belong to its public ones")
            }
            Self::Symmetric => f.write_str(
                "a symmetric key, which is a secret and nothing that a set or thumbprint may show",
            ),
            Self::SetTooLong { len } => {
                write!(f, "the JWK Set is {len} bytes long; the limit is {}", crate::MAX_JWK_SET_LEN)
            }
            Self::TooManyKeys => {
                write!(f, "a JSON Web Key Set with more than the limit of {MAX_KEYS} keys")
            }
            Self::Key(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for JwkError {}
