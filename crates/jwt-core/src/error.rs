//! The errors of reading, verifying and signing tokens, and the evidence in them.

use core::fmt;

use crate::base64url::DecodeError;
#[cfg(feature = "serde")]
use crate::claims::CustomClaimsError;
use crate::header::HeaderError;
#[cfg(feature = "jwk")]
use crate::jwk::JwkError;
use crate::key::KeyError;
use crate::validation::ClaimError;
use crate::{Algorithm, MAX_HEADER_LEN, MAX_TOKEN_LEN};

/// Any error on the way of a token or a key, for callers who want one type: the others convert into it.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The token could not be verified.
    Verify(VerifyError),
    /// The token is authentic, its claims do not fit the policy.
    Claim(ClaimError),
    /// The token could not be signed.
    Sign(SignError),
    /// The key cannot be used.
    Key(KeyError),
    /// The JSON Web Key cannot be used.
    #[cfg(feature = "jwk")]
    Jwk(JwkError),
    /// The token is valid; its claims do not fit the application's type.
    #[cfg(feature = "serde")]
    Custom(CustomClaimsError),
}

impl Error {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Verify(error) => error.code(),
            Self::Claim(error) => error.code(),
            Self::Sign(error) => error.code(),
            Self::Key(error) => error.code(),
            #[cfg(feature = "jwk")]
            Self::Jwk(error) => error.code(),
            #[cfg(feature = "serde")]
            Self::Custom(error) => error.code(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verify(error) => error.fmt(f),
            Self::Claim(error) => error.fmt(f),
            Self::Sign(error) => error.fmt(f),
            Self::Key(error) => error.fmt(f),
            #[cfg(feature = "jwk")]
            Self::Jwk(error) => error.fmt(f),
            #[cfg(feature = "serde")]
            Self::Custom(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for Error {}

macro_rules! from_error {
    ($($from:ty => $to:ident :: $variant:ident),* $(,)?) => {
        $(impl From<$from> for $to {
            fn from(error: $from) -> Self {
                Self::$variant(error.into())
            }
        })*
    };
}

#[cfg(feature = "serde")]
from_error!(CustomClaimsError => Error::Custom);

#[cfg(feature = "jwk")]
from_error!(JwkError => Error::Jwk);

from_error! {
    Malformed => Error::Verify,
    VerifyError => Error::Verify,
    HeaderError => Error::Verify,
    InvalidSignature => Error::Verify,
    ClaimError => Error::Claim,
    SignError => Error::Sign,
    KeyError => Error::Key,
    Malformed => VerifyError::Malformed,
    HeaderError => VerifyError::Header,
    HeaderError => SignError::Header,
    ClaimError => SignError::Claims,
}

/// Why a text is not a token in the JWS compact serialization (RFC 7515 §7.1).
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Malformed {
    /// Nothing at all.
    Empty,
    /// Longer than [`MAX_TOKEN_LEN`].
    TooLong {
        /// Length found, in bytes.
        len: usize,
    },
    /// The header part is longer than [`MAX_HEADER_LEN`].
    HeaderTooLong {
        /// Length found, in base64url characters.
        len: usize,
    },
    /// Not three parts separated by dots.
    PartCount {
        /// Parts found; counting stops at 6.
        found: usize,
    },
    /// Five parts: an encrypted token (JWE, RFC 7516), which this library does not read.
    Encrypted,
    /// One of the three parts is empty.
    EmptyPart {
        /// Which.
        part: Part,
    },
    /// A payload stands in a token whose content is to be verified from elsewhere.
    NotDetached,
    /// One of the three parts is not strict base64url.
    Base64 {
        /// Which.
        part: Part,
        /// What is wrong with it.
        error: DecodeError,
    },
}

/// One of the three parts of a token.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The JOSE header.
    Header,
    /// The payload.
    Payload,
    /// The signature.
    Signature,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::Payload => "payload",
            Self::Signature => "signature",
        })
    }
}

