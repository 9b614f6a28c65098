//! The command's contract: what it prints where, and its exit status.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

const JESSICA: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MjQyIiwibmFtZSI6Ikplc3NpY2EgVGVtcG9yYWwiLCJuaWNrbmFtZSI6Ikplc3MifQ.EDkUUxaM439gWLsQ8a8mJWIvQtgZe0et3O3z4Fd_J8o";
const EXPIRED: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiIsIm5hbWUiOiJKZXNzIFRlbXBvcmFsIiwiZXhwIjoxNTE2MjM5MDIyfQ.uqeQ60enLaCQEZ-7C0d_cgQSrWfgXRQuoB1LZD0j06E";
const SECRET: &str = "a secret of thirty-two bytes, ok";

/// What a run of the command left behind.
#[derive(Debug)]
struct Outcome {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Outcome {
    /// Asserts that it failed with this status and code, said so in one `error:` line, and wrote nothing to stdout.
    #[track_caller]
    fn assert_error(&self, status: i32, code: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        let errors: Vec<&str> = self.stderr.lines().filter(|line| line.starts_with("error:")).collect();
        assert!(matches!(errors[..], [error] if error.ends_with(&format!("[{code}]"))), "{self:?}");
    }

    #[track_caller]
    fn assert_ok(&self) -> &str {
        assert_eq!(self.status, 0, "{self:?}");
        self.stdout.strip_suffix('\n').unwrap_or(&self.stdout)
    }
}

fn jwt(arguments: &[&str]) -> Outcome {
    jwt_with(arguments, b"", Path::new("."))
}

fn jwt_with(arguments: &[&str], stdin: &[u8], folder: &Path) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jwt"))
        .args(arguments)
        .current_dir(folder)
        .env("JWT_TEST_SECRET", SECRET)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let outcome = Outcome {
        status: output.status.code().unwrap(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    };
    assert!(!outcome.stderr.contains("panicked"), "{outcome:?}");
    outcome
}

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
    verify(&["-"], &format!("{JESSICA}\n\n")).assert_error(1, "base64_whitespace");
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
fn keys_are_made_kept_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| jwt_with(arguments, b"", folder.path());
    run(&["key", "gen", "--bits", "2048", "--out", "id"]).assert_ok();
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("id"), mode("id.pub")), (0o600, 0o644));
    let before = fs::read(folder.path().join("id")).unwrap();
    run(&["key", "gen", "--bits", "2048", "--out", "id"]).assert_error(4, "io");
    assert_eq!(fs::read(folder.path().join("id")).unwrap(), before);

    let token = run(&["sign", "--key", "id", "--alg", "RS384", "--exp", "+1m"]);
    let token = token.assert_ok();
    run(&["verify", "--key", "id.pub", "--alg", "RS384", token]).assert_ok();
    let mismatch = run(&["verify", "--key", "id.pub", token]);
    mismatch.assert_error(1, "algorithm_mismatch");
    assert!(mismatch.stderr.contains("pass --alg RS384"));
    run(&["sign", "--key", "id.pub", "--exp", "+1m"]).assert_error(3, "public_key");
    run(&["verify", "--key", "id.pub", "--alg", "HS256", token]).assert_error(3, "key_algorithm");
    run(&["verify", "--key", "absent", token]).assert_error(3, "key_io");
    run(&["verify", "--key", "-", "-"]).assert_error(2, "usage");
    run(&["sign", "--key", "-", "-"]).assert_error(2, "usage");
    let private = run(&["verify", "--key", "id", "--alg", "RS384", token]);
    assert!(private.status == 0 && private.stderr.contains("only its public half is used"), "{private:?}");
    run(&["key", "gen", "--alg", "HS256", "--bits", "2048"]).assert_error(2, "usage");

    let shown = run(&["key", "show", "--json", "id"]);
    let shown: Value = serde_json::from_str(shown.assert_ok()).unwrap();
    assert_eq!((&shown["kind"], &shown["bits"]), (&"RSA private key".into(), &2048.into()));
    let public = fs::read_to_string(folder.path().join("id.pub")).unwrap();
    assert_eq!(shown["public_key_pem"], public);
    assert!(run(&["key", "show", "id.pub"]).assert_ok().contains(public.trim_end()));
    run(&["key", "show", "."]).assert_error(3, "key_io");

    run(&["key", "gen", "--alg", "HS512", "--out", "secret"]).assert_ok();
    assert_eq!(mode("secret"), 0o600);
    let token = run(&["sign", "--secret", "@secret", "--alg", "HS512", "--exp", "+1m"]);
    assert_eq!(token.stderr, "");
    run(&["verify", "--secret", "@secret", "--alg", "HS512", token.assert_ok()]).assert_ok();
    assert_ne!(
        run(&["key", "gen", "--alg", "HS256"]).assert_ok(),
        run(&["key", "gen", "--alg", "HS256"]).assert_ok()
    );
    run(&["key", "gen", "--out", "no/such/folder"]).assert_error(4, "io");
}

