//! Key files that are not what was asked for: an error that names what was found.

use jwt_std::{Algorithm, Key, SigningKey, VerifyingKey};

/// RFC 8037 A.1 and A.2.
const PRIVATE: &str = r#""kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#;
const OTHER_X: &str = "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw";

fn signing(file: &str) -> &'static str {
    SigningKey::from_bytes(file.as_bytes(), Algorithm::EdDSA).map_or_else(|error| error.code(), |_| "")
}

fn verifying(file: &str) -> &'static str {
    VerifyingKey::from_bytes(file.as_bytes(), Algorithm::EdDSA).map_or_else(|error| error.code(), |_| "")
}

#[test]
fn what_a_jwk_must_not_do() {
    let jwk = |more: &str| format!("{{{PRIVATE}{more}}}");
    for (file, sign, verify) in [
        (jwk(""), "", ""),
        (jwk(r#","use":"sig","key_ops":["sign","verify"]"#), "", ""),
        (jwk(r#","use":"enc""#), "jwk_use", "jwk_use"),
        (jwk(r#","key_ops":["verify"]"#), "jwk_use", ""),
        (jwk(r#","key_ops":["encrypt"]"#), "jwk_use", "jwk_use"),
        (jwk(r#","alg":"ES256""#), "jwk_algorithm", "jwk_algorithm"),
        (jwk("").replace("Ed25519", "X25519"), "unsupported_key_type", "unsupported_key_type"),
        (jwk("").replace("Ed25519", "Ed448"), "unsupported_key_type", "unsupported_key_type"),
        (jwk("").replace("OKP", "PQ"), "unsupported_key_type", "unsupported_key_type"),
    ] {
        assert_eq!((signing(&file), verifying(&file)), (sign, verify), "{file}");
    }
}

#[test]
fn members_that_do_not_belong_together() {
    let x = PRIVATE.split('"').nth(15).unwrap();
    let file = format!("{{{}}}", PRIVATE.replace(x, OTHER_X));
    assert_ne!(signing(&file), "", "a public half of another key");
    assert_ne!(signing(&format!("{{{PRIVATE},{PRIVATE}}}")), "", "members twice");
}

#[test]
fn private_and_public_where_the_other_is_wanted() {
    let key = Key::from_bytes(format!("{{{PRIVATE}}}").as_bytes(), None).unwrap();
    let (private, public) = (key.to_pkcs8_pem().unwrap(), key.public_key_pem().unwrap());
    // The public half of a private key is enough to verify with.
    assert_eq!((signing(&private), verifying(&private)), ("", ""));
    assert_eq!((signing(&public), verifying(&public)), ("public_key", ""));
    // Several keys in a file: which of them is meant nobody says.
    let other = Key::generate(Algorithm::EdDSA, None).unwrap().to_pkcs8_pem().unwrap();
    assert_ne!(signing(&format!("{}{}", *private, *other)), "");
}

/// Every prefix of a file, and every file with one byte changed, is an error or a key, and nothing worse.
#[test]
fn damaged_files() {
    let key = Key::from_bytes(format!("{{{PRIVATE}}}").as_bytes(), None).unwrap();
    let files = [
        key.to_pkcs8_pem().unwrap().as_bytes().to_vec(),
        key.to_pkcs8_der().unwrap().to_vec(),
        key.to_openssh_private().unwrap().as_bytes().to_vec(),
        key.public_key_pem().unwrap().into_bytes(),
        key.public_key_der().unwrap(),
        key.to_jwk(true).unwrap().to_json().as_bytes().to_vec(),
    ];
    for file in files {
        assert!(Key::from_bytes(&file, None).is_ok());
        for len in 0..file.len() {
            // What is cut off may be the line break at the end.
            if let Ok(cut) = Key::from_bytes(&file[..len], None) {
                assert_eq!(cut.thumbprint(), key.thumbprint(), "{len} of {}", file.len());
            }
        }
        for place in 0..file.len() {
            let mut changed = file.clone();
            changed[place] ^= 0x20;
            let _ = Key::from_bytes(&changed, None);
        }
    }
}
