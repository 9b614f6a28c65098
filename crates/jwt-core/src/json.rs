//! The JSON (RFC 8259) of tokens: a strict, bounded reader and a writer, both without a heap.
//!
//! The reader is stricter than JSON alone: duplicate member names are errors at every depth (RFC 7515 §4 and
//! RFC 7519 §4 allow that, RFC 8725 §2.4 says why), and so is whatever would let two readers see two meanings.

use core::fmt;

mod reader;
mod value;
mod writer;

pub use reader::{Elements, Members};
pub use value::{JsonKind, JsonStr, JsonValue, Unescaped};
pub use writer::JsonWriter;

#[cfg(feature = "serde")]
pub(crate) use reader::plain_string;
pub(crate) use reader::{read_array, read_object};

/// Deepest nesting of arrays and objects that is read, the outermost object included.
pub const MAX_DEPTH: usize = 32;

/// Most members that one JSON object in a payload may have.
pub const MAX_MEMBERS: usize = 256;

/// Most members that one JSON object in a header may have: it is read before anybody is authenticated.
pub const MAX_HEADER_MEMBERS: usize = 64;

/// How many times over a payload may be read again, all in all, to tell whether a member name is a duplicate. An object
/// of [`MAX_MEMBERS`] members needs no more; only one made to cost time does.
pub const MAX_REREADS: usize = 128;

/// How many times over a header may be read again, all in all.
pub const MAX_HEADER_REREADS: usize = 16;

/// How much a text may ask for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    members: usize,
    rereads: usize,
}

impl Limits {
    pub(crate) const HEADER: Self = Self { members: MAX_HEADER_MEMBERS, rereads: MAX_HEADER_REREADS };
    pub(crate) const PAYLOAD: Self = Self { members: MAX_MEMBERS, rereads: MAX_REREADS };
}

/// What is wrong with a JSON text, and where.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonError {
    /// The rule that is broken.
    pub kind: JsonErrorKind,
    /// Offset in bytes from the beginning of the text.
    pub position: usize,
}

/// The rules of the strict reader.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// The text ends inside a value.
    UnexpectedEnd,
    /// A byte that cannot stand here.
    UnexpectedByte {
        /// The byte.
        byte: u8,
    },
    /// The text is a valid JSON value, but not an object.
    NotAnObject {
        /// What it is.
        found: JsonKind,
    },
    /// Something other than white space follows the value.
    TrailingData,
    /// The text is not UTF-8.
    InvalidUtf8,
    /// The text begins with a byte order mark (RFC 8259 §8.1 forbids it).
    ByteOrderMark,
    /// An unescaped control character in a string.
    ControlCharacter {
        /// The character.
        byte: u8,
    },
    /// A backslash sequence that JSON does not have.
    InvalidEscape,
    /// `\ud800` to `\udfff` without its other half: no character.
    LoneSurrogate,
    /// Not a JSON number: a leading zero or plus, a missing digit, `NaN`, `Infinity`.
    InvalidNumber,
    /// A member name that the same object already has, however it is spelled.
    DuplicateName,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// An object with more members than [`MAX_MEMBERS`], in a header [`MAX_HEADER_MEMBERS`].
    TooManyMembers {
        /// The limit.
        max: usize,
    },
    /// Telling whether a name is a duplicate would take more than [`MAX_REREADS`], in a header [`MAX_HEADER_REREADS`],
    /// allows.
    TooCostly {
        /// The limit.
        max: usize,
    },
}

impl JsonError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self.kind {
            JsonErrorKind::UnexpectedEnd => "json_unexpected_end",
            JsonErrorKind::UnexpectedByte { .. } => "json_unexpected_byte",
            JsonErrorKind::NotAnObject { .. } => "json_not_an_object",
            JsonErrorKind::TrailingData => "json_trailing_data",
            JsonErrorKind::InvalidUtf8 => "json_invalid_utf8",
            JsonErrorKind::ByteOrderMark => "json_byte_order_mark",
            JsonErrorKind::ControlCharacter { .. } => "json_control_character",
            JsonErrorKind::InvalidEscape => "json_invalid_escape",
            JsonErrorKind::LoneSurrogate => "json_lone_surrogate",
            JsonErrorKind::InvalidNumber => "json_invalid_number",
            JsonErrorKind::DuplicateName => "json_duplicate_name",
            JsonErrorKind::TooDeep => "json_too_deep",
            JsonErrorKind::TooManyMembers { .. } => "json_too_many_members",
            JsonErrorKind::TooCostly { .. } => "json_too_costly",
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            JsonErrorKind::UnexpectedEnd => f.write_str("the JSON text ends too early")?,
            JsonErrorKind::UnexpectedByte { byte: byte @ b'!'..=b'~' } => {
                write!(f, "unexpected `{}` in JSON", char::from(byte))?;
            }
            JsonErrorKind::UnexpectedByte { byte } => write!(f, "unexpected byte 0x{byte:02x} in JSON")?,
            JsonErrorKind::NotAnObject { found } => write!(f, "expected a JSON object, found {found}")?,
            JsonErrorKind::TrailingData => f.write_str("data after the end of the JSON value")?,
            JsonErrorKind::InvalidUtf8 => f.write_str("the JSON text is not UTF-8")?,
            JsonErrorKind::ByteOrderMark => f.write_str("the JSON text begins with a byte order mark")?,
            JsonErrorKind::ControlCharacter { byte } => {
                write!(f, "control character 0x{byte:02x} in a JSON string must be escaped")?;
            }
            JsonErrorKind::InvalidEscape => f.write_str("invalid escape sequence in a JSON string")?,
            JsonErrorKind::LoneSurrogate => f.write_str("half a surrogate pair in a JSON string")?,
            JsonErrorKind::InvalidNumber => f.write_str("invalid JSON number")?,
            JsonErrorKind::DuplicateName => f.write_str("duplicate member name in a JSON object")?,
            JsonErrorKind::TooDeep => write!(f, "JSON nested deeper than the limit of {MAX_DEPTH} levels")?,
            JsonErrorKind::TooManyMembers { max } => {
                write!(f, "a JSON object with more than the limit of {max} members")?;
            }
            JsonErrorKind::TooCostly { max } => {
                write!(f, "to look for duplicate names this JSON would have to be read over {max} times")?;
            }
        }
        write!(f, " (at offset {})", self.position)
    }
}

impl core::error::Error for JsonError {}
