//! The text of a JWK Set, taken apart.

use std::fmt;

use jwt_core::json::{JsonError, JsonErrorKind, Members};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{KeySetError, MAX_KEYS, MAX_LEN};

/// The text of each key.
pub(super) fn keys(text: &[u8]) -> Result<Vec<&RawValue>, KeySetError> {
    if text.len() > MAX_LEN {
        return Err(KeySetError::TooLarge { max: MAX_LEN });
    }
    let text = str::from_utf8(text).map_err(|error| {
        KeySetError::Json(JsonError { kind: JsonErrorKind::InvalidUtf8, position: error.valid_up_to() })
    })?;
    // The strict reader first: no name twice at any depth, bounded nesting.
    Members::parse(text).map_err(KeySetError::Json)?;
    let Set(keys) = serde_json::from_str(text).map_err(|_| KeySetError::NotASet)?;
    let Keys(keys) = keys.ok_or(KeySetError::NotASet)?;
    if keys.len() > MAX_KEYS { Err(KeySetError::TooManyKeys { max: MAX_KEYS }) } else { Ok(keys) }
}

/// What is looked at before a key is read.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) kid: Option<String>,
    pub(super) is_symmetric: bool,
    pub(super) is_private: bool,
}

impl Outline {
    pub(super) fn of(jwk: &str) -> Self {
        let Ok(members) = Members::parse(jwk) else { return Self::default() };
        let find = |name: &str| members.clone().find(|(found, _)| *found == name).map(|(_, value)| value);
        let text = |name| find(name)?.as_string().map(|text| text.to_string());
        Self {
            kid: text("kid"),
            is_symmetric: text("kty").as_deref() == Some("oct"),
            // RFC 7518 §6.2.2 and §6.3.2, RFC 8037 §2; RFC 9964 §3.
            is_private: find("d").is_some() || find("priv").is_some(),
        }
    }
}

struct Set<'a>(Option<Keys<'a>>);

struct Keys<'a>(Vec<&'a RawValue>);

impl<'de> Deserialize<'de> for Set<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SetVisitor)
    }
}

struct SetVisitor;

impl<'de> Visitor<'de> for SetVisitor {
    type Value = Set<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Set<'de>, A::Error> {
        let mut keys = None;
        while let Some(name) = map.next_key::<String>()? {
            if name == "keys" {
                keys = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Set(keys))
    }
}

impl<'de> Deserialize<'de> for Keys<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of keys")
    }

    /// Stops keeping them one past the limit, which is enough to see that it is passed.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Keys<'de>, A::Error> {
        let mut keys = Vec::new();
        while keys.len() <= MAX_KEYS
            && let Some(key) = seq.next_element()?
        {
            keys.push(key);
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Keys(keys))
    }
}
