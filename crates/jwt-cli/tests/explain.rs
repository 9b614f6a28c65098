//! `jwt verify --explain`: each check, what it found and what it wanted.

mod jwt;

use serde_json::Value;

use jwt::{SECRET, jwt};

fn token(more: &[&str]) -> String {
    jwt(&[&["sign", "--secret", SECRET, "--no-iat"], more].concat()).assert_ok().to_owned()
}

fn explain(more: &[&str]) -> (i32, Vec<String>) {
    let outcome = jwt(&[&["verify", "--explain", "--secret", SECRET, "--now", "1516239000"], more].concat());
    (outcome.status, outcome.stderr.lines().map(str::to_owned).collect())
}

#[test]
fn every_check_of_a_valid_token() {
    let token = token(&["--kid", "k", "--exp", "1516239022", "--aud", "pump-7", r#"{"role":[ 1 ]}"#]);
    let (status, lines) = explain(&["--aud", "pump-8", "--aud", "pump-7", "--require", "role", &token]);
    assert_eq!(status, 0, "{lines:?}");
    let wanted_header = "; wanted three parts of base64url, the first of them a JSON object with alg";
    assert_eq!(
        lines,
        [
            &format!(r#"passed     header     found {{"alg":"HS256","typ":"JWT","kid":"k"}}{wanted_header}"#)
                [..],
            "passed     key        found 1 key for HS256; wanted a key for such a token",
            "passed     crit       found none; wanted no extension, for none is implemented",
            "passed     algorithm  found \"HS256\"; wanted HS256, of the key",
            "passed     signature  found 32 bytes that hold for a key for HS256; wanted one that holds for a key that was tried",
            "not asked  kid        found \"k\"",
            "not asked  typ        found \"JWT\"",
            "passed     payload    found one; wanted a JSON object without a name that stands twice",
            "passed     exp        found 1516239022 (2018-01-18T01:30:22Z, in 22 seconds); wanted later than now, 1516239000",
            "passed     nbf        found none; wanted none, or no later than now, 1516239000",
            "not asked  iat        found none",
            "not asked  iss        found none",
            "passed     aud        found \"pump-7\"; wanted \"pump-8\" or \"pump-7\"",
            "not asked  sub        found none",
            "not asked  jti        found none",
            "passed     role       found [1]; wanted any, but there",
        ]
    );
}

#[test]
fn all_that_fails_is_named() {
    let token = token(&["--kid", "k", "--exp", "1516239000", "--claim", "iat=1516238000", "--iss", "me"]);
    let options = ["--kid", "other", "--typ", "at+jwt", "--iss", "you", "--sub", "4242", "--require", "role"];
    let (status, lines) = explain(&[&options[..], &["--max-age", "900", "--leeway", "5", &token]].concat());
    assert_eq!(status, 1);
    let failed: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("FAILED     ")).collect();
    assert_eq!(
        failed,
        [
            "kid        found \"k\"; wanted \"other\" [kid_mismatch]",
            "typ        found \"JWT\"; wanted \"at+jwt\" [typ_mismatch]",
            "iat        found 1516238000 (2018-01-18T01:13:20Z, 16 minutes ago); wanted no more than 900 seconds before \
             now, 1516239000, give or take 5 seconds [too_old]",
            "iss        found \"me\"; wanted \"you\" [issuer_mismatch]",
            "sub        found none; wanted \"4242\" [missing_claim]",
            "role       found none; wanted any, but there [missing_claim]",
        ]
    );
    // Within the leeway, and of the wrong type.
    assert!(lines.iter().any(|line| line.starts_with("passed     exp ")), "{lines:?}");
    let (status, lines) = explain(&["eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOjF9.AAAA"]);
    assert_eq!(
        (status, lines[4].as_str()),
        (
            1,
            "FAILED     signature  found the signature is invalid: the token was altered, or signed with another key; wanted one that holds for a key that was tried [invalid_signature]"
        )
    );
    assert_eq!(lines[5], "not made   everything else, claims among it");
}

#[test]
fn as_json_in_the_one_document() {
    let token = token(&["--exp", "1516239022", "--aud", "a"]);
    let run = |now: &str| {
        let outcome = jwt(&["verify", "--explain", "--json", "--secret", SECRET, "--now", now, &token]);
        (outcome.status, serde_json::from_str::<Value>(&outcome.stderr).unwrap())
    };
    let outcomes = |document: &Value, name: &str| {
        let checks = document["checks"].as_array().unwrap();
        checks.iter().find(|check| check["check"] == name).unwrap()["outcome"].clone()
    };
    let (status, document) = run("1516239021");
    assert_eq!(status, 0);
    assert_eq!(
        (outcomes(&document, "exp"), outcomes(&document, "aud")),
        ("passed".into(), "not_asked".into())
    );
    assert!(document["warnings"][0].as_str().unwrap().contains("add --aud"));
    let (status, document) = run("1516239022");
    assert_eq!(status, 1);
    let exp =
        document["error"]["checks"].as_array().unwrap().iter().find(|check| check["check"] == "exp").unwrap();
    assert_eq!((&exp["outcome"], &exp["code"]), (&"failed".into(), &"expired".into()));
}
