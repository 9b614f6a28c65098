//! Why a key file was not read.

use std::fmt;

use super::{Foreign, KeyForm, Name};

/// Why a key file was not read: what was found, and what to do.
///
/// No error holds any part of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyFileError {
    /// There is nothing in the file, or white space only.
    Empty,
    /// The file is longer than any key file.
    TooLarge {
        /// The longest file that is read, in bytes.
        max: usize,
    },
    /// The file is something else.
    NotAKey {
        /// What it is.
        found: Foreign,
    },
    /// The file is encrypted and no passphrase was given.
    NeedsPassphrase {
        /// What the file is.
        form: KeyForm,
    },
    /// The passphrase does not open the file.
    WrongPassphrase {
        /// What the file is.
        form: KeyForm,
    },
    /// The file is encrypted in a way that is not supported.
    UnsupportedEncryption {
        /// The encryption.
        name: Name,
        /// What to do.
        hint: &'static str,
    },
    /// Opening the file would take more time or memory than is given to a key file.
    KeyDerivationTooCostly {
        /// The key derivation and its limit.
        limit: &'static str,
    },
    /// The file holds a key that cannot sign JWTs, or not yet here.
    UnsupportedKeyType {
        /// The type of the key.
        found: Name,
        /// Why, or what to do.
        hint: &'static str,
    },
    /// The file has the form that is named, and an error in it.
    Malformed {
        /// What the file is.
        form: KeyForm,
        /// What is wrong.
        detail: &'static str,
    },
    /// The modulus of an RSA key is too short or too long to be one.
    ModulusLength {
        /// The length of the modulus, in bits.
        bits: usize,
    },
    /// The private members of the key do not belong to the public ones.
    MismatchedPrivate {
        /// What the file is.
        form: KeyForm,
    },
    /// The file holds several different keys.
    SeveralKeys {
        /// How many.
        count: usize,
        /// What the first one is.
        form: KeyForm,
    },
    /// The end of the file is missing.
    Truncated {
        /// What the file is.
        form: KeyForm,
    },
    /// The file is a JWK Set.
    JwkSet,
    /// The secret of an `oct` JWK is itself a key file, most likely a public key.
    SecretIsKey {
        /// What the secret is.
        form: KeyForm,
    },
}

impl KeyFileError {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "key_file_empty",
            Self::TooLarge { .. } => "key_file_too_large",
            Self::NotAKey { .. } => "not_a_key",
            Self::NeedsPassphrase { .. } => "passphrase_needed",
            Self::WrongPassphrase { .. } => "wrong_passphrase",
            Self::UnsupportedEncryption { .. } => "unsupported_encryption",
            Self::KeyDerivationTooCostly { .. } => "key_derivation_too_costly",
            Self::UnsupportedKeyType { .. } => "unsupported_key_type",
            Self::Malformed { .. } => "malformed_key",
            Self::ModulusLength { .. } => "modulus_length",
            Self::MismatchedPrivate { .. } => "mismatched_private_key",
            Self::SeveralKeys { .. } => "several_keys",
            Self::Truncated { .. } => "truncated_key_file",
            Self::JwkSet => "jwk_set",
            Self::SecretIsKey { .. } => "secret_is_a_key",
        }
    }
}

impl fmt::Display for KeyFileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the key file is empty"),
            Self::TooLarge { max } => {
                write!(formatter, "the key file is longer than {max} bytes: this is not a key file")
            }
            Self::NotAKey { found } => write!(formatter, "this is {found}"),
            Self::NeedsPassphrase { form } => {
                write!(formatter, "this is {}: give its passphrase", form.with_article())
            }
            Self::WrongPassphrase { form } => {
                write!(formatter, "wrong passphrase for this {form}, or the file is damaged")
            }
            Self::UnsupportedEncryption { name, hint } => {
                write!(formatter, "the key is encrypted with {name}, which is not supported: {hint}")
            }
            Self::KeyDerivationTooCostly { limit } => {
                write!(formatter, "opening this key file would take too long or too much memory: {limit}")
            }
            Self::UnsupportedKeyType { found, hint } => write!(formatter, "this is {found}: {hint}"),
            Self::Malformed { form, detail } => {
                write!(formatter, "this looks like {}, but {detail}", form.with_article())
            }
            Self::ModulusLength { bits } => write!(
                formatter,
                "an RSA modulus of {bits} bits is not supported: use a key of {} to {} bits",
                2048,
                super::rsa::MAX_MODULUS_BITS
            ),
            Self::MismatchedPrivate { form } => {
                write!(formatter, "the private members of this {form} do not match its public ones")
            }
            Self::SeveralKeys { count, form } => write!(
                formatter,
                "the file holds {count} different keys, the first is {}: keep one of them",
                form.with_article()
            ),
            Self::Truncated { form } => {
                write!(formatter, "the end of this {form} is missing: copy the whole file")
            }
            Self::JwkSet => formatter.write_str("this is a JWK Set: take one key out of its \"keys\""),
            Self::SecretIsKey { form } => write!(
                formatter,
                "the secret in this JWK is itself {}: a key file is not a secret for HMAC",
                form.with_article()
            ),
        }
    }
}

impl std::error::Error for KeyFileError {}
