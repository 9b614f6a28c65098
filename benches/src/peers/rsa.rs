//! The crate `rsa` by itself, on which most peers in Rust build: the signature alone.

use std::hint::black_box;

use jwt_core::Algorithm;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::DecodePublicKey as _;
use rsa::signature::Verifier as _;
use sha2::Sha256;

use crate::case::{Case, Role};
use crate::subject::Subject;

pub(super) fn verify(subject: &Subject, suffix: &str, cases: &mut Vec<Case>) {
    if subject.algorithm != Algorithm::RS256 {
        return;
    }
    let key = VerifyingKey::<Sha256>::from_public_key_der(&subject.public_der()).expect("it is a key");
    let (input, signature) = subject.signed();
    let signature = Signature::try_from(&signature[..]).expect("the signature has a length");
    cases.push(Case::new(format!("verify{suffix}"), subject, "rsa", Role::Peer, move || {
        key.verify(black_box(&input), &signature).expect("the signature is right");
    }));
}
