//! Files that were copied, pasted, wrapped and cut.

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};

use super::*;

const PKCS1: KeyForm = KeyForm::Pkcs1Private(Encoding::Pem);

fn text() -> &'static str {
    str::from_utf8(rsa_2048()).expect("ASCII")
}

#[test]
fn pasted_pem_still_loads() {
    let text = text();
    for pasted in [
        text.trim_end().to_owned(),
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
        text.replace('\n', "\\n"),
        text.replace('\n', "\\r\\n"),
        text.replace('\n', "\\\\n"),
        text.replace('\n', " "),
        text.replace('\n', "\n\n  "),
        format!("\u{feff}{text}"),
        format!("KEY=\"{}\"", text.trim_end().replace('\n', "\\n")),
        format!("Bag Attributes\n    friendlyName: ключ\nKey Attributes: <No Attributes>\n{text}tail"),
        // A label that does not fit: the content decides.
        text.replace("RSA PRIVATE KEY", "PRIVATE KEY"),
        text.replace("RSA PRIVATE KEY", "SOMETHING"),
    ] {
        assert_private(pasted.as_bytes(), None, PKCS1);
    }
}

/// JSON is a JWK, a JWK Set, or nothing, whatever PEM its members hold; and no secret, if they hold any.
#[test]
fn no_key_is_found_inside_of_json() {
    let pem = text().replace('\n', "\\n");
    let malformed = KeyFileError::Malformed { form: KeyForm::Jwk, detail: "it is not valid JSON" };
    let with_pem = KeyFileError::NotAKey { found: Foreign::JsonWithPem };
    for (json, expected) in [
        (format!("{{\"type\":\"service_account\",\"private_key\":\"{pem}\"}}"), with_pem),
        (format!(" \n{{\"x\":\"{pem}\"}}"), with_pem),
        (format!("\u{feff}{{\"k\":1e400,\"note\":\"{pem}\"}}"), with_pem),
        (format!("{{\"x\":\"{pem}\""), malformed),
        (format!("{{\"keys\":[],\"note\":\"{pem}\"}}"), KeyFileError::JwkSet),
    ] {
        assert_eq!(error(json.as_bytes(), None), expected, "{json}");
        assert!(crate::key_file::recognise(json.as_bytes()).is_some(), "{json}");
        assert_eq!(error(Base64::encode_string(json.as_bytes()).as_bytes(), None), expected, "{json}");
    }
}

#[test]
fn bytes_that_are_no_text_may_stand_around_a_block() {
    let mut bytes = b"caf\xe9 \x00\n".to_vec();
    bytes.extend_from_slice(rsa_2048());
    bytes.push(0xff);
    assert_private(&bytes, None, PKCS1);
}

#[test]
fn encrypted_pem_on_one_line() {
    let folder = Folder::with_key();
    let key = folder.run("openssl rsa -in rsa.pem -traditional -aes128 -passout pass:%");
    let key = String::from_utf8(key).expect("ASCII");
    for pasted in [key.replace('\n', "\\n"), key.replace('\n', " ")] {
        assert_encrypted(pasted.as_bytes(), KeyForm::LegacyEncryptedPem);
    }
}

#[test]
fn base64_without_armour() {
    let body: String = text().lines().filter(|line| !line.starts_with('-')).collect::<Vec<_>>().join("\n");
    for pasted in [body.clone(), body.replace('\n', ""), body.replace('\n', "\\n"), body.replace('=', "")] {
        assert_private(pasted.as_bytes(), None, KeyForm::Pkcs1Private(Encoding::Base64));
    }
    // Base64 of a whole file, as secret stores hand it out.
    assert_private(Base64::encode_string(rsa_2048()).as_bytes(), None, PKCS1);
    let openssh = Folder::new().openssh("-N ");
    assert_private(Base64::encode_string(&openssh).as_bytes(), None, KeyForm::OpenSshPrivate);
    // Not twice.
    let twice = Base64::encode_string(Base64::encode_string(rsa_2048()).as_bytes());
    assert_eq!(error(twice.as_bytes(), None), KeyFileError::NotAKey { found: Foreign::Text });
}

#[test]
fn der_with_a_line_break_behind_it() {
    let mut der = Folder::with_key().run("openssl rsa -in rsa.pem -traditional -outform DER");
    der.push(b'\n');
    assert_private(&der, None, KeyForm::Pkcs1Private(Encoding::Der));
    der.push(b'x');
    assert!(matches!(error(&der, None), KeyFileError::Malformed { .. }));
}

