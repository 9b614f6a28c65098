//! JSON values as they stand in the text: borrowed, checked once, decoded only when asked.

use core::fmt;
use core::str::Chars;

use super::{Elements, Members};

/// One value of a JSON text that the strict reader has accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonValue<'a> {
    /// A string.
    String(JsonStr<'a>),
    /// A number, as spelled.
    Number(&'a str),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// An array: its text, brackets included.
    Array(&'a str),
    /// An object: its text, braces included.
    Object(&'a str),
}

impl<'a> JsonValue<'a> {
    /// Which of the six JSON types it is.
    pub const fn kind(&self) -> JsonKind {
        match self {
            Self::String(_) => JsonKind::String,
            Self::Number(_) => JsonKind::Number,
            Self::Bool(_) => JsonKind::Bool,
            Self::Null => JsonKind::Null,
            Self::Array(_) => JsonKind::Array,
            Self::Object(_) => JsonKind::Object,
        }
    }

    /// The elements, if it is an array. One that was not read but made of some text ends where that is no JSON.
    ///
    /// ```
    /// use jwt_core::json::{JsonValue, Members};
    ///
    /// let (_, list) = Members::parse(r#"{"list":[1,true]}"#)?.next().unwrap();
    /// let elements: Vec<_> = list.elements().unwrap().collect();
    /// assert_eq!(elements, [JsonValue::Number("1"), JsonValue::Bool(true)]);
    /// # Ok::<(), jwt_core::json::JsonError>(())
    /// ```
    pub fn elements(&self) -> Option<Elements<'a>> {
        if let Self::Array(list) = self { Some(Elements::of(list)) } else { None }
    }

    /// The members, if it is an object. They have been read strictly with what they stand in, and are not read so again:
    /// alone they might pass a limit that the whole does not, and what they say would be lost. An object that was not read
    /// but made of some text ends where that is no JSON.
    ///
    /// ```
    /// use jwt_core::json::{JsonValue, Members};
    ///
    /// let cnf = Members::parse(r#"{"cnf":{"jkt":"a"}}"#)?.get("cnf").unwrap();
    /// let jkt = cnf.members().unwrap().get("jkt").unwrap();
    /// assert!(jkt.as_string().is_some_and(|jkt| jkt == "a"));
    /// # Ok::<(), jwt_core::json::JsonError>(())
    /// ```
    pub fn members(&self) -> Option<Members<'a>> {
        if let Self::Object(object) = self { Some(Members::of(object)) } else { None }
    }

    /// The string, if it is one.
    pub const fn as_string(&self) -> Option<JsonStr<'a>> {
        match self {
            Self::String(string) => Some(*string),
            _ => None,
        }
    }
}

/// The JSON types (RFC 8259 §3).
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// `null`.
    Null,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "a string",
            Self::Number => "a number",
            Self::Bool => "a boolean",
            Self::Null => "null",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

/// A JSON string as it stands in the text, its escapes known to be valid and not yet decoded.
///
/// Compare it with [`PartialEq<str>`], look at it with [`as_str`](Self::as_str) when it has no escapes, decode it
/// with [`chars`](Self::chars) or [`unescape`](Self::unescape), or print it: `Display` writes the decoded text.
#[derive(Clone, Copy)]
pub struct JsonStr<'a> {
    raw: &'a str,
    has_escapes: bool,
}

impl<'a> JsonStr<'a> {
    pub(crate) const EMPTY: Self = Self { raw: "", has_escapes: false };

    /// `raw` is what stands between the quotes; the reader has checked its escapes.
    pub(super) const fn new(raw: &'a str, has_escapes: bool) -> Self {
        Self { raw, has_escapes }
    }

    /// As [`new`](Self::new), for those who read a text again that the reader has accepted.
    #[cfg(feature = "serde")]
    pub(crate) const fn accepted(raw: &'a str, has_escapes: bool) -> Self {
        Self::new(raw, has_escapes)
    }

