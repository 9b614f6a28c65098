//! Keys in every form, and what is said of them.

#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod common;

use common::{NOW, exampled, generated, inspected, pair, signed, verdict};
use jwt_std::Key;
use serde_json::{Value, json};

#[test]
fn private_keys_are_read_in_every_form() {
    let made = exampled("ES256");
    let token = made["token"].as_str().unwrap();
    let key = Key::from_bytes(made["key"]["text"].as_str().unwrap().as_bytes(), None).unwrap();
    for (text, name) in [
        (key.to_pkcs8_pem().unwrap().to_string(), "PKCS#8 private key (PEM)"),
        (key.to_openssh_private().unwrap().to_string(), "OpenSSH private key"),
        (key.to_jwk(true).unwrap().to_json().to_string(), "JWK"),
        (key.public_key_pem().unwrap(), "public key (PEM)"),
        (key.public_openssh_line("me").unwrap(), "OpenSSH public key"),
    ] {
        let report = inspected(token, &json!({ "text": text }));
        assert_eq!(verdict(&report, "signature"), pair("valid", "valid"), "{name}");
        assert_eq!(report["key"]["name"], name);
        let expected = if name.contains("rivate") || name == "JWK" { "private" } else { "public" };
        assert_eq!(report["key"]["detail"], format!("P-256 {expected} key, 256 bits"), "{name}");
        assert_eq!(report["key"]["algorithms"], json!(["ES256"]));
    }
}

#[test]
fn secrets_are_read_in_every_form() {
    let secret = "a secret of thirty-two bytes, ok";
    let made = signed(&json!({ "alg": "HS256" }), &json!({ "exp": NOW + 60 }), &json!({ "text": secret }));
    let token = made["token"].as_str().unwrap();
    let hex = "6120736563726574206f66207468697274792d74776f2062797465732c206f6b";
    for (text, form, name) in [
        (secret, "auto", "secret, as text"),
        (secret, "utf8", "secret, as text"),
        ("YSBzZWNyZXQgb2YgdGhpcnR5LXR3byBieXRlcywgb2s", "base64url", "secret, from base64url"),
        ("YSBzZWNyZXQgb2YgdGhpcnR5LXR3byBieXRlcywgb2s=", "base64url", "secret, from base64url"),
        (hex, "hex", "secret, from hexadecimal"),
    ] {
        let report = inspected(token, &json!({ "text": text, "form": form }));
        assert_eq!(verdict(&report, "signature"), pair("valid", "valid"), "{form}");
        assert_eq!((&report["key"]["name"], &report["key"]["detail"]), (&json!(name), &json!("32 bytes")));
    }
    // Read as text it is another secret, and what would be right is said.
    let report = inspected(token, &json!({ "text": hex }));
    assert_eq!(verdict(&report, "signature"), pair("invalid", "invalid_signature"));
    assert_eq!(report["verdicts"]["signature"]["suggestion"], "hex");
    let report = inspected(token, &json!({ "text": "another secret of thirty-two byt" }));
    assert_eq!(report["verdicts"]["signature"]["suggestion"], Value::Null);
}

#[test]
fn a_set_has_the_key_that_the_kid_names() {
    let (a, b) = (generated("ES256"), generated("Ed25519"));
    let jwk = |key: &Value, kid: &str| {
        let key = Key::from_bytes(key["text"].as_str().unwrap().as_bytes(), None).unwrap();
        let mut jwk: Value = serde_json::from_str(&key.to_jwk(false).unwrap().to_json()).unwrap();
        jwk["kid"] = kid.into();
        jwk
    };
    let set = json!({ "keys": [jwk(&a, "a"), jwk(&b, "b"), { "kty": "OKP", "crv": "X25519", "x": "AA" }] });
    let key = json!({ "text": set.to_string() });
    for (kid, expected) in [
        ("b", pair("valid", "valid")),
        ("a", pair("invalid", "no_fitting_key")),
        ("c", pair("invalid", "unknown_kid")),
    ] {
        let made = signed(&json!({ "alg": "Ed25519", "kid": kid }), &json!({ "exp": NOW + 60 }), &b);
        let report = inspected(made["token"].as_str().unwrap(), &key);
        assert_eq!(verdict(&report, "signature"), expected, "{kid}");
        assert_eq!(report["key"]["name"], "JWK Set");
        assert_eq!(report["key"]["detail"], "2 usable keys");
        assert_eq!(report["key"]["notes"].as_array().unwrap().len(), 3);
    }
    let made = signed(&json!({ "alg": "ES256" }), &json!({}), &key);
    assert_eq!((&made["problem"]["code"], &made["problem"]["place"]), (&json!("jwk_set"), &json!("key")));
}

#[test]
fn a_weak_secret_works_and_is_warned_of() {
    let key = json!({ "text": "secret" });
    let made = signed(&json!({ "alg": "HS256" }), &json!({ "exp": NOW + 60 }), &key);
    assert!(made["warning"].as_str().unwrap().contains("WEAK: 6 bytes"), "{made}");
    let report = inspected(made["token"].as_str().unwrap(), &key);
    assert_eq!(verdict(&report, "signature"), pair("warning", "weak_key"));
    assert!(report["key"]["warning"].as_str().unwrap().contains("HS256 needs at least 32"));
    assert_eq!(verdict(&report, "all"), pair("warning", "doubtful"));
}

#[test]
fn encrypted_keys_ask_for_their_passphrase() {
    // `ssh-keygen -t ed25519 -N 'correct horse' -Z aes256-ctr -a 4`, made for this test.
    let encrypted = include_str!("encrypted_key.txt");
    let token = exampled("Ed25519")["token"].as_str().unwrap().to_owned();
    for (passphrase, code, wants) in
        [("", "passphrase_needed", true), ("wrong", "wrong_passphrase", true), ("correct horse", "", false)]
    {
        let report = inspected(&token, &json!({ "text": encrypted, "passphrase": passphrase }));
        assert_eq!(report["key"]["problem"]["code"].as_str().unwrap_or_default(), code);
        assert_eq!(report["key"]["wants_passphrase"], wants);
    }
    // It opens, and did not sign this.
    let report = inspected(&token, &json!({ "text": encrypted, "passphrase": "correct horse" }));
    assert_eq!(verdict(&report, "signature"), pair("invalid", "invalid_signature"));
    assert_eq!(report["key"]["name"], "encrypted OpenSSH private key");
}

#[test]
fn a_public_key_is_never_a_secret() {
    let made = exampled("RS256");
    let report = inspected(made["token"].as_str().unwrap(), &made["key"]);
    let public = report["key"]["public"]["pem"].as_str().unwrap();
    for form in ["auto", "utf8"] {
        let key = json!({ "text": public, "form": form });
        let made = signed(&json!({ "alg": "HS256" }), &json!({}), &key);
        assert_eq!(made["token"], Value::Null, "{form}");
        assert_eq!(made["problem"]["place"], "key");
    }
    // {"alg":"HS256"}.{}: what an attacker would sign with the public key.
    let report = inspected("eyJhbGciOiJIUzI1NiJ9.e30.AAAA", &json!({ "text": public }));
    assert_eq!(verdict(&report, "signature"), pair("invalid", "key_algorithm"));
}
