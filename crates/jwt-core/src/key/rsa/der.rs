//! As much DER (X.690) as RSA keys need.

/// The PKCS#1 RSAPublicKey inside a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), if its algorithm is rsaEncryption
/// (RFC 8017 §A.1).
pub(super) fn rsa_public_key_of_spki(der: &[u8]) -> Option<&[u8]> {
    let (spki, []) = element(SEQUENCE, der)? else { return None };
    let (algorithm, rest) = element(SEQUENCE, spki)?;
    if algorithm != RSA_ENCRYPTION {
        return None;
    }
    // A BIT STRING of whole bytes: no unused bits.
    let ([0, key @ ..], []) = element(BIT_STRING, rest)? else { return None };
    Some(key)
}

/// The modulus and exponent of a PKCS#1 RSAPublicKey (RFC 8017 §A.1.1).
pub(super) fn rsa_public_key(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (numbers, []) = element(SEQUENCE, der)? else { return None };
    let (modulus, rest) = unsigned(numbers)?;
    let (exponent, []) = unsigned(rest)? else { return None };
    Some((modulus, exponent))
}

/// The PKCS#1 RSAPrivateKey inside a PKCS#8 PrivateKeyInfo (RFC 5958 §2), if its algorithm is rsaEncryption.
#[cfg(feature = "alloc")]
pub(super) fn rsa_private_key_of_pkcs8(der: &[u8]) -> Option<&[u8]> {
    let (info, []) = element(SEQUENCE, der)? else { return None };
    let ([0 | 1], rest) = element(INTEGER, info)? else { return None };
    let (algorithm, rest) = element(SEQUENCE, rest)?;
    let (key, _attributes) = element(OCTET_STRING, rest)?;
    (algorithm == RSA_ENCRYPTION).then_some(key)
}

/// The numbers of a two-prime PKCS#1 RSAPrivateKey (RFC 8017 §A.1.2).
#[cfg(feature = "alloc")]
pub(super) fn rsa_private_key(der: &[u8]) -> Option<super::RsaComponents<'_>> {
    let (numbers, []) = element(SEQUENCE, der)? else { return None };
    let ([0], rest) = element(INTEGER, numbers)? else { return None };
    let (modulus, rest) = unsigned(rest)?;
    let (public_exponent, rest) = unsigned(rest)?;
    let (private_exponent, rest) = unsigned(rest)?;
    let (first_prime, rest) = unsigned(rest)?;
    let (second_prime, rest) = unsigned(rest)?;
    // dP, dQ and qInv follow, and nothing else; they are computed anew.
    let (_, rest) = unsigned(rest)?;
    let (_, rest) = unsigned(rest)?;
    let (_, []) = unsigned(rest)? else { return None };
    Some(super::RsaComponents {
        modulus,
        public_exponent,
        private_exponent,
        primes: [first_prime, second_prime],
    })
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
#[cfg(feature = "alloc")]
const OCTET_STRING: u8 = 0x04;
const SEQUENCE: u8 = 0x30;

/// `1.2.840.113549.1.1.1` and NULL.
const RSA_ENCRYPTION: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";

/// The content of an INTEGER that is not negative, spelled as short as it can be, and what follows it.
fn unsigned(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (content, rest) = element(INTEGER, der)?;
    match content {
        [] | [0x80..=0xff, ..] | [0, 0..=0x7f, ..] => None,
        content => Some((content, rest)),
    }
}

/// The content of the element that begins `der`, which must have this tag, and what follows it.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&found, rest) = der.split_first()?;
    let (len, rest) = length(rest)?;
    if found == tag { rest.split_at_checked(len) } else { None }
}

/// A length of at most two bytes, spelled as short as it can be, and what follows it.
fn length(der: &[u8]) -> Option<(usize, &[u8])> {
    match der {
        [len @ 0..=0x7f, rest @ ..] | [0x81, len @ 0x80..=0xff, rest @ ..] => Some((usize::from(*len), rest)),
        [0x82, high @ 1..=0xff, low, rest @ ..] => {
            Some((usize::from(u16::from_be_bytes([*high, *low])), rest))
        }
        _ => None,
    }
}
