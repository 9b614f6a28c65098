//! Running `ssh-keygen` and `openssl`, which must be installed; without them the tests fail.
#![allow(dead_code, reason = "every test program uses some of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jwt_std::jwt_core::base64url;
use jwt_std::{Algorithm, Header, Key, KeyError, KeyFileError, SigningKey, Validation, VerifyingKey};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const PASSPHRASE: &str = "correct horse";

/// A folder with keys in many forms.
pub(crate) struct Keys {
    folder: TempDir,
}

impl Keys {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Writes a file that only its owner can read, as `ssh-keygen` demands.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        use std::os::unix::fs::PermissionsExt as _;
        fs::write(self.path(name), content).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// Runs a program in the folder, and hands back what it printed.
    pub(crate) fn run(&self, program: &str, arguments: &[&str]) -> Vec<u8> {
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
        output.stdout
    }

    /// Runs `openssl` with a line that is split at spaces; `%` stands for `pass:` and the passphrase.
    pub(crate) fn openssl(&self, line: &str) -> Vec<u8> {
        let passphrase = format!("pass:{PASSPHRASE}");
        let words: Vec<&str> =
            line.split(' ').map(|word| if word == "%" { &passphrase } else { word }).collect();
        self.run("openssl", &words)
    }

    pub(crate) fn ssh_keygen(&self, name: &str, kind: [&str; 2], passphrase: &str, more: &[&str]) {
        let [kind, bits] = kind;
        let base = ["-q", "-t", kind, "-b", bits, "-N", passphrase, "-C", "a comment", "-a", "1", "-f", name];
        self.run("ssh-keygen", &[&base, more].concat());
    }

    /// What the private key signs, the public key verifies, with each algorithm.
    pub(crate) fn assert_pair(
        &self,
        private: &str,
        passphrase: Option<&str>,
        public: &str,
        algorithms: &[Algorithm],
    ) {
        assert_pair(&self.path(private), passphrase, &self.path(public), algorithms);
    }

    /// The encrypted key needs its passphrase, and no other.
    pub(crate) fn assert_encrypted(&self, private: &str, algorithm: Algorithm) {
        assert!(matches!(
            SigningKey::from_file(self.path(private), algorithm),
            Err(KeyError::File(KeyFileError::NeedsPassphrase { .. }))
        ));
        for wrong in ["wrong", ""] {
            let found = SigningKey::from_encrypted_file(self.path(private), wrong, algorithm);
            assert!(matches!(found, Err(KeyError::File(KeyFileError::WrongPassphrase { .. }))), "{private}");
        }
    }

    /// Signs with a key file, and leaves the signing input as `input`. Returns the signature.
    pub(crate) fn sign(&self, private: &str, algorithm: Algorithm) -> Vec<u8> {
        let key = SigningKey::from_file(self.path(private), algorithm).unwrap();
        let token = jwt_std::encode(&Header::default(), &claims(), &key).unwrap();
        let (signing_input, signature) = token.rsplit_once('.').unwrap();
        self.write("input", signing_input);
        let mut buffer = [0; 1024];
        base64url::decode(signature.as_bytes(), &mut buffer).unwrap().to_vec()
    }
}

pub(crate) fn claims() -> Value {
    json!({ "sub": "4242", "name": "Jessica Temporal", "exp": 4_102_444_800_u64 })
}

/// What the private key signs, the public key verifies, with each algorithm.
pub(crate) fn assert_pair(private: &Path, passphrase: Option<&str>, public: &Path, algorithms: &[Algorithm]) {
    for &algorithm in algorithms {
        let signing = match passphrase {
            None => SigningKey::from_file(private, algorithm),
            Some(passphrase) => SigningKey::from_encrypted_file(private, passphrase, algorithm),
        };
        let signing = signing.unwrap_or_else(|error| panic!("{}: {error}", private.display()));
        let verifying = VerifyingKey::from_file(public, algorithm)
            .unwrap_or_else(|error| panic!("{}: {error}", public.display()));
        assert_tokens(&signing, &verifying);
        assert_tokens(&signing, &signing.verifying_key());
    }
}

/// What one key signs, the other verifies.
pub(crate) fn assert_tokens(signing: &SigningKey, verifying: &VerifyingKey) {
    let token = jwt_std::encode(&Header::default(), &claims(), signing).unwrap();
    let data = jwt_std::decode::<Value>(&token, verifying, &Validation::new()).unwrap();
    assert_eq!(data.claims, claims());
}

/// Both are the same key.
pub(crate) fn assert_same(a: &Key, b: &Key) {
    assert_eq!(a.kind(), b.kind());
    assert_eq!(a.public_key_der(), b.public_key_der());
    assert_eq!(a.thumbprint(), b.thumbprint());
    if a.is_secret() {
        assert_eq!(a.to_jwk(true).unwrap().to_json(), b.to_jwk(true).unwrap().to_json());
    }
}
