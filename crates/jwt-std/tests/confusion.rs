//! Each kind of key with every algorithm of another kind, in every form: refused, at every entrance.

mod kinds;
mod tools;

use jwt_std::{Algorithm, Key, SigningKey, VerifyingKey, jwt_core};

use kinds::{KINDS, generate};
use tools::Keys;

#[test]
fn every_key_with_every_algorithm_of_another_kind() {
    let mut rows = 0;
    for own in KINDS {
        let key = generate(own);
        for other in Algorithm::ALL {
            if other.key_kind() == own.key_kind() {
                assert!(key.algorithms().contains(&other));
                continue;
            }
            rows += 1;
            assert!(!key.algorithms().contains(&other));
            assert_eq!(key.weakness(own), None);
            for error in [
                key.signing_key(other).unwrap_err(),
                key.signing_key_allowing_weak(other).unwrap_err(),
                key.verifying_key(other).unwrap_err(),
                key.verifying_key_allowing_weak(other).unwrap_err(),
            ] {
                assert_eq!(error.code(), "key_algorithm", "{own} {other}");
                assert!(
                    error
                        .to_string()
                        .starts_with(&format!("{} cannot be used with {other}; ", own.key_kind()))
                );
            }
            let json = key.to_jwk(true).unwrap().to_json();
            assert_eq!(SigningKey::from_bytes(json.as_bytes(), other).unwrap_err().code(), "key_algorithm");
            if let Some(pem) = key.public_key_pem() {
                let error = VerifyingKey::from_bytes(pem.as_bytes(), other).unwrap_err();
                assert_eq!(error.code(), "key_algorithm");
            }
        }
    }
    // 18 algorithms, of which a kind has its own: 3 + 6 + 1 + 1 + 1 + 1 + 2 + 1 + 1 + 1.
    assert_eq!(rows, 10 * 18 - 18);
}

#[test]
fn no_key_in_any_form_is_a_secret() {
    for algorithm in KINDS.into_iter().filter(|algorithm| !algorithm.is_hmac()) {
        let key = generate(algorithm);
        let spki = key.public_key_pem().unwrap();
        let body: String = spki.lines().filter(|line| !line.starts_with('-')).collect();
        let mut forms = vec![
            spki.clone().into_bytes(),
            spki.replace('\n', "\\n").into_bytes(),
            body.into_bytes(),
            key.public_key_der().unwrap(),
            key.to_pkcs8_der().unwrap().to_vec(),
            key.to_jwk(false).unwrap().to_json().as_bytes().to_vec(),
            key.to_jwk(true).unwrap().to_json().as_bytes().to_vec(),
            format!("{{\"keys\":[{}]}}", key.to_jwk(false).unwrap().to_json().as_str()).into_bytes(),
        ];
        forms.extend(key.public_openssh_line("me").map(String::into_bytes));
        if spki.len() < 1000 {
            // Certificates, and the bare private key, by a program that has such keys.
            let keys = Keys::new();
            keys.write("key.pem", key.to_pkcs8_pem().unwrap().as_bytes());
            forms.push(keys.openssl("req -x509 -key key.pem -subj /CN=x -outform DER"));
            forms.push(keys.openssl("req -x509 -key key.pem -subj /CN=x"));
            forms.push(keys.openssl("pkey -in key.pem -traditional -outform DER"));
        }
        for form in forms {
            let shown = format!("{algorithm}: {}", String::from_utf8_lossy(&form));
            let error = SigningKey::from_secret_allowing_weak(&form, Algorithm::HS256).expect_err(&shown);
            assert_eq!(error.code(), "key_is_not_a_secret", "{shown}");
            assert!(VerifyingKey::from_secret(&form, Algorithm::HS256).is_err(), "{shown}");
            // The core, which firmware uses alone, sees through each form by itself.
            assert!(jwt_core::key_form(&form).is_some(), "{shown}");
        }
    }
}

#[test]
fn what_a_jwk_says_of_its_use_is_kept() {
    for algorithm in KINDS {
        let json = generate(algorithm).to_jwk(true).unwrap().to_json();
        let with = |member: &str| json.replacen('{', &format!("{{{member},"), 1);
        for member in [r#""use":"enc""#, r#""key_ops":["encrypt"]"#, r#""key_ops":[]"#] {
            let key = Key::from_bytes(with(member).as_bytes(), None).unwrap();
            assert_eq!(key.signing_key(algorithm).unwrap_err().code(), "jwk_use", "{algorithm} {member}");
            assert_eq!(key.verifying_key(algorithm).unwrap_err().code(), "jwk_use", "{algorithm} {member}");
        }
        if !json.contains("\"alg\"") {
            let key = Key::from_bytes(with(r#""alg":"RSA-OAEP""#).as_bytes(), None).unwrap();
            assert_eq!(key.signing_key(algorithm).unwrap_err().code(), "jwk_algorithm");
            assert_eq!((key.algorithms(), key.default_algorithm()), (vec![], None));
        }
    }
}

/// A form that cannot say what a JWK says must not set the key free.
#[test]
fn a_key_that_must_not_sign_is_not_written_without_that() {
    let jwk = |more: &str| {
        // RFC 8037, appendix A.1.
        format!(
            r#"{{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"{more}}}"#
        )
    };
    let key = |more: &str| Key::from_bytes(jwk(more).as_bytes(), None).unwrap();
    for more in [r#","use":"enc""#, r#","key_ops":["verify"]"#, r#","key_ops":[]"#] {
        let key = key(more);
        assert_eq!(key.to_pkcs8_pem().unwrap_err().code(), "jwk_use", "{more}");
        assert_eq!(key.to_openssh_private().unwrap_err().code(), "jwk_use", "{more}");
        assert!(key.to_jwk(true).is_ok());
    }
    assert!(key(r#","use":"sig","key_ops":["sign"]"#).to_pkcs8_pem().is_ok());
    let public = key(r#","key_ops":["verify","encrypt","sign"]"#).to_jwk(false).unwrap().to_json();
    assert!(public.contains(r#""key_ops":["verify"]"#), "{}", *public);
}

/// A public key wrapped once more is no secret either.
#[test]
fn the_base64_of_a_jwk_is_no_secret() {
    use base64ct::Encoding as _;
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let wrapped = base64ct::Base64::encode_string(jwk.as_bytes());
    assert_eq!(Key::from_secret(wrapped.as_bytes()).unwrap_err().code(), "key_is_not_a_secret");
}
