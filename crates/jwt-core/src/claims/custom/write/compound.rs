//! An array or an object while it is written.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use super::name::Name;
use super::{Error, Place, Value};
use crate::json::JsonWriter;

pub(super) struct Compound<'w, 'out> {
    out: &'w mut JsonWriter<'out>,
    own: Bracket,
    /// It stands in an object whose only member it is, and which ends with it.
    is_variant: bool,
}

enum Bracket {
    Array,
    Object,
    /// Those of the claims set are not its own.
    None,
}

impl<'w, 'out> Compound<'w, 'out> {
    pub(super) fn array(out: &'w mut JsonWriter<'out>) -> Self {
        out.begin_array();
        Self { out, own: Bracket::Array, is_variant: false }
    }

    pub(super) fn object(out: &'w mut JsonWriter<'out>) -> Self {
        out.begin_object();
        Self { out, own: Bracket::Object, is_variant: false }
    }

    pub(super) const fn members(out: &'w mut JsonWriter<'out>) -> Self {
        Self { out, own: Bracket::None, is_variant: false }
    }

    pub(super) fn of_variant(self, place: Place) -> Self {
        Self { is_variant: place == Place::Inside, ..self }
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(Value::inside(self.out))
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.out.name(name);
        self.value(value)
    }

    fn close(self) {
        match self.own {
            Bracket::Array => self.out.end_array(),
            Bracket::Object => self.out.end_object(),
            Bracket::None => {}
        }
        if self.is_variant {
            self.out.end_object();
        }
    }
}

macro_rules! elements {
    ($($kind:ident $method:ident)*) => {$(
        impl $kind for Compound<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.value(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        }
    )*};
}

elements! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

macro_rules! fields {
    ($($kind:ident)*) => {$(
        impl $kind for Compound<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.member(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        }
    )*};
}

fields! {
    SerializeStruct
    SerializeStructVariant
}

impl SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        name.serialize(Name(self.out))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}
