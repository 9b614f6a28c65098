//! Damaged and hostile files: an error, no panic, and no work without a bound.

use base64ct::{Base64, Encoding as _};

use super::*;
use crate::key_file::{MAX_KEY_FILE_LEN, bundle::MAX_PEM_BLOCKS};

fn der(line: &str) -> Vec<u8> {
    Folder::with_key().run(&format!("openssl {line} -in rsa.pem -outform DER"))
}

/// The armour taken off.
fn unarmoured(pem: &[u8]) -> Vec<u8> {
    let text = str::from_utf8(pem).expect("ASCII");
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    Base64::decode_vec(&body).expect("base64")
}

#[test]
fn every_prefix_is_an_error() {
    let folder = Folder::with_key();
    let jwk = br#"{"kty":"oct","k":"c2VjcmV0LXNlY3JldA","alg":"HS256"}"#.to_vec();
    let files = [
        rsa_2048().trim_ascii_end().to_vec(),
        folder.openssh("-N ").trim_ascii_end().to_vec(),
        unarmoured(&folder.openssh("-N ")),
        folder.openssh("-N % -a 1").trim_ascii_end().to_vec(),
        der("rsa -traditional"),
        der("pkcs8 -topk8 -nocrypt"),
        der("rsa -pubout"),
        jwk,
    ];
    for file in files {
        let step = (file.len() / 400).max(1);
        for len in (0..file.len()).step_by(step).chain(file.len() - 40..file.len()) {
            assert!(read(&file[..len], None).is_err(), "{len} of {}", file.len());
        }
    }
    assert_eq!(
        error(&rsa_2048()[..400], None),
        KeyFileError::Truncated { form: KeyForm::Pkcs1Private(Encoding::Pem) }
    );
    let form = KeyForm::OtherAsn1(Encoding::Der);
    assert_eq!(error(&der("rsa -traditional")[..400], None), KeyFileError::Truncated { form });
}

/// Whatever bit of a private key flips: the key does not load, or it is the very same key.
#[test]
fn flipped_bits_never_load_another_private_key() {
    let folder = Folder::with_key();
    for file in [unarmoured(&folder.openssh("-N ")), der("rsa -traditional"), der("pkcs8 -topk8 -nocrypt")] {
        for at in (0..file.len()).step_by(7).chain(0..64) {
            let mut damaged = file.clone();
            damaged[at] ^= 1 << (at % 8);
            if let Ok(KeyFile { material: KeyMaterial::RsaPrivate(parts), .. }) = read(&damaged, None) {
                assert_eq!(parts.public, expected().public, "byte {at}");
                assert_eq!(*parts.d, *expected().d, "byte {at}");
            }
        }
    }
}

#[test]
fn flipped_bits_of_encrypted_keys_do_not_panic() {
    let folder = Folder::with_key();
    let openssh = unarmoured(&folder.openssh("-N % -a 1 -Z aes256-gcm@openssh.com"));
    let pkcs8 = der("pkcs8 -topk8 -iter 1 -passout pass:%");
    let pss = der("rsa -pubout");
    for file in [&openssh, &pkcs8, &pss] {
        for at in 0..file.len().min(320) {
            for bit in [0, 3, 7] {
                let mut damaged = file.clone();
                damaged[at] ^= 1 << bit;
                let _ = read(&damaged, Some(PASSPHRASE.as_bytes()));
            }
        }
    }
}

/// Replaces `from` by `to` in the one place where it stands.
fn patched(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).expect("the bytes to replace");
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

#[test]
fn costly_key_derivations_are_refused() {
    let costly = |bytes: &[u8]| match error(bytes, Some(PASSPHRASE)) {
        KeyFileError::KeyDerivationTooCostly { limit } => limit,
        other => panic!("{other}"),
    };
    let openssh = unarmoured(&Folder::new().openssh("-N % -a 1"));
    // The rounds come behind a salt of 16 bytes.
    let at = openssh.windows(4).position(|window| window == [0, 0, 0, 16]).expect("the salt") + 20;
    let mut more_rounds = openssh.clone();
    more_rounds[at..at + 4].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(costly(&more_rounds), "bcrypt with more than 1024 rounds");

    let pbkdf2 = der("pkcs8 -topk8 -iter 16777216 -passout pass:%");
    assert_eq!(costly(&pbkdf2), "PBKDF2 with more than 10000000 iterations");

    let scrypt = der("pkcs8 -topk8 -scrypt -passout pass:%");
    // N = 16384, r = 8, p = 1
    let cost = [2, 2, 0x40, 0, 2, 1, 8, 2, 1, 1];
    for to in [[2, 2, 0x40, 0, 2, 1, 0x7f, 2, 1, 1], [2, 2, 0x40, 0, 2, 1, 8, 2, 1, 0x7f]] {
        assert!(costly(&patched(&scrypt, &cost, &to)).starts_with("scrypt with more than 64 MiB"));
    }
    for to in [
        [2, 2, 0x40, 1, 2, 1, 8, 2, 1, 1],
        [2, 2, 0x40, 0, 2, 1, 0, 2, 1, 1],
        [2, 2, 0x40, 0, 2, 1, 8, 2, 1, 0],
        [2, 2, 0xc0, 0, 2, 1, 8, 2, 1, 1],
    ] {
        let error = error(&patched(&scrypt, &cost, &to), Some(PASSPHRASE));
        assert!(matches!(error, KeyFileError::Malformed { .. }), "{error}");
    }
}

