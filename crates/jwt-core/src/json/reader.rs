//! The strict reader: iterative, bounded in depth and members, one pass.

use heapless::Vec;

mod names;
mod plain;

use names::{Names, Seen};

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
    while let Some((name, value)) = object.next(&mut seen)? {
        on_member(name, value)?;
    }
    Ok(object.reader.text)
}

type Member<'a> = (JsonStr<'a>, JsonValue<'a>);

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
    fn next(&mut self, seen: &mut Seen<'a>) -> Result<Option<Member<'a>>, JsonError> {
        if !SMALL && let Some(member) = self.plain_member(seen)? {
            return Ok(Some(member));
        }
        self.any_member(seen)
    }

    fn any_member(&mut self, seen: &mut Seen<'a>) -> Result<Option<Member<'a>>, JsonError> {
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

    /// As [`any_member`](Self::any_member), for one in its usual spelling. `None` for every other.
    #[inline]
    fn plain_member(&mut self, seen: &mut Seen<'a>) -> Result<Option<Member<'a>>, JsonError> {
        let reader = &mut self.reader;
        let text = reader.text.get(reader.position()..).unwrap_or_default();
        let Some((name, value, rest)) = plain::member(text, self.names.count == 0) else { return Ok(None) };
        let name = JsonStr::new(name, false);
        let position = reader.position().saturating_add(usize::from(self.names.count != 0));
        reader.add_name(&mut self.names, Some(seen), name, position)?;
        reader.rest = rest.as_bytes();
        Ok(Some((name, value)))
    }
}

/// Hands each element of an array that the strict reader has accepted to `on_element`.
pub(crate) fn read_array<'a, E>(
    array: &'a str,
    on_element: impl FnMut(JsonValue<'a>) -> Result<(), E>,
) -> Result<(), E> {
    Elements::of(array).try_for_each(on_element)
}

/// The elements of a JSON array that the strict reader has accepted, in the order of the text:
/// [`JsonValue::elements`].
#[derive(Debug, Clone)]
pub struct Elements<'a> {
    reader: Reader<'a>,
}

impl<'a> Elements<'a> {
    pub(crate) fn of(array: &'a str) -> Self {
        let mut reader = Reader::accepted(array);
        reader.advance();
        Self { reader }
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = JsonValue<'a>;

    fn next(&mut self) -> Option<JsonValue<'a>> {
        self.reader.skip_separators();
        // In a text that has been accepted only the closing bracket is no value.
        self.reader.value().ok()
    }
}

/// The members of a JSON object that the strict reader has accepted, in the order of the text.
#[derive(Debug, Clone)]
pub struct Members<'a> {
    reader: Reader<'a>,
}

impl<'a> Members<'a> {
    /// Reads `text` as one JSON object, as strictly as a token's header and claims are read.
    ///
    /// # Errors
    ///
    /// [`JsonError`] for the first rule that it breaks.
    pub fn parse(text: &'a str) -> Result<Self, JsonError> {
        read_object::<JsonError>(text.as_bytes(), Limits::PAYLOAD, |_, _| Ok(())).map(Self::of)
    }

    /// `object` is the text of an object that the strict reader has accepted.
    pub(crate) fn of(object: &'a str) -> Self {
        let mut reader = Reader::accepted(object);
        reader.skip_whitespace();
        reader.advance();
        Self { reader }
    }

    /// The value of the member called `name`, among those that have not been handed out yet.
    pub fn get(&self, name: &str) -> Option<JsonValue<'a>> {
        self.clone().find_map(|(found, value)| (found == name).then_some(value))
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (JsonStr<'a>, JsonValue<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.reader.skip_separators();
        let name = self.reader.string().ok()?;
        self.reader.skip_separators();
        Some((name, self.reader.value().ok()?))
    }
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
                let Some(level) = levels.last() else { return Ok(self.since(start)) };
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

    fn add_name(
        &mut self,
        names: &mut Names,
        seen: Option<&mut Seen<'a>>,
        name: JsonStr<'a>,
        position: usize,
    ) -> Result<(), JsonError> {
        if let Some(limits) = self.limits {
            self.unread = names
                .add(name, seen, self.text, position, limits, self.unread)
                .map_err(|kind| JsonError { kind, position })?;
        }
        Ok(())
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
