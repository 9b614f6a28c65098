//! The second and the third verdict: whether the token is for now, and whether it is for whom it was meant.

use jwt_std::jwt_core::json::{JsonValue, Members};
use jwt_std::jwt_core::{RegisteredClaim, UnverifiedToken};
use jwt_std::{ClaimError, Now, NumericDate, Validation, time_text};
use serde::Deserialize;

use crate::inspect::{State, Verdict};
use crate::signature::Unchecked;
use crate::text::{shortened, visible};
use crate::time;

/// What the page expects of a token.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Policy {
    issuer: String,
    audience: String,
    subject: String,
    leeway: u64,
    allow_missing_exp: bool,
}

/// The verdicts of time and policy on a claims set, whoever signed it: `payload` is the token's part, `json` what it
/// decodes to, if that is an object.
pub(crate) fn verdicts(payload: &str, json: Option<&str>, policy: &Policy, now: i64) -> (Verdict, Verdict) {
    let Some(json) = json else {
        let verdict =
            || Verdict::new(State::Unknown, "no_claims", "not checked: the payload is no claims set");
        return (verdict(), verdict());
    };
    let failures = failures(payload, policy, now);
    let (of_time, of_policy): (Vec<&ClaimError>, _) =
        failures.iter().partition(|failure| is_of_time(failure));
    (time_verdict(&of_time, json, now), policy_verdict(&of_policy, json, policy))
}

/// Every check that fails. The core looks at claims of verified tokens only, and so it is given the claims as those of
/// a token that nobody checks; the verdict on the signature stands apart.
fn failures(payload: &str, policy: &Policy, now: i64) -> Vec<ClaimError> {
    let mut validation = Validation::new().leeway_secs(policy.leeway);
    if !policy.issuer.is_empty() {
        validation = validation.issuer(&policy.issuer);
    }
    if !policy.subject.is_empty() {
        validation = validation.subject(&policy.subject);
    }
    validation = match policy.audience.as_str() {
        // The verdict says that nobody compared it.
        "" => validation.any_audience(),
        audience => validation.audience(audience),
    };
    if policy.allow_missing_exp {
        validation = validation.allow_missing_exp();
    }
    // {"alg":"HS256"}
    let token = format!("eyJhbGciOiJIUzI1NiJ9.{payload}.AA");
    let Ok(token) = UnverifiedToken::parse(&token) else { return Vec::new() };
    let mut scratch = vec![0; token.scratch_len()];
    let Ok(claims) = token.verify(&Unchecked, &mut scratch) else { return Vec::new() };
    claims.report(&validation, Now::At(NumericDate::from_secs(now))).failures().to_vec()
}

fn is_of_time(failure: &ClaimError) -> bool {
    match failure {
        ClaimError::Expired { .. } | ClaimError::NotYetValid { .. } | ClaimError::OutOfRange { .. } => true,
        ClaimError::WrongType { claim, .. } => {
            matches!(claim, RegisteredClaim::Exp | RegisteredClaim::Nbf | RegisteredClaim::Iat)
        }
        ClaimError::MissingClaim { claim } => claim.as_str() == "exp",
        _ => false,
    }
}

fn time_verdict(failures: &[&ClaimError], json: &str, now: i64) -> Verdict {
    if let Some(first) = failures.first() {
        let messages: Vec<String> = failures.iter().map(|failure| time_message(failure, now)).collect();
        return Verdict::new(State::Invalid, first.code(), messages.join("; "));
    }
    let claim = |name| match Members::parse(json).ok()?.get(name)? {
        JsonValue::Number(number) => time_text::whole_seconds(number),
        _ => None,
    };
    let issued = claim("iat").filter(|issued| *issued > now);
    let issued = issued.map(|issued| {
        format!("; it says that it was made in the future, {} (a clock is wrong?)", moment(issued, now))
    });
    match claim("exp") {
        Some(exp) => {
            let message =
                format!("valid: expires {}{}", moment(exp, now), issued.clone().unwrap_or_default());
            let state = if issued.is_some() { State::Warning } else { State::Valid };
            Verdict::new(state, "valid", message)
        }
        None if has_exp(json) => Verdict::new(State::Valid, "valid", "valid for longer than any calendar"),
        None => Verdict::new(State::Warning, "no_exp", "the token never expires: it has no exp"),
    }
}

fn has_exp(json: &str) -> bool {
    Members::parse(json).is_ok_and(|members| matches!(members.get("exp"), Some(JsonValue::Number(_))))
}

fn time_message(failure: &ClaimError, now: i64) -> String {
    match failure {
        ClaimError::Expired { expired_at, .. } => format!("expired {}", moment(expired_at.secs(), now)),
        ClaimError::NotYetValid { not_before, .. } => {
            format!("not valid yet, but from {} on", moment(not_before.secs(), now))
        }
        ClaimError::MissingClaim { .. } => "never expires: it has no exp, which most verifiers refuse".into(),
        other => other.to_string(),
    }
}

/// "3 days ago (2018-01-18T01:30:22Z)".
fn moment(secs: i64, now: i64) -> String {
    let relative = time_text::relative(secs, now);
    time::utc(secs).map_or_else(|| format!("{relative} ({secs})"), |utc| format!("{relative} ({utc})"))
}

fn policy_verdict(failures: &[&ClaimError], json: &str, policy: &Policy) -> Verdict {
    if let Some(first) = failures.first() {
        let messages: Vec<String> = failures.iter().map(ToString::to_string).collect();
        return Verdict::new(State::Invalid, first.code(), messages.join("; "));
    }
    let expected = [("issuer", &policy.issuer), ("audience", &policy.audience), ("subject", &policy.subject)];
    let holds: Vec<String> = expected
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("the {name} is {:?}", visible(&shortened(value, 80), false)))
        .collect();
    let audience = match Members::parse(json).ok().and_then(|members| members.get("aud")) {
        Some(JsonValue::String(text)) => Some(text.to_string()),
        Some(JsonValue::Array(text)) => Some(text.into()),
        _ => None,
    };
    let audience = audience.filter(|_| policy.audience.is_empty()).map(|audience| {
        let audience = visible(&shortened(&audience, 80), false);
        format!("the token is for the audience {audience}, and none is expected: a verifier must be told who it is")
    });
    match (holds.is_empty(), audience) {
        (true, None) => Verdict::new(
            State::Unknown,
            "no_policy",
            "nothing is expected: name an issuer or an audience to have them checked",
        ),
        (true, Some(audience)) => Verdict::new(State::Unknown, "no_policy", audience),
        (false, None) => Verdict::new(State::Valid, "valid", format!("as expected: {}", holds.join(", "))),
        (false, Some(audience)) => Verdict::new(
            State::Warning,
            "audience_not_compared",
            format!("as expected: {}; but {audience}", holds.join(", ")),
        ),
    }
}
