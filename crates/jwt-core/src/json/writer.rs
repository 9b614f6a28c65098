//! A writer of compact JSON into a caller's buffer.

use core::fmt;

use crate::{SMALL, search};

/// Writes compact JSON (no white space) into a buffer.
///
/// When the buffer is full it goes on counting, so that [`len`](Self::len) tells how long it would have to be.
#[derive(Debug)]
pub struct JsonWriter<'out> {
    out: &'out mut [u8],
    len: usize,
    needs_comma: bool,
}

impl<'out> JsonWriter<'out> {
    /// A writer at the beginning of `out`.
    pub fn new(out: &'out mut [u8]) -> Self {
        Self { out, len: 0, needs_comma: false }
    }

    /// Bytes written so far, or that would have been written had the buffer been long enough.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing has been written.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether everything fitted.
    pub const fn fits(&self) -> bool {
        self.len <= self.out.len()
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.separate();
        self.raw(b"{");
        self.needs_comma = false;
    }

    /// Closes an object.
    pub fn end_object(&mut self) {
        self.raw(b"}");
        self.needs_comma = true;
    }

    /// Opens an array.
    pub fn begin_array(&mut self) {
        self.separate();
        self.raw(b"[");
        self.needs_comma = false;
    }

    /// Closes an array.
    pub fn end_array(&mut self) {
        self.raw(b"]");
        self.needs_comma = true;
    }

    /// Writes a member name and its colon; the value comes next.
    pub fn name(&mut self, name: &str) {
        self.string(name);
        self.raw(b":");
        self.needs_comma = false;
    }

    /// As [`name`](Self::name), for one that is known to need no escapes.
    pub(crate) fn known_name(&mut self, name: &'static str) {
        if SMALL {
            return self.name(name);
        }
        self.separate();
        self.raw(b"\"");
        self.raw(name.as_bytes());
        self.raw(b"\":");
        self.needs_comma = false;
    }

    /// Writes a string value, escaped as RFC 8259 §7 requires and no further.
    pub fn string(&mut self, text: &str) {
        self.separate();
        self.raw(b"\"");
        self.escaped(text);
        self.raw(b"\"");
        self.needs_comma = true;
    }

    /// Writes what stands between the quotes of a string.
    fn escaped(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while let Some((plain, special)) = rest.split_at_checked(search::plain_len(rest)) {
            self.raw(plain);
            let Some((&byte, behind)) = special.split_first() else {
                break;
            };
            self.escape(byte);
            rest = behind;
        }
    }

    /// As [`string`](Self::string), for what formats as a text. If that fails, half of it may be written.
    #[cfg(feature = "serde")]
    pub(crate) fn displayed_string(&mut self, text: impl fmt::Display) -> fmt::Result {
        self.separate();
        self.raw(b"\"");
        fmt::Write::write_fmt(&mut Escaped(self), format_args!("{text}"))?;
        self.raw(b"\"");
        self.needs_comma = true;
        Ok(())
    }

    /// As [`name`](Self::name), for what formats as a text. If that fails, half of it may be written.
    #[cfg(feature = "serde")]
    pub(crate) fn displayed_name(&mut self, name: impl fmt::Display) -> fmt::Result {
        self.displayed_string(name)?;
        self.raw(b":");
        self.needs_comma = false;
        Ok(())
    }

    /// Writes a string value that `pieces` hands over piece by piece, and that needs no escapes.
    #[cfg(feature = "jwk")]
    pub(crate) fn plain_string(&mut self, pieces: impl FnOnce(&mut Self)) {
        self.separate();
        self.raw(b"\"");
        pieces(self);
        self.raw(b"\"");
        self.needs_comma = true;
    }

    /// Writes a whole number, without `core::fmt`, which firmware may do without.
    pub fn integer(&mut self, number: i64) {
        self.separate();
        if number < 0 {
            self.raw(b"-");
        }
        self.digits(number.unsigned_abs());
    }

    /// As [`integer`](Self::integer), for one that may be larger.
    #[cfg(feature = "serde")]
    pub(crate) fn unsigned(&mut self, number: u64) {
        self.separate();
        self.digits(number);
    }

