//! A serde deserializer over a JSON text that the strict reader has accepted: it need not check again what stands there,
//! only whether the application's type wants it.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, SeqAccess, Visitor,
};

use super::CustomClaimsError;
use crate::json::{JsonStr, plain_string};
use crate::search;

mod name;
mod strings;
mod variant;

use name::Name;
use strings::Strings;
pub(super) use strings::{Decoded, InPlace};
use variant::Variant;

/// Reads `json` as a `T`, which borrows what `strings` lends.
#[inline(never)]
pub(super) fn read<'j, 'de, T: Deserialize<'de>, S: Strings<'j, 'de>>(
    json: &'j str,
    strings: S,
) -> Result<T, CustomClaimsError> {
    let mut text = Text { json, at: 0, strings, lent: PhantomData };
    T::deserialize(&mut text).map_err(|error| error.0)
}

/// An accepted text, and how far it has been read.
struct Text<'j, 'de, S> {
    json: &'j str,
    at: usize,
    strings: S,
    lent: PhantomData<&'de str>,
}

/// Only that the types do not agree: the text itself is right.
#[derive(Debug)]
struct Error(CustomClaimsError);

const MISMATCH: Error = Error(CustomClaimsError::Mismatch);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl core::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(_: T) -> Self {
        MISMATCH
    }
}

impl<'j, 'de, S: Strings<'j, 'de>> Text<'j, 'de, S> {
    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.json.as_bytes().get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.advance(1),
                byte => return byte.copied(),
            }
        }
    }

    #[inline]
    fn advance(&mut self, len: usize) {
        self.at = self.at.wrapping_add(len);
    }

    /// Takes the next byte that is no white space, which must be this one.
    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Error> {
        if self.peek() != Some(byte) {
            return Err(MISMATCH);
        }
        self.advance(1);
        Ok(())
    }

    /// What is left, as bytes.
    #[inline]
    fn rest(&self) -> &'j [u8] {
        self.json.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Takes the next `len` bytes.
    #[inline]
    fn split(&mut self, len: usize) -> Result<&'j str, Error> {
        let start = self.at;
        self.advance(len);
        self.json.get(start..self.at).ok_or(MISMATCH)
    }

    /// The next string, as it stands in the text.
    #[inline(never)]
    fn raw_string(&mut self) -> Result<JsonStr<'j>, Error> {
        self.expect(b'"')?;
        let rest = self.rest();
        let mut len = search::plain_len(rest);
        let has_escapes = rest.get(len) != Some(&b'"');
        if has_escapes {
            len = escaped_len(rest, len);
        }
        let raw = self.split(len)?;
        self.advance(1);
        Ok(JsonStr::accepted(raw, has_escapes))
    }

    #[inline]
    fn string(&mut self) -> Result<&'de str, Error> {
        let string = match plain_string(self.json, self.at) {
            Some((plain, end)) => {
                self.at = end;
                JsonStr::accepted(plain, false)
            }
            None => self.raw_string()?,
        };
        self.strings.lend(string).map_err(Error)
    }

    fn number(&mut self) -> Result<&'j str, Error> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(MISMATCH);
        }
        let is_part = |byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let rest = self.rest();
        self.split(rest.iter().position(|byte| !is_part(*byte)).unwrap_or(rest.len()))
    }

    fn literal(&mut self, word: &str) -> Result<(), Error> {
        self.peek();
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(MISMATCH);
        }
        self.advance(word.len());
        Ok(())
    }

    fn boolean(&mut self) -> Result<bool, Error> {
        let is_true = self.peek() == Some(b't');
        self.literal(if is_true { "true" } else { "false" })?;
        Ok(is_true)
    }

    /// Passes over one value, whatever is in it.
    fn skip(&mut self) -> Result<(), Error> {
        let mut depth = 0_usize;
        loop {
            match self.peek().ok_or(MISMATCH)? {
                b'"' => _ = self.raw_string()?,
                b'-' | b'0'..=b'9' => _ = self.number()?,
                b't' | b'f' => _ = self.boolean()?,
                b'n' => self.literal("null")?,
                byte => {
                    self.advance(1);
                    match byte {
                        b'{' | b'[' => depth = depth.saturating_add(1),
                        b'}' | b']' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                }
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// A number as an integer if it is one that fits, else as the nearest float.
    fn any_number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        let number = self.number()?;
        match (number.parse(), number.parse()) {
            (Ok(number), _) => visitor.visit_u64(number),
            (_, Ok(number)) => visitor.visit_i64(number),
            _ => visitor.visit_f64(finite(number.parse().ok(), f64::is_finite)?),
        }
    }
}

/// Where the string ends that has a backslash at `at`.
#[cold]
fn escaped_len(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at) == Some(&b'\\') {
        // What is escaped may be a quote, but is never a part of another escape.
        at = at.saturating_add(2);
        at = at.saturating_add(search::plain_len(bytes.get(at..).unwrap_or_default()));
    }
    at
}

/// A number that is too large for a float is out of range, not infinite.
fn finite<F: Copy>(number: Option<F>, is_finite: fn(F) -> bool) -> Result<F, Error> {
    number.filter(|number| is_finite(*number)).ok_or(MISMATCH)
}

/// The methods for integers, of what has a `number`.
macro_rules! integers {
    () => {
        integers! {
            deserialize_i8 visit_i8
            deserialize_i16 visit_i16
            deserialize_i32 visit_i32
            deserialize_i64 visit_i64
            deserialize_i128 visit_i128
            deserialize_u8 visit_u8
            deserialize_u16 visit_u16
            deserialize_u32 visit_u32
            deserialize_u64 visit_u64
            deserialize_u128 visit_u128
        }
    };
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.number()?.parse().map_err(|_| MISMATCH)?)
        }
    )*};
}
use integers;

