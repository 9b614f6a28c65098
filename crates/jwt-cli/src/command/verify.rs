//! `jwt verify`.

mod accepted;
mod each_line;
mod explain;

use jwt_std::jwt_core::{ClaimError, JoseHeader, Malformed, Part, UnverifiedToken, VerifiedToken, base64url};
use jwt_std::{DecodeError, Now, NumericDate, Validation, VerifyError};
use serde_json::{Value, json};

use crate::arguments::VerifyArguments;
use crate::failure::{Failure, Status};
use crate::{input, json_text, terminal, time};

use self::accepted::Accepted;

pub(crate) fn run(arguments: &VerifyArguments) -> Result<(), Failure> {
    if arguments.key.source.key.as_deref() == Some("-")
        && matches!(arguments.token.as_deref(), None | Some("-"))
    {
        return Err(Failure::usage("key and token cannot both come from standard input"));
    }
    let accepted = Accepted::load(arguments)?;
    if arguments.each_line {
        return each_line::run(arguments, &accepted);
    }
    let token = input::token(arguments.token.as_deref())?;
    let now = time_of(arguments);
    if arguments.explain {
        explain::explain(arguments, &accepted, &token, now);
    }
    let Content { payload, warning } =
        check(arguments, &accepted, &token, now).map_err(|failure| show_rejected(failure, &token))?;
    if let Some(warning) = warning {
        terminal::warn(&warning);
    }
    if arguments.jws {
        return terminal::out(&payload);
    }
    // What was accepted is strict JSON, and so is UTF-8.
    let payload = String::from_utf8_lossy(&payload);
    if terminal::out_is_terminal() {
        terminal::out_line(&terminal::printable(&payload))
    } else {
        terminal::out_line(&payload)
    }
}

/// The time that `--now` names, else the clock's.
fn time_of(arguments: &VerifyArguments) -> NumericDate {
    arguments.now.map_or_else(jwt_std::now, NumericDate::from_secs)
}

/// What is in a token that passes every check, and what there is to warn of.
struct Content {
    payload: Vec<u8>,
    warning: Option<String>,
}

/// Returns the payload of a token that passes every check.
fn check(
    arguments: &VerifyArguments,
    accepted: &Accepted,
    text: &[u8],
    now: NumericDate,
) -> Result<Content, Failure> {
    let token = UnverifiedToken::parse(text).map_err(DecodeError::from)?;
    let mut scratch = vec![0; token.scratch_len()];
    for key in accepted.candidates(&token, text)? {
        match token.verify(&key, &mut scratch) {
            Ok(verified) => return check_content(arguments, &verified, now),
            Err(VerifyError::InvalidSignature) => {}
            Err(error) => return Err(accepted.unverified(error)),
        }
    }
    Err(accepted.unverified(VerifyError::InvalidSignature))
}

fn check_content(
    arguments: &VerifyArguments,
    verified: &VerifiedToken<'_>,
    now: NumericDate,
) -> Result<Content, Failure> {
    check_kid(arguments, verified.header())?;
    let warning = if arguments.jws {
        check_typ(arguments, verified.header())?;
        None
    } else {
        check_claims(arguments, verified, now)?
    };
    Ok(Content { payload: verified.payload().to_vec(), warning })
}

fn check_kid(arguments: &VerifyArguments, header: &JoseHeader<'_>) -> Result<(), Failure> {
    let Some(expected) = &arguments.kid else { return Ok(()) };
    match header.kid() {
        Some(found) if found == expected.as_str() => Ok(()),
        Some(found) => {
            let found = found.to_string();
            Err(Failure::new(
                Status::Rejected,
                "kid_mismatch",
                format!("the kid is {found:?}, expected {expected:?}"),
            ))
        }
        None => Err(Failure::new(
            Status::Rejected,
            "missing_kid",
            format!("the header has no kid, expected {expected:?}"),
        )),
    }
}

fn check_typ(arguments: &VerifyArguments, header: &JoseHeader<'_>) -> Result<(), Failure> {
    let Some(expected) = &arguments.typ else { return Ok(()) };
    if header.typ_is(expected) {
        return Ok(());
    }
    let (code, found) = match header.typ() {
        Some(typ) => ("typ_mismatch", format!("the header's typ is {:?}", typ.to_string())),
        None => ("missing_typ", "the header has no typ".into()),
    };
    Err(Failure::new(Status::Rejected, code, format!("{found}, expected {expected:?}")))
}

