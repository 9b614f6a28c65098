//! A member that is spelled as nearly all are: no white space, no escapes, and a value that is a string, a whole number or
//! a literal. The general reader reads the same members to the same values, and all others.

use crate::json::{JsonStr, JsonValue};
use crate::search;

/// The name and the value at `at`, behind the comma unless the member `is_first`, and where they end. `None` leaves it to
/// the general reader, be it another spelling or an error.
#[inline]
pub(super) fn member(text: &str, at: usize, is_first: bool) -> Option<(&str, JsonValue<'_>, usize)> {
    let bytes = text.as_bytes();
    let at = if is_first { at } else { take(bytes, at, b',')? };
    let (name, at) = string(text, at)?;
    let at = take(bytes, at, b':')?;
    let (value, at) = match bytes.get(at)? {
        b'"' => {
            let (value, at) = string(text, at)?;
            (JsonValue::String(JsonStr::new(value, false)), at)
        }
        b'0'..=b'9' => number(text, at)?,
        b't' => (JsonValue::Bool(true), word(bytes, at, b"true")?),
        b'f' => (JsonValue::Bool(false), word(bytes, at, b"false")?),
        _ => return None,
    };
    Some((name, value, at))
}

#[inline]
fn take(bytes: &[u8], at: usize, byte: u8) -> Option<usize> {
    (bytes.get(at) == Some(&byte)).then(|| at.wrapping_add(1))
}

fn word(bytes: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    bytes.get(at..)?.starts_with(word).then(|| at.wrapping_add(word.len()))
}

/// The string at `at`, if it has no escapes, and where it ends.
#[inline]
pub(crate) fn string(text: &str, at: usize) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    let start = take(bytes, at, b'"')?;
    let end = start.wrapping_add(search::plain_len(bytes.get(start..)?));
    Some((text.get(start..end)?, take(bytes, end, b'"')?))
}

#[inline]
fn number(text: &str, at: usize) -> Option<(JsonValue<'_>, usize)> {
    let bytes = text.as_bytes().get(at..)?;
    let len = bytes.iter().position(|byte| !byte.is_ascii_digit())?;
    let is_whole = matches!(bytes.get(len), Some(b',' | b'}'));
    let is_canonical = len == 1 || bytes.first() != Some(&b'0');
    let end = at.wrapping_add(len);
    let number = text.get(at..end)?;
    (is_whole && is_canonical).then_some((JsonValue::Number(number), end))
}
