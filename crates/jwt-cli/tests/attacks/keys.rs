//! Keys that a token chooses, brings or names, keys of another kind, and signatures that no key made.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_std::{Algorithm, Key, Signer as _};

use crate::jwt::jwt_with;
use crate::tokens::{signed, signed_payload};
use crate::{SECRET, rejection, verify};

/// A token with exactly this header, and what a key signs of it.
fn token(header: &str, key: &Key, algorithm: Algorithm) -> (String, Vec<u8>) {
    let payload = URL_SAFE_NO_PAD.encode(br#"{"exp":4102444800}"#);
    let input = format!("{}.{payload}", URL_SAFE_NO_PAD.encode(header));
    let key = key.signing_key(algorithm).unwrap();
    let mut signature = vec![0; key.signature_len()];
    let len = key.sign(input.as_bytes(), &mut signature).unwrap();
    signature.truncate(len);
    (input, signature)
}

fn joined((input, signature): (String, Vec<u8>)) -> Vec<u8> {
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)).into_bytes()
}

/// Writes `name` and `name.pub`.
fn pair(folder: &Path, name: &str, algorithm: Algorithm) -> Key {
    let key = Key::generate(algorithm, algorithm.is_rsa().then_some(2048)).unwrap();
    fs::write(folder.join(name), key.to_pkcs8_pem().unwrap()).unwrap();
    fs::write(folder.join(format!("{name}.pub")), key.public_key_pem().unwrap()).unwrap();
    key
}

/// Every form of a public key, as text, file and base64, is no secret; that is said before any token is looked at.
#[test]
fn a_public_key_is_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let key = pair(folder.path(), "rsa", Algorithm::RS256);
    let forms = [
        key.public_key_pem().unwrap().into_bytes(),
        key.public_key_der().unwrap(),
        key.public_openssh_line("me").unwrap().into_bytes(),
        key.to_jwk(false).unwrap().to_json().as_bytes().to_vec(),
        [b"{\"keys\":[", key.to_jwk(false).unwrap().to_json().as_bytes(), b"]}"].concat(),
    ];
    for (index, form) in forms.iter().enumerate() {
        let name = format!("form{index}");
        fs::write(folder.path().join(&name), form).unwrap();
        let forged = jwt_std::SigningKey::from_secret(&[7; 32], Algorithm::HS256).unwrap();
        let forged = jwt_std::encode(&jwt_std::Header::new(), &serde_json::json!({}), &forged).unwrap();
        let base64 = format!("b64u:{}", URL_SAFE_NO_PAD.encode(form));
        for secret in [format!("@{name}"), base64] {
            for command in ["verify", "sign"] {
                let outcome = jwt_with(&[command, "--secret", &secret, &forged], b"", folder.path());
                assert!(matches!(outcome.status, 2 | 3) && outcome.stdout.is_empty(), "{outcome:?}");
                if command == "verify" {
                    outcome.assert_error(3, "key_is_not_a_secret");
                }
            }
        }
        // A public key as the key of an HMAC algorithm is one of another kind.
        let outcome = verify(&["--key", &name, "--alg", "HS256"], forged.as_bytes(), folder.path());
        assert!(matches!(outcome.status, 1 | 3) && outcome.stdout.is_empty(), "{outcome:?}");
    }
}