/// Returns what there is to warn of.
fn check_claims(
    arguments: &VerifyArguments,
    verified: &VerifiedToken<'_>,
    now: NumericDate,
) -> Result<Option<String>, Failure> {
    with_policy(arguments, |policy| {
        let Ok(claims) = verified.validate(policy, Now::At(now)) else {
            return Err(claims_failure(verified.report(policy, Now::At(now)).failures(), now));
        };
        let unchecked = claims.audience().filter(|_| arguments.aud.is_empty());
        Ok(unchecked.map(|audience| {
            let named = audience.first().map(|first| first.to_string()).unwrap_or_default();
            format!("the token is for the audience {named:?}, which was not checked: add --aud")
        }))
    })
}

/// The policy that the options ask for.
fn with_policy<T>(arguments: &VerifyArguments, then: impl FnOnce(&Validation<'_>) -> T) -> T {
    let audiences: Vec<&str> = arguments.aud.iter().map(String::as_str).collect();
    let required: Vec<&str> = arguments.require.iter().map(String::as_str).collect();
    let mut policy = Validation::new().leeway_secs(arguments.leeway).require(&required);
    if let Some(issuer) = &arguments.iss {
        policy = policy.issuer(issuer);
    }
    if let Some(subject) = &arguments.sub {
        policy = policy.subject(subject);
    }
    if let Some(typ) = &arguments.typ {
        policy = policy.typ(typ);
    }
    if let Some(age) = arguments.max_age {
        policy = policy.max_age_secs(age);
    }
    if arguments.allow_missing_exp {
        policy = policy.allow_missing_exp();
    }
    policy = if audiences.is_empty() { policy.any_audience() } else { policy.audiences(&audiences) };
    then(&policy)
}

fn claims_failure(failures: &[ClaimError], now: NumericDate) -> Failure {
    let described: Vec<(&str, String)> =
        failures.iter().map(|failure| (failure.code(), describe(failure, now))).collect();
    let message: Vec<&str> = described.iter().map(|(_, message)| message.as_str()).collect();
    let code = failures.first().map_or("rejected", ClaimError::code);
    let list: Vec<Value> =
        described.iter().map(|(code, message)| json!({ "code": code, "message": message })).collect();
    Failure::new(Status::Rejected, code, message.join("; also, ")).with_detail("failures", list.into())
}

/// A failed check in words, with times that a person can read.
fn describe(failure: &ClaimError, now: NumericDate) -> String {
    let at = |time: NumericDate| match time::describe(time, now) {
        Some(described) => format!("{time} ({described})"),
        None => time.to_string(),
    };
    match *failure {
        ClaimError::Expired { expired_at, .. } => format!("the token expired at {}", at(expired_at)),
        ClaimError::NotYetValid { not_before, .. } => {
            format!("the token is not valid before {}", at(not_before))
        }
        ClaimError::MissingClaim { claim } if claim.as_str() == "exp" => {
            format!("{failure}: the token never expires; --allow-missing-exp accepts that")
        }
        _ => failure.to_string(),
    }
}

/// Adds to a rejection what the token says, marked as rejected.
fn show_rejected(failure: Failure, token: &[u8]) -> Failure {
    let Ok(token) = UnverifiedToken::parse(token) else { return failure };
    let Ok(header) = decoded(&token, Part::Header) else { return failure };
    let payload = decoded(&token, Part::Payload).unwrap_or_default();
    let shown = format!(
        "{}\n  header   {}\n  payload  {}",
        terminal::red("REJECTED, not to be trusted:"),
        terminal::printable(&json_text::compact(&header)),
        terminal::printable(&json_text::compact(&payload)),
    );
    let rejected = json!({ "header": header, "payload": payload });
    failure.with_appendix(shown).with_detail("rejected", rejected)
}

/// One part of a token as text, whatever it is.
fn decoded(token: &UnverifiedToken<'_>, part: Part) -> Result<String, Malformed> {
    let mut buffer = vec![0; base64url::decoded_len(token.part(part).len())];
    let bytes = base64url::decode(token.part(part), &mut buffer)
        .map_err(|error| Malformed::Base64 { part, error })?;
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
