//! Where the strings are that a type may borrow.

use core::mem;

use crate::claims::CustomClaimsError;
use crate::json::JsonStr;

/// Lends the strings of a text `'j` for as long as `'de`.
pub(in crate::claims::custom) trait Strings<'j, 'de> {
    fn lend(&mut self, string: JsonStr<'j>) -> Result<&'de str, CustomClaimsError>;
}

/// In the text itself, so that there can be no escapes.
pub(in crate::claims::custom) struct InPlace;

impl<'de> Strings<'de, 'de> for InPlace {
    #[inline]
    fn lend(&mut self, string: JsonStr<'de>) -> Result<&'de str, CustomClaimsError> {
        string.as_str().ok_or(CustomClaimsError::EscapedString)
    }
}

/// Copied into a buffer, decoded, one behind the other.
pub(in crate::claims::custom) struct Decoded<'de>(pub(in crate::claims::custom) &'de mut [u8]);

impl<'j, 'de> Strings<'j, 'de> for Decoded<'de> {
    fn lend(&mut self, string: JsonStr<'j>) -> Result<&'de str, CustomClaimsError> {
        let len = match string.as_str() {
            Some(plain) => plain.len(),
            None => string.chars().fold(0, |len, character| character.len_utf8().saturating_add(len)),
        };
        let place;
        (place, self.0) =
            mem::take(&mut self.0).split_at_mut_checked(len).ok_or(CustomClaimsError::BufferTooSmall)?;
        if let Some(plain) = string.as_str() {
            place.copy_from_slice(plain.as_bytes());
            return core::str::from_utf8(place).map_err(|_| CustomClaimsError::BufferTooSmall);
        }
        string.unescape(place).ok_or(CustomClaimsError::BufferTooSmall)
    }
}
