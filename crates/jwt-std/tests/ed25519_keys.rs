//! Ed25519 keys made by `ssh-keygen` and `openssl`: they load in every form, and `openssl` and we accept each other's
//! signatures.

mod tools;

use jwt_std::{Algorithm, Header, Key, SigningKey, Validation, Verifier as _, VerifyingKey};
use serde_json::Value;

use tools::{Keys, PASSPHRASE, claims};

const BOTH: [Algorithm; 2] = [Algorithm::EdDSA, Algorithm::Ed25519];

fn made_by_openssl() -> Keys {
    let keys = Keys::new();
    keys.openssl("genpkey -algorithm ED25519 -out key.pem");
    keys.openssl("pkey -in key.pem -outform DER -out key.der");
    keys.openssl("pkcs8 -topk8 -in key.pem -passout % -out pbkdf2.pem");
    keys.openssl("pkcs8 -topk8 -in key.pem -passout % -outform DER -out pbkdf2.der");
    keys.openssl("pkcs8 -topk8 -scrypt -in key.pem -passout % -out scrypt.pem");
    keys.openssl("pkey -in key.pem -pubout -out spki.pem");
    keys.openssl("pkey -in key.pem -pubout -outform DER -out spki.der");
    keys.openssl("req -x509 -key key.pem -subj /CN=issuer.example -days 30 -out cert.pem");
    keys.openssl("x509 -in cert.pem -outform DER -out cert.der");
    keys
}

#[test]
fn every_form_of_openssl() {
    let keys = made_by_openssl();
    for private in ["key.pem", "key.der"] {
        for public in ["spki.pem", "spki.der", "cert.pem", "cert.der", "key.pem"] {
            keys.assert_pair(private, None, public, &BOTH);
        }
    }
    for private in ["pbkdf2.pem", "pbkdf2.der", "scrypt.pem"] {
        keys.assert_pair(private, Some(PASSPHRASE), "spki.pem", &BOTH);
        keys.assert_encrypted(private, Algorithm::EdDSA);
    }
}

#[test]
fn every_form_of_ssh_keygen() {
    let keys = Keys::new();
    keys.ssh_keygen("plain", ["ed25519", "256"], "", &[]);
    keys.assert_pair("plain", None, "plain.pub", &BOTH);
    let ciphers = ["aes256-ctr", "aes128-cbc", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com"];
    for cipher in ciphers {
        keys.ssh_keygen(cipher, ["ed25519", "256"], PASSPHRASE, &["-Z", cipher]);
        keys.assert_pair(cipher, Some(PASSPHRASE), &format!("{cipher}.pub"), &BOTH);
        keys.assert_encrypted(cipher, Algorithm::EdDSA);
    }
    keys.write("ssh2", keys.run("ssh-keygen", &["-e", "-m", "RFC4716", "-f", "plain"]));
    keys.assert_pair("plain", None, "ssh2", &BOTH);
}

#[test]
fn openssl_accepts_our_signatures_and_we_its() {
    let keys = made_by_openssl();
    for algorithm in BOTH {
        keys.write("signature", keys.sign("key.pem", algorithm));
        keys.openssl("pkeyutl -verify -rawin -pubin -inkey spki.pem -sigfile signature -in input");
        let theirs = keys.openssl("pkeyutl -sign -rawin -inkey key.pem -in input");
        let verifying = VerifyingKey::from_file(keys.path("spki.pem"), algorithm).unwrap();
        verifying.verify(&keys.read("input"), &theirs).unwrap();
    }
}

#[test]
fn both_names_are_one_algorithm() {
    let keys = made_by_openssl();
    let key = Key::from_file(keys.path("key.pem"), None).unwrap();
    assert_eq!(key.algorithms(), BOTH);
    assert_eq!(key.default_algorithm(), Some(Algorithm::EdDSA));
    for (signs, verifies) in [(BOTH[0], BOTH[1]), (BOTH[1], BOTH[0])] {
        let token = jwt_std::encode(&Header::default(), &claims(), &key.signing_key(signs).unwrap()).unwrap();
        assert_eq!(jwt_std::decode_header(&token).unwrap().alg(), signs.name());
        let verifying = key.verifying_key(verifies).unwrap();
        let data = jwt_std::decode::<Value>(&token, &verifying, &Validation::new()).unwrap();
        assert_eq!(data.claims, claims());
    }
    // A JWK that is for one of the names is for both; its own is the default.
    let json = key.to_jwk(true).unwrap().to_json();
    for name in ["EdDSA", "Ed25519"] {
        let declared = json.replacen('{', &format!("{{\"alg\":\"{name}\","), 1);
        let declared = Key::from_bytes(declared.as_bytes(), None).unwrap();
        assert_eq!(declared.algorithms(), BOTH);
        assert_eq!(declared.default_algorithm(), Some(name.parse().unwrap()));
    }
    let declared = json.replacen('{', "{\"alg\":\"ES256\",", 1);
    let error = SigningKey::from_bytes(declared.as_bytes(), Algorithm::EdDSA).unwrap_err();
    assert_eq!(error.code(), "jwk_algorithm");
}
