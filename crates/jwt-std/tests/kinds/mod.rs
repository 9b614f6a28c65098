//! Keys of every kind.
#![allow(dead_code, reason = "every test program uses some of it")]

use jwt_std::{Algorithm, Key};

/// One algorithm for each kind of key.
pub(crate) const KINDS: [Algorithm; 10] = [
    Algorithm::HS256,
    Algorithm::RS256,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::ES512,
    Algorithm::ES256K,
    Algorithm::EdDSA,
    Algorithm::MlDsa44,
    Algorithm::MlDsa65,
    Algorithm::MlDsa87,
];

/// A new key; of RSA, one that is made quickly.
pub(crate) fn generate(algorithm: Algorithm) -> Key {
    Key::generate(algorithm, algorithm.is_rsa().then_some(2048)).unwrap()
}
