//! What a token says, and what is to be thought of it.

use std::fmt::Display;

use jwt_std::decode_header;
use serde::{Deserialize, Serialize};

use crate::claims::{self, Row};
use crate::key::{KeyInput, KeyReport};
use crate::part::{PartReport, Parts};
use crate::policy::{self, Policy};
use crate::problem::{Problem, bad_request, to_json};
use crate::{signature, text};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Request {
    token: String,
    key: KeyInput,
    policy: Policy,
    /// The time, in seconds since 1970.
    now: i64,
}

#[derive(Debug, Serialize)]
struct Report {
    /// The token without what came along when it was copied.
    token: String,
    header: PartReport,
    payload: PartReport,
    signature: PartReport,
    /// The first thing that is wrong with its form.
    problem: Option<Problem>,
    verdicts: Option<Verdicts>,
    header_rows: Vec<Row>,
    claim_rows: Vec<Row>,
    key: KeyReport,
}

#[derive(Debug, Serialize)]
struct Verdicts {
    signature: Verdict,
    time: Verdict,
    policy: Verdict,
    /// All three together.
    all: Verdict,
}

/// One verdict line.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Verdict {
    pub(crate) state: State,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// The form in which the key's text would be the right secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) suggestion: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    Valid,
    /// Valid, and something speaks against it all the same.
    Warning,
    Invalid,
    /// Not checked.
    Unknown,
}

impl Verdict {
    pub(crate) fn new(state: State, code: &'static str, message: impl Display) -> Self {
        Self { state, code, message: message.to_string(), suggestion: None }
    }
}

/// Says what a token is, whether the key signed it, and whether its claims fit the time and the policy.
///
/// The request has `token`, `key` (`text`, `form`: `auto`, `utf8`, `base64url` or `hex`, `passphrase`), `policy`
/// (`issuer`, `audience`, `subject`, `leeway`, `allow_missing_exp`) and `now` in seconds since 1970; all may be left
/// out. The report has what is found; a request that is not understood gets a report with nothing but a `problem`.
pub fn inspect(request: &str) -> String {
    match serde_json::from_str(request) {
        Ok(request) => to_json(&report(request)),
        Err(error) => to_json(&serde_json::json!({ "problem": bad_request(&error) })),
    }
}

fn report(Request { token, key, policy, now }: Request) -> Report {
    let token = text::pasted_token(&token);
    let opened = key.open();
    let parts = if token.is_empty() { Parts::default() } else { Parts::of(&token) };
    let algorithm = decode_header(&token).ok().and_then(|header| header.algorithm());
    let is_token = !token.is_empty() && parts.problem.is_none();
    let verdicts = is_token.then(|| {
        let payload = token.split('.').nth(1).unwrap_or_default();
        let signature = match parts.undecodable() {
            Some(problem) => Verdict::new(State::Invalid, problem.code, &problem.message),
            None => signature::verdict(&token, &key, &opened),
        };
        let (time, policy) = policy::verdicts(payload, parts.payload.json.as_deref(), &policy, now);
        let all = all(&signature, &time, &policy);
        Verdicts { signature, time, policy, all }
    });
    Report {
        problem: parts.first_problem().cloned(),
        verdicts,
        header_rows: parts
            .header
            .json
            .as_deref()
            .map(|json| claims::of_header(json, now))
            .unwrap_or_default(),
        claim_rows: parts
            .payload
            .json
            .as_deref()
            .map(|json| claims::of_payload(json, now))
            .unwrap_or_default(),
        key: KeyReport::of(&key, &opened, algorithm, now),
        header: parts.header,
        payload: parts.payload,
        signature: parts.signature,
        token,
    }
}

fn all(signature: &Verdict, time: &Verdict, policy: &Verdict) -> Verdict {
    let states = [signature.state, time.state, policy.state];
    if states.contains(&State::Invalid) {
        return Verdict::new(State::Invalid, "rejected", "Rejected");
    }
    match signature.state {
        State::Unknown => Verdict::new(State::Unknown, "unverified", "Not verified"),
        _ if states.contains(&State::Warning) => {
            Verdict::new(State::Warning, "doubtful", "Accepted, with a warning")
        }
        _ => Verdict::new(State::Valid, "accepted", "Accepted"),
    }
}
