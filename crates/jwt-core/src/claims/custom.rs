//! The application's own claim types, through serde-json-core.

use core::fmt;

use serde::{Deserialize, Serialize};
use serde_json_core::de;

use super::{Claims, ClaimsSet, Payload};
use crate::error::SignError;
use crate::json::JsonWriter;

impl<'a> Claims<'a> {
    /// The claims as the application's own type. Members that `T` does not name are skipped.
    ///
    /// Works on the token's text in place, so the claims must not hold strings with escapes; if they do, this says so
    /// (it never hands out a half-decoded string) and [`custom_with`](Self::custom_with) reads them.
    ///
    /// # Errors
    ///
    /// [`CustomClaimsError`] if there are escapes, or if the claims do not fit `T`.
    pub fn custom<T: Deserialize<'a>>(&self) -> Result<T, CustomClaimsError> {
        // With an empty buffer, serde-json-core reports strings that it would have to decode.
        let (claims, _) = de::from_slice_escaped(self.json().as_bytes(), &mut [])?;
        Ok(claims)
    }

    /// As [`custom`](Self::custom), for claims with escaped strings: `buffer` takes the decoded text. Twice the length
    /// of [`json`](Self::json) always suffices.
    ///
    /// `&str` fields work for strings whose escapes only spell characters that need none (`\u00e9`); those that hold
    /// a quote, a backslash or a control character need an owned field, such as `heapless::String`.
    ///
    /// # Errors
    ///
    /// [`CustomClaimsError`] if `buffer` is too short, or if the claims do not fit `T`.
    pub fn custom_with<'b, T: Deserialize<'b>>(&self, buffer: &'b mut [u8]) -> Result<T, CustomClaimsError> {
        let len = write_unescaped(self.json(), buffer).ok_or(CustomClaimsError::BufferTooSmall)?;
        let (text, rest) = buffer.split_at_mut_checked(len).ok_or(CustomClaimsError::BufferTooSmall)?;
        let (claims, _) = de::from_slice_escaped(text, rest).map_err(|error| match error.into() {
            CustomClaimsError::EscapedString => CustomClaimsError::BufferTooSmall,
            error => error,
        })?;
        Ok(claims)
    }
}

/// Copies a JSON text that the strict reader has accepted, with every escape replaced that JSON does not require.
/// serde-json-core knows no surrogate pairs and lends no decoded strings, so they are decoded before it reads.
fn write_unescaped(json: &str, buffer: &mut [u8]) -> Option<usize> {
    let mut writer = JsonWriter::new(buffer);
    let mut rest = json;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        writer.raw(plain.as_bytes());
        let mut characters = escaped.chars();
        let character = crate::json::unescape_one(&mut characters)?;
        let mut utf8 = [0; 4];
        let utf8 = character.encode_utf8(&mut utf8).as_bytes();
        match utf8 {
            &[byte @ (0..=0x1f | b'"' | b'\\')] => writer.escape(byte),
            utf8 => writer.raw(utf8),
        }
        rest = characters.as_str();
    }
    writer.raw(rest.as_bytes());
    writer.fits().then_some(writer.len())
}

/// Why the claims were not read as the application's type.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustomClaimsError {
    /// A string has escapes, and no buffer was given to decode them into.
    EscapedString,
    /// The buffer is too short for the decoded text.
    BufferTooSmall,
    /// A member is missing, or has another type than the application's.
    Mismatch,
}

impl CustomClaimsError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EscapedString => "claims_escaped_string",
            Self::BufferTooSmall => "buffer_too_small",
            Self::Mismatch => "claims_mismatch",
        }
    }
}

impl From<de::Error> for CustomClaimsError {
    fn from(error: de::Error) -> Self {
        match error {
            // It reads no surrogate pairs, either.
            de::Error::EscapedStringIsTooLong | de::Error::InvalidEscapeSequence => Self::EscapedString,
            _ => Self::Mismatch,
        }
    }
}

impl fmt::Display for CustomClaimsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EscapedString => {
                "the claims hold strings with escapes: read them with `custom_with` and a buffer"
            }
            Self::BufferTooSmall => "the buffer is too small for the decoded claims",
            Self::Mismatch => {
                "the claims do not fit the application's type: a member is missing or of another type"
            }
        })
    }
}

impl core::error::Error for CustomClaimsError {}

impl<'a> ClaimsSet<'a> {
    /// Adds the members of the application's own type, which must serialize to a JSON object.
    pub const fn with<T: Serialize>(self, custom: &'a T) -> ClaimsWith<'a, T> {
        ClaimsWith { registered: self, custom }
    }
}

/// A claims set and the members of the application's own type; made by [`ClaimsSet::with`].
#[derive(Debug, Clone, Copy)]
pub struct ClaimsWith<'a, T> {
    registered: ClaimsSet<'a>,
    custom: &'a T,
}

impl<T: Serialize> Payload for ClaimsWith<'_, T> {
    fn write(&self, out: &mut JsonWriter<'_>) -> Result<(), SignError> {
        use serde_json_core::ser;

        out.begin_object();
        self.registered.write_members(out)?;
        let needed = out.len();
        let place = out.rest_mut();
        let len = ser::to_slice(self.custom, place).map_err(|error| match error {
            ser::Error::BufferFull => {
                SignError::BufferTooSmall { needed: needed.saturating_add(place.len()) }
            }
            _ => SignError::Serialize,
        })?;
        out.adopt_object(len).ok_or(SignError::Serialize)?;
        out.end_object();
        Ok(())
    }
}
