//! Arrays and objects that the strict reader has accepted, read again.

use super::{Reader, read_object};
use crate::json::{JsonError, JsonStr, JsonValue, Limits};

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
