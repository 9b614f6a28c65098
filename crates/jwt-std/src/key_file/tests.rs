//! The reader against key files that `ssh-keygen` and `openssl` write while the tests run.

mod certificates;
mod hostile;
mod jwk;
mod messages;
mod octets;
mod openssh;
mod pem_and_der;
mod rough;

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
    sync::OnceLock,
};
use tempfile::TempDir;

use super::{
    Encoding, Foreign, JwkHints, KeyFile, KeyFileError, KeyForm, KeyMaterial, KeyNote, Name, PublicHalf,
    RsaPrivateParts, RsaPublicParts, read,
};

const PASSPHRASE: &str = "correct horse";

/// A folder with keys, and the tools to make more.
struct Folder(TempDir);

impl Folder {
    /// An empty folder.
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A folder with the shared key pair of 2048 bits as `rsa.pem` (PKCS#1).
    fn with_key() -> Self {
        let folder = Self::new();
        folder.write("rsa.pem", rsa_2048());
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("a file that was made")
    }

    /// Writes a file that only its owner can read, as `ssh-keygen` demands.
    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).expect("a writable folder");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).expect("own file");
        }
    }

    /// Runs `program arguments`, split at spaces; `%` in an argument stands for the passphrase.
    fn try_run(&self, line: &str) -> Output {
        let mut words = line.split(' ');
        let program = words.next().unwrap_or_default();
        let arguments = words.map(|word| word.replace('%', PASSPHRASE));
        Command::new(program)
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"))
    }

    /// Runs a program that has to succeed, and hands back what it printed.
    fn run(&self, line: &str) -> Vec<u8> {
        let output = self.try_run(line);
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// The shared key as OpenSSH private key, made by `ssh-keygen -p` with further `options`.
    fn openssh(&self, options: &str) -> Vec<u8> {
        self.write("id", rsa_2048());
        self.run(&format!("ssh-keygen -q -p -f id {options}"));
        self.read("id")
    }
}

/// The shared RSA key of 2048 bits, as PKCS#1 PEM.
fn rsa_2048() -> &'static [u8] {
    static KEY: OnceLock<Vec<u8>> = OnceLock::new();
    KEY.get_or_init(|| Folder::new().run("openssl genrsa -traditional 2048"))
}

/// The shared key, and its modulus as `openssl` prints it.
fn expected() -> &'static RsaPrivateParts {
    static PARTS: OnceLock<RsaPrivateParts> = OnceLock::new();
    PARTS.get_or_init(|| match read(rsa_2048(), None).expect("a key").material {
        KeyMaterial::RsaPrivate(parts) => parts,
        other => panic!("{other:?}"),
    })
}

/// Reads `bytes` and says how that failed.
fn error(bytes: &[u8], passphrase: Option<&str>) -> KeyFileError {
    match read(bytes, passphrase.map(str::as_bytes)) {
        Ok(file) => panic!("{file:?}"),
        Err(error) => error,
    }
}

#[track_caller]
fn assert_private(bytes: &[u8], passphrase: Option<&str>, form: KeyForm) -> KeyFile {
    let file = read(bytes, passphrase.map(str::as_bytes)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(file.form, form);
    let KeyMaterial::RsaPrivate(parts) = &file.material else { panic!("{file:?}") };
    let expected = expected();
    assert_eq!(parts.public, expected.public);
    assert_eq!((&*parts.d, &*parts.p, &*parts.q), (&*expected.d, &*expected.p, &*expected.q));
    file
}

#[track_caller]
fn assert_public(bytes: &[u8], form: KeyForm) -> KeyFile {
    let file = read(bytes, None).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(file.form, form);
    let KeyMaterial::RsaPublic(parts) = &file.material else { panic!("{file:?}") };
    assert_eq!(*parts, expected().public);
    file
}

/// Encrypted: opens with the passphrase, and says what is wrong with another one and with none.
#[track_caller]
fn assert_encrypted(bytes: &[u8], form: KeyForm) {
    let file = assert_private(bytes, Some(PASSPHRASE), form);
    assert_eq!(file.notes, []);
    assert_eq!(error(bytes, None), KeyFileError::NeedsPassphrase { form });
    for wrong in ["correct horsf", ""] {
        assert_eq!(error(bytes, Some(wrong)), KeyFileError::WrongPassphrase { form });
    }
}

#[test]
fn the_modulus_is_the_one_that_openssl_prints() {
    let folder = Folder::with_key();
    let printed = String::from_utf8(folder.run("openssl rsa -in rsa.pem -noout -modulus")).expect("ASCII");
    let hex: String =
        expected().public.n.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02X}"));
    assert_eq!(printed.trim_end(), format!("Modulus={hex}"));
    assert_eq!(expected().public.e, [1, 0, 1]);
}

#[test]
fn debug_output_shows_no_secret() {
    let shown = format!("{:?}", read(rsa_2048(), None).expect("a key"));
    assert!(shown.contains("RsaPrivateParts { public: RsaPublicParts"), "{shown}");
    for secret in [&expected().d, &expected().p, &expected().q] {
        assert!(!shown.contains(format!("{:?}", &secret[..8]).trim_matches(['[', ']'])));
    }
    let jwk = read(br#"{"kty":"oct","k":"c2VjcmV0LXNlY3JldA"}"#, None).expect("a key");
    assert!(format!("{jwk:?}").contains("Oct(OctSecret { .. })"), "{jwk:?}");
}

fn public_of(file: &KeyFile) -> &RsaPublicParts {
    match file.material.public() {
        Some(PublicHalf::Rsa(public)) => public,
        other => panic!("{other:?}"),
    }
}
