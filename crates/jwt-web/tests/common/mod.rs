//! What the page does, in Rust.

#![allow(dead_code, reason = "each file of tests takes what it needs")]

use jwt_web::{example, generate, inspect, sign};
use serde_json::{Value, json};

pub(crate) const NOW: i64 = 1_790_000_000;

pub(crate) fn asked(function: fn(&str) -> String, request: &Value) -> Value {
    serde_json::from_str(&function(&request.to_string())).unwrap()
}

pub(crate) fn inspected(token: &str, key: &Value) -> Value {
    asked(inspect, &json!({ "token": token, "key": key, "now": NOW }))
}

pub(crate) fn signed(header: &Value, payload: &Value, key: &Value) -> Value {
    asked(sign, &json!({ "header": header.to_string(), "payload": payload.to_string(), "key": key }))
}

pub(crate) fn exampled(algorithm: &str) -> Value {
    asked(example, &json!({ "alg": algorithm, "now": NOW }))
}

pub(crate) fn generated(algorithm: &str) -> Value {
    asked(generate, &json!({ "alg": algorithm }))["key"].clone()
}

/// State and code of one of the verdicts.
pub(crate) fn verdict(report: &Value, name: &str) -> (String, String) {
    let verdict = &report["verdicts"][name];
    let text = |member: &str| verdict[member].as_str().unwrap_or_default().to_owned();
    (text("state"), text("code"))
}

pub(crate) fn pair(state: &str, code: &str) -> (String, String) {
    (state.into(), code.into())
}
