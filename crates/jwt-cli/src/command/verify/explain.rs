//! `jwt verify --explain`: each check in its order, with what was found and what was wanted.

use jwt_std::jwt_core::json::JsonValue;
use jwt_std::jwt_core::{
    HeaderError, JoseHeader, Malformed, Part, UnverifiedToken, VerifiedToken, base64url,
};
use jwt_std::{Now, NumericDate, Verifier as _, VerifyError, VerifyingKey};
use serde_json::{Value, json};

use self::claims::claims;
use super::Accepted;
use crate::arguments::VerifyArguments;
use crate::{json_text, terminal};

mod claims;

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed(&'static str),
    /// No option asks for it.
    NotAsked,
    /// An earlier one failed.
    NotMade,
}

/// One check.
#[derive(Debug)]
struct Check {
    name: String,
    outcome: Outcome,
    found: String,
    wanted: String,
}

/// Makes every check again, one by one, and writes what came of it to standard error. What fails here is what makes
/// `jwt verify` reject the token. Of the payload nothing is said before the signature holds.
pub(super) fn explain(arguments: &VerifyArguments, accepted: &Accepted, text: &[u8], now: NumericDate) {
    let mut checks = Vec::new();
    let complete = up_to_the_signature(accepted, text, &mut checks, |verified, checks| {
        with_the_signature(arguments, verified, now, checks);
    });
    if complete.is_none() {
        let names = if arguments.jws { "everything else" } else { "everything else, claims among it" };
        checks.push(Check::new(names, Outcome::NotMade, String::new(), String::new()));
    }
    if terminal::is_json() {
        let list: Vec<Value> = checks.iter().map(Check::to_json).collect();
        terminal::attach("checks", list.into());
    } else {
        for check in &checks {
            terminal::err_line(&check.line());
        }
    }
}

/// The checks of header and signature. `None` if one of them fails.
fn up_to_the_signature(
    accepted: &Accepted,
    text: &[u8],
    checks: &mut Vec<Check>,
    then: impl FnOnce(&VerifiedToken<'_>, &mut Vec<Check>),
) -> Option<()> {
    const HEADER: &str = "three parts of base64url, the first of them a JSON object with alg";
    let failed = |name, code, message: String, wanted: &str| {
        Check::new(name, Outcome::Failed(code), message, wanted.to_owned())
    };
    let token = match UnverifiedToken::parse(text) {
        Ok(token) => token,
        Err(error) => {
            checks.push(failed("header", error.code(), error.to_string(), HEADER));
            return None;
        }
    };
    let mut buffer = vec![0; token.scratch_len()];
    let header = match token.header(&mut buffer) {
        Ok(header) => header,
        Err(error) => {
            checks.push(failed("header", error.code(), error.to_string(), HEADER));
            return None;
        }
    };
    checks.push(Check::new(
        "header",
        Outcome::Passed,
        excerpt(&json_text::compact(header.json())),
        HEADER.into(),
    ));
    let keys = match accepted.candidates(&token, text) {
        Ok(keys) => keys,
        Err(failure) => {
            let name = check_of(failure.code());
            checks.push(failed(name, failure.code(), failure.message().to_owned(), "a key for such a token"));
            return None;
        }
    };
    let tried = names(&keys);
    let found = format!("{} for {tried}", count(keys.len(), "key"));
    checks.push(Check::new("key", Outcome::Passed, found, "a key for such a token".into()));

    let mut scratch = vec![0; token.scratch_len()];
    let mut error = VerifyError::InvalidSignature;
    for key in &keys {
        match token.verify(key, &mut scratch) {
            Ok(verified) => {
                before_the_signature(&header, &tried, None, checks);
                let found =
                    format!("{} bytes that hold for a key for {}", signature_len(&token), key.algorithm());
                checks.push(Check::new("signature", Outcome::Passed, found, SIGNATURE.into()));
                then(&verified, checks);
                return Some(());
            }
            Err(VerifyError::InvalidSignature) => {}
            Err(other) => {
                error = other;
                break;
            }
        }
    }
    before_the_signature(&header, &tried, Some(error), checks);
    None
}

const SIGNATURE: &str = "one that holds for a key that was tried";

/// `crit`, the algorithm, and what else is refused before or with the signature.
fn before_the_signature(
    header: &JoseHeader<'_>,
    tried: &str,
    error: Option<VerifyError>,
    checks: &mut Vec<Check>,
) {
    let mut push = |name: &str, failure: Option<VerifyError>, found: String, wanted: String| {
        let outcome = failure.map_or(Outcome::Passed, |error| Outcome::Failed(error.code()));
        checks.push(Check::new(name, outcome, found, wanted));
    };
    let stage = error.map_or(Stage::Behind, Stage::of);
    if let (Stage::Header, Some(error)) = (stage, error) {
        return push(
            "header",
            Some(error),
            error.to_string(),
            "nothing that changes what the token means".into(),
        );
    }
    let crit = header.get("crit").map_or_else(|| "none".into(), |value| raw(&value));
    let failure = error.filter(|_| stage == Stage::Crit);
    push("crit", failure, crit, "no extension, for none is implemented".into());
    if failure.is_some() {
        return;
    }
    let failure = error.filter(|_| stage == Stage::Algorithm);
    push(
        "algorithm",
        failure,
        excerpt(&format!("{:?}", header.alg().to_string())),
        format!("{tried}, of the key"),
    );
    if let (Stage::Signature, Some(error)) = (stage, error) {
        let name = if matches!(error, VerifyError::Malformed(Malformed::Base64 { part: Part::Payload, .. })) {
            "payload"
        } else {
            "signature"
        };
        push(name, Some(error), error.to_string(), SIGNATURE.into());
    }
}

/// Where a verification stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Header,
    Crit,
    Algorithm,
    Signature,
    Behind,
}