#[test]
fn private_members_have_to_match() {
    let folder = Folder::new();
    let mismatched = |bytes: &[u8]| matches!(error(bytes, None), KeyFileError::MismatchedPrivate { .. });
    // An OpenSSH key whose public half in the envelope is that of another key.
    let mine = unarmoured(&folder.openssh("-N "));
    folder.run("ssh-keygen -q -t rsa -b 2048 -f other -N ");
    let other = unarmoured(&folder.read("other"));
    let n = expected().public.n.clone();
    let other_n = public_of(&read(&other, None).expect("a key")).n.clone();
    assert!(mismatched(&patched(&mine, &n, &other_n)));
    // A PKCS#1 key with another modulus, exponent, prime, coefficient.
    let mine = der("rsa -traditional");
    assert!(mismatched(&patched(&mine, &n, &other_n)));
    for secret in [&expected().d, &expected().p, &expected().q] {
        let mut changed = secret.to_vec();
        changed[9] ^= 4;
        assert!(mismatched(&patched(&mine, secret, &changed)));
    }
    let mut last_changed = mine.clone();
    *last_changed.last_mut().expect("a key") ^= 1;
    assert!(mismatched(&last_changed), "the CRT coefficient");
}

#[test]
fn moduli_and_exponents_out_of_range() {
    let key = |bits: &str| Folder::new().run(&format!("openssl genrsa {bits}"));
    assert!(read(&key("512"), None).is_ok(), "short keys are for the caller to refuse");
    let spki = der("rsa -pubout");
    let exponent = [2, 3, 1, 0, 1];
    for to in [[2, 3, 1, 0, 2], [2, 1, 1, 5, 0]] {
        assert!(read(&patched(&spki, &exponent, &to), None).is_err());
    }
    let long = format!("{{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"{}\"}}", "v".repeat(2732));
    assert_eq!(error(long.as_bytes(), None), KeyFileError::ModulusLength { bits: 16392 });
}

#[test]
fn size_and_number_are_bounded() {
    let padded = |len: usize| [rsa_2048(), &vec![b'\n'; len - rsa_2048().len()]].concat();
    assert!(read(&padded(MAX_KEY_FILE_LEN), None).is_ok());
    let too_large = KeyFileError::TooLarge { max: MAX_KEY_FILE_LEN };
    assert_eq!(error(&padded(MAX_KEY_FILE_LEN + 1), None), too_large);
    let block = "-----BEGIN A-----\nAAAA\n-----END A-----\n";
    let many = error(block.repeat(MAX_PEM_BLOCKS + 1).as_bytes(), None).to_string();
    assert!(many.contains("more than 64 blocks"), "{many}");
    for nonsense in
        ["-----BEGIN ", "-----BEGIN A-----", "-----BEGIN A-----\n-----END A-----", "-----END A-----"]
    {
        let bytes = nonsense.repeat(MAX_KEY_FILE_LEN / nonsense.len());
        assert!(read(bytes.as_bytes(), None).is_err());
    }
    for nested in ["[", "{\"kty\":", "{\"kty\":\"oct\",\"k\":["] {
        assert!(read(nested.repeat(MAX_KEY_FILE_LEN / nested.len()).as_bytes(), None).is_err());
    }
    let nested_der = [0x30, 0x80].repeat(1000);
    assert!(read(&nested_der, None).is_err());
}

#[test]
fn nonsense_does_not_panic() {
    // A small generator, so that every run is the same.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let beginnings: [&[u8]; 8] = [
        b"",
        b"openssh-key-v1\0",
        b"\x30\x82\x01\x00\x02\x01\x00",
        b"\x30\x82\x00\x40\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00",
        b"-----BEGIN X-----\n",
        b"---- BEGIN SSH2 PUBLIC KEY ----\n",
        b"ssh-rsa AAAA",
        b"{\"kty\":\"RSA\",",
    ];
    for _ in 0..4000 {
        for beginning in beginnings {
            let len = usize::try_from(next() % 96).expect("small");
            let mut bytes = beginning.to_vec();
            bytes.extend((0..len).map(|_| next().to_le_bytes()[3]));
            assert!(read(&bytes, Some(b"x")).is_err());
            crate::key_file::recognise(&bytes);
        }
    }
}
