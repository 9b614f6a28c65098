//! A variant of an enum that holds something: an object of one member, which has the variant's name.

use serde::de::{DeserializeSeed, Deserializer as _, EnumAccess, VariantAccess, Visitor};

use super::strings::Strings;
use super::{Error, Name, Text};

pub(super) struct Variant<'r, 'j, 'de, S> {
    pub(super) text: &'r mut Text<'j, 'de, S>,
}

impl<'j, 'de, S: Strings<'j, 'de>> EnumAccess<'de> for Variant<'_, 'j, 'de, S> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name = seed.deserialize(Name(self.text.string()?))?;
        self.text.expect(b':')?;
        Ok((name, self))
    }
}

impl<'j, 'de, S: Strings<'j, 'de>> VariantAccess<'de> for Variant<'_, 'j, 'de, S> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        self.text.literal("null")
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.text)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.text.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.text.deserialize_map(visitor)
    }
}