    /// The string, if its text needs no decoding.
    pub const fn as_str(&self) -> Option<&'a str> {
        if self.has_escapes { None } else { Some(self.raw) }
    }

    /// The text between the quotes, escapes and all.
    pub const fn raw(&self) -> &'a str {
        self.raw
    }

    /// The decoded characters.
    pub fn chars(&self) -> Unescaped<'a> {
        Unescaped { rest: self.raw.chars() }
    }

    /// The string, whose escapes are decoded into `buffer` if it has any. `None` if they do not fit, so that a string
    /// which is longer than every one it is compared with costs nothing.
    pub(crate) fn plain<'b>(&self, buffer: &'b mut [u8]) -> Option<&'b str>
    where
        'a: 'b,
    {
        if self.has_escapes { self.unescape(buffer) } else { Some(self.raw) }
    }

    /// Decodes the string into `buffer` and returns the written prefix, or `None` when it does not fit. A buffer as
    /// long as [`raw`](Self::raw) always suffices.
    pub fn unescape<'b>(&self, buffer: &'b mut [u8]) -> Option<&'b str> {
        let mut len: usize = 0;
        for character in self.chars() {
            // Straight into the buffer it would be a panic to the linker: the optimizer does not see that there is room.
            let mut utf8 = [0; 4];
            let utf8 = character.encode_utf8(&mut utf8).as_bytes();
            let end = len.checked_add(utf8.len())?;
            buffer.get_mut(len..end)?.copy_from_slice(utf8);
            len = end;
        }
        core::str::from_utf8(buffer.get(..len)?).ok()
    }
}

impl PartialEq<str> for JsonStr<'_> {
    fn eq(&self, other: &str) -> bool {
        if self.has_escapes { self.chars().eq(other.chars()) } else { self.raw == other }
    }
}

impl PartialEq<&str> for JsonStr<'_> {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialEq for JsonStr<'_> {
    fn eq(&self, other: &Self) -> bool {
        if self.has_escapes { self.chars().eq(other.chars()) } else { other == self.raw }
    }
}

impl Eq for JsonStr<'_> {}

impl fmt::Display for JsonStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chars().try_for_each(|character| fmt::Write::write_char(f, character))
    }
}

impl fmt::Debug for JsonStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::error::write_quoted(f, self.chars())
    }
}

/// The decoded characters of a [`JsonStr`].
#[derive(Debug, Clone)]
pub struct Unescaped<'a> {
    rest: Chars<'a>,
}

impl Iterator for Unescaped<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let character = self.rest.next()?;
        if character != '\\' {
            return Some(character);
        }
        unescape_one(&mut self.rest).ok()
    }
}

/// Why an escape sequence is none.
pub(super) enum EscapeError {
    Invalid,
    LoneSurrogate,
}

/// Decodes what follows a backslash. The one decoder of escapes: the reader checks with it what [`Unescaped`]
/// decodes with it later.
pub(super) fn unescape_one(rest: &mut Chars<'_>) -> Result<char, EscapeError> {
    Ok(match rest.next().ok_or(EscapeError::Invalid)? {
        '"' => '"',
        '\\' => '\\',
        '/' => '/',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let first = four_hex_digits(rest)?;
            let scalar = match first {
                0xd800..=0xdbff => {
                    if (rest.next(), rest.next()) != (Some('\\'), Some('u')) {
                        return Err(EscapeError::LoneSurrogate);
                    }
                    let second = four_hex_digits(rest)?;
                    if !matches!(second, 0xdc00..=0xdfff) {
                        return Err(EscapeError::LoneSurrogate);
                    }
                    ((first & 0x3ff) << 10 | (second & 0x3ff)).wrapping_add(0x1_0000)
                }
                _ => first,
            };
            char::from_u32(scalar).ok_or(EscapeError::LoneSurrogate)?
        }
        _ => return Err(EscapeError::Invalid),
    })
}

fn four_hex_digits(rest: &mut Chars<'_>) -> Result<u32, EscapeError> {
    let mut value = 0;
    for _ in 0..4 {
        let digit = rest.next().and_then(|digit| digit.to_digit(16)).ok_or(EscapeError::Invalid)?;
        value = (value << 4) | digit;
    }
    Ok(value)
}
