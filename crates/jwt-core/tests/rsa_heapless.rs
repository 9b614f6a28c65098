//! RSA signing without a heap makes the same signatures as with one, and no others.

#![cfg(all(feature = "rsa-sign-heapless", feature = "alloc", feature = "jwk"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]

mod keys;

use jwt_core::{
    Bits2048, Bits3072, Bits4096, Bytes, DeterministicRsaAlgorithm, Header, HeaplessRsaAlgorithm,
    HeaplessRsaSigningKey, JwkWriter, KeyError, ModulusError, ModulusSize, Rs256, Rs384, Rs512,
    RsaSigningKey, SignError, Signer as _, Verifier as _,
};
use keys::{RSA_2048_PRIVATE, RSA_3072_PRIVATE, RSA_4096_PRIVATE, base64url, der};

const MESSAGE: &[u8] = b"eyJhbGciOiJ4In0.e30";

/// n, e and d of a PKCS#8 private key.
fn numbers(private: &str) -> [Vec<u8>; 3] {
    let key = RsaSigningKey::<Rs256>::from_pkcs8_der(&der(private)).unwrap();
    let mut buffer = [0; 8192];
    let json = JwkWriter::private(&key).to_text(&mut buffer).unwrap();
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    ["n", "e", "d"].map(|name| base64url(json[name].as_str().unwrap()))
}

#[test]
fn signatures_are_those_of_the_other_implementation() {
    fn agrees<A: HeaplessRsaAlgorithm<S> + DeterministicRsaAlgorithm, S: ModulusSize>(private: &str) {
        let [n, e, d] = numbers(private);
        // Leading zeros do not matter.
        let (n, d) = ([&[0, 0][..], &n].concat(), [&[0][..], &d].concat());
        let key = HeaplessRsaSigningKey::<A, S>::from_components(&n, &e, &d).unwrap();
        let other = RsaSigningKey::<A>::from_pkcs8_der(&der(private)).unwrap();
        assert_eq!(key.algorithm(), other.algorithm());
        let (mut out, mut expected) = ([0; 512], [0; 512]);
        let len = key.sign(MESSAGE, &mut out).unwrap();
        assert_eq!(other.sign(MESSAGE, &mut expected).unwrap(), len);
        assert_eq!(out, expected);
        assert_eq!(key.verifying_key().verify(MESSAGE, &out[..len]), Ok(()));
        let short = key.sign(MESSAGE, &mut out[..len - 1]);
        assert_eq!(short, Err(SignError::BufferTooSmall { needed: len }));
    }
    agrees::<Rs256, Bits2048>(RSA_2048_PRIVATE);
    agrees::<Rs384, Bits2048>(RSA_2048_PRIVATE);
    agrees::<Rs512, Bits2048>(RSA_2048_PRIVATE);
    agrees::<Rs256, Bits3072>(RSA_3072_PRIVATE);
    agrees::<Rs512, Bits4096>(RSA_4096_PRIVATE);
}

#[test]
fn a_private_exponent_of_another_key_signs_nothing() {
    let [n, e, mut d] = numbers(RSA_2048_PRIVATE);
    d[100] ^= 1;
    let key = HeaplessRsaSigningKey::<Rs256, Bits2048>::from_components(&n, &e, &d).unwrap();
    let mut out = [0xa5; 1024];
    let signed = jwt_core::sign(&Header::new(), &Bytes(b"{}"), &key, &mut out).map(|_| ());
    assert_eq!(signed, Err(SignError::Key));
    assert_eq!(out, [0; 1024]);
}

#[test]
fn numbers_that_make_no_key_are_refused() {
    let [n, e, d] = numbers(RSA_2048_PRIVATE);
    let load = |n: &[u8], e: &[u8], d: &[u8]| {
        HeaplessRsaSigningKey::<Rs256, Bits2048>::from_components(n, e, d).map(|_| ()).unwrap_err()
    };
    for none in [&[][..], &[0], &[1], &[0; 256], &[&[1][..], &d].concat()] {
        assert_eq!(load(&n, &e, none), KeyError::InconsistentPrivateKey);
    }
    assert_eq!(load(&n, &[1, 0, 0, 0, 1], &d), KeyError::InconsistentPrivateKey);
    assert_eq!(load(&n[..128], &e, &d), KeyError::Modulus(ModulusError::TooShort { bits: 1024 }));
    let too_wide = HeaplessRsaSigningKey::<Rs256, Bits4096>::from_components(&n, &e, &d).map(|_| ());
    assert_eq!(too_wide.unwrap_err(), KeyError::Modulus(ModulusError::TooShort { bits: 2048 }));
    let key = HeaplessRsaSigningKey::<Rs256, Bits2048>::from_components(&n, &e, &d).unwrap();
    assert!(format!("{key:?}").starts_with("HeaplessRsaSigningKey { public: RsaVerifyingKey {"));
}
