//! `jwt jwks fetch`.

use jwt_std::{FetchError, Key, RemoteJwkSet, SkippedKey};
use serde_json::{Value, json};
use std::time::Duration;

use crate::arguments::FetchArguments;
use crate::command::key::write_public;
use crate::failure::{Failure, Status};
use crate::{input, terminal};

pub(crate) fn run(arguments: &FetchArguments) -> Result<(), Failure> {
    let mut set = RemoteJwkSet::builder(&arguments.url).timeout(Duration::from_secs(arguments.timeout));
    if let Some(path) = &arguments.cacert {
        set = set.root_certificates(input::file(path)?);
    }
    let set = set.build().and_then(|set| set.current()).map_err(|error| failure(&error))?;
    let keys: Vec<&Key> = set.keys().collect();
    let jwks: Vec<String> = keys
        .iter()
        .map(|key| Ok(key.to_jwk(false)?.to_json().to_string()))
        .collect::<Result<_, Failure>>()?;
    if keys.is_empty() {
        terminal::warn("the set has no keys: every key that it had was taken back");
    }
    if let Some(path) = &arguments.out {
        let content = terminal::printable(&format!("{{\"keys\":[{}]}}", jwks.join(",")));
        write_public(path, format!("{content}\n").as_bytes(), arguments.force)?;
    }
    if arguments.json {
        let skipped: Vec<Value> = set.skipped().iter().map(skipped).collect();
        let document = format!("{{\"keys\":[{}],\"skipped\":{}}}", jwks.join(","), Value::from(skipped));
        return terminal::out_line(&terminal::printable(&document));
    }
    let listed = keys.iter().map(|key| described(key));
    let skipped = set.skipped().iter().map(|skipped| format!("skipped  {skipped}"));
    let lines: Vec<String> = listed.chain(skipped).map(|line| terminal::printable(&line)).collect();
    if lines.is_empty() { Ok(()) } else { terminal::out_line(&lines.join("\n")) }
}

fn described(key: &Key) -> String {
    let algorithms: Vec<&str> = key.algorithms().into_iter().map(jwt_std::Algorithm::name).collect();
    let kid = key.kid().map_or_else(|| "without kid".into(), |kid| format!("{kid:?}"));
    format!("key  {kid}  {}, {} bits  {}", key.kind(), key.bits(), algorithms.join(", "))
}

fn skipped(skipped: &SkippedKey) -> Value {
    json!({ "index": skipped.index, "kid": skipped.kid, "reason": skipped.reason.to_string() })
}

fn failure(error: &FetchError) -> Failure {
    let status = match error {
        FetchError::Url { .. } => Status::Usage,
        FetchError::RootCertificates { .. } | FetchError::NoUsableKey { .. } | FetchError::Set(_) => {
            Status::Key
        }
        _ => Status::Io,
    };
    Failure::new(status, error.code(), error.to_string())
}
