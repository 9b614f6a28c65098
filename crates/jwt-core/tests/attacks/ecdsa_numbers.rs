//! ECDSA with r or s zero or beyond the order (CVE-2022-21449), in DER, of another length. Every curve, with each number
//! beyond its field, is in `signatures/ecdsa.rs`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{EcdsaSigningKey, Es256, Signer as _, VerifyError};

use crate::keys::hex;
use crate::tokens::verify;

const ORDER: &str = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";

#[test]
fn forged_numbers() {
    let key = EcdsaSigningKey::<Es256>::from_bytes(&[7; 32]).unwrap();
    let public = key.verifying_key();
    let input = format!("{}.e30", URL_SAFE_NO_PAD.encode(r#"{"alg":"ES256"}"#));
    let mut good = [0; 64];
    key.sign(input.as_bytes(), &mut good).unwrap();
    let outcome =
        |signature: &[u8]| verify(&format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)), &public);
    assert_eq!(outcome(&good), Ok(()));

    let (r, s) = good.split_at(32);
    let (order, zero, most) = (hex(ORDER), [0; 32], [0xff; 32]);
    // A number in DER is signed: one that begins with a set bit has a zero before it.
    let number = |bytes: &[u8]| [&[2, 33, 0], bytes].concat();
    let cases: [(&str, Vec<u8>); 16] = [
        ("both zero", [zero, zero].concat()),
        ("r zero", [&zero, s].concat()),
        ("s zero", [r, &zero].concat()),
        ("r the order", [&order, s].concat()),
        ("s the order", [r, &order].concat()),
        ("both the order", [&order[..], &order].concat()),
        ("r of ones", [&most, s].concat()),
        ("s of ones", [r, &most].concat()),
        ("exchanged", [s, r].concat()),
        ("DER", [&[0x30, 70], &number(r)[..], &number(s)].concat()),
        ("r alone", r.to_vec()),
        ("one byte less", good[..63].to_vec()),
        ("one byte more", [&good[..], &[0]].concat()),
        ("a leading zero", [&[0], &good[..]].concat()),
        ("both with a leading zero", [&[0], r, &[0], s].concat()),
        ("with a recovery number", [&[27], &good[..]].concat()),
    ];
    for (name, signature) in cases {
        assert_eq!(outcome(&signature), Err(VerifyError::InvalidSignature), "{name}");
    }
}

/// RFC 7518 does not forbid a high s: n - s with the same r is a signature, too. Who tells tokens apart does so by `jti`.
#[test]
fn a_high_s_is_accepted() {
    let key = EcdsaSigningKey::<Es256>::from_bytes(&[7; 32]).unwrap();
    let input = format!("{}.e30", URL_SAFE_NO_PAD.encode(r#"{"alg":"ES256"}"#));
    let mut signature = [0; 64];
    key.sign(input.as_bytes(), &mut signature).unwrap();
    let mut borrow = 0;
    for (digit, order) in signature[32..].iter_mut().zip(hex(ORDER)).rev() {
        let difference = i16::from(order) - i16::from(*digit) - borrow;
        borrow = i16::from(difference < 0);
        *digit = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
    assert_eq!(borrow, 0);
    let token = format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature));
    assert_eq!(verify(&token, &key.verifying_key()), Ok(()));
}
