//! Fully-specified algorithms for JOSE, <https://www.rfc-editor.org/rfc/rfc9864>: §2.2 gives Ed25519 a name of its own and
//! deprecates `EdDSA`, so that one key has two names; §2.1 says that the `ES` names already fix their curve.

#![cfg(feature = "ed25519")]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use jwt_core::{
    Algorithm, Bytes, Ed25519SigningKey, Header, InvalidSignature, KeyKind, Signer as _, UnverifiedToken,
    Verifier, VerifyError,
};

#[test]
fn section_2_2_a_token_of_either_name_verifies() {
    let old = Ed25519SigningKey::from_seed(&[7; 32]).unwrap();
    let new = old.clone().fully_specified();
    assert_eq!([old.algorithm(), new.algorithm()], [Algorithm::EdDSA, Algorithm::Ed25519]);

    let mut headers = Vec::new();
    for signing in [&old, &new] {
        let mut out = [0; 256];
        let token = jwt_core::sign(&Header::new().without_typ(), &Bytes(b"{}"), signing, &mut out).unwrap();
        for key in [old.verifying_key(), new.verifying_key()] {
            let mut scratch = [0; 256];
            let verified = UnverifiedToken::parse(token).unwrap().verify(&key, &mut scratch).unwrap();
            headers.push(verified.header().json().to_owned());
        }
    }
    let [old, new] = [r#"{"alg":"EdDSA"}"#, r#"{"alg":"Ed25519"}"#];
    assert_eq!(headers, [old, old, new, new]);
}

/// A verifier that knows only the new name takes the old one, too.
#[test]
fn section_2_2_both_names_hold_in_both_directions() {
    struct Named(Algorithm);
    impl Verifier for Named {
        fn algorithm(&self) -> Algorithm {
            self.0
        }
        fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
            Ok(())
        }
    }

    let key = Ed25519SigningKey::from_seed(&[7; 32]).unwrap();
    let names = [Algorithm::EdDSA, Algorithm::Ed25519];
    for verifier in names {
        for signing in [key.clone(), key.clone().fully_specified()] {
            let mut out = [0; 256];
            let token = jwt_core::sign(&Header::new(), &Bytes(b"{}"), &signing, &mut out).unwrap();
            let result =
                UnverifiedToken::parse(token).unwrap().verify(&Named(verifier), &mut [0; 256]).map(|_| ());
            assert_eq!(result, Ok(()), "{verifier}");
        }
    }
    // A name is part of what is signed: the one cannot be put in the place of the other.
    let mut out = [0; 256];
    let token = jwt_core::sign(&Header::new(), &Bytes(b"{}"), &key, &mut out).unwrap();
    let renamed =
        token.replace("eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9", "eyJhbGciOiJFZDI1NTE5IiwidHlwIjoiSldUIn0");
    assert_ne!(renamed, token);
    let error =
        UnverifiedToken::parse(&renamed).unwrap().verify(&key.verifying_key(), &mut [0; 256]).unwrap_err();
    assert_eq!(error, VerifyError::InvalidSignature);
}

/// There is no other pair of names: every algorithm accepts itself alone.
#[test]
fn only_these_two_names_are_the_same() {
    let mut accepted = Vec::new();
    for algorithm in Algorithm::ALL {
        for other in Algorithm::ALL {
            if algorithm.accepts(other) && algorithm != other {
                accepted.push((algorithm, other));
            }
        }
        assert!(algorithm.accepts(algorithm));
    }
    let (old, new) = (Algorithm::EdDSA, Algorithm::Ed25519);
    assert_eq!(accepted, [(old, new), (new, old)]);
    assert_eq!([old, new].map(Algorithm::key_kind), [KeyKind::Ed25519; 2]);
}

/// §2.2 names Ed448 as well. It is not implemented, and so is no known name.
#[test]
fn ed448_is_an_unknown_algorithm() {
    let key = Ed25519SigningKey::from_seed(&[7; 32]).unwrap().verifying_key();
    // {"alg":"Ed448"}
    let token = "eyJhbGciOiJFZDQ0OCJ9.e30.AA";
    let error = UnverifiedToken::parse(token).unwrap().verify(&key, &mut [0; 256]).unwrap_err();
    assert_eq!(error.code(), "unknown_algorithm");
    assert!("Ed448".parse::<Algorithm>().is_err());
}

#[cfg(all(feature = "es256", feature = "es384", feature = "es512"))]
#[test]
fn section_2_1_a_key_of_one_curve_refuses_the_tokens_of_another() {
    use jwt_core::{EcdsaSigningKey, Es256, Es384, Es512};

    let es256 = EcdsaSigningKey::<Es256>::from_bytes(&[7; 32]).unwrap();
    let es384 = EcdsaSigningKey::<Es384>::from_bytes(&[7; 48]).unwrap();
    let es512 = EcdsaSigningKey::<Es512>::from_bytes(&[&[0], &[7; 65][..]].concat()).unwrap();
    let ed25519 = Ed25519SigningKey::from_seed(&[7; 32]).unwrap();
    let signers: [&dyn jwt_core::Signer; 4] = [&es256, &es384, &es512, &ed25519];
    let verifiers: [&dyn Verifier; 4] =
        [&es256.verifying_key(), &es384.verifying_key(), &es512.verifying_key(), &ed25519.verifying_key()];
    let mut refused = 0;
    for signer in signers {
        let mut out = [0; 512];
        let token = jwt_core::sign(&Header::new(), &Bytes(b"{}"), signer, &mut out).unwrap();
        for verifier in verifiers {
            let result = UnverifiedToken::parse(token).unwrap().verify(verifier, &mut [0; 512]).map(|_| ());
            let (expected, found) = (verifier.algorithm(), signer.algorithm());
            if expected == found {
                assert_eq!(result, Ok(()));
            } else {
                assert_eq!(result, Err(VerifyError::AlgorithmMismatch { expected, found }));
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 12);
}
