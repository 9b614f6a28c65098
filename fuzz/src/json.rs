//! JSON by serde_json, with duplicate names found.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A value; objects have no name twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    Null,
    Bool(bool),
    /// As spelled.
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

/// What serde_json makes of a number when it is asked for any value, and what no text of ours may have as a name.
const NUMBER: &str = "$serde_json::private::Number";

impl Json {
    /// The value, or why there is none. `None` if the text cannot be told from one that serde_json makes up itself.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Result<Self, String>> {
        if text.windows(NUMBER.len() - 1).any(|window| window == &NUMBER.as_bytes()[1..]) {
            return None;
        }
        Some(serde_json::from_slice(text).map_err(|error| error.to_string()))
    }

    #[must_use]
    pub fn object(&self) -> Option<&BTreeMap<String, Self>> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    /// Whole numbers that fit, of which only `-0` is then spelled otherwise.
    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = seq.next_element()? {
            elements.push(element);
        }
        Ok(Json::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == NUMBER {
                return map.next_value().map(Json::Number);
            }
            if members.contains_key(&name) {
                return Err(A::Error::custom("duplicate name"));
            }
            members.insert(name, map.next_value()?);
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_spelling_and_names_are_unique() {
        let json = Json::parse(br#"{"a":[1.50e+2,-7,"x"]}"#).unwrap().unwrap();
        let elements = Json::Array(vec![
            Json::Number("1.50e+2".into()),
            Json::Number("-7".into()),
            Json::String("x".into()),
        ]);
        assert_eq!(json.object().unwrap()["a"], elements);
        assert!(Json::parse(br#"{"a":1,"\u0061":2}"#).unwrap().is_err());
        assert!(Json::parse(br#"{"\u0024serde_json::private::Number":"x"}"#).is_none());
    }
}
