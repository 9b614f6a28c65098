//! What holds of all algorithms alike.

use jwt_core::{Bytes, Header, InvalidSignature, KeyKind, SignError, VerifyError, begin_sign};

use crate::pairs::{Which, pairs, signature, token, verify};

const MESSAGE: &[u8] = b"eyJhbGciOiJ4In0.e30";

#[test]
fn a_token_goes_round() {
    for pair in pairs(Which::One) {
        let token = token(&*pair.signer);
        let mut scratch = vec![0; token.len()];
        let parsed = jwt_core::UnverifiedToken::parse(&token).unwrap();
        let verified = parsed.verify(&*pair.verifier, &mut scratch).unwrap();
        assert_eq!(verified.header().algorithm(), Some(pair.signer.algorithm()));
        assert_eq!(verified.payload(), b"{}");
        assert!(pair.verifier.algorithm().accepts(pair.signer.algorithm()));
    }
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
    assert!(
        jwt_core::Algorithm::ALL.into_iter().eq(pairs(Which::One).iter().map(|pair| pair.signer.algorithm()))
    );
}

#[test]
fn signatures_have_the_length_of_their_algorithm() {
    for pair in pairs(Which::One) {
        let (algorithm, len) = (pair.signer.algorithm(), pair.signer.signature_len());
        let expected = if algorithm.key_kind() == KeyKind::Rsa { None } else { Some(len) };
        assert_eq!(algorithm.signature_len(), expected, "{algorithm}");
        assert_eq!(pair.signer.sign(MESSAGE, &mut vec![0; len + 1]), Ok(len), "{algorithm}");
        for short in [0, 1, len - 1] {
            let result = pair.signer.sign(MESSAGE, &mut vec![0; short]);
            assert_eq!(result, Err(SignError::BufferTooSmall { needed: len }), "{algorithm}");
        }
    }
}

/// Every bit of a signature up to 64 bytes, one bit of every byte of a longer one. Of those of ML-DSA that is the hash at
/// their front and the hints at their end, and every fifth byte between.
#[test]
fn no_changed_bit_of_a_signature_is_accepted() {
    let mut refused = 0;
    for pair in pairs(Which::One) {
        let mut signature = signature(&*pair.signer, MESSAGE);
        assert_eq!(pair.verifier.verify(MESSAGE, &signature), Ok(()));
        let len = signature.len();
        for at in (0..len).filter(|at| len <= 512 || at % 5 == 0 || *at < 64 || at + 84 >= len) {
            let bits = if len <= 64 { 0..8 } else { at % 8..at % 8 + 1 };
            for bit in bits {
                signature[at] ^= 1 << bit;
                let result = pair.verifier.verify(MESSAGE, &signature);
                assert_eq!(result, Err(InvalidSignature), "{} {at} {bit}", pair.signer.algorithm());
                signature[at] ^= 1 << bit;
                refused += 1;
            }
        }
        assert_eq!(pair.verifier.verify(MESSAGE, &signature), Ok(()));
    }
    assert!(refused > 0);
}

/// Through a token, too, there is one error for all of them.
#[test]
fn a_changed_token_is_an_invalid_signature() {
    for pair in pairs(Which::One) {
        let good = token(&*pair.signer);
        let (input, encoded) = good.rsplit_once('.').unwrap();
        let signature = crate::keys::base64url(encoded);
        let reversed: Vec<u8> = signature.iter().rev().copied().collect();
        let empty_like = [vec![0; signature.len()], vec![0xff; signature.len()]];
        let [zeros, ones] = &empty_like;
        for forged in [&reversed, zeros, ones, &signature[1..].to_vec(), &[0; 1].to_vec()] {
            let token = format!("{input}.{}", encode(forged));
            assert_eq!(verify(&token, &*pair.verifier), Err(VerifyError::InvalidSignature), "{token}");
        }
        // {"a":0} in the place of {}.
        let token = good.replace(".e30.", ".eyJhIjowfQ.");
        assert_eq!(verify(&token, &*pair.verifier), Err(VerifyError::InvalidSignature), "{token}");
    }
}

#[test]
fn no_other_length_is_accepted() {
    for pair in pairs(Which::One) {
        let signature = signature(&*pair.signer, MESSAGE);
        for len in (0..signature.len() + 9).chain([signature.len() * 2]).filter(|&len| len != signature.len())
        {
            let mut at_the_end = signature.clone();
            at_the_end.resize(len, 0);
            let mut at_the_front = signature.clone();
            at_the_front.reverse();
            at_the_front.resize(len, 0);
            at_the_front.reverse();
            for wrong in [at_the_end, at_the_front] {
                let result = pair.verifier.verify(MESSAGE, &wrong);
                assert_eq!(result, Err(InvalidSignature), "{} {len}", pair.signer.algorithm());
            }
        }
    }
}

/// A signature that a device hands in is measured, where the algorithm knows its length.
#[test]
fn no_other_length_is_sealed() {
    for pair in pairs(Which::One) {
        let Some(expected) = pair.signer.algorithm().signature_len() else { continue };
        for found in [0, 1, expected - 1, expected + 1] {
            let mut out = vec![0; 8192];
            let pending =
                begin_sign(&Header::new(), &Bytes(b"{}"), pair.signer.algorithm(), &mut out).unwrap();
            let result = pending.finish(&vec![0; found]).map(str::to_owned);
            assert_eq!(result, Err(SignError::SignatureLength { expected, found }));
            assert!(out.iter().all(|&byte| byte == 0));
        }
    }
}

#[test]
fn another_key_or_message_is_refused() {
    for (one, other) in pairs(Which::One).iter().zip(&pairs(Which::Other)) {
        assert_eq!(one.signer.algorithm(), other.signer.algorithm());
        let token = token(&*one.signer);
        assert_eq!(verify(&token, &*other.verifier), Err(VerifyError::InvalidSignature));
        let signature = signature(&*one.signer, MESSAGE);
        for message in [&b""[..], &MESSAGE[1..], &MESSAGE[..18], &[MESSAGE, b"\0"].concat(), b"\0"] {
            assert_eq!(one.verifier.verify(message, &signature), Err(InvalidSignature));
        }
    }
}

/// Nothing here draws random numbers but RSASSA-PSS, whose generator in these tests always begins alike.
#[test]
fn the_same_message_gets_the_same_signature() {
    for pair in pairs(Which::One) {
        assert_eq!(signature(&*pair.signer, MESSAGE), signature(&*pair.signer, MESSAGE));
        assert_ne!(signature(&*pair.signer, MESSAGE), signature(&*pair.signer, b""));
    }
}

fn encode(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
