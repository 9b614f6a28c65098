//! Telling an HMAC secret from a key of another kind.
//!
//! A verifier that takes the text of a public key for an HMAC secret can be given tokens by anybody who has that
//! public key: "RS/HS confusion". Types keep the two apart; this catches the bytes that go around the types.

use core::fmt;

/// A kind of key that is not an HMAC secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyForm {
    /// PEM (RFC 7468): a public key, private key or certificate between `-----BEGIN` and `-----END`.
    Pem,
    /// DER, binary or as bare base64: SubjectPublicKeyInfo, PKCS#1, PKCS#8, a certificate.
    Der,
    /// OpenSSH: a public key line, its bare base64 or its bytes, or a private key.
    OpenSsh,
    /// SSH2 (RFC 4716), between `---- BEGIN SSH2` and `---- END SSH2`.
    Ssh2,
    /// JSON Web Key (RFC 7517).
    Jwk,
    /// JSON Web Key Set (RFC 7517).
    JwkSet,
}

impl fmt::Display for KeyForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pem => "a PEM file",
            Self::Der => "a DER-encoded key or certificate",
            Self::OpenSsh => "an OpenSSH key",
            Self::Ssh2 => "an SSH2 public key",
            Self::Jwk => "a JSON Web Key",
            Self::JwkSet => "a JSON Web Key Set",
        })
    }
}

/// The form of key that `bytes` are, or `None` if they may be an HMAC secret.
pub fn key_form(bytes: &[u8]) -> Option<KeyForm> {
    // UTF-16 is seen through by passing over its zero bytes.
    if contains(bytes, b"-----BEGIN ") {
        Some(KeyForm::Pem)
    } else if contains(bytes, b"---- BEGIN SSH2") {
        Some(KeyForm::Ssh2)
    } else if is_openssh(bytes) {
        Some(KeyForm::OpenSsh)
    } else if is_der(bytes, bytes.len()) || is_base64_der(bytes) {
        Some(KeyForm::Der)
    } else if bytes.iter().find(|byte| !is_blank(**byte)) == Some(&b'{') {
        if contains(bytes, b"\"kty\"") {
            Some(KeyForm::Jwk)
        } else if contains(bytes, b"\"keys\"") {
            Some(KeyForm::JwkSet)
        } else {
            None
        }
    } else {
        None
    }
}

/// The beginnings of SSH public keys in base64: the length and the name of each key type (RFC 4253 §6.6).
const SSH_BLOBS: [&[u8]; 5] =
    [b"AAAAB3NzaC1", b"AAAAC3NzaC1lZDI1", b"AAAAE2VjZHNhLXNoYTIt", b"AAAAGnNrLXNzaC1", b"AAAAInNrLWVjZHNh"];

fn is_openssh(bytes: &[u8]) -> bool {
    let is_wire_form = match bytes {
        [0, 0, 0, _, name @ ..] => [&b"ssh-"[..], b"ecdsa-sha2-", b"sk-ssh-", b"sk-ecdsa-"]
            .iter()
            .any(|prefix| name.starts_with(prefix)),
        _ => false,
    };
    is_wire_form
        || bytes.starts_with(b"openssh-key-v1\0")
        || SSH_BLOBS.iter().any(|blob| contains(bytes, blob))
}

/// Whether the DER structure that begins in `start` spans all of `len` bytes (or all but a line break) and begins as
/// SubjectPublicKeyInfo, a certificate, PKCS#1, PKCS#8 or SEC1 do.
fn is_der(start: &[u8], len: usize) -> bool {
    let Some((inner, total)) = sequence(start) else { return false };
    let trailing = len.saturating_sub(total);
    if total > len || trailing > 2 {
        return false;
    }
    match inner {
        // An inner SEQUENCE that begins with an OID, a version or a serial number.
        [0x30, ..] => sequence(inner).is_some_and(|(first, _)| matches!(first, [0x06 | 0xa0 | 0x02, ..])),
        // PKCS#1 public key: a long modulus. Private keys: a version, then a structure or a long number.
        [0x02, 0x81 | 0x82, ..] | [0x02, 0x01, 0..=3, 0x02 | 0x04 | 0x30, ..] => true,
        _ => false,
    }
}

