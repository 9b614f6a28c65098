//! RSA signatures over encoded messages of the attacker's making: the right private operation on the wrong bytes, for
//! PKCS#1 v1.5 (Bleichenbacher 2006 and its kin) and PSS.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use jwt_core::{Bits2048, ModulusSize, Ps256, Rs256, RsaAlgorithm, RsaVerifyingKey, VerifyError};
use sha2::{Digest as _, Sha256, Sha384};

use crate::keys::{RSA_1024_PUBLIC, RSA_2048_PRIVATE, RSA_2048_PUBLIC, der};
use crate::tokens::verify;

/// `DigestInfo` of SHA-256, up to the hash (RFC 8017 §9.2, note 1).
const SHA_256: &[u8] = b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";

/// The token whose signature is the encoded message to the power of the private exponent.
fn token(alg: &str, encode: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let input = format!("{}.e30", URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{alg}"}}"#)));
    let message = encode(input.as_bytes());
    // PKCS#8 and PKCS#1 of this key: n stands behind 38 bytes, d behind n, e and their headers.
    let private = der(RSA_2048_PRIVATE);
    let (n, d) = (&private[38..][..256], &private[38 + 256 + 5 + 4..][..256]);
    let [n, d, m] = [n, d, &message].map(|bytes| BoxedUint::from_be_slice(bytes, 2048).unwrap());
    let params = BoxedMontyParams::new_vartime(Odd::new(n).unwrap());
    let signature = BoxedMontyForm::new(m, &params).pow(&d).retrieve().to_be_bytes();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn outcome<A: RsaAlgorithm>(token: &str) -> Result<(), VerifyError> {
    let key = RsaVerifyingKey::<A, Bits2048>::from_spki_der(&der(RSA_2048_PUBLIC)).unwrap();
    verify(token, &key)
}

/// `0x00 block_type padding 0x00 info`, filled up with garbage.
fn pkcs1(block_type: u8, padding: &[u8], info: &[u8]) -> Vec<u8> {
    let mut message = [&[0, block_type], padding, &[0], info].concat();
    message.resize(256, 0x5a);
    message
}

#[test]
fn pkcs1_is_compared_whole() {
    let info = |input: &[u8]| [SHA_256, &Sha256::digest(input)].concat();
    let good = token("RS256", |input| pkcs1(1, &[0xff; 202], &info(input)));
    assert_eq!(outcome::<Rs256>(&good), Ok(()));

    let mut forged: Vec<(&str, String)> = Vec::new();
    let mut case = |name, encode: &dyn Fn(&[u8]) -> Vec<u8>| forged.push((name, token("RS256", encode)));
    case("garbage behind the hash", &|input| pkcs1(1, &[0xff; 8], &info(input)));
    case("one byte of garbage", &|input| pkcs1(1, &[0xff; 201], &info(input)));
    case("no padding", &|input| pkcs1(1, &[], &info(input)));
    case("block type 0", &|input| pkcs1(0, &[0xff; 202], &info(input)));
    case("block type 2", &|input| pkcs1(2, &[0xff; 202], &info(input)));
    case("padding of zeros", &|input| pkcs1(0, &[0; 202], &info(input)));
    case("one byte of padding", &|input| {
        let mut padding = [0xff; 202];
        padding[100] = 0xfe;
        pkcs1(1, &padding, &info(input))
    });
    case("a zero in the padding", &|input| {
        let mut padding = [0xff; 202];
        padding[8] = 0;
        pkcs1(1, &padding, &info(input))
    });
    case("without NULL", &|input| {
        let info = [
            &b"\x30\x2f\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x04\x20"[..],
            &Sha256::digest(input),
        ];
        pkcs1(1, &[0xff; 204], &info.concat())
    });
    case("NULL with content", &|input| {
        let info = [
            &b"\x30\x33\x30\x0f\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x02\x5a\x5a\x04\x20"[..],
            &Sha256::digest(input),
        ];
        pkcs1(1, &[0xff; 200], &info.concat())
    });
    case("the length in BER", &|input| {
        let info = [
            &b"\x30\x81\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"[..],
            &Sha256::digest(input),
        ];
        pkcs1(1, &[0xff; 201], &info.concat())
    });
    case("the OID of SHA-512/256", &|input| {
        let mut info = info(input);
        info[14] = 6;
        pkcs1(1, &[0xff; 202], &info)
    });
    case("the hash alone", &|input| pkcs1(1, &[0xff; 221], &Sha256::digest(input)));
    case("another hash", &|input| {
        let prefix = b"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30";
        pkcs1(1, &[0xff; 186], &[&prefix[..], &Sha384::digest(input)].concat())
    });
    case("over other bytes", &|_| pkcs1(1, &[0xff; 202], &info(b"other")));
    assert_eq!(forged.len(), 15);
    for (name, token) in forged {
        assert_eq!(outcome::<Rs256>(&token), Err(VerifyError::InvalidSignature), "{name}");
    }
}

/// How a message is encoded for PSS; the right one has a salt as long as the hash, and `0xbc` at its end.
struct Pss {
    salt: usize,
    trailer: u8,
    separator: u8,
    top: u8,
    padding: u8,
}

const RIGHT: Pss = Pss { salt: 32, trailer: 0xbc, separator: 1, top: 0, padding: 0 };

impl Pss {
    /// EMSA-PSS-ENCODE (RFC 8017 §9.1.1) for 2048 bits.
    fn encode(&self, input: &[u8]) -> Vec<u8> {
        let salt = vec![0x33; self.salt];
        let hash = Sha256::digest([&[0; 8][..], &Sha256::digest(input), &salt].concat());
        let mut block = vec![0; 255 - 32];
        let start = block.len() - self.salt;
        block[start..].copy_from_slice(&salt);
        block[start - 1] = self.separator;
        block[1] |= self.padding;
        for (index, chunk) in block.chunks_mut(32).enumerate() {
            let counter = u32::try_from(index).unwrap().to_be_bytes();
            let mask = Sha256::digest([&hash[..], &counter].concat());
            chunk.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
        }
        block[0] = block[0] & 0x7f | self.top;
        [&block[..], &hash, &[self.trailer]].concat()
    }
}

#[test]
fn pss_is_checked_to_the_last_bit() {
    let outcome = |pss: &Pss| outcome::<Ps256>(&token("PS256", |input| pss.encode(input)));
    assert_eq!(outcome(&RIGHT), Ok(()));
    for (name, pss) in [
        ("no salt", Pss { salt: 0, ..RIGHT }),
        ("the salt of SHA-1", Pss { salt: 20, ..RIGHT }),
        ("one byte of salt less", Pss { salt: 31, ..RIGHT }),
        ("one byte of salt more", Pss { salt: 33, ..RIGHT }),
        ("the longest salt", Pss { salt: 222, ..RIGHT }),
        ("the trailer with a hash's number", Pss { trailer: 0xcc, ..RIGHT }),
        ("no trailer", Pss { trailer: 0, ..RIGHT }),
        ("another separator", Pss { separator: 2, ..RIGHT }),
        ("no separator", Pss { separator: 0, ..RIGHT }),
        ("a bit beyond the modulus", Pss { top: 0x80, ..RIGHT }),
        ("a bit in the padding", Pss { padding: 1, ..RIGHT }),
    ] {
        assert_eq!(outcome(&pss), Err(VerifyError::InvalidSignature), "{name}");
    }
    let pkcs1_for_pss =
        token("PS256", |input| pkcs1(1, &[0xff; 202], &[SHA_256, &Sha256::digest(input)].concat()));
    assert_eq!(self::outcome::<Ps256>(&pkcs1_for_pss), Err(VerifyError::InvalidSignature));
}

#[test]
fn signatures_have_the_length_of_the_modulus_and_are_less_than_it() {
    let good = token("RS256", |input| pkcs1(1, &[0xff; 202], &[SHA_256, &Sha256::digest(input)].concat()));
    let (input, signature) = good.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let modulus = der(RSA_2048_PRIVATE)[38..][..256].to_vec();
    for (name, forged) in [
        ("a leading zero", [&[0], &signature[..]].concat()),
        ("a zero behind it", [&signature[..], &[0]].concat()),
        ("without its last byte", signature[..255].to_vec()),
        ("without its first byte", signature[1..].to_vec()),
        ("zero", vec![0; 256]),
        ("one", [vec![0; 255], vec![1]].concat()),
        ("the modulus", modulus.clone()),
        ("ones", vec![0xff; 256]),
        ("twice", signature.repeat(2)),
    ] {
        let token = format!("{input}.{}", URL_SAFE_NO_PAD.encode(forged));
        assert_eq!(outcome::<Rs256>(&token), Err(VerifyError::InvalidSignature), "{name}");
    }
}

#[test]
fn keys_with_weak_numbers_are_not_loaded() {
    fn code<S: ModulusSize>(modulus: &[u8], exponent: &[u8]) -> &'static str {
        RsaVerifyingKey::<Rs256, S>::from_components(modulus, exponent)
            .map_or_else(|error| error.code(), |_| "")
    }
    let modulus = der(RSA_2048_PRIVATE)[38..][..256].to_vec();
    let mut even = modulus.clone();
    even[255] &= 0xfe;
    let short = der(RSA_1024_PUBLIC);
    for (name, modulus, exponent, expected) in [
        ("good", &modulus[..], &[1, 0, 1][..], ""),
        ("e = 3", &modulus, &[3], ""),
        ("e = 1", &modulus, &[1], "key_modulus"),
        ("e = 0", &modulus, &[0], "key_modulus"),
        ("e even", &modulus, &[1, 0, 0], "key_modulus"),
        ("no e", &modulus, &[], "key_modulus"),
        ("n even", &even, &[1, 0, 1], "key_modulus"),
        ("n of 1024 bits", &short[29..29 + 128], &[1, 0, 1], "key_too_short"),
        ("n zero", &[0; 256], &[1, 0, 1], "key_too_short"),
        ("no n", &[], &[1, 0, 1], "key_too_short"),
    ] {
        assert_eq!(code::<Bits2048>(modulus, exponent), expected, "{name}");
    }
}