    fn digits(&mut self, number: u64) {
        let mut digits = [b'0'; MAX_DIGITS];
        let write = if SMALL { digits_by_bytes } else { digits_by_pairs };
        let first = write(number, &mut digits);
        self.raw(digits.get(first..).unwrap_or_default());
        self.needs_comma = true;
    }

    /// Writes a value that formats as JSON by itself: a number or a literal.
    ///
    /// # Errors
    ///
    /// That of the value's own `Display`: half of it may then be written, and must not be signed. A full buffer is none.
    pub fn display(&mut self, value: impl fmt::Display) -> fmt::Result {
        self.separate();
        fmt::Write::write_fmt(self, format_args!("{value}"))?;
        self.needs_comma = true;
        Ok(())
    }

    /// Writes `true`, `false` or `null`.
    pub(crate) fn literal(&mut self, word: &'static str) {
        self.separate();
        self.raw(word.as_bytes());
        self.needs_comma = true;
    }

    /// Writes the members of `object`, the text of a JSON object, into the object that is open.
    pub(crate) fn members_of(&mut self, object: &str) {
        let object = object.trim_matches([' ', '\t', '\r', '\n']);
        let members = object.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
        let members = members.trim_matches([' ', '\t', '\r', '\n']);
        if !members.is_empty() {
            self.separate();
            self.raw(members.as_bytes());
            self.needs_comma = true;
        }
    }

    /// Writes bytes as they are.
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        // Cut in two steps, so that the optimizer sees the lengths agree and links no panic.
        if let Some(place) = self.out.get_mut(self.len..).and_then(|rest| rest.get_mut(..bytes.len())) {
            place.copy_from_slice(bytes);
        }
        self.len = self.len.saturating_add(bytes.len());
    }

    fn separate(&mut self) {
        if self.needs_comma {
            self.raw(b",");
        }
    }

    /// Writes one byte that must not stand in a string as it is, as an escape sequence.
    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            0x0c => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            _ => {
                let hex = |digit: u8| {
                    if digit < 10 { digit | b'0' } else { digit.wrapping_add(b'a' - 10) }
                };
                self.raw(&[b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte & 0xf)]);
                return;
            }
        };
        self.raw(&[b'\\', short]);
    }
}

impl fmt::Write for JsonWriter<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.raw(text.as_bytes());
        Ok(())
    }
}

/// The inside of a string, for `core::fmt`.
#[cfg(feature = "serde")]
struct Escaped<'w, 'out>(&'w mut JsonWriter<'out>);

#[cfg(feature = "serde")]
impl fmt::Write for Escaped<'_, '_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.0.escaped(piece);
        Ok(())
    }
}

/// Writes the decimal digits of a number to the end of `digits`, which are zeros, and says where the first one is.
fn digits_by_pairs(mut rest: u64, digits: &mut [u8; MAX_DIGITS]) -> usize {
    let mut first = MAX_DIGITS;
    // Two digits for one division, from the end.
    for pair in digits.as_rchunks_mut::<2>().1.iter_mut().rev() {
        let [low, ..] = (rest % 100).to_le_bytes();
        *pair = [b'0' | (low / 10), b'0' | (low % 10)];
        rest /= 100;
        first = first.wrapping_sub(2);
        if rest == 0 {
            return if low < 10 { first.wrapping_add(1) } else { first };
        }
    }
    first
}

/// As [`digits_by_pairs`], divided by hand, byte by byte: a small core has no 64-bit division, and its code is larger
/// than this.
fn digits_by_bytes(number: u64, digits: &mut [u8; MAX_DIGITS]) -> usize {
    let mut rest = number.to_be_bytes();
    let mut first = digits.len().saturating_sub(1);
    for (at, digit) in digits.iter_mut().enumerate().rev() {
        let mut remainder = 0_u16;
        for byte in &mut rest {
            let part = remainder << 8 | u16::from(*byte);
            [_, *byte] = (part / 10).to_be_bytes();
            remainder = part % 10;
        }
        let [_, low] = remainder.to_be_bytes();
        *digit = b'0' | low;
        if low != 0 {
            first = at;
        }
    }
    first
}