impl<'j, 'de, S: Strings<'j, 'de>> Deserializer<'de> for &mut Text<'j, 'de, S> {
    type Error = Error;

    integers!();

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.peek() {
            Some(b'"') => self.deserialize_str(visitor),
            Some(b'{') => self.deserialize_map(visitor),
            Some(b'[') => self.deserialize_seq(visitor),
            Some(b't' | b'f') => self.deserialize_bool(visitor),
            Some(b'n') => self.deserialize_unit(visitor),
            _ => self.any_number(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.boolean()?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f32(finite(self.number()?.parse().ok(), f32::is_finite)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(finite(self.number()?.parse().ok(), f64::is_finite)?)
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.peek() {
            Some(b'[') => self.deserialize_seq(visitor),
            _ => visitor.visit_borrowed_bytes(self.string()?.as_bytes()),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.peek() == Some(b'n') {
            self.literal("null")?;
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.literal("null")?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.expect(b'[')?;
        let value = visitor.visit_seq(Elements { text: self, is_first: true })?;
        self.expect(b']')?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.expect(b'{')?;
        let value = visitor.visit_map(Members { text: self, is_first: true })?;
        self.expect(b'}')?;
        Ok(value)
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.peek() == Some(b'"') {
            return visitor.visit_enum(self.string()?.into_deserializer());
        }
        self.expect(b'{')?;
        let value = visitor.visit_enum(Variant { text: self })?;
        self.expect(b'}')?;
        Ok(value)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.skip()?;
        visitor.visit_unit()
    }
}

struct Elements<'r, 'j, 'de, S> {
    text: &'r mut Text<'j, 'de, S>,
    is_first: bool,
}

impl<'j, 'de, S: Strings<'j, 'de>> SeqAccess<'de> for Elements<'_, 'j, 'de, S> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if self.text.peek() == Some(b']') {
            return Ok(None);
        }
        if !self.is_first {
            self.text.expect(b',')?;
        }
        self.is_first = false;
        seed.deserialize(&mut *self.text).map(Some)
    }
}

struct Members<'r, 'j, 'de, S> {
    text: &'r mut Text<'j, 'de, S>,
    is_first: bool,
}

impl<'j, 'de, S: Strings<'j, 'de>> MapAccess<'de> for Members<'_, 'j, 'de, S> {
    type Error = Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if self.text.peek() == Some(b'}') {
            return Ok(None);
        }
        if !self.is_first {
            self.text.expect(b',')?;
        }
        self.is_first = false;
        seed.deserialize(Name(self.text.string()?)).map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        self.text.expect(b':')?;
        seed.deserialize(&mut *self.text)
    }
}