#[test]
fn every_algorithm_signs_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| jwt_with(arguments, b"", folder.path());
    for algorithm in jwt_std::Algorithm::ALL.map(jwt_std::Algorithm::name) {
        let bits: &[&str] = if matches!(&algorithm[..2], "RS" | "PS") { &["--bits", "2048"] } else { &[] };
        run(&[&["key", "gen", "--alg", algorithm, "--out", algorithm][..], bits].concat()).assert_ok();
        let (option, private, public) = if algorithm.starts_with("HS") {
            ("--secret", format!("@{algorithm}"), format!("@{algorithm}"))
        } else {
            ("--key", algorithm.to_owned(), format!("{algorithm}.pub"))
        };
        let token = run(&["sign", option, &private, "--alg", algorithm, "--exp", "+1m"]);
        let verified = run(&["verify", option, &public, "--alg", algorithm, token.assert_ok()]);
        assert_eq!((verified.status, verified.stderr.as_str()), (0, ""), "{algorithm}");
    }
}

#[test]
fn keys_are_converted_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| jwt_with(arguments, b"", folder.path());
    run(&["key", "gen", "--alg", "ES256", "--out", "id"]).assert_ok();
    let token = run(&["sign", "--key", "id", "--exp", "+1m"]);
    let token = token.assert_ok();
    let name = run(&["key", "thumbprint", "id"]);
    let name = name.assert_ok();
    for form in ["pem", "der", "openssh", "jwk"] {
        run(&["key", "convert", "--to", form, "--out", form, "id"]).assert_ok();
        run(&["key", "convert", "--to", form, "--public", "--out", &format!("{form}.pub"), "id"]).assert_ok();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(form), mode(&format!("{form}.pub"))), (0o600, 0o644));
        assert_eq!(run(&["key", "thumbprint", form]).assert_ok(), name);
        run(&["verify", "--key", &format!("{form}.pub"), token]).assert_ok();
        run(&["sign", "--key", &format!("{form}.pub"), "--exp", "+1m"]).assert_error(3, "public_key");
        let again = run(&["sign", "--key", form, "--exp", "+1m"]);
        run(&["verify", "--key", "id.pub", again.assert_ok()]).assert_ok();
        run(&["key", "convert", "--to", form, "--out", form, "id"]).assert_error(4, "io");
    }
    assert_eq!(
        run(&["key", "thumbprint", "--uri", "id"]).assert_ok(),
        format!("urn:ietf:params:oauth:jwk-thumbprint:sha-256:{name}")
    );
    let set: Value = serde_json::from_str(run(&["jwks", "id", "jwk.pub"]).assert_ok()).unwrap();
    assert_eq!((&set["keys"][0]["kid"], &set["keys"][0]["d"]), (&name.into(), &Value::Null));
    run(&["key", "gen", "--alg", "HS256", "--out", "secret"]).assert_ok();
    let secret = fs::read_to_string(folder.path().join("secret")).unwrap();
    fs::write(folder.path().join("oct"), format!(r#"{{"kty":"oct","k":"{secret}"}}"#)).unwrap();
    run(&["jwks", "oct"]).assert_error(3, "key_is_a_secret");
    run(&["key", "convert", "--to", "jwk", "--public", "oct"]).assert_error(3, "key_is_a_secret");
}

#[test]
fn an_encrypted_key_needs_its_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "rsa", "-b", "2048", "-N", SECRET, "-a", "1", "-f", "id_rsa"])
        .current_dir(folder.path())
        .status();
    assert!(made.expect("ssh-keygen must be installed").success());
    let sign = |more: &[&str]| {
        jwt_with(&[&["sign", "--key", "id_rsa", "--exp", "+1m"], more].concat(), b"", folder.path())
    };
    let missing = sign(&[]);
    missing.assert_error(3, "passphrase_needed");
    assert!(
        missing.stderr.contains("this is an encrypted OpenSSH private key: give its passphrase"),
        "{missing:?}"
    );
    sign(&["--passphrase", "wrong"]).assert_error(3, "wrong_passphrase");
    sign(&["--passphrase", "env:JWT_TEST_SECRET"]).assert_ok();
    fs::write(folder.path().join("pass"), format!("{SECRET}\n")).unwrap();
    let token = sign(&["--passphrase-file", "pass"]);
    jwt_with(&["verify", "--key", "id_rsa.pub", token.assert_ok()], b"", folder.path()).assert_ok();
}

