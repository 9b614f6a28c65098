//! What is wrong, in a line, with a code and a place.

use std::fmt::Display;

use jwt_std::jwt_core::json::JsonError;
use serde::Serialize;

/// Something wrong with a token, a text or a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    /// The stable name of the error.
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// What it is about: `token`, `header`, `payload`, `signature` or `key`.
    pub(crate) place: &'static str,
    /// Where in the token it is, counted as JavaScript counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<usize>,
}

impl Problem {
    pub(crate) fn new(place: &'static str, code: &'static str, message: impl Display) -> Self {
        Self { code, message: message.to_string(), place, at: None }
    }

    /// A fault in a text that somebody types: an editor counts lines and columns.
    pub(crate) fn in_text(place: &'static str, text: &str, error: JsonError) -> Self {
        let before = text.get(..error.position.min(text.len())).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self::new(place, error.code(), format!("{error}: line {line}, column {column}"))
    }
}

/// A request that is not what the page sends.
pub(crate) fn bad_request(error: &serde_json::Error) -> Problem {
    Problem::new("request", "request", format!("the request is not understood: {error}"))
}

/// The report as the text that crosses the boundary.
pub(crate) fn to_json(report: &impl Serialize) -> String {
    // Reports have texts and numbers only, and no map with other keys.
    serde_json::to_string(report)
        .unwrap_or_else(|error| format!("{{\"problem\":{{\"message\":\"{error}\"}}}}"))
}
