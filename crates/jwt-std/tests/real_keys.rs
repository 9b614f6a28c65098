//! RSA keys made by `ssh-keygen` and `openssl`: they load, what one form signs every other form verifies, and `openssl`
//! accepts our signatures. The two programs must be installed; without them these tests fail.

mod tools;

use std::fs;
use std::process::Command;

use jwt_std::{Algorithm, Key, SigningKey};

use tools::{Keys, PASSPHRASE};

const RSA: [Algorithm; 6] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
];

#[test]
fn ssh_keygen_default_and_pem_with_and_without_passphrase() {
    for bits in ["2048", "3072", "4096"] {
        let keys = Keys::new();
        for (name, passphrase, more) in [
            ("plain", "", &[][..]),
            ("encrypted", PASSPHRASE, &[]),
            ("pem", "", &["-m", "PEM"]),
            ("pem_encrypted", PASSPHRASE, &["-m", "PEM"]),
            ("pkcs8", "", &["-m", "PKCS8"]),
            ("pkcs8_encrypted", PASSPHRASE, &["-m", "PKCS8"]),
        ] {
            keys.ssh_keygen(name, ["rsa", bits], passphrase, more);
            let passphrase = (!passphrase.is_empty()).then_some(passphrase);
            keys.assert_pair(name, passphrase, &format!("{name}.pub"), &RSA);
            if passphrase.is_some() {
                keys.assert_encrypted(name, Algorithm::RS256);
            }
        }
    }
}

#[test]
fn every_cipher_of_ssh_keygen() {
    let keys = Keys::new();
    let ciphers = Command::new("ssh").args(["-Q", "cipher"]).output().expect("ssh must be installed");
    let ciphers = String::from_utf8(ciphers.stdout).unwrap();
    assert!(ciphers.lines().count() >= 9, "{ciphers}");
    for cipher in ciphers.lines() {
        keys.ssh_keygen(cipher, ["rsa", "2048"], PASSPHRASE, &["-Z", cipher]);
        keys.assert_pair(cipher, Some(PASSPHRASE), &format!("{cipher}.pub"), &[Algorithm::RS256]);
    }
}

#[test]
fn openssl_private_and_public_forms_belong_together() {
    let keys = Keys::new();
    keys.run("openssl", &["genrsa", "-out", "key.pem", "2048"]);
    keys.run("openssl", &["rsa", "-in", "key.pem", "-traditional", "-out", "pkcs1.pem"]);
    keys.run("openssl", &["rsa", "-in", "key.pem", "-traditional", "-outform", "DER", "-out", "pkcs1.der"]);
    keys.run(
        "openssl",
        &["pkcs8", "-topk8", "-nocrypt", "-in", "key.pem", "-outform", "DER", "-out", "pkcs8.der"],
    );
    let encrypted = format!("pass:{PASSPHRASE}");
    let pkcs8 = ["pkcs8", "-topk8", "-in", "key.pem", "-passout", &encrypted];
    keys.run("openssl", &[&pkcs8[..], &["-out", "pbkdf2.pem"]].concat());
    keys.run("openssl", &[&pkcs8[..], &["-outform", "DER", "-out", "pbkdf2.der"]].concat());
    keys.run("openssl", &[&pkcs8[..], &["-scrypt", "-out", "scrypt.pem"]].concat());
    let legacy = ["rsa", "-in", "key.pem", "-traditional", "-passout", &encrypted];
    keys.run("openssl", &[&legacy[..], &["-aes256", "-out", "legacy.pem"]].concat());

    keys.run("openssl", &["rsa", "-in", "key.pem", "-pubout", "-out", "spki.pem"]);
    keys.run("openssl", &["rsa", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "spki.der"]);
    keys.run("openssl", &["rsa", "-in", "key.pem", "-RSAPublicKey_out", "-out", "rsapub.pem"]);
    let request = ["req", "-x509", "-key", "key.pem", "-subj", "/CN=issuer.example", "-days", "30"];
    keys.run("openssl", &[&request[..], &["-out", "cert.pem"]].concat());
    keys.run("openssl", &[&request[..], &["-outform", "DER", "-out", "cert.der"]].concat());

    let publics = ["spki.pem", "spki.der", "rsapub.pem", "cert.pem", "cert.der", "key.pem"];
    for private in ["key.pem", "pkcs1.pem", "pkcs1.der", "pkcs8.der"] {
        for public in publics {
            keys.assert_pair(private, None, public, &RSA);
        }
    }
    for private in ["pbkdf2.pem", "pbkdf2.der", "scrypt.pem", "legacy.pem"] {
        keys.assert_pair(private, Some(PASSPHRASE), "spki.pem", &RSA);
    }
}

#[test]
fn genpkey_with_a_passphrase() {
    let keys = Keys::new();
    let passphrase = format!("pass:{PASSPHRASE}");
    let genpkey = ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-aes256", "-pass"];
    keys.run("openssl", &[&genpkey[..], &[&passphrase, "-out", "key.pem"]].concat());
    keys.run("openssl", &["rsa", "-in", "key.pem", "-passin", &passphrase, "-pubout", "-out", "spki.pem"]);
    keys.assert_pair("key.pem", Some(PASSPHRASE), "spki.pem", &RSA);
}

