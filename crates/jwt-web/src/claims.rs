//! The members of a header or a claims set, with what they mean.

mod meaning;

use jwt_std::jwt_core::json::{JsonStr, JsonValue, Members};
use jwt_std::{json_text, time_text};
use serde::Serialize;

use self::meaning::{CLAIMS, HEADER, Meaning};
use crate::text::{shortened, visible};
use crate::{algorithm, time};

/// Longest value that a row shows, in characters; the decoded part above it has all of it.
const LONGEST: usize = 600;

/// One member.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    name: String,
    /// What the name stands for; empty if nobody has registered it.
    title: &'static str,
    meaning: &'static str,
    /// The standard that says so.
    source: &'static str,
    value: String,
    /// Of a time: in UTC, and how far from now.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    /// Of an algorithm: what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'static str>,
}

/// The rows of a claims set that the strict reader has accepted.
pub(crate) fn of_payload(json: &str, now: i64) -> Vec<Row> {
    rows(json, CLAIMS, now)
}

/// The rows of a header that the strict reader has accepted.
pub(crate) fn of_header(json: &str, now: i64) -> Vec<Row> {
    let mut rows = rows(json, HEADER, now);
    for row in rows.iter_mut().filter(|row| row.name == "alg") {
        row.words = row.value.parse().ok().map(algorithm::words);
    }
    rows
}

fn rows(json: &str, meanings: &'static [Meaning], now: i64) -> Vec<Row> {
    let Ok(members) = Members::parse(json) else { return Vec::new() };
    let row = |(name, value): (JsonStr<'_>, JsonValue<'_>)| {
        let name = name.to_string();
        let known = meanings.iter().find(|meaning| meaning.name == name);
        let is_time = known.is_some_and(|known| known.is_time);
        Row {
            title: known.map_or("", |known| known.title),
            meaning: known.map_or("", |known| known.text),
            source: known.map_or("", |known| known.source),
            time: match value {
                JsonValue::Number(number) if is_time => described(number, now),
                _ => None,
            },
            words: None,
            value: shortened(&visible(&shown(value), false), LONGEST),
            name: shortened(&visible(&name, false), LONGEST),
        }
    };
    members.map(row).collect()
}

fn shown(value: JsonValue<'_>) -> String {
    match value {
        JsonValue::String(text) => text.to_string(),
        JsonValue::Number(text) => text.into(),
        JsonValue::Array(text) | JsonValue::Object(text) => json_text::compact(text),
        JsonValue::Bool(value) => value.to_string(),
        JsonValue::Null => "null".into(),
    }
}

/// "2018-01-18T01:30:22Z, 8 years ago".
fn described(number: &str, now: i64) -> Option<String> {
    let secs = time_text::whole_seconds(number)?;
    Some(format!("{}, {}", time::utc(secs)?, time_text::relative(secs, now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_say_what_members_mean() {
        let json = r#"{"sub":"\u0034242","exp":1516239022,"aud":["a", "b"],"x":{"y" : 1.0},"nonce":null}"#;
        let rows = of_payload(json, 1_516_239_022 + 3 * 86_400);
        let shown: Vec<_> =
            rows.iter().map(|row| (row.name.as_str(), row.title, row.value.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("sub", "Subject", "4242"),
                ("exp", "Expires", "1516239022"),
                ("aud", "Audience", r#"["a","b"]"#),
                ("x", "", r#"{"y":1.0}"#),
                ("nonce", "Nonce", "null"),
            ]
        );
        assert_eq!(rows[1].time.as_deref(), Some("2018-01-18T01:30:22Z, 3 days ago"));
        assert_eq!(rows[0].source, "RFC 7519 §4.1.2");
    }

    #[test]
    fn a_header_says_what_its_algorithm_is() {
        let rows = of_header(r#"{"alg":"ES256","kid":"a"}"#, 0);
        assert_eq!((rows[0].title, rows[0].words), ("Algorithm", Some("ECDSA on P-256 with SHA-256")));
        assert_eq!((rows[1].title, rows[1].words), ("Key ID", None));
        assert_eq!(of_header(r#"{"alg":"none"}"#, 0)[0].words, None);
    }

    #[test]
    fn hostile_values_are_shown_and_bounded() {
        let json = format!(r#"{{"a\u202e":"{}","exp":1e300,"nbf":"soon"}}"#, "x".repeat(5000));
        let rows = of_payload(&json, 0);
        assert_eq!(rows[0].name, "a\\u202e");
        assert_eq!(rows[0].value.chars().count(), LONGEST + 1);
        assert!(rows[1].time.is_none() && rows[2].time.is_none());
    }
}
