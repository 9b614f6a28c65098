//! ML-DSA: keys of another length, and keys and signatures that are all alike.

use jwt_core::{
    InvalidSignature, KeyError, MlDsa44, MlDsa65, MlDsa87, MlDsaAlgorithm, MlDsaSigningKey,
    MlDsaVerifyingKey, Verifier as _,
};

use crate::pairs::signature;

const MESSAGE: &[u8] = b"eyJhbGciOiJ4In0.e30";
const LENGTHS: [usize; 3] = [1312, 1952, 2592];

#[test]
fn keys_of_another_length_are_refused() {
    fn one<A: MlDsaAlgorithm>(expected: usize) {
        let others = LENGTHS.into_iter().filter(|&len| len != expected);
        for found in [0, 1, 32, expected - 1, expected + 1, 2 * expected].into_iter().chain(others) {
            let error = MlDsaVerifyingKey::<A>::from_bytes(&vec![7; found]).err();
            assert_eq!(error, Some(KeyError::CoordinateLength { expected, found }));
        }
        for found in [0, 31, 33, 64, 2560, 4032, 4896] {
            let error = MlDsaSigningKey::<A>::from_seed(&vec![7; found]).err();
            assert_eq!(error, Some(KeyError::CoordinateLength { expected: 32, found }));
        }
        let mut encoded = [0; 2592];
        let key = MlDsaSigningKey::<A>::from_seed(&[7; 32]).unwrap().verifying_key();
        assert_eq!(key.to_bytes(&mut encoded).map(<[u8]>::len), Some(expected));
        assert_eq!(key.to_bytes(&mut encoded[..expected - 1]), None);
    }
    let [len_44, len_65, len_87] = LENGTHS;
    one::<MlDsa44>(len_44);
    one::<MlDsa65>(len_65);
    one::<MlDsa87>(len_87);
}

/// One bit of every eighth byte; the first 32 bytes are the seed of the matrix, the others the vector.
#[test]
fn no_changed_bit_of_a_public_key_is_accepted() {
    fn one<A: MlDsaAlgorithm>() -> usize {
        let signing = MlDsaSigningKey::<A>::from_seed(&[7; 32]).unwrap();
        let signature = signature(&signing, MESSAGE);
        let mut encoded = [0; 2592];
        let encoded = signing.verifying_key().to_bytes(&mut encoded).unwrap().to_vec();
        let mut refused = 0;
        for at in (0..encoded.len()).step_by(8) {
            let mut changed = encoded.clone();
            changed[at] ^= 1 << (at / 8 % 8);
            let key = MlDsaVerifyingKey::<A>::from_bytes(&changed).unwrap();
            assert_eq!(key.verify(MESSAGE, &signature), Err(InvalidSignature), "{at}");
            refused += 1;
        }
        refused
    }
    assert_eq!([one::<MlDsa44>(), one::<MlDsa65>(), one::<MlDsa87>()], LENGTHS.map(|len| len / 8));
}

/// Any bytes of the right length are a key (FIPS 204 §7.2), and under none of them is a constant a signature.
#[test]
fn constant_keys_and_signatures_get_nothing_through() {
    fn one<A: MlDsaAlgorithm>(len: usize, signature_len: usize) {
        for key in [0, 1, 0x55, 0xff] {
            let key = MlDsaVerifyingKey::<A>::from_bytes(&vec![key; len]).unwrap();
            for signature in [0, 1, 0x55, 0xff] {
                let result = key.verify(MESSAGE, &vec![signature; signature_len]);
                assert_eq!(result, Err(InvalidSignature));
            }
        }
    }
    one::<MlDsa44>(1312, 2420);
    one::<MlDsa65>(1952, 3309);
    one::<MlDsa87>(2592, 4627);
}