impl Stage {
    fn of(error: VerifyError) -> Self {
        match error {
            VerifyError::Header(
                HeaderError::InvalidCrit { .. } | HeaderError::UnsupportedCritical { .. },
            ) => Self::Crit,
            VerifyError::Header(HeaderError::UnknownAlgorithm { .. })
            | VerifyError::AlgorithmMismatch { .. } => Self::Algorithm,
            VerifyError::Header(_) | VerifyError::Malformed(Malformed::Base64 { part: Part::Header, .. }) => {
                Self::Header
            }
            _ => Self::Signature,
        }
    }
}

/// The check that a code belongs to, if it is that of a header, seen when a key was looked for.
fn check_of(code: &str) -> &'static str {
    match code {
        "invalid_crit" | "unsupported_crit" => "crit",
        "unknown_algorithm" => "algorithm",
        "encrypted_token" | "compressed_token" | "unencoded_payload" | "encoded_payload" => "header",
        _ => "key",
    }
}

/// The checks of a token whose signature holds.
fn with_the_signature(
    arguments: &VerifyArguments,
    verified: &VerifiedToken<'_>,
    now: NumericDate,
    checks: &mut Vec<Check>,
) {
    let header = verified.header();
    let outcome =
        |wanted: Option<&String>, fits: bool, failures: [&'static str; 2], is_there: bool| match wanted {
            None => Outcome::NotAsked,
            Some(_) if fits => Outcome::Passed,
            Some(_) => Outcome::Failed(if is_there { failures[1] } else { failures[0] }),
        };
    let text =
        |found: Option<String>| found.map_or_else(|| "none".into(), |found| excerpt(&format!("{found:?}")));
    let wanted = |wanted: Option<&String>| wanted.map(|wanted| format!("{wanted:?}")).unwrap_or_default();

    let (kid, typ) = (header.kid().map(|kid| kid.to_string()), header.typ().map(|typ| typ.to_string()));
    let of_kid =
        outcome(arguments.kid.as_ref(), kid == arguments.kid, ["missing_kid", "kid_mismatch"], kid.is_some());
    checks.push(Check::new("kid", of_kid, text(kid), wanted(arguments.kid.as_ref())));
    let fits = arguments.typ.as_deref().is_some_and(|typ| header.typ_is(typ));
    let of_typ = outcome(arguments.typ.as_ref(), fits, ["missing_typ", "typ_mismatch"], typ.is_some());
    checks.push(Check::new("typ", of_typ, text(typ), wanted(arguments.typ.as_ref())));
    if !arguments.jws {
        let report = super::with_policy(arguments, |policy| verified.report(policy, Now::At(now)));
        claims(arguments, verified.payload(), report.failures(), now, checks);
    }
}

fn signature_len(token: &UnverifiedToken<'_>) -> usize {
    base64url::decoded_len(token.part(Part::Signature).len())
}

fn names(keys: &[VerifyingKey]) -> String {
    let mut names: Vec<&str> = keys.iter().map(|key| key.algorithm().name()).collect();
    names.dedup();
    names.join(" or ")
}

fn count(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// A value as the token spells it.
fn raw(value: &JsonValue<'_>) -> String {
    match value {
        JsonValue::String(text) => excerpt(&format!("\"{}\"", text.raw())),
        JsonValue::Number(text) | JsonValue::Array(text) | JsonValue::Object(text) => excerpt(text),
        JsonValue::Bool(value) => value.to_string(),
        JsonValue::Null => "null".into(),
    }
}

/// The beginning of a long text.
fn excerpt(text: &str) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into(),
    }
}

impl Check {
    fn new(name: &str, outcome: Outcome, found: String, wanted: String) -> Self {
        Self { name: name.into(), outcome, found, wanted }
    }

    fn line(&self) -> String {
        let Self { name, outcome, found, wanted } = self;
        let (word, code) = match outcome {
            Outcome::Passed => ("passed   ".to_owned(), String::new()),
            Outcome::Failed(code) => (terminal::red("FAILED   "), format!(" [{code}]")),
            Outcome::NotAsked => ("not asked".to_owned(), String::new()),
            Outcome::NotMade => ("not made ".to_owned(), String::new()),
        };
        let found = if found.is_empty() { String::new() } else { format!("  found {found}") };
        let wanted = if wanted.is_empty() { String::new() } else { format!("; wanted {wanted}") };
        let width = if found.is_empty() { 0 } else { 9 };
        format!("{word}  {}", terminal::printable(&format!("{name:width$}{found}{wanted}{code}")))
    }

    fn to_json(&self) -> Value {
        let Self { name, outcome, found, wanted } = self;
        let (outcome, code) = match outcome {
            Outcome::Passed => ("passed", None),
            Outcome::Failed(code) => ("failed", Some(code)),
            Outcome::NotAsked => ("not_asked", None),
            Outcome::NotMade => ("not_made", None),
        };
        json!({ "check": name, "outcome": outcome, "code": code, "found": found, "wanted": wanted })
    }
}