#[test]
fn openssl_accepts_our_signatures() {
    let keys = Keys::new();
    keys.run("openssl", &["genrsa", "-out", "key.pem", "2048"]);
    keys.run("openssl", &["rsa", "-in", "key.pem", "-pubout", "-out", "spki.pem"]);
    for (algorithm, hash) in
        [(Algorithm::RS256, "-sha256"), (Algorithm::RS384, "-sha384"), (Algorithm::RS512, "-sha512")]
    {
        keys.write("signature", keys.sign("key.pem", algorithm));
        let verify = ["dgst", hash, "-verify", "spki.pem", "-signature", "signature", "input"];
        keys.run("openssl", &verify);
    }
}

#[test]
fn made_here_and_read_by_openssl() {
    let keys = Keys::new();
    let pem = jwt_std::generate_rsa_pkcs8_pem(2048).unwrap();
    fs::write(keys.path("key.pem"), pem.as_bytes()).unwrap();
    keys.run("openssl", &["rsa", "-in", "key.pem", "-check", "-noout"]);
    keys.run("openssl", &["rsa", "-in", "key.pem", "-pubout", "-out", "spki.pem"]);
    let public = Key::from_bytes(pem.as_bytes(), None).unwrap().public_key_pem().unwrap();
    assert_eq!(public, fs::read_to_string(keys.path("spki.pem")).unwrap());
}

#[test]
fn a_file_that_others_can_read_is_noted_if_it_holds_a_secret() {
    use std::os::unix::fs::PermissionsExt as _;
    let keys = Keys::new();
    keys.ssh_keygen("id_rsa", ["rsa", "2048"], "", &[]);
    assert!(Key::from_file(keys.path("id_rsa"), None).unwrap().notes().is_empty());
    assert!(Key::from_file(keys.path("id_rsa.pub"), None).unwrap().notes().is_empty());
    fs::set_permissions(keys.path("id_rsa"), fs::Permissions::from_mode(0o640)).unwrap();
    let key = Key::from_file(keys.path("id_rsa"), None).unwrap();
    assert_eq!(key.notes(), [jwt_std::KeyNote::ReadableByOthers { mode: 0o640 }]);
}

#[test]
fn keys_for_something_else_are_named() {
    let keys = Keys::new();
    keys.ssh_keygen("id_rsa", ["rsa", "2048"], "", &[]);
    keys.run("openssl", &["dsaparam", "-genkey", "-out", "dsa.pem", "1024"]);
    keys.run("openssl", &["genpkey", "-algorithm", "X25519", "-out", "x25519.pem"]);
    let message =
        |name: &str, algorithm| SigningKey::from_file(keys.path(name), algorithm).unwrap_err().to_string();

    assert!(message("id_rsa.pub", Algorithm::RS256).contains("public key; signing needs the private one"));
    assert!(message("id_rsa", Algorithm::HS256).contains("an RSA key cannot be used with HS256"));
    assert!(message("dsa.pem", Algorithm::RS256).contains("DSA keys cannot sign JWTs"));
    assert!(message("x25519.pem", Algorithm::RS256).contains("X25519"));
    assert!(message("absent", Algorithm::RS256).ends_with("absent: no such file or folder"));
    assert!(message(".", Algorithm::RS256).ends_with("is a directory"));
}

#[test]
fn a_public_key_in_any_form_is_no_secret() {
    let keys = Keys::new();
    keys.ssh_keygen("id_rsa", ["rsa", "2048"], "", &[]);
    keys.run("openssl", &["genrsa", "-out", "key.pem", "2048"]);
    keys.run("openssl", &["rsa", "-in", "key.pem", "-pubout", "-out", "spki.pem"]);
    keys.run("openssl", &["rsa", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "spki.der"]);
    keys.run("openssl", &["rsa", "-in", "key.pem", "-RSAPublicKey_out", "-out", "pkcs1.pem"]);
    keys.run(
        "openssl",
        &["rsa", "-in", "key.pem", "-RSAPublicKey_out", "-outform", "DER", "-out", "pkcs1.der"],
    );
    let request =
        ["req", "-x509", "-key", "key.pem", "-subj", "/CN=x", "-outform", "DER", "-out", "cert.der"];
    keys.run("openssl", &request);
    let mut forms: Vec<Vec<u8>> =
        ["id_rsa.pub", "spki.pem", "spki.der", "pkcs1.pem", "pkcs1.der", "cert.der", "key.pem"]
            .iter()
            .map(|name| fs::read(keys.path(name)).unwrap())
            .collect();
    let spki = fs::read_to_string(keys.path("spki.pem")).unwrap();
    let body: String = spki.lines().filter(|line| !line.starts_with('-')).collect();
    forms.push(body.into_bytes());
    forms.push(spki.replace('\n', "\\n").into_bytes());
    forms.push(br#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#.to_vec());
    forms.push(br#"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}"#.to_vec());
    for form in forms {
        let shown = String::from_utf8_lossy(&form).into_owned();
        let error = SigningKey::from_secret_allowing_weak(&form, Algorithm::HS256).expect_err(&shown);
        assert_eq!(error.code(), "key_is_not_a_secret", "{shown}");
        // The core, which firmware uses alone, sees through each form by itself.
        assert!(jwt_core::key_form(&form).is_some(), "{shown}");
    }
}
