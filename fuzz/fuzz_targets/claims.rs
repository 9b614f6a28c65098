//! Claims and their validation, compared with a slow reference in exact arithmetic.

#![no_main]

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use arbitrary::Arbitrary;
use jwt_core::{Bytes, Header, HmacKey, Hs256, Now, NumericDate, UnverifiedToken, Validation};
use jwt_fuzz::decimal::Decimal;
use jwt_fuzz::json::Json;
use libfuzzer_sys::fuzz_target;
use num_bigint::BigInt;

static KEY: LazyLock<HmacKey<Hs256>> =
    LazyLock::new(|| HmacKey::new(b"a secret of thirty-two bytes, ok").expect("the secret is long enough"));

#[derive(Arbitrary, Debug)]
struct Input {
    secs: i64,
    nanos: u32,
    knows: u8,
    policy: Policy,
    claims: Vec<(Name, Value)>,
}

#[derive(Arbitrary, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "as the policy has them")]
struct Policy {
    issuer: bool,
    audience: bool,
    any_audience: bool,
    subject: bool,
    allow_missing_exp: bool,
    reject_future_iat: bool,
    accept_unproven_time: bool,
    max_age_secs: Option<u64>,
    leeway_secs: u64,
    require_jti: bool,
}

#[derive(Arbitrary, Debug, Clone, Copy)]
enum Name {
    Iss,
    Sub,
    Aud,
    Exp,
    Nbf,
    Iat,
    Jti,
    Other,
}

impl Name {
    const fn text(self) -> &'static str {
        match self {
            Self::Iss => "iss",
            Self::Sub => "\\u0073ub",
            Self::Aud => "aud",
            Self::Exp => "exp",
            Self::Nbf => "nbf",
            Self::Iat => "iat",
            Self::Jti => "jti",
            Self::Other => "other",
        }
    }
}

/// What a claim may be, so that most are nearly right.
#[derive(Arbitrary, Debug)]
enum Value {
    Expected,
    Other(String),
    Null,
    List(Vec<Option<bool>>),
    /// So many seconds from the time, and further digits.
    Time(i8, u64),
    Number(i64, u32, i16),
    Far(i64),
}

/// What the policy expects of every claim that is a text.
const EXPECTED: &str = "expected";

impl Value {
    fn json(&self, now: i64) -> String {
        match self {
            Self::Expected => format!("\"{EXPECTED}\""),
            Self::Other(text) => serde_json::to_string(text).expect("a string"),
            Self::Null => "null".into(),
            Self::List(list) => {
                let element = |element: &Option<bool>| match element {
                    None => "1".to_owned(),
                    Some(true) => format!("\"{EXPECTED}\""),
                    Some(false) => "\"other\"".into(),
                };
                format!("[{}]", list.iter().map(element).collect::<Vec<_>>().join(","))
            }
            Self::Time(offset, digits) => format!("{}.{digits}", now.saturating_add(i64::from(*offset))),
            Self::Number(whole, fraction, exponent) => format!("{whole}.{fraction}e{exponent}"),
            Self::Far(number) => number.to_string(),
        }
    }
}

fuzz_target!(|input: Input| {
    let members: Vec<String> = input
        .claims
        .iter()
        .map(|(name, value)| format!("\"{}\":{}", name.text(), value.json(input.secs)))
        .collect();
    let json = format!("{{{}}}", members.join(","));
    let time = NumericDate::new(input.secs, input.nanos);
    let now = match input.knows % 3 {
        0 => Now::At(time),
        1 => Now::AtLeast(time),
        _ => Now::Unknown,
    };
    let mut out = vec![0; json.len() * 2 + 128];
    let token = jwt_core::sign(&Header::new(), &Bytes(json.as_bytes()), &*KEY, &mut out).expect("signs");
    let token = UnverifiedToken::parse(token).expect("a token");
    let mut scratch = vec![0; token.scratch_len()];
    let verified = token.verify(&*KEY, &mut scratch).expect("verifies");
    let policy = validation(&input.policy);
    let outcome = verified.validate(&policy, now);

    let Some(Ok(Json::Object(claims))) = Json::parse(json.as_bytes()) else {
        return assert!(outcome.is_err(), "what is no object without duplicates is not valid");
    };
    assert_eq!(outcome.is_ok(), is_valid(&claims, &input.policy, now), "{outcome:?} {json} {now:?}");
});

