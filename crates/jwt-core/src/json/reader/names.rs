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

    /// Adds the name that stands at `position` in `text`. Returns what is left of `unread`.
    pub(super) fn add<'a>(
        &mut self,
        name: JsonStr<'a>,
        seen: Option<&mut Seen<'a>>,
        text: &str,
        position: usize,
        limits: Limits,
        unread: usize,
    ) -> Result<usize, JsonErrorKind> {
        self.count = self.count.saturating_add(1);
        if usize::from(self.count) > limits.members {
            return Err(JsonErrorKind::TooManyMembers { max: limits.members });
        }
        let bit = filter_bit(name);
        let may_be_known = self.filter & bit != 0;
        self.filter |= bit;
        let was_seen = seen.and_then(|seen| seen.add(name, self.count, may_be_known));
        if !may_be_known {
            return Ok(unread);
        }
        let before = text.get(self.start..position).unwrap_or_default();
        let costly = JsonErrorKind::TooCostly { max: limits.rereads };
        let unread = unread.checked_sub(before.len()).ok_or(costly)?;
        if was_seen.unwrap_or_else(|| has_name(before, name)) {
            Err(JsonErrorKind::DuplicateName)
        } else {
            Ok(unread)
        }
    }
}

/// The first names of an object, on hosts, where there is room for them: while there are few, none is read again.
#[derive(Default)]
pub(super) struct Seen<'a> {
    names: Vec<JsonStr<'a>, { if SMALL { 0 } else { 32 } }>,
}

impl<'a> Seen<'a> {
    /// Adds a name, the `count`th of its object. Says whether an earlier one is the same if `ask`, unless not all are here.
    #[inline]
    fn add(&mut self, name: JsonStr<'a>, count: u16, ask: bool) -> Option<bool> {
        let has_all = self.names.len().saturating_add(1) == usize::from(count);
        let is_known = has_all && ask && self.names.contains(&name);
        // One that finds no room is missed by the next.
        let _ = self.names.push(name);
        has_all.then_some(is_known)
    }
}

/// One bit of 64, by the length and the outer bytes of a name, however it is spelled.
fn filter_bit(name: JsonStr<'_>) -> u64 {
    let (first, last, len) = match name.as_str() {
        Some(plain) => {
            let plain = plain.as_bytes();
            (plain.first().copied(), plain.last().copied(), plain.len())
        }
        None => name.chars().fold((None, None, 0_usize), |(first, _, len), character| {
            let mut utf8 = [0; 4];
            let utf8 = character.encode_utf8(&mut utf8).as_bytes();
            (first.or(utf8.first().copied()), utf8.last().copied(), len.saturating_add(utf8.len()))
        }),
    };
    let mixed = u32::from(first.unwrap_or(0))
        .wrapping_mul(31)
        .wrapping_add(u32::from(last.unwrap_or(0)).wrapping_mul(7))
        .wrapping_add(u32::try_from(len).unwrap_or(u32::MAX));
    1_u64.wrapping_shl(mixed & 63)
}

/// Whether `members`, the checked text from behind an opening brace up to the next name, has a member `name`.
fn has_name(members: &str, name: JsonStr<'_>) -> bool {
    let mut reader = Reader::accepted(members);
    let mut depth: usize = 0;
    while let Some(byte) = reader.peek() {
        match byte {
            b'"' => {
                let Ok(string) = reader.string() else { return false };
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
