//! The strict reader: iterative, bounded in depth and members, one pass.

use heapless::Vec;

mod accepted;
mod names;
mod plain;

pub use accepted::{Elements, Members};
use names::{Names, Seen, has_name};
#[cfg(feature = "serde")]
pub(crate) use plain::string as plain_string;

use super::value::{EscapeError, unescape_one};
use super::{JsonError, JsonErrorKind, JsonStr, JsonValue, Limits, MAX_DEPTH};
use crate::{SMALL, search};

/// Reads `text` as one JSON object and hands each of its members to `on_member`, in order.
///
/// Every byte is checked, also of members that nobody asks for. `on_member` sees a member before what follows it
/// has been read.
pub(crate) fn read_object<'a, E: From<JsonError>>(
    text: &'a [u8],
    limits: Limits,
    mut on_member: impl FnMut(JsonStr<'a>, JsonValue<'a>) -> Result<(), E>,
) -> Result<&'a str, E> {
    let mut object = Object::open(text, limits)?;
    let mut seen = Seen::default();
    loop {
        if !SMALL {
            object.plain_members(&mut seen, &mut on_member)?;
        }
        let Some((name, value)) = object.next(&mut seen)? else { break };
        on_member(name, value)?;
    }
    Ok(object.reader.text)
}

/// The outermost object while it is being checked. Not generic, so that all who read share its code.
struct Object<'a> {
    reader: Reader<'a>,
    names: Names,
}

impl<'a> Object<'a> {
    fn open(text: &'a [u8], limits: Limits) -> Result<Self, JsonError> {
        let text = core::str::from_utf8(text)
            .map_err(|error| JsonError { kind: JsonErrorKind::InvalidUtf8, position: error.valid_up_to() })?;
        if text.starts_with('\u{feff}') {
            return Err(JsonError { kind: JsonErrorKind::ByteOrderMark, position: 0 });
        }
        let mut reader = Reader {
            unread: text.len().saturating_mul(limits.rereads),
            limits: Some(limits),
            ..Reader::accepted(text)
        };
        reader.skip_whitespace();
        if reader.peek() != Some(b'{') {
            let found = reader.value()?.kind();
            return Err(JsonError { kind: JsonErrorKind::NotAnObject { found }, position: 0 });
        }
        reader.advance();
        let names = Names::starting_at(reader.position());
        Ok(Self { reader, names })
    }

    /// The next member; behind the last one, makes sure that nothing follows the object.
    fn next(&mut self, seen: &mut Seen<'a>) -> Result<Option<(JsonStr<'a>, JsonValue<'a>)>, JsonError> {
        let reader = &mut self.reader;
        reader.skip_whitespace();
        if reader.take(b'}') {
            reader.skip_whitespace();
            let is_end = reader.rest.is_empty();
            return if is_end { Ok(None) } else { Err(reader.error(JsonErrorKind::TrailingData)) };
        }
        if self.names.count > 0 {
            reader.expect(b',')?;
            reader.skip_whitespace();
        }
        let name = reader.name(&mut self.names, Some(seen))?;
        Ok(Some((name, reader.value()?)))
    }

    /// As [`next`](Self::next), for as many members as come in their usual spelling.
    fn plain_members<E: From<JsonError>>(
        &mut self,
        seen: &mut Seen<'a>,
        on_member: &mut impl FnMut(JsonStr<'a>, JsonValue<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        let text = self.reader.text;
        let mut at = self.reader.position();
        loop {
            let is_first = self.names.count == 0;
            let Some((name, value, end)) = plain::member(text, at, is_first) else { break };
            let name = JsonStr::new(name, false);
            let position = if is_first { at } else { at.saturating_add(1) };
            self.reader.add_name(&mut self.names, Some(seen), name, position)?;
            on_member(name, value)?;
            at = end;
        }
        self.reader.rest = text.as_bytes().get(at..).unwrap_or_default();
        Ok(())
    }
}

/// Hands each element of an array that the strict reader has accepted to `on_element`.
pub(crate) fn read_array<'a, E>(
    array: &'a str,
    on_element: impl FnMut(JsonValue<'a>) -> Result<(), E>,
) -> Result<(), E> {
    Elements::of(array).try_for_each(on_element)
}

/// A position in a text.
#[derive(Debug, Clone)]
struct Reader<'a> {
    text: &'a str,
    rest: &'a [u8],
    /// The limits of a text that is being checked. One that has been accepted has none, and no duplicates to look for.
    limits: Option<Limits>,
    /// How many bytes may still be read again to look for duplicate names.
    unread: usize,
}

impl<'a> Reader<'a> {
    /// A reader of a text that has been accepted.
    const fn accepted(text: &'a str) -> Self {
        Self { text, rest: text.as_bytes(), limits: None, unread: 0 }
    }

