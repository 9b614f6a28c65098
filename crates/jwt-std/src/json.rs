//! JSON by serde_json, where it reads what somebody else wrote.

use serde::de::{DeserializeOwned, Error as _};
use serde_json::Error;

use crate::json_text::string_len;

/// What member names begin with that serde_json, with some of its features, takes for an order: to read the text inside a
/// string as JSON of its own, which no strict reader has seen. Any crate of the application can turn those features on.
const ORDER: &str = "$serde_json::private::";

/// As `serde_json::from_str`, but for texts with such a name, which are refused.
pub(crate) fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    if has_order(text) {
        return Err(Error::custom(format!("a member name that begins with `{ORDER}` is not for tokens")));
    }
    serde_json::from_str(text)
}

/// Whether a member name at any depth, decoded, begins with [`ORDER`].
fn has_order(text: &str) -> bool {
    // It has a `$` in it, as it is or escaped.
    if !text.contains(['$', '\\']) {
        return false;
    }
    let mut rest = text;
    while let Some(at) = rest.find('"') {
        let (string, behind) = rest.split_at(at + string_len(&rest[at..]));
        // In JSON, what stands before a colon is a name.
        let is_name = behind.trim_start().starts_with(':');
        if is_name && serde_json::from_str::<String>(&string[at..]).is_ok_and(|name| name.starts_with(ORDER))
        {
            return true;
        }
        rest = behind;
    }
    false
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn orders_are_found_at_any_depth_and_however_spelled() {
        for text in [
            r#"{"$serde_json::private::RawValue":"[]"}"#,
            r#"{"a":[{"$serde_json::private::Number" : "1"}]}"#,
            r#"{"a\\":{"\u0024serde_json::private::RawValue":"[]"}}"#,
            r#"{"a":"\"","$\u0073erde_json::private::Rawvalue":"[]"}"#,
            "{\"$serde_json::private::x\"\n:1}",
        ] {
            assert!(has_order(text), "{text}");
            assert!(from_str::<Value>(text).is_err());
        }
    }

    #[test]
    fn what_is_none_is_read() {
        for text in [
            r#"{"a":"$serde_json::private::RawValue"}"#,
            r#"{"a":["$serde_json::private::RawValue",":"]}"#,
            r#"{"$":1,"serde_json::private::x":2,"x$serde_json::private::":3}"#,
            r#"{"\"$serde_json::private::RawValue":1}"#,
            r#"{"a":"\\"}"#,
        ] {
            assert!(!has_order(text), "{text}");
            assert!(from_str::<Value>(text).is_ok(), "{text}");
        }
        for text in ["", "\"", "\"\\", "$\"\"\"", "{\"$"] {
            assert!(!has_order(text) && from_str::<Value>(text).is_err(), "{text}");
        }
    }
}
