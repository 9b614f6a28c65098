//! The member names of an object, and which of them it has twice.

use heapless::Vec;

use super::Reader;
use crate::SMALL;
use crate::json::{JsonErrorKind, JsonStr, Limits};

/// The names that an object has so far: where they stand in the text, and a filter that says at once that most new
/// names are new. Only where it cannot say is the text read again, and all that reading is bounded by [`Limits`].
pub(super) struct Names {
    start: usize,
    filter: u64,
    pub(super) count: u16,
}

impl Names {
    pub(super) const fn starting_at(start: usize) -> Self {
        Self { start, filter: 0, count: 0 }
    }

    /// Adds a name. Says whether the object may have it already.
    #[cfg_attr(not(target_os = "none"), inline)]
    pub(super) fn add(&mut self, name: JsonStr<'_>, limits: Limits) -> Result<bool, JsonErrorKind> {
        self.count = self.count.saturating_add(1);
        if usize::from(self.count) > limits.members {
            return Err(JsonErrorKind::TooManyMembers { max: limits.members });
        }
        let bit = filter_bit(name);
        let may_be_known = self.filter & bit != 0;
        self.filter |= bit;
        Ok(may_be_known)
    }

    /// The members before the one at `position` in `text`.
    pub(super) fn before<'t>(&self, text: &'t str, position: usize) -> &'t str {
        text.get(self.start..position).unwrap_or_default()
    }
}

/// The first names of an object, on hosts, where there is room for them: while there are few, none is read again.
#[derive(Default)]
pub(super) struct Seen<'a> {
    names: Vec<JsonStr<'a>, { if SMALL { 0 } else { 32 } }>,
}

impl<'a> Seen<'a> {
    #[inline]
    pub(super) fn add(&mut self, name: JsonStr<'a>) {
        if !SMALL {
            // One that finds no room is missed by the count.
            let _ = self.names.push(name);
        }
    }

    /// Whether all names of an object are here but the one that was added last.
    pub(super) fn has_all_before(&self, names: &Names) -> bool {
        !SMALL && self.names.len().saturating_add(1) == usize::from(names.count)
    }

    pub(super) fn contains(&self, name: JsonStr<'a>) -> bool {
        self.names.contains(&name)
    }
}

/// One bit of 64, by the length and the outer bytes of a name, however it is spelled.
#[cfg_attr(not(target_os = "none"), inline)]
fn filter_bit(name: JsonStr<'_>) -> u64 {
    let (first, last, len) = match name.as_str().map(str::as_bytes) {
        Some([]) => (0, 0, 0),
        Some(plain @ &[first]) => (first, first, plain.len()),
        Some(plain @ &[first, .., last]) => (first, last, plain.len()),
        None => outer_bytes(name),
    };
    let mixed = u32::from(first)
        .wrapping_mul(31)
        .wrapping_add(u32::from(last).wrapping_mul(7))
        .wrapping_add(u32::try_from(len).unwrap_or(u32::MAX));
    1_u64.wrapping_shl(mixed & 63)
}

/// The first and the last byte, and the length, of a name that is spelled with escapes.
#[cold]
fn outer_bytes(name: JsonStr<'_>) -> (u8, u8, usize) {
    let (first, last, len) = name.chars().fold((None, 0, 0_usize), |(first, last, len), character| {
        let mut utf8 = [0; 4];
        let utf8 = character.encode_utf8(&mut utf8).as_bytes();
        let last = utf8.last().copied().unwrap_or(last);
        (first.or(utf8.first().copied()), last, len.saturating_add(utf8.len()))
    });
    (first.unwrap_or(0), last, len)
}

/// Whether `members`, the checked text from behind an opening brace up to the next name, has a member `name`.
pub(super) fn has_name(members: &str, name: JsonStr<'_>) -> bool {
    let mut reader = Reader::accepted(members);
    let mut depth: usize = 0;
    while let Some(byte) = reader.peek() {
        match byte {
            b'"' => {
                let Ok(string) = reader.string() else {
                    return false;
                };
                reader.skip_whitespace();
                if depth == 0 && reader.peek() == Some(b':') && string == name {
                    return true;
                }
                continue;
            }
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        reader.advance();
    }
    false
}