impl Malformed {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty_token",
            Self::TooLong { .. } => "token_too_long",
            Self::HeaderTooLong { .. } => "header_too_long",
            Self::PartCount { .. } => "part_count",
            Self::Encrypted => "encrypted_token",
            Self::EmptyPart { .. } => "empty_part",
            Self::NotDetached => "not_detached",
            Self::Base64 { error, .. } => error.code(),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("the token is empty"),
            Self::TooLong { len } => {
                write!(f, "the token is {len} bytes long; the limit is {MAX_TOKEN_LEN}")
            }
            Self::HeaderTooLong { len } => {
                write!(f, "the token's header is {len} characters long; the limit is {MAX_HEADER_LEN}")
            }
            Self::PartCount { found } => {
                let plural = if found == 1 { "" } else { "s" };
                write!(f, "not a signed token: expected three parts separated by dots, found {found} part{plural}")
            }
            Self::Encrypted => f.write_str(
                "this is an encrypted token (JWE, five parts); only signed tokens (JWS, three parts) can be read",
            ),
            Self::EmptyPart { part } => write!(f, "the token's {part} is empty"),
            Self::NotDetached => {
                f.write_str("the token has a payload of its own, and its content was expected to be apart from it")
            }
            Self::Base64 { part, error } => write!(f, "the token's {part} is not base64url: {error}"),
        }
    }
}

impl core::error::Error for Malformed {}

/// Why a token was not verified.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// It is not a token.
    Malformed(Malformed),
    /// Its JOSE header is not acceptable.
    Header(HeaderError),
    /// The token names another algorithm than the key is for.
    AlgorithmMismatch {
        /// The key's algorithm.
        expected: Algorithm,
        /// The token's.
        found: Algorithm,
    },
    /// The signature does not belong to this token and key. There is no more detail, on purpose.
    InvalidSignature,
    /// The caller's buffer is too short; one as long as the token always suffices.
    BufferTooSmall {
        /// Bytes needed.
        needed: usize,
    },
}

impl VerifyError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed(error) => error.code(),
            Self::Header(error) => error.code(),
            Self::AlgorithmMismatch { .. } => "algorithm_mismatch",
            Self::InvalidSignature => "invalid_signature",
            Self::BufferTooSmall { .. } => "buffer_too_small",
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Malformed(error) => error.fmt(f),
            Self::Header(error) => error.fmt(f),
            Self::AlgorithmMismatch { expected, found } => {
                write!(f, "the token says it is signed with {found}, the key is for {expected}")
            }
            Self::InvalidSignature => InvalidSignature.fmt(f),
            Self::BufferTooSmall { needed } => {
                write!(f, "the buffer is too small for this token: {needed} bytes are needed")
            }
        }
    }
}

impl core::error::Error for VerifyError {}

impl From<InvalidSignature> for VerifyError {
    fn from(_: InvalidSignature) -> Self {
        Self::InvalidSignature
    }
}

/// A signature does not verify. Nothing says why: detail would help only a forger.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSignature;

impl fmt::Display for InvalidSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the signature is invalid: the token was altered, or signed with another key")
    }
}

impl core::error::Error for InvalidSignature {}

/// Why a token was not signed. Nothing of a token is left in the caller's buffer.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The caller's buffer is too short.
    BufferTooSmall {
        /// Bytes needed, as far as known: at least so many.
        needed: usize,
    },
    /// The token would be longer than [`MAX_TOKEN_LEN`], which no verifier here accepts.
    TooLong {
        /// Its length, in bytes.
        len: usize,
    },
    /// The header would be longer than [`MAX_HEADER_LEN`], which no verifier here accepts.
    HeaderTooLong {
        /// Its length, in base64url characters.
        len: usize,
    },
    /// There is nothing to sign: no verifier here accepts a token with an empty part.
    EmptyPayload,
    /// An unencoded payload with a dot, which would end it (RFC 7797 §5.2).
    DotInPayload,
    /// The header asked for could not be verified again.
    Header(HeaderError),
    /// The claims asked for could not be verified again: not an object, duplicate names, a registered claim of the
    /// wrong type.
    Claims(ClaimError),
    /// The application's type did not serialize to a JSON object.
    Serialize,
    /// The random number generator failed.
    Rng,
    /// The private-key operation failed: the key is damaged, or a fault happened while signing.
    Key,
    /// A signature of an impossible length was handed in.
    SignatureLength {
        /// Length in bytes that the algorithm or key has.
        expected: usize,
        /// Length in bytes that was given.
        found: usize,
    },
    /// A secure element, crypto peripheral or key service failed, with a number of its own.
    Device {
        /// The device's own error number.
        code: u32,
    },
}

