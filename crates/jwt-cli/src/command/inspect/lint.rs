//! What is weak or wrong with a token, as far as anybody can see without a key.

use jwt_std::jwt_core::json::{JsonError, JsonStr, JsonValue, Members};
use jwt_std::{Algorithm, NumericDate};
use serde_json::{Value, json};

/// A token that lives longer than a day is not short-lived: who steals it has it for that long.
const LONG_LIFE_SECS: f64 = 86_400.0;
/// What a cookie holds.
const LARGE: usize = 4096;
/// What many servers take as all headers of a request.
const VERY_LARGE: usize = 8192;
/// Beyond this, in the year 5138, a time is in milliseconds.
const MILLISECONDS: f64 = 1e11;

/// One finding.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lint {
    /// Stable and machine-readable.
    pub(super) code: &'static str,
    /// For a person.
    pub(super) message: String,
}

impl Lint {
    pub(super) fn to_json(&self) -> Value {
        json!({ "code": self.code, "message": self.message })
    }
}

/// Everything found, the header's first. The parts are given as JSON objects, or with why they are none.
pub(super) fn lint(
    len: usize,
    header: Result<&str, JsonError>,
    payload: Result<&str, JsonError>,
    now: NumericDate,
) -> Vec<Lint> {
    let mut lints = Lints(Vec::new());
    for (part, name) in [(header, "header"), (payload, "payload")] {
        match part.and_then(Members::parse) {
            Err(error) => lints.add(error.code(), format!("the {name}: {error}")),
            Ok(members) if name == "header" => of_header(&members, &mut lints),
            Ok(members) => of_payload(&members, now, &mut lints),
        }
    }
    of_length(len, &mut lints);
    lints.0
}

struct Lints(Vec<Lint>);

impl Lints {
    fn add(&mut self, code: &'static str, message: impl Into<String>) {
        self.0.push(Lint { code, message: message.into() });
    }
}

fn of_header(header: &Members<'_>, lints: &mut Lints) {
    let text =
        |name: &str| header.get(name).as_ref().and_then(JsonValue::as_string).map(|text| text.to_string());
    match text("alg") {
        None => lints.add("alg_missing", "the header has no alg, so that this is no token"),
        Some(alg) if alg.eq_ignore_ascii_case("none") => {
            lints.add("alg_none", "alg is none: the token is not signed, anybody can write it");
        }
        Some(alg) if alg.parse::<Algorithm>().is_err() => {
            lints.add("alg_unknown", format!("alg {alg:?} is no algorithm that is known here"));
        }
        Some(_) => {}
    }
    let typ = text("typ");
    if typ.is_none() {
        lints.add(
            "typ_missing",
            "the header has no typ: a token made for one purpose may be taken for another (RFC 8725 section 3.11)",
        );
    }
    let is_proof = typ.is_some_and(|typ| typ.eq_ignore_ascii_case("dpop+jwt"));
    for name in ["jwk", "jku", "x5u", "x5c"] {
        // A DPoP proof shows its key, and is bound to it otherwise (RFC 9449).
        if header.get(name).is_some() && !(is_proof && name == "jwk") {
            let message = format!(
                "the header brings its own key, or says where it is ({name}): whoever uses it trusts the sender"
            );
            lints.add("header_key", message);
        }
    }
    let Some(kid) = text("kid") else { return };
    if kid.starts_with('/') || kid.contains("..") || kid.contains(['\\', '\0']) {
        lints.add("kid_path", format!("kid {kid:?} looks like a path: never open a file by it"));
    }
    let lower = kid.to_ascii_lowercase();
    if kid.contains(['\'', '"', ';', '`', '|', '<']) || kid.contains("$(") || lower.contains("union select") {
        lints.add("kid_injection", format!("kid {kid:?} looks like SQL or a command: never put it into one"));
    }
}

fn of_length(len: usize, lints: &mut Lints) {
    if len > VERY_LARGE {
        lints.add(
            "very_large",
            format!("{len} bytes, over {VERY_LARGE}: many servers refuse a request with such a header"),
        );
    } else if len > LARGE {
        lints.add(
            "large",
            format!("{len} bytes, over {LARGE}: no cookie holds it, and some servers refuse the header"),
        );
    }
}

fn of_payload(claims: &Members<'_>, now: NumericDate, lints: &mut Lints) {
    for (name, message) in [
        ("iss", "no iss: nobody can tell who made it"),
        ("aud", "no aud: any service that trusts the issuer takes it, not only the one that it was made for"),
        ("exp", "no exp: it never ends, and who steals it has it for good"),
    ] {
        if matches!(claims.get(name), None | Some(JsonValue::Null)) {
            let code = match name {
                "iss" => "iss_missing",
                "aud" => "aud_missing",
                _ => "exp_missing",
            };
            lints.add(code, message);
        }
    }
    of_times(claims, now, lints);
    let mut path = Vec::new();
    for (name, value) in claims.clone() {
        of_name(name, &value, &mut path, lints);
    }
}

