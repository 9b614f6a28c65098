//! The JSON reader, compared with serde_json: the same verdict and values, or a reason that is listed here.

#![no_main]

use jwt_core::json::{JsonErrorKind, JsonValue, Members};
use jwt_fuzz::json::Json;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Ok(text) = str::from_utf8(input) else { return };
    let Some(theirs) = Json::parse(input) else { return };
    match (Members::parse(text), theirs) {
        (Ok(members), Ok(Json::Object(reference))) => same_members(members, &reference),
        (Ok(_), theirs) => panic!("we accept what the reference does not: {theirs:?}"),
        (Err(error), Ok(theirs)) => assert!(
            match error.kind {
                JsonErrorKind::NotAnObject { .. } => theirs.object().is_none(),
                // Documented limits, which serde_json has not or has elsewhere.
                JsonErrorKind::TooDeep => depth(&theirs) > jwt_core::json::MAX_DEPTH,
                JsonErrorKind::TooManyMembers { max } => most_members(&theirs) > max,
                JsonErrorKind::TooCostly { .. } => most_members(&theirs) > 16,
                _ => false,
            },
            "we refuse what the reference accepts: {error}"
        ),
        (Err(_), Err(_)) => {}
    }
});

fn same_members(members: Members<'_>, reference: &std::collections::BTreeMap<String, Json>) {
    let mut count = 0;
    for (name, value) in members {
        let name: String = name.chars().collect();
        let reference = reference.get(&name).expect("a member of the same name");
        match (value, reference) {
            (JsonValue::Null, Json::Null) => {}
            (JsonValue::Bool(found), Json::Bool(expected)) => assert_eq!(found, *expected),
            (JsonValue::Number(found), Json::Number(expected)) => {
                assert_eq!(spelled(found), spelled(expected));
            }
            (JsonValue::String(found), Json::String(expected)) => {
                assert!(found.chars().eq(expected.chars()), "{found:?} {expected:?}");
                let mut buffer = vec![0; expected.len()];
                assert_eq!(found.unescape(&mut buffer), Some(expected.as_str()));
            }
            (JsonValue::Array(found), Json::Array(_)) => {
                assert_eq!(Json::parse(found.as_bytes()), Some(Ok(reference.clone())));
            }
            (JsonValue::Object(found), Json::Object(expected)) => {
                same_members(Members::parse(found).expect("accepted as a part"), expected);
            }
            (found, expected) => panic!("{found:?} is not {expected:?}"),
        }
        count += 1;
    }
    assert_eq!(count, reference.len(), "no member is missing");
}

/// A number as serde_json may have spelled it anew.
fn spelled(number: &str) -> String {
    if number == "-0" { "0".into() } else { number.to_ascii_lowercase().replace('+', "") }
}

fn depth(json: &Json) -> usize {
    match json {
        Json::Array(elements) => 1 + elements.iter().map(depth).max().unwrap_or(0),
        Json::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn most_members(json: &Json) -> usize {
    match json {
        Json::Array(elements) => elements.iter().map(most_members).max().unwrap_or(0),
        Json::Object(members) => members.values().map(most_members).max().unwrap_or(0).max(members.len()),
        _ => 0,
    }
}