impl SignError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BufferTooSmall { .. } => "buffer_too_small",
            Self::TooLong { .. } => "token_too_long",
            Self::HeaderTooLong { .. } => "header_too_long",
            Self::EmptyPayload => "empty_part",
            Self::DotInPayload => "dot_in_payload",
            Self::Header(error) => error.code(),
            Self::Claims(error) => error.code(),
            Self::Serialize => "claims_not_serializable",
            Self::Rng => "rng_failed",
            Self::Key => "signing_failed",
            Self::SignatureLength { .. } => "signature_length",
            Self::Device { .. } => "device_failed",
        }
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::BufferTooSmall { needed } => {
                write!(f, "the buffer is too small for the token: at least {needed} bytes are needed")
            }
            Self::TooLong { len } => {
                write!(f, "the token would be {len} bytes long; the limit is {MAX_TOKEN_LEN}")
            }
            Self::HeaderTooLong { len } => {
                write!(f, "the token's header would be {len} characters long; the limit is {MAX_HEADER_LEN}")
            }
            Self::EmptyPayload => f.write_str("the payload is empty, and no verifier would accept that"),
            Self::DotInPayload => {
                f.write_str("an unencoded payload must not have a dot, which would end it; detach it instead")
            }
            Self::Header(error) => error.fmt(f),
            Self::Claims(error) => error.fmt(f),
            Self::Serialize => f.write_str("the claims do not serialize to a JSON object"),
            Self::Rng => f.write_str("the random number generator failed; nothing was signed"),
            Self::Key => f.write_str("the private-key operation failed; nothing was signed"),
            Self::SignatureLength { expected, found } => {
                write!(f, "the signature is {found} bytes long, {expected} were expected")
            }
            Self::Device { code } => write!(f, "the signing device failed with its error {code}"),
        }
    }
}

impl core::error::Error for SignError {}

/// The beginning of a text, kept in an error as evidence: at most 32 bytes, printed with control characters escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Excerpt {
    bytes: [u8; Self::CAPACITY],
    len: u8,
    cut: bool,
}

impl Excerpt {
    const CAPACITY: usize = 32;

    /// The beginning of `text`.
    pub fn new(text: &str) -> Self {
        let mut excerpt = Self { bytes: [0; Self::CAPACITY], len: 0, cut: false };
        let mut kept = text.len().min(Self::CAPACITY);
        while !text.is_char_boundary(kept) {
            kept = kept.saturating_sub(1);
        }
        if let (Some(place), Some(kept)) = (excerpt.bytes.get_mut(..kept), text.as_bytes().get(..kept)) {
            place.copy_from_slice(kept);
        }
        excerpt.len = u8::try_from(kept).unwrap_or_default();
        excerpt.cut = kept < text.len();
        excerpt
    }

    pub(crate) fn of(characters: impl Iterator<Item = char>) -> Self {
        let mut excerpt = Self { bytes: [0; Self::CAPACITY], len: 0, cut: false };
        for character in characters {
            let mut utf8 = [0; 4];
            let utf8 = character.encode_utf8(&mut utf8).as_bytes();
            let start = usize::from(excerpt.len);
            let Some(place) = excerpt.bytes.get_mut(start..).and_then(|rest| rest.get_mut(..utf8.len()))
            else {
                excerpt.cut = true;
                break;
            };
            place.copy_from_slice(utf8);
            excerpt.len = u8::try_from(start.saturating_add(utf8.len())).unwrap_or(u8::MAX);
        }
        excerpt
    }

    /// The text kept.
    pub fn as_str(&self) -> &str {
        self.bytes
            .get(..usize::from(self.len))
            .and_then(|kept| core::str::from_utf8(kept).ok())
            .unwrap_or_default()
    }

    /// Whether the text was longer than what was kept.
    pub const fn is_cut(&self) -> bool {
        self.cut
    }
}

impl fmt::Display for Excerpt {
    /// In double quotes, safe to print on a terminal or into a log: control and invisible formatting characters are
    /// escaped, and an ellipsis follows where the text was cut.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_quoted(f, self.as_str().chars().chain(self.cut.then_some('…')))
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Excerpt {
    /// As bytes, what is not printable ASCII escaped: the text is not this device's.
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{=[u8]:a}", self.as_str().as_bytes());
        if self.cut {
            defmt::write!(f, "...");
        }
    }
}

/// Writes text of others in double quotes: control and invisible formatting characters are escaped.
pub(crate) fn write_quoted(f: &mut fmt::Formatter<'_>, text: impl Iterator<Item = char>) -> fmt::Result {
    f.write_str("\"")?;
    for character in text {
        match character {
            '"' | '\\' => write!(f, "\\{character}")?,
            '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}' => write!(f, "\\u{{{:x}}}", u32::from(character))?,
            character => write!(f, "{character}")?,
        }
    }
    f.write_str("\"")
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
