//! `jwt inspect`.

mod lint;

use jwt_std::jwt_core::json::{JsonError, JsonErrorKind, JsonValue, Members};
use jwt_std::jwt_core::{Malformed, Part, UnverifiedToken, base64url};
use jwt_std::{DecodeError, NumericDate};
use serde_json::Value;

use crate::arguments::InspectArguments;
use crate::failure::Failure;
use crate::{input, json_text, terminal, time};

use self::lint::Lint;

pub(crate) fn run(arguments: &InspectArguments) -> Result<(), Failure> {
    let text = input::token(arguments.token.as_deref())?;
    let token = UnverifiedToken::parse(&text).map_err(DecodeError::from)?;
    let header = decoded(&token, Part::Header)?;
    let payload = decoded(&token, Part::Payload)?;
    let signature = decoded(&token, Part::Signature)?;
    let now = arguments.now.map_or_else(jwt_std::now, NumericDate::from_secs);
    let lints = lint::lint(text.len(), object(&header), object(&payload), now);
    if arguments.json {
        return terminal::out_line(&terminal::printable(&as_json(&header, &payload, &token, now, &lints)));
    }
    let mut footer: Vec<String> = times(&payload, now)
        .into_iter()
        .map(|(name, secs, described)| format!("{name}  {secs}  {described}"))
        .collect();
    footer.push(format!("signature  {} bytes, not checked", signature.len()));
    footer.extend(
        lints
            .iter()
            .map(|Lint { code, message }| format!("warning  {} [{code}]", terminal::printable(message))),
    );
    terminal::out_line(&format!(
        "NOT VERIFIED: anybody can write such a token; `jwt verify` checks it.\n\nheader\n{}\n\npayload\n{}\n\n{}",
        shown(&header),
        shown(&payload),
        footer.join("\n")
    ))
}

fn decoded(token: &UnverifiedToken<'_>, part: Part) -> Result<Vec<u8>, Failure> {
    let mut buffer = vec![0; base64url::decoded_len(token.part(part).len())];
    match base64url::decode(token.part(part), &mut buffer) {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(error) => Err(DecodeError::from(Malformed::Base64 { part, error }).into()),
    }
}

/// A part for a person: JSON laid out, and anything else as it is, with what is wrong with it.
fn shown(part: &[u8]) -> String {
    match object(part) {
        Ok(json) => terminal::printable_lines(&json_text::pretty(json)),
        Err(error) => {
            format!(
                "{}\n(this is no claims set or header: {error})",
                terminal::printable(&String::from_utf8_lossy(part))
            )
        }
    }
}

fn object(part: &[u8]) -> Result<&str, JsonError> {
    let text = std::str::from_utf8(part)
        .map_err(|error| JsonError { kind: JsonErrorKind::InvalidUtf8, position: error.valid_up_to() })?;
    Members::parse(text)?;
    Ok(text)
}

/// The registered times in a claims set: name, as spelled, in words.
fn times(payload: &[u8], now: NumericDate) -> Vec<(String, String, String)> {
    let Ok(claims) = object(payload).and_then(Members::parse) else { return Vec::new() };
    claims
        .filter_map(|(name, value)| match value {
            JsonValue::Number(number) if name == "exp" || name == "nbf" || name == "iat" => {
                let described = time::describe_number(number, now)?;
                Some((name.to_string(), number.to_owned(), described))
            }
            _ => None,
        })
        .collect()
}

/// Put together as text, so that no number in the token changes.
fn as_json(
    header: &[u8],
    payload: &[u8],
    token: &UnverifiedToken<'_>,
    now: NumericDate,
    lints: &[Lint],
) -> String {
    let value = |part: &[u8]| match object(part) {
        Ok(json) => json_text::compact(json),
        Err(_) => json_text::string(&String::from_utf8_lossy(part)),
    };
    let times: Vec<(String, String)> = times(payload, now)
        .into_iter()
        .map(|(name, _, described)| (name, json_text::string(&described)))
        .collect();
    let signature = json_text::string(&String::from_utf8_lossy(token.part(Part::Signature)));
    let members = [
        ("verified", "false".into()),
        ("header", value(header)),
        ("payload", value(payload)),
        ("signature", signature),
        ("times", json_text::with_members("{}", &times)),
        ("warnings", lints.iter().map(Lint::to_json).collect::<Value>().to_string()),
    ];
    json_text::with_members("{}", &members.map(|(name, value)| (name.to_owned(), value)))
}
