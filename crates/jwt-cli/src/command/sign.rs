//! `jwt sign`.

use jwt_std::jwt_core::json::Members;
use jwt_std::jwt_core::{self, Header, JsonClaims};
use jwt_std::{EncodeError, NumericDate, Signer};

use crate::arguments::SignArguments;
use crate::failure::Failure;
use crate::{input, json_text, key, terminal, time};

pub(crate) fn run(arguments: &SignArguments) -> Result<(), Failure> {
    if arguments.key.source.key.as_deref() == Some("-") && arguments.claims.as_deref() == Some("-") {
        return Err(Failure::usage("key and claims cannot both come from standard input"));
    }
    let key = key::load(&arguments.key)?;
    let algorithm = key::algorithm(&key, arguments.alg)?;
    let signing_key = key::signing(&key, algorithm)?;
    let claims = claims(arguments)?;
    let extra = header_members(&arguments.header)?;

    let mut header = Header::new().extra(&extra);
    header = if arguments.typ.is_empty() { header.without_typ() } else { header.typ(&arguments.typ) };
    if let Some(kid) = &arguments.kid {
        header = header.kid(kid);
    }
    terminal::out_line(&token(&header, &claims, &signing_key)?)
}

/// Signs claims that are already text, so that every digit of them stays.
pub(crate) fn token(header: &Header<'_>, claims: &str, key: &dyn Signer) -> Result<String, Failure> {
    let len = jwt_core::token_len(header, key.algorithm(), claims.len(), key.signature_len())
        .map_err(EncodeError::from)?;
    let mut buffer = vec![0; len];
    let token = jwt_core::sign(header, &JsonClaims(claims), key, &mut buffer).map_err(EncodeError::from)?;
    Ok(token.to_owned())
}

/// The claims as JSON: those given as JSON first, then those of the options.
fn claims(arguments: &SignArguments) -> Result<String, Failure> {
    let given = match &arguments.claims {
        Some(source) => String::from_utf8(input::text(Some(source), "claims")?)
            .map_err(|_| Failure::usage("the claims are not UTF-8"))?,
        None => "{}".into(),
    };
    let mut names: Vec<String> = Members::parse(&given)
        .map_err(|error| Failure::usage(format!("the claims are not a JSON object: {error}")))?
        .map(|(name, _)| name.to_string())
        .collect();

    let mut members = Vec::new();
    let has_own_iat = names.iter().any(|name| name == "iat");
    for (name, value) in option_claims(arguments, has_own_iat)? {
        if names.contains(&name) {
            return Err(Failure::usage(format!("the claim {name:?} is given twice: keep one of them")));
        }
        names.push(name.clone());
        members.push((name, value));
    }
    if !names.iter().any(|name| name == "exp") {
        terminal::warn(
            "the token never expires, and most verifiers refuse that: add --exp +15m, for example",
        );
    }
    Ok(json_text::with_members(&given, &members))
}

fn option_claims(arguments: &SignArguments, has_own_iat: bool) -> Result<Vec<(String, String)>, Failure> {
    let now = jwt_std::now();
    let mut claims = Vec::new();
    let mut add = |name: &str, value: String| claims.push((name.to_owned(), value));

    for (name, value) in [("iss", &arguments.iss), ("sub", &arguments.sub)] {
        if let Some(value) = value {
            add(name, json_text::string(value));
        }
    }
    match arguments.aud.as_slice() {
        [] => {}
        [one] => add("aud", json_text::string(one)),
        several => {
            let several: Vec<String> = several.iter().map(|one| json_text::string(one)).collect();
            add("aud", format!("[{}]", several.join(",")));
        }
    }
    for (name, value) in [("exp", &arguments.exp), ("nbf", &arguments.nbf)] {
        if let Some(value) = value {
            let time =
                time::parse(value, now).map_err(|error| Failure::usage(format!("--{name}: {error}")))?;
            add(name, time.to_string());
        }
    }
    let names_iat = |claim: &String| claim.split_once('=').is_some_and(|(name, _)| name == "iat");
    if !arguments.no_iat && !has_own_iat && !arguments.claim.iter().any(names_iat) {
        add("iat", NumericDate::from_secs(now.secs()).to_string());
    }
    if let Some(value) = &arguments.jti {
        add("jti", json_text::string(value));
    }
    for claim in &arguments.claim {
        let (name, value) = name_and_value(claim, "--claim")?;
        let value = if is_json(value) { value.trim().to_owned() } else { json_text::string(value) };
        claims.push((name.to_owned(), value));
    }
    Ok(claims)
}

fn header_members(options: &[String]) -> Result<String, Failure> {
    let mut members = Vec::new();
    for option in options {
        let (name, value) = name_and_value(option, "--header")?;
        if let "alg" | "typ" = name {
            return Err(Failure::usage(format!("--header {name}: use --{name}")));
        }
        if !is_json(value) {
            let quoted = json_text::string(value);
            return Err(Failure::usage(format!(
                "--header {name}: {value:?} is not JSON; text is written {quoted}"
            )));
        }
        members.push((name.to_owned(), value.trim().to_owned()));
    }
    Ok(if members.is_empty() { String::new() } else { json_text::with_members("{}", &members) })
}

fn name_and_value<'a>(text: &'a str, option: &str) -> Result<(&'a str, &'a str), Failure> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name, value)),
        _ => Err(Failure::usage(format!("{option} {text:?}: expected NAME=VALUE"))),
    }
}

/// Whether a text is one JSON value, by the rules that the token will be read with.
fn is_json(text: &str) -> bool {
    Members::parse(&format!("{{\"value\":{text}}}")).is_ok_and(|members| members.count() == 1)
}
