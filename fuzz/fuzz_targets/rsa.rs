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
    let bits = u32::try_from(len * 8).expect("short");
    let wide = |bytes: &[u8]| BoxedUint::from_be_slice(bytes, bits).expect("it fits");
    let expected = (signature < modulus).then(|| {
        let params = BoxedMontyParams::new_vartime(Odd::new(wide(&modulus)).expect("odd"));
        let power = BoxedMontyForm::new(wide(&signature), &params).pow(&BoxedUint::from(input.exponent | 3));
        power.retrieve().to_be_bytes().to_vec()
    });
    match expected {
        Some(expected) => assert!(ours && out == expected),
        None => assert!(!ours, "a signature is less than the modulus"),
    }
});
