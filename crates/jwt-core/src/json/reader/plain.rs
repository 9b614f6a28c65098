//! A member that is spelled as nearly all are: no white space, no escapes, and a value that is a string, a whole number or
//! a literal. The general reader reads the same members to the same values, and all others.

use crate::json::{JsonStr, JsonValue};
use crate::search;

/// The name and the value at the beginning of `rest`, behind the comma unless the member `is_first`, and what follows
/// them. `None` leaves it to the general reader, be it another spelling or an error.
#[inline]
pub(super) fn member(rest: &str, is_first: bool) -> Option<(&str, JsonValue<'_>, &str)> {
    let rest = if is_first { rest } else { rest.strip_prefix(',')? };
    let (name, rest) = string(rest)?;
    let rest = rest.strip_prefix(':')?;
    let (value, rest) = match rest.as_bytes().first()? {
        b'"' => {
            let (text, rest) = string(rest)?;
            (JsonValue::String(JsonStr::new(text, false)), rest)
        }
        b'0'..=b'9' => number(rest)?,
        b't' => (JsonValue::Bool(true), rest.strip_prefix("true")?),
        b'f' => (JsonValue::Bool(false), rest.strip_prefix("false")?),
        _ => return None,
    };
    Some((name, value, rest))
}

#[inline]
fn string(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.strip_prefix('"')?;
    let (text, rest) = rest.split_at_checked(search::plain_len(rest.as_bytes()))?;
    Some((text, rest.strip_prefix('"')?))
}

#[inline]
fn number(rest: &str) -> Option<(JsonValue<'_>, &str)> {
    let len = rest.bytes().position(|byte| !byte.is_ascii_digit())?;
    let (number, rest) = rest.split_at_checked(len)?;
    let is_whole = matches!(rest.as_bytes().first(), Some(b',' | b'}'));
    let is_canonical = len == 1 || !number.starts_with('0');
    (is_whole && is_canonical).then_some((JsonValue::Number(number), rest))
}