/// What is inside the SEQUENCE that begins here, as far as it is there, and the length of the whole SEQUENCE.
fn sequence(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let (header, len, inner) = match bytes {
        [0x30, len @ 0..=0x7f, inner @ ..] => (2, usize::from(*len), inner),
        [0x30, 0x81, len, inner @ ..] => (3, usize::from(*len), inner),
        [0x30, 0x82, high, low, inner @ ..] => (4, usize::from(u16::from_be_bytes([*high, *low])), inner),
        _ => return None,
    };
    Some((inner, len.saturating_add(header)))
}

/// Whether `text` is the base64 of DER, as in a PEM file without its first and last line.
fn is_base64_der(text: &[u8]) -> bool {
    let mut start = [0_u8; 24];
    let (mut count, mut bits, mut written) = (0_usize, 0_u32, 0_usize);
    for &character in text {
        let value = match character {
            b'A'..=b'Z' => character.wrapping_sub(b'A'),
            b'a'..=b'z' => character.wrapping_sub(b'a' - 26),
            b'0'..=b'9' => character.wrapping_add(52 - b'0'),
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => continue,
            blank if is_blank(blank) => continue,
            _ => return false,
        };
        bits = (bits << 6) | u32::from(value);
        count = count.saturating_add(1);
        if count.is_multiple_of(4) {
            let [_, triple @ ..] = bits.to_be_bytes();
            if let Some(place) = start.get_mut(written..).and_then(|rest| rest.first_chunk_mut::<3>()) {
                *place = triple;
                written = written.saturating_add(3);
            }
        }
    }
    let len = (count / 4).saturating_mul(3).saturating_add((count % 4).saturating_sub(1));
    count >= 32 && is_der(&start, len)
}

/// Whether `pattern` stands in `bytes`, zero bytes passed over.
fn contains(bytes: &[u8], pattern: &[u8]) -> bool {
    let Some(&first) = pattern.first() else { return true };
    bytes.iter().enumerate().filter(|&(_, &byte)| byte == first).any(|(at, _)| {
        let candidate = bytes.get(at..).unwrap_or_default().iter().filter(|&&byte| byte != 0);
        candidate.take(pattern.len()).eq(pattern)
    })
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sees_through_every_text_form() {
        let cases: &[(&[u8], KeyForm)] = &[
            (b"-----BEGIN PUBLIC KEY-----\nMIIB", KeyForm::Pem),
            (b"some words\r\n-----BEGIN CERTIFICATE-----", KeyForm::Pem),
            (b"------BEGIN PUBLIC KEY-----", KeyForm::Pem),
            (b"\xff\xfe-\0-\0-\0-\0-\0B\0E\0G\0I\0N\0 \0P\0", KeyForm::Pem),
            (b"---- BEGIN SSH2 PUBLIC KEY ----", KeyForm::Ssh2),
            (b"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDYa user@host", KeyForm::OpenSsh),
            (b"command=\"x\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI", KeyForm::OpenSsh),
            (b"AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAI", KeyForm::OpenSsh),
            (b"\0\0\0\x07ssh-rsa\0\0\0\x03\x01\0\x01", KeyForm::OpenSsh),
            (b"openssh-key-v1\0\0\0\0\x04none", KeyForm::OpenSsh),
            (br#" {"kty":"RSA","n":"x","e":"AQAB"}"#, KeyForm::Jwk),
            (br#"{"keys":[]}"#, KeyForm::JwkSet),
        ];
        for (bytes, form) in cases {
            assert_eq!(key_form(bytes), Some(*form), "{}", std::string::String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn sees_der_and_its_base64() {
        // An Ed25519 SubjectPublicKeyInfo, the shortest public key there is (RFC 8410 §10.1).
        let ed25519 = b"MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
        assert_eq!(key_form(ed25519), Some(KeyForm::Der));
        let mut der = [0; 44];
        base64::Engine::decode_slice(&base64::engine::general_purpose::STANDARD, ed25519, &mut der).unwrap();
        assert_eq!(key_form(&der), Some(KeyForm::Der));
        let with_newline = [&der[..], b"\n"].concat();
        assert_eq!(key_form(&with_newline), Some(KeyForm::Der));
    }

    proptest! {
        #[test]
        fn lets_random_secrets_pass(secret in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(key_form(&secret), None);
        }

        #[test]
        fn lets_random_base64_secrets_pass(secret in "[A-Za-z0-9+/]{43}=") {
            prop_assert_eq!(key_form(secret.as_bytes()), None);
        }
    }
}