/// The key decides, and `--alg` narrows it; what the token says widens nothing.
#[test]
fn a_token_does_not_choose_the_algorithm() {
    let folder = tempfile::tempdir().unwrap();
    let rsa = pair(folder.path(), "rsa", Algorithm::RS256);
    let ec = pair(folder.path(), "ec", Algorithm::ES256);
    let cases = [
        (joined(token(r#"{"alg":"HS256"}"#, &rsa, Algorithm::RS256)), vec!["rsa.pub"], "algorithm_mismatch"),
        (joined(token(r#"{"alg":"RS256"}"#, &rsa, Algorithm::PS256)), vec!["rsa.pub"], "invalid_signature"),
        (joined(token(r#"{"alg":"PS256"}"#, &rsa, Algorithm::PS256)), vec!["rsa.pub"], "algorithm_mismatch"),
        (joined(token(r#"{"alg":"RS512"}"#, &rsa, Algorithm::RS512)), vec!["rsa.pub"], "algorithm_mismatch"),
        (joined(token(r#"{"alg":"RS256"}"#, &ec, Algorithm::ES256)), vec!["rsa.pub"], "invalid_signature"),
        (joined(token(r#"{"alg":"ES256"}"#, &ec, Algorithm::ES256)), vec!["rsa.pub"], "algorithm_mismatch"),
        (joined(token(r#"{"alg":"ES384"}"#, &ec, Algorithm::ES256)), vec!["ec.pub"], "algorithm_mismatch"),
        (joined(token(r#"{"alg":"none"}"#, &ec, Algorithm::ES256)), vec!["ec.pub"], "unknown_algorithm"),
        (
            joined(token(r#"{"alg":"RS256"}"#, &rsa, Algorithm::RS256)),
            vec!["rsa.pub", "--alg", "PS256", "--alg", "RS512"],
            "algorithm_mismatch",
        ),
        (signed_payload(b"{}"), vec!["ec.pub"], "algorithm_mismatch"),
    ];
    for (token, key, code) in cases {
        let outcome = verify(&[&["--key"], &key[..]].concat(), &token, folder.path());
        assert_eq!(rejection(&outcome), code, "{}", String::from_utf8_lossy(&token));
    }
    // The list is wider than the key: that is said before a token is looked at.
    let good = joined(token(r#"{"alg":"RS256"}"#, &rsa, Algorithm::RS256));
    let outcome = verify(&["--key", "rsa.pub", "--alg", "RS256", "--alg", "HS256"], &good, folder.path());
    assert_eq!((outcome.status, outcome.stdout.as_str()), (3, ""), "{outcome:?}");
    assert_eq!(verify(&["--key", "rsa.pub"], &good, folder.path()).status, 0);
}

#[test]
fn numbers_that_are_no_signature() {
    let folder = tempfile::tempdir().unwrap();
    for (algorithm, name) in [
        (Algorithm::ES256, "ES256"),
        (Algorithm::ES512, "ES512"),
        (Algorithm::EdDSA, "EdDSA"),
        (Algorithm::RS256, "RS256"),
        (Algorithm::MlDsa44, "ML-DSA-44"),
    ] {
        let key = pair(folder.path(), name, algorithm);
        let (input, good) = token(&format!(r#"{{"alg":"{name}"}}"#), &key, algorithm);
        let half = good.len() / 2;
        let zero = vec![0; half];
        let forged = [
            [&zero[..], &zero].concat(),
            [&zero[..], &good[half..]].concat(),
            [&good[..half], &zero].concat(),
            vec![0xff; good.len()],
            [&good[half..], &good[..half]].concat(),
            good[..good.len() - 1].to_vec(),
            [&good[..], &[0]].concat(),
            [&[0], &good[..]].concat(),
            vec![1],
        ];
        let public = format!("{name}.pub");
        for signature in forged {
            let token = joined((input.clone(), signature));
            let outcome = verify(&["--key", &public], &token, folder.path());
            assert_eq!(rejection(&outcome), "invalid_signature", "{name}");
        }
        let outcome = verify(&["--key", &public], &joined((input, good)), folder.path());
        assert_eq!(outcome.assert_ok(), r#"{"exp":4102444800}"#);
    }
}

/// Neither a file nor a set nor a key of that name is looked for, and what a header brings is not used.
#[test]
fn a_header_names_and_brings_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let key = pair(folder.path(), "mine", Algorithm::ES256);
    let attacker = pair(folder.path(), "attacker", Algorithm::ES256);
    let jwk = attacker.to_jwk(false).unwrap();
    let jwk = jwk.to_json();
    let text = key.to_jwk(false).unwrap().to_json();
    let mut mine: serde_json::Value = serde_json::from_str(&text).unwrap();
    mine["kid"] = "mine".into();
    fs::write(folder.path().join("set"), serde_json::json!({ "keys": [mine] }).to_string()).unwrap();
    for member in [
        format!(r#""jwk":{}"#, jwk.as_str()),
        r#""jku":"file:attacker""#.to_owned(),
        r#""x5u":"attacker.pub""#.to_owned(),
        r#""kid":"attacker.pub""#.to_owned(),
        r#""kid":"./attacker.pub""#.to_owned(),
        r#""kid":"\u001b[31m\u202e""#.to_owned(),
        r#""kid":"mine\u0000""#.to_owned(),
    ] {
        let header = format!(r#"{{"alg":"ES256",{member}}}"#);
        let forged = joined(token(&header, &attacker, Algorithm::ES256));
        let outcome = verify(&["--key", "mine.pub"], &forged, folder.path());
        assert_eq!(rejection(&outcome), "invalid_signature", "{member}");
        let code = if member.contains("kid") { "unknown_kid" } else { "invalid_signature" };
        let outcome = verify(&["--key", "set"], &forged, folder.path());
        assert_eq!(rejection(&outcome), code, "{member}");
        let outcome = verify(&["--key", "mine.pub", "--kid", "mine"], &forged, folder.path());
        assert_eq!(rejection(&outcome), "invalid_signature", "{member}");
    }
    for kid in ["7", "null", "[\"mine\"]"] {
        let forged = signed(format!(r#"{{"alg":"HS256","kid":{kid}}}"#).as_bytes(), b"{}");
        let outcome = verify(&["--secret", SECRET], &forged, folder.path());
        assert_eq!(rejection(&outcome), "header_wrong_type", "{kid}");
    }
}

/// A symmetric key of a set is nobody's secret.
#[test]
fn a_secret_in_a_set_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let secret = URL_SAFE_NO_PAD.encode(SECRET);
    let oct = serde_json::json!({ "kty": "oct", "k": secret, "alg": "HS256", "kid": "a" });
    fs::write(folder.path().join("set"), serde_json::json!({ "keys": [oct] }).to_string()).unwrap();
    let outcome = verify(&["--key", "set"], &signed_payload(br#"{"exp":4102444800}"#), folder.path());
    assert_eq!((outcome.status, outcome.stdout.as_str()), (3, ""), "{outcome:?}");
    let document: serde_json::Value = serde_json::from_str(&outcome.stderr).unwrap();
    assert_eq!(document["error"]["code"], "no_usable_key");
}

#[test]
fn no_secret_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("empty"), "\n").unwrap();
    for secret in ["", "@empty", "hex:", "b64:", "b64u:", " ", "hex:0a"] {
        let outcome = jwt_with(&["verify", "--secret", secret, "a.b.c"], b"", folder.path());
        outcome.assert_error(3, "empty_secret");
    }
}
