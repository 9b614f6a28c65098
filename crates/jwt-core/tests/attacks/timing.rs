//! Secrets are compared in constant time, whatever part of a MAC is right; that our code has no branch that depends on a
//! secret is seen under valgrind. Here: where a MAC differs makes no difference that a caller can see.

use jwt_core::{HmacKey, Hs256, InvalidSignature, Signer as _, Verifier as _};

#[test]
fn a_mac_that_is_nearly_right_is_as_wrong_as_any() {
    let key = HmacKey::<Hs256>::new(&[7; 32]).unwrap();
    let mut mac = [0; 32];
    key.sign(b"a.b", &mut mac).unwrap();
    assert_eq!(key.verify(b"a.b", &mac), Ok(()));
    for place in 0..32 {
        for value in [0, 1, 0x80, 0xff] {
            let mut forged = mac;
            forged[place] ^= value;
            let expected = if value == 0 { Ok(()) } else { Err(InvalidSignature) };
            assert_eq!(key.verify(b"a.b", &forged), expected);
        }
        assert_eq!(key.verify(b"a.b", &mac[..place]), Err(InvalidSignature), "{place}");
    }
    assert_eq!(key.verify(b"a.b", &[&mac[..], &[0]].concat()), Err(InvalidSignature));
}

/// The one comparison of a MAC is that of the crate `hmac`, which is in constant time.
#[test]
fn there_is_one_comparison() {
    let source = include_str!("../../src/key/hmac.rs");
    let product = source.split("#[cfg(test)]").next().unwrap();
    assert_eq!(product.matches(".verify_slice(").count(), 1);
    assert!(!product.contains("signature ==") && !product.contains("== signature"));
}