#[test]
fn inspects_without_verifying() {
    let shown = jwt(&["inspect", EXPIRED]);
    let shown = shown.assert_ok();
    assert!(shown.starts_with("NOT VERIFIED"));
    assert!(shown.contains("exp  1516239022  2018-01-18T01:30:22Z, "));
    let json: Value = serde_json::from_str(jwt(&["inspect", "--json", EXPIRED]).assert_ok()).unwrap();
    assert_eq!((&json["verified"], &json["payload"]["sub"]), (&false.into(), &"42".into()));
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

/// A folder with two key pairs, `a` and `b`, and the JWK Set of both with an unusable key between them.
fn folder_with_set() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        let key = ["key", "gen", "--alg", "EdDSA", "--out", name];
        jwt_with(&key, b"", folder.path()).assert_ok();
    }
    let listed = jwt_with(&["jwks", "a", "b"], b"", folder.path());
    let mut set: Value = serde_json::from_str(listed.assert_ok()).unwrap();
    let keys = set["keys"].as_array_mut().unwrap();
    for (key, name) in keys.iter_mut().zip(["a", "b"]) {
        key["kid"] = name.into();
    }
    keys.insert(1, serde_json::json!({ "kty": "oct", "k": "AAAA", "kid": "shared" }));
    fs::write(folder.path().join("set"), set.to_string()).unwrap();
    folder
}

#[test]
fn a_key_of_a_jwk_set_is_chosen_by_kid_and_algorithm() {
    let folder = folder_with_set();
    let sign = |key: &str, kid: &[&str]| {
        let arguments = [&["sign", "--key", key, "--no-iat", "--exp", "32503680000"], kid, &["{}"]].concat();
        jwt_with(&arguments, b"", folder.path()).assert_ok().to_owned()
    };
    let verify = |token: &str, more: &[&str]| {
        jwt_with(&[&["verify", "--key", "set", token], more].concat(), b"", folder.path())
    };
    let token = sign("b", &["--kid", "b"]);
    assert_eq!(verify(&token, &[]).assert_ok(), r#"{"exp":32503680000}"#);
    verify(&token, &["--alg", "Ed25519"]).assert_ok();
    verify(&token, &["--alg", "ES256"]).assert_error(1, "algorithm_not_allowed");
    verify(&sign("b", &[]), &[]).assert_ok();
    verify(&sign("b", &["--kid", "a"]), &[]).assert_error(1, "invalid_signature");
    verify(&sign("b", &["--kid", "c"]), &[]).assert_error(1, "unknown_kid");
    let skipped = verify(&sign("b", &["--kid", "shared"]), &[]);
    skipped.assert_error(1, "unknown_kid");
    assert!(skipped.stderr.contains("it is symmetric"), "{skipped:?}");

    let piped = fs::read(folder.path().join("set")).unwrap();
    jwt_with(&["verify", "--key", "-", &token], &piped, folder.path()).assert_ok();
    jwt_with(&["verify", "--key", "/dev/stdin", &token], &piped, folder.path()).assert_ok();
    jwt_with(&["verify", "--key", "-", &token], br#"{"keys":[]}"#, folder.path())
        .assert_error(3, "no_usable_key");
    jwt_with(&["verify", "--key", "-", &token], br#"{"keys":5}"#, folder.path())
        .assert_error(3, "not_a_key_set");
    jwt_with(&["sign", "--key", "set", "{}"], b"", folder.path()).assert_error(3, "jwk_set");
}
