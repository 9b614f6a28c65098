//! What there is to say about a key that is no error.

use std::fs::Metadata;

use jwt_core::NumericDate;

use crate::key_file;

/// Something about a key that is no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyNote {
    /// A passphrase was given, and the file is not encrypted.
    PassphraseNotNeeded,
    /// When the certificate is valid, in seconds since 1970, both ends included.
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
    /// Others than its owner can read the file, and it holds a secret.
    ReadableByOthers {
        /// The permission bits of the file.
        mode: u32,
    },
}

impl KeyNote {
    /// What to warn a user of `file` about at the time `now`; `None` if there is nothing.
    pub fn warning(&self, file: &str, now: NumericDate) -> Option<String> {
        let seconds = |time: u64| i64::try_from(time).unwrap_or(i64::MAX);
        match *self {
            Self::CertificateValidity { not_after, .. } if seconds(not_after) < now.secs() => {
                Some(format!("the certificate {file} has expired; its key is used all the same"))
            }
            Self::CertificateValidity { not_before, .. } if now.secs() < seconds(not_before) => {
                Some(format!("the certificate {file} is not valid yet; its key is used all the same"))
            }
            Self::CertificateValidity { .. } | Self::PublicBeside { matches: true } => None,
            Self::PassphraseNotNeeded => {
                Some(format!("{file} is not encrypted: the passphrase was not needed"))
            }
            Self::FirstOfChain { certificates } => {
                Some(format!("{file} holds {certificates} certificates: the key of the first is used"))
            }
            Self::PublicBeside { matches: false } => {
                Some(format!("{file} also holds a public key, which does not belong to its private key"))
            }
            Self::OtherKeysSkipped { keys } => Some(format!(
                "{file} also holds keys that cannot be used here ({keys}); they were passed over"
            )),
            Self::ReadableByOthers { mode } => Some(format!(
                "{file} holds a secret and others can read it (mode {mode:04o}): run `chmod 600 '{file}'`"
            )),
        }
    }
}

impl From<key_file::KeyNote> for KeyNote {
    fn from(note: key_file::KeyNote) -> Self {
        use key_file::KeyNote as Note;
        match note {
            Note::PassphraseNotNeeded => Self::PassphraseNotNeeded,
            Note::CertificateValidity { not_before, not_after } => {
                Self::CertificateValidity { not_before, not_after }
            }
            Note::FirstOfChain { certificates } => Self::FirstOfChain { certificates },
            Note::PublicBeside { matches } => Self::PublicBeside { matches },
            Note::OtherKeysSkipped { keys } => Self::OtherKeysSkipped { keys },
        }
    }
}

/// The permission bits of a regular file that its group or everybody can read.
#[cfg(unix)]
pub(super) fn mode_open_to_others(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = metadata.permissions().mode() & 0o7777;
    (metadata.is_file() && mode & 0o044 != 0).then_some(mode)
}

/// Nothing is known of who can read a file.
#[cfg(not(unix))]
pub(super) const fn mode_open_to_others(_: &Metadata) -> Option<u32> {
    None
}
