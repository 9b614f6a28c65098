//! Every key against the tokens of every other algorithm. Neither the name of an algorithm nor the numbers that two of
//! them share get a token through.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{InvalidSignature, VerifyError};

use crate::pairs::{Pair, Which, pairs, signature, token, verify};

/// Whether the two are one algorithm: the two names of Ed25519 count as one.
fn belong_together(one: &Pair, other: &Pair) -> bool {
    one.signer.algorithm().accepts(other.signer.algorithm())
}

#[test]
fn a_token_of_another_algorithm_is_a_mismatch() {
    let pairs = pairs(Which::One);
    let [mut accepted, mut refused] = [0, 0];
    for signing in &pairs {
        let token = token(&*signing.signer);
        for verifying in &pairs {
            let (expected, found) = (verifying.verifier.algorithm(), signing.signer.algorithm());
            let result = verify(&token, &*verifying.verifier);
            if belong_together(signing, verifying) {
                assert_eq!(result, Ok(()), "{expected} {found}");
                accepted += 1;
            } else {
                assert_eq!(result, Err(VerifyError::AlgorithmMismatch { expected, found }));
                refused += 1;
            }
        }
    }
    counts(&pairs, accepted, refused);
}

/// The header says what the key wants to hear, and the signature is one of another algorithm: that of the same RSA key
/// in the other scheme or over the other hash, that of the same scalar on the other curve, that of the same secret.
#[test]
fn a_token_under_the_name_of_another_algorithm_is_an_invalid_signature() {
    let pairs = pairs(Which::One);
    let [mut accepted, mut refused] = [0, 0];
    for signing in &pairs {
        for verifying in &pairs {
            let (named, found) = (verifying.signer.algorithm(), signing.signer.algorithm());
            let input = format!("{}.e30", URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{named}"}}"#)));
            let forged = signature(&*signing.signer, input.as_bytes());
            let token = format!("{input}.{}", URL_SAFE_NO_PAD.encode(&forged));
            if belong_together(signing, verifying) {
                assert_eq!(verify(&token, &*verifying.verifier), Ok(()), "{named} {found}");
                accepted += 1;
            } else {
                let result = verify(&token, &*verifying.verifier);
                assert_eq!(result, Err(VerifyError::InvalidSignature), "{named} {found}");
                let expected = signing.verifier.algorithm();
                let result = verify(&token, &*signing.verifier);
                assert_eq!(result, Err(VerifyError::AlgorithmMismatch { expected, found: named }));
                // Nor does the key take it without a header to say anything.
                let result = verifying.verifier.verify(input.as_bytes(), &forged);
                assert_eq!(result, Err(InvalidSignature));
                refused += 1;
            }
        }
    }
    counts(&pairs, accepted, refused);
}

fn counts(pairs: &[Pair], accepted: usize, refused: usize) {
    assert_eq!(accepted + refused, pairs.len() * pairs.len());
    let names_of_ed25519 = if cfg!(feature = "ed25519") { 2 } else { 0 };
    assert_eq!(accepted, pairs.len() + names_of_ed25519);
    #[cfg(all(
        feature = "hmac",
        feature = "alloc",
        feature = "es256",
        feature = "es384",
        feature = "es512",
        feature = "es256k",
        feature = "ed25519",
        feature = "ml-dsa"
    ))]
    assert_eq!((accepted, refused), (20, 304));
}

/// The key of one scheme is bound to it when it is loaded: two keys of the same numbers are two keys.
#[cfg(feature = "alloc")]
#[test]
fn one_rsa_key_has_six_algorithms_and_each_is_its_own() {
    use jwt_core::{Bits2048, Ps256, Rs256, RsaVerifyingKey};

    let spki = crate::keys::der(crate::keys::RSA_2048_PUBLIC);
    let rs256 = RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(&spki).unwrap();
    let ps256 = RsaVerifyingKey::<Ps256, Bits2048>::from_spki_der(&spki).unwrap();
    let pairs = pairs(Which::One);
    let of = |name: &str| pairs.iter().find(|pair| pair.signer.algorithm().name() == name).unwrap();
    assert_eq!(verify(&token(&*of("RS256").signer), &rs256), Ok(()));
    assert_eq!(verify(&token(&*of("PS256").signer), &ps256), Ok(()));
    assert_eq!(verify(&token(&*of("RS256").signer), &ps256).unwrap_err().code(), "algorithm_mismatch");
    assert_eq!(verify(&token(&*of("PS256").signer), &rs256).unwrap_err().code(), "algorithm_mismatch");
}
