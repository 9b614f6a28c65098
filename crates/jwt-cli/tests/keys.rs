//! The command's keys: made, shown, converted, published, chosen.

mod jwt;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use serde_json::Value;

use jwt::{SECRET, jwt_with};

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
fn what_a_jwk_says_of_its_use_is_shown_and_published_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| jwt_with(arguments, b"", folder.path());
    let write = |name: &str, more: &str| {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        let text = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"{more}}}"#);
        fs::write(folder.path().join(name), text).unwrap();
    };
    write("enc", r#","use":"enc","key_ops":["deriveKey","\u009bx"],"kid":"a""#);
    write("same", r#","kid":"a""#);
    let shown = run(&["key", "show", "enc"]);
    let shown = shown.assert_ok();
    assert!(shown.contains("use         enc\noperations  deriveKey, \\u009bx\n"), "{shown}");
    let shown: Value = serde_json::from_str(run(&["key", "show", "--json", "enc"]).assert_ok()).unwrap();
    assert_eq!((&shown["use"], &shown["key_ops"][0]), (&"enc".into(), &"deriveKey".into()));

    let lost = "what it says of its use and algorithm is lost in this form";
    let pem = run(&["key", "convert", "--public", "--to", "pem", "enc"]);
    assert!(
        pem.assert_ok().starts_with("-----BEGIN PUBLIC KEY-----") && pem.stderr.contains(lost),
        "{pem:?}"
    );
    assert_eq!(run(&["key", "convert", "--public", "--to", "pem", "same"]).stderr, "");
    assert_eq!(run(&["key", "convert", "--public", "--to", "jwk", "enc"]).stderr, "");

    let set = run(&["jwks", "enc", "same"]);
    assert_eq!(serde_json::from_str::<Value>(set.assert_ok()).unwrap()["keys"].as_array().unwrap().len(), 2);
    assert!(set.stderr.contains(r#"enc: its use is "enc": no token is verified with it"#), "{set:?}");
    assert!(set.stderr.contains(r#"same: its kid "a" is that of enc, too (RFC 7517 §4.5)"#), "{set:?}");
    assert_eq!(run(&["jwks", "same"]).stderr, "");
}

/// A terminal obeys some of what may stand in a `kid`.
#[test]
fn a_converted_jwk_is_harmless_to_a_terminal_and_means_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"kid\":\"a\u{9b}31m\u{202e}\"}";
    fs::write(folder.path().join("jwk"), jwk).unwrap();
    let converted = jwt_with(&["key", "convert", "--to", "jwk", "jwk"], b"", folder.path());
    let converted = converted.assert_ok();
    assert!(converted.is_ascii(), "{converted:?}");
    let kid = |text: &str| serde_json::from_str::<Value>(text).unwrap()["kid"].clone();
    assert_eq!(kid(converted), kid(jwk));
}