    /// Reads one value of any type; skips the white space before it.
    fn value(&mut self) -> Result<JsonValue<'a>, JsonError> {
        self.skip_whitespace();
        Ok(match self.peek() {
            Some(b'"') => JsonValue::String(self.string()?),
            Some(b'{') => JsonValue::Object(self.composite()?),
            Some(b'[') => JsonValue::Array(self.composite()?),
            Some(b't') => self.literal("true", JsonValue::Bool(true))?,
            Some(b'f') => self.literal("false", JsonValue::Bool(false))?,
            Some(b'n') => self.literal("null", JsonValue::Null)?,
            Some(b'-' | b'0'..=b'9') => JsonValue::Number(self.number()?),
            Some(b'+' | b'.' | b'N' | b'I') => return Err(self.error(JsonErrorKind::InvalidNumber)),
            _ => return Err(self.unexpected()),
        })
    }

    /// Checks an array or an object below the outermost object, without recursion, and returns its text.
    fn composite(&mut self) -> Result<&'a str, JsonError> {
        let start = self.position();
        // The outermost object is the first level; what is read here nests inside it.
        let mut levels = Vec::<Level, { MAX_DEPTH - 1 }>::new();
        loop {
            // A value is expected here.
            let opened = match self.peek() {
                Some(b'{') => {
                    self.advance();
                    Some(Level::Object(Names::starting_at(self.position())))
                }
                Some(b'[') => {
                    self.advance();
                    Some(Level::Array)
                }
                _ => None,
            };
            let mut value_complete = true;
            if let Some(level) = opened {
                let closer = level.closer();
                levels.push(level).map_err(|_| self.error(JsonErrorKind::TooDeep))?;
                self.skip_whitespace();
                value_complete = self.take(closer);
                if value_complete {
                    levels.pop();
                }
            } else {
                self.scalar()?;
            }
            // After a complete value: close levels until a comma asks for the next one.
            while value_complete {
                let Some(level) = levels.last() else {
                    return Ok(self.since(start));
                };
                self.skip_whitespace();
                if self.take(level.closer()) {
                    levels.pop();
                } else {
                    self.expect(b',')?;
                    self.skip_whitespace();
                    value_complete = false;
                }
            }
            if let Some(Level::Object(names)) = levels.last_mut() {
                self.name(names, None)?;
                self.skip_whitespace();
            }
        }
    }

    fn scalar(&mut self) -> Result<(), JsonError> {
        if !SMALL && let Some((_, end)) = plain::string(self.text, self.position()) {
            self.rest = self.text.as_bytes().get(end..).unwrap_or_default();
            return Ok(());
        }
        match self.peek() {
            Some(b'{' | b'[') => Err(self.unexpected()),
            _ => self.value().map(|_| ()),
        }
    }

    /// Reads a member name and the colon after it, and refuses a name that the object already has.
    fn name(&mut self, names: &mut Names, seen: Option<&mut Seen<'a>>) -> Result<JsonStr<'a>, JsonError> {
        let position = self.position();
        if self.peek() != Some(b'"') {
            return Err(self.unexpected());
        }
        let name = self.string()?;
        self.add_name(names, seen, name, position)?;
        self.skip_whitespace();
        self.expect(b':')?;
        Ok(name)
    }

    /// Adds a name that stands at `position` to those of its object.
    #[cfg_attr(not(target_os = "none"), inline)]
    fn add_name(
        &mut self,
        names: &mut Names,
        seen: Option<&mut Seen<'a>>,
        name: JsonStr<'a>,
        position: usize,
    ) -> Result<(), JsonError> {
        let Some(limits) = self.limits else {
            return Ok(());
        };
        let may_be_known = names.add(name, limits).map_err(|kind| JsonError { kind, position })?;
        if may_be_known {
            self.refuse_again(names, seen.as_deref(), name, position)?;
        }
        if let Some(seen) = seen {
            seen.add(name);
        }
        Ok(())
    }

    /// Refuses a name that the filter cannot rule out, if the object has it.
    #[cold]
    fn refuse_again(
        &mut self,
        names: &Names,
        seen: Option<&Seen<'a>>,
        name: JsonStr<'a>,
        position: usize,
    ) -> Result<(), JsonError> {
        let error = |kind| JsonError { kind, position };
        let before = names.before(self.text, position);
        let max = self.limits.map_or(0, |limits| limits.rereads);
        // What is not read again for having been kept costs the same, so that the limit is the same everywhere.
        let unread = self.unread.checked_sub(before.len());
        self.unread = unread.ok_or(error(JsonErrorKind::TooCostly { max }))?;
        let has_all = seen.filter(|seen| seen.has_all_before(names));
        let is_known = has_all.map_or_else(|| has_name(before, name), |seen| seen.contains(name));
        if is_known { Err(error(JsonErrorKind::DuplicateName)) } else { Ok(()) }
    }

    /// Reads a string whose opening quote is next.
    fn string(&mut self) -> Result<JsonStr<'a>, JsonError> {
        self.expect(b'"')?;
        let start = self.position();
        self.skip_plain();
        let has_escapes = self.peek() != Some(b'"');
        if has_escapes {
            self.escapes()?;
        }
        let raw = self.since(start);
        self.advance();
        Ok(JsonStr::new(raw, has_escapes))
    }

    /// Goes on to the closing quote from what is neither that nor plain.
    #[cold]
    fn escapes(&mut self) -> Result<(), JsonError> {
        loop {
            match self.peek() {
                Some(b'"') => return Ok(()),
                Some(b'\\') => self.escape()?,
                Some(byte) => return Err(self.error(JsonErrorKind::ControlCharacter { byte })),
                None => return Err(self.error(JsonErrorKind::UnexpectedEnd)),
            }
            self.skip_plain();
        }
    }

    fn skip_plain(&mut self) {
        self.rest = self.rest.get(search::plain_len(self.rest)..).unwrap_or_default();
    }

    /// Checks the escape sequence whose backslash is next.
    fn escape(&mut self) -> Result<(), JsonError> {
        let position = self.position();
        self.advance();
        let mut characters = self.text.get(self.position()..).unwrap_or_default().chars();
        match unescape_one(&mut characters) {
            Ok(_) => {
                self.rest = characters.as_str().as_bytes();
                Ok(())
            }
            Err(EscapeError::Invalid) => Err(JsonError { kind: JsonErrorKind::InvalidEscape, position }),
            Err(EscapeError::LoneSurrogate) => {
                Err(JsonError { kind: JsonErrorKind::LoneSurrogate, position })
            }
        }
    }

    /// Reads a number (RFC 8259 §6).
    fn number(&mut self) -> Result<&'a str, JsonError> {
        let start = self.position();
        self.take(b'-');
        if self.take(b'0') {
            if matches!(self.peek(), Some(b'0'..=b'9')) {
                return Err(self.error(JsonErrorKind::InvalidNumber));
            }
        } else {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.advance();
            if !self.take(b'-') {
                self.take(b'+');
            }
            self.digits()?;
        }
        Ok(self.since(start))
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.error(JsonErrorKind::InvalidNumber));
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.advance();
        }
        Ok(())
    }

    fn literal(&mut self, word: &str, value: JsonValue<'a>) -> Result<JsonValue<'a>, JsonError> {
        match self.rest.strip_prefix(word.as_bytes()) {
            Some(rest) => {
                self.rest = rest;
                Ok(value)
            }
            None => Err(self.unexpected()),
        }
    }

    #[cfg_attr(target_os = "none", inline(never))]
    fn skip_whitespace(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.advance();
        }
    }

    /// Skips what stands between values of a text that is known to be valid.
    #[cfg_attr(target_os = "none", inline(never))]
    fn skip_separators(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b':')) {
            self.advance();
        }
    }

    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn advance(&mut self) {
        if let Some((_, rest)) = self.rest.split_first() {
            self.rest = rest;
        }
    }

    #[cfg_attr(target_os = "none", inline(never))]
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.advance();
        }
        found
    }

    #[cfg_attr(target_os = "none", inline(never))]
    fn expect(&mut self, byte: u8) -> Result<(), JsonError> {
        if self.take(byte) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// What has been read from `start` on.
    #[cfg_attr(target_os = "none", inline(never))]
    fn since(&self, start: usize) -> &'a str {
        // Between two tokens, so between two characters.
        self.text.get(start..self.position()).unwrap_or_default()
    }

    fn position(&self) -> usize {
        self.text.len().saturating_sub(self.rest.len())
    }

    #[cfg_attr(target_os = "none", inline(never))]
    fn error(&self, kind: JsonErrorKind) -> JsonError {
        JsonError { kind, position: self.position() }
    }

    #[cold]
    #[cfg_attr(target_os = "none", inline(never))]
    fn unexpected(&self) -> JsonError {
        self.error(match self.peek() {
            Some(byte) => JsonErrorKind::UnexpectedByte { byte },
            None => JsonErrorKind::UnexpectedEnd,
        })
    }
}

/// One open array or object.
enum Level {
    Array,
    Object(Names),
}

impl Level {
    const fn closer(&self) -> u8 {
        match self {
            Self::Array => b']',
            Self::Object(_) => b'}',
        }
    }
}

#[cfg(test)]
mod tests;
