//! What every known attack must get from the command: status 1, the code of the rule, nothing on standard output, and nothing
//! on standard error that a terminal would obey. The tables are those of jwt-core; what only the command decides is beside
//! them.

#![allow(
    dead_code,
    reason = "of the tables' modules the rules are used, and not what else jwt-core tests with them"
)]
#![allow(clippy::too_many_lines, reason = "tables")]

#[path = "../jwt/mod.rs"]
mod jwt;

#[path = "../../../jwt-core/tests/attacks/tokens.rs"]
mod tokens;

#[path = "../../../jwt-core/tests/attacks/b64.rs"]
mod b64;
#[path = "../../../jwt-core/tests/attacks/base64url.rs"]
mod base64url;
#[path = "../../../jwt-core/tests/attacks/compressed.rs"]
mod compressed;
#[path = "../../../jwt-core/tests/attacks/crit.rs"]
mod crit;
#[path = "../../../jwt-core/tests/attacks/header_picks_algorithm.rs"]
mod header_picks_algorithm;
#[path = "../../../jwt-core/tests/attacks/issuer_audience.rs"]
mod issuer_audience;
#[path = "../../../jwt-core/tests/attacks/json.rs"]
mod json;
#[path = "../../../jwt-core/tests/attacks/none.rs"]
mod none;
#[path = "../../../jwt-core/tests/attacks/oversized.rs"]
mod oversized;
#[path = "../../../jwt-core/tests/attacks/parts.rs"]
mod parts;
#[path = "../../../jwt-core/tests/attacks/polyglots.rs"]
mod polyglots;
#[path = "../../../jwt-core/tests/attacks/rules.rs"]
mod rules;
#[path = "../../../jwt-core/tests/attacks/signature.rs"]
mod signature;
#[path = "../../../jwt-core/tests/attacks/times.rs"]
mod times;

mod claims;
mod keys;

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use jwt::{Outcome, SECRET, jwt_with};

/// Runs `jwt verify` with a token of any bytes, from a file: a line break behind it is not the token's.
fn verify(arguments: &[&str], token: &[u8], folder: &Path) -> Outcome {
    fs::write(folder.join("token"), [token, b"\r\n"].concat()).unwrap();
    jwt_with(&[&["verify", "--json"], arguments, &["@token"]].concat(), b"", folder)
}

/// The code of a rejection, which must be all that there is.
#[track_caller]
fn rejection(outcome: &Outcome) -> String {
    assert_eq!((outcome.status, outcome.stdout.as_str()), (1, ""), "{outcome:?}");
    let line = outcome.stderr.strip_suffix('\n').unwrap();
    assert!(!line.contains(|character: char| character.is_control()), "{outcome:?}");
    let document: Value = serde_json::from_str(line).unwrap();
    document["error"]["code"].as_str().unwrap().to_owned()
}

/// The explanation has the check that failed, and says nothing of the payload before the signature holds.
#[track_caller]
fn assert_explains(outcome: &Outcome, code: &str) {
    let document: Value = serde_json::from_str(&outcome.stderr).unwrap();
    let checks = document["error"]["checks"].as_array().unwrap();
    let failed = checks.iter().filter(|check| check["outcome"] == "failed");
    assert!(failed.clone().any(|check| check["code"] == code), "{outcome:?}");
    let holds = checks.iter().any(|check| check["check"] == "signature" && check["outcome"] == "passed");
    let of_payload = |check: &&Value| matches!(check["check"].as_str(), Some("exp" | "nbf" | "iss" | "aud"));
    assert!(holds || !checks.iter().any(|check| of_payload(&check)), "{outcome:?}");
    assert!(holds || failed.count() == 1 && checks.last().unwrap()["outcome"] == "not_made", "{outcome:?}");
}

#[test]
fn every_rule_is_kept_by_the_command() {
    let rules = rules::rules();
    let cases = rules.iter().flat_map(|(code, tokens)| tokens.iter().map(move |token| (*code, token)));
    let cases = Mutex::new(cases.collect::<Vec<_>>().into_iter());
    let ran = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let folder = tempfile::tempdir().unwrap();
                let arguments =
                    ["--secret", SECRET, "--allow-missing-exp", "--now", "1516239022", "--explain"];
                while let Some((code, token)) = { cases.lock().unwrap().next() } {
                    let outcome = verify(&arguments, token, folder.path());
                    assert_eq!(rejection(&outcome), code, "{}", String::from_utf8_lossy(token));
                    assert_explains(&outcome, code);
                    *ran.lock().unwrap() += 1;
                }
            });
        }
    });
    let ran = ran.into_inner().unwrap();
    assert!(ran > 600, "{ran}");
}