#[test]
fn other_files_are_named() {
    let utf16: Vec<u8> = text().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark = [&[0xff, 0xfe], &utf16[..]].concat();
    let dashes = text().replace("-----BEGIN", "\u{2014}BEGIN");
    let gpg =
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: GnuPG v2\n\nmQ==\n-----END PGP PUBLIC KEY BLOCK-----";
    let jwe = "eyJhbGciOiJkaXIifQ..AAAA.AAAA.AAAA";
    let cases: [(&[u8], Foreign); 16] = [
        (&utf16, Foreign::Utf16),
        (&with_mark, Foreign::Utf16),
        (dashes.as_bytes(), Foreign::DamagedArmour),
        (gpg.as_bytes(), Foreign::OpenPgp),
        (b"PuTTY-User-Key-File-3: ssh-rsa\r\n", Foreign::PuttyPrivateKey),
        (b"---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n", Foreign::SshComPrivateKey),
        (b"eyJhbGciOiJIUzI1NiJ9.e30.c2ln\n", Foreign::Jwt),
        (jwe.as_bytes(), Foreign::Jwe),
        (b"<!doctype html><title>404</title>", Foreign::Markup),
        (br#"{"a":1}"#, Foreign::Json),
        (b"[1]", Foreign::Json),
        (b"MIIB\n-----END PUBLIC KEY-----\n", Foreign::DamagedArmour),
        (b"my secret", Foreign::Text),
        (b"0123456789", Foreign::Text),
        (&[1, 2, 3, 0xff], Foreign::Binary),
        (&[0xfe, 0xed, 0xfe, 0xed, 0, 0], Foreign::JavaKeyStore),
    ];
    for (bytes, found) in cases {
        assert_eq!(error(bytes, None), KeyFileError::NotAKey { found }, "{found:?}");
        let armoured = matches!(found, Foreign::OpenPgp);
        assert_eq!(crate::key_file::recognise(bytes).is_some(), armoured, "{found:?}");
    }
    for nothing in [&b""[..], b"\n", b" \r\n\t", b"\xef\xbb\xbf\n"] {
        assert_eq!(error(nothing, None), KeyFileError::Empty);
    }
}

#[test]
fn a_passphrase_that_is_not_needed_is_noted() {
    let file = assert_private(rsa_2048(), Some(PASSPHRASE), PKCS1);
    assert_eq!(file.notes, [KeyNote::PassphraseNotNeeded]);
}

#[test]
fn every_form_is_recognised_unopened() {
    use crate::key_file::recognise;
    let folder = Folder::with_key();
    let openssh = folder.openssh("-N % -a 1");
    let line = "openssl rsa -in rsa.pem -pubout";
    let spki = folder.run(&format!("{line} -outform DER"));
    assert_eq!(recognise(&openssh), Some(KeyForm::OpenSshPrivate));
    assert_eq!(recognise(&spki), Some(KeyForm::Spki(Encoding::Der)));
    assert_eq!(recognise(Base64::encode_string(&spki).as_bytes()), Some(KeyForm::Spki(Encoding::Base64)));
    assert_eq!(
        recognise(Base64UrlUnpadded::encode_string(&spki).as_bytes()),
        Some(KeyForm::Spki(Encoding::Base64))
    );
    assert_eq!(recognise(&folder.run(line)), Some(KeyForm::Spki(Encoding::Pem)));
    assert_eq!(recognise(b" {\"keys\":[]}"), Some(KeyForm::JwkSet));
    assert_eq!(recognise(b"\xef\xbb\xbf{\"kty\":\"RSA\",\"kty\":1}"), Some(KeyForm::Jwk));
    assert_eq!(recognise(b"ssh-ed25519 AAAAC3Nz"), Some(KeyForm::OpenSshPublic));
    // Also when its end is missing: nobody has such a secret by chance.
    assert_eq!(recognise(b"-----BEGIN PUBLIC KEY-----\nMII"), Some(KeyForm::Spki(Encoding::Pem)));
    // Secrets that look a little like one are not taken for one.
    for secret in [&b"0\x82 a random secret"[..], b"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A", b"AAAA ssh-rsa", b"{}"]
    {
        assert_eq!(recognise(secret), None);
    }
}
