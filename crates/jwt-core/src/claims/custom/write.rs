//! A serde serializer that writes members into the claims set that is open.

use core::fmt;

use serde::ser::{self, Serialize, Serializer};

use crate::error::SignError;
use crate::json::JsonWriter;

mod compound;
mod name;

use compound::Compound;

/// Writes the members of `value`, which must serialize to an object.
///
/// What does not fit is counted: see [`JsonWriter::fits`].
pub(super) fn members_of<T: Serialize + ?Sized>(
    value: &T,
    out: &mut JsonWriter<'_>,
) -> Result<(), SignError> {
    match value.serialize(Value { out, place: Place::Outermost }) {
        Ok(()) => Ok(()),
        Err(Error) => Err(SignError::Serialize),
    }
}

/// JSON has no such thing, or the type itself refuses.
#[derive(Debug)]
struct Error;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not JSON")
    }
}

impl core::error::Error for Error {}

impl From<fmt::Error> for Error {
    fn from(fmt::Error: fmt::Error) -> Self {
        Self
    }
}

impl ser::Error for Error {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is the claims set, whose braces are written already.
    Outermost,
    Inside,
}

/// The place where one value goes.
struct Value<'w, 'out> {
    out: &'w mut JsonWriter<'out>,
    place: Place,
}

impl<'w, 'out> Value<'w, 'out> {
    const fn inside(out: &'w mut JsonWriter<'out>) -> Self {
        Self { out, place: Place::Inside }
    }

    /// The writer, for what is no object.
    fn other(self) -> Result<&'w mut JsonWriter<'out>, Error> {
        match self.place {
            Place::Outermost => Err(Error),
            Place::Inside => Ok(self.out),
        }
    }

    fn object(self) -> Compound<'w, 'out> {
        match self.place {
            Place::Outermost => Compound::members(self.out),
            Place::Inside => Compound::object(self.out),
        }
    }

    /// An object whose one member is called `variant`; its value comes next.
    fn variant(self, variant: &'static str) -> &'w mut JsonWriter<'out> {
        if self.place == Place::Inside {
            self.out.begin_object();
        }
        self.out.name(variant);
        self.out
    }
}

/// A float by its debug form, which has always a point or an exponent and never hundreds of digits. JSON has no others
/// than finite ones.
fn float(out: &mut JsonWriter<'_>, is_finite: bool, number: fmt::Arguments<'_>) -> Result<(), Error> {
    if is_finite {
        out.display(number)?;
    } else {
        out.literal("null");
    }
    Ok(())
}

macro_rules! numbers {
    ($($method:ident $number:ty)*) => {$(
        fn $method(self, number: $number) -> Result<(), Error> {
            self.other()?.integer(number.into());
            Ok(())
        }
    )*};
}

impl<'w, 'out> Serializer for Value<'w, 'out> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Compound<'w, 'out>;
    type SerializeTuple = Compound<'w, 'out>;
    type SerializeTupleStruct = Compound<'w, 'out>;
    type SerializeTupleVariant = Compound<'w, 'out>;
    type SerializeMap = Compound<'w, 'out>;
    type SerializeStruct = Compound<'w, 'out>;
    type SerializeStructVariant = Compound<'w, 'out>;

    numbers! {
        serialize_i8 i8
        serialize_i16 i16
        serialize_i32 i32
        serialize_i64 i64
        serialize_u8 u8
        serialize_u16 u16
        serialize_u32 u32
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.other()?.literal(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u64(self, number: u64) -> Result<(), Error> {
        self.other()?.unsigned(number);
        Ok(())
    }

    fn serialize_i128(self, number: i128) -> Result<(), Error> {
        Ok(self.other()?.display(number)?)
    }

    fn serialize_u128(self, number: u128) -> Result<(), Error> {
        Ok(self.other()?.display(number)?)
    }

    fn serialize_f32(self, number: f32) -> Result<(), Error> {
        float(self.other()?, number.is_finite(), format_args!("{number:?}"))
    }

    fn serialize_f64(self, number: f64) -> Result<(), Error> {
        float(self.other()?, number.is_finite(), format_args!("{number:?}"))
    }

    fn serialize_char(self, character: char) -> Result<(), Error> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.other()?.string(text);
        Ok(())
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, text: &T) -> Result<(), Error> {
        Ok(self.other()?.displayed_string(text)?)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        let out = self.other()?;
        out.begin_array();
        for byte in bytes {
            out.integer((*byte).into());
        }
        out.end_array();
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.other()?.literal("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let place = self.place;
        let out = self.variant(variant);
        value.serialize(Value::inside(out))?;
        if place == Place::Inside {
            out.end_object();
        }
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'w, 'out>, Error> {
        self.other().map(Compound::array)
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'w, 'out>, Error> {
        self.other().map(Compound::array)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'w, 'out>, Error> {
        self.other().map(Compound::array)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'w, 'out>, Error> {
        let place = self.place;
        Ok(Compound::array(self.variant(variant)).of_variant(place))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'w, 'out>, Error> {
        Ok(self.object())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'w, 'out>, Error> {
        Ok(self.object())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'w, 'out>, Error> {
        let place = self.place;
        Ok(Compound::object(self.variant(variant)).of_variant(place))
    }
}