fn of_times(claims: &Members<'_>, now: NumericDate, lints: &mut Lints) {
    let mut time = |name: &str, code: &'static str| match claims.get(name)? {
        JsonValue::Number(number) => number.parse::<f64>().ok(),
        JsonValue::Null => None,
        other => {
            lints.add(code, format!("{name} must be a number of seconds, found {}", other.kind()));
            None
        }
    };
    let exp = time("exp", "exp_wrong_type");
    let nbf = time("nbf", "nbf_wrong_type");
    let iat = time("iat", "iat_wrong_type");
    #[expect(clippy::cast_precision_loss, reason = "seconds of a clock are far from 2^53")]
    let now = now.secs() as f64;
    for (name, value) in [("exp", exp), ("nbf", nbf), ("iat", iat)] {
        if value.is_some_and(|value| value > MILLISECONDS) {
            lints.add(
                "milliseconds",
                format!("{name} is beyond the year 5138: it must be in seconds, not milliseconds"),
            );
        }
    }
    let sane = |time: Option<f64>| time.filter(|time| *time <= MILLISECONDS);
    let (exp, nbf, iat) = (sane(exp), sane(nbf), sane(iat));
    if exp.is_some_and(|exp| now >= exp) {
        lints.add("expired", format!("it expired {} ago", span(now - exp.unwrap_or(now))));
    }
    if let Some(nbf) = nbf.filter(|nbf| *nbf > now) {
        lints.add("not_yet_valid", format!("it is not valid yet, but in {} (nbf)", span(nbf - now)));
    }
    if let Some(iat) = iat.filter(|iat| *iat > now) {
        lints.add(
            "issued_in_future",
            format!("it was issued {} in the future (iat): a clock is wrong", span(iat - now)),
        );
    }
    let Some(exp) = exp else { return };
    if let Some(nbf) = nbf.filter(|nbf| *nbf >= exp) {
        lints.add("never_valid", format!("it ends before it begins: nbf {nbf}, exp {exp}"));
    }
    let (begin, from) = iat.or(nbf).map_or((now, "from now"), |begin| (begin, "from the time it was issued"));
    let life = exp - begin;
    if life > LONG_LIFE_SECS {
        lints.add(
            "long_life",
            format!(
                "it lives for {} {from}, and more than {} is long for an access token",
                span(life),
                span(LONG_LIFE_SECS)
            ),
        );
    }
}

/// A distance of time in words, whole and rounded down: "30 days".
fn span(secs: f64) -> String {
    let (unit, size) = [("day", 86_400.0), ("hour", 3600.0), ("minute", 60.0)]
        .into_iter()
        .find(|&(_, size)| secs >= size)
        .unwrap_or(("second", 1.0));
    let count = (secs / size).floor();
    // So that the threshold and what lies just over it do not read the same.
    let rest = secs - count * size;
    let plural = if (count - 1.0).abs() < f64::EPSILON { "" } else { "s" };
    if unit == "day" && rest >= 3600.0 {
        return format!("{count} day{plural} and {} hours", (rest / 3600.0).floor());
    }
    format!("{count} {unit}{plural}")
}

/// Names that say that the value is not for everybody, here and in what lies within.
fn of_name(name: JsonStr<'_>, value: &JsonValue<'_>, path: &mut Vec<String>, lints: &mut Lints) {
    path.push(name.to_string());
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (code, what) = if is_secret(&plain) {
        ("secret_claim", "a secret")
    } else if PERSONAL.contains(&plain.as_str()) {
        ("personal_claim", "personal data")
    } else {
        ("", "")
    };
    if !code.is_empty() {
        let message = format!(
            "{:?} looks like {what}, and a token is not encrypted: whoever has it reads it",
            path.join(".")
        );
        lints.add(code, message);
    }
    within(value, path, lints);
    path.pop();
}

/// What the reader has accepted is no deeper than its limit.
fn within(value: &JsonValue<'_>, path: &mut Vec<String>, lints: &mut Lints) {
    for (name, value) in value.members().into_iter().flatten() {
        of_name(name, &value, path, lints);
    }
    for element in value.elements().into_iter().flatten() {
        within(&element, path, lints);
    }
}

fn is_secret(plain: &str) -> bool {
    const EXACT: [&str; 8] =
        ["pwd", "pin", "cvv", "cvc", "accesskey", "secretkey", "refreshtoken", "mnemonic"];
    const ANYWHERE: [&str; 6] = ["password", "passwd", "passphrase", "privatekey", "apikey", "credential"];
    EXACT.contains(&plain) || plain.ends_with("secret") || ANYWHERE.iter().any(|word| plain.contains(word))
}

