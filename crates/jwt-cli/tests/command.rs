//! The command's contract: what it prints where, and its exit status.

mod jwt;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use jwt::{SECRET, jwt, jwt_with};

const JESSICA: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MjQyIiwibmFtZSI6Ikplc3NpY2EgVGVtcG9yYWwiLCJuaWNrbmFtZSI6Ikplc3MifQ.EDkUUxaM439gWLsQ8a8mJWIvQtgZe0et3O3z4Fd_J8o";
const EXPIRED: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsIm5hbWUiOiJKZXNzIFRlbXBvcmFsIiwiZXhwIjoxNTE2MjM5MDIyfQ.uqeQ60enLaCQEZ-7C0d_cgQSrWfgXRQuoB1LZD0j06E";
#[test]
fn the_tutorials_tokens() {
    let verify = |more: &[&str]| jwt(&[&["verify", "--secret", "my_super_secret"], more].concat());
    let valid = verify(&["--allow-missing-exp", JESSICA]);
    assert_eq!(valid.assert_ok(), r#"{"sub":"4242","name":"Jessica Temporal","nickname":"Jess"}"#);
    assert!(valid.stderr.contains("warning: the secret is 15 bytes long"));
    verify(&[JESSICA]).assert_error(1, "missing_claim");

    let expired = verify(&[EXPIRED]);
    expired.assert_error(1, "expired");
    assert!(expired.stderr.contains("2018-01-18T01:30:22Z"));
    assert!(expired.stderr.contains("REJECTED") && expired.stderr.contains("Jess Temporal"));
    assert_eq!(verify(&["--now", "1516239021", EXPIRED]).status, 0);
    verify(&["--now", "1516239022", EXPIRED]).assert_error(1, "expired");
    assert_eq!(verify(&["--now", "1516239022", "--leeway", "1", EXPIRED]).status, 0);
}

#[test]
fn errors_as_json() {
    let outcome = jwt(&["verify", "--json", "--secret", "my_super_secret", "--iss", "me", EXPIRED]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (1, ""));
    let document: Value = serde_json::from_str(&outcome.stderr).unwrap();
    let error = &document["error"];
    assert!(error["warnings"][0].as_str().unwrap().contains("15 bytes"));
    assert_eq!(error["code"], "missing_claim");
    let codes: Vec<&str> = error["failures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|failure| failure["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["missing_claim", "expired"]);
}

#[test]
fn every_command_reports_errors_as_json() {
    for (arguments, status, code) in [
        (&["sign", "--secret", "", "{}"][..], 3, "empty_secret"),
        (&["verify", "--secret", "", JESSICA], 3, "empty_secret"),
        (&["inspect", "nonsense"], 1, "part_count"),
        (&["key", "gen", "--alg", "EdDSA", "--bits", "2048"], 2, "usage"),
        (&["key", "convert", "--to", "pem", "/nonexistent"], 3, "key_io"),
        (&["key", "thumbprint", "/nonexistent"], 3, "key_io"),
        (&["key", "show", "/nonexistent"], 3, "key_io"),
        (&["jwks", "/nonexistent"], 3, "key_io"),
    ] {
        let outcome = jwt(&[arguments, &["--json"]].concat());
        assert_eq!((outcome.status, outcome.stdout.as_str()), (status, ""), "{outcome:?}");
        let document: Value = serde_json::from_str(&outcome.stderr).unwrap();
        assert_eq!(document["error"]["code"], code, "{outcome:?}");
    }
}

#[test]
fn signs_what_it_verifies() {
    let token = jwt(&[
        "sign",
        "--secret",
        SECRET,
        "--kid",
        "k1",
        "--header",
        "x=[1]",
        "--iss",
        "me",
        "--aud",
        "a",
        "--aud",
        "b",
        "--exp",
        "+15m",
        "--jti",
        "7",
        "--claim",
        "admin=true",
        "--claim",
        "note=not JSON",
        "--claim",
        "big=1e400",
        r#"{ "sub" : "4242", "exact": 1.10, "nested": { "a": [ ] } }"#,
    ]);
    let token = token.assert_ok();
    let accepted = jwt(&[
        "verify", "--secret", SECRET, "--iss", "me", "--aud", "b", "--kid", "k1", "--typ", "JWT", token,
    ]);
    let payload = accepted.assert_ok();
    assert!(
        payload
            .starts_with(r#"{"sub":"4242","exact":1.10,"nested":{"a":[]},"iss":"me","aud":["a","b"],"exp":"#)
    );
    assert!(payload.ends_with(r#","jti":"7","admin":true,"note":"not JSON","big":1e400}"#));
    assert!(payload.contains("\"iat\":"));

    let verify = |more: &[&str]| jwt(&[&["verify", "--secret", SECRET], more, &[token]].concat());
    let unchecked = verify(&[]);
    assert_eq!(unchecked.status, 0);
    assert!(unchecked.stderr.contains("the token is for the audience \"a\", which was not checked"));
    verify(&["--iss", "you"]).assert_error(1, "issuer_mismatch");
    verify(&["--aud", "c"]).assert_error(1, "audience_mismatch");
    verify(&["--aud", "a", "--sub", "42"]).assert_error(1, "subject_mismatch");
    verify(&["--aud", "a", "--require", "role"]).assert_error(1, "missing_claim");
    verify(&["--aud", "a", "--typ", "at+jwt"]).assert_error(1, "typ_mismatch");
    verify(&["--aud", "a", "--kid", "k2"]).assert_error(1, "kid_mismatch");
    verify(&["--alg", "HS512"]).assert_error(1, "algorithm_mismatch");
    assert_eq!(verify(&["--aud", "a", "--alg", "HS512", "--alg", "HS256"]).status, 0);
    jwt(&["verify", "--secret", "another secret of thirty-two bytes", token])
        .assert_error(1, "invalid_signature");
}

#[test]
fn what_cannot_be_signed_is_a_usage_error() {
    let sign = |more: &[&str]| jwt(&[&["sign", "--secret", SECRET], more].concat());
    sign(&["[1]"]).assert_error(2, "usage");
    sign(&["{\"a\":1"]).assert_error(2, "usage");
    sign(&["--sub", "1", r#"{"sub":"2"}"#]).assert_error(2, "usage");
    sign(&["--claim", "sub"]).assert_error(2, "usage");
    sign(&["--exp", "soon"]).assert_error(2, "usage");
    sign(&["--header", "x=y"]).assert_error(2, "usage");
    sign(&["--header", "alg=\"none\""]).assert_error(2, "usage");
    sign(&["--header", "crit=[\"x\"]", "--header", "x=1"]).assert_error(2, "unsupported_crit");
    sign(&["--claim", "exp=\"soon\""]).assert_error(2, "exp_wrong_type");
    sign(&["--claim", "sub=4242"]).assert_error(2, "subject_wrong_type");
    sign(&[r#"{"a":1,"a":2}"#]).assert_error(2, "usage");
    let eternal = sign(&["--sub", "1"]);
    assert_eq!(eternal.status, 0);
    assert!(eternal.stderr.contains("never expires"));
    assert_eq!(jwt(&["sign"]).status, 2);
    assert_eq!(jwt(&["sign", "--key", "a", "--secret", "b"]).status, 2);
    assert_eq!(jwt(&["frobnicate"]).status, 2);
    assert_eq!(jwt(&[]).status, 2);
}

#[test]
fn secrets_from_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    fs::write(&file, format!("{SECRET}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let token = jwt(&["sign", "--secret", SECRET, "--exp", "+1h"]);
    let token = token.assert_ok();
    for secret in [
        "env:JWT_TEST_SECRET",
        "@secret",
        "hex:6120736563726574206f66207468697274792D74776F2062797465732C206F6B",
        "b64:YSBzZWNyZXQgb2YgdGhpcnR5LXR3byBieXRlcywgb2s=",
        "b64:YSBzZWNyZXQgb2YgdGhpcnR5LXR3byBieXRlcywgb2s",
        "b64u:YSBzZWNyZXQgb2YgdGhpcnR5LXR3byBieXRlcywgb2s",
    ] {
        let outcome = jwt_with(&["verify", "--secret", secret, token], b"", folder.path());
        assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{secret}");
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let outcome = jwt_with(&["verify", "--secret", "@secret", token], b"", folder.path());
    assert!(outcome.status == 0 && outcome.stderr.contains("others can read it (mode 0644)"), "{outcome:?}");

    jwt(&["verify", "--secret", "hex:zz", token]).assert_error(2, "usage");
    jwt(&["verify", "--secret", "", token]).assert_error(3, "empty_secret");
    jwt(&["verify", "--secret", "@/nonexistent", token]).assert_error(3, "key_io");
    jwt(&["verify", "--secret", "env:JWT_TEST_UNSET", token]).assert_error(3, "environment");
    let key_file = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDH";
    jwt(&["verify", "--secret", key_file, token]).assert_error(3, "key_is_not_a_secret");
}

#[test]
fn tokens_from_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("token"), format!("{JESSICA}\r\n")).unwrap();
    let verify = |token: &[&str], stdin: &str| {
        let base = ["verify", "--secret", "my_super_secret", "--allow-missing-exp"];
        jwt_with(&[&base[..], token].concat(), stdin.as_bytes(), folder.path())
    };
    assert_eq!(verify(&["@token"], "").status, 0);
    assert_eq!(verify(&["-"], &format!("{JESSICA}\n")).status, 0);
    assert_eq!(verify(&[], JESSICA).status, 0);
    // Pasted, which is said; a file is a program's, and is read as it is.
    let wrapped = JESSICA.replace("eyJz", "\n  eyJz");
    for pasted in [format!("Authorization: Bearer {JESSICA}\n"), format!("\"{JESSICA}\"\n"), wrapped] {
        for outcome in [verify(&["-"], &pasted), verify(&[&pasted], "")] {
            assert_eq!(outcome.status, 0, "{outcome:?}");
            assert!(outcome.stderr.contains("warning: the token was read without "), "{outcome:?}");
        }
        fs::write(folder.path().join("pasted"), &pasted).unwrap();
        assert_eq!(verify(&["@pasted"], "").status, 1);
    }
    fs::write(folder.path().join("pasted"), format!("{JESSICA}\n\n")).unwrap();
    verify(&["@pasted"], "").assert_error(1, "base64_whitespace");
    verify(&["-"], &format!("{JESSICA}\n{JESSICA}\n")).assert_error(1, "ambiguous_token");
    verify(&["@absent"], "").assert_error(4, "io");
    verify(&["@."], "").assert_error(4, "io");
    verify(&[""], "").assert_error(1, "empty_token");
    verify(&["-"], "").assert_error(1, "empty_token");
    verify(&["-"], &"a".repeat(1 << 20)).assert_error(1, "token_too_long");
    verify(&["a.b.c.d.e"], "").assert_error(1, "encrypted_token");
}

/// What somebody typed in the wrong place may be a secret.
#[test]
fn nothing_that_may_be_a_secret_is_shown() {
    let pem = "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----";
    let jwk = r#"{"kty":"oct","k":"hunter2"}"#;
    for arguments in [
        &["sign", "--key", pem][..],
        &["sign", "--key", jwk],
        &["key", "show", pem],
        &["verify", "--key", "k.pem", "a.b.c", "hunter2"],
        &["sign", "--secret", "env:hunter2"],
        &["sign", "--secret", "b64:hunter2!"],
        &["sign", "--secret", "x", "--hunter=hunter2"],
    ] {
        let outcome = jwt(arguments);
        assert!(matches!(outcome.status, 2 | 3), "{outcome:?}");
        assert!(!outcome.stderr.contains("hunter2"), "{arguments:?} {outcome:?}");
        assert_eq!(outcome.stderr.lines().count(), 1, "{outcome:?}");
    }
}

/// `--secret $UNSET --no-iat` must not sign with the secret `--no-iat`.
#[test]
fn an_option_is_no_value() {
    jwt(&["sign", "--secret", "--no-iat", "--exp", "+1m"]).assert_error(2, "usage");
    jwt(&["verify", "-s", "--leeway=5", JESSICA]).assert_error(2, "usage");
    assert_eq!(jwt(&["sign", "--secret=--no-iat", "--exp", "+1m"]).status, 0);
    assert_eq!(jwt(&["sign", "--secret", "--anything else", "--exp", "+1m"]).status, 0);
    jwt(&["verify", "--secret", SECRET, "--strict"]).assert_error(2, "usage");
}

#[test]
fn text_of_others_stays_in_its_line() {
    let outcome = jwt(&["verify", "--key", "no\u{9b}such\u{202e}file", JESSICA]);
    assert!(outcome.stderr.contains("no\\u009bsuch\\u202efile"), "{outcome:?}");
    // The payload is "x", a line feed and "error: no": it makes no line of its own.
    let outcome = jwt(&["verify", "--secret", SECRET, "eyJhbGciOiJIUzI1NiJ9.eAplcnJvcjogbm8.AAAA"]);
    outcome.assert_error(1, "invalid_signature");
    let shown = jwt(&["inspect", "--json", "eyJhbGciOiJIUzI1NiJ9.eyJhIjoiwpsifQ.AAAA"]);
    assert!(shown.assert_ok().contains("\\u009b"));
}

#[test]
fn an_unsecured_token_can_be_looked_at_and_is_refused() {
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30.";
    jwt(&["verify", "--secret", SECRET, none]).assert_error(1, "unknown_algorithm");
    assert!(jwt(&["inspect", none]).assert_ok().contains("signature  0 bytes"));
    jwt(&["verify", "--secret", SECRET, "eyJhbGciOiJIUzI1NiJ9.e30."]).assert_error(1, "empty_part");
}

#[test]
fn any_bytes_as_jws() {
    use jwt_std::jwt_core::{Bytes, Header, sign};
    let key = jwt_std::SigningKey::from_secret(SECRET.as_bytes(), jwt_std::Algorithm::HS256).unwrap();
    let mut buffer = [0; 256];
    let token = sign(&Header::new(), &Bytes(b"any\x00thing\n"), &key, &mut buffer).unwrap();
    let outcome = jwt(&["verify", "--jws", "--secret", SECRET, token]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (0, "any\0thing\n"));
    jwt(&["verify", "--secret", SECRET, token]).assert_error(1, "json_unexpected_byte");
    jwt(&["verify", "--jws", "--typ", "x", "--secret", SECRET, token]).assert_error(1, "typ_mismatch");
    assert_eq!(jwt(&["verify", "--jws", "--iss", "x", "--secret", SECRET, token]).status, 2);
}

#[test]
fn inspects_without_verifying() {
    let shown = jwt(&["inspect", EXPIRED]);
    let shown = shown.assert_ok();
    assert!(shown.starts_with("NOT VERIFIED"));
    assert!(shown.contains("exp  1516239022  2018-01-18T01:30:22Z, "));
    let json: Value = serde_json::from_str(jwt(&["inspect", "--json", EXPIRED]).assert_ok()).unwrap();
    assert_eq!((&json["verified"], &json["payload"]["sub"]), (&false.into(), &"42".into()));
    let codes = |json: &Value| {
        let warnings = json["warnings"].as_array().unwrap().iter();
        warnings.map(|warning| warning["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&json), ["iss_missing", "aud_missing", "expired"]);
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJhIjoxLCJhIjoyfQ.";
    let shown = jwt(&["inspect", none]);
    assert!(shown.assert_ok().contains("\nwarning  alg is none: "), "{shown:?}");
    assert!(shown.stdout.contains("[json_duplicate_name]"), "{shown:?}");
    // Every warning is of the time that was given, and is no reason to fail.
    let as_of = |now: &str| {
        let outcome = jwt(&["inspect", "--json", "--now", now, EXPIRED]);
        codes(&serde_json::from_str(outcome.assert_ok()).unwrap())
    };
    assert_eq!(as_of("1516239021"), ["iss_missing", "aud_missing"]);
    assert_eq!(as_of("1516152621"), ["iss_missing", "aud_missing", "long_life"]);
    // An escape sequence in a claim reaches no terminal, and what is no JSON is shown all the same.
    let hostile = "eyJhbGciOiJub25lIn0.G1szMW1vd25lZA.AAAA";
    let shown = jwt(&["inspect", hostile]);
    assert!(shown.assert_ok().contains("\\u001b[31mowned"), "{shown:?}");
    jwt(&["inspect", "nonsense"]).assert_error(1, "part_count");
}

#[test]
fn demo_and_completions() {
    let demo = jwt(&["demo"]);
    let text = demo.assert_ok();
    for expected in [
        "HS256",
        "RS256",
        "valid: Jessica Temporal",
        "[invalid_signature]",
        "[algorithm_mismatch]",
        "[expired]",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(jwt(&["completions", shell]).assert_ok().contains("inspect"));
    }
}
