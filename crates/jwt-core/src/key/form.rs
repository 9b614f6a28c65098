//! Telling an HMAC secret from a key of another kind.
//!
//! A verifier that takes the text of a public key for an HMAC secret can be given tokens by anybody who has that
//! public key: "RS/HS confusion". Types keep the two apart; this catches the bytes that go around the types.

use core::fmt;

/// A kind of key that is not an HMAC secret.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
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
///
/// It looks for what a key begins with and not at its end, so that a key which is cut off, or has something behind it,
/// is recognised all the same.
pub fn key_form(bytes: &[u8]) -> Option<KeyForm> {
    if contains(bytes, b"-----BEGIN ") || contains(bytes, BASE64_OF_PEM) {
        Some(KeyForm::Pem)
    } else if contains(bytes, b"---- BEGIN SSH2") {
        Some(KeyForm::Ssh2)
    } else if is_openssh(bytes) {
        Some(KeyForm::OpenSsh)
    } else if is_der(bytes) || is_base64_der(bytes) {
        Some(KeyForm::Der)
    } else {
        jwk_form(bytes)
    }
}

fn jwk_form(bytes: &[u8]) -> Option<KeyForm> {
    match bytes.iter().find(|byte| !is_blank(**byte)) {
        Some(b'{') if contains(bytes, b"\"keys\"") => Some(KeyForm::JwkSet),
        Some(b'{') if has_kty(bytes) => Some(KeyForm::Jwk),
        // Nothing registered, but what people cut out of a key set.
        Some(b'[') if has_kty(bytes) => Some(KeyForm::JwkSet),
        _ => None,
    }
}

/// Whether `"kty"` stands in the text, as it is or as a JSON reader would also take it. A secret need not bring the whole
/// reader into a device that only signs.
fn has_kty(bytes: &[u8]) -> bool {
    contains(bytes, b"\"kty\"")
        || bytes.split(|byte| *byte == b'"').any(|text| {
            let mut rest = text;
            b"kty".iter().all(|wanted| take_character(&mut rest) == Some(*wanted)) && rest.is_empty()
        })
}

/// The next character of a JSON string, if it is a letter, with its escape decoded.
fn take_character(rest: &mut &[u8]) -> Option<u8> {
    let (found, behind) = match **rest {
        [b'\\', b'u', b'0', b'0', high, low, ref behind @ ..] => {
            let digit = |hex: u8| char::from(hex).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            (digit(high)? << 4 | digit(low)?, behind)
        }
        [byte, ref behind @ ..] => (byte, behind),
        [] => return None,
    };
    *rest = behind;
    Some(found)
}

/// The base64 of `-----BEGIN `: a whole PEM file, put into an environment variable.
const BASE64_OF_PEM: &[u8] = b"LS0tLS1CRUdJTi";

/// The beginnings of SSH public keys and certificates in base64: the length of the key type's name, then `ssh-`,
/// `ecdsa`, `sk-s`sh and `sk-e`cdsa (RFC 4253 §6.6). `?` stands for the characters that the length decides.
const SSH_BLOBS: [&[u8]; 4] = [b"AAAA??NzaC1", b"AAAA??VjZHNh", b"AAAA??NrLXNz", b"AAAA??NrLWVj"];

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

/// Whether a DER SubjectPublicKeyInfo, certificate, PKCS#1, PKCS#8 or SEC1 structure begins here. Each arm fixes so many
/// bits that a random secret does not match.
fn is_der(bytes: &[u8]) -> bool {
    let Some((inner, len)) = sequence(bytes) else { return false };
    match inner {
        // PKCS#1 public key: a long modulus, which begins with a zero byte. Private keys: a version, then a structure,
        // a long number or a string.
        [0x02, 0x81, _, 0x00, ..]
        | [0x02, 0x82, _, _, 0x00, ..]
        | [0x02, 0x01, 0..=3, 0x02 | 0x04 | 0x30, ..] => true,
        [0x30, ..] => match sequence(inner) {
            // A public key: an object identifier of ISO, ITU or a country. A certificate: its version 2 or 3, or at once
            // its serial number.
            Some(([0x06, 3..=11, 0x2a | 0x2b | 0x60, ..], inner_len)) => inner_len < len,
            Some(([0xa0, 0x03, 0x02, 0x01, ..], _)) => true,
            Some(([0x02, 0x01..=0x14, ..], inner_len)) => len > 255 && inner_len < len,
            _ => false,
        },
        _ => false,
    }
}

/// What is inside the SEQUENCE that begins here, as far as it is there, and the length that it says it has.
fn sequence(bytes: &[u8]) -> Option<(&[u8], usize)> {
    match bytes {
        [0x30, len @ 0..=0x7f, inner @ ..] | [0x30, 0x81, len, inner @ ..] => {
            Some((inner, usize::from(*len)))
        }
        [0x30, 0x82, high, low, inner @ ..] => Some((inner, usize::from(u16::from_be_bytes([*high, *low])))),
        _ => None,
    }
}

/// Whether the base64 of DER begins here, as in a PEM file without its first and last line.
fn is_base64_der(text: &[u8]) -> bool {
    let mut start = [0_u8; 24];
    let (mut bits, mut count) = (0_u32, 0_u8);
    let mut triples = start.as_chunks_mut::<3>().0.iter_mut();
    for &character in text.iter().filter(|byte| !is_blank(**byte)) {
        let value = match character {
            b'A'..=b'Z' => character.wrapping_sub(b'A'),
            b'a'..=b'z' => character.wrapping_sub(b'a' - 26),
            b'0'..=b'9' => character.wrapping_add(52 - b'0'),
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        bits = (bits << 6) | u32::from(value);
        count = count.wrapping_add(1);
        if count.is_multiple_of(4) {
            let Some(triple) = triples.next() else { break };
            let [_, decoded @ ..] = bits.to_be_bytes();
            *triple = decoded;
        }
    }
    is_der(&start)
}

/// Whether `pattern` stands in `bytes`. Zero bytes are passed over, which sees through UTF-16, and `?` matches any one.
fn contains(bytes: &[u8], pattern: &[u8]) -> bool {
    let Some(&first) = pattern.first() else { return true };
    bytes.iter().enumerate().filter(|&(_, &byte)| byte == first).any(|(at, _)| {
        let mut candidate = bytes.get(at..).unwrap_or_default().iter().filter(|&&byte| byte != 0);
        pattern.iter().all(|&wanted| candidate.next().is_some_and(|&byte| byte == wanted || wanted == b'?'))
    })
}

/// White space, the zero bytes of UTF-16, and the bytes of a byte order mark.
const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff)
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
