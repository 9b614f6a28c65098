//! JSON as text. Claims are never read into numbers and written again, so that they stay what they were.

pub(crate) use jwt_std::json_text::{compact, pretty};

/// Adds members to a valid JSON object.
pub(crate) fn with_members(object: &str, members: &[(String, String)]) -> String {
    let mut object = compact(object);
    object.pop();
    for (name, value) in members {
        if !object.ends_with('{') {
            object.push(',');
        }
        object.push_str(&string(name));
        object.push(':');
        object.push_str(value);
    }
    object.push('}');
    object
}

/// A JSON string.
pub(crate) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_members() {
        let member = [("n\"".to_owned(), "1".to_owned())];
        assert_eq!(with_members("{ }", &member), r#"{"n\"":1}"#);
        assert_eq!(with_members(r#"{"a":{}}"#, &member), r#"{"a":{},"n\"":1}"#);
    }
}
