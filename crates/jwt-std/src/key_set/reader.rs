//! The text of a JWK Set, taken apart.

use jwt_core::json::{JsonError, JsonErrorKind, JsonValue, Members};
use jwt_core::{MAX_JWK_SET_LEN, MAX_KEYS};

use super::KeySetError;

/// The text of each key; `None` for one that is not even an object.
pub(super) fn keys(text: &[u8]) -> Result<Vec<Option<&str>>, KeySetError> {
    if text.len() > MAX_JWK_SET_LEN {
        return Err(KeySetError::TooLarge { max: MAX_JWK_SET_LEN });
    }
    let text = str::from_utf8(text).map_err(|error| {
        KeySetError::Json(JsonError { kind: JsonErrorKind::InvalidUtf8, position: error.valid_up_to() })
    })?;
    let members = Members::parse(text).map_err(KeySetError::Json)?;
    let keys = members.get("keys").and_then(|keys| keys.elements());
    let keys = keys.ok_or(KeySetError::NotASet)?.map(|key| match key {
        JsonValue::Object(text) => Some(text),
        _ => None,
    });
    // One past the limit is enough to see that it is passed.
    let keys: Vec<Option<&str>> = keys.take(MAX_KEYS + 1).collect();
    if keys.len() > MAX_KEYS { Err(KeySetError::TooManyKeys { max: MAX_KEYS }) } else { Ok(keys) }
}

/// What is looked at before a key is read.
pub(super) struct Outline {
    pub(super) kid: Option<String>,
    pub(super) is_symmetric: bool,
    pub(super) is_private: bool,
}

impl Outline {
    /// `jwk` is an object of a set that the strict reader has accepted.
    pub(super) fn of(jwk: &str) -> Self {
        let find = |name| JsonValue::Object(jwk).members()?.get(name);
        let text = |name| find(name)?.as_string().map(|text| text.to_string());
        Self {
            kid: text("kid"),
            is_symmetric: text("kty").as_deref() == Some("oct"),
            // RFC 7518 §6.2.2 and §6.3.2, RFC 8037 §2; RFC 9964 §3.
            is_private: find("d").is_some() || find("priv").is_some(),
        }
    }
}