/// As many digits as a `u64` has.
const MAX_DIGITS: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::{String, ToString as _};

    #[test]
    fn what_does_not_fit_is_counted() {
        for (room, fits) in [(0, false), (4, false), (5, true), (6, true)] {
            let mut out = std::vec![0; room];
            let mut writer = JsonWriter::new(&mut out);
            assert!(writer.is_empty() && writer.fits());
            writer.string("abc");
            assert_eq!((writer.len(), writer.is_empty(), writer.fits()), (5, false, fits), "{room}");
        }
    }

    #[test]
    fn what_does_not_format_is_an_error() {
        struct Half;
        impl fmt::Display for Half {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("12")?;
                Err(fmt::Error)
            }
        }
        let mut out = [0; 64];
        let mut writer = JsonWriter::new(&mut out);
        assert_eq!((writer.display(12), writer.display(Half)), (Ok(()), Err(fmt::Error)));
        #[cfg(feature = "serde")]
        assert_eq!((writer.displayed_string("a"), writer.displayed_string(Half)), (Ok(()), Err(fmt::Error)));
        #[cfg(feature = "serde")]
        assert_eq!((writer.displayed_name("a"), writer.displayed_name(Half)), (Ok(()), Err(fmt::Error)));
        // That there is no room is no error: it is counted.
        assert_eq!(JsonWriter::new(&mut []).display(12), Ok(()));
    }

    #[cfg(feature = "jwk")]
    #[test]
    fn a_string_in_pieces_is_one_value() {
        let mut out = [0; 15];
        let mut writer = JsonWriter::new(&mut out);
        writer.begin_array();
        for _ in 0..2 {
            writer.plain_string(|out| [b"ab", b"cd"].into_iter().for_each(|piece| out.raw(piece)));
        }
        writer.end_array();
        let len = writer.len();
        assert_eq!(out.get(..len), Some(&br#"["abcd","abcd"]"#[..]));
    }

    /// RFC 8259 §7: a character that has a short escape gets that, every other its code.
    #[test]
    fn escapes_are_as_short_as_they_can_be() {
        let mut out = [0; 64];
        let mut writer = JsonWriter::new(&mut out);
        writer.string("\"\\\u{8}\u{c}\n\r\t\u{0}\u{9}\u{a}\u{b}\u{1a}\u{1f}/\u{7f}");
        let len = writer.len();
        let expected = concat!(r#""\"\\\b\f\n\r\t\u0000\t\n\u000b\u001a\u001f/"#, "\u{7f}\"");
        assert_eq!(out.get(..len), Some(expected.as_bytes()));
    }

    #[test]
    fn whole_numbers_are_written_as_core_writes_them() {
        for number in [0, 1, -1, 9, 10, -10, 99, 100, 101, 4_102_444_800, i64::MAX, i64::MIN] {
            let mut out = [0; 20];
            let mut writer = JsonWriter::new(&mut out);
            writer.integer(number);
            let len = writer.len();
            assert_eq!(&out[..len], number.to_string().as_bytes());
        }
    }

    #[test]
    fn digits_are_the_same_in_both_forms() {
        let powers = (0..MAX_DIGITS).map(|exponent| 10_u64.pow(u32::try_from(exponent).unwrap()));
        let numbers = powers.flat_map(|power| [power - 1, power, power + 1, power.wrapping_mul(7)]);
        for number in numbers.chain([u64::MAX, u64::MAX - 1]) {
            for write in [digits_by_pairs, digits_by_bytes] {
                let mut digits = [b'0'; MAX_DIGITS];
                let first = write(number, &mut digits);
                assert_eq!(&digits[first..], number.to_string().as_bytes());
            }
        }
    }

    #[test]
    fn a_string_is_escaped_where_it_must_be_and_nowhere_else() {
        for at in [0, 1, 7, 8, 23, 24, 31, 32, 60] {
            for byte in 0..0x80_u8 {
                let text = std::format!("{}{}{}", "x".repeat(at), char::from(byte), "y".repeat(60 - at));
                let mut out = [0; 80];
                let mut writer = JsonWriter::new(&mut out);
                writer.string(&text);
                let len = writer.len();
                assert_eq!(serde_json::from_slice::<String>(&out[..len]).unwrap(), text);
                let must = byte < 0x20 || matches!(byte, b'"' | b'\\');
                assert_eq!(out[..len].contains(&b'\\'), must, "{byte}");
            }
        }
    }
}