fn validation(policy: &Policy) -> Validation<'static> {
    let mut validation = Validation::new().leeway_secs(policy.leeway_secs);
    if policy.issuer {
        validation = validation.issuer(EXPECTED);
    }
    if policy.audience {
        validation = validation.audience(EXPECTED);
    }
    if policy.any_audience {
        validation = validation.any_audience();
    }
    if policy.subject {
        validation = validation.subject(EXPECTED);
    }
    if policy.allow_missing_exp {
        validation = validation.allow_missing_exp();
    }
    if policy.reject_future_iat {
        validation = validation.reject_future_iat();
    }
    if policy.accept_unproven_time {
        validation = validation.accept_unproven_time();
    }
    if let Some(seconds) = policy.max_age_secs {
        validation = validation.max_age_secs(seconds);
    }
    if policy.require_jti { validation.require(&["jti"]) } else { validation }
}

/// The rules of RFC 7519 §4.1 and of DESIGN, one after the other.
fn is_valid(claims: &BTreeMap<String, Json>, policy: &Policy, now: Now) -> bool {
    let text_is = |name: &str, required: bool| match claims.get(name) {
        None => !required,
        Some(Json::String(text)) => !required || text == EXPECTED,
        Some(_) => false,
    };
    let audience = match claims.get("aud") {
        None => !policy.audience,
        Some(Json::String(text)) => {
            if policy.audience {
                text == EXPECTED
            } else {
                policy.any_audience
            }
        }
        Some(Json::Array(list)) => {
            list.iter().all(|element| element.text().is_some())
                && if policy.audience {
                    list.iter().any(|element| element.text() == Some(EXPECTED))
                } else {
                    policy.any_audience
                }
        }
        Some(_) => false,
    };
    let jti = match claims.get("jti") {
        None => !policy.require_jti,
        Some(value) => value.text().is_some(),
    };
    text_is("iss", policy.issuer)
        && text_is("sub", policy.subject)
        && audience
        && jti
        && times_are_valid(claims, policy, now)
}

fn times_are_valid(claims: &BTreeMap<String, Json>, policy: &Policy, now: Now) -> bool {
    let mut dates = BTreeMap::new();
    for name in ["exp", "nbf", "iat"] {
        match claims.get(name) {
            None => {}
            Some(Json::Number(number)) => {
                let date = Decimal::parse(number);
                if date.cmp_time(&BigInt::ZERO, 0) == Ordering::Less
                    || date.cmp_time(&(BigInt::from(1) << 63), 0) != Ordering::Less
                {
                    return false;
                }
                dates.insert(name, date);
            }
            Some(_) => return false,
        }
    }
    let refuse_future = policy.reject_future_iat || policy.max_age_secs.is_some();
    if (!dates.contains_key("exp") && !policy.allow_missing_exp)
        || (!dates.contains_key("iat") && policy.max_age_secs.is_some())
    {
        return false;
    }
    let (time, exact) = match now {
        Now::At(time) => (Some(time), true),
        Now::AtLeast(time) => (Some(time), false),
        Now::Unknown => (None, false),
    };
    // `Some(true)`: it holds; `None`: who knows.
    let mut verdicts = Vec::new();
    let leeway = BigInt::from(policy.leeway_secs);
    let at = |shift: BigInt| time.map(|time| (BigInt::from(time.secs()) + shift, time.subsec_nanos()));
    if let Some(exp) = dates.get("exp") {
        // Rounded to the nanosecond against the token; the end of time is the end of every token.
        let expired = at(-leeway.clone()).map(|(secs, nanos)| {
            exp.cmp_time(&secs, nanos + 1) == Ordering::Less || time == Some(NumericDate::MAX)
        });
        verdicts.push(match expired {
            Some(true) => Some(false),
            Some(false) if exact => Some(true),
            _ => None,
        });
    }
    if let Some(nbf) = dates.get("nbf") {
        verdicts.push(not_after(nbf, at(leeway.clone()), exact));
    }
    if let (Some(iat), Some(max_age)) = (dates.get("iat"), policy.max_age_secs) {
        let too_old =
            at(-leeway.clone() - max_age).map(|(secs, nanos)| iat.cmp_time(&secs, nanos) == Ordering::Less);
        verdicts.push(match too_old {
            Some(true) => Some(false),
            Some(false) if exact => Some(true),
            _ => None,
        });
    }
    if let (Some(iat), true) = (dates.get("iat"), refuse_future) {
        verdicts.push(not_after(iat, at(leeway), exact));
    }
    verdicts.into_iter().all(|verdict| verdict.unwrap_or(policy.accept_unproven_time))
}

fn not_after(date: &Decimal, latest: Option<(BigInt, u32)>, exact: bool) -> Option<bool> {
    let reached = latest.map(|(secs, nanos)| date.cmp_time(&secs, nanos) != Ordering::Greater);
    match reached {
        Some(true) => Some(true),
        Some(false) if exact => Some(false),
        _ => None,
    }
}