const PERSONAL: [&str; 19] = [
    "ssn",
    "socialsecuritynumber",
    "socialsecurity",
    "nationalid",
    "taxid",
    "taxnumber",
    "passport",
    "passportnumber",
    "driverslicense",
    "creditcard",
    "creditcardnumber",
    "cardnumber",
    "ccnumber",
    "iban",
    "bankaccount",
    "accountnumber",
    "birthdate",
    "dateofbirth",
    "dob",
];

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_516_239_022;

    fn codes(header: &str, payload: &str) -> Vec<&'static str> {
        let lints = lint(100, Ok(header), Ok(payload), NumericDate::from_secs(NOW));
        lints.into_iter().map(|lint| lint.code).collect()
    }

    const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

    fn of_claims(members: &str) -> Vec<&'static str> {
        codes(HEADER, &format!(r#"{{"iss":"a","aud":"b","iat":{NOW},"exp":{}{members}}}"#, NOW + 900))
    }

    #[test]
    fn nothing_is_wrong_with_a_good_token() {
        assert_eq!(of_claims(""), [""; 0]);
        assert_eq!(of_claims(r#","name":"x","secretary":"y","pinned":1,"opinion":2"#), [""; 0]);
        let day = format!(r#"{{"iss":"a","aud":"b","iat":{NOW},"exp":{}}}"#, NOW + 86_400);
        assert_eq!(codes(HEADER, &day), [""; 0]);
    }

    #[test]
    fn headers() {
        let header = |header: &str| {
            let claims = format!(r#"{{"iss":"a","aud":"b","exp":{}}}"#, NOW + 900);
            codes(header, &claims)
        };
        for (text, expected) in [
            (r#"{"typ":"JWT"}"#, &["alg_missing"][..]),
            (r#"{"alg":"nOnE","typ":"JWT"}"#, &["alg_none"]),
            (r#"{"alg":"HS255","typ":"JWT"}"#, &["alg_unknown"]),
            (r#"{"alg":"HS256"}"#, &["typ_missing"]),
            (r#"{"alg":"RS256","typ":"JWT","jwk":{},"jku":"u","x5u":"u"}"#, &["header_key"; 3]),
            (r#"{"alg":"ES256","typ":"dpop+jwt","jwk":{}}"#, &[]),
            (r#"{"alg":"HS256","typ":"JWT","kid":"../../dev/null"}"#, &["kid_path"]),
            (r#"{"alg":"HS256","typ":"JWT","kid":"x' UNION SELECT 'k"}"#, &["kid_injection"]),
            (r#"{"alg":"HS256","typ":"JWT","kid":"https://a.example/k#1"}"#, &[]),
            (r#"{"alg":"HS256","alg":"none"}"#, &["json_duplicate_name"]),
        ] {
            assert_eq!(header(text), expected, "{text}");
        }
    }

    #[test]
    fn claims() {
        assert_eq!(codes(HEADER, "{}"), ["iss_missing", "aud_missing", "exp_missing"]);
        let (day, later) = (NOW + 86_401, NOW + 10);
        for (times, expected) in [
            (format!(r#""iat":{NOW},"exp":{day}"#), &["long_life"][..]),
            (format!(r#""exp":{day}"#), &["long_life"]),
            (format!(r#""exp":{NOW}"#), &["expired"]),
            (format!(r#""nbf":{later},"exp":{}"#, NOW + 20), &["not_yet_valid"]),
            (format!(r#""nbf":{later},"exp":{later}"#), &["not_yet_valid", "never_valid"]),
            (format!(r#""iat":{later},"exp":{}"#, NOW + 20), &["issued_in_future"]),
            (format!(r#""exp":{NOW}000"#), &["milliseconds"]),
            (r#""exp":"soon""#.into(), &["exp_wrong_type"]),
        ] {
            assert_eq!(codes(HEADER, &format!(r#"{{"iss":"a","aud":"b",{times}}}"#)), expected, "{times}");
        }
        assert_eq!(of_claims(r#","user":[{"Pass_Word":"x"}],"client-secret":1"#), ["secret_claim"; 2]);
        assert_eq!(of_claims(r#","SSN":"x","credit_card":1,"ib\u0061n":2"#), ["personal_claim"; 3]);
        assert_eq!(of_claims(r#","a":1,"\u0061":2"#), ["json_duplicate_name"]);
    }

    #[test]
    fn lengths() {
        let found = |len| {
            let payload = format!(r#"{{"iss":"a","aud":"b","exp":{}}}"#, NOW + 900);
            let lints = lint(len, Ok(HEADER), Ok(&payload), NumericDate::from_secs(NOW));
            lints.first().map(|lint| lint.code)
        };
        assert_eq!(found(4096), None);
        assert_eq!(found(4097), Some("large"));
        assert_eq!(found(8192), Some("large"));
        assert_eq!(found(8193), Some("very_large"));
    }
}
