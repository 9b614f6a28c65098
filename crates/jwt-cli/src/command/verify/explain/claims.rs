//! The checks of a claims set.

use jwt_std::jwt_core::Excerpt;
use jwt_std::jwt_core::json::{JsonValue, Members};
use jwt_std::{ClaimError, NumericDate};

use super::{Check, Outcome, excerpt, raw};
use crate::arguments::VerifyArguments;
use crate::time;

/// One check for each registered claim and each that must be there. `failures` are what the library says.
pub(super) fn claims(
    arguments: &VerifyArguments,
    payload: &[u8],
    failures: &[ClaimError],
    now: NumericDate,
    checks: &mut Vec<Check>,
) {
    let claims = std::str::from_utf8(payload).ok().and_then(|text| Members::parse(text).ok());
    let not_json = failures.iter().find(|failure| matches!(failure, ClaimError::Json(_)));
    let (Some(claims), None) = (claims, not_json) else {
        let code = not_json.map_or("json_unexpected_byte", ClaimError::code);
        let found = not_json.map(ToString::to_string).unwrap_or_default();
        checks.push(Check::new("payload", Outcome::Failed(code), found, PAYLOAD.into()));
        checks.push(Check::new("the claims", Outcome::NotMade, String::new(), String::new()));
        return;
    };
    checks.push(Check::new("payload", Outcome::Passed, "one".into(), PAYLOAD.into()));

    let asked = [
        ("exp", Some(expiry(arguments, now))),
        ("nbf", Some(format!("none, or no later than {}", at(now, arguments.leeway)))),
        (
            "iat",
            arguments
                .max_age
                .map(|age| format!("no more than {age} seconds before {}", at(now, arguments.leeway))),
        ),
        ("iss", arguments.iss.as_ref().map(|issuer| format!("{issuer:?}"))),
        ("aud", (!arguments.aud.is_empty()).then(|| one_of(&arguments.aud))),
        ("sub", arguments.sub.as_ref().map(|subject| format!("{subject:?}"))),
        ("jti", None),
    ];
    let mut rest: Vec<&ClaimError> = failures.iter().filter(|failure| !is_of(failure, "typ")).collect();
    let mut push = |name: &str, wanted: Option<String>| {
        let failure = rest.iter().find(|failure| is_of(failure, name)).copied();
        rest.retain(|failure| !is_of(failure, name));
        let value = claims.get(name);
        let wanted = match wanted {
            None if arguments.require.iter().any(|required| required == name) => {
                Some("any, but there".into())
            }
            other => other,
        };
        let outcome = match (failure, &wanted) {
            (Some(failure), _) => Outcome::Failed(failure.code()),
            (None, Some(_)) => Outcome::Passed,
            (None, None) => Outcome::NotAsked,
        };
        let wanted = match failure {
            // The type is checked whether or not anybody asks for the claim.
            Some(failure @ (ClaimError::WrongType { .. } | ClaimError::OutOfRange { .. })) => {
                failure.to_string()
            }
            _ => wanted.unwrap_or_default(),
        };
        checks.push(Check::new(name, outcome, found(name, value, now), wanted));
    };
    let registered: Vec<&str> = asked.iter().map(|(name, _)| *name).collect();
    for (name, wanted) in asked {
        push(name, wanted);
    }
    let mut further: Vec<&str> = arguments.require.iter().map(String::as_str).collect();
    further.sort_unstable();
    further.dedup();
    for name in further.into_iter().filter(|name| !registered.contains(name)) {
        push(name, None);
    }
    for failure in rest {
        checks.push(Check::new(
            "policy",
            Outcome::Failed(failure.code()),
            failure.to_string(),
            String::new(),
        ));
    }
}

const PAYLOAD: &str = "a JSON object without a name that stands twice";

fn expiry(arguments: &VerifyArguments, now: NumericDate) -> String {
    let none = if arguments.allow_missing_exp { "none, or " } else { "" };
    format!("{none}later than {}", at(now, arguments.leeway))
}

fn at(now: NumericDate, leeway: u64) -> String {
    let now = now.secs();
    if leeway == 0 { format!("now, {now}") } else { format!("now, {now}, give or take {leeway} seconds") }
}

fn one_of(names: &[String]) -> String {
    names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" or ")
}

fn found(name: &str, value: Option<JsonValue<'_>>, now: NumericDate) -> String {
    match value {
        None => "none".into(),
        Some(JsonValue::Number(number)) if matches!(name, "exp" | "nbf" | "iat") => {
            let described = time::describe_number(number, now);
            described
                .map_or_else(|| excerpt(number), |described| format!("{} ({described})", excerpt(number)))
        }
        Some(value) => raw(&value),
    }
}

/// Whether a failure is one of this claim's, or of `typ`.
fn is_of(failure: &ClaimError, name: &str) -> bool {
    match failure {
        ClaimError::WrongType { claim, .. }
        | ClaimError::OutOfRange { claim }
        | ClaimError::UnprovenTime { claim } => claim.name() == name,
        ClaimError::MissingClaim { claim } => *claim == Excerpt::new(name),
        ClaimError::Expired { .. } => name == "exp",
        ClaimError::NotYetValid { .. } => name == "nbf",
        ClaimError::IssuedInFuture { .. } | ClaimError::TooOld { .. } => name == "iat",
        ClaimError::IssuerMismatch { .. } => name == "iss",
        ClaimError::SubjectMismatch { .. } => name == "sub",
        ClaimError::AudienceMismatch { .. } | ClaimError::UnexpectedAudience { .. } => name == "aud",
        ClaimError::MissingTyp { .. } | ClaimError::TypMismatch { .. } => name == "typ",
        _ => false,
    }
}
