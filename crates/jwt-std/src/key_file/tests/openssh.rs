//! What `ssh-keygen` writes.

use base64ct::{Base64, Encoding as _};

use super::*;

/// What OpenSSH calls its ciphers, for `ssh-keygen -Z`.
const CIPHERS: [&str; 10] = [
    "aes128-cbc",
    "aes192-cbc",
    "aes256-cbc",
    "aes128-ctr",
    "aes192-ctr",
    "aes256-ctr",
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    "chacha20-poly1305@openssh.com",
    "3des-cbc",
];

#[test]
fn plain_private_key() {
    let key = Folder::new().openssh("-N ");
    let file = assert_private(&key, None, KeyForm::OpenSshPrivate);
    assert_eq!(file.notes, []);
}

#[test]
fn every_cipher() {
    let folder = Folder::new();
    for cipher in CIPHERS {
        let key = folder.openssh(&format!("-N % -a 1 -Z {cipher}"));
        assert_encrypted(&key, KeyForm::OpenSshPrivateEncrypted);
    }
}

#[test]
fn generated_with_default_rounds() {
    let folder = Folder::new();
    folder.run("ssh-keygen -q -t rsa -b 2048 -f id -N % -C me@example.org");
    let file = read(&folder.read("id"), Some(PASSPHRASE.as_bytes())).expect("a key");
    let public = read(&folder.read("id.pub"), None).expect("a key");
    assert_eq!(public_of(&file), public_of(&public));
}

#[test]
fn larger_keys() {
    let folder = Folder::new();
    for bits in [3072, 4096] {
        folder.run(&format!("ssh-keygen -q -t rsa -b {bits} -f id{bits} -N % -a 1"));
        let file = read(&folder.read(&format!("id{bits}")), Some(PASSPHRASE.as_bytes())).expect("a key");
        assert_eq!(public_of(&file).n.len() * 8, bits);
        let public = read(&folder.read(&format!("id{bits}.pub")), None).expect("a key");
        assert_eq!(public_of(&file), public_of(&public));
    }
}

#[test]
fn public_key_lines() {
    let folder = Folder::new();
    folder.openssh("-N ");
    let line = folder.run("ssh-keygen -y -f id");
    let line = str::from_utf8(&line).expect("ASCII").trim();
    let bare = line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    for text in [
        bare.clone(),
        format!("{bare}\n"),
        format!("{bare} me@example.org, on my laptop\r\n"),
        format!("# mine\n\nno-pty,command=\"say hi\" {bare} me\n{bare} me again\n"),
        format!("{bare} me\\n"),
    ] {
        assert_public(text.as_bytes(), KeyForm::OpenSshPublic);
    }
    // Its base64 alone, and what that decodes to.
    let base64 = bare.split(' ').nth(1).expect("the key");
    assert_public(base64.as_bytes(), KeyForm::OpenSshPublic);
    let blob = Base64::decode_vec(base64).expect("base64");
    assert_public(&blob, KeyForm::OpenSshPublic);
    assert_eq!(crate::key_file::recognise(&blob), Some(KeyForm::OpenSshPublic));
}

#[test]
fn rfc4716() {
    let folder = Folder::new();
    folder.openssh("-N ");
    let public = folder.run("ssh-keygen -e -m RFC4716 -f id");
    assert_public(&public, KeyForm::Ssh2Public);
    let text = String::from_utf8(public).expect("ASCII");
    let commented = text.replace("Comment: \"", "Comment: \"and a long \\\ncontinued: ");
    assert!(commented.len() > text.len(), "{text}");
    assert_public(commented.as_bytes(), KeyForm::Ssh2Public);
    assert_eq!(error(&text.as_bytes()[..200], None), KeyFileError::Truncated { form: KeyForm::Ssh2Public });
}

#[test]
fn other_forms_of_ssh_keygen() {
    let folder = Folder::new();
    folder.openssh("-N ");
    assert_public(&folder.run("ssh-keygen -e -m PEM -f id"), KeyForm::Pkcs1Public(Encoding::Pem));
    assert_public(&folder.run("ssh-keygen -e -m PKCS8 -f id"), KeyForm::Spki(Encoding::Pem));
    assert_private(&folder.openssh("-N  -m PEM"), None, KeyForm::Pkcs1Private(Encoding::Pem));
    assert_private(&folder.openssh("-N  -m PKCS8"), None, KeyForm::Pkcs8Private(Encoding::Pem));
    assert_encrypted(&folder.openssh("-N % -m PEM"), KeyForm::LegacyEncryptedPem);
    assert_encrypted(&folder.openssh("-N % -m PKCS8"), KeyForm::Pkcs8PrivateEncrypted(Encoding::Pem));
}

#[test]
fn types_that_do_not_sign_here_are_named() {
    let folder = Folder::new();
    // OpenSSH 10 has forgotten DSA.
    if folder.try_run("ssh-keygen -q -t dsa -f dsa -N ").status.success() {
        for file in ["dsa", "dsa.pub"] {
            let message = error(&folder.read(file), None).to_string();
            assert!(message.starts_with("this is a DSA key: "), "{message}");
        }
    }
}

#[test]
fn several_lines() {
    let folder = Folder::new();
    folder.openssh("-N ");
    folder.run("ssh-keygen -q -t ed25519 -f ed -N ");
    folder.run("ssh-keygen -q -t rsa -b 1024 -f other -N ");
    let mine = folder.run("ssh-keygen -y -f id");
    let several = KeyFileError::SeveralKeys { count: 2, form: KeyForm::OpenSshPublic };
    for other in ["ed.pub", "other.pub"] {
        assert_eq!(error(&[folder.read(other), mine.clone()].concat(), None), several);
    }
    // A type that does not sign here is passed over.
    let skipped = b"sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t me\n";
    let file = assert_public(&[&skipped[..], &mine].concat(), KeyForm::OpenSshPublic);
    assert_eq!(file.notes, [KeyNote::OtherKeysSkipped { keys: 1 }]);
}

#[test]
fn certificates_are_named() {
    let folder = Folder::new();
    folder.run("ssh-keygen -q -t rsa -b 2048 -f user -N ");
    folder.run("ssh-keygen -q -t ed25519 -f ca -N ");
    folder.run("ssh-keygen -q -s ca -I me user.pub");
    let message = error(&folder.read("user-cert.pub"), None).to_string();
    assert_eq!(message, "this is an OpenSSH certificate: give the public key that it was made for");
}
