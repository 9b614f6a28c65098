//! The application's own claim types: read and written through serde.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::{Claims, ClaimsSet, Payload};
use crate::error::SignError;
use crate::json::JsonWriter;

mod read;
mod write;

use read::{Decoded, InPlace};

impl<'a> Claims<'a> {
    /// The claims as the application's own type. Members that `T` does not name are skipped.
    ///
    /// Works on the token's text in place, so neither a string that `T` asks for nor a member's name may have escapes; if
    /// one has, this says so (it never hands out a half-decoded string) and [`custom_with`](Self::custom_with) reads it.
    ///
    /// # Errors
    ///
    /// [`CustomClaimsError`] if there are such escapes, or if the claims do not fit `T`.
    pub fn custom<T: Deserialize<'a>>(&self) -> Result<T, CustomClaimsError> {
        read::read(self.json, InPlace)
    }

    /// As [`custom`](Self::custom), for claims with escaped strings: `buffer` takes the decoded strings that `T` asks for, and
    /// lends them. The length of [`json`](Self::json) always suffices.
    ///
    /// # Errors
    ///
    /// [`CustomClaimsError`] if `buffer` is too short, or if the claims do not fit `T`.
    pub fn custom_with<'b, T: Deserialize<'b>>(&self, buffer: &'b mut [u8]) -> Result<T, CustomClaimsError> {
        read::read(self.json, Decoded(buffer))
    }
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
        out.begin_object();
        self.registered.write_members(out)?;
        write::members_of(self.custom, out)?;
        out.end_object();
        Ok(())
    }
}
