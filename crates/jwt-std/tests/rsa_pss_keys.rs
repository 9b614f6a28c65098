//! RSA keys that their file restricts to RSASSA-PSS (RFC 4055 §3.1), made by `openssl`; and PSS signatures.

mod tools;

use jwt_std::{Algorithm, Key, SigningKey};

use tools::{Keys, assert_same};

const PSS: [(Algorithm, &str, usize); 3] =
    [(Algorithm::PS256, "sha256", 32), (Algorithm::PS384, "sha384", 48), (Algorithm::PS512, "sha512", 64)];

fn generate(keys: &Keys, options: &str) {
    keys.openssl(&format!("genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048{options} -out key.pem"));
    keys.openssl("pkey -in key.pem -pubout -out spki.pem");
    keys.openssl("pkcs8 -topk8 -in key.pem -passout % -out pbkdf2.pem");
    keys.openssl("req -x509 -key key.pem -subj /CN=issuer.example -days 30 -out cert.pem");
}

fn with_hash(hash: &str, salt_len: usize) -> String {
    format!(
        " -pkeyopt rsa_pss_keygen_md:{hash} -pkeyopt rsa_pss_keygen_mgf1_md:{hash} -pkeyopt \
         rsa_pss_keygen_saltlen:{salt_len}"
    )
}

#[test]
fn without_parameters_every_hash_is_allowed() {
    let keys = Keys::new();
    generate(&keys, "");
    let all = PSS.map(|(algorithm, ..)| algorithm);
    for public in ["spki.pem", "cert.pem", "key.pem"] {
        keys.assert_pair("key.pem", None, public, &all);
        let key = Key::from_file(keys.path(public), None).unwrap();
        assert_eq!(key.algorithms(), all);
        let error = key.verifying_key(Algorithm::RS256).unwrap_err();
        assert_eq!(error.code(), "key_algorithm");
        assert_eq!(
            error.to_string(),
            "this RSA key is restricted to some PSS algorithms and cannot be used with RS256; it can be used with PS256"
        );
    }
    keys.assert_pair("pbkdf2.pem", Some(tools::PASSPHRASE), "spki.pem", &all);
}

#[test]
fn with_parameters_one_hash_is_allowed() {
    for (algorithm, hash, len) in PSS {
        for salt_len in [len, 20] {
            let keys = Keys::new();
            generate(&keys, &with_hash(hash, salt_len));
            for public in ["spki.pem", "cert.pem", "key.pem"] {
                keys.assert_pair("key.pem", None, public, &[algorithm]);
                let key = Key::from_file(keys.path(public), None).unwrap();
                assert_eq!(key.algorithms(), [algorithm]);
            }
            // What is written is restricted as well.
            let key = Key::from_file(keys.path("key.pem"), None).unwrap();
            let written = Key::from_bytes(key.to_pkcs8_pem().unwrap().as_bytes(), None).unwrap();
            assert_same(&key, &written);
            assert_eq!(written.algorithms(), [algorithm]);
            if salt_len == len {
                assert_eq!(key.to_pkcs8_pem().unwrap().as_bytes(), keys.read("key.pem"));
                assert_eq!(key.public_key_pem().unwrap().as_bytes(), keys.read("spki.pem"));
            }
            assert_eq!(key.to_jwk(false).unwrap().get("alg"), Some(algorithm.name()));
            assert_eq!(key.to_openssh_private().unwrap_err().code(), "key_form");
            assert_eq!(key.public_openssh_line("").unwrap_err().code(), "key_form");
        }
    }
}

#[test]
fn other_restrictions_are_named() {
    for (options, found) in [
        (" -pkeyopt rsa_pss_keygen_md:sha1", "with SHA-1"),
        (&with_hash("sha224", 20), "with hash 2.16.840.1.101.3.4.2.4"),
        (" -pkeyopt rsa_pss_keygen_md:sha256 -pkeyopt rsa_pss_keygen_mgf1_md:sha512", "with two hashes"),
        (&with_hash("sha256", 33), "with a long salt"),
    ] {
        let keys = Keys::new();
        generate(&keys, options);
        for name in ["key.pem", "spki.pem", "cert.pem"] {
            let error = Key::from_file(keys.path(name), None).unwrap_err();
            assert_eq!(error.code(), "unsupported_key_type");
            let expected = format!("this is an RSA key restricted to PSS {found}: ");
            assert!(error.to_string().starts_with(&expected), "{error}");
        }
    }
}

#[test]
fn openssl_accepts_our_pss_signatures() {
    let keys = Keys::new();
    keys.openssl("genrsa -out key.pem 2048");
    keys.openssl("rsa -in key.pem -pubout -out spki.pem");
    for (algorithm, hash, len) in PSS {
        keys.write("signature", keys.sign("key.pem", algorithm));
        keys.openssl(&format!(
            "dgst -{hash} -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:{len} -verify spki.pem -signature \
             signature input"
        ));
        // The salt is random.
        assert_ne!(keys.sign("key.pem", algorithm), keys.sign("key.pem", algorithm));
    }
    assert!(SigningKey::from_file(keys.path("spki.pem"), Algorithm::PS256).is_err());
}
