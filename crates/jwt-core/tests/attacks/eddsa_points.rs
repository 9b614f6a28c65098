//! EdDSA with s not reduced, and points of small order or not canonical: strict verification. More of them, with the
//! reasons, are in `signatures/ed25519.rs`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{Ed25519SigningKey, Ed25519VerifyingKey, Signer as _, VerifyError};

use crate::keys::hex;
use crate::tokens::verify;

#[test]
fn keys_of_small_order_or_not_canonical_are_not_loaded() {
    for key in [
        // The neutral element, the point of order two, those of order four and eight.
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        // The neutral element, spelled with the prime added or the sign set.
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ] {
        assert_eq!(Ed25519VerifyingKey::from_bytes(&hex(key)).unwrap_err().code(), "key_point", "{key}");
    }
}

#[test]
fn forged_signatures() {
    let key = Ed25519SigningKey::from_seed(&[7; 32]).unwrap();
    let public = key.verifying_key();
    let input = format!("{}.e30", URL_SAFE_NO_PAD.encode(r#"{"alg":"EdDSA"}"#));
    let mut good = [0; 64];
    key.sign(input.as_bytes(), &mut good).unwrap();
    let outcome =
        |signature: &[u8]| verify(&format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)), &public);
    assert_eq!(outcome(&good), Ok(()));

    let (point, s) = good.split_at(32);
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut carry = 0;
    let beyond: Vec<u8> = s
        .iter()
        .zip(&order)
        .map(|(&one, &other)| {
            let sum = u16::from(one) + u16::from(other) + carry;
            carry = sum >> 8;
            sum.to_le_bytes()[0]
        })
        .collect();
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let cases: [(&str, Vec<u8>); 9] = [
        ("s plus the order", [point, &beyond].concat()),
        ("s the order", [point, &order].concat()),
        ("s zero", [point, &[0; 32]].concat()),
        ("all zero", vec![0; 64]),
        ("R neutral, s zero", [neutral, [0; 32]].concat()),
        ("R neutral", [&neutral, s].concat()),
        ("exchanged", [s, point].concat()),
        ("one byte less", good[..63].to_vec()),
        ("one byte more", [&good[..], &[0]].concat()),
    ];
    for (name, signature) in cases {
        assert_eq!(outcome(&signature), Err(VerifyError::InvalidSignature), "{name}");
    }
}
