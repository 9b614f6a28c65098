//! Keys made by `ssh-keygen` and `openssl`: they load, what one form signs every other form verifies, and `openssl`
//! accepts our signatures. The two programs must be installed; without them these tests fail.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jwt_std::{Algorithm, Header, Key, KeyError, KeyFileError, SigningKey, Validation, VerifyingKey};
use serde_json::{Value, json};
use tempfile::TempDir;

const PASSPHRASE: &str = "correct horse";

/// A folder with one RSA key in many forms.
struct Keys {
    folder: TempDir,
}

impl Keys {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a program in the folder.
    fn run(&self, program: &str, arguments: &[&str]) {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("{program} must be installed: {error}"));
        assert!(
            output.status.success(),
            "{program} {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn ssh_keygen(&self, name: &str, bits: &str, passphrase: &str, more: &[&str]) {
        let base =
            ["-q", "-t", "rsa", "-b", bits, "-N", passphrase, "-C", "a comment", "-a", "1", "-f", name];
        self.run("ssh-keygen", &[&base, more].concat());
    }
}

fn claims() -> Value {
    json!({ "sub": "4242", "name": "Jessica Temporal", "exp": 4_102_444_800_u64 })
}

/// What the private key signs, the public key verifies, with each algorithm.
fn assert_pair(private: &Path, passphrase: Option<&str>, public: &Path) {
    for algorithm in [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512] {
        let signing = match passphrase {
            None => SigningKey::from_file(private, algorithm),
            Some(passphrase) => SigningKey::from_encrypted_file(private, passphrase, algorithm),
        };
        let signing = signing.unwrap_or_else(|error| panic!("{}: {error}", private.display()));
        let verifying = VerifyingKey::from_file(public, algorithm)
            .unwrap_or_else(|error| panic!("{}: {error}", public.display()));
        let token = jwt_std::encode(&Header::default(), &claims(), &signing).unwrap();
        let data = jwt_std::decode::<Value>(&token, &verifying, &Validation::new()).unwrap();
        assert_eq!(data.claims, claims());
    }
}

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
            keys.ssh_keygen(name, bits, passphrase, more);
            let passphrase = (!passphrase.is_empty()).then_some(passphrase);
            assert_pair(&keys.path(name), passphrase, &keys.path(&format!("{name}.pub")));
            if passphrase.is_some() {
                assert!(matches!(
                    SigningKey::from_file(keys.path(name), Algorithm::RS256),
                    Err(KeyError::File(KeyFileError::NeedsPassphrase { .. }))
                ));
                assert!(matches!(
                    SigningKey::from_encrypted_file(keys.path(name), "wrong", Algorithm::RS256),
                    Err(KeyError::File(KeyFileError::WrongPassphrase { .. }))
                ));
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
        keys.ssh_keygen(cipher, "2048", PASSPHRASE, &["-Z", cipher]);
        assert_pair(&keys.path(cipher), Some(PASSPHRASE), &keys.path(&format!("{cipher}.pub")));
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
            assert_pair(&keys.path(private), None, &keys.path(public));
        }
    }
    for private in ["pbkdf2.pem", "pbkdf2.der", "scrypt.pem", "legacy.pem"] {
        assert_pair(&keys.path(private), Some(PASSPHRASE), &keys.path("spki.pem"));
    }
}

#[test]
fn genpkey_with_a_passphrase() {
    let keys = Keys::new();
    let passphrase = format!("pass:{PASSPHRASE}");
    let genpkey = ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-aes256", "-pass"];
    keys.run("openssl", &[&genpkey[..], &[&passphrase, "-out", "key.pem"]].concat());
    keys.run("openssl", &["rsa", "-in", "key.pem", "-passin", &passphrase, "-pubout", "-out", "spki.pem"]);
    assert_pair(&keys.path("key.pem"), Some(PASSPHRASE), &keys.path("spki.pem"));
}

#[test]
fn openssl_accepts_our_signatures() {
    let keys = Keys::new();
    keys.run("openssl", &["genrsa", "-out", "key.pem", "2048"]);
    keys.run("openssl", &["rsa", "-in", "key.pem", "-pubout", "-out", "spki.pem"]);
    for (algorithm, hash) in
        [(Algorithm::RS256, "-sha256"), (Algorithm::RS384, "-sha384"), (Algorithm::RS512, "-sha512")]
    {
        let signing = SigningKey::from_file(keys.path("key.pem"), algorithm).unwrap();
        let token = jwt_std::encode(&Header::default(), &claims(), &signing).unwrap();
        let (signing_input, signature) = token.rsplit_once('.').unwrap();
        let mut buffer = [0; 256];
        let signature = jwt_core::base64url::decode(signature.as_bytes(), &mut buffer).unwrap();
        fs::write(keys.path("input"), signing_input).unwrap();
        fs::write(keys.path("signature"), signature).unwrap();
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
    keys.ssh_keygen("id_rsa", "2048", "", &[]);
    assert!(Key::from_file(keys.path("id_rsa"), None).unwrap().notes().is_empty());
    assert!(Key::from_file(keys.path("id_rsa.pub"), None).unwrap().notes().is_empty());
    fs::set_permissions(keys.path("id_rsa"), fs::Permissions::from_mode(0o640)).unwrap();
    let key = Key::from_file(keys.path("id_rsa"), None).unwrap();
    assert_eq!(key.notes(), [jwt_std::KeyNote::ReadableByOthers { mode: 0o640 }]);
}

#[test]
fn keys_for_something_else_are_named() {
    let keys = Keys::new();
    keys.ssh_keygen("id_rsa", "2048", "", &[]);
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
    keys.ssh_keygen("id_rsa", "2048", "", &[]);
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
