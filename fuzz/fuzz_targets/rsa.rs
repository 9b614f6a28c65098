//! The RSA public-key operation, compared with crypto-bigint.

#![no_main]

use arbitrary::Arbitrary;
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use jwt_core::fuzzing::rsa_public_op;
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    /// Bytes beyond 256.
    longer: u16,
    modulus: Vec<u8>,
    exponent: u32,
    signature: Vec<u8>,
    /// Fill what the fuzzer leaves out with this.
    fill: u8,
}

fuzz_target!(|input: Input| {
    let len = 256 + usize::from(input.longer) % 257;
    let number = |bytes: &[u8]| {
        let mut number = vec![input.fill; len];
        for (place, byte) in number.iter_mut().zip(bytes) {
            *place = *byte;
        }
        number
    };
    let (mut modulus, signature) = (number(&input.modulus), number(&input.signature));
    modulus[0] |= 0x80;
    modulus[len - 1] |= 1;
    let exponent = (input.exponent | 3).to_be_bytes();
    let mut out = vec![0; len];
    let ours = rsa_public_op(&modulus, &exponent, &signature, &mut out);
    let expected = (signature < modulus).then(|| {
        let n = BoxedUint::from_be_slice_vartime(&modulus);
        let s = BoxedUint::from_be_slice(&signature, n.bits_precision()).expect("it fits");
        let params = BoxedMontyParams::new_vartime(Odd::new(n).expect("odd"));
        let power = BoxedMontyForm::new(s, &params).pow_bounded_exp(&BoxedUint::from(input.exponent | 3), 32);
        let bytes = power.retrieve().to_be_bytes();
        bytes[bytes.len() - len..].to_vec()
    });
    match expected {
        Some(expected) => {
            assert!(ours, "{} bytes, e = {}", len, input.exponent | 3);
            assert_eq!(out, expected);
        }
        None => assert!(!ours, "a signature is less than the modulus"),
    }
});
